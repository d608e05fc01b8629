"""Where the reader has been: back and forward over everything."""

from collections.abc import Collection

from tui.state.store import Place


class History:
    """The places visited, and which of them one stands at."""

    LONGEST = 500

    def __init__(self) -> None:
        """Begin nowhere."""
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        """The place that one stands at."""
        return self._places[self._at] if self._at >= 0 else None

    def visit(self, place: Place) -> None:
        """Go somewhere new: what lay ahead is forgotten, as in a browser."""
        del self._places[self._at + 1 :]
        self._places.append(place)
        if len(self._places) > self.LONGEST:
            del self._places[0]
        self._at = len(self._places) - 1

    def update(self, place: Place) -> None:
        """Correct the place that one stands at, since one has moved within its page."""
        if self._at >= 0:
            self._places[self._at] = place

    def forget(self, briefings: Collection[str], pages: Collection[str]) -> None:
        """Forget the places in some briefings, and some pages; one stands at the last place that is left."""
        kept = [
            at for at, place in enumerate(self._places) if place.briefing not in briefings and place.page not in pages
        ]
        self._at = sum(at <= self._at for at in kept) - 1
        self._places = [self._places[at] for at in kept]

    @property
    def behind(self) -> Place | None:
        """The place that Back leads to; None where there is none."""
        return self._places[self._at - 1] if self._at > 0 else None

    @property
    def ahead(self) -> Place | None:
        """The place that Forward leads to; None where there is none."""
        return self._places[self._at + 1] if self._at + 1 < len(self._places) else None

    def back(self) -> Place | None:
        """Go back; None, and no move, where there is nothing behind."""
        place = self.behind
        self._at -= place is not None
        return place

    def forward(self) -> Place | None:
        """Go forward; None, and no move, where there is nothing ahead."""
        place = self.ahead
        self._at += place is not None
        return place
