"""Quotes in their texts: found byte for byte, or not at all."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing import anchors
from tui.briefing.anchors import Anchor, Paragraph, anchor, context, find, paragraph_of, paragraphs, selector

TEXT = "Title\n\nOne swan 🦢 and a goose.\nStill the first.\n\n  Two swans.  \n\nA goose, a goose."
PARTS = paragraphs(TEXT, "Title")


class TestParagraphs:
    def test_blank_lines_part_them_and_the_title_is_0(self) -> None:
        assert [(part.number, TEXT[part.start : part.end]) for part in PARTS] == [
            (0, "Title"),
            (1, "One swan 🦢 and a goose.\nStill the first."),
            (2, "Two swans."),
            (3, "A goose, a goose."),
        ]

    def test_without_a_title_the_first_is_1(self) -> None:
        assert [part.number for part in paragraphs(TEXT)] == [1, 2, 3, 4]
        assert [part.number for part in paragraphs(TEXT, "Another")] == [1, 2, 3, 4]

    def test_without_blank_lines_each_line_is_one(self) -> None:
        assert paragraphs("One\nTwo\n Three\n") == (Paragraph(1, 0, 3), Paragraph(2, 4, 7), Paragraph(3, 9, 14))

    def test_blank_lines_at_the_ends_part_nothing(self) -> None:
        assert [part.number for part in paragraphs("\n\nOne\nTwo\n\n")] == [1, 2]

    @pytest.mark.parametrize("blank", ["\n\n", "\n \t\n", "\n\n\n\n", "\r\n\r\n"])
    def test_blank_lines_may_hold_blanks(self, blank: str) -> None:
        text = f"One\nand on{blank}Two"

        assert [text[part.start : part.end] for part in paragraphs(text)] == ["One\nand on", "Two"]

    def test_nothing_has_none(self) -> None:
        assert paragraphs("") == ()
        assert paragraphs(" \n\n ") == ()

    def test_a_title_is_only_the_first(self) -> None:
        assert [part.number for part in paragraphs("One\n\nTitle", "Title")] == [1, 2]

    def test_an_offset_between_two_is_in_none(self) -> None:
        assert paragraph_of(PARTS, 0) == 0
        assert paragraph_of(PARTS, TEXT.index("Two")) == 2
        assert paragraph_of(PARTS, TEXT.index("Two") - 1) == -1
        assert paragraph_of(PARTS, len(TEXT)) == -1


class TestFind:
    def test_every_place_is_found(self) -> None:
        assert find("a goose, a goose", "goose") == (2, 11)

    def test_places_may_overlap(self) -> None:
        assert find("aaa", "aa") == (0, 1)

    def test_a_prefix_tells_them_apart(self) -> None:
        assert find("A goose, a goose.", "goose", prefix="a") == (11,)
        assert find("A goose, a goose.", "goose", prefix="A ") == (2,)

    def test_a_suffix_tells_them_apart(self) -> None:
        assert find("A goose, a goose.", "goose", suffix=".") == (11,)
        assert find("A goose , a goose.", "goose", suffix=",") == (2,)

    def test_blanks_between_do_not_matter(self) -> None:
        assert find("one\n\n  two \n three", "two", prefix="one ", suffix=" three") == (7,)

    def test_a_prefix_that_is_not_there(self) -> None:
        assert find("two", "two", prefix="one") == ()
        assert find("two", "two", suffix="three") == ()

    def test_case_and_likeness_do_not_count(self) -> None:
        assert find("Seven swans", "seven swans") == ()
        assert find("Seven  swans", "Seven swans") == ()
        assert find("café", "cafe\u0301") == ()

    def test_one_letter_in_a_long_text_takes_no_minutes(self) -> None:
        """Looking at the words around each place does not copy the text."""
        text = "e " * 200_000

        assert len(find(text, "e", prefix="e", suffix="e")) == 199_998


class TestAnchor:
    def test_exact(self) -> None:
        start = TEXT.index("Two swans")

        assert anchor(TEXT, PARTS, "Two swans") == Anchor("exact", start, start + 9, 2, 1)

    def test_offsets_count_code_points(self) -> None:
        """A swan is one of them, whatever it takes in bytes or UTF-16."""
        found = anchor(TEXT, PARTS, "🦢 and")

        assert TEXT[found.start : found.end] == "🦢 and"
        assert found.end - found.start == 5

    def test_exact_where_it_was(self) -> None:
        """Also where the words stand elsewhere too: the lock tells which were meant."""
        text = "A goose, a goose."

        assert anchor(text, paragraphs(text), "goose", locked=(11, 16)) == Anchor("exact", 11, 16, 1, 2)

    def test_moved(self) -> None:
        start = TEXT.index("Two swans")

        assert anchor(TEXT, PARTS, "Two swans", locked=(0, 9)) == Anchor("moved", start, start + 9, 2, 1)

    def test_changed(self) -> None:
        assert anchor(TEXT, PARTS, "Six swans", locked=(0, 9)) == Anchor("changed")

    def test_missing(self) -> None:
        assert anchor(TEXT, PARTS, "Six swans") == Anchor("missing")

    def test_ambiguous(self) -> None:
        assert anchor(TEXT, PARTS, "goose") == Anchor("ambiguous", occurrences=3)
        assert anchor(TEXT, PARTS, "goose", locked=(0, 5)) == Anchor("ambiguous", occurrences=3)

    def test_a_prefix_makes_it_exact(self) -> None:
        assert anchor(TEXT, PARTS, "goose", prefix="and a").state == "exact"
        assert anchor(TEXT, PARTS, "goose", suffix=", a").paragraph == 3

    def test_what_resembles_it_is_never_taken(self) -> None:
        """One letter off is another quote."""
        assert anchor(TEXT, PARTS, "Two swanz").state == "missing"


TEXTS = st.text(st.sampled_from("abc \n🦢é"), min_size=1, max_size=80)


@given(TEXTS, st.data())
def test_a_slice_is_found_where_it_was_taken_from(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]

    places = find(text, quote)

    assert start in places
    assert all(text[place : place + len(quote)] == quote for place in places)
    assert anchor(text, paragraphs(text), quote, locked=(start, end)).start == start


@given(TEXTS, st.data())
def test_a_selector_finds_its_own_place_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    chosen = selector(text, start, end)

    assert text[chosen.start : chosen.end] == chosen.exact
    assert text[max(0, start - 32) : end + 32] == chosen.prefix + chosen.exact + chosen.suffix
    assert start in find(text, chosen.exact, chosen.prefix, chosen.suffix)


@given(st.text(st.sampled_from("ab \n\r\t🦢"), max_size=80))
def test_paragraphs_hold_everything_but_blanks(text: str) -> None:
    parts = paragraphs(text)

    assert "".join(text.split()) == "".join("".join(text[part.start : part.end].split()) for part in parts)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert all(one.end <= other.start for one, other in itertools.pairwise(parts))


def test_states_are_closed() -> None:
    assert anchors.State.__args__ == ("exact", "moved", "changed", "missing", "ambiguous", "not-held")


class TestContext:
    """The fewest words that tell a quote from its likes."""

    def test_a_quote_that_stands_once_needs_none(self) -> None:
        assert ("", "") == context("one two three", 4, 7)

    def test_words_before_tell_it(self) -> None:
        text = "the old mill, the new mill"
        assert ("new", "") == context(text, text.rindex("mill"), len(text))

    def test_as_many_words_as_it_takes(self) -> None:
        text = "by the old mill and in the old mill"
        assert ("in the old", "") == context(text, text.rindex("mill"), len(text))

    def test_words_behind_where_none_stand_before(self) -> None:
        assert ("", "is") == context("mill is mill", 0, 4)

    def test_nothing_tells_one_of_many_from_its_likes(self) -> None:
        text = "mill " * 100
        assert context(text, 250, 254) is None
        assert context("e" * 10_000, 5, 6) is None

    @given(st.text("ab \n", min_size=1, max_size=60), st.data())
    def test_what_is_given_finds_the_one_place(self, text: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        if (given := context(text, start, end)) is not None:
            assert (start,) == find(text, text[start:end], *given)


@pytest.mark.parametrize(
    ("text", "number"),
    [("a\nb", 2), ("\n\na\nb\n\n", 2), ("a\n\nb\nc", 2), ("a\n \t\nb", 2), ("\n\n", 0), ("", 0), ("a\n\n \n", 1)],
)
def test_a_blank_line_parts_paragraphs_only_between_words(text: str, number: int) -> None:
    assert number == len(anchors.paragraphs(text))


def test_the_paragraph_of_an_offset() -> None:
    parts = paragraphs("one\n\ntwo\n\nthree")
    assert [1, 1, -1, -1, 2, -1, 3, -1] == [paragraph_of(parts, offset) for offset in (0, 2, 3, 4, 5, 8, 10, 15)]
