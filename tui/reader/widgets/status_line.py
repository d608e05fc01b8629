"""The status line below the page: position, and a message or keys."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from rich.cells import cell_len
from rich.style import Style
from textual import events

from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome, Part, one_line
from tui.render.breaking import shortened
from tui.render.layout import lay_out
from tui.render.page import Block, Role, line
from tui.session.messages import Messages

Hint = tuple[str, str, str]
"""Keys, a word for their effect, and the name of the command."""


_MOST: Final = 3
"""The most rows of a message; the page of messages has the rest."""


class StatusLine(Chrome):
    """The position in the page, and either a message or the keys.

    A message that is longer than the line takes further rows.
    """

    DEFAULT_CSS = "StatusLine { dock: bottom; height: 2; }"

    def __init__(self, theme: Theme) -> None:
        """Create an empty status line."""
        super().__init__(theme, name="status")
        self._hints: tuple[Hint, ...] = ()
        self._hints_now: Callable[[], tuple[Hint, ...]] | None = None
        """Returns hints that were not asked for yet."""
        self._shows_hints = True
        self._rows = 2
        self._width = 0
        self._position = ""
        self._message = ""
        self._warns = False
        self.shows_progress = False
        """Whether the message tells only how far some work is."""
        self.messages = Messages()
        """The last messages; a page shows each whole."""

    @property
    def message(self) -> str:
        """The message that is shown."""
        return self._message

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys that are told."""
        if self._hints_now:
            self._hints, self._hints_now = self._hints_now(), None
        return self._hints

    def show_keys(self, hints: Callable[[], tuple[Hint, ...]]) -> None:
        """Show other keys. They are asked for once, with the next frame."""
        self._hints_now = hints
        self.refresh()

    def let_hints(self, *, show: bool) -> None:
        """Show the keys, or the way to them alone."""
        if show != self._shows_hints:
            self._shows_hints = show
            self.refresh()

    def stand(self, rows: int) -> None:
        """Take two rows, with the rule; one, the line alone; or none."""
        self._rows = rows
        self._grow()

    def on_resize(self, event: events.Resize) -> None:
        """Break the message anew in another width."""
        if event.size.width != self._width:
            self._width = event.size.width
            self._grow()

    def _grow(self) -> None:
        self.styles.height = self._rows + (len(self._said()) - 1 if self._rows else 0)

    def tell(self, position: str) -> None:
        """Show a position."""
        if position != self._position:
            self._position = position
            if self._message:
                self._grow()
            self.refresh()

    def say(self, message: str, *, warns: bool = False, passing: bool = False) -> None:
        """Show a message in place of the hints.

        An empty message brings the hints back. A passing message is not kept.
        """
        said = one_line(message), warns
        if message and not passing:
            self.messages.note(said[0], warns=warns)
        self.shows_progress = False
        if said != (self._message, self._warns):
            self._message, self._warns = said
            self._grow()
            self.refresh()

    def rows(self) -> list[list[Part]]:
        """Return the rule and the line, or the line alone."""
        width, height = self.size
        theme = self.theme
        first, *further = self._said()
        row = [Part(self._lead, theme.style("meta"))]
        role: Role = "warning" if self._warns else "strong"
        row += [Part(first, theme.style(role))] if first else self._hint_parts(width - cell_len(self._lead))
        rows = [row, *([Part(" " * cell_len(self._lead) + said, theme.style(role))] for said in further)]
        if height == 1 or self._rows == 1:
            return rows
        return [[Part("─" * width, theme.base + theme.faint)], *rows]

    @property
    def _lead(self) -> str:
        return f" {self._position}  " if self._position else " "

    def _said(self) -> list[str]:
        """Break the message into rows. No message is one empty row."""
        room = max(1, self._width - cell_len(self._lead) - 1)
        if cell_len(self._message) <= room:
            return [self._message]
        rows = [self._message[part.start : part.end] for part in lay_out(Block("", (line(self._message),)), room)]
        most = max(1, min(_MOST, self.app.size.height // 4))
        return rows if len(rows) <= most else [*rows[: most - 1], shortened(" ".join(rows[most - 1 :]), room)]

    def _hint_parts(self, room: int) -> tuple[Part, ...]:
        theme = self.theme
        ways = tuple((keys, "keys", command) for keys, _, command in self.hints if command == "help")
        hints = self.hints if self._shows_hints else ways
        return _parts_of(hints, room, theme.style("note"), theme.style("meta"), theme.base + theme.faint)


_LAST: Final = frozenset({"help", "keys", "take", "accept", "leave"})
"""The commands whose keys are left out last."""


@lru_cache(maxsize=64)
def _parts_of(
    hints: tuple[Hint, ...], room: int, keys_style: Style, words_style: Style, faint: Style
) -> tuple[Part, ...]:
    """Set as many hints as fit."""
    parts: list[Part] = []
    for keys, words, command in _fitting(hints, room):
        if parts:
            parts.append(Part(" · ", faint))
        target = f"command:{command}"
        parts += [Part(keys, keys_style, target), Part(f" {words}", words_style, target)]
    return tuple(parts)


def _fitting(hints: tuple[Hint, ...], room: int) -> tuple[Hint, ...]:
    """Choose as many hints as fit, the first hints first.

    The hints of `_LAST`, the ways to all keys and out, are left out last.
    """
    left = list(hints)
    while left and sum(cell_len(keys) + cell_len(words) + 4 for keys, words, _ in left) - 3 > room:
        others = [place for place, hint in enumerate(left) if hint[2] not in _LAST]
        del left[others[-1] if others else 0]
    return tuple(left)
