"""The disputes of a briefing: positions, and the evidence on each.

The evidence is laid out by competing hypotheses: a row tells positions apart, or it tells nothing. Rows that add no
further voice count as one. No count says that a position is right.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from tui.evidence.origins import Origins, voices_for
from tui.evidence.rivals import excluded_by
from tui.library.entry_links import Conflict, Relation
from tui.library.judgment_records import Position
from tui.library.ratings import best_note
from tui.library.records import Entry, Footnote, Name
from tui.library.volume import Volume


class Row(NamedTuple):
    """The entries of one voice or the same voices, weighed by position."""

    entries: tuple[Entry, ...]
    voices: tuple[Name, ...]
    is_spoken: bool
    """Whether somebody is named whose word it is; else sources alone say it."""
    speaks_for: frozenset[str]
    against: frozenset[str]
    """Positions, by their ids. A voice of several entries may speak both for and against one; neither is dropped."""
    whys: tuple[str, ...]

    def tells_apart(self, positions: Iterable[str]) -> int:
        """Count the pairs of positions of which the row says different things."""
        said = [(name in self.speaks_for, name in self.against) for name in positions]
        return sum(one != other for one, other in combinations(said, 2))


class Stand(NamedTuple):
    """A position with its holders."""

    position: Position
    entries: tuple[Entry, ...]
    best: Footnote | None
    """The footnote of the most reliable source."""
    voices: tuple[Name, ...]
    """The independent origins: those whose word it is."""
    speaking_for: int
    """Rows of evidence for it, its holders among them."""
    against: int


class Dispute(NamedTuple):
    """A question with its positions, and all that bears on them."""

    question: Entry
    stands: tuple[Stand, ...]
    rows: tuple[Row, ...]
    """Those that tell most positions apart come first."""
    judgments: tuple[Relation, ...]
    pairs: tuple[Conflict, ...]
    """The conflicts between its entries."""

    @property
    def least(self) -> tuple[Stand, ...]:
        """The positions with the fewest rows against them."""
        fewest = min((stand.against for stand in self.stands), default=0)
        return tuple(stand for stand in self.stands if stand.against == fewest)


class Disputes(NamedTuple):
    """All disputes of a volume, and the conflicts in none of them."""

    disputes: tuple[Dispute, ...]
    groups: tuple[tuple[Conflict, ...], ...]
    """The other pairs. Pairs that hang together by an entry are a group."""


def disputes_of(volume: Volume) -> Disputes:
    """Return the disputes and the other pairs, in reading order."""
    questions = (entry for entry in volume.edition.entries if entry.question and entry.question.positions)
    disputes = tuple(_dispute(volume, question) for question in questions)
    inside = {pair for dispute in disputes for pair in dispute.pairs}
    return Disputes(disputes, grouped(pair for pair in volume.links.conflicts if pair not in inside))


def grouped(pairs: Iterable[Conflict]) -> tuple[tuple[Conflict, ...], ...]:
    """Group pairs that share an entry, directly or through other pairs."""
    groups: list[list[Conflict]] = []
    for pair in pairs:
        ends = {pair.one.id, pair.other.id}
        met = [group for group in groups if any({one.one.id, one.other.id} & ends for one in group)]
        rest = [group for group in groups if group not in met]
        first = groups.index(met[0]) if met else len(groups)
        joined = [one for group in met for one in group] + [pair]
        groups = [*rest[:first], joined, *rest[first:]]
    return tuple(map(tuple, groups))


def _dispute(volume: Volume, question: Entry) -> Dispute:
    asked = question.question
    positions = asked.positions if asked else ()
    bearings = _bearings(volume, question)
    rows = _rows(volume, bearings)
    names = [position.id for position in positions]
    rows.sort(key=lambda row: -row.tells_apart(names))
    inside = {bearing.entry.id for bearing in bearings}
    relations = volume.links.relations(question)
    return Dispute(
        question,
        tuple(_stand(volume, position, rows) for position in positions),
        tuple(rows),
        tuple(relation for relation in relations if relation.name == "answers" and not relation.outgoing),
        tuple(pair for pair in volume.links.conflicts if {pair.one.id, pair.other.id} <= inside),
    )


def _stand(volume: Volume, position: Position, rows: list[Row]) -> Stand:
    entries = tuple(volume.entries[name] for name in position.entries)
    notes = [note for entry in entries for note in entry.notes]
    return Stand(
        position,
        entries,
        best_note(volume.sources, notes),
        voices_for(volume, position),
        sum(position.id in row.speaks_for for row in rows),
        sum(position.id in row.against for row in rows),
    )


class _Bearing(NamedTuple):
    """The word of one entry on the positions."""

    entry: Entry
    speaks_for: frozenset[str]
    against: frozenset[str]
    why: str


def _bearings(volume: Volume, question: Entry) -> list[_Bearing]:
    """Return the word of each holder, and the further evidence."""
    asked = question.question
    found: dict[str, _Bearing] = {}
    excluded = excluded_by(volume, question)
    for position in asked.positions if asked else ():
        for name in position.entries:
            holder = volume.entries[name]
            others = frozenset(other.id for other in excluded[name])
            before = found.get(name, _Bearing(holder, frozenset(), others, ""))
            found[name] = before._replace(speaks_for=before.speaks_for | {position.id})
    for said in asked.evidence if asked else ():
        before = found.get(said.entry, _Bearing(volume.entries[said.entry], frozenset(), frozenset(), ""))
        pro, con = before.speaks_for | set(said.speaks_for), before.against | set(said.against)
        found[said.entry] = _Bearing(before.entry, pro, con, said.why)
    return [bearing._replace(against=bearing.against - bearing.speaks_for) for bearing in found.values()]


def _rows(volume: Volume, bearings: list[_Bearing]) -> list[Row]:
    """Join the entries that add no further voice to rows."""
    origins = volume.derived(Origins)
    voiced = [(bearing, origins.voices(bearing.entry.notes)) for bearing in bearings]
    rows: list[tuple[frozenset[str], list[_Bearing], tuple[Name, ...]]] = []
    # Entries of many voices come first, so that those of fewer find their row.
    for bearing, voices in sorted(voiced, key=lambda one: -len(one[1])):
        names = frozenset(voice.entity or voice.text for voice in voices) or frozenset({bearing.entry.id})
        row = next((members for known, members, _ in rows if names <= known), None)
        if row is None:
            rows.append((names, [bearing], voices))
        else:
            row.append(bearing)
    order = {bearing.entry.id: index for index, bearing in enumerate(bearings)}
    joined = [
        _joined(sorted(members, key=lambda one: order[one.entry.id]), voices, origins) for _, members, voices in rows
    ]
    return sorted(joined, key=lambda row: order[row.entries[0].id])


def _joined(members: list[_Bearing], voices: tuple[Name, ...], origins: Origins) -> Row:
    pro = frozenset[str]().union(*(one.speaks_for for one in members))
    con = frozenset[str]().union(*(one.against for one in members))
    whys = tuple(one.why for one in members if one.why)
    named = all(map(origins.is_speaker, voices)) or all(one.entry.by for one in members)
    return Row(tuple(one.entry for one in members), voices, named, pro, con, whys)
