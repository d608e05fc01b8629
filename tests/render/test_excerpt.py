"""The sentence that shows what was looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.excerpt import excerpt, highlighted
from tui.search.matcher import Matcher
from tui.search.query import parse


def cut(text: str, words: str) -> tuple[str, list[str]]:
    """Cut an excerpt for some words and give it with what is marked in it."""
    said, found = excerpt(text, Matcher(parse(words).node).spans(text))
    return said, [said[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("text", "words", "said", "marked"),
    [
        ("Seven swans.", "swans", "Seven swans.", ["swans"]),
        ("Geese. Seven swans. Ducks.", "swans", "… Seven swans. …", ["swans"]),
        ("A swan. Swans and geese! Ducks.", "swans geese", "… Swans and geese! …", ["Swans", "geese"]),
        ("Birds, e.g. swans, came.", "swans", "Birds, e.g. swans, came.", ["swans"]),
        ("One.\nSwans\nswim.", "swim", "… Swans swim.", ["swim"]),
        ("第一句。北京很大。完。", "北京", "… 北京很大。 …", ["北京"]),
        ("No such word. Here.", "swans", "No such word. …", []),
        ("", "swans", "", []),
    ],
)
def test_the_sentence_with_the_most_of_the_words(text: str, words: str, said: str, marked: list[str]) -> None:
    assert (said, marked) == cut(text, words)


def test_a_long_sentence_is_cut_around_the_words() -> None:
    said, marked = cut("word " * 200 + "swans " + "more " * 200, "swans")
    assert ["swans"] == marked
    assert len(said) < 300
    assert said.startswith("… word")
    assert said.endswith("more …")


@given(st.text(max_size=900), st.integers(0, 900), st.integers(1, 40))
def test_any_text_gives_an_excerpt_with_what_was_found(text: str, start: int, length: int) -> None:
    found = [(start, start + length)] if start + length <= len(text) else []
    said, inside = excerpt(text, found)
    assert len(said) <= 340
    assert "\n" not in said
    assert all(0 <= a <= b <= len(said) for a, b in inside)
    assert said == "".join(span.text for span in highlighted(said, inside))


def test_the_best_sentence_is_found_in_work_that_grows_with_the_text() -> None:
    """Each sentence is not held against each match: twice the text takes twice as many looks."""

    class Counted(int):
        looks = 0

        def __lt__(self, other: object) -> bool:
            Counted.looks += 1
            return int(self) < int(other)  # type: ignore[call-overload,no-any-return]  # only ints come

        def __le__(self, other: object) -> bool:
            Counted.looks += 1
            return int(self) <= int(other)  # type: ignore[call-overload,no-any-return]  # only ints come

    def looks(number: int) -> int:
        text = "Swans swim here. " * number
        found = [(Counted(17 * place), 17 * place + 5) for place in range(number)]
        Counted.looks = 0
        said, _ = excerpt(text, found)
        assert said.startswith("Swans swim here.")
        return Counted.looks

    assert 0 < looks(2_000) <= 2.5 * looks(1_000)
