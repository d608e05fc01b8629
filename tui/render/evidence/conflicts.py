"""The view of conflicts: each pair side by side, never resolved."""

from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf, prose
from tui.evidence.conflicts import Compared, Verdict, compare
from tui.library.entry_links import Conflict
from tui.library.records import Entry, Quantity
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.links import number_link
from tui.render.page import INDENT, Block, Columns, Page, Para, Role, Span, empty, line
from tui.render.views import Choice

_QUOTES: Final = 2
"""The quotes of a side; further ones are a footnote away."""
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


def page(volume: Volume, _choice: Choice) -> Page:
    """Set the page, a block a pair."""
    # Claims against claims come first: a briefing is read for them.
    at_odds = frozenset(volume.links.at_odds)
    pairs = sorted(
        volume.links.conflicts,
        key=lambda pair: (pair not in at_odds, 2 - (pair[0].table == "claim") - (pair[1].table == "claim")),
    )
    if not pairs:
        return empty("Conflicts", "Nothing here is said to conflict.")
    names = [f"conflict:{one.id}/{other.id}" for one, other, *_ in pairs]
    return Page("Conflicts", names, lambda index: _pair_block(volume, pairs[index], names[index]), measure=_MEASURE)


def data(volume: Volume) -> object:
    """Return the pairs with their comparisons."""
    return [
        {"entries": [one.id, other.id], "why": why, "compared": [_compared(found) for found in compare(one, other)]}
        | ({"kind": kind} if kind else {})
        for one, other, why, kind in volume.links.conflicts
    ]


def fact(volume: Volume) -> str:
    """Count the pairs, and those that cannot both be right."""
    pairs, at_odds = len(volume.links.conflicts), len(volume.links.at_odds)
    return words.count(pairs, "pair") + ("" if at_odds == pairs else f", {words.count(at_odds, 'conflict')}")


def _compared(found: Compared) -> dict[str, object]:
    known: dict[str, object] = {"aspect": found.aspect, "verdict": found.verdict, "same_thing": found.same_thing}
    if found.aspect == "quantity" and found.shared:
        known["shared"] = list(found.shared)
    return known


def _pair_block(volume: Volume, pair: Conflict, name: str) -> Block:
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
    return Block(name, (*left, *right, *below), f"#{one.id}", space=2, columns=columns)


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
                Span(words.check_words(note), state),
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
        spans = (Span("Figures: "), Span(figure, "strong"), Span(f", in {who.number} alone."))
        yield Para(spans, marker, _BELOW + 3, 3)
        return
    shared = (
        f"; both allow {words.range_words(*compared.shared, _BOTH)}"
        if compared.shared and compared.verdict in _OVERLAPS
        else ""
    )
    spans = (Span("Figures: "), Span(f"{first} against {second}", "strong"), Span(f": {verdict}{shared}."))
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
        return f"{note}, {figure}" if bare else f"{note} {figure}"
    return figure
