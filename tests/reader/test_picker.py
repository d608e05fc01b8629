"""Picking words: moving, extending and shrinking, and never out of the text."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing import anchors
from tui.reader.quoting.picker import Picker

TEXT = "A title\n\nOne swan came, they say. Two swans went.\n\n“Three may come,” he said. Nobody knows."
MOVES: dict[str, Callable[[Picker], None]] = {
    "l": lambda picker: picker.by_words(1),
    "h": lambda picker: picker.by_words(-1),
    "L": lambda picker: picker.by_words(1, extending=True),
    "H": lambda picker: picker.by_words(-1, extending=True),
    ")": lambda picker: picker.by_sentences(1),
    "(": lambda picker: picker.by_sentences(-1),
    "S": lambda picker: picker.by_sentences(1, extending=True),
    "}": lambda picker: picker.by_paragraphs(1),
    "{": lambda picker: picker.by_paragraphs(-1),
    "P": lambda picker: picker.by_paragraphs(1, extending=True),
    "s": lambda picker: picker.take_sentence(),
    "o": lambda picker: picker.swap(),
    "g": lambda picker: picker.to_end(-1),
    "G": lambda picker: picker.to_end(1),
}


def picker(text: str = TEXT) -> Picker:
    return Picker(text, anchors.paragraphs(text, "A title"))


@pytest.mark.parametrize(
    ("keys", "picked"),
    [
        ("", "One"),
        ("l", "swan"),
        ("lh", "One"),
        ("h", "title"),
        ("LLL", "One swan came, they"),
        ("LLLH", "One swan came"),
        ("llL", "came, they"),
        (")", "Two"),
        (")(", "One"),
        ("ll(", "One"),
        (")l(", "Two"),
        ("S", "One swan came, they say"),
        ("SS", "One swan came, they say. Two swans went"),
        ("ls", "One swan came, they say"),
        ("}", "Three"),
        ("}{", "One"),
        ("}l{", "Three"),
        ("P", "One swan came, they say. Two swans went"),
        ("llLoHH", "One swan came, they"),
        ("G", "knows"),
        ("Gll", "knows"),
        ("g", "A"),
        ("ghh", "A"),
        ("))", "Three"),
        ("})", "Nobody"),
        ("}s", "Three may come,” he said"),
    ],
)
def test_what_keys_pick(keys: str, picked: str) -> None:
    one = picker()
    for key in keys:
        MOVES[key](one)
    assert TEXT[slice(*one.span)] == picked


def test_the_mouse_picks_the_word_under_it() -> None:
    one = picker()
    one.pick_at(TEXT.index("wan went") if "wan went" in TEXT else TEXT.index("swans went") + 2)
    assert TEXT[slice(*one.span)] == "swans"
    one.pick_at(TEXT.index("may"), extending=True)
    assert TEXT[slice(*one.span)] == "swans went.\n\n“Three may"


@given(
    st.text("ab. \n“”", min_size=1, max_size=60).filter(str.strip), st.lists(st.sampled_from(list(MOVES)), max_size=30)
)
def test_whatever_is_done_words_stay_picked(text: str, keys: list[str]) -> None:
    one = Picker(text, anchors.paragraphs(text))
    for key in keys:
        MOVES[key](one)
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
        assert 0 <= one.place < len(one.parts)
