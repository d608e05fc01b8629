"""The export of a library to a site."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tui.briefing.problems import Problem
from tui.briefing.publication import Showing
from tui.library.catalogue import Catalogue
from tui.library.paths import package_folder
from tui.library.summaries import Summary
from tui.library.volume import Volume
from tui.site import frame
from tui.site.addresses import ENTITIES, EVIDENCE, FEED, INDEX, SOURCES
from tui.site.briefing_page import briefing_page
from tui.site.elements import document, xml
from tui.site.entities_page import entities_page
from tui.site.evidence_page import evidence_page
from tui.site.feeds import briefing_feed, library_feed
from tui.site.library_page import Listed, library_page
from tui.site.metadata import citation_files
from tui.site.notice_pages import moved_page, withdrawn_page
from tui.site.showing import Shown, remarks, shown
from tui.site.sources_page import sources_page, text_pages
from tui.site.writing import Changes, Site

_ASSETS: Final = (frame.STYLE, frame.SCRIPT)


class Exported(NamedTuple):
    """The result of an export."""

    changes: Changes
    briefings: int
    remarks: tuple[str, ...]
    """Lines about briefings that were left out, or that the clock will change."""
    problems: tuple[Problem, ...]
    """The problems of briefings that were left out, or exported as they were before."""


def export(catalogue: Catalogue, folder: Path, named: Sequence[str], now: dt.datetime) -> Exported:
    """Write the site of a library or of some briefings.

    Raises:
        NotOursError: the folder is not ours to write.
    """
    site = Site(folder)
    rows = [row for row in catalogue.all_rows() if not named or catalogue.find(row.id) == row.path]
    wanted = {catalogue.find(name) for name in named}
    rows = [row for row in rows if not named or row.path in wanted]
    each: list[Shown] = []
    listed: list[Listed] = []
    problems: list[Problem] = []
    site.write(assets())
    for row in rows:
        result = catalogue.open(row.path)
        problems += result.problems
        if result.volume is None or (not named and catalogue.find(result.volume.edition.id) != row.path):
            continue
        one = shown(result.volume.edition, named, now)
        each.append(one)
        site.write(briefing_files(result.volume, one.showing))
        if one.showing.is_listed:
            listed.append(Listed(row, one.edition.lang))
    site.write(library_files(listed))
    count = sum(one.showing.opens for one in each)
    return Exported(site.finish(), count, tuple(remarks(each, now)), tuple(problems))


def assets() -> Iterator[tuple[str, bytes]]:
    """Yield the style and the script of every page."""
    for name in _ASSETS:
        yield name, (package_folder() / "site" / "assets" / name).read_bytes()


def library_files(listed: Sequence[Listed]) -> Iterator[tuple[str, bytes]]:
    """Yield the files about the whole library."""
    rows: list[Summary] = [one.row for one in listed]
    yield INDEX, document(library_page(listed))
    yield FEED, xml(library_feed(rows))


def briefing_files(volume: Volume, showing: Showing) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a briefing that may be shown."""
    edition, is_listed = volume.edition, showing.is_listed
    if showing is Showing.NOTICE:
        yield f"{edition.id}/{INDEX}", document(withdrawn_page(edition.id))
    if not showing.opens:
        return
    pages = [(INDEX, briefing_page), (EVIDENCE, evidence_page)]
    pages += [(SOURCES, sources_page)] * bool(edition.sources) + [(ENTITIES, entities_page)] * bool(edition.entities)
    for name, page in pages:
        yield f"{edition.id}/{name}", document(page(volume, is_listed=is_listed))
    for path, text in text_pages(volume, is_listed=is_listed):
        yield f"{edition.id}/{path}", document(text)
    for path, data in citation_files(volume).items():
        yield f"{edition.id}/{path}", data
    if is_listed:
        yield f"{edition.id}/{FEED}", xml(briefing_feed(volume))
    for old in edition.was:
        yield f"{old}/{INDEX}", document(moved_page(edition.id, edition.title, edition.lang))
