"""The author's own voice: judgments, questions with their positions, and indicators."""

from collections.abc import Iterable, Iterator
from typing import Final

from tui.briefing import edtf, prose
from tui.library.entry_links import Relation
from tui.library.judgment_records import Bearing, Earlier, Judgment, Outcome, Position
from tui.library.records import Entry
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.links import brief_span, number_link, numbers, separated
from tui.render.page import INDENT, Para, Role, Span, line
from tui.render.prose_paras import prose_paras, remark_paras

_ITEM: Final = INDENT + 2
_BELOW: Final = INDENT + 4


def judged(volume: Volume, likelihood: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return a proposition behind its likelihood. In written pages each is a sentence of its own."""
    if not likelihood:
        return tuple(spans)
    said = words.likelihood_words(likelihood, volume.edition.scale)
    return (Span(f"{said}: ", "strong", whole=""), *spans, Span("", whole=f" {words.sentence(said)}"))


def own_paras(volume: Volume, entry: Entry, *, full: bool) -> Iterator[Para]:
    """Set the fields that judgments, questions and indicators alone have."""
    if entry.judgment:
        yield from _judgment(volume, entry, full=full)
    if entry.question:
        yield from _positions(volume, entry, full=full)
    if entry.indicator:
        yield from _indicator(volume, entry, full=full)


def _judgment(volume: Volume, entry: Entry, *, full: bool) -> Iterator[Para]:
    own, (_, confidence, why) = entry.judgment, entry.assess or ("", "", "")
    if own is None:
        return
    if full and any(link.relation in {"for", "against"} for link in entry.links):
        yield _voices(volume, entry)
    if confidence:
        said = Span(f"Our confidence in this is {confidence}.", "emphasis")
        yield Para((said,), Span(signs.ASSESSED.symbol, "meta"), _ITEM)
    if why and full:
        yield from prose_paras(volume, why, _ITEM)
    if own.outcome:
        yield from _outcome(volume, own.outcome)
    if own.so_what:
        yield from _led(volume, "So what: ", own.so_what, _ITEM)
    if full:
        yield from _beside(volume, entry, own)


def _voices(volume: Volume, entry: Entry) -> Para:
    """Count the voices for and against a judgment, by party."""
    from tui.evidence.judged import parties

    pro, con = (words.parties_words(parties(volume, entry, way)) for way in ("for", "against"))
    return line(f"Voices for it: {pro}. Against it: {con}.", "meta", indent=_ITEM)


def _beside(volume: Volume, entry: Entry, own: Judgment) -> Iterator[Para]:
    """Set the alternatives to a judgment, and its earlier forms."""
    if own.alternatives:
        yield line("Alternatives", "heading", indent=INDENT, space=1)
        yield from (
            _item(judged(volume, other.likelihood, [Span(prose.plain(other.text))])) for other in own.alternatives
        )
    if own.previous:
        yield line("Judged before", "heading", indent=INDENT, space=1)
        yield from (para for earlier in own.previous for para in _earlier(volume, entry, earlier))
    if not entry.draft:
        declared = {link.relation for link in entry.links}
        none = [way for way in ("for", "against") if way not in declared]
        yield from (line(f"Nothing was found that speaks {way} it.", "meta", indent=INDENT, space=1) for way in none)


def _earlier(volume: Volume, entry: Entry, earlier: Earlier) -> Iterator[Para]:
    then = Span(f"{edtf.in_words(earlier.on)}: ", "meta")
    said = judged(volume, earlier.likelihood, [Span(prose.plain(earlier.text or entry.text))])
    confidence = [Span(f" Our confidence was {earlier.confidence}.", "meta")] if earlier.confidence else []
    yield _item((then, *said, *confidence))
    if earlier.why:
        yield from _led(volume, "Changed since: ", earlier.why, _BELOW)


def _outcome(volume: Volume, outcome: Outcome) -> Iterator[Para]:
    came = "It came true" if outcome.came_true else "It did not come true"
    yield line(f"{came}, as was known {edtf.in_words(outcome.on)}.", "strong", indent=_ITEM)
    if outcome.why:
        yield from prose_paras(volume, outcome.why, _ITEM)


def _positions(volume: Volume, entry: Entry, *, full: bool) -> Iterator[Para]:
    asked = entry.question
    if asked is None:
        return
    for position in asked.positions:
        yield from _position(volume, position, full=full)
    if asked.evidence:
        yield line("Evidence", "heading", indent=INDENT, space=int(full))
        named = {position.id: position.text for position in asked.positions}
        for row in asked.evidence:
            yield from _bearing(volume, row, named, full=full)
    if asked.settled_by:
        yield from _led(volume, "It would be settled by: ", asked.settled_by, INDENT, space=int(full))


def _position(volume: Volume, position: Position, *, full: bool) -> Iterator[Para]:
    held = [volume.entries[name] for name in position.entries]
    named = Span(f"{words.quoted(position.text)}", "strong")
    if full or not held:
        yield _item((named, *(() if held else (Span(": no entry holds it", "meta"),))))
        yield from (Para((number_link(one), brief_span(one, 160, before=" ")), indent=_BELOW) for one in held if full)
    else:
        yield _item((named, Span(": ", "meta"), *numbers(held)))
    if position.note:
        yield from remark_paras(volume, position.note, _BELOW)


def _bearing(volume: Volume, row: Bearing, named: dict[str, str], *, full: bool) -> Iterator[Para]:
    entry = volume.entries[row.entry]
    name = (brief_span(entry, 96, before=" "),) if full else ()
    yield _item((number_link(entry), *name, Span(f": {bearing_words(row, named)}", "meta")))
    if full and row.why:
        yield from prose_paras(volume, row.why, _BELOW)


def bearing_words(row: Bearing, named: dict[str, str]) -> str:
    """Write for and against which positions an entry speaks."""
    ways = (("for", row.speaks_for), ("against", row.against))
    said = [f"{way} {', '.join(words.quoted(named[one]) for one in ones)}" for way, ones in ways if ones]
    return "; ".join(said) or "for and against none"


def _indicator(volume: Volume, entry: Entry, *, full: bool) -> Iterator[Para]:
    watched = entry.indicator
    if watched is None:
        return
    facts = [f"to be seen in {watched.where}"] if watched.where else []
    facts += [f"until {edtf.in_words(watched.until)}"] if watched.until else []
    if facts:
        yield line(words.dotted(facts), "meta", indent=INDENT)
    if watched.observed:
        yield line(f"Observed {edtf.in_words(watched.observed)}.", "strong", indent=INDENT)
    for sign in watched.outcomes:
        moves = [(volume.entries[move.to], words.MOVE_WORDS[move.way]) for move in sign.moves]
        if full:
            yield _item((Span(prose.plain(sign.text)),))
            for to, way in moves:
                said = (Span(f"{way}: ", "meta"), number_link(to), brief_span(to, 160, before=" "))
                yield Para(said, Span(signs.ONWARD.symbol, "meta"), _BELOW)
        else:
            told = separated(Span(f"{to.number} {way}", "link", f"#{to.id}") for to, way in moves)
            yield _item((Span(f"{prose.plain(sign.text)} "), *told))


def moved_paras(entry: Entry, relation: Relation) -> Iterator[Para]:
    """Set the outcomes of an indicator that would move a judgment."""
    for sign in relation.other.indicator.outcomes if relation.other.indicator else ():
        for move in sign.moves:
            if move.to == entry.id:
                way = Span(f"{words.MOVE_WORDS[move.way]} if: ", "meta")
                yield Para((way, Span(prose.plain(sign.text))), indent=_BELOW)


def where_words(entry: Entry, relation: Relation) -> str:
    """Write the position of a relation, or the weight of its entry."""
    asked = relation.other.question
    if asked is None:
        return ""
    named = {position.id: position.text for position in asked.positions}
    if relation.name == "evidence":
        return "; ".join(bearing_words(row, named) for row in asked.evidence if row.entry == entry.id)
    return words.quoted(named[relation.position]) if relation.position in named else ""


def qualified(relation: Relation, *, kinds: bool) -> str:
    """Write a relation, with its kind if it is a conflict.

    Args:
        relation: the relation.
        kinds: whether conflicts have kinds, as in format 2.
    """
    kind = words.CONFLICT_WORDS[relation.kind] if kinds and relation.name == "conflicts" else ""
    marks = (kind, "weak, not counted" if relation.weak else "", "" if relation.stated else "our inference")
    told = ", ".join(filter(None, marks))
    return words.RELATION_WORDS[relation.name, relation.outgoing] + (f" ({told})" if told else "")


_BRIEFLY: Final = {
    way: place
    for place, way in enumerate(
        (
            ("for", True), ("against", True), ("rests_on", True), ("answers", True), ("moves", False), ("answers", False),
            ("for", False), ("against", False), ("positions", False),
        )
    )
}  # fmt: skip
"""The relations that a pane shows by number, with their order."""
_RESTING: Final = frozenset({"recommendation", "judgment"})
"""The kinds of entry whose pane shows `rests_on`."""


def number_paras(volume: Volume, entry: Entry, relations: Iterable[Relation]) -> Iterator[Para]:
    """Set relations by number, as a pane shows them."""
    groups: dict[tuple[str, bool, str], list[Relation]] = {}
    for relation in relations:
        if relation[:2] in _BRIEFLY and (relation.name != "rests_on" or entry.table in _RESTING):
            said = qualified(relation, kinds=volume.edition.format > 1)
            groups.setdefault((relation.name, relation.outgoing, said), []).append(relation)
    for name, outgoing, said in sorted(groups, key=lambda group: _BRIEFLY[group[:2]]):
        role: Role = "conflict" if name in words.OPPOSED else "meta"
        spans = [Span(f"{said} ", role)]
        for index, relation in enumerate(groups[name, outgoing, said]):
            where = where_words(entry, relation)
            spans += [Span(", ", "meta")] * bool(index) + [number_link(relation.other)]
            spans += [Span(f" {where}", "meta")] if where else []
        yield Para(tuple(spans), Span(words.relation_glyph(name, outgoing=outgoing), role), _ITEM)


def _item(spans: tuple[Span, ...]) -> Para:
    return Para(spans, Span(signs.BULLET.symbol, "muted"), _ITEM)


def _led(volume: Volume, lead: str, text: str, indent: int, space: int = 0) -> Iterator[Para]:
    """Set prose behind a few words about it."""
    first, *others = prose_paras(volume, text, indent)
    yield first._replace(spans=(Span(lead, "meta"), *first.spans), space=space)
    yield from others
