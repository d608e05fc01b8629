"""The matrix as a table of glyphs, and the same as a list for who reads aloud."""

from functools import cached_property
from typing import Final, NamedTuple

from tui.briefing import edtf
from tui.evidence.evidence import Evidence
from tui.evidence.matrix import STANCES, Cell, Column, Ground, Order, Stance
from tui.library.records import Entry, Source
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.briefly import brief_span
from tui.render.evidence.choice import Choice
from tui.render.page import Block, Page, Para, Role, Span, line

GLYPHS: Final[dict[Stance, tuple[str, Role]]] = {
    "supports": (signs.SUPPORTS.symbol, "link"),
    "contradicts": (signs.CONTRADICTS.symbol, "conflict"),
    "mentions": (signs.MENTIONS.symbol, "muted"),
}
"""The glyph and the role of what a source does to a claim; a source that does two things has both glyphs."""
SILENT: Final[tuple[str, Role]] = (signs.SILENT.symbol, "muted")
STANCE_WORDS: Final[dict[Stance, str]] = {
    "supports": "supported by",
    "contradicts": "contradicted by",
    "mentions": "mentioned by",
}
ORDER_WORDS: Final[dict[Order, tuple[str, str]]] = {
    "given": ("as written", "as numbered"),
    "conflict": ("most contradicted first", "most contradicting first"),
    "rating": ("best rated first", "most reliable first"),
    "date": ("newest first", "newest first"),
    "origins": ("most independent origins first", "most origins first"),
}
"""How the rows and the columns are ordered. Neither F nor 6, which only say that nothing is known, comes last."""
_BRIEFLY: Final[dict[Order, str]] = {
    "conflict": "by conflict",
    "rating": "by rating",
    "date": "newest first",
    "origins": "by origins",
}
_ABOUT: Final = {
    ("supports", False): "supports",
    ("conflicts", True): "conflicts with",
    ("attacks", False): "attacks",
    ("undercuts", False): "undercuts",
    ("rests_on", False): "rests on",
    ("about", False): "is about",
}
_INDENT: Final = 5


class Head(NamedTuple):
    """What stands over a column."""

    number: str
    below: str
    """The source's reliability; over an origin, how many sources rest on it."""


class Grid(Page):
    """The matrix: its blocks are claims, its cells what each source, or origin, does to them."""

    grid = True

    def __init__(self, volume: Volume, choice: Choice) -> None:
        """Look at a volume in an order."""
        self.volume = volume
        self.choice = choice
        self.matrix = Evidence.of(volume).matrix
        self.claims = self.matrix.rows(choice.rows)
        self.columns = self.matrix.columns(choice.columns, grouped=choice.grouped)
        super().__init__("Matrix", [claim.id for claim in self.claims], self._listed)

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """What stands over each column: its number, and its reliability or its outlets."""
        if self.choice.grouped:
            return tuple(
                Head(str(place), f"{signs.TIMES.symbol}{len(one.sources)}") for place, one in enumerate(self.columns, 1)
            )
        return tuple(Head(str(column.sources[0].number), column.sources[0].reliability) for column in self.columns)

    def marks(self, place: int) -> tuple[tuple[Stance, ...], ...]:
        """Give what stands in the cells of a row: at most two of supports and contradicts, else mentions or nothing."""
        claim = self.claims[place]
        found: list[tuple[Stance, ...]] = []
        for column in self.columns:
            stances = {ground.stance for ground in self.matrix.grounds(claim, column)}
            strong = tuple(stance for stance in STANCES[:2] if stance in stances)
            found.append(strong or tuple(stances))
        return tuple(found)

    def cell(self, place: int, column: int) -> Cell:
        """Give a cell."""
        return self.matrix.cell(self.claims[place], self.columns[column])

    def next_told(self, place: int, column: int, direction: int) -> int | None:
        """Find the next column, in a direction, that is not silent on a claim."""
        marks = self.marks(place)
        ahead = range(column + 1, len(marks)) if direction > 0 else range(column - 1, -1, -1)
        return next((at for at in ahead if marks[at]), None)

    @property
    def summary(self) -> str:
        """How it is ordered, and what there is."""
        rows = _BRIEFLY.get(self.choice.rows, "as written")
        columns = _BRIEFLY.get(self.choice.columns, "as numbered")
        outlets, origins = self.matrix.breadth
        if self.choice.grouped:
            columns = {"as numbered": "as they come", "by origins": "by outlets"}.get(columns, columns)
        what = "origins" if self.choice.grouped else "sources"
        return f"{words.count(outlets, 'outlet')}, {words.count(origins, 'origin')} · claims {rows} · {what} {columns}"

    def weights(self, claim: Entry) -> tuple[Span, ...]:
        """Say how many outlets, of how many independent origins, speak for a claim and against it."""
        spans: list[Span] = []
        for stance in STANCES:
            weight = self.matrix.weight(claim, stance)
            if weight.outlets:
                glyph, role = GLYPHS[stance]
                said = f" {words.count(weight.outlets, 'outlet')}, {words.count(weight.origins, 'origin')}"
                spans += [Span("   ")] * bool(spans) + [Span(glyph, role), Span(said, "meta")]
        return tuple(spans) or (Span("no source speaks of it", "meta"),)

    def _listed(self, place: int) -> Block:
        """Set a claim with all that speak of it."""
        claim = self.claims[place]
        paras = [Para((brief_span(claim, 200),), Span(claim.number, "number"), _INDENT, _INDENT)]
        told = set()
        for stance, words_for in STANCE_WORDS.items():
            counted = self.matrix.counted(claim, stance)
            named = [(column, members) for column in self.columns if (members := self.matrix.members(counted, column))]
            if named:
                told |= {column.id for column, _ in named}
                weight = self.matrix.weight(claim, stance)
                said = f"{words_for} {words.count(weight.outlets, 'outlet')}, {words.count(weight.origins, 'origin')}: "
                glyph, role = GLYPHS[stance]
                spans = (Span(said, role), *_names(named))
                paras.append(Para(spans, Span(glyph, role), _INDENT + 2))
        silent = len(self.columns) - len(told)
        what = words.count(silent, "origin" if self.choice.grouped else "source")
        paras.append(Para((Span(f"{what} silent", "meta"),), Span(*SILENT), _INDENT + 2))
        return Block(claim.id, tuple(paras), f"#{claim.id}")


def _names(named: list[tuple[Column, tuple[Source, ...]]]) -> list[Span]:
    """Name some columns, an origin with its members."""
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


def listed_page(grid: Grid) -> Page:
    """Set the matrix as a list, with a word on what it says first."""
    top = Block("how:", (line(f"{grid.summary}.", "meta"), *(line(said, "meta") for said in legend_lines())))
    names = ["how:", *(f"row:{name}" for name in grid.ids)]

    def build(place: int) -> Block:
        return top if place == 0 else grid.block(place - 1)._replace(id=names[place])

    return Page("Matrix", names, build, besides=("how:",))


def legend_lines() -> tuple[str, ...]:
    """Say what the glyphs mean."""
    told = (signs.SUPPORTS, signs.CONTRADICTS, signs.MENTIONS, signs.SILENT)
    return tuple(f"{sign.symbol} {sign.name}: {sign.meaning[:1].lower()}{sign.meaning[1:]}" for sign in told)


def column_words(column: Column) -> str:
    """Say what a column is: a source with its reliability and date, or an origin with its outlets."""
    if column.origin:
        return f"{column.label}: {words.count(len(column.sources), 'outlet')}"
    source = column.sources[0]
    parts = [source.label, source.reliability, words.SEEN_BRIEFLY[source.seen]]
    if source.issued and source.issued[:4] not in source.label:
        parts.insert(1, edtf.in_words(source.issued))
    return " · ".join(parts)


def cell_words(cell: Cell) -> str:
    """Say what a cell says: supports, and contradicts through V3."""
    if not cell.grounds:
        return f"silent on {cell.claim.number}"
    said = []
    for stance in STANCES:
        through = {ground.entry.number: ground for ground in cell.grounds if ground.stance == stance}
        if through:
            own = cell.claim.number in through
            others = ", ".join(number for number in through if number != cell.claim.number)
            said.append(f"{stance} {cell.claim.number}" + (f" {'and ' * own}through {others}" if others else ""))
    return "; ".join(said)


def ground_para(cell: Cell, ground: Ground, indent: int) -> Para:
    """Say by which way a footnote comes into a cell."""
    glyph, role = GLYPHS[ground.stance]
    if ground.relation == "cites":
        said = [Span("cited by "), Span(ground.entry.number, "link", f"#{ground.entry.id}"), Span(" itself")]
    else:
        number = Span(ground.entry.number, "link", f"#{ground.entry.id}")
        known = _ABOUT.get((ground.relation, ground.outgoing))
        way = f", which {known} {cell.claim.number}" if known else f", on which {cell.claim.number} rests"
        said = [Span("cited by "), number, Span(way)]
    return Para((Span(f"{ground.stance}: ", role), *said), Span(glyph, role), indent)
