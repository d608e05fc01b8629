"""Copying to the clipboard, and a plain view to select from."""

from collections.abc import Callable, Sequence
from functools import partial

from tui.library.records import Entity, Entry, Footnote, Source
from tui.reader.clipboard import MOST_SENT, outcome
from tui.reader.clipboard import copy as copy_text
from tui.reader.commands.advising import app_of
from tui.reader.screen import ReaderScreen
from tui.render.breaking import shortened
from tui.render.cite_formats import FORMATS, Cited
from tui.render.formats.text import part_text
from tui.render.page import linear
from tui.render.parts import Part, parts_of
from tui.render.selection import footnotes_of
from tui.render.words import count, quoted
from tui.state.records import Location

_WIDTH = 78
_UNWRAPPED = 1_000_000
"""Cells of a line that no paragraph fills."""
_NAMED = 40
"""Cells for the first words of a part."""
Piece = Callable[[], str]
"""Writes a piece of a text."""


def copy(screen: ReaderScreen) -> None:
    """Copy the open footnote, or else the current entry.

    The footnote is one line; the entry has its address and citations.
    """
    if line := _open_note(screen):
        copy_text(screen.app, screen.say, line, "quotation and citation", _plain_words(screen))
        return
    app, pieces, more = screen.app, entry_pieces(screen, _UNWRAPPED), _plain_words(screen)
    text = joined(pieces, MOST_SENT)
    if text is not None:
        copy_text(app, screen.say, text, f"{_unmarked(screen)}{count(len(text), 'character')}", more)
    elif app.allowances.machine:
        app.run_worker(partial(_copy_huge, screen, pieces, more), thread=True, exclusive=True, group="copy")
    else:
        screen.say(f"{outcome('the entry', [], [], is_sent=False)} {more}".rstrip(), warns=True)


def _unmarked(screen: ReaderScreen) -> str:
    """Return a name for the copied part, where no bar marks it."""
    view = screen.view
    if not len(view.page) or (view.page.cursor and view.stops_at(view.spot.current)):
        return ""
    text = view.page.block(view.spot.current).text.strip()
    return f"“{shortened(text.partition(chr(10))[0], _NAMED)}”, " if text else ""


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
    """Copy citations in the format used last.

    The same citations again come in the next format. They are those of the focused or open footnote, else all of the
    entry.
    """
    volume, cited = screen.session.volume(screen.location.briefing), cited_here(screen)
    if volume is None or not cited:
        screen.say("There is nothing to cite here.")
        return
    choice = screen.session.cite_choice
    form = choice.of((screen.here.briefing, screen.here.page, tuple(cited)))
    screen.save_soon()
    text = "\n".join(citations(screen)) if form.name == "chicago" else "\n".join(form.write(volume, cited.values()))
    key = screen.session.keymap.first("copy-citation")
    what = f"{count(len(cited), 'citation')} as {form.title} ({key} again: {choice.next.title})"
    copy_text(screen.app, screen.say, text, what, _plain_words(screen))


def _plain_words(screen: ReaderScreen) -> str:
    """Return the way to the same words that always works."""
    key = screen.session.keymap.first("plain")
    return f"{key} shows them to select from." if key else ""


def plain(screen: ReaderScreen) -> None:
    """Show the current entry as plain text, which the mouse can select."""
    if screen.location.page == "plain":
        screen.say("This is the plain view.")
        return
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
    if isinstance(item, Source):
        return item.url
    chosen = _chosen_note(screen)
    noted = [volume.sources[note.source].url for note in _notes(screen)] if volume else []
    return noted[chosen - 1] if chosen and noted else next(filter(None, noted), "")


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
    block = page.block(page.index_of(screen.here.block) or 0)
    parts = parts_of(linear(block) if block.written else block)
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
    volume = screen.session.volume(screen.location.briefing)
    if volume is None:
        return []
    cited = cited_here(screen, everything=everything)
    texts = FORMATS["chicago"].write(volume, cited.values())
    numbered = not isinstance(screen.item, Source) and (len(cited) > 1 or everything)
    return [f"{number}. {text}" if numbered else text for number, text in zip(cited, texts, strict=True)]


def cited_here(screen: ReaderScreen, *, everything: bool = False) -> dict[int, Cited]:
    """Return sources by number, of the focused or open footnote, else all.

    A source that several footnotes name stands once, with the pages of all.
    """
    volume, item = screen.session.volume(screen.location.briefing), screen.item
    if isinstance(item, Source):
        return {item.number: Cited(item)}
    notes = _notes(screen, everything=everything)
    chosen = 0 if everything or not notes else _chosen_note(screen)
    cited: dict[int, list[Footnote]] = {}
    for note in [notes[chosen - 1]] if chosen else notes:
        cited.setdefault(note.number, []).append(note)
    return {
        number: Cited(
            volume.sources[same[0].source],
            ", ".join(dict.fromkeys(note.page for note in same if note.page)),
            all(note.direct for note in same),
        )
        for number, same in cited.items()
        if volume
    }


def _notes(screen: ReaderScreen, *, everything: bool = False) -> tuple[Footnote, ...]:
    """Return the footnotes of the current cell, entry or entity.

    Args:
        screen: the screen.
        everything: whether all of the entry is meant, and no cell of it.
    """
    volume, item = screen.session.volume(screen.location.briefing), screen.item
    if screen.view.holder and not everything:
        return screen.view.holder.notes
    return footnotes_of(volume, item) if volume and isinstance(item, Entry | Entity) else ()


def _chosen_note(screen: ReaderScreen) -> int:
    """Return the number of the open or focused footnote, or 0."""
    link, item = screen.view.link, screen.item
    if isinstance(item, Entry) and item.judgment and not screen.view.holder:  # its reasons are open, and no footnote
        return 0
    return screen.notes.opened or (int(link.target[5:]) if link and link.target.startswith("note:") else 0)


def _open_note(screen: ReaderScreen) -> str:
    """Return the open footnote's quotation and citation, on one line if any."""
    notes, chosen = _notes(screen), _chosen_note(screen) if screen.notes.opened else 0
    if not chosen or not notes:
        return ""
    note, (cited,) = notes[chosen - 1], citations(screen)
    return f"{quoted(note.quote)} {cited}" if note.quote else cited
