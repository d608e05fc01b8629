"""What a page tells of itself, and how much of a file had text."""

from pathlib import Path

import pytest

from tests.authoring.extraction.pdfs import pdf_of_pages
from tui.authoring.extraction.description import LOOKED_FOR, About, share_of_page, share_of_pages
from tui.authoring.extraction.extract import TakingError, take

PARAGRAPHS = "".join(
    f"<p>There were {n} swans on the pond on Sunday, the keeper of the mill said in a note.</p>" for n in range(9)
)
HEAD = """<meta name="author" content="Ann Lee; Bo Ek"><meta property="og:site_name" content="The Pond">
<meta property="article:published_time" content="2025-04-11T08:00:00Z"><link rel="canonical" href="https://example.org/a">
<title>Swans on the pond</title>"""


def taken_about(tmp_path: Path, page: str) -> About:
    """Take a page, and return what it tells."""
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    return take(file).about


def test_the_particulars_of_a_page(tmp_path: Path) -> None:
    page = f"<!doctype html><html lang='en-GB'><head><meta charset='utf-8'>{HEAD}</head><body><article>{PARAGRAPHS}</article></body></html>"
    about = taken_about(tmp_path, page)
    assert about == About(
        "Swans on the pond",
        ("Ann Lee", "Bo Ek"),
        "The Pond",
        "2025-04-11",
        "https://example.org/a",
        "en-GB",
        LOOKED_FOR,
    )
    assert about.unknown == ()


def test_what_is_not_there_was_looked_for_and_is_unknown(tmp_path: Path) -> None:
    about = taken_about(
        tmp_path,
        f"<!doctype html><html><body><article>{PARAGRAPHS}<p>On 3 May 2011 it rained.</p></article></body></html>",
    )
    assert about.unknown == LOOKED_FOR
    assert about.lang == ""


@pytest.mark.parametrize(
    ("head", "issued"),
    [
        ('<meta name="DC.date" content="2026-02">', "2026-02"),
        ('<meta name="date" content="3 February 2026">', "2026-02-03"),
        ('<meta name="date" content="Feb 3, 2026">', "2026-02-03"),
        ('<meta name="date" content="20260203">', "2026-02-03"),
        ('<meta name="date" content="02/03/2026">', "2026"),
        ('<meta name="date" content="13/02/2026">', "2026-02-13"),
        ('<meta name="date" content="03.02.2026">', "2026-02-03"),
        ('<link rel="canonical" href="https://example.org/2026/02/03/swans.html">', "2026-02-03"),
        ("", ""),
    ],
)
def test_no_more_of_a_date_is_said_than_the_page_has(tmp_path: Path, head: str, issued: str) -> None:
    page = f"<!doctype html><html lang='en'><head><title>Swans</title>{head}</head><body><article>{PARAGRAPHS}</article></body></html>"
    assert taken_about(tmp_path, page).issued == issued


@pytest.mark.parametrize(
    "data",
    [
        '{"headline": "Swans", "url": "https://example.org/b"}',
        '[{"@type": "WebSite", "url": "https://example.org"}, {"headline": "S", "mainEntityOfPage": "https://example.org/b"}]',
        '{"@graph": [{"headline": "Swans", "mainEntityOfPage": {"@id": "https://example.org/b"}}]}',
    ],
)
def test_the_address_stands_in_the_data_of_an_article_too(tmp_path: Path, data: str) -> None:
    page = "<!doctype html><html lang='en'><head>{}</head><body><article>" + PARAGRAPHS + "</article></body></html>"
    script = '<script type="application/ld+json">{}</script>'
    assert taken_about(tmp_path, page.format(script.format(data))).url == "https://example.org/b"
    for broken in (
        data[:-2],
        "[[[",
        "7",
        '{"headline": "Swans", "url": 7}',
        '{"headline": "S", "url": "javascript:x"}',
    ):
        assert "url" in taken_about(tmp_path, page.format(script.format(broken))).unknown


@pytest.mark.parametrize("data", ["{}", "[{}]", '{{"@graph": [{}]}}'])
def test_data_without_their_vocabulary_are_read(tmp_path: Path, data: str) -> None:
    """The author and the publisher of an article, though its data lack @context."""
    article = (
        '{"@type": "NewsArticle", "headline": "Swans", "author": {"@type": "Person", "name": "Ann Lee"},'
        ' "publisher": {"@type": "Organization", "name": "The Weir Post"}}'
    )
    script = f'<script type="application/ld+json">{data.replace("{{", "{").replace("}}", "}").replace("{}", article)}</script>'
    page = f"<!doctype html><html lang='en'><head>{script}</head><body><article>{PARAGRAPHS}</article></body></html>"
    about = taken_about(tmp_path, page)
    assert (about.author, about.publisher) == (("Ann Lee",), "The Weir Post")


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ('<base href="https://example.org/a/">', "https://example.org/news/1"),
        ("", ""),
        ('<base href="/a/">', ""),
    ],
)
def test_a_relative_address_is_resolved_or_left_out(tmp_path: Path, base: str, url: str) -> None:
    head = f'{base}<link rel="canonical" href="/news/1">'
    page = f"<!doctype html><html lang='en'><head>{head}</head><body><article>{PARAGRAPHS}</article></body></html>"
    assert taken_about(tmp_path, page).url == url


def test_what_could_deceive_is_not_taken_over(tmp_path: Path) -> None:
    head = "<title>Swans\u202e on\x07 it</title><link rel='canonical' href='javascript:alert(1)'>"
    about = taken_about(
        tmp_path,
        f"<!doctype html><html lang='!!'><head><meta charset='utf-8'>{head}</head><body><article>{PARAGRAPHS}</article></body></html>",
    )
    assert "\u202e" not in about.title
    assert (about.url, about.lang) == ("", "")


def test_a_plain_text_tells_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Seven swans.", encoding="utf-8")
    assert take(file).about == About()


def test_the_share_of_a_page_that_is_text() -> None:
    assert share_of_page("one two", "one two three four") == ""
    assert (
        share_of_page("one", "one two three four five")
        == "Took 1 of the 5 words on the page; the others seemed to be menus and the like."
    )


def test_the_pages_of_a_pdf_without_text(tmp_path: Path) -> None:
    assert share_of_pages([True, True]) == ""
    assert share_of_pages([True, False]).startswith("Found text on 1 of 2 pages; page 2 may be pictures")
    file = tmp_path / "scan.pdf"
    file.write_bytes(pdf_of_pages([["Seven swans came."], [], ["They left."]]))
    assert take(file).share.startswith("Found text on 2 of 3 pages; page 2 may be")


def test_a_page_without_text_says_how_much_of_it_was_none(tmp_path: Path) -> None:
    file = tmp_path / "app.html"
    file.write_text("<!doctype html><html><body><script>render()</script></body></html>", encoding="utf-8")
    with pytest.raises(TakingError, match=r"none of its 66 bytes are words on the page"):
        take(file)
