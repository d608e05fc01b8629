"""The occurrences of words in a long text: those of a plain search, by an index or without."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.effort import effort
from tui.briefing import anchors
from tui.briefing.canonical import Canonical
from tui.briefing.occurrences import Occurrences

WORDS = st.lists(st.sampled_from(["gate", "harbour", "mole", "bell", "the", "of", "ging", "a", "ä"]), max_size=40)

LEXICON = [f"{letter}{number}x" for letter in "abghmrst" for number in range(300)]


def plain(text: str, words: str) -> list[int]:
    """Search words from end to end."""
    return [at for at in range(len(text)) if text.startswith(words, at)]


@given(WORDS, st.integers(0, 200), st.integers(1, 60))
def test_they_are_those_of_a_plain_search(said: list[str], start: int, length: int) -> None:
    text = " ".join([*said, *said[:9], "gate", *said[:5]])
    words = text[start : start + length] or "gate"
    places = Occurrences(text)
    for _ in range(70):  # an index is made for many searches alone
        assert list(places.of(words)) == plain(text, words)
    assert list(places.of(f"{words} gate of the harbour bell")) == plain(text, f"{words} gate of the harbour bell")


def test_a_quote_may_begin_amid_a_word() -> None:
    places = Occurrences("Part is long enough for it. An art is long enough for it.")
    for _ in range(70):
        assert list(places.of("art is long enough for it")) == [1, 31]


def test_the_quotes_of_a_book_are_found_in_bounded_time() -> None:
    """Four times as many quotes of a text four times as long take about four times as long, and not sixteen."""

    def search(paragraphs: int) -> float:
        chance = random.Random(paragraphs)  # noqa: S311 - words that repeat like those of a text
        said = [" ".join(chance.choices(LEXICON, k=40)) for _ in range(paragraphs)]
        text = Canonical("\n\n".join(said))
        return effort(lambda: [anchors.find(text, quote[9:150]) for quote in said])

    search(100)
    assert search(6000) < 8 * search(1500)
