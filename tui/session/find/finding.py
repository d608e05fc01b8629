"""The words sought in a briefing, with their matches."""

from collections.abc import Sequence

from tui.render.page import Page, Para
from tui.search.matcher import Matcher
from tui.search.nodes import Field, leaves
from tui.search.query import Parsed, QueryError
from tui.session.find.finder import Finder
from tui.session.find.matches import Match, Matches, Position
from tui.state.records import Location


class Finding:
    """The words, their matches and the current match."""

    def __init__(self) -> None:
        """Start without words."""
        self.words = ""
        self.parsed = Parsed("", None)
        self.languages: tuple[str, ...] = ()
        """Further languages whose forms of words count."""
        self.error: QueryError | None = None
        """The mistake in the words; the matches are then those of the last words without one."""
        self.matches = Matches()
        self.at = -1
        """The index of the current match; -1 for none."""
        self.finder: Finder | None = None
        self.matcher: Matcher | None = None

    def take(self, finder: Finder, matches: Matches) -> None:
        """Replace the matches by those of a finder."""
        self.finder, self.matches, self.at = finder, matches, -1
        self.matcher = Matcher(self.parsed.node, dict.fromkeys((*finder.languages, *self.languages)))

    def clear(self) -> bool:
        """Drop the matches. Return whether there were any."""
        had = bool(self.matches)
        self.matches, self.at = Matches(), -1
        return had

    @property
    def current(self) -> Match | None:
        """The current match."""
        return self.matches[self.at] if self.at >= 0 else None

    @property
    def has_words(self) -> bool:
        """Whether the query has words or quotes to mark, besides its fields."""
        found = leaves(self.parsed.node)
        return any(not isinstance(leaf, Field) or leaf.name == "quote" for leaf in found)

    @property
    def mistake(self) -> str:
        """The message about a mistake in the words; empty for none."""
        return f"At character {self.error.at + 1}: {self.error.message}" if self.error else ""

    @property
    def message(self) -> str:
        """The message about the matches of the last words without a mistake."""
        words = self.parsed.text
        if self.parsed.node is None:
            return ""
        if not self.matches:
            return f"“{words}” is not found here{'; '.join(('', *self.matches.unmet))}."
        found = f"{self.at + 1} of {len(self.matches):,}" if self.at >= 0 else f"{len(self.matches):,} found"
        if self.matches.spelling:
            return f"“{words}” is not found here; the nearest, “{self.matches.spelling}”: {found}"
        return f"“{words}”: {found}"

    def page(self, name: str) -> Page | None:
        """Return a page as searched. The reader's own front page has more blocks."""
        return dict(self.finder.pages).get(name) if self.finder else None

    def in_block(self, name: str, shown: Page, index: int) -> Sequence[Match]:
        """Return the matches in a block of a shown page."""
        searched = self.page(name)
        at = index if searched is shown or searched is None else searched.index_of(shown.ids[index])
        found = () if at is None else self.matches.at(name, at)
        own = [match._replace(block=index) for match in found if not (match.beside or match.is_whole)]
        if searched is shown or searched is None or at is None:
            return own
        before, behind = searched.block(at).paras, shown.block(index).paras
        return [moved for match in own if (moved := _moved(match, before, behind))]

    def index_on(self, shown: Page, match: Match) -> int:
        """Return the index of a match's block on a shown page."""
        searched = self.page(match.page)
        return shown.index_of(searched.ids[match.block]) or 0 if searched else match.block

    def position(self, location: Location, offset: int) -> Position:
        """Convert a location to a position among the matches."""
        names = self.finder.names if self.finder else ()
        if location.page not in names:
            return (0, -1, -1, -1, -1)
        page = self.page(location.page)
        block = (page.index_of(location.block) if page else None) or 0
        return (names.index(location.page), block, min(0, offset), 0, offset)

    def target_on(self, shown: Page, place: int) -> str:
        """Return the target before the current match in a row of commands. Empty elsewhere."""
        match = self.current
        if match is None or match.beside or match.is_whole or self.index_on(shown, match) != place:
            return ""
        block = shown.block(place)
        return block.paras[match.para].target_before(match.start) if block.target.startswith("beneath:") else ""


def _moved(match: Match, searched: Sequence[Para], shown: Sequence[Para]) -> Match | None:
    """Return a match where its words stand in a block as shown. None where they do not stand there."""
    before, behind = searched[match.para].text, shown[match.para].text if match.para < len(shown) else ""
    if before == behind:
        return match
    sought, at = before[match.start : match.end], -1
    for _ in range(before.count(sought, 0, match.start) + 1):
        at = behind.find(sought, at + 1)
        if at < 0:
            return None
    return match._replace(start=at, end=at + len(sought))
