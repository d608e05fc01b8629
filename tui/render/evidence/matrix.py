"""The view of claims and sources: a table, a grid, a list."""

from functools import cached_property
from typing import Final, NamedTuple

from tui.evidence.matrix import STANCES, Cell, Column, Ground, Matrix, Order, Stance
from tui.evidence.standing import Standings
from tui.library.records import Entry, Source
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.evidence.standing import FILTER_WORDS, rest_words, table_data, table_page
from tui.render.links import brief_span
from tui.render.page import INDENT, Block, Page, Para, Role, Span, headed, line
from tui.render.views import BY_NAME, SECOND, Choice

GLYPHS: Final[dict[Stance, tuple[str, Role]]] = {
    "supports": (signs.SUPPORTS.symbol, "link"),
    "contradicts": (signs.CONTRADICTS.symbol, "conflict"),
    "mentions": (signs.MENTIONS.symbol, "muted"),
}
"""The glyph and the role of each stance; a source of two stances has both glyphs."""
SILENT: Final[tuple[str, Role]] = (signs.SILENT.symbol, "muted")
STANCE_WORDS: Final[dict[Stance, str]] = {
    "supports": "supported by",
    "contradicts": "contradicted by",
    "mentions": "mentioned by",
}
ORDER_WORDS: Final[dict[Order, tuple[str, str]]] = {
    "given": ("as written", "by number"),
    "conflict": ("most contradicted first", "most contradicting first"),
    "rating": ("best rated first", "most reliable first"),
    "date": ("newest first", "newest first"),
    "origins": ("most independent origins first", "most origins first"),
}
"""The words of each order, for claims and for sources. F and 6 come last in none: they only say that nothing is known."""
_BRIEFLY: Final[dict[Order, str]] = {
    "conflict": "by conflict",
    "rating": "by rating",
    "date": "newest first",
    "origins": "by origins",
}


class Head(NamedTuple):
    """The head of a column."""

    number: str
    below: str
    """The reliability of a source; of an origin, the number of its sources."""


class Grid(Page):
    """The matrix as a table: rows of claims, columns of sources."""

    grid = True

    def __init__(self, volume: Volume, choice: Choice) -> None:
        """Set the matrix of a volume in the orders that were chosen."""
        self.volume = volume
        self.choice = choice
        self.matrix = volume.derived(Matrix)
        self.claims = volume.derived(Standings).claims(choice.rows, choice.only)
        every = self.matrix.columns(choice.columns, grouped=choice.grouped)
        self.columns = self.matrix.speaking(every, self.claims)
        self.folded = len(every) - len(self.columns)
        """The number of columns that are silent on every claim shown, and left out."""
        self._marks: dict[int, tuple[tuple[Stance, ...], ...]] = {}
        super().__init__(SECOND["matrix"].title, [claim.id for claim in self.claims], self._listed)

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """The heads of the columns."""
        if self.choice.grouped:
            return tuple(
                Head(str(index), f"{signs.TIMES.symbol}{len(one.sources)}") for index, one in enumerate(self.columns, 1)
            )
        return tuple(Head(str(column.sources[0].number), column.sources[0].reliability) for column in self.columns)

    @cached_property
    def _columns_of(self) -> dict[str, list[int]]:
        """The indices of the columns of each source, by its id."""
        found: dict[str, list[int]] = {}
        for index, column in enumerate(self.columns):
            for source in column.sources:
                found.setdefault(source.id, []).append(index)
        return found

    def marks(self, index: int) -> tuple[tuple[Stance, ...], ...]:
        """Return the stances in each cell of a row. Each key asks for all rows in view."""
        if index in self._marks:
            return self._marks[index]
        claim = self.claims[index]
        found: list[tuple[Stance, ...]] = []
        for column in self.columns:
            stances = {ground.stance for ground in self.matrix.grounds(claim, column)}
            strong = tuple(stance for stance in STANCES[:2] if stance in stances)
            found.append(strong or tuple(stances))
        self._marks[index] = tuple(found)
        return self._marks[index]

    def target(self, index: int) -> str:
        """Return the target of Enter on a row."""
        return f"#{self.claims[index].id}"

    def cell(self, index: int, column: int) -> Cell:
        """Return the cell of a row and a column."""
        return self.matrix.cell(self.claims[index], self.columns[column])

    def next_marked(self, index: int, column: int, direction: int) -> int | None:
        """Return the next column, in a direction, that is not silent."""
        marks = self.marks(index)
        ahead = range(column + 1, len(marks)) if direction > 0 else range(column - 1, -1, -1)
        return next((at for at in ahead if marks[at]), None)

    @property
    def summary(self) -> str:
        """The size and the orders of the matrix, in words."""
        rows = _BRIEFLY.get(self.choice.rows, "as written")
        columns = _BRIEFLY.get(self.choice.columns, "by number")
        outlets, origins = self.matrix.breadth
        if self.choice.grouped:
            columns = {"by number": "as they come", "by origins": "by outlets"}.get(columns, columns)
        what = "origins" if self.choice.grouped else "sources"
        folded = f" ({self.folded} silent)" if self.folded and not self.choice.listed else ""
        told = [words.count(outlets, "outlet"), words.count(origins, "origin")]
        told[self.choice.grouped] += folded
        return f"{', '.join(told)} · claims {rows} · {what} {columns}"

    def weights(self, claim: Entry, *, briefly: bool = False) -> tuple[Span, ...]:
        """Count the outlets and origins of each stance on a claim."""
        spans: list[Span] = []
        for stance in STANCES:
            weight = self.matrix.weight(claim, stance)
            if weight.outlets:
                glyph, role = GLYPHS[stance]
                said = f" {words.count(weight.outlets, 'outlet')}, {words.count(weight.origins, 'origin')}"
                said = f" {weight.outlets}·{weight.origins}" if briefly else said
                spans += [Span("   ", whole="; ")] * bool(spans) + [Span(glyph, role), Span(said, "meta")]
        if spans and briefly:
            spans.append(Span("   outlets·origins", "muted"))
        return tuple(spans) or (Span("no source speaks of it", "meta"),)

    def _listed(self, index: int) -> Block:
        """Set a claim with the sources of each stance."""
        claim = self.claims[index]
        paras = [Para((brief_span(claim, 200),), Span(claim.number, "number"), INDENT, INDENT)]
        if rest := rest_words(self.volume.derived(Standings).of(claim)):
            paras.append(line(rest, "meta", indent=INDENT))
        speaking = set()
        for stance, words_for in STANCE_WORDS.items():
            counted = self.matrix.counted(claim, stance)
            cited = {ground.note.source for ground in counted}
            near = [
                self.columns[at] for at in sorted({at for source in cited for at in self._columns_of.get(source, ())})
            ]
            named = [(column, members) for column in near if (members := self.matrix.members(counted, column))]
            if named:
                speaking |= {column.id for column, _ in named}
                weight = self.matrix.weight(claim, stance)
                said = f"{words_for} {words.count(weight.outlets, 'outlet')}, {words.count(weight.origins, 'origin')}: "
                glyph, role = GLYPHS[stance]
                spans = (Span(said, role), *_names(named))
                paras.append(Para(spans, Span(glyph, role), INDENT + 2))
        silent = len(self.columns) + self.folded - len(speaking)
        what = words.count(silent, "origin" if self.choice.grouped else "source")
        paras.append(Para((Span(f"{what} silent", "meta"),), Span(*SILENT), INDENT + 2))
        return Block(claim.id, tuple(paras), self.target(index))


def _names(named: list[tuple[Column, tuple[Source, ...]]]) -> list[Span]:
    """Return the names of columns, each origin with its sources."""
    spans: list[Span] = []
    for column, members in named:
        if spans:
            spans.append(Span("; ", "meta"))
        if column.origin:
            spans.append(Span(f"{column.label} ({', '.join(source.label for source in members)})", "meta"))
        else:
            source = column.sources[0]
            spans.append(Span(f"{source.number}\u00a0{source.label}", "link", f"#{source.id}"))
    return spans


def page(volume: Volume, choice: Choice) -> Page:
    """Set the table, the grid, or a list of both."""
    if not choice.part and not choice.listed:
        return table_page(volume, choice, BY_NAME["matrix"].title)
    grid = Grid(volume, choice)
    return _listed_page(grid) if choice.listed or not len(grid) else grid


def data(volume: Volume) -> object:
    """Return the standings, and the grounds by claim and source."""
    matrix = volume.derived(Matrix)
    outlets, origins = matrix.breadth
    claims = {
        claim.id: {source: [_ground(ground) for ground in grounds] for source, grounds in matrix.row(claim).items()}
        for claim in matrix.claims
    }
    return {"outlets": outlets, "origins": origins, "standing": table_data(volume), "claims": claims}


def fact(volume: Volume) -> str:
    """Count the claims, the sources and the origins."""
    claims = words.count(len(volume.pane("claims")), "claim")
    outlets, origins = volume.derived(Matrix).breadth
    return f"{claims}, {words.count(outlets, 'source')}, {words.count(origins, 'origin')}"


def _ground(ground: Ground) -> dict[str, str]:
    return {
        "stance": ground.stance,
        "relation": ground.relation,
        "entry": ground.entry.id,
        "quote": ground.note.quote,
    }


def _listed_page(grid: Grid) -> Page:
    """Set the matrix as a list, below its orders and its legend."""
    top = Block(
        "how:",
        (line(f"{grid.summary}.", "meta"), *_filter_lines(grid), *(line(said, "meta") for said in _legend_lines())),
    )
    names = [f"row:{name}" for name in grid.ids]
    return headed(BY_NAME["matrix"].title, top, names, lambda index: grid.block(index)._replace(id=names[index]))


def _filter_lines(grid: Grid) -> tuple[Para, ...]:
    """Write the filter of the claims, with their number."""
    said = FILTER_WORDS.get(grid.choice.only, "")
    of = f"{len(grid)} of {words.count(len(grid.matrix.claims), 'claim')}"
    return (line(f"Shown: {of}, {said}.", "meta"),) if grid.choice.only and said else ()


def _legend_lines() -> tuple[str, ...]:
    """Write the legend of the glyphs."""
    told = (signs.SUPPORTS, signs.CONTRADICTS, signs.MENTIONS, signs.SILENT)
    means = ((sign, sign.cell or sign.meaning) for sign in told)
    return tuple(f"{sign.symbol} {sign.name}: {meaning[:1].lower()}{meaning[1:]}" for sign, meaning in means)
