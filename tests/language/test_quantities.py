"""The numbers that a text states, in figures and in words."""

import pytest

from tui.language.quantities import Stated, stated


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("some 5,823 sacks and 12.", [5_823, 12]),
        ("Two or three million sacks", [2_000_000, 2, 3_000_000]),
        ("twenty-five and a hundred and six", [25, 106]),
        ("a third of the crew, and half of it", [100 / 3, 50]),
        ("On 3 March 1887 a man of KN-23 had a 12th copy.", []),
        ("A retired pilot counted 40k.", [40_000]),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(text: str, numbers: list[float]) -> None:
    assert [one.low for one in sorted(stated(text))] == sorted(numbers)


def test_a_vague_number_is_a_range() -> None:
    assert stated("several hundred") == (Stated(100, 1_000),)


@pytest.mark.parametrize("text", ["two andseven men", "two ſix 3", "İ 3, two \u017fix", "a andmillion 3"])
def test_words_that_only_resemble_numbers_raise_nothing(text: str) -> None:
    assert all(one.low in {2, 3} for one in stated(text))
