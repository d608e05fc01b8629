"""The reader's history: back and forward over all briefings and pages."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from tui.state.records import Location


class Focus(NamedTuple):
    """The focused link of a block, and the open footnote."""

    part: int = 0
    """The part of the block."""
    link: int = -1
    """The index of the link in its part; -1 for none."""
    opened: int = 0
    """The number of the open footnote, counted from 1; 0 for none."""


NO_FOCUS = Focus()


class History:
    """The visited locations, and the index of the current one."""

    LONGEST = 500

    def __init__(self) -> None:
        """Start without a location."""
        self._steps: list[tuple[Location, Focus]] = []
        self._at = -1

    @property
    def here(self) -> Location | None:
        """The current location; None before the first visit."""
        return self._steps[self._at][0] if self._at >= 0 else None

    @property
    def focus(self) -> Focus:
        """The link and the footnote with which the location was left."""
        return self._steps[self._at][1] if self._at >= 0 else NO_FOCUS

    def visit(self, location: Location) -> None:
        """Append a location. The locations ahead are dropped, as in a browser."""
        del self._steps[self._at + 1 :]
        self._steps.append((location, NO_FOCUS))
        if len(self._steps) > self.LONGEST:
            del self._steps[0]
        self._at = len(self._steps) - 1

    def update(self, location: Location, focus: Focus = NO_FOCUS) -> None:
        """Replace the current location after a move within its page."""
        if self._at >= 0:
            self._steps[self._at] = (location, focus)

    def forget(self, briefings: Collection[str], pages: Collection[str]) -> None:
        """Remove the locations in some briefings, and on some pages.

        When the current location is removed, the nearest remaining one before it becomes current.
        """
        kept = [
            at
            for at, (location, _) in enumerate(self._steps)
            if location.briefing not in briefings and location.page not in pages
        ]
        self._at = sum(at <= self._at for at in kept) - 1
        self._steps = [self._steps[at] for at in kept]

    @property
    def behind(self) -> Location | None:
        """The location to which Back leads, if any."""
        return self._steps[self._at - 1][0] if self._at > 0 else None

    @property
    def ahead(self) -> Location | None:
        """The location to which Forward leads, if any."""
        return self._steps[self._at + 1][0] if self._at + 1 < len(self._steps) else None

    def below(self, lies_over: Callable[[Location], bool]) -> Location | None:
        """Return the nearest earlier location that lies over no other one."""
        return next((location for location, _ in self._steps[: self._at][::-1] if not lies_over(location)), None)

    def uncover(self, lies_over: Callable[[Location], bool]) -> None:
        """Go back to that location. The locations that lie over it are dropped."""
        while self._at > 0 and lies_over(self._steps[self._at][0]):
            self._at -= 1
        del self._steps[self._at + 1 :]

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
