"""From lines with their places to paragraphs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.authoring.extraction.pdf import Line
from tui.authoring.extraction.reflow import text_of_pages, tidied
from tui.authoring.extraction.running_heads import without_running
from tui.briefing.characters import FORBIDDEN
from tui.briefing.page_breaks import PAGE


def page(*texts: str, left: float = 72.0, top: float = 700.0, height: float = 12.0) -> list[Line]:
    """Make a page of lines under one another; an empty one is a gap, and blanks before it are an indent."""
    found = []
    for number, text in enumerate(texts):
        if words := text.lstrip(" "):
            start = left + 6.0 * (len(text) - len(words))
            found.append(Line(words, start, start + 6.0 * len(words), top - 14.0 * number, height))
    return found


WIDE = "These words are as wide as the column, as all lines are that a"


class TestParagraphs:
    def test_a_gap_parts_them(self) -> None:
        assert f"{WIDE} line of\n\nanother." == text_of_pages([page(WIDE, "line of", "", "", "another.")])

    def test_a_short_line_that_ends_a_sentence_ends_one(self) -> None:
        assert f"{WIDE} line ends.\n\n{WIDE} next." == text_of_pages([page(WIDE, "line ends.", WIDE, "next.")])

    def test_an_indented_line_begins_one_though_the_line_before_is_full(self) -> None:
        full = f"{WIDE[:-5]} ends."
        assert f"{full}\n\n{full} It goes on." == text_of_pages([page(full, "   " + full, "It goes on.")])

    def test_items_are_paragraphs_with_their_numbers(self) -> None:
        lines = page(WIDE, "line ends.", "1. one", "2. two", "• three")
        assert f"{WIDE} line ends.\n\n1. one\n\n2. two\n\n• three" == text_of_pages([lines])

    def test_lines_that_were_ended_on_purpose_stay_lines(self) -> None:
        """The next word would have found room: a table, a verse, an address."""
        assert f"{WIDE}\n\nBridge Closed\nStone 3 May\nWood 14 June" == text_of_pages(
            [page(WIDE, "", "", "Bridge Closed", "Stone 3 May", "Wood 14 June")]
        )

    def test_one_runs_over_the_end_of_a_page_whose_place_is_kept(self) -> None:
        pages = [page(WIDE), page("goes on.", "", "", "Another.")]
        assert f"{WIDE}{PAGE}goes on.\n\nAnother." == text_of_pages(pages)

    def test_a_page_begins_behind_the_word_that_runs_over_its_end(self) -> None:
        assert f"{WIDE} be-"[:-3] + f"because{PAGE}of it." == text_of_pages([page(f"{WIDE} be-"), page("cause of it.")])

    def test_an_empty_page_counts(self) -> None:
        pages = [page("One."), [], page(f"Three {WIDE}", WIDE)]
        assert f"One.\n\n{PAGE}{PAGE}Three {WIDE} {WIDE}" == text_of_pages(pages)

    def test_a_note_at_the_foot_stands_behind_what_it_interrupts(self) -> None:
        note = Line("¹ Town hall.", 72.0, 140.0, 100.0, 9.0)
        pages = [[*page(WIDE), note], page("goes on.", "", "", "Another.")]
        assert f"{WIDE}{PAGE}goes on.\n\n¹ Town hall.\n\nAnother." == text_of_pages(pages)


class TestRunningHeads:
    @pytest.mark.parametrize("head", ["Bridge notices — page {}", "{}", "- {} -", "Page {} of 3", "The Daily Mill"])
    def test_they_go_and_the_sentence_goes_on(self, head: str) -> None:
        pages = [
            page(head.format(number), "", "", f"{words} {WIDE}") for number, words in enumerate(["A", "b", "c"], 1)
        ]
        assert f"A {WIDE}{PAGE}b {WIDE}{PAGE}c {WIDE}" == text_of_pages(pages)

    @pytest.mark.parametrize("foot", ["{}", "seite {}", "Town hall · {}"])
    def test_feet_go_too(self, foot: str) -> None:
        pages = [page(f"{words} {WIDE}", "", "", foot.format(number)) for number, words in enumerate("Abc", 1)]
        assert f"A {WIDE}{PAGE}b {WIDE}{PAGE}c {WIDE}" == text_of_pages(pages)

    @pytest.mark.parametrize("head", ["Mill Times {}", "{} · Mill Times", "Part 7, page {}"])
    def test_what_counts_the_pages_goes_however_near_to_the_text_it_stands(self, head: str) -> None:
        pages = [page(head.format(number), f"{words} {WIDE}", WIDE) for number, words in enumerate("Abc", 11)]
        assert text_of_pages(pages) == PAGE.join(f"{words} {WIDE} {WIDE}" for words in "Abc")

    def test_the_first_line_of_a_text_stays(self) -> None:
        """Lines that differ, and lines that stand close to what follows, are no running heads."""
        pages = [page(f"Chapter {words}", "", "", WIDE) for words in ("the river", "the mill", "the swans")]
        assert 3 == text_of_pages(pages).count("Chapter")
        pages = [page("In 2024 the bridge was closed.", WIDE) for _ in "abc"]
        assert 3 == text_of_pages(pages).count("In 2024 the bridge")

    def test_a_figure_in_the_last_line_of_a_text_stays(self) -> None:
        assert text_of_pages([page(WIDE, "1,250")]).endswith("1,250")


class TestPartedWords:
    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            (("the conse-", "quence"), "the consequence"),
            (("the Franco-", "German press"), "the Franco-German press"),
            (("in 2024-", "25 and"), "in 2024-25 and"),
            (("in 2024–", "25 and"), "in 2024–25 and"),
            (("the KN-", "23 missile"), "the KN-23 missile"),
            (("in self-", "defence"), "in self-defence"),
            (("their co-", "operation"), "their co-operation"),
            (("was re-", "elected"), "was re-elected"),
            (("to pre-", "empt it"), "to pre-empt it"),
            (("to de-", "escalate"), "to de-escalate"),
            (("in recon-", "structing"), "in reconstructing"),
            (("to re-", "port"), "to report"),
            (("they cooperate in co-", "operation"), "they cooperate in cooperation"),
            (("the reelection; re-", "elected"), "the reelection; reelected"),
            (("a self-", "ish man"), "a selfish man"),
            (("well-", "known"), "well-known"),
            (("non-", "state actors"), "non-state actors"),
            (("non-", "sense"), "nonsense"),
            (("anti-", "aircraft guns"), "anti-aircraft guns"),
            (("an anti-", "dote"), "an antidote"),
            (("the ex-", "president"), "the ex-president"),
            (("to ex-", "plain"), "to explain"),
            (("a so-", "called list"), "a so-called list"),
            (("state-of-the-", "art"), "state-of-the-art"),
            (("a sister-ship, a sister-", "ship"), "a sister-ship, a sister-ship"),
            (("a lighthouse, the light-", "house"), "a lighthouse, the lighthouse"),
            (("pre-", "and post-war"), "pre- and post-war"),
            (("the may-", "or said"), "the mayor said"),
            (("Ein-", "und Ausgang"), "Ein- und Ausgang"),
            (("a dash -", "and more"), "a dash - and more"),
            (("the conse\ufffe", "quence"), "the consequence"),
            (("the self\ufffe", "defence"), "the self-defence"),
            (("either/", "or"), "either/or"),
        ],
    )
    def test_a_hyphen_of_ones_own_stays(self, lines: tuple[str, str], said: str) -> None:
        assert said == text_of_pages([page(*lines)]).replace("\n", " ")
        assert said == text_of_pages([page(lines[0]), page(lines[1])]).replace(PAGE, " ").rstrip()


class TestTidied:
    @settings(max_examples=50)
    @given(st.text())
    def test_what_is_tidied_may_be_held(self, text: str) -> None:
        tidy, _ = tidied(text)
        assert FORBIDDEN.search(tidy.replace("\n", "").replace(PAGE, "")) is None
        assert "\n\n\n" not in tidy
        assert text.count(PAGE) == tidy.count(PAGE)
        assert (tidy, 0) == tidied(tidy)

    def test_no_line_end_joins_words(self) -> None:
        assert "a\nb\nc\nd\n\ne\n" == tidied("a\u2028b\x85c\x0bd\u2029e")[0]


@settings(max_examples=50)
@given(st.lists(st.lists(st.text("ab. \x02\ufffe-A1¹", min_size=1, max_size=40), max_size=6), max_size=4))
def test_no_letter_is_lost(texts: list[list[str]]) -> None:
    pages = [page(*lines) for lines in texts]
    said = [letter for lines in without_running(pages) for line in lines for letter in line.text if letter in "abA"]
    assert said == [letter for letter in text_of_pages(pages) if letter in "abA"]
