"""The masthead of a briefing or of the library."""

from typing import NamedTuple

from tui.briefing.kinds import PANES
from tui.library.catalogue import Catalogue
from tui.library.volume import Volume
from tui.render.dates import short
from tui.render.library import publication_words
from tui.render.overview import pane_count
from tui.render.words import count
from tui.session.keymap import Keymap
from tui.session.session import Session
from tui.state.records import Location


class Tab(NamedTuple):
    """A pane in the masthead."""

    key: str
    title: str
    short: str
    number: int
    """The number of entries; 0 is not shown."""
    pane: str

    def named(self, name: str) -> str:
        """Return a name with the tab's key, if any."""
        return f"{self.key} {name}".lstrip()


def masthead_of(
    session: Session, volume: Volume | None, location: Location, page: str
) -> tuple[str, str, tuple[str, ...], tuple[Tab, ...], str]:
    """Return title, page, facts, tabs and open pane for a location.

    Args:
        session: knows the panes.
        volume: the open briefing; None in the library.
        location: the reader's location.
        page: the title of the page there. It is left out on a pane, since the tabs show that title.
    """
    pane = session.home_pane(location)
    facts = facts_of(session, volume, location)
    if volume is None:
        return "Library" if location.page == "library" else page, "", facts, (), pane
    crumb = "" if pane == location.page in PANES else page
    return volume.edition.title, crumb, facts, tabs_of(volume, session.keymap, pane), pane


def tabs_of(volume: Volume, keymap: Keymap, open_pane: str = "") -> tuple[Tab, ...]:
    """Return the tabs of a briefing's panes with their keys.

    The entities are no pane, and have a tab only while they are open.
    """
    tabs = tuple(
        Tab(
            keymap.first(f"pane-{key}"),
            pane.title,
            pane.short,
            pane_count(volume, pane.name),
            pane.name,
        )
        for key, pane in enumerate(PANES.values())
    )
    if open_pane == "entities":
        entities = Tab(keymap.first("entities"), "Entities", "Entities", len(volume.edition.entities), "entities")
        return (*tabs, entities)
    return tabs


def facts_of(session: Session, volume: Volume | None, location: Location) -> tuple[str, ...]:
    """Return a few facts for the reader: a date and some counts."""
    if volume is None:
        return (_number(session.catalogue),) if location.page == "library" else ()
    facts = [f"as of {short(volume.edition.as_of)}", count(len(volume.edition.sources), "source")]
    if volume.edition.information_cutoff:
        facts.insert(1, f"information to {short(volume.edition.information_cutoff)}")
    if volume.links.at_odds:
        facts.append(count(len(volume.links.at_odds), "conflict"))
    if volume.links.of_no_kind:
        facts.append(f"{len(volume.links.of_no_kind):,} of a kind not given")
    # Strangers see nothing that is not for them, and need not know for how long.
    marks = publication_words(volume.edition.publication) if session.catalogue.tells_folders else ()
    return (*marks, *facts)


def _number(catalogue: Catalogue) -> str:
    """Count the briefings, so far where more are still read."""
    return f"{count(catalogue.count(), 'briefing')}{' so far' if catalogue.is_growing else ''}"
