"""A list over the page. Typing a part of a name chooses one goal."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset

from tui.briefing.characters import cleaned
from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome, Part
from tui.reader.widgets.lull import Lull
from tui.render.breaking import shortened
from tui.session.goals import Goal
from tui.session.keymap import Keymap

LONGEST: Final = 400
"""Characters that can be typed."""
CHOOSER_KEYS: Final = Keymap(
    (
        ("next", ("down", "tab", "ctrl+n")),
        ("previous", ("up", "shift+tab", "ctrl+p")),
        ("page-down", ("pagedown",)),
        ("page-up", ("pageup",)),
        ("top", ("home",)),
        ("end", ("end",)),
        ("open", ("enter",)),
        ("close", ("escape",)),
        ("delete", ("backspace", "ctrl+h")),
        ("delete-word", ("ctrl+w",)),
        ("delete-all", ("ctrl+u",)),
    ),
    {},
)
"""The keys of the list, which cannot be chosen, since other keys are text there."""
CHOOSER_HINTS: Final = tuple(
    (CHOOSER_KEYS.first(name), words, name) for name, words in (("next", "choose"), ("open", "go"))
)
"""The footer while one chooses: keys, words and commands."""


class Offer(NamedTuple):
    """A list to choose from."""

    prompt: str
    found: Callable[[str], Sequence[Goal]]
    """Returns the goals for a text."""
    chosen: Callable[[Goal], None]
    """Called with the chosen goal, after the list is closed."""
    typed: Callable[[str], None] = lambda _text: None
    """Called with a text once it is looked for."""
    nothing: Callable[[str], str] = lambda _text: "Nothing is called so."
    """Returns the words for an empty list, of a text."""
    again: Callable[[], None] = lambda: None
    """Opens the list anew, over content that has changed."""


class Chooser(Chrome):
    """A line to type in, and below it the goals. Keys come from the screen, one after another."""

    DEFAULT_CSS = "Chooser { layer: over; display: none; width: 100%; }"

    def __init__(self, theme: Theme) -> None:
        """Create a closed list."""
        super().__init__(theme, name="chooser")
        self.is_open = False
        self.hints = CHOOSER_HINTS
        """The keys for the footer while it is open."""
        self.text = ""
        self.offer: Offer | None = None
        self._when_closed: Callable[[], None] = lambda: None
        self._goals: Sequence[Goal] = ()
        self._at = 0
        self._is_due = False
        """Whether the first goal is chosen as soon as there is one."""
        self._typing = Lull(self._look)

    def open(self, offer: Offer, closed: Callable[[], None]) -> None:
        """Open the list. `closed` is called when it closes."""
        self.is_open, self.text = True, ""
        self.offer, self._when_closed = offer, closed
        self._look()
        self.display = True

    def close(self) -> None:
        """Close the list, if it is open."""
        if self.is_open:
            self.is_open, self._is_due, self.offer, self._goals = False, False, None, ()
            self._typing.cancel()
            self.display = False
            self._when_closed()

    def look_again(self, found: Callable[[str], Sequence[Goal]]) -> None:
        """Show the present goals of a function. The current goal stays current."""
        if self.offer and self.offer.found == found:
            self._goals = found(self.text)
            self._at = min(self._at, max(0, len(self._goals) - 1))
            self.refresh()
            if self._is_due:
                self.choose(self._at)

    def stand(self, top: int, height: int) -> None:
        """Take some rows of the screen."""
        self.styles.offset = (0, top)
        self.styles.height = max(1, height)

    # Keys and the mouse

    def take(self, event: events.Key) -> None:
        """Handle a key at once."""
        event.stop()
        event.prevent_default()
        if command := CHOOSER_KEYS.command(event.key, None):
            self.do(command)
        elif event.character and event.is_printable:
            self.type(event.character)

    def do(self, command: str) -> None:
        """Run a command of the list."""
        self._is_due = False
        if command.startswith("delete"):
            words = self.text.rstrip().rpartition(" ")
            kept = {"delete": self.text[:-1], "delete-word": f"{words[0]} ".lstrip(), "delete-all": ""}
            self._put(kept[command])
            return
        self._typing.end()
        if command == "open":
            self.choose(self._at)
        elif command == "close":
            self.close()
        else:
            self._move(command)

    def type(self, text: str) -> None:
        """Add typed or pasted text."""
        self._put((self.text + cleaned(" ".join(text.split()) if len(text) > 1 else text))[:LONGEST])

    def choose(self, index: int) -> None:
        """Close the list with a goal. A list without one waits for the first."""
        self._typing.end()
        self._is_due = not self._goals
        if self.offer and 0 <= index < len(self._goals) and self._goals[index].leads:
            chosen, goal = self.offer.chosen, self._goals[index]
            self.close()
            chosen(goal)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go to the next goal."""
        event.stop()
        self._move("next")

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go to the previous goal."""
        event.stop()
        self._move("previous")

    def _look(self) -> None:
        if self.offer:
            self._goals, self._at = self.offer.found(self.text), 0
            self.refresh()
            self.offer.typed(self.text)

    def _put(self, text: str) -> None:
        if text != self.text and self.offer:
            self.text, self._is_due = text, False
            self._typing.wait(self.screen)

    def _move(self, command: str) -> None:
        self._typing.end()
        page = max(1, self._room - 1)
        far = len(self._goals)
        moves = {"next": 1, "previous": -1, "page-down": page, "page-up": -page, "top": -far, "end": far}
        self._at = max(0, min(self._at + moves.get(command, 0), far - 1))
        self.refresh()

    # Painting

    @property
    def standing(self) -> Offset:
        """The cell at which text is typed."""
        cells = min(cell_len(self._typed), max(0, self.size.width - 1))
        return self.region.offset + Offset(cells, 0)

    @property
    def _room(self) -> int:
        return max(1, self.size.height - self._above)

    @property
    def _above(self) -> int:
        """The rows above the goals: the line, and perhaps a rule."""
        return 2 if self.size.height > 8 else 1

    @property
    def _typed(self) -> str:
        return f" {self.offer.prompt if self.offer else ''}: {self.text}"

    def rows(self) -> list[list[Part]]:
        """Return the line and the goals around the current one."""
        width, theme = self.size.width, self.theme
        typed = self._typed
        if cell_len(typed) >= width:
            typed = f" …{typed[-max(1, width // 2) :]}"
        way = CHOOSER_KEYS.words("{close} leaves ")
        gap = width - cell_len(typed) - 1 - cell_len(way)
        rows = [[Part(typed, theme.style("strong")), Part("▏", theme.style("note"))]]
        if gap > 0:
            rows[0] += [Part(" " * gap, theme.base), Part(way, theme.style("meta"), "command:close")]
        if self._above > 1:
            rows.append([Part("─" * width, theme.base + theme.faint)])
        first = max(0, min(self._at - self._room // 2, len(self._goals) - self._room))
        for index, goal in enumerate(self._goals[first : first + self._room], first):
            rows.append(self._row(goal, index, width))
        if not self._goals and self.offer:
            rows.append([Part(f"   {self.offer.nothing(self.text)}", theme.style("meta"))])
        return rows

    def _row(self, goal: Goal, index: int, width: int) -> list[Part]:
        theme, is_here = self.theme, index == self._at
        target = f"choose:{index}"
        about = shortened(goal.about, max(0, width // 3))
        words = shortened(goal.words, max(1, width - cell_len(about) - 6))
        gap = " " * max(1, width - cell_len(words) - cell_len(about) - 4)
        mark = theme.base + theme.current if is_here else theme.base
        said = theme.base + theme.focused if is_here else theme.style("text")
        return [
            Part(" ▌ " if is_here else "   ", mark),
            Part(words, said, target),
            Part(gap, theme.base, target),
            Part(about, theme.style("meta"), target),
        ]
