"""Panes, theme and help of the screen, and leaving it."""

from tui.reader.commands.advising import advise, app_of, ask_for_briefing
from tui.reader.handover import stop_process
from tui.reader.screen import ReaderScreen
from tui.session.arrangement import COMPACT_BELOW, OUTLINE_FROM, has_room_for_outline
from tui.session.viewport import FIRST_STOP, Spot
from tui.state.records import Location


def outline(screen: ReaderScreen) -> None:
    """Show or hide the outline."""
    width, height = screen.size
    if screen.session.volume(screen.location.briefing) is None:
        ask_for_briefing(screen)
    elif not has_room_for_outline(width, height):
        said = f"The outline needs {OUTLINE_FROM} columns and {COMPACT_BELOW[1]} rows; here are {width} and {height}."
        screen.say(said)
    elif screen.zoomed:
        advise(screen, "The page stands alone; {zoom} brings the rest back.")
    else:
        screen.wants_outline = not screen.wants_outline
        screen.divide(width, height)
        screen.call_after_refresh(screen.tell)


def zoom(screen: ReaderScreen) -> None:
    """Show the page alone, in one column, or everything again. Keep the choice.

    A screen reader reads across the rows, so that columns side by side are mixed.
    """

    def looks() -> tuple[object, ...]:
        return screen.outline.display, screen.notes.display, screen.view.page.ids

    before, chosen = looks(), screen.session.state.setting("zoom")
    screen.session.state.choose("zoom", "" if chosen else "alone")
    screen.lay_anew()
    if looks() == before:
        screen.session.state.choose("zoom", chosen)
        screen.say("Nothing stands beside the page here: it is alone.")
        return
    screen.save_soon()
    screen.say("Columns stand side by side." if chosen else "One column, to be read aloud; also at the next start.")


def compact(screen: ReaderScreen) -> None:
    """Show each entry on one line or in full. Keep the choice."""
    is_compact = screen.session.lists.turn()
    screen.save_soon()
    before = screen.view.page
    if screen.session.page(screen.location) is not before:
        here, ids = screen.here, before.ids
        above = screen.view.room // 2 if is_compact else 0
        screen.show(here._replace(top=ids[max(0, screen.view.spot.current - above)] if ids else "", row=0))
    said = "The panes show one line an entry." if is_compact else "The panes show entries in full."
    is_marked = is_compact and not screen.view.page.compact and screen.session.page(screen.location).compact
    marked = " {close} removes the marks, for which this one is shown in full." if is_marked else ""
    screen.say(said + screen.session.keymap.words(marked))


def theme(screen: ReaderScreen) -> None:
    """Take the next theme: light, dark, high contrast."""
    _wear(screen, app_of(screen).themes.next_name)


def monochrome(screen: ReaderScreen) -> None:
    """Take all colour away, or bring it back."""
    _wear(screen, app_of(screen).themes.toggled_name)


def _wear(screen: ReaderScreen, name: str) -> None:
    """Apply a theme, also at the next start."""
    themes = app_of(screen).themes
    themes.follows_terminal = False
    themes.wear(name)
    screen.session.state.choose("theme", name)
    screen.save_soon()
    screen.say(f"Theme: {name}")


def redraw(screen: ReaderScreen) -> None:
    """Paint the whole screen again."""
    app_of(screen).repaint()
    screen.say("Painted anew.", passing=True)


def show_help(screen: ReaderScreen) -> None:
    """Show the keys, and the signs on the page.

    On the help itself, turn to its other half. In the search, show the syntax of a query.
    """
    page = "grammar" if screen.searches.is_open else "help"
    if screen.location.page == page == "help":
        places = [place for place, name in enumerate(screen.view.page.ids) if name.startswith("sign:")]
        if not places:
            screen.say("These are all the keys.")
            return
        first = places[0] if screen.view.spot.current < places[0] else FIRST_STOP
        screen.view.show(screen.view.page, Spot(first, max(0, first - 1)))
        screen.tell()
    elif screen.location.page != page:
        screen.go(Location("", page))


def messages(screen: ReaderScreen) -> None:
    """Show the last messages, each whole."""
    screen.say("")
    screen.session.forget_pages("")
    if screen.location.page != "messages":
        screen.go(Location("", "messages"))
    else:
        screen.say("These are the last messages.", passing=True)


def suspend(screen: ReaderScreen) -> None:
    """Stop the program until the shell brings it back."""
    screen.session.state.remember(screen.here)
    screen.session.state.flush()
    if trouble := stop_process(screen.app):
        advise(screen, f"{trouble} {{quit}} leaves.")


def quit_reader(screen: ReaderScreen) -> None:
    """Leave the reader. The next start finds everything where it was."""
    app_of(screen).leave()
