"""Pages as Markdown: nothing in a text is taken for markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.characters import FORBIDDEN
from tui.briefing.kinds import PANES
from tui.library.volume import Volume
from tui.render.formats.markdown import blocks_markdown, page_markdown
from tui.render.page import Block, Page, Para, Role, Span, fixed
from tui.render.pages import page_of


def written(*spans: Span, marker: Span | None = None) -> str:
    """Write a paragraph as Markdown."""
    first, behind = blocks_markdown([Block("b", (Para(spans, marker),))])
    assert behind == ""
    return first


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain words", "plain words"),
        ("*not* emphasis", r"\*not\* emphasis"),
        ("snake_case [link](x) `code`", r"snake\_case \[link\](x) \`code\`"),
        ("<b> & &amp; # | \\ ~~x~~", r"\<b\> \& \&amp; \# \| \\ \~\~x\~\~"),
        ("- no item", r"\- no item"),
        ("+ no item", r"\+ no item"),
        ("--- no rule", r"\--- no rule"),
        ("=== no heading", r"\=== no heading"),
        ("1. no item", r"1\. no item"),
        ("12) no item", r"12\) no item"),
        ("1990 was a year", "1990 was a year"),
        ("a\u00a0b", "a b"),
        ("bell\x07 and \u202eback", "bell and back"),
    ],
)
def test_text_is_escaped(text: str, markdown: str) -> None:
    assert written(Span(text)) == markdown


@pytest.mark.parametrize(
    ("role", "markdown"),
    [
        ("strong", "**wo\\_rds**"),
        ("heading", "**wo\\_rds**"),
        ("emphasis", "*wo\\_rds*"),
        ("quote", "*wo\\_rds*"),
        ("code", "`wo_rds`"),
        ("meta", "wo\\_rds"),
    ],
)
def test_roles_have_their_marks(role: Role, markdown: str) -> None:
    assert written(Span("wo_rds", role)) == markdown


def test_marks_stand_close_to_their_words() -> None:
    """Blanks go outside, since Markdown knows no emphasis that begins with one."""
    assert written(Span("a"), Span(" b ", "strong"), Span("c"), Span("  ", "emphasis")) == "a **b** c  "


def test_an_address_is_a_link() -> None:
    assert written(Span("https://example.org/a_b", "link", "https://example.org/a_b")) == "<https://example.org/a_b>"


def test_a_link_within_the_briefing_is_its_words() -> None:
    assert written(Span("C1", "link", "#seven")) == "C1"


@pytest.mark.parametrize(
    ("marker", "markdown"),
    [
        ("◦", "- words"),
        (" ", "- words"),
        ("→", "- → words"),
        ("⇄", "- ⇄ words"),
        ("C1", "**C1** words"),
        ("2.", "**2.** words"),
    ],
)
def test_markers(marker: str, markdown: str) -> None:
    assert written(Span("words"), marker=Span(marker)) == markdown


def test_a_page_has_its_title_on_top() -> None:
    page = fixed("A *title*", [Block("b", (Para((Span("words"),)),))])

    assert list(page_markdown(page)) == [r"# A \*title\*", "", "words", ""]


def test_the_numbers_of_footnotes_stay(sample: Volume) -> None:
    """Behind the statement, and before each footnote where an entry is written in full."""
    page = page_of(sample, "entry:seven")
    assert page is not None
    lines = list(page_markdown(page))

    assert "**C1** The book has seven swans. ¹ ⁵" in lines
    assert "**3 footnotes**" in lines
    assert sum(bool(re.match(r"\*\*[15]\*\* ", line)) for line in lines) == 3


@pytest.mark.parametrize("name", [*PANES, "entities"])
def test_every_pane_can_be_written(volume: Volume, name: str) -> None:
    page = page_of(volume, name)
    assert isinstance(page, Page)

    for line in page_markdown(page):
        assert "\n" not in line
        assert FORBIDDEN.search(line) is None


@given(st.text(max_size=40))
def test_nothing_special_stays_unescaped(text: str) -> None:
    plain = re.sub(r"\\[\\`*_\[\]<>#|&~]", "", written(Span(text)))

    assert re.search(r"[`*_\[\]<>#|&~]", plain) is None
