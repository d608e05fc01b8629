"""The small Markdown of prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing import prose
from tui.briefing.prose import Passage, Run


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", (Run("plain"),)),
        ("a *b* c", (Run("a "), Run("b", "emphasis"), Run(" c"))),
        ("**b**", (Run("b", "strong"),)),
        ("`a *b* [[c]]`", (Run("a *b* [[c]]", "code"),)),
        ("[[a]]", (Run("", "link", "a"),)),
        ("[[a|the words]]", (Run("the words", "link", "a"),)),
        ("see [[a|two\nwords]].", (Run("see "), Run("two words", "link", "a"), Run("."))),
        ("2 * 3 * 4", (Run("2 * 3 * 4"),)),
        ("*open", (Run("*open"),)),
        ("**open*", (Run("*"), Run("open", "emphasis"))),
        ("[[]] [a] ]]", (Run("[[]] [a] ]]"),)),
        ("``", (Run("``"),)),
        ("<b>no HTML</b>", (Run("<b>no HTML</b>"),)),
    ],
)
def test_the_styles_of_a_line(text: str, runs: tuple[Run, ...]) -> None:
    assert prose.parse(text) == (Passage(runs),)


def test_empty_lines_part_paragraphs() -> None:
    passages = prose.parse("\n one\n two \n\n\n three\n")

    assert passages == (Passage((Run("one two"),)), Passage((Run("three"),)))


def test_items_have_markers() -> None:
    passages = prose.parse("List:\n- one\n  goes on\n* two\n3. three\n12) four\n")

    assert [(passage.marker, passage.runs[0].text) for passage in passages] == [
        ("", "List:"),
        ("-", "one goes on"),
        ("-", "two"),
        ("3.", "three"),
        ("12.", "four"),
    ]


def test_a_dash_within_a_line_is_no_item() -> None:
    assert prose.parse("a - b\n-c\n2024.5 d") == (Passage((Run("a - b -c 2024.5 d"),)),)


def test_an_item_without_words_is_nothing() -> None:
    assert prose.parse("- \n") == ()


def test_nothing_is_nothing() -> None:
    assert prose.parse(" \n ") == ()
    assert prose.plain("") == ""


def test_plain_words_stand_on_one_line() -> None:
    assert prose.plain("*a* [[b]] [[c|d]]\n\n- `e`") == "a b d e"


@given(st.text(st.sampled_from("ab *`[]|\n-1.)"), max_size=60))
def test_no_word_is_lost(text: str) -> None:
    """Whatever the marks, every letter comes out, in its order."""
    letters = [character for character in text if character in "ab"]
    shown = "".join(run.target * (not run.text) + run.text for passage in prose.parse(text) for run in passage.runs)

    if "|" not in text:
        assert letters == [character for character in shown if character in "ab"]
    assert "\n" not in shown
