"""Where the reader has been: back and forward over everything."""

from collections.abc import Collection

from tui.state.records import Location


class History:
    """The places visited, and which of them one stands at."""

    LONGEST = 500

    def __init__(self) -> None:
        """Begin nowhere."""
        self._locations: list[Location] = []
        self._at = -1

    @property
    def here(self) -> Location | None:
        """The place that one stands at."""
        return self._locations[self._at] if self._at >= 0 else None

    def visit(self, location: Location) -> None:
        """Go somewhere new: what lay ahead is forgotten, as in a browser."""
        del self._locations[self._at + 1 :]
        self._locations.append(location)
        if len(self._locations) > self.LONGEST:
            del self._locations[0]
        self._at = len(self._locations) - 1

    def update(self, location: Location) -> None:
        """Correct the place that one stands at, since one has moved within its page."""
        if self._at >= 0:
            self._locations[self._at] = location

    def forget(self, briefings: Collection[str], pages: Collection[str]) -> None:
        """Forget the places in some briefings, and some pages; one stands at the last place that is left."""
        kept = [
            at
            for at, location in enumerate(self._locations)
            if location.briefing not in briefings and location.page not in pages
        ]
        self._at = sum(at <= self._at for at in kept) - 1
        self._locations = [self._locations[at] for at in kept]

    @property
    def behind(self) -> Location | None:
        """The place that Back leads to; None where there is none."""
        return self._locations[self._at - 1] if self._at > 0 else None

    @property
    def ahead(self) -> Location | None:
        """The place that Forward leads to; None where there is none."""
        return self._locations[self._at + 1] if self._at + 1 < len(self._locations) else None

    def back(self) -> Location | None:
        """Go back; None, and no move, where there is nothing behind."""
        location = self.behind
        self._at -= location is not None
        return location

    def forward(self) -> Location | None:
        """Go forward; None, and no move, where there is nothing ahead."""
        location = self.ahead
        self._at += location is not None
        return location
