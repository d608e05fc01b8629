"""Words that are longer than the widest page."""

import pytest

from tui.briefing.long_words import long_word, told_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x" * 81, True),
        ("x" * 80, False),
        ("x-" * 100, False),
        ("https://example.org/" + "a/" * 100, False),
        ("池" * 200, False),
        ("a " * 200 + "y" * 90, True),
    ],
)
def test_a_word_is_long_where_no_line_can_be_broken_in_it(text: str, *, found: bool) -> None:
    assert (long_word(text) is not None) is found


def test_the_first_one_is_told_with_where_it_stands() -> None:
    texts = [("C1", "short"), ("C2", "x" * 1234), ("C3", "y" * 99)]
    assert told_of(texts) == f"C2: a word of 1,234 characters is broken over lines: {'x' * 24}…"
    assert told_of(texts[:1]) == ""
