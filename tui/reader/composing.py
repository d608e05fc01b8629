"""The first frame of a start, without a terminal."""

import asyncio
from typing import Any

from textual.pilot import Pilot

from tui.reader.base_app import BaseApp
from tui.reader.first_frames import frame_text

_MOST_LOOKS = 10


def compose(app: BaseApp[Any], size: tuple[int, int]) -> str:
    """Run an app until its screen has settled, and return its frame. Empty if it does not settle."""
    return asyncio.run(_composed(app, size))


async def _composed(app: BaseApp[Any], size: tuple[int, int]) -> str:
    frames = [""]

    async def look(pilot: Pilot[Any]) -> None:
        for _ in range(_MOST_LOOKS):
            await pilot.pause()
            app.place_cursor()
            frames.append(frame_text(app, app.whole_frame()))
            if frames[-1] == frames[-2]:
                break
        app.exit()

    await app.run_async(headless=True, size=size, auto_pilot=look)
    return frames[-1] if frames[-1] == frames[-2] and not app.fault else ""
