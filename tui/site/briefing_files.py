"""The files of one briefing in a site."""

from collections.abc import Iterator

from tui.library.volume import Volume
from tui.site.addresses import ENTITIES, EVIDENCE, FEED, INDEX, SOURCES
from tui.site.briefing_page import briefing_page
from tui.site.elements import document, xml
from tui.site.entities_page import entities_page
from tui.site.evidence_page import evidence_page
from tui.site.feeds import briefing_feed
from tui.site.metadata import citation_files
from tui.site.notice_pages import moved_page
from tui.site.sources_page import sources_page, text_pages


def briefing_files(volume: Volume, *, is_listed: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a briefing that may be shown."""
    edition = volume.edition
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
