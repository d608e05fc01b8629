"""The holders of positions that exclude one another."""

from collections.abc import Iterable

from tui.evidence.ranges import Range, common
from tui.library.judgment_records import Position
from tui.library.records import Entry
from tui.library.volume import Volume


def rivals_of(volume: Volume) -> dict[str, tuple[Entry, ...]]:
    """Return the holders of positions that exclude an entry, by its id."""
    found: dict[str, dict[str, None]] = {}
    for question in (entry for entry in volume.edition.entries if entry.question):
        for holder, positions in excluded_by(volume, question).items():
            for name in (name for position in positions for name in position.entries):
                found.setdefault(name, {})[holder] = None
    return {name: tuple(volume.entries[rival] for rival in rivals) for name, rivals in found.items()}


def excluded_by(volume: Volume, question: Entry) -> dict[str, tuple[Position, ...]]:
    """Return the positions that each holder of another one excludes."""
    positions = question.question.positions if question.question else ()
    ranged = [(one, _range(volume.entries[name] for name in one.entries)) for one in positions]
    owned = {name: _range([volume.entries[name]]) for position in positions for name in position.entries}
    return {
        name: tuple(
            position
            for position, given in ranged
            if name not in position.entries and (own is None or given is None or common(own, given) is None)
        )
        for name, own in owned.items()
    }


def _range(entries: Iterable[Entry]) -> Range | None:
    """Return the range of all numbers that entries give; None without any."""
    given = [one.quantity for one in entries if one.quantity]
    known = [one for one in given if one.min is not None or one.max is not None]
    if not known:
        return None
    lows, highs = [one.min for one in known], [one.max for one in known]
    low = None if None in lows else min(low for low in lows if low is not None)
    return Range(low, None if None in highs else max(high for high in highs if high is not None))
