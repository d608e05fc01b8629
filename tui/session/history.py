"""The reader's history: back and forward over all briefings and pages."""

from collections.abc import Collection

from tui.state.records import Location


class History:
    """The visited locations, and the index of the current one."""

    LONGEST = 500

    def __init__(self) -> None:
        """Start without a location."""
        self._locations: list[Location] = []
        self._at = -1

    @property
    def here(self) -> Location | None:
        """The current location; None before the first visit."""
        return self._locations[self._at] if self._at >= 0 else None

    def visit(self, location: Location) -> None:
        """Append a location. The locations ahead are dropped, as in a browser."""
        del self._locations[self._at + 1 :]
        self._locations.append(location)
        if len(self._locations) > self.LONGEST:
            del self._locations[0]
        self._at = len(self._locations) - 1

    def update(self, location: Location) -> None:
        """Replace the current location after a move within its page."""
        if self._at >= 0:
            self._locations[self._at] = location

    def forget(self, briefings: Collection[str], pages: Collection[str]) -> None:
        """Remove the locations in some briefings, and on some pages.

        When the current location is removed, the nearest remaining one before it becomes current.
        """
        kept = [
            at
            for at, location in enumerate(self._locations)
            if location.briefing not in briefings and location.page not in pages
        ]
        self._at = sum(at <= self._at for at in kept) - 1
        self._locations = [self._locations[at] for at in kept]

    @property
    def behind(self) -> Location | None:
        """The location to which Back leads, if any."""
        return self._locations[self._at - 1] if self._at > 0 else None

    @property
    def ahead(self) -> Location | None:
        """The location to which Forward leads, if any."""
        return self._locations[self._at + 1] if self._at + 1 < len(self._locations) else None

    def back(self) -> Location | None:
        """Go back. Return the location, or None at the first one."""
        location = self.behind
        self._at -= location is not None
        return location

    def forward(self) -> Location | None:
        """Go forward. Return the location, or None at the last one."""
        location = self.ahead
        self._at += location is not None
        return location
