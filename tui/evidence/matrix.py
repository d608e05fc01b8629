"""The matrix of claims against sources.

A source **supports** a claim where the claim itself cites the source, or an entry that supports the claim does. A source
**contradicts** a claim where it is cited by an entry that opposes the claim (`tui.evidence.opposition`). A source
**mentions** a claim where it is cited by an entry that is about the claim or rests on it, on which the claim rests, or
that is in a conflict with it in which both can be right.
Any other source is **silent**. A source may both support and contradict a claim; neither stance is dropped. A common
subject ties nothing, since in most briefings all entries share one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple, get_args

from tui.briefing import edtf
from tui.evidence.opposition import opposes, rivals
from tui.evidence.origins import Origins, origins_for
from tui.library.ratings import FIGURES, LETTERS
from tui.library.records import Entry, Footnote, Source
from tui.library.volume import Volume

Stance = Literal["supports", "contradicts", "mentions"]
STANCES: Final[tuple[Stance, ...]] = get_args(Stance)
Order = Literal["given", "conflict", "rating", "date", "origins"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)

_STANCE_OF: Final[dict[tuple[str, bool], Stance]] = {
    ("supports", False): "supports",
    ("conflicts", True): "mentions",
    ("rests_on", False): "mentions",
    ("rests_on", True): "mentions",
    ("positions", False): "contradicts",
}
"""The stance of the other entry's sources where it does not oppose, by (relation, whether the claim declares it)."""


class Ground(NamedTuple):
    """A footnote that ties a source to a claim, with its entry."""

    stance: Stance
    relation: str
    """`cites` where the claim itself has the footnote, `about`, `positions` for rivals in a dispute, or the relation."""
    outgoing: bool
    """Whether the claim declares the relation; meaningless for `cites` and `about`."""
    entry: Entry
    note: Footnote


class Column(NamedTuple):
    """A column: a source, or an origin with the sources of it."""

    id: str
    label: str
    sources: tuple[Source, ...]
    origin: bool = False
    """Whether the column is an origin."""


class Cell(NamedTuple):
    """A claim and a column with the grounds that tie them."""

    claim: Entry
    column: Column
    grounds: tuple[Ground, ...]

    @property
    def id(self) -> str:
        """The name of the cell."""
        return f"{self.claim.id}|{self.column.id}"

    @property
    def notes(self) -> tuple[Footnote, ...]:
        """The footnotes, in the order of the grounds."""
        return tuple(ground.note for ground in self.grounds)

    @property
    def stances(self) -> frozenset[Stance]:
        """The stances of the column on the claim; empty for silence."""
        return frozenset(ground.stance for ground in self.grounds)


class Weight(NamedTuple):
    """The number of sources of one stance, and of their independent origins."""

    outlets: int
    origins: int


class Matrix:
    """The matrix of a volume. Each row is computed when it is first asked for."""

    def __init__(self, volume: Volume) -> None:
        """Create the matrix of a volume."""
        self._volume = volume
        self._origins = volume.derived(Origins)
        self._rows: dict[str, dict[str, list[Ground]]] = {}
        self.claims = volume.pane("claims")

    def row(self, claim: Entry) -> dict[str, list[Ground]]:
        """Return the grounds of a claim by source id, without silent sources."""
        found = self._rows.get(claim.id)
        if found is None:
            gathered: defaultdict[str, dict[Ground, None]] = defaultdict(dict)
            for ground in self._grounds(claim):
                gathered[ground.note.source][ground] = None
            order = {stance: index for index, stance in enumerate(STANCES)}
            found = {
                source: sorted(grounds, key=lambda ground: order[ground.stance]) for source, grounds in gathered.items()
            }
            self._rows[claim.id] = found
        return found

    def cell(self, claim: Entry, column: Column) -> Cell:
        """Return the cell of a claim and a column."""
        return Cell(claim, column, tuple(self.grounds(claim, column)))

    def grounds(self, claim: Entry, column: Column) -> Iterator[Ground]:
        """Yield the grounds of a cell. An origin has only the footnotes that rest on it."""
        row = self.row(claim)
        for source in column.sources:
            for ground in row.get(source.id, ()):
                if self._ties(ground, column):
                    yield ground

    def weight(self, claim: Entry, stance: Stance) -> Weight:
        """Count the sources of a stance on a claim, and their origins.

        A source that supports or contradicts a claim does not count as mentioning it.
        """
        notes = [ground.note for ground in self.counted(claim, stance)]
        outlets = len({note.source for note in notes})
        if stance == "supports":
            return Weight(outlets, origins_for(self._volume, claim))
        return Weight(outlets, len(self._origins.behind_all(notes)))

    def counted(self, claim: Entry, stance: Stance) -> list[Ground]:
        """Return the grounds that count for a stance, as `weight` counts them."""
        every = all if stance == "mentions" else any
        counting = (grounds for grounds in self.row(claim).values() if every(one.stance == stance for one in grounds))
        return [one for grounds in counting for one in grounds if one.stance == stance]

    def members(self, grounds: Iterable[Ground], column: Column) -> tuple[Source, ...]:
        """Return the sources of a column that have any of the grounds. Sources of an origin must rest on it."""
        names = {one.note.source for one in grounds if self._ties(one, column)}
        return tuple(source for source in column.sources if source.id in names)

    def _ties(self, ground: Ground, column: Column) -> bool:
        return not column.origin or column.id in self._origins.behind(ground.note)

    def rows(self, order: Order) -> tuple[Entry, ...]:
        """Sort the claims."""
        keys: dict[Order, Callable[[Entry], Any]] = {
            "conflict": lambda claim: -self.weight(claim, "contradicts").outlets,
            "rating": self._rated,
            "date": lambda claim: _newest([claim.date]),
            "origins": lambda claim: -origins_for(self._volume, claim),
        }
        return tuple(sorted(self.claims, key=keys[order])) if order in keys else self.claims

    def columns(self, order: Order, *, grouped: bool) -> tuple[Column, ...]:
        """Sort the sources, or the origins with their sources.

        The order `origins` puts the source with most origins first, or the origin with most sources.
        """
        columns = self._by_origin if grouped else self._by_source
        keys: dict[Order, Callable[[Column], Any]] = {
            "conflict": lambda column: -self._contradicts[column.id, column.origin],
            "rating": lambda column: min(LETTERS.index(source.reliability) for source in column.sources),
            "date": lambda column: _newest(source.issued for source in column.sources),
            "origins": lambda column: -len(column.sources if grouped else self._origins.of(column.id)),
        }
        return tuple(sorted(columns, key=keys[order])) if order in keys else columns

    def speaking(self, columns: Iterable[Column], claims: tuple[Entry, ...]) -> tuple[Column, ...]:
        """Return the columns that are not silent on all of some claims."""
        known = self._speaking_on_any if len(claims) == len(self.claims) else self._speaking(claims)
        return tuple(column for column in columns if (column.id, column.origin) in known)

    @cached_property
    def _speaking_on_any(self) -> frozenset[tuple[str, bool]]:
        return self._speaking(self.claims)

    def _speaking(self, claims: Iterable[Entry]) -> frozenset[tuple[str, bool]]:
        """Return the columns with something to say. The key is (id, whether the column is an origin)."""
        entries = {entry.id: entry for claim in claims for entry, *_ in self._ties_of(claim)}
        notes = [note for entry in entries.values() for note in entry.notes]
        origins = self._origins.behind_all(notes)
        return frozenset({*((note.source, False) for note in notes), *((origin, True) for origin in origins)})

    @property
    def breadth(self) -> Weight:
        """The number of all sources, and of their independent origins."""
        return Weight(len(self._by_source), len(self._by_origin))

    @cached_property
    def _by_source(self) -> tuple[Column, ...]:
        return tuple(Column(source.id, source.label, (source,)) for source in self._volume.edition.sources)

    @cached_property
    def _by_origin(self) -> tuple[Column, ...]:
        edition = self._volume.edition
        own: defaultdict[str, set[str]] = defaultdict(set)
        for entry in edition.entries:
            for note in entry.notes:
                own[note.source].update(note.origin)
        resting: defaultdict[str, list[Source]] = defaultdict(list)
        for source in edition.sources:
            for origin in sorted(self._origins.of(source.id) | own[source.id]):
                resting[origin].append(source)
        return tuple(
            Column(origin, self._origins.label(origin), tuple(sources), origin=True)
            for origin, sources in resting.items()
        )

    @cached_property
    def _contradicts(self) -> Counter[tuple[str, bool]]:
        """The number of claims that each column contradicts. The key is (id, whether the column is an origin)."""
        counts: Counter[tuple[str, bool]] = Counter()
        for claim in self.claims:
            notes = [one.note for grounds in self.row(claim).values() for one in grounds if one.stance == "contradicts"]
            counts.update((source, False) for source in {note.source for note in notes})
            counts.update((origin, True) for origin in self._origins.behind_all(notes))
        return counts

    def _rated(self, claim: Entry) -> tuple[int, int]:
        letter = self._volume.rating(claim)[:1] or "F"
        return FIGURES.index(claim.credibility), LETTERS.index(letter)

    def _grounds(self, claim: Entry) -> Iterator[Ground]:
        for entry, stance, relation, outgoing in self._ties_of(claim):
            for note in entry.notes:
                yield Ground(stance, relation, outgoing, entry, note)

    def _ties_of(self, claim: Entry) -> Iterator[tuple[Entry, Stance, str, bool]]:
        """Yield the entries tied to a claim, with stance and relation."""
        yield claim, "supports", "cites", True
        links = self._volume.links
        for relation in (*links.relations(claim), *rivals(self._volume, claim)):
            stance = _STANCE_OF.get((relation.name, relation.outgoing))
            if opposes(self._volume, relation):
                stance = "contradicts"
            if stance:
                yield relation.other, stance, relation.name, relation.outgoing
        for entry in links.about(claim):
            yield entry, "mentions", "about", False


def _newest(dates: Iterable[str]) -> tuple[bool, int, int, int]:
    """Return a sort key: the newest date first, no date last."""
    year, month, day = max((edtf.sort_key(date) for date in dates if date), default=("", 0, 0))
    return (not year, -int(year or 0), -month, -day)
