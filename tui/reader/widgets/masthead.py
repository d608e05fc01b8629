"""The masthead above the page: title, panes and a rule."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style

from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome, Part, one_line
from tui.render import signs
from tui.render.breaking import shortened
from tui.session.masthead import Tab

if TYPE_CHECKING:
    from tui.search.matcher import Matcher


class Masthead(Chrome):
    """The title with facts on the briefing, the panes, and a rule."""

    DEFAULT_CSS = "Masthead { dock: top; height: 3; }"

    def __init__(self, theme: Theme) -> None:
        """Create an empty masthead."""
        super().__init__(theme, name="masthead")
        self._title, self._crumb = "", ""
        self._matcher: Matcher | None = None
        self._stands = False
        self._facts: tuple[str, ...] = ()
        self._tabs: tuple[Tab, ...] = ()
        self._open = ""

    def tell(self, title: str, crumb: str, facts: tuple[str, ...], tabs: tuple[Tab, ...], open_pane: str) -> None:
        """Show other contents.

        Args:
            title: the title of the briefing or the page.
            crumb: the title of the page within the briefing; empty in a pane and in the library.
            facts: facts for the right side, the most important first.
            tabs: the panes; empty where the page has none.
            open_pane: the name of the open pane.
        """
        told = (one_line(title), one_line(crumb), facts, tabs, open_pane)
        if told != (self._title, self._crumb, self._facts, self._tabs, self._open):
            self._title, self._crumb, self._facts, self._tabs, self._open = told
            self.refresh()

    def look_for(self, matcher: "Matcher | None", *, here: bool) -> None:
        """Mark matches in the title. `here` is whether the current match is there."""
        if (matcher, here) != (self._matcher, self._stands):
            self._matcher, self._stands = matcher, here
            self.refresh()

    def _title_parts(self, title: str, room: int) -> list[Part]:
        """Return the parts of the title. An overlong title begins at its match."""
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
        """Return title, panes and rule, as far as the height goes."""
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
        # As many facts as fit, the first facts first.
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
        """Return the one name that fits into a masthead of one line.

        It is the page's name, or that of the open pane.
        """
        if self._crumb or self._stands:
            return self._title if self._stands else self._crumb
        return next((tab.title for tab in self._tabs[1:] if tab.pane == self._open), self._title)

    def _tab_row(self, width: int) -> list[Part]:
        """Set the panes in the longest form that fits.

        The forms are: with counts, without counts, with short titles, without keys, and as keys alone.
        """
        forms: tuple[tuple[Callable[[Tab], str], int], ...] = (
            (lambda tab: tab.named(f"{tab.title}{f' {tab.number:,}' if tab.number else ''}"), 2),
            (lambda tab: tab.named(tab.title), 2),
            (lambda tab: tab.named(tab.short), 2),
            (lambda tab: tab.named(tab.short), 1),
            (lambda tab: tab.short, 1),
            (lambda tab: tab.named(tab.short) if tab.pane == self._open else tab.key or tab.short[:1], 1),
        )
        texts: list[str] = []
        gap = left = 0
        for form, gap in forms:
            texts = [form(tab) for tab in self._tabs]
            left = width - sum(map(cell_len, texts)) - gap * (len(texts) - 1)
            if left >= (gap > 1):  # the margin has priority over the counts, and a name over the margin
                break
        parts = [Part(" " * min(1, max(0, left)), self.theme.base)]
        for tab, text in zip(self._tabs, texts, strict=True):
            opened = tab.pane == self._open
            style = self.theme.base + self.theme.current + Style(underline=True) if opened else self.theme.style("meta")
            parts += [Part(text, style, f"page:{tab.pane}"), Part(" " * gap, self.theme.base)]
        return parts
