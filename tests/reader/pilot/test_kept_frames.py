"""The kept frame of every page, theme and size of the snapshots is what Textual paints as it takes over, cell by cell.

Each page is seen in each size, and in as many themes; each theme is seen in each size.
"""

import asyncio
import re

import pyte
import pytest

from tests.reader.painted import strips_of
from tests.reader.pilot.test_snapshots import SHOTS, SIZES, VIEWS, handbook_alone
from tui.instant import EarlyScreen
from tui.library.catalogue import Catalogue
from tui.reader import composing, first_frames, launch
from tui.reader.app import BriefingApp
from tui.reader.themes import THEMES
from tui.session.config import Config
from tui.session.permissions import OWN_MACHINE
from tui.state.records import Location
from tui.state.stores import open_state

_LINK = re.compile(r"id=[^;]*;")
"""The number of a link, which is another one each time."""
LOCATIONS = tuple(dict.fromkeys(shot.location for shot in (*SHOTS, *VIEWS)))
__all__ = ["handbook_alone"]


class Early(EarlyScreen):
    """A screen that shows a frame."""

    def __init__(self, text: str, size: tuple[int, int]) -> None:
        """Show a frame."""
        self.frame, self.size = text.encode(), size


def start(catalogue: Catalogue, location: Location, theme: str) -> BriefingApp:
    """Make the app of a start."""
    allowed = OWN_MACHINE._replace(watches_files=False)
    return launch.make_app(catalogue, open_state(None), location, Config(), theme, allowances=allowed)


@pytest.mark.parametrize("location", LOCATIONS, ids=lambda location: f"{location.briefing}-{location.page}")
def test_the_kept_frame_is_what_is_painted(
    location: Location, handbook_alone: Catalogue, port: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_frames, "_HELD", 60)  # a page may be late on a busy machine
    catalogue = port if location.briefing in {"quay", "harbour"} else handbook_alone
    for number, size in enumerate(SIZES, LOCATIONS.index(location)):
        theme = tuple(THEMES)[number % len(THEMES)]
        kept = composing.compose(start(catalogue, location, theme), size)
        app = start(catalogue, location, theme)
        frames = app.first_frames = first_frames.FirstFrames(Early(kept, size))
        rows, painted = asyncio.run(taken_over(app, size))
        assert (_LINK.sub("", painted), frames.verdict) == (_LINK.sub("", kept), "equal"), (size, theme)
        assert cells(kept, size) == rows, (size, theme)


async def taken_over(app: BriefingApp, size: tuple[int, int]) -> tuple[list[str], str]:
    """Run an app until its page stands. Return the rows of the compositor, and the frame."""
    async with app.run_test(size=size) as pilot:
        while not app.first_frames or app.first_frames.verdict == "waiting":
            await pilot.pause()
        await pilot.pause()
        return [strip.text for strip in strips_of(app)], first_frames.frame_text(app, app.whole_frame())


def cells(frame: str, size: tuple[int, int]) -> list[str]:
    """Return the rows that a terminal shows of a frame."""
    screen = pyte.Screen(*size)
    stream = pyte.Stream(screen)
    stream.feed(frame)
    return list(screen.display)
