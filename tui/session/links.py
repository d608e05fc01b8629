"""The locations to which links lead."""

from tui.briefing.kinds import PANE_OF
from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.render.pages import LISTS
from tui.session.filters import filtered
from tui.session.session import Session
from tui.state.records import Location


def follow(session: Session, target: str, here: Location, opened: int = 0) -> Location | None:
    """Return the location of a link's target.

    None stands for the current location, and for a target without a page.

    Args:
        session: knows the locations.
        target: the link.
        here: the reader's location.
        opened: the number of the open footnote of the current entry, counted from 1.
    """
    kind, _, name = target.partition(":")
    if target.startswith("#"):
        location = _entry_or_other(session, target[1:], here, opened)
    elif kind == "briefing":
        location = session.front(name)
    elif kind == "mark":
        location = next((mark.location for mark in session.state.marks() if mark.key == name), None)
    elif kind == "page":
        location = _page_named(session, name, here)
    elif kind == "filter":
        location = _narrowed(session, name, here)
    elif kind == "sign":
        location = Location("", target)
    else:
        source, _, paragraph = name.partition("/")
        location = Location(here.briefing, f"text:{source}", paragraph, paragraph) if kind == "text" else None
    return None if location is None or location[:3] == here[:3] else location


def _page_named(session: Session, name: str, here: Location) -> Location | None:
    """Return the location at which a page was last left.

    None stands for the current page, and for a briefing's page outside a briefing.
    """
    owned = name in session.extra_pages or name == "library"
    briefing = "" if owned else here.briefing
    return session.left_in(briefing, name) if (briefing or owned) and (briefing, name) != here[:2] else None


def _narrowed(session: Session, text: str, here: Location) -> Location | None:
    """Return a location's list with a filter, at the same entry. An empty filter shows everything."""
    pane = session.home_pane(here)
    if pane not in LISTS or session.volume(here.briefing) is None:
        return None
    item = session.item(here)
    location = Location(here.briefing, filtered(pane, text), item.id if item else here.block)
    session.lists.renew(location)
    return location


def _entry_or_other(session: Session, name: str, here: Location, opened: int) -> Location | None:
    volume = session.volume(here.briefing)
    if volume is None or leads_to_itself(f"#{name}", here.page):
        return None
    if entry := volume.entries.get(name):
        pane = PANE_OF[entry.table]
        within = (here.kind, here.block) == (pane, name)
        return Location(here.briefing, f"entry:{name}", name) if within else Location(here.briefing, pane, name)
    if name in volume.sources:
        use = _use(volume, volume.sources[name], session.item(here), opened or note_of(here.block))
        return Location(here.briefing, f"source:{name}", use or name)
    if name in volume.entities:
        return Location(here.briefing, f"entity:{name}", name)
    return None


def note_of(block: str) -> int:
    """Return the footnote's number of a block; 0 for another block."""
    kind, _, number = block.partition(":")
    return int(number) if kind == "note" and number.isdecimal() else 0


def _use(volume: Volume, source: Source, holder: Entry | Source | Entity | None, opened: int) -> str:
    """Return the block for the current item's use of a source.

    Empty stands for an item that does not use the source.
    """
    if not isinstance(holder, Entry | Entity):
        return ""
    note = holder.notes[opened - 1] if 0 < opened <= len(holder.notes) else None
    uses = [(index, used) for index, (user, used) in enumerate(volume.links.citing(source)) if user.id == holder.id]
    uses.sort(key=lambda use: use[1] != note)
    return f"use:{uses[0][0]}" if uses else ""


def lies_over(session: Session, location: Location) -> bool:
    """Whether a page lies over another one, as the help does."""
    return not location.briefing and (location.page in session.extra_pages or location.page.startswith("sign:"))


def leads(session: Session, target: str, here: Location, opened: int = 0) -> bool:
    """Whether following a link changes anything; the arguments are those of `follow`."""
    kind, _, name = target.partition(":")
    if kind == "note":
        return here.block != target if here.page.startswith("entry:") else name != str(opened)
    return (
        kind in {"command", "beneath", "filter", "http", "https"} or follow(session, target, here, opened) is not None
    )


def leads_to_itself(target: str, page: str) -> bool:
    """Whether a link leads to the subject of its own page.

    The subject is an entry, a source or an entity.
    """
    kind, _, name = page.partition(":")
    return kind in {"entry", "source", "entity"} and target == f"#{name}"
