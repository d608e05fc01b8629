"""Paragraphs that are set off by indentation."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.briefing.anchors import paragraphs

STORY = """The board meets on Friday to decide on the old
pier, and named the firm that would do the work, Pike Inc.
    It will begin in May if it gets the wood, the chair
told the paper. She put the cost at 2 mln.
    Traders called the sum cheap and said that the
pier could hold another winter.
    "We have no plans," she said when
she was asked about the storm.
"""


def parts(text: str) -> list[str]:
    """Return the paragraphs of a text, each on one line."""
    return [" ".join(text[part.start : part.end].split()) for part in paragraphs(text)]


@pytest.mark.parametrize("text", [STORY, STORY.replace("    ", "\t"), STORY.replace("\n", "\r\n"), f"\ufeff{STORY}"])
def test_they_are_paragraphs(text: str) -> None:
    found = parts(text)
    assert ["The board meets", "It will begin", "Traders called the", '"We have no'] == [
        " ".join(part.split()[:3]) for part in found
    ]
    assert found[0].endswith("Pike Inc.")


def test_they_are_among_those_that_blank_lines_part() -> None:
    assert 5 == len(parts(f"{STORY}\nThe notice was dated 3 May.\n"))
    assert 6 == len(parts(f"The pier\n\n{STORY}\nThe notice was dated 3 May.\n"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("- one item\n  goes on here.\n\n- two items.\n  They go on.\n", 2),
        ("1. one item.\n   It goes on here.\n\nlast.\n", 2),
        ("    all of it\n    is set in.\n    It ends.\n\nlast\n", 2),
        ("A term\n    and what it means, which takes\n    two lines.\n\nlast\n", 2),
        ("Roses are red,\n  violets are blue,\nsugar is sweet,\n  and so are you.\n\nlast\n", 2),
        ("one\ntwo\nthree\n", 3),
    ],
)
def test_what_is_indented_for_other_reasons_stays_whole(text: str, number: int) -> None:
    assert number == len(parts(text))


@settings(max_examples=100)
@given(st.text("ab.\n \t\f\r\ufeff", max_size=60))
def test_every_word_stands_in_one_paragraph_in_its_order(text: str) -> None:
    found = paragraphs(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [sign for sign in text if sign in "ab."] == [
        sign for part in found for sign in text[part.start : part.end] if sign in "ab."
    ]
    for part in found:
        assert text[part.start : part.end] == text[part.start : part.end].strip() != ""
