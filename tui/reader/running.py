"""Running commands, and the keys that have something to do here."""

from collections.abc import Callable
from functools import cache
from importlib import import_module

from tui.reader.layout_screen import LayoutScreen
from tui.render.views import view_of, views_with
from tui.session import links
from tui.session.commands import Command
from tui.session.own_pages import hinted, told_of


def run(screen: LayoutScreen, command: Command) -> None:
    """Run a command."""
    _call(screen, command, command.run)


def word_of(screen: LayoutScreen, command: Command) -> str:
    """Return the footer's word of a command here and now.

    It is empty where the key has nothing to do.
    """
    return str(_call(screen, command, command.here)) if command.here else command.hint


def acts(screen: LayoutScreen, command: Command) -> bool:
    """Whether a command has something to do on the page."""
    if views_with(command.name) and not command.hint_in(view_of(screen.location.page)):
        return False
    return not command.here or bool(word_of(screen, command))


def leads(screen: LayoutScreen, target: str) -> bool:
    """Whether following a link changes anything on the screen."""
    if screen.companion.leads(target.partition(":")[0]):
        return True
    return links.leads(screen.session, target, screen.here, screen.notes.opened)


def hints_here(screen: LayoutScreen) -> tuple[tuple[str, str, str], ...]:
    """Return the footer's rows for the keys that act."""
    over = screen.chooser.hints if screen.chooser and screen.chooser.is_open else screen.companion.hints
    if over:
        return over
    view = view_of(screen.location.page)
    named = f"{view.name}:{view.part}" if view else ""
    if named not in screen.hinted:
        screen.hinted[named] = hinted(screen.session.keymap, view)
    return told_of(screen.hinted[named], lambda command: word_of(screen, command))


def _call(screen: LayoutScreen, command: Command, path: str) -> object:
    """Call a function of a command."""
    return _function(path)(screen, *(() if command.argument is None else (command.argument,)))


@cache
def _function(path: str) -> Callable[..., object]:
    """Return a function of the commands. Its module is imported at first use."""
    module, _, name = path.partition(".")
    found: Callable[..., object] = getattr(import_module(f"tui.reader.commands.{module}"), name)
    return found
