"""Hostile titles and texts never leave their element."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from tests.site.bars import too_wide
from tests.site.browser import opened
from tui.library.records import Edition, Entry
from tui.library.volume import Volume
from tui.site.briefing_page import briefing_page
from tui.site.elements import Element, document, xml
from tui.site.entities_page import entities_page
from tui.site.evidence_page import evidence_page
from tui.site.export import assets
from tui.site.feeds import briefing_feed
from tui.site.search_index import bucket_files, call, documents
from tui.site.sources_page import sources_page

PAYLOADS: Final = (
    "<script>window.hit=1</script>", "</script><script>window.hit=1</script>", "<img src=x onerror=window.hit=1>",
    '"><img src=x onerror=window.hit=1>', "' onmouseover='window.hit=1", "</title><script>window.hit=1</script>",
    "</h1></main></body><script>window.hit=1</script>", "<!-- ", "--><script>window.hit=1</script>", "<![CDATA[<b>]]>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;", "&#60;script>window.hit=1&#60;/script>", "javascript:window.hit=1",
    "<svg onload=window.hit=1>", "<math><mtext></mtext><script>window.hit=1</script></math>", "<iframe src=//example.org>",
    "<style>body{display:none}</style>", "<base href=//example.org>", "<meta http-equiv=refresh content=0;url=//example.org>",
    "\u202egnp.exe", "\u2066\u2069\u200f", "a\x00b\x08c\x1b[31m", '<a href="java\tscript:window.hit=1">', "<textarea>",
    '<noscript><p title="</noscript><img src=x onerror=window.hit=1>">', "<xmp><plaintext>", "{{7+7}}${7+7}",
    "\ufeff\ufffe\uffff", "<template><script>window.hit=1</script></template>", "]]></summary><script>window.hit=1</script>",
)  # fmt: skip
PLAIN: Final = "harmless words"


def _entries(edition: Edition, text: str, *fields: str) -> Edition:
    return edition._replace(entries=tuple(one._replace(**dict.fromkeys(fields, text)) for one in edition.entries))  # type: ignore[arg-type]  # all of them are texts


def _quotes(edition: Edition, text: str) -> Edition:
    def told(entry: Entry) -> Entry:
        return entry._replace(notes=tuple(note._replace(quote=note.quote and text) for note in entry.notes))

    return edition._replace(entries=tuple(map(told, edition.entries)))


def _sources(edition: Edition, text: str) -> Edition:
    told = (one._replace(title=text, label=text, publisher=text, url=text) for one in edition.sources)
    return edition._replace(sources=tuple(told))


def _entities(edition: Edition, text: str) -> Edition:
    return edition._replace(entities=tuple(one._replace(name=text, aka=(text,), role=text) for one in edition.entities))


FIELDS: Final[dict[str, Callable[[Edition, str], Edition]]] = {
    "title": lambda edition, text: edition._replace(title=text),
    "bluf": lambda edition, text: edition._replace(bluf=text),
    "author": lambda edition, text: edition._replace(authors=(text,)),
    "text": lambda edition, text: _entries(edition, text, "text"),
    "heading": lambda edition, text: _entries(edition, text, "title", "short"),
    "quote": _quotes,
    "remark": lambda edition, text: _entries(edition, text, "note")._replace(note=text),
    "source": _sources,
    "entity": _entities,
    "stance": lambda edition, text: _entries(edition, text, "stance", "hedge"),
}
"""The sorts of fields, each with a function that puts a text there, past all that the loader refuses."""


def with_text(edition: Edition, field: str, text: str) -> Edition:
    """Return an edition with a text in one sort of field."""
    return FIELDS[field](edition, text)


def pages(volume: Volume) -> Iterator[Element]:
    """Yield the pages of a briefing."""
    for page in (briefing_page, sources_page, entities_page, evidence_page):
        yield page(volume)


class Skeleton(HTMLParser):
    """The elements and the names of attributes of a page, and nothing of its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("/", tag))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment",))


def skeletons(edition: Edition) -> list[list[tuple[str, ...]]]:
    volume = Volume(edition, Path("hostile.toml"))
    return [Skeleton(document(page).decode()).found for page in pages(volume)]


def with_all(edition: Edition, turn: int) -> Edition:
    """Return an edition with another text in each sort of field."""
    for place, field in enumerate(FIELDS):
        edition = with_text(edition, field, PAYLOADS[(place + turn) % len(PAYLOADS)])
    return edition


@pytest.fixture(scope="module")
def plain(sample: Volume) -> list[list[tuple[str, ...]]]:
    """Give the elements of the pages with harmless texts."""
    edition = sample.edition
    for field in FIELDS:
        edition = with_text(edition, field, PLAIN)
    return skeletons(edition)


@pytest.mark.parametrize("turn", range(len(PAYLOADS)))
def test_three_hundred_texts_change_no_element(turn: int, sample: Volume, plain: list[list[tuple[str, ...]]]) -> None:
    assert len(PAYLOADS) * len(FIELDS) == 300
    assert plain == skeletons(with_all(sample.edition, turn))


def test_nothing_runs_in_a_browser(browser: Browser, tmp_path: Path, sample: Volume) -> None:
    requests: list[str] = []
    for place in range(len(PAYLOADS)):
        volume = Volume(with_all(sample.edition, place), Path("hostile.toml"))
        (tmp_path / f"{place}.html").write_bytes(document(briefing_page(volume)))
    with opened(browser, tmp_path / "0.html") as page:
        page.on("request", lambda request: requests.append(request.url))
        page.on("dialog", lambda dialog: requests.append(dialog.message))
        for place in range(len(PAYLOADS)):
            page.goto((tmp_path / f"{place}.html").as_uri())
            assert page.evaluate("typeof window.hit") == "undefined"
            assert page.evaluate("document.querySelectorAll('script').length") == 1
    asked = {url for url in requests if not url.endswith((".html", "site.css", "site.js"))}
    assert set() == asked


@pytest.mark.parametrize("text", ["\u0628\u064a\u0627\u0646 " * 9, "\u0628\u064a\u0627\u0646 " + "W" * 400])
def test_long_words_and_words_from_the_right_fit_a_phone(
    browser: Browser, tmp_path: Path, sample: Volume, text: str
) -> None:
    edition = sample.edition
    for field in FIELDS:
        edition = with_text(edition, field, text)
    (tmp_path / "evil").mkdir()
    for name, data in assets():
        (tmp_path / name).write_bytes(data)
    files = [tmp_path / f"evil/{number}.html" for number in range(4)]
    for file, page in zip(files, pages(Volume(edition, Path("hostile.toml"))), strict=True):
        file.write_bytes(document(page))
    assert [] == too_wide(browser, files)


@pytest.mark.parametrize("turn", range(0, len(PAYLOADS), 3))
def test_feeds_and_the_index_hold_them_too(turn: int, sample: Volume) -> None:
    volume = Volume(with_all(sample.edition, turn), Path("hostile.toml"))
    feed = ET.fromstring(xml(briefing_feed(volume)))  # noqa: S314 (it was written here)
    assert 6 + len(volume.edition.authors) <= len(feed)
    for _, data in bucket_files(0, [*documents(volume)], ["en"]):
        text = data.decode()
        assert "</" not in text
        assert text.startswith("briefingPart(")
        assert 1 == text.count("\n")


def test_a_call_has_values_alone() -> None:
    assert b'f("\\u2028<\\/script>",[1]);\n' == call("f", "\u2028</script>", [1])
