"""The views of the evidence that are tables in Markdown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tui.briefing import edtf, prose
from tui.evidence.figures import JUDGED, Figure, kinds_of
from tui.evidence.matrix import Matrix, Stance
from tui.evidence.standing import Standing, Standings
from tui.library.records import Entry
from tui.library.volume import Volume
from tui.render import words
from tui.render.formats.markdown_syntax import Link, escaped, heading, spans_markdown, table
from tui.render.links import number_link, separated
from tui.render.page import Span

if TYPE_CHECKING:
    from tui.library.entry_links import Relation

_STANDING: Final = (
    ("Claim", 6),
    ("What it says", 30),
    ("For it", 24),
    ("Against it", 24),
    ("Rating", 6),
    ("Judgments", 10),
)
_FIGURES: Final = (
    ("Entry", 6),
    ("Of", 20),
    ("Number", 20),
    ("In the words", 16),
    ("Who says so", 20),
    ("As of", 14),
    ("Rating", 6),
)


def standing(volume: Volume, link: Link, level: int) -> Iterator[str]:  # noqa: ARG001 (it has no heading of its own)
    """Write each claim with its sources for and against."""
    standings = volume.derived(Standings)
    claims = standings.claims("given")
    if not claims:
        yield "This briefing has no claims."
        return
    yield from table(_STANDING, (_standing(volume, link, standings.of(claim)) for claim in claims))


def figures(volume: Volume, link: Link, level: int) -> Iterator[str]:
    """Write the figures, a table a kind."""
    kinds = volume.derived(kinds_of)
    if not kinds:
        yield "No entry here has a number."
    for index, kind in enumerate(kinds):
        unit = f", in {kind.unit}" if kind.unit else ""
        thing = kind.thing if kind.figures[1:] else kind.figures[0].quantity.of
        name = " ".join(f"{thing[:1].upper()}{thing[1:]}{unit}".split())
        yield from [""] * bool(index)
        yield from (heading(level, escaped(name, linked=False)), "")
        rows = ((figure, group.name) for group in kind.groups for figure in group.figures)
        yield from table(_FIGURES, (_figure(volume, link, figure, is_judged=name == JUDGED) for figure, name in rows))


def _standing(volume: Volume, link: Link, found: Standing) -> Iterator[str]:
    claim = found.claim
    yield _number(claim, link)
    yield _cell(prose.plain(claim.text))
    yield _sources(volume, link, claim, "supports")
    yield _sources(volume, link, claim, "contradicts")
    yield _cell(found.rating)
    yield spans_markdown(separated(_reason(one) for one in found.judgments), link)


def _sources(volume: Volume, link: Link, claim: Entry, stance: Stance) -> str:
    """Write the sources of a stance, with their numbers."""
    matrix = volume.derived(Matrix)
    weight = matrix.weight(claim, stance)
    if not weight.outlets:
        return "–"
    named = {ground.note.source: None for ground in matrix.counted(claim, stance)}
    sources = sorted((volume.sources[name] for name in named), key=lambda source: source.number)
    counted = f"{words.count(weight.outlets, 'outlet')}, {words.count(weight.origins, 'origin')}: "
    told = (Span(f"{source.number} {source.label}", "link", f"#{source.id}") for source in sources)
    return spans_markdown([Span(counted), *separated(told)], link)


def _reason(relation: "Relation") -> Span:
    weak = " (weak)" if relation.weak else ""
    return Span(f"{relation.name} {relation.other.number}{weak}", "link", f"#{relation.other.id}")


def _figure(volume: Volume, link: Link, figure: Figure, *, is_judged: bool) -> Iterator[str]:
    entry, quantity = figure.entry, figure.quantity
    yield _number(entry, link)
    yield _cell(quantity.of)
    yield _cell(words.number_words(quantity))
    yield _cell(words.quoted(quantity.words) if quantity.words else "")
    judged = (
        f"our judgment: {entry.assess.likelihood}" if is_judged and entry.assess and entry.assess.likelihood else ""
    )
    yield _cell(judged or ("our judgment" if is_judged else volume.name_of(entry.by) if entry.by else ""))
    yield _cell(edtf.in_words(entry.date) if entry.date else "")
    yield _cell(volume.rating(entry))


def _number(entry: Entry, link: Link) -> str:
    return spans_markdown([number_link(entry)], link)


def _cell(text: str) -> str:
    return spans_markdown([Span(" ".join(text.split()))])
