"""Footnotes, marks and bookmarks."""

from tui.library.records import Entry
from tui.library.volume import brief
from tui.reader.commands.advising import advise
from tui.reader.screen import ReaderScreen
from tui.reader.widgets.notes_pane import number_of_notes
from tui.render.library import absent_words
from tui.session.filters import in_whole
from tui.session.links import note_of
from tui.state.records import Location, Mark


def peeks(screen: ReaderScreen) -> str:
    """Return the footer's word, if a footnote or reasons can be opened."""
    item, opened = screen.item, screen.notes.opened
    if number_of_notes(screen.view.holder or item) <= min(opened, 1):
        return ""
    return "why" if isinstance(item, Entry) and item.judgment else "next footnote" if opened else "footnote"


def peek(screen: ReaderScreen) -> None:
    """Open the footnote that has the focus, the first, or the next. On a judgment, open its reasons."""
    opened = screen.notes.opened
    if peeks(screen):
        screen.peek(opened + 1 if opened else _focused(screen) or note_of(screen.here.block) or 1)
    elif opened:
        advise(screen, "There is no other one; {close} closes it.")
    else:
        screen.say("This has no footnotes.")


def _focused(screen: ReaderScreen) -> int:
    """Return the footnote whose number has the focus; 0 where none has."""
    link = screen.view.link
    return int(link.target.partition(":")[2]) if link and link.target.startswith("note:") else 0


def scroll_notes(screen: ReaderScreen, direction: int) -> None:
    """Scroll the footnotes down or up."""
    if screen.notes.display:
        before = screen.notes.spot
        screen.notes.scroll_rows(direction * max(1, screen.notes.room // 2))
        if screen.notes.spot == before:
            screen.say("The footnotes go no further." if direction > 0 else "The footnotes begin here.")
    else:
        advise(screen, "No footnote is open; {peek} opens one.")


def set_mark(screen: ReaderScreen) -> None:
    """Mark the location with the next letter."""
    screen.say("Mark with which letter? a–z here, A–Z everywhere.")
    screen.awaited = _mark


def go_to_mark(screen: ReaderScreen) -> None:
    """Go to the mark of the letter that comes next."""
    here = screen.location.briefing
    letters = {
        mark.letter for mark in screen.session.state.marks() if mark.letter.isupper() or mark.location.briefing == here
    }
    known = " ".join(sorted(letters - {"*"}))
    advise(screen, f"Go to mark: {known}" if known else "Go to mark: none is set here; {bookmarks} lists all.")
    screen.awaited = _go_to_mark


def bookmark(screen: ReaderScreen) -> None:
    """Bookmark the current entry, or remove its bookmark. In the search, save the query."""
    if screen.searches.is_open:
        _save_query(screen, screen.searches.pane.line.text.strip())
        return
    state, location = screen.session.state, in_whole(screen.here)
    known = [mark for mark in state.marks() if mark.letter == "*" and _same(screen, mark, location)]
    if known:
        state.remove(known[0])
        screen.say("Removed the bookmark.")
    else:
        state.mark("*", location, _words(screen))
        advise(screen, "Bookmarked; {bookmarks} lists all bookmarks.")
    _marks_changed(screen)


def _marks_changed(screen: ReaderScreen) -> None:
    """Show the marks as they are now, and save them soon."""
    screen.session.forget_pages("")
    screen.view.refresh()
    screen.save_soon()


def _save_query(screen: ReaderScreen, text: str) -> None:
    if not text:
        screen.say("There is no query to save yet.")
    else:
        saved = screen.session.search.queries.toggle_saved(text)
        screen.say("Saved; an empty box lists saved queries." if saved else "No longer saved.")
        screen.save_soon()


def bookmarks(screen: ReaderScreen) -> None:
    """List all marks and bookmarks."""
    if screen.location.page == "bookmarks":
        screen.say("These are all marks and bookmarks.")
        return
    screen.session.forget_pages("")
    screen.go(Location("", "bookmarks"))


def _mark(screen: ReaderScreen, letter: str) -> None:
    if not (letter.isascii() and letter.isalpha()):
        screen.say("A mark is a letter, a–z or A–Z.", warns=True)
        return
    screen.session.state.mark(letter, in_whole(screen.here), _words(screen))
    _marks_changed(screen)
    advise(screen, f"Marked {letter}; {{go-to-mark}} and {letter} come back here.")


def _go_to_mark(screen: ReaderScreen, letter: str) -> None:
    mark = screen.session.state.find_mark(
        letter, screen.location.briefing, screen.session.kept.ids(screen.location.briefing)
    )
    if mark is None:
        screen.say(_no_mark(screen, letter), warns=True)
    elif not screen.session.has(mark.location.briefing):
        absent = absent_words(screen.session.catalogue.pending)
        screen.say(f"The mark {letter} is in “{mark.location.briefing}”, which is {absent}.", warns=True)
    else:
        screen.go(mark.location, unless_gone=f"What mark {letter} stands at was removed from the briefing.")


def _no_mark(screen: ReaderScreen, letter: str) -> str:
    if not letter.isalpha():
        return "A mark is a letter."
    elsewhere = any(mark.letter == letter for mark in screen.session.state.marks())
    more = screen.session.keymap.words(" in this briefing; {bookmarks} lists those of others") if elsewhere else ""
    return f"There is no mark {letter}{more}."


def _same(screen: ReaderScreen, mark: Mark, location: Location) -> bool:
    is_here = mark.location.briefing in screen.session.kept.ids(location.briefing)
    return is_here and screen.session.kept.now(mark.location).location[:3] == location[:3]


def _words(screen: ReaderScreen) -> str:
    """Return an entry's short name or first line, for a mark."""
    if isinstance(screen.item, Entry) and screen.item.short:
        return brief(screen.item)
    paras = screen.view.page.block(screen.view.spot.current).paras if len(screen.view.page) else ()
    return paras[0].text.replace("\n", " ")[:120] if paras else ""
