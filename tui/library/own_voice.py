"""The compiled form of judgments, questions and indicators."""

from collections.abc import Iterator

from tui.briefing import prose
from tui.briefing.entry import Entry
from tui.briefing.fields import Assessment, Conflict, Quantity, Reason
from tui.briefing.judgments import Indicator, Judgment, Question
from tui.library import judgment_records as judged
from tui.library import records


def assessment(entry: Entry) -> records.Assessment | None:
    """Return the assessment of a judgment, or of an older statement."""
    own: Judgment | Assessment | None = entry if isinstance(entry, Judgment) else vars(entry).get("assess")
    if own is None:
        return None
    return records.Assessment(own.likelihood or "", own.confidence or "", own.why or "")


def links(entry: Entry) -> Iterator[records.Link]:
    """Return the relations that an entry declares to other entries."""
    for _, relation, target in entry.links():
        kind = target.kind or "" if isinstance(target, Conflict) else ""
        if isinstance(target, Reason):
            yield records.Link(relation, target.to, target.why or "", weak=target.weak)
        else:
            yield records.Link(relation, target.to, target.why or "", target.stated, kind)
    if isinstance(entry, Judgment) and entry.answers:
        to, _, position = entry.answers.partition("#")
        yield records.Link("answers", to, position=position)
    if isinstance(entry, Question):
        yield from (records.Link("positions", to, position=one.id) for one in entry.positions for to in one.entries)
        yield from (records.Link("evidence", one.entry, one.why or "") for one in entry.evidence)
    if isinstance(entry, Indicator):
        for to in dict.fromkeys(move.to for sign in entry.outcomes for move in sign.moves):
            yield records.Link("moves", to)


def judgment(entry: Entry) -> judged.Judgment | None:
    """Return the further fields of a judgment."""
    if not isinstance(entry, Judgment):
        return None
    came = entry.outcome
    return judged.Judgment(
        entry.so_what or "",
        tuple(judged.Alternative(one.text, one.likelihood or "") for one in entry.alternatives),
        tuple(
            judged.Earlier(one.on, one.likelihood or "", one.confidence or "", one.text or "", one.why or "")
            for one in entry.previous
        ),
        judged.Outcome(came.on, came.came_true, came.why or "") if came else None,
    )


def question(entry: Entry) -> judged.Question | None:
    """Return the further fields of a question."""
    if not isinstance(entry, Question):
        return None
    return judged.Question(
        entry.key,
        entry.settled_by or "",
        tuple(judged.Position(one.id, prose.plain(one.text), one.entries, one.note or "") for one in entry.positions),
        tuple(judged.Bearing(one.entry, one.for_, one.against, one.why or "") for one in entry.evidence),
    )


def indicator(entry: Entry) -> judged.Indicator | None:
    """Return the further fields of an indicator."""
    if not isinstance(entry, Indicator):
        return None
    signs = (
        judged.Sign(one.text, tuple(judged.Move(move.to, move.way) for move in one.moves)) for one in entry.outcomes
    )
    return judged.Indicator(
        entry.where or "", entry.until or "", entry.observed.on if entry.observed else "", tuple(signs)
    )


def quantity(counted: Quantity | None) -> records.Quantity | None:
    """Return a quantity as a record."""
    if counted is None:
        return None
    words = counted.words or counted.note or ""
    return records.Quantity(counted.of, *counted.bounds, counted.unit or "", words)
