"""The text of pages that is known before: words, figures and order are those of the page, and nothing round it."""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.authoring.extraction.pages import FRAMES, ROUND, Page, pages
from tui.authoring.extraction import worker
from tui.authoring.extraction.reflow import tidied

PAGES: Final = tuple(pages())


def words_of(text: str) -> list[str]:
    """Return the words, figures and signs of a text in their order."""
    return re.findall(r"[^\W_]+|[^\w\s]", text)


def taken(page: bytes) -> str:
    """Return the text that is taken from a page, without a process of its own."""
    text, _ = worker.TAKERS["text/html"](page)
    return tidied(text)[0]


def test_there_are_pages_enough_of_every_make() -> None:
    assert len({page.data for page in PAGES}) == len(PAGES) >= 30
    assert set(FRAMES) == {page.name.rpartition("-in-")[2] for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_text_is_that_of_the_page(page: Page) -> None:
    text = taken(page.data)
    assert ROUND not in text
    assert words_of(page.text) == words_of(text)
    assert [" ".join(part.split()) for part in page.text.split("\n\n")] == [
        " ".join(part.split()) for part in text.split("\n\n")
    ]


def _paragraph(words: str) -> str:
    return f"<p>{words} and so on, for as long as a paragraph of a page goes on before it comes to its end.</p>"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("11<sup>3</sup> swans", "11³ swans"),
        ("11<sup><a href='#n'>3</a></sup> swans", "11[3] swans"),
        ("11<a href='#n'>3</a> swans", "11[3] swans"),
        ("11<a href='#n'><sup>3</sup></a> swans", "11[3] swans"),
        ("11<sup>1,2</sup> swans", "11[1,2] swans"),
        ("the 3<sup>rd</sup> swan", "the 3rd swan"),
        ("M<sup>me</sup> Cygne", "Mme Cygne"),
        ("10<sup>n</sup> swans", "10ⁿ swans"),
        ("log<sub>2</sub>8", "log₂8"),
        ("H<sub>2</sub>O", "H2O"),
        ("see <a href='#n'>3</a> swans", "see 3 swans"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"),
        ("a<!-- comment -->b<wbr>c", "abc"),
    ],
)
def test_what_stands_above_or_below_the_line_is_parted(html: str, said: str) -> None:
    assert said in taken(f"<html><body><main>{_paragraph(html)}</main></body></html>".encode())


def _deep(number: int) -> Iterator[bytes]:
    for name in ("div", "sup", "table", "ol", "q"):
        yield f"<html><body><p>words</p>{f'<{name}>' * number}seven swans</body></html>".encode()


@pytest.mark.parametrize("page", list(_deep(400)), ids=["div", "sup", "table", "ol", "q"])
def test_a_deep_page_is_read(page: bytes) -> None:
    assert "swans" in taken(page)


def test_a_page_is_read_in_a_time_that_grows_with_it() -> None:
    """A list of 20,000 items, each numbered, takes no square of the time."""
    items = "".join(f"<li>item {number}</li>" for number in range(20_000))
    text = taken(f"<html><body><main><ol>{items}</ol></main></body></html>".encode())
    assert "20000. item 19999" in text
