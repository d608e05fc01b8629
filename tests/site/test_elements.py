"""Nothing unescaped can be written."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.characters import cleaned
from tui.site.elements import document, element, is_address, xml, xml_element


class Reader(HTMLParser):
    """Reads back what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str | None] = []
        self.data = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += [value for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.data += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


@given(st.text(), st.text())
def test_any_text_stays_in_its_element(text: str, title: str) -> None:
    reader = read(element("p", {"title": f"{title}."}, text).markup)
    assert ["p"] == reader.tags
    assert [f"{cleaned(title.replace(chr(9), ' '))}."] == reader.values
    assert cleaned(text.replace("\t", " ")) == reader.data


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("p", {"onclick": "run()"}),
        ("p", {"style": "color: red"}),
        ("p", {"class><script": ""}),
        ("iframe", {"src": "https://example.org"}),
        ("style", {}),
        ("p><script", {}),
        ("a", {"href": "javascript:run()"}),
        ("a", {"href": "JaVaScRiPt:run()"}),
        ("a", {"href": "data:text/html,x"}),
        ("a", {"href": "//example.org"}),
        ("a", {"href": "https://example.org\u202e"}),
    ],
)
def test_what_could_run_or_lead_astray_is_refused(name: str, attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no"):
        element(name, attributes)


def test_a_script_has_no_text() -> None:
    with pytest.raises(ValueError, match="no text"):
        element("script", {"src": "site.js"}, "run()")


@pytest.mark.parametrize("address", ["index.html#seven", "#seven:1", "../site.css", "https://example.org/?a=b:c"])
def test_addresses_of_the_site_and_the_web(address: str) -> None:
    assert is_address(address)


def test_pages_and_documents_of_xml() -> None:
    page = element("p", {"dir": "auto"}, "one", None, element("br"), element("em", {}, "two & “three”"))
    assert '<!DOCTYPE html>\n<p dir="auto">one<br><em>two &amp; “three”</em></p>\n' == document(page).decode()
    assert xml(xml_element("link", {"href": ""}, "a")).decode().endswith('\n<link href="">a</link>\n')
