"""The signs to watch for, and the judgments that they would move."""

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from tui.briefing import edtf
from tui.evidence.periods import period
from tui.library.judgment_records import Indicator
from tui.library.records import Entry
from tui.library.volume import Volume

State = Literal["observed", "open", "past"]
_ORDER: Final[dict[State, int]] = {"observed": 0, "open": 1, "past": 2}


class Watched(NamedTuple):
    """An indicator on the day of the briefing."""

    entry: Entry
    indicator: Indicator
    state: State
    """Whether the sign was observed, or its time is over."""


class Movement(NamedTuple):
    """The effect of a sign on a judgment."""

    entry: Entry
    """The indicator."""
    text: str
    """The sign, as a sentence."""
    way: str
    """`up` or `down`."""


def watched_in(volume: Volume) -> tuple[Watched, ...]:
    """Return the indicators: first observed, then open, then past ones.

    Observed ones begin with the latest, the others with the next end.
    """
    found = [
        Watched(entry, entry.indicator, _state(entry.indicator, volume.edition.as_of))
        for entry in volume.edition.entries
        if entry.indicator
    ]
    found.sort(key=lambda one: edtf.sort_key(one.indicator.observed), reverse=True)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                _ORDER[one.state],
                one.state != "observed" and not one.indicator.until,
                ("", 0, 0) if one.state == "observed" else edtf.sort_key(one.indicator.until),
            ),
        )
    )


def movements(volume: Volume, judgment: Entry) -> Iterator[Movement]:
    """Yield the signs that would move a judgment."""
    for one in volume.derived(watched_in):
        for sign in one.indicator.outcomes:
            yield from (Movement(one.entry, sign.text, move.way) for move in sign.moves if move.to == judgment.id)


def _state(indicator: Indicator, as_of: str) -> State:
    if indicator.observed:
        return "observed"
    until, now = period(indicator.until) if indicator.until else None, period(as_of)
    ends = until and until.last is not None and now and now.first is not None and until.last < now.first
    return "past" if ends else "open"
