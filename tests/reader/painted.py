"""The screen as it is painted, and a mouse that does more than a pilot's: Textual has no public names for them."""

from typing import Any

from textual._compositor import Compositor
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip


def compositor_of(screen: Screen[Any]) -> Compositor:
    """Return the part of a screen that puts the strips of its widgets together."""
    return screen._compositor  # noqa: SLF001 -- a screen has no public way to its rows


def strips_of(app: App[Any]) -> list[Strip]:
    """Return the rows of the screen on top, as they are painted."""
    return compositor_of(app.screen).render_strips()


async def mouse(pilot: Pilot[Any], event: type, widget: str | None = None, **told: Any) -> None:
    """Send an event of the mouse."""
    await pilot._post_mouse_events([event], widget, **told)  # noqa: SLF001 -- a pilot neither drags nor turns a wheel
