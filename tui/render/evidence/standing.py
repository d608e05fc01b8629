"""The table of standings: a line a claim, or sentences."""

from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from types import MappingProxyType
from typing import Final, NamedTuple

from tui.evidence.matrix import Order, Weight
from tui.evidence.standing import Standing, Standings
from tui.library.entry_links import Relation
from tui.library.records import Entry
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.links import brief_span
from tui.render.page import GAP, INDENT, Block, Columns, Page, Para, Role, Span
from tui.render.views import SECOND, Choice

FILTER_WORDS: Final = MappingProxyType(
    {
        "": "all of them",
        "disputed": "those with a source against them",
        "judged": "those that bear on a judgment",
        "one-origin": "those of one origin at most",
    }
)
"""The words of each filter."""
ORDER_WORDS: Final = MappingProxyType[Order, str](
    {
        "given": "as written",
        "conflict": "most contradicted first",
        "rating": "best rated first",
        "date": "newest first",
        "origins": "most origins first",
    }
)
_MEASURE: Final = 150
"""The widest page: more cells show more of a claim."""
_NAME: Final = 26
"""The fewest cells for the name of a claim beside its figures: in fewer no two names differ."""
_MOST: Final = 8
"""The most signs of a bar of origins; a longer one ends with a sign for more."""
_PRO: Final[tuple[str, Role]] = (signs.SUPPORTS.symbol, "link")
_CON: Final[tuple[str, Role]] = (signs.CONTRADICTS.symbol, "conflict")
_WEAK_PRO: Final[tuple[str, Role]] = (signs.WEAK_FOR.symbol, "muted")
_WEAK_CON: Final[tuple[str, Role]] = (signs.WEAK_AGAINST.symbol, "muted")


class _Form(NamedTuple):
    """The cells of the figures beside a claim."""

    bars: bool
    """Whether the origins for and against are drawn as two bars."""
    weight: int
    """Cells for the outlets and origins of a stance, its sign included."""
    rating: int
    judgments: int

    @property
    def cells(self) -> int:
        """All cells of the figures."""
        return self.bars * (2 * _MOST + 4) + 2 * self.weight + self.rating + self.judgments


_WIDE: Final = _Form(bars=True, weight=9, rating=6, judgments=18)
_MIDDLE: Final = _Form(bars=False, weight=8, rating=6, judgments=12)
_NARROW: Final = _Form(bars=False, weight=8, rating=3, judgments=6)


def _form(whole: int) -> _Form:
    return _WIDE if whole >= 104 else _MIDDLE if whole >= 66 else _NARROW


def _widths(whole: int) -> tuple[int, ...]:
    cells = _form(whole).cells + 2  # of the text behind the figures, which is empty
    return (whole - GAP - cells, cells) if whole >= GAP + cells + _NAME else ()


_COLUMNS: Final = Columns((0, 1), 2, _widths)


def table_page(volume: Volume, choice: Choice, title: str) -> Page:
    """Set the table by the chosen order and filter."""
    standings = volume.derived(Standings)
    claims = standings.claims(choice.rows, choice.only)
    example = standings.of(claims[0]).pro if claims else Weight(0, 0)
    top = _top(volume, choice, len(claims), example)

    def build(index: int) -> Block:
        return _row(standings.of(claims[index - 1])) if index else top

    return Page(title, [top.id, *(claim.id for claim in claims)], build, measure=_MEASURE, besides=(top.id,))


def standing_words(standing: Standing) -> str:
    """Write the standing of a claim in sentences."""
    said = [f"For it: {_weight_words(standing.pro)}.", f"Against it: {_weight_words(standing.con)}."]
    if standing.rating:
        said.append(f"Rated {standing.rating}.")
    return " ".join([*said, *_reason_words(standing.judgments)])


def rest_words(standing: Standing) -> str:
    """Write the rating of a claim and its judgments, in sentences."""
    rating = [f"Rated {standing.rating}."] if standing.rating else []
    return " ".join([*rating, *_reason_words(standing.judgments)])


def table_data(volume: Volume) -> list[dict[str, object]]:
    """Return the standing of each claim."""
    standings = volume.derived(Standings)
    return [_data(standings.of(claim)) for claim in standings.claims("given")]


def _data(standing: Standing) -> dict[str, object]:
    reasons = [
        {"judgment": one.other.id, "stance": one.name} | ({"weak": True} if one.weak else {})
        for one in standing.judgments
    ]
    return {
        "claim": standing.claim.id,
        "for": standing.pro._asdict(),
        "against": standing.con._asdict(),
        "rating": standing.rating,
        "judgments": reasons,
    }


def _top(volume: Volume, choice: Choice, shown: int, example: Weight) -> Block:
    """Set the order, the filter, an example and the heads."""
    whole = len(volume.pane("claims"))
    number = f"{shown} of {words.count(whole, 'claim')}" if shown < whole else words.count(whole, "claim")
    summary = (
        Span(f"{number}, ", "meta"),
        Span(ORDER_WORDS[choice.rows], "link", "command:sort-rows"),
        Span(", ", "meta"),
        Span(FILTER_WORDS.get(choice.only, choice.only), "link", "command:sort-columns"),
        Span("  ", whole=""),
        Span("grid", "link", f"page:{SECOND['matrix'].target}", whole=""),
    )
    legend = Para((Span("", whole=""),), plot=partial(_legend, example))
    heads = (
        Para((Span("claim", "meta", whole=""),), indent=INDENT, keep=True),
        Para((Span("", whole=""),), plot=lambda cells: (*_margin(cells), *_heads(_form(cells))), keep=True),
    )
    columns = Columns((2, 3), 4, _widths)
    return Block("how:", (Para(summary), legend, *heads), columns=columns)


def _legend(example: Weight, whole: int) -> tuple[Span, ...]:
    """Write a legend for the cells, by the first one."""
    figure = f" {example.outlets}·{example.origins} " if example.outlets else " "
    outlets, origins = words.count(example.outlets, "outlet"), words.count(example.origins, "origin")
    rested = words.count(example.origins, "independent origin")
    forms = (
        (f"for it: {outlets} of {rested}; ", " against it; in the bars a sign is an origin"),
        (f"for it: {outlets} of {rested}; ", " against it"),
        (f"for: {outlets}, {origins}; ", " against"),
        ("for, ", " against"),
    )
    fitting = (form for form in forms[not _form(whole).bars :] if len(figure) + sum(map(len, form)) + 2 <= whole)
    pro, con = next(fitting, forms[-1]) if example.outlets else forms[-1]
    return (Span(*_PRO), Span(f"{figure}{pro}", "meta"), Span(*_CON), Span(con, "meta"))


def _heads(form: _Form) -> tuple[Span, ...]:
    bars = f"{'against':>{_MOST + 1}}   {'for':<{_MOST}}" if form.bars else ""
    counts = (
        f"{'outlets·origins':<{2 * form.weight}}" if form.bars else f"{'for':<{form.weight}}{'against':<{form.weight}}"
    )
    text = bars + counts
    rated = "rated" if form.rating > 4 else ""
    return (Span(f"{text}{rated:<{form.rating}}judgment", "meta"),)


def _row(standing: Standing) -> Block:
    claim = standing.claim
    name = Para((brief_span(claim, 200),), Span(claim.number, "number"), INDENT, INDENT, keep=True)
    figures = Para((Span("", whole=standing_words(standing)),), plot=partial(_plot, standing))
    return Block(claim.id, (name, figures), f"#{claim.id}", space=0, columns=_COLUMNS)


def _plot(standing: Standing, whole: int) -> tuple[Span, ...]:
    return (*_margin(whole), *_figures(standing, _form(whole)))


def _margin(whole: int) -> tuple[Span, ...]:
    """Indent figures that stand below a name."""
    return () if _widths(whole) else (Span(" " * INDENT),)


def _figures(standing: Standing, form: _Form) -> tuple[Span, ...]:
    spans: list[Span] = []
    if form.bars:
        con, pro = _bar(standing.con.origins, _CON[0]), _bar(standing.pro.origins, _PRO[0])
        spans += [Span(" " * (_MOST + 1 - len(con))), Span(con[::-1], _CON[1]), Span(" | ", "muted")]
        spans += [Span(pro, _PRO[1]), Span(" " * (_MOST - len(pro)))]  # where links are underlined, no space is
    for weight, (sign, role) in ((standing.pro, _PRO), (standing.con, _CON)):
        figure = f" {weight.outlets}·{weight.origins}" if weight.outlets else " –"
        spans += [Span(sign, role if weight.outlets else "muted"), Span(f"{figure:<{form.weight - 1}}", "meta")]
    spans.append(Span(f"{standing.rating:<{form.rating}}"[: form.rating], "rating"))
    return (*spans, *_judgments(standing.judgments, form.judgments))


def _judgments(judgments: tuple[Relation, ...], cells: int) -> Iterator[Span]:
    """Yield the judgments that fit, and the number of the others."""
    ends = list(accumulate(len(one.other.number) + 2 for one in judgments))
    left = [len(judgments) - place for place in range(1, len(judgments) + 1)]
    fitting = [end + len(f"+{rest}") * bool(rest) <= cells + (not rest) for end, rest in zip(ends, left, strict=True)]
    shown = max((place for place, fits in enumerate(fitting, 1) if fits), default=0)
    for one in judgments[:shown]:
        sign, role = (_WEAK_PRO if one.weak else _PRO) if one.name == "for" else (_WEAK_CON if one.weak else _CON)
        yield from (Span(sign, role), Span(f"{one.other.number} ", "muted" if one.weak else "meta"))
    if shown < len(judgments):
        yield Span(f"+{len(judgments) - shown}", "meta")


def _bar(number: int, sign: str) -> str:
    return sign * number if number <= _MOST else sign * (_MOST - 1) + signs.LONGER.symbol


def _weight_words(weight: Weight) -> str:
    if not weight.outlets:
        return "nothing"
    return f"{words.count(weight.outlets, 'outlet')}, {words.count(weight.origins, 'origin')}"


def _reason_words(judgments: tuple[Relation, ...]) -> Iterator[str]:
    for name, said in (("for", "A reason for"), ("against", "A reason against")):
        named = [_named(one.other, weak=one.weak) for one in judgments if one.name == name]
        if named:
            yield f"{said} {', '.join(named)}."


def _named(judgment: Entry, *, weak: bool) -> str:
    return f"{judgment.number} (weak)" if weak else judgment.number
