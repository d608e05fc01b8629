"""The masthead above the page and the status line below it."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui.briefing.characters import cleaned
from tui.reader.textual_internals import SelfPainted
from tui.reader.themes import Theme
from tui.render import signs
from tui.render.layout import shortened
from tui.session.messages import Messages
from tui.session.titles import Tab

if TYPE_CHECKING:
    from tui.search.matcher import Matcher

Hint = tuple[str, str, str]
"""Keys, what they do, and the command's name."""


class Part(NamedTuple):
    """A stretch of a line of chrome."""

    text: str
    style: Style
    target: str = ""


class Chrome(SelfPainted):
    """A few lines that are painted from parts, and tell which part was clicked."""

    class Clicked(Message):
        """A part with a target was clicked."""

        def __init__(self, target: str) -> None:
            """Tell the target."""
            super().__init__()
            self.target = target

    def __init__(self, theme: Theme, *, name: str) -> None:
        """Make it without content."""
        super().__init__(id=name)
        self.theme = theme
        self._painted: tuple[Size, list[Strip]] | None = None
        """What was painted last for which size; None where it is another by now."""

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""
        self.theme = theme
        self.refresh()

    def refresh(self, *regions: Region, **options: Any) -> Self:
        """Paint anew; Textual asks for the lines of every frame, also where nothing of them is another."""
        self._painted = None
        return super().refresh(*regions, **options)

    def rows(self) -> list[list[Part]]:
        """Give the parts of each row; to be overridden."""
        return []

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the rows of a region."""
        size = self.size
        if self._painted is None or self._painted[0] != size:
            width, height = size
            strips = [_strip(tuple(row), width, self.theme.base) for row in self.rows()[:height]]
            strips += [Strip.blank(width, self.theme.base)] * (height - len(strips))
            self._painted = (size, strips)
        return [strip.crop(crop.x, crop.right) for strip in self._painted[1][crop.y : crop.bottom]]

    def on_click(self, event: events.Click) -> None:
        """Tell which part was clicked."""
        event.stop()
        rows = self.rows()
        if event.y < len(rows):
            cell = 0
            for part in rows[event.y]:
                cell += cell_len(part.text)
                if event.x < cell:
                    if part.target:
                        self.post_message(self.Clicked(part.target))
                    return


class Masthead(Chrome):
    """The title with what is to be known of the briefing, the row of panes, and a rule."""

    DEFAULT_CSS = "Masthead { dock: top; height: 3; }"

    def __init__(self, theme: Theme) -> None:
        """Make it without content."""
        super().__init__(theme, name="masthead")
        self._title, self._crumb = "", ""
        self._matcher: Matcher | None = None
        self._stands = False
        self._facts: tuple[str, ...] = ()
        self._tabs: tuple[Tab, ...] = ()
        self._open = ""

    def tell(self, title: str, crumb: str, facts: tuple[str, ...], tabs: tuple[Tab, ...], open_pane: str) -> None:
        """Show a title, what stands in it, facts at the right, and the panes with the open one."""
        told = (_one_line(title), _one_line(crumb), facts, tabs, open_pane)
        if told != (self._title, self._crumb, self._facts, self._tabs, self._open):
            self._title, self._crumb, self._facts, self._tabs, self._open = told
            self.refresh()

    def look_for(self, matcher: "Matcher | None", *, here: bool) -> None:
        """Mark what is looked for in the title; `here` whether the reader stands on it."""
        if (matcher, here) != (self._matcher, self._stands):
            self._matcher, self._stands = matcher, here
            self.refresh()

    def _title_parts(self, title: str, room: int) -> list[Part]:
        """Set the title; one that is too long begins at what was found in it."""
        spans = self._matcher.spans(title) if self._matcher else []
        plain = partial(Part, style=self.theme.style("title"), target="page:overview")
        if not spans:
            return [plain(shortened(title, room))]
        if cell_len(title) > room and self._stands:
            title = f"…{title[spans[0][0] :]}"
        title = shortened(title, room)
        found = self.theme.found_here if self._stands else self.theme.found
        parts, at = [], 0
        for start, end in self._matcher.spans(title) if self._matcher else ():
            parts += [
                plain(title[at:start]),
                Part(title[start:end], self.theme.style("title") + found, "page:overview"),
            ]
            at = end
        return [*parts, plain(title[at:])]

    def rows(self) -> list[list[Part]]:
        """Give title, panes and rule, as far as the height goes."""
        width, height = self.size
        rule = [Part("─" * width, self.theme.base + self.theme.faint)]
        if height == 1:
            return [self._title_row(width, short=True)]
        second = self._tab_row(width) if self._tabs else rule
        return [self._title_row(width, short=False), second, rule if self._tabs else []]

    def _title_row(self, width: int, *, short: bool) -> list[Part]:
        theme = self.theme
        title = self._name_alone() if short else self._title
        crumb = f" {signs.CRUMB.symbol} {self._crumb}" if self._crumb and not short else ""
        # As many of the facts as there is room for, the first ones first.
        taken = cell_len(title) + cell_len(crumb) + 3
        parts = [] if short else list(self._facts)
        while parts and taken + cell_len(" · ".join(parts)) + 1 > width:
            parts.pop()
        facts = f"{' · '.join(parts)} " if parts else ""
        room = width - 1 - cell_len(facts)
        titled = self._title_parts(title, max(8, room - cell_len(crumb)))
        taken = sum(cell_len(part.text) for part in titled)
        crumb = shortened(crumb, max(0, room - taken))
        gap = max(0, room - taken - cell_len(crumb))
        return [
            Part(" ", theme.base),
            *titled,
            Part(crumb, theme.style("meta")),
            Part(" " * gap, theme.base),
            Part(facts, theme.style("meta")),
        ]

    def _name_alone(self) -> str:
        """Return the one name that a masthead of one line has room for: the page's, or its pane's, where it has tabs."""
        if self._crumb or self._stands:
            return self._title if self._stands else self._crumb
        return next((tab.title for tab in self._tabs[1:] if tab.pane == self._open), self._title)

    def _tab_row(self, width: int) -> list[Part]:
        """Set the panes at the greatest length that fits: with counts, without, short, and as keys alone."""
        forms: tuple[tuple[Callable[[Tab], str], int], ...] = (
            (lambda tab: tab.named(f"{tab.title}{f' {tab.number:,}' if tab.number else ''}"), 2),
            (lambda tab: tab.named(tab.title), 2),
            (lambda tab: tab.named(tab.short), 2),
            (lambda tab: tab.named(tab.short), 1),
            (lambda tab: tab.named(tab.short) if tab.pane == self._open else tab.key or tab.short[:1], 1),
        )
        texts: list[str] = []
        gap = left = 0
        for form, gap in forms:
            texts = [form(tab) for tab in self._tabs]
            left = width - sum(map(cell_len, texts)) - gap * (len(texts) - 1)
            if left >= (gap > 1):  # the margin is worth less than a name, but more than the counts
                break
        parts = [Part(" " * min(1, max(0, left)), self.theme.base)]
        for tab, text in zip(self._tabs, texts, strict=True):
            opened = tab.pane == self._open
            style = self.theme.base + self.theme.current + Style(underline=True) if opened else self.theme.style("meta")
            parts += [Part(text, style, f"page:{tab.pane}"), Part(" " * gap, self.theme.base)]
        return parts


class StatusLine(Chrome):
    """Where one stands, and either what just happened or which keys lead on."""

    DEFAULT_CSS = "StatusLine { dock: bottom; height: 2; }"

    def __init__(self, theme: Theme) -> None:
        """Make it without content."""
        super().__init__(theme, name="status")
        self.hints: tuple[Hint, ...] = ()
        self._shows_hints = True
        self._position = ""
        self._message = ""
        self._warns = False
        self.messages = Messages()
        """What has been said; a page shows it whole."""

    @property
    def message(self) -> str:
        """What is being said."""
        return self._message

    def show_keys(self, hints: tuple[Hint, ...]) -> None:
        """Tell other keys."""
        if hints != self.hints:
            self.hints = hints
            self.refresh()

    def let_hints(self, *, show: bool) -> None:
        """Show the keys, or the way to them alone."""
        if show != self._shows_hints:
            self._shows_hints = show
            self.refresh()

    def tell(self, position: str) -> None:
        """Show where one stands."""
        if position != self._position:
            self._position = position
            self.refresh()

    def say(self, message: str, *, warns: bool = False, passing: bool = False) -> None:
        """Say something in place of the hints; an empty message brings them back, and a passing one is not kept."""
        said = _one_line(message), warns
        if message and not passing:
            self.messages.note(said[0], warns=warns)
        if said != (self._message, self._warns):
            self._message, self._warns = said
            self.refresh()

    def rows(self) -> list[list[Part]]:
        """Give the rule and the line, or the line alone."""
        width, height = self.size
        theme = self.theme
        row = [Part(f" {self._position}  " if self._position else " ", theme.style("meta"))]
        if self._message:
            said = shortened(self._message, width - cell_len(row[0].text) - 1)
            row.append(Part(said, theme.style("warning" if self._warns else "strong")))
        else:
            row += self._hint_parts(width - cell_len(row[0].text))
        if height == 1:
            return [row]
        return [[Part("─" * width, theme.base + theme.faint)], row]

    def _hint_parts(self, room: int) -> list[Part]:
        theme = self.theme
        parts: list[Part] = []
        ways = tuple((keys, "keys", command) for keys, _, command in self.hints if command == "help")
        for keys, words, command in _fitting(self.hints if self._shows_hints else ways, room):
            if parts:
                parts.append(Part(" · ", theme.base + theme.faint))
            target = f"command:{command}"
            parts += [Part(keys, theme.style("note"), target), Part(f" {words}", theme.style("meta"), target)]
        return parts


@lru_cache(maxsize=64)
def _fitting(hints: tuple[Hint, ...], room: int) -> tuple[Hint, ...]:
    """Choose as many hints as there is room for, the first ones first; the way to all others is left out last."""
    left = list(hints)
    while left and sum(cell_len(keys) + cell_len(words) + 4 for keys, words, _ in left) - 3 > room:
        others = [place for place, hint in enumerate(left) if hint[2] != "help"]
        del left[others[-1] if others else 0]
    return tuple(left)


@lru_cache(maxsize=512)
def _strip(parts: tuple[Part, ...], width: int, base: Style) -> Strip:
    """Make a row; the same row is the same object, so that what is made of it in turn need be made once."""
    segments = [Segment(part.text, part.style) for part in parts]
    return Strip(segments).adjust_cell_length(width, base)


def _one_line(text: str) -> str:
    return cleaned(text).replace("\n", " ")
