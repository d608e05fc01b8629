"""The scales, exactly as they are published."""

from typing import get_args

import pytest

from tui.briefing import scales

ICD_203 = [
    (("almost no chance", "remote"), 1, 5),
    (("very unlikely", "highly improbable"), 5, 20),
    (("unlikely", "improbable"), 20, 45),
    (("roughly even chance", "roughly even odds"), 45, 55),
    (("likely", "probable"), 55, 80),
    (("very likely", "highly probable"), 80, 95),
    (("almost certain", "nearly certain"), 95, 99),
]
PHIA = [
    (("remote chance",), 0, 5),
    (("highly unlikely",), 10, 20),
    (("unlikely",), 25, 35),
    (("realistic possibility",), 40, 50),
    (("likely", "probable"), 55, 75),
    (("highly likely",), 80, 90),
    (("almost certain",), 95, 100),
]


@pytest.mark.parametrize(("scale", "published"), [("icd203", ICD_203), ("phia", PHIA)])
def test_the_steps_are_the_published_ones(scale: str, published: list[tuple[tuple[str, ...], int, int]]) -> None:
    assert published == [tuple(step) for step in scales.LIKELIHOODS[scale]]


@pytest.mark.parametrize("scale", get_args(scales.ScaleName))
def test_every_word_has_its_range(scale: str) -> None:
    for step in scales.LIKELIHOODS[scale]:
        for word in step.words:
            assert (step.low, step.high) == scales.likelihood_range(scale, word)


@pytest.mark.parametrize("scale", get_args(scales.ScaleName))
def test_words_come_least_likely_first_and_once(scale: str) -> None:
    words = scales.likelihood_words(scale)
    lows = [scales.likelihood_range(scale, word) for word in words]

    assert len(words) == len(set(words))
    assert lows == sorted(lows, key=lambda ends: ends or (0, 0))


def test_a_word_of_the_other_scale_has_no_range() -> None:
    assert scales.likelihood_range("icd203", "realistic possibility") is None
    assert scales.likelihood_range("phia", "remote") is None


def test_one_word_differs_from_scale_to_scale() -> None:
    """That is why a briefing has one scale, and nothing is converted."""
    assert scales.likelihood_range("icd203", "likely") == (55, 80)
    assert scales.likelihood_range("phia", "likely") == (55, 75)


def test_every_scale_has_a_name() -> None:
    assert set(get_args(scales.ScaleName)) == set(scales.LIKELIHOODS) == set(scales.SCALE_NAMES)


def test_the_admiralty_code_is_the_published_one() -> None:
    assert scales.RELIABILITY == {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "reliability cannot be judged",
    }
    assert scales.CREDIBILITY == {
        1: "confirmed by other sources",
        2: "probably true",
        3: "possibly true",
        4: "doubtful",
        5: "improbable",
        6: "truth cannot be judged",
    }
    assert set(get_args(scales.Reliability)) == set(scales.RELIABILITY)
