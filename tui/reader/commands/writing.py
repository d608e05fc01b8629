"""Writing: the author's editor, drafts, and quotes from source texts. All act outside the reader."""

import shlex
from pathlib import Path

from tui.authoring.errors import AuthoringError
from tui.library.paths import not_yours
from tui.library.records import Source
from tui.reader.clipboard import copy
from tui.reader.commands.advising import advise, app_of, ask_for_briefing
from tui.reader.keyed_screen import lay, lift
from tui.reader.screen import ReaderScreen


def edit(screen: ReaderScreen) -> None:
    """Open `$VISUAL` or `$EDITOR` at the current entry, then reload the file."""
    from tui.reader.handover import run_editor

    path = _file(screen)
    if path is None:
        ask_for_briefing(screen)
        return
    item = screen.item
    if said := run_editor(screen.app, path, item.id if item else ""):
        screen.say(said, warns=True)
    app_of(screen).updates.look_at_files()


def drafts(screen: ReaderScreen) -> None:
    """Open the drafts of the briefing at the current entry."""
    path = _file(screen)
    if path is None:
        ask_for_briefing(screen)
        return
    if said := not_yours(path):
        screen.say(said, warns=True)
        return
    from tui.authoring.settlements import Settling
    from tui.reader.drafts_screen import DraftsScreen

    try:
        settling = Settling(path)
    except AuthoringError as error:
        screen.say(str(error), warns=True)
        return
    if not settling.drafts:
        screen.say("This briefing has no drafts: every entry of it is settled.")
        return

    def done() -> None:
        lift(screen.app, page)
        app_of(screen).updates.watch.is_paused = False
        app_of(screen).updates.look_at_files()

    item = screen.item
    volume = screen.session.volume(screen.location.briefing)
    page = DraftsScreen(settling, volume, screen.theme, screen.typesetter, done=done, name=item.id if item else "")
    app_of(screen).updates.watch.is_paused = True  # each answer would reload all of it
    lay(screen.app, page)


def quote(screen: ReaderScreen) -> None:
    """Pick words of the current source's text, and copy their footnote."""
    from tui.reader.quoting.pick_screen import Passage, PickScreen

    volume, item = screen.session.volume(screen.location.briefing), screen.item
    source = item if isinstance(item, Source) else None
    held = volume.text_of(source) if volume and source else None
    if volume is None or source is None:
        advise(screen, "Go to a source first: a quote is picked from its text ({pane-5}, then {open}).")
        return
    if held is None or not held.text.strip():
        command = f"briefing hold {shlex.quote(str(volume.path))} {volume.carried_by(source).id} FILE"
        screen.say(f"The text of {source.label} is not held here; hold it with: {command}", warns=True)
        return
    carrier = volume.carried_by(source)
    passage = Passage(held.text, carrier.title, carrier.label, source.id, carrier.lang or volume.edition.lang)

    def done(line: str | None) -> None:
        lift(screen.app, picking)
        if line:
            copy(screen.app, screen.say, line, "the footnote", f"It is: {line}")

    start = _offset(screen, passage.text, passage.title)
    picking = PickScreen(passage, screen.theme, screen.typesetter, done, start)
    lay(screen.app, picking)


def _file(screen: ReaderScreen) -> Path | None:
    """Return the open briefing's file, also where the briefing is broken."""
    result = screen.session.shared.open(screen.location.briefing) if screen.location.briefing else None
    if result is None:
        return None
    return result.volume.path if result.volume else Path(next(iter(result.inputs)))


def _offset(screen: ReaderScreen, text: str, title: str) -> int:
    """Return the offset of a source text's current paragraph; elsewhere 0."""
    from tui.briefing.anchors import paragraphs

    if not screen.location.page.startswith("text:"):
        return 0
    here = screen.here.block
    return next((part.start for part in paragraphs(text, title) if str(part.number) == here), 0)
