"""Quotes in their texts: found as a person reads them, or not at all."""

import itertools
from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing import anchors
from tui.briefing.anchors import Anchor, Paragraph, alike, around, crosses, paragraph_of, paragraphs
from tui.briefing.canonical import Canonical, canonical

TEXT = "Title\n\nOne swan 🦢 and a goose.\nStill the first.\n\n  Two swans.  \n\nA goose, a goose."
PARTS = paragraphs(TEXT, "Title")


def find(text: str, quote: str, prefix: str = "", suffix: str = "") -> tuple[int, ...]:
    """Return where a quote begins."""
    return tuple(start for start, _ in anchors.find(Canonical(text), quote, prefix, suffix))


def anchor(
    text: str,
    parts: Sequence[Paragraph],
    quote: str,
    *,
    prefix: str = "",
    suffix: str = "",
    locked: tuple[int, int] | None = None,
) -> Anchor:
    """Look for a quote in a text."""
    read = Canonical(text)
    return anchors.anchor(read, parts, quote, anchors.find(read, quote, prefix, suffix), locked)


def context(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Return what tells a stretch from its likes."""
    return anchors.context(Canonical(text), start, end)


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

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("Seven swans", "seven swans"),
            ("it’s", "it's"),
            ("a – b", "a - b"),
            ("one, two", "one two"),
            ("cafe", "café"),
            ("cafe\u0301", "cafe"),
            ("seven swans", "sevenswans"),
            ("ﬁve", "five"),
        ],
    )
    def test_letters_digits_and_punctuation_count(self, text: str, quote: str) -> None:
        assert find(text, quote) == ()

    @pytest.mark.parametrize(
        ("text", "quote", "span"),
        [
            ("had no plans for an\nemergency meeting", "plans for an emergency", (7, 29)),
            ("risen 5\u00a0% to 1\u202f234 euros", "5 % to 1 234", (6, 18)),
            ("It co\u00adoperates well", "cooperates", (3, 14)),
            ("at Cafe\u0301 Point", "Café Point", (3, 14)),
            ("at Café Point", "Cafe\u0301", (3, 7)),
            ("one two", "one\n\ttwo", (0, 7)),
            ("one\u00ad \u00ad\ntwo", "one two", (0, 10)),
        ],
    )
    def test_white_space_soft_hyphens_and_composition_do_not(
        self, text: str, quote: str, span: tuple[int, int]
    ) -> None:
        assert anchors.find(Canonical(text), quote) == (span,)

    def test_prefix_and_suffix_are_compared_alike(self) -> None:
        text = "by the\nold mill, by the\u00a0new\n\nmill, so"

        assert find(text, "mill", prefix="the new") == (text.rindex("mill"),)
        assert find(text, "mill", suffix=", by the new mill") == (text.index("mill"),)


class TestAlike:
    def test_the_text_s_own_signs_are_given(self) -> None:
        text = "She said: “It’s 1990–95”, he said."
        (found,) = alike(Canonical(text), "It's 1990-95", prefix='said: "', suffix='", he')

        assert text[slice(*found.span)] == found.quote == "It’s 1990–95"
        assert (found.prefix, found.suffix) == ("said: “", "”, he")

    def test_what_differs_in_more_is_not_given(self) -> None:
        assert alike(Canonical("It’s so"), "Its so") == ()
        assert alike(Canonical("It’s so"), "it's so") == ()


class TestParagraphEnds:
    def test_a_wrapped_line_is_no_paragraph_end(self) -> None:
        text = "It had no plans for an\nemergency meeting.\nIt rained."
        parts = paragraphs(text)

        assert not crosses(text, parts, text.index("plans"), text.index("meeting"))
        assert crosses(text, parts, text.index("meeting"), text.index("rained"))
        assert around(parts, text.index("plans"), text.index("meeting")) == Paragraph(1, 0, text.index("\nIt"))

    def test_blank_lines_and_blanks_round_a_stretch(self) -> None:
        text = "One\n\nTwo three"

        assert crosses(text, paragraphs(text), 0, len(text))
        assert not crosses(text, paragraphs(text), 3, len(text))

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


TEXTS = st.text(st.sampled_from("abc \n🦢é’'-\u00ad\u0301\u00a0"), min_size=1, max_size=80)


@given(TEXTS, st.data())
def test_a_slice_is_found_where_it_was_taken_from(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    read = Canonical(text)
    # Whole clusters: half a letter is another letter.
    start, end = read.back(span) if (span := read.forth((start, end)))[0] < span[1] else (0, 0)
    quote = text[start:end]
    if not canonical(quote):
        return

    places = anchors.find(read, quote)

    assert (start, end) in places
    assert all(canonical(text[slice(*place)]) == canonical(quote) for place in places)
    found = anchors.anchor(read, paragraphs(text), quote, places, (start, end))
    assert ("exact", start, end) == found[:3]


@given(TEXTS, st.data())
def test_other_signs_find_the_place_whose_signs_they_are_not(text: str, data: st.DataObject) -> None:
    read = Canonical(text)
    quote = "".join(data.draw(st.sampled_from("’'")) if sign in "’'" else sign for sign in text)

    for found in alike(read, quote):
        assert canonical(text[slice(*found.span)]) == found.quote
        assert found.quote.replace("’", "'") == canonical(quote).replace("’", "'")


@given(st.text(st.sampled_from("ab \n\r\t🦢"), max_size=80))
def test_paragraphs_hold_everything_but_blanks(text: str) -> None:
    parts = paragraphs(text)

    assert "".join(text.split()) == "".join("".join(text[part.start : part.end].split()) for part in parts)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert all(one.end <= other.start for one, other in itertools.pairwise(parts))


def test_states_are_closed() -> None:
    assert get_args(anchors.State) == ("exact", "moved", "changed", "missing", "ambiguous", "not-held", "unlisted")


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
            assert len(find(text, text[start:end], *given)) == 1 or not text[start:end].strip()


@pytest.mark.parametrize(
    ("text", "number"),
    [("a\nb", 2), ("\n\na\nb\n\n", 2), ("a\n\nb\nc", 2), ("a\n \t\nb", 2), ("\n\n", 0), ("", 0), ("a\n\n \n", 1)],
)
def test_a_blank_line_parts_paragraphs_only_between_words(text: str, number: int) -> None:
    assert number == len(anchors.paragraphs(text))


def test_the_paragraph_of_an_offset() -> None:
    parts = paragraphs("one\n\ntwo\n\nthree")
    assert [1, 1, -1, -1, 2, -1, 3, -1] == [paragraph_of(parts, offset) for offset in (0, 2, 3, 4, 5, 8, 10, 15)]
