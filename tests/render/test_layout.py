"""Layout: no line is wider than the terminal, and no word is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.library.records import Footnote
from tui.render.breaking import shortened
from tui.render.entries import note_marks
from tui.render.layout import NARROWEST, lay_out
from tui.render.page import Block, Columns, Para, Span
from tui.render.words import dotted, superscript
from tui.session.search.hints import wrapped

TEXTS = st.text(
    st.sampled_from("ab  -–/,.漢字。かΩ한é\u0301\u00a0\u00ad\u200d\ufe0f🦢❤👩👧🏽🇩🇪क्ष")
    | st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    max_size=90,
)
SPANS = st.lists(TEXTS.map(Span), max_size=3).map(tuple)
DROPPED = " \u00a0·"
"""Blanks, and the dot between facts."""
MARKERS = st.none() | st.text("C1¶•漢2345", min_size=1, max_size=12).map(Span)


def shown(para: Para, width: int) -> list[str]:
    """Lay a paragraph out and give its lines as text."""
    return ["".join(span.text for span in line.spans) for line in lay_out(Block("b", (para,)), width)]


def words(text: str) -> str:
    """Give a text without its blanks and soft hyphens."""
    return "".join(text.replace("\u00ad", "").split(" "))


@settings(max_examples=300)
@given(SPANS, MARKERS, st.integers(0, 12), st.integers(0, 12), st.booleans(), st.integers(NARROWEST, 60))
def test_no_line_is_wider_than_the_width(
    spans: tuple[Span, ...], marker: Span | None, indent: int, hang: int, keep: bool, width: int
) -> None:
    """Whatever the text, its marker and its indent."""
    for line in shown(Para(spans, marker, indent, hang, keep=keep), width):
        assert cell_len(line) <= width


@settings(max_examples=300)
@given(SPANS, st.integers(0, 12), st.integers(NARROWEST, 60))
def test_joining_the_lines_gives_back_the_words(spans: tuple[Span, ...], indent: int, width: int) -> None:
    """In their order, and only blanks and dots between facts are dropped at the breaks."""
    para = Para(spans, indent=indent)

    assert words("".join(shown(para, width))).replace("·", "") == words(para.text).replace("·", "")


@given(
    st.lists(st.text("ab漢", min_size=1, max_size=30), min_size=1, max_size=8),
    st.integers(NARROWEST, 60),
    st.booleans(),
)
def test_no_line_ends_with_the_dot_between_two_facts(facts: list[str], width: int, keep: bool) -> None:
    """However the facts are joined, where lines break and where one is cut."""
    for text in (dotted(facts), " · ".join(facts)):
        lines = shown(Para((Span(text),), keep=keep), width)
        assert not [line for line in lines if line.rstrip(" \u00a0").endswith(("·", "·…"))]
        said = "".join(lines)
        assert keep or all(word in said for word in facts if cell_len(word) <= 6 and len(lines) == 1)
    assert not [row for row in wrapped(" · ".join(facts), width) if row.endswith("·")]


@given(st.text("aé漢字ไท✓👍ｆ ", max_size=30), st.integers(0, 20))
def test_what_is_cut_says_so_in_every_script(text: str, width: int) -> None:
    cut = shortened(text, width)
    assert cell_len(cut) <= width or not width
    assert cut == text if cell_len(text) <= width else cut.endswith("…") or not width


def test_a_plot_is_drawn_for_the_cells_of_the_block_before_the_words_of_its_paragraph() -> None:
    """In a column of two as well, and it is no part of the text."""

    def drawn(whole: int) -> tuple[Span, ...]:
        return (Span("━" * (whole // 4)),)

    block = Block("b", (Para((Span("one"),), plot=drawn), Para((Span("two"),))), columns=Columns((0, 1), 2))
    assert ["━" * 20 + "one" + " " * 18 + "two"] == [
        "".join(span.text for span in line.spans) for line in lay_out(block, 80)
    ]
    assert "one\ntwo" == block.text
    (first,) = lay_out(Block("b", block.paras[:1]), 40)
    assert (0, 3, 10) == (first.start, first.end, first.offset)


def test_a_plot_without_room_is_left_out() -> None:
    assert ["words"] == shown(Para((Span("words"),), plot=lambda _whole: (Span("━" * 30),)), 20)


@given(SPANS, st.integers(NARROWEST, 60))
def test_offsets_lead_back_to_the_text(spans: tuple[Span, ...], width: int) -> None:
    """They go forward, do not overlap, and what lies between is dropped at breaks."""
    para = Para(spans)
    at = 0
    for line in lay_out(Block("b", (para,)), width):
        assert at <= line.start <= line.end
        assert para.text[at : line.start].strip(DROPPED) == ""
        assert "".join(span.text for span in line.spans) == para.text[line.start : line.end].replace("\u00ad", "")
        at = line.end
    assert para.text[at:].strip(DROPPED) == ""


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 8, [""]),
        ("one two", 8, ["one two"]),
        ("one two three", 8, ["one two", "three"]),
        ("one  two   three", 8, ["one  two", "three"]),
        ("   one two", 8, ["one two"]),
        ("one two   ", 8, ["one two"]),
        ("well-known", 8, ["well-", "known"]),
        ("1990–2000s", 8, ["1990–", "2000s"]),
        ("and/or/not", 8, ["and/or/", "not"]),
        ("- - - - - -", 8, ["- - - -", "- -"]),
        ("abcdefghijklmnop", 8, ["abcdefgh", "ijklmnop"]),
        ("x abcdefghijk", 8, ["x", "abcdefgh", "ijk"]),
        ("a\u00a0b c\u00a0d e\u00a0f", 8, ["a\u00a0b c\u00a0d", "e\u00a0f"]),
        ("a\u00a0bcd\u00a0efgh\u00a0ij", 8, ["a\u00a0bcd\u00a0", "efgh\u00a0ij"]),
        ("漢字漢字漢字", 8, ["漢字漢字", "漢字"]),
        ("漢字漢字。字", 8, ["漢字漢", "字。字"]),
        ("ab漢字漢字", 8, ["ab漢字漢", "字"]),
        ("한국어 조선말", 8, ["한국어", "조선말"]),
        ("almost no chance 1–5\u00a0%", 8, ["almost", "no", "chance", "1–5\u00a0%"]),
        ("a chance of 45–55 % or of 5 %", 12, ["a chance of", "45–55 % or", "of 5 %"]),
        ("on 2024-06-01 a well-known KN-23", 14, ["on 2024-06-01", "a well-known", "KN-23"]),
        ("soft\u00adhyphen", 8, ["softhyph", "en"]),
        ("e\u0301" * 9, 8, ["e\u0301" * 8, "e\u0301"]),
        ("❤\ufe0f" * 5, 8, ["❤\ufe0f" * 4, "❤\ufe0f"]),
    ],
)
def test_where_lines_break(text: str, width: int, lines: list[str]) -> None:
    """At blanks, behind hyphens and dashes, between Han characters; else where the width ends."""
    assert shown(Para((Span(text),)), width) == lines


class TestMarkers:
    def test_a_marker_hangs_in_the_indent(self) -> None:
        para = Para((Span("one two three"),), Span("C1"), 5, 5)

        assert shown(para, 13) == ["C1   one two", "     three"]

    def test_without_a_hang_it_stands_close(self) -> None:
        assert shown(Para((Span("one two three"),), Span("•"), 4), 12) == ["  • one two", "    three"]

    def test_a_long_one_pushes_the_first_line(self) -> None:
        assert shown(Para((Span("one two"),), Span("C123456"), 3, 3), 12) == ["C123456 one", "   two"]

    def test_one_that_leaves_no_room_stands_alone(self) -> None:
        assert shown(Para((Span("one two"),), Span("C123456"), 2, 2), 8) == ["C123456", "one two"]
        assert shown(Para((Span("one"),), Span("C1234567890"), 0), 8) == ["C1234567", "one"]

    def test_a_narrow_terminal_takes_the_indent_away(self) -> None:
        assert shown(Para((Span("one two"),), indent=30), 8) == ["one two"]
        assert shown(Para((Span("one two"),), indent=30), 12) == ["    one two"]

    def test_the_offset_is_where_the_text_begins(self) -> None:
        lines = lay_out(Block("b", (Para((Span("one two three"),), Span("C1"), 5, 5),)), 13)

        assert [line.offset for line in lines] == [5, 5]


class TestBlocks:
    def test_empty_lines_stand_between(self) -> None:
        block = Block("b", (Para((Span("one"),)), Para((Span("two"),), space=2)))

        assert [(line.para, "".join(s.text for s in line.spans)) for line in lay_out(block, 20)] == [
            (0, "one"),
            (-1, ""),
            (-1, ""),
            (1, "two"),
        ]
        assert block.text == "one\ntwo"

    def test_a_kept_line_is_cut(self) -> None:
        """With an ellipsis that still fits."""
        assert shown(Para((Span("one two three"),), keep=True), 9) == ["one two…"]
        assert shown(Para((Span("one two"),), keep=True), 9) == ["one two"]

    def test_roles_and_targets_stay_with_their_words(self) -> None:
        para = Para((Span("one two ", "text"), Span("three four", "link", "#x"), Span(" five", "code")))
        lines = lay_out(Block("b", (para,)), 10)

        assert [line.spans for line in lines] == [
            (Span("one two", "text"),),
            (Span("three four", "link", "#x"),),
            (Span("five", "code"),),
        ]


BAR = (Span("███", "bar", whole=""), Span("┄┄", "muted", whole=""))


@given(st.integers(1, 60))
def test_a_bar_behind_words_is_whole_or_away(width: int) -> None:
    """And no sign of a cut stands where only the bar has no room."""
    row = shown(Para((Span("wary  12%  "), *BAR), indent=2, keep=True), width)[-1].strip()
    assert row.endswith("┄┄") or "█" not in row
    assert ("…" in row) == ("12%" not in row) or width < NARROWEST


def test_further_lines_stand_under_the_words() -> None:
    para = Para((Span("C1", "link"), Span("   one two three four five")), Span("⇄"), 4, further=5)
    assert shown(para, 20) == ["  ⇄ C1   one two", "         three four", "         five"]


@pytest.mark.parametrize("width", [20, 38, 46, 76])
def test_no_number_of_a_footnote_is_parted(width: int) -> None:
    """However many stand behind a statement."""
    notes = tuple(Footnote(number, f"s{number}") for number in range(1, 301))
    lines = shown(Para((Span("A claim with all notes."), *note_marks(notes)), indent=4), width)
    assert [mark for line in lines for mark in line.replace("\u00a0", " ").split() if mark[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹"] == [
        superscript(number) for number in range(1, 301)
    ]
