"""The coverage of entries by checked quotes, independent origins and ratings."""

from typing import Final, Literal, NamedTuple

from tui.briefing.kinds import KINDS
from tui.evidence.origins import origins_for
from tui.library.records import Entry
from tui.library.volume import Volume

Measure = Literal["quote", "origins", "rating"]
MEASURES: Final[tuple[Measure, ...]] = ("quote", "origins", "rating")
STATING: Final = tuple(kind.name for kind in KINDS.values() if kind.is_sourced)
"""The kinds of entry that report a source; questions and assumptions are the author's own."""
RATED: Final = tuple(kind.name for kind in KINDS.values() if kind.may_say("credibility"))
"""The kinds of entry that can have a rating."""


class Share(NamedTuple):
    """A part of a whole, in entries."""

    part: int
    whole: int

    @property
    def fraction(self) -> float:
        """The share from 0 to 1; 0 where the whole is 0."""
        return self.part / self.whole if self.whole else 0.0


class Coverage(NamedTuple):
    """The shares of each measure."""

    whole: dict[Measure, Share]
    """The shares of all entries to which a measure applies."""
    by_table: dict[str, dict[Measure, Share]]
    lacking: dict[Measure, tuple[Entry, ...]]
    """The entries that fail a measure, in reading order."""


def has(volume: Volume, entry: Entry, measure: Measure) -> bool | None:
    """Whether an entry passes a measure; None where none applies.

    `quote` asks for a quote that stands in the text named, or stood there when it was last held; `origins` for two
    independent origins; `rating` for an Admiralty figure.
    """
    if entry.table not in (RATED if measure == "rating" else STATING):
        return None
    if measure == "quote":
        return any(
            note.quote
            and (note.state in {"exact", "moved"} or (note.state == "not-held" and note.checked))
            and not note.is_in_another_text(volume.carried_by(volume.sources[note.source]))
            for note in entry.notes
        )
    return origins_for(volume, entry) >= 2 if measure == "origins" else entry.credibility > 0


def coverage_of(volume: Volume) -> Coverage:
    """Measure the coverage of a volume."""
    counts = {table: dict.fromkeys(MEASURES, Share(0, 0)) for table in STATING}
    lacking: dict[Measure, list[Entry]] = {measure: [] for measure in MEASURES}
    for entry in volume.edition.entries:
        for measure in MEASURES:
            found = has(volume, entry, measure)
            if found is None:
                continue
            part, whole = counts[entry.table][measure]
            counts[entry.table][measure] = Share(part + found, whole + 1)
            if not found:
                lacking[measure].append(entry)
    total = {
        measure: Share(
            sum(shares[measure].part for shares in counts.values()),
            sum(shares[measure].whole for shares in counts.values()),
        )
        for measure in MEASURES
    }
    present = {table: shares for table, shares in counts.items() if shares["quote"].whole}
    return Coverage(total, present, {measure: tuple(entries) for measure, entries in lacking.items()})
