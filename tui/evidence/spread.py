"""The expert views by stance, and whether the panel leans one way."""

from collections import defaultdict
from typing import Final, NamedTuple

from tui.briefing import edtf
from tui.library.records import Entry, Source
from tui.library.volume import Volume

FEWEST: Final = 4
"""The fewest holders of a panel that can lean: three agree easily by chance."""
SHARE: Final = 0.5
"""The share of holders above which a panel leans: a majority, so that one stance at most can have it."""


class Holding(NamedTuple):
    """A view with its date and its source."""

    view: Entry
    since: str
    """The date of the view (EDTF), else of the source that first gave it; empty where neither is known."""
    published: bool
    """Whether `since` is a date of publication, since the view has none."""
    via: Source | None


class Camp(NamedTuple):
    """All holders of one stance."""

    stance: str
    """The stance in lower case; empty where none is named."""
    holdings: tuple[Holding, ...]
    """The oldest first, undated ones last."""
    holders: int
    """The number of different people or bodies."""


class Spread(NamedTuple):
    """All views by stance. The largest camp comes first, views without a stance last."""

    camps: tuple[Camp, ...]
    holders: int
    """The number of different holders of a named stance. A holder of two stances counts in each camp, and once here."""

    @property
    def leading(self) -> Camp | None:
        """The largest camp; None where no stance is named."""
        return self.camps[0] if self.camps and self.camps[0].stance else None

    @property
    def share(self) -> float:
        """The share of holders of the leading stance, 0 to 1."""
        return self.leading.holders / self.holders if self.leading and self.holders else 0.0

    @property
    def leans(self) -> bool:
        """Whether the panel leans one way."""
        return self.holders >= FEWEST and self.share > SHARE


def spread_of(volume: Volume) -> Spread:
    """Group the expert views of a volume by stance."""
    camps: defaultdict[str, list[Entry]] = defaultdict(list)
    for view in volume.pane("views"):
        camps[view.stance.strip().casefold()].append(view)
    made = [_camp(volume, stance, views) for stance, views in camps.items()]
    made.sort(key=lambda camp: (not camp.stance, -camp.holders))
    named = {_holder(view) for camp in made if camp.stance for view in camps[camp.stance]}
    return Spread(tuple(made), len(named))


def _camp(volume: Volume, stance: str, views: list[Entry]) -> Camp:
    holdings = sorted(
        (_holding(volume, view) for view in views),
        key=lambda holding: (not holding.since, edtf.sort_key(holding.since)),
    )
    return Camp(stance, tuple(holdings), len(set(map(_holder, views))))


def _holder(view: Entry) -> str:
    return (view.by.entity or view.by.text.casefold()) if view.by else view.id


def _holding(volume: Volume, view: Entry) -> Holding:
    name = view.via or (view.notes[0].source if view.notes else "")
    via = volume.sources.get(name)
    since = view.date or (via.issued if via else "")
    return Holding(view, since, published=bool(since) and not view.date, via=via)
