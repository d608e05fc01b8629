"""Screens over the reader's own: one at a time, and each goes once, however many keys want it to come or go."""

from textual.app import App
from textual.screen import Screen


def lay(app: App[None], screen: Screen[None]) -> None:
    """Lay a screen over the reader's, unless one lies there by then."""

    def push() -> None:
        if len(app.screen_stack) == 1:
            _ = app.push_screen(screen)  # it is mounted in its own time

    app.call_later(push)


def lift(app: App[None], screen: Screen[None]) -> None:
    """Take a screen away, if it is still on top by then."""

    def pop() -> None:
        if len(app.screen_stack) > 1 and app.screen is screen:
            _ = app.pop_screen()

    app.call_later(pop)
