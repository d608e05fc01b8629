"""Copying to the clipboard, and a plain view to select from."""

from collections.abc import Callable, Sequence
from functools import partial

from tui.library.records import Entry, Source
from tui.reader.clipboard import MOST_SENT, outcome
from tui.reader.clipboard import copy as copy_text
from tui.reader.commands.advising import app_of
from tui.reader.screen import ReaderScreen
from tui.render.citation import citation_with_chain, text_of
from tui.render.formats.text import part_text
from tui.render.parts import Part, parts_of
from tui.render.words import count
from tui.state.records import Location

_WIDTH = 78
Piece = Callable[[], str]
"""Writes a piece of a text."""


def copy(screen: ReaderScreen) -> None:
    """Copy the current entry as plain text with its address and citations."""
    app, pieces, more = screen.app, entry_pieces(screen), _plain_words(screen)
    text = joined(pieces, MOST_SENT)
    if text is not None:
        copy_text(app, screen.say, text, count(len(text), "character"), more)
    elif app.allowances.machine:
        app.run_worker(partial(_copy_huge, screen, pieces, more), thread=True, exclusive=True, group="copy")
    else:
        screen.say(f"{outcome('the entry', [], [], is_sent=False)} {more}".rstrip(), warns=True)


def _copy_huge(screen: ReaderScreen, pieces: Sequence[Piece], more: str) -> None:
    """Write a huge entry as text, in a thread, and copy it."""
    text = "\n".join(piece() for piece in pieces)
    screen.app.call_from_thread(copy_text, screen.app, screen.say, text, count(len(text), "character"), more)


def joined(pieces: Sequence[Piece], most: int) -> str | None:
    """Join pieces of text. Return None where they exceed `most` characters."""
    found: list[str] = []
    for piece in pieces:
        found.append(piece())
        most -= len(found[-1]) + 1
        if most < 0:
            return None
    return "\n".join(found)


def copy_citation(screen: ReaderScreen) -> None:
    """Copy the citation of the focused or open footnote, else all citations."""
    texts = citations(screen)
    if not texts:
        screen.say("There is nothing to cite here.")
        return
    copy_text(screen.app, screen.say, "\n".join(texts), count(len(texts), "citation"), _plain_words(screen))


def _plain_words(screen: ReaderScreen) -> str:
    """Return the way to the same words that always works."""
    key = screen.session.keymap.first("plain")
    return f"{key} shows them to select from." if key else ""


def plain(screen: ReaderScreen) -> None:
    """Show the current entry as plain text, which the mouse can select."""
    app_of(screen).own_pages.plain_text = entry_pieces(screen, screen.view.text_width)
    screen.session.forget_pages("")
    screen.go(Location("", "plain"))


def address(screen: ReaderScreen) -> None:
    """Show the address of the focused link, or else of the source."""
    found = address_of(screen)
    if not found:
        screen.say("There is no address here.")
        return
    app_of(screen).own_pages.address = found
    screen.session.forget_pages("")
    screen.go(Location("", "address"))


def address_of(screen: ReaderScreen) -> str:
    """Return the address of the focused link or the source; else empty.

    The source of an entry is that of the chosen footnote, or the first source with an address.
    """
    link, item = screen.view.link, screen.item
    if link and link.target.startswith(("http://", "https://")):
        return link.target
    volume = screen.session.volume(screen.location.briefing)
    if isinstance(item, Entry) and volume:
        chosen = screen.notes.opened or (int(link.target[5:]) if link and link.target.startswith("note:") else 0)
        noted = [volume.sources[note.source].url for note in item.notes]
        return noted[chosen - 1] if chosen else next(filter(None, noted), "")
    return item.url if isinstance(item, Source) else ""


def entry_pieces(screen: ReaderScreen, width: int = _WIDTH) -> Sequence[Piece]:
    """Return the current entry as plain text with address and citations.

    A huge entry comes in pieces, each written when it is wanted.
    """
    shown = screen.view.page
    page = (screen.session.lists.in_full(screen.location) or shown) if shown.compact else shown
    if not len(page):
        return (str,)
    cited, item = citations(screen, everything=True), screen.item
    tail = ["", f"{screen.location.briefing}#{item.id}"] if item and screen.location.briefing else []
    tail += ["", *cited] if cited else []
    parts = parts_of(page.block(page.index_of(screen.here.block) or 0))
    if len(parts) == 1:
        return (lambda: "\n".join([*part_text(parts[0], width), *tail]),)
    return (
        *(partial(_piece, parts, number, width) for number in range(len(parts))),
        partial("\n".join, tail),
    )


def _piece(parts: Sequence[Part], number: int, width: int) -> str:
    return "\n".join(part_text(parts[number], width))


def citations(screen: ReaderScreen, *, everything: bool = False) -> list[str]:
    """Return the citations of the focused or open footnote, or of all."""
    volume, item = screen.session.volume(screen.location.briefing), screen.item
    if volume is None:
        return []
    if isinstance(item, Source):
        return [text_of(citation_with_chain(volume, item))]
    if not isinstance(item, Entry):
        return []
    link = screen.view.link
    chosen = screen.notes.opened or (int(link.target[5:]) if link and link.target.startswith("note:") else 0)
    notes = [item.notes[chosen - 1]] if chosen and not everything else item.notes
    texts = {}
    for note in notes:
        source = volume.sources[note.source]
        cited = text_of(citation_with_chain(volume, source, direct=note.direct, page=note.page))
        texts[note.number] = f"{note.number}. {cited}" if len(notes) > 1 or everything else cited
    return list(texts.values())
