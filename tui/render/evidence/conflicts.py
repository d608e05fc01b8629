"""The view of disputes, a page each, and of pairs in conflict.

Neither is ever resolved.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from tui.briefing import edtf, prose
from tui.evidence.conflicts import Compared, Verdict, compare
from tui.evidence.disputes import Dispute, disputes_of
from tui.library.entry_links import Conflict
from tui.library.records import Entry, Quantity
from tui.library.volume import Volume, brief
from tui.render import signs, words
from tui.render.aloud import spoken
from tui.render.evidence.disputes import block_of, dispute_blocks, dispute_data, summary_block
from tui.render.links import brief_span, number_link
from tui.render.page import (
    INDENT,
    Block,
    Columns,
    Page,
    Para,
    Role,
    Span,
    apart,
    empty,
    fixed,
    heading_block,
    line,
    linear,
)
from tui.render.views import Choice

_QUOTES: Final = 2
"""The quotes of a side; further ones are a footnote away."""
_TITLE: Final = "Disputes"
_MEASURE: Final = 112
"""Cells for two columns, each as wide as that of a narrow book."""
_SHORT_NOTE: Final = 28
_BELOW: Final = 2
_OVERLAPS: Final = frozenset({"contains", "within", "overlap"})
_SIGNS: Final = words.RangeForms("{}–{}", f"{signs.AT_LEAST.symbol} {{}}", f"{signs.AT_MOST.symbol} {{}}", "any number")
_BOTH: Final = words.RangeForms("{}–{}", "{} or more", "{} or less", "any number")
VERDICTS: Final[dict[Verdict, tuple[str, str]]] = {
    "same": (signs.SAME.symbol, "both give the same"),
    "apart": (signs.APART.symbol, "no value fits both"),
    "contains": (signs.SHARED.symbol, "the second lies within the first"),
    "within": (signs.SHARED.symbol, "the first lies within the second"),
    "overlap": (signs.SHARED.symbol, "they overlap"),
    "one-sided": ("", "only one gives a figure"),
    "no-figure": ("", "one gives no figure to compare"),
    "unit": ("", "they are in different units"),
}
"""The glyph and the words of each verdict; a verdict without a comparison has no glyph."""


def page(volume: Volume, choice: Choice) -> Page:
    """Set the list of disputes, one dispute, or all of them."""
    disputes, groups = volume.derived(disputes_of)
    part = volume.id_now(choice.part)
    if choice.listed:
        return _listed(volume)
    for dispute in disputes:
        if dispute.question.id == part:
            return _wide(brief(dispute.question, 60), dispute_blocks(volume, dispute, partial(_pair_block, volume)))
    for group in groups:
        if group[0].one.id == part:
            return _wide("Pairs in conflict", map(partial(_pair_block, volume), group))
    if disputes:
        return _list(disputes, groups)
    if not groups:
        return empty(_TITLE, "Nothing here is said to conflict.")
    # Claims against claims come first: a briefing is read for them.
    at_odds = frozenset(volume.links.at_odds)
    pairs = sorted(
        volume.links.conflicts,
        key=lambda pair: (pair not in at_odds, 2 - (pair[0].table == "claim") - (pair[1].table == "claim")),
    )
    names = list(map(_name, pairs))
    return Page(_TITLE, names, lambda index: _pair_block(volume, pairs[index]), measure=_MEASURE)


def data(volume: Volume) -> object:
    """Return the disputes, and all pairs with their comparisons."""
    disputes, groups = volume.derived(disputes_of)
    return {
        "disputes": [dispute_data(volume, dispute) for dispute in disputes],
        "pairs": [
            {"entries": [one.id, other.id], "why": why, "compared": [_compared(found) for found in compare(one, other)]}
            | ({"kind": kind} if kind else {})
            for one, other, why, kind in volume.links.conflicts
        ],
        "in_no_dispute": [[[pair.one.id, pair.other.id] for pair in group] for group in groups],
    }


def fact(volume: Volume) -> str:
    """Count the disputes, the pairs, and those that cannot both be right."""
    disputes = len(volume.derived(disputes_of).disputes)
    pairs, at_odds = len(volume.links.conflicts), len(volume.links.at_odds)
    counted = [words.count(disputes, "dispute")] * bool(disputes) + [words.count(pairs, "pair")]
    return ", ".join(counted + [words.count(at_odds, "conflict")] * (at_odds != pairs))


def part_of(volume: Volume, entry: Entry) -> tuple[str, str]:
    """Return the page and the block of an entry's dispute or pair."""
    disputes, groups = volume.derived(disputes_of)
    for dispute in disputes:
        if block := block_of(dispute, entry):
            return dispute.question.id, block
    pairs = ((group, pair) for group in groups for pair in group if disputes)
    return next(((group[0].one.id, _name(pair)) for group, pair in pairs if entry in pair[:2]), ("", ""))


def _wide(title: str, blocks: Iterable[Block]) -> Page:
    """Make a page of blocks that may stand in columns."""
    found = list(blocks)
    besides = [block.id for block in found if not block.counts]
    ids = [block.id for block in found]
    return Page(title, ids, lambda index: found[index], measure=_MEASURE, besides=besides)


def _list(disputes: tuple[Dispute, ...], groups: tuple[tuple[Conflict, ...], ...]) -> Page:
    """Set the disputes in brief, then the other pairs by group."""
    blocks = list(map(summary_block, disputes))
    if groups:
        pairs = words.count(sum(map(len, groups)), "pair")
        heading = Para(
            (Span("In no dispute", "heading"), apart(f"{pairs}; those with an entry in common stand together"))
        )
        blocks.append(Block("others", (heading,), counts=False))
    for group in groups:
        blocks += [_pair_line(pair, group[0].one.id, first=pair is group[0]) for pair in group]
    return fixed(_TITLE, blocks)


def _listed(volume: Volume) -> Page:
    """Set all disputes and pairs below one another, to be read aloud."""
    disputes, groups = volume.derived(disputes_of)
    blocks: list[Block] = []
    for dispute in disputes:
        found = dispute_blocks(volume, dispute, partial(_pair_block, volume))
        blocks += [linear(block)._replace(id=f"{dispute.question.id}:{block.id}") for block in found]
    if disputes and groups:
        blocks.append(heading_block("others", "In no dispute"))
    blocks += [linear(_pair_block(volume, pair)) for group in groups for pair in group]
    return fixed(_TITLE, blocks) if blocks else empty(_TITLE, "Nothing here is said to conflict.")


def _pair_line(pair: Conflict, group: str, *, first: bool) -> Block:
    """Set a pair in one line, with its kind in words."""
    sign = Span(f" {signs.CONFLICT.symbol} ", "conflict", whole=" and ")
    ends = (number_link(pair.one), brief_span(pair.one, 48, before=" "), sign)
    spans = (*ends, number_link(pair.other), brief_span(pair.other, 48, before=" "))
    kind = (apart(words.CONFLICT_WORDS[pair.kind]),) if pair.kind else ()
    return Block(_name(pair), (Para((*spans, *kind), further=3),), f"page:evidence:conflicts:{group}", space=int(first))


def _name(pair: Conflict) -> str:
    return f"conflict:{pair.one.id}/{pair.other.id}"


def _compared(found: Compared) -> dict[str, object]:
    known: dict[str, object] = {"aspect": found.aspect, "verdict": found.verdict, "same_thing": found.same_thing}
    if found.aspect == "quantity" and found.shared:
        known["shared"] = list(found.shared)
    return known


def _pair_block(volume: Volume, pair: Conflict) -> Block:
    """Set a pair: both sides, their comparisons and the reason."""
    one, other, why, kind = pair
    left, right = list(_side(volume, one)), list(_side(volume, other))
    below = [para for compared in compare(one, other) for para in _compared_paras(compared, one, other)]
    named = words.sentence(words.CONFLICT_WORDS[kind]) if volume.edition.format > 1 else ""
    if named or why:
        spans = (Span(f"{named} " if named and why else named, "conflict"), Span(prose.plain(why), "text"))
        below.append(Para(spans, Span(signs.CONFLICT.symbol, "conflict"), _BELOW + 3, 3))
    if below:
        below[0] = below[0]._replace(space=1)
    # Under one another, the second side keeps clear of the first.
    columns = Columns((0, len(left)), len(left) + len(right))
    return Block(_name(pair), (*left, *right, *below), f"#{one.id}", space=2, columns=columns)


def _side(volume: Volume, entry: Entry) -> Iterator[Para]:
    yield Para((Span(prose.plain(entry.text)),), number_link(entry), INDENT, INDENT)
    facts = [volume.name_of(entry.by)] if entry.by else []
    facts += [fact for fact in (entry.kind, edtf.in_words(entry.date) if entry.date else "") if fact]
    code = volume.rating(entry)
    if facts or code:
        spans = (Span(words.dotted(facts), "meta"), Span("\u00a0· " if facts and code else "", "muted"))
        yield Para((*spans, Span(code, "rating")), indent=INDENT)
    # A quote that is cited twice, as for two passages, is shown once.
    noted = list({(note.source, note.quote): note for note in entry.notes if note.quote}.values()) or list(entry.notes)
    for note in noted[:_QUOTES]:
        source = volume.sources[note.source]
        if note.quote:
            yield line(words.quoted(note.quote), "quote", indent=INDENT)
        state: Role = "warning" if note.state in words.UNSOUND else "meta"
        yield Para(
            (
                Span(source.label, "link", f"#{source.id}"),
                Span(f"\u00a0· {source.reliability}", "rating"),
                Span(f"\u00a0· {words.SEEN_BRIEFLY[source.seen]}\u00a0· ", "meta"),
                Span(words.check_words(note, volume.carried_by(source)), state),
            ),
            Span(str(note.number), "note"),
            INDENT,
            INDENT - 1 if note.number > 99 else 3,
        )
    rest = len(noted) - _QUOTES
    if rest > 0:
        yield line(f"and {words.count(rest, 'further footnote')}", "meta", indent=INDENT)
    if not entry.notes:
        yield line("no source is cited", "meta", indent=INDENT)


def _compared_paras(compared: Compared, one: Entry, other: Entry) -> Iterator[Para]:
    """Yield the outcome of a comparison, the first entry first."""
    glyph, verdict = VERDICTS[compared.verdict]
    marker = Span(glyph, "conflict" if compared.verdict == "apart" else "meta") if glyph else None
    if compared.aspect == "date":
        if compared.verdict != "one-sided":  # the side with a date shows it anyway
            said = edtf.in_words(one.date)
            if one.date != other.date:
                said += f" against {edtf.in_words(other.date)}"
            how = "different dates" if compared.verdict == "apart" else verdict
            yield Para((Span("Dates: "), Span(said, "strong"), Span(f": {how}.")), marker, _BELOW + 3, 3)
        return
    first, second = _figure_words(one.quantity), _figure_words(other.quantity)
    if compared.verdict == "one-sided":
        who, figure = (one, first) if one.quantity else (other, second)
        spans = (Span("Figures: "), Span(figure, "strong", whole=spoken(figure)), Span(f", in {who.number} alone."))
        yield Para(spans, marker, _BELOW + 3, 3)
        return
    shared = (
        f"; both allow {words.range_words(*compared.shared, _BOTH)}"
        if compared.shared and compared.verdict in _OVERLAPS
        else ""
    )
    both = f"{first} against {second}"
    spans = (Span("Figures: "), Span(both, "strong", whole=spoken(both)), Span(f": {verdict}{shared}."))
    yield Para(spans, marker, _BELOW + 3, 3)
    if not compared.same_thing and one.quantity and other.quantity:
        said = f"What is counted differs in words: {one.quantity.of}; {other.quantity.of}."
        yield line(said, "meta", indent=_BELOW + 3)


def _figure_words(quantity: Quantity | None) -> str:
    """Write a quantity as a figure, behind a short word for it."""
    if quantity is None:
        return "nothing"
    unit = f" {quantity.unit}" if quantity.unit else ""
    note = quantity.words.strip("“”")
    bare = quantity.min is None and quantity.max is None
    figure = "no figure" if bare else words.range_words(quantity.min, quantity.max, _SIGNS) + unit
    if note and len(note) <= _SHORT_NOTE and not note[:1].isdigit() and "”" not in note:
        if bare:
            return f"{note}, {figure}"
        if quantity.min == quantity.max and words.range_words(quantity.min, quantity.max, _SIGNS) in note:
            return note if quantity.unit in note else f"{note}{unit}"  # “about 150” says the number itself
        return f"{note} ({figure})"
    return figure
