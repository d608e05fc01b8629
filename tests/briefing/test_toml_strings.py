"""Where the characters of a TOML string are written."""

import tomli
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.positions import Positions
from tui.briefing.toml_text import string_offset

PIECES = st.sampled_from(["a", "ü", "\U0001f9a2", " ", "\\n", '\\"', "\\\\", "\\u00e9", "\\U0001F9A2", "'", "word"])


@given(st.lists(PIECES, max_size=12), st.booleans(), st.booleans())
def test_every_character_is_found_where_it_is_written(pieces: list[str], many: bool, first_break: bool) -> None:
    """What is written at the place of a character means that character, and nothing is passed over."""
    quote = '"""' if many else '"'
    written = [*pieces[:6], *(["\n", "\\\n   "] if many else []), *pieces[6:], "z"]
    opening = quote + ("\n" if many and first_break else "")
    token = f"{opening}{''.join(written)}{quote}"
    value = tomli.loads(f"a = {token}")["a"]

    places = [string_offset(token, offset) for offset in range(len(value) + 1)]

    assert len(token) - len(quote) == places[-1]
    for character, start, end in zip(value, places, places[1:], strict=False):
        assert f"-{character}" == tomli.loads(f'a = """-{token[start:end]}"""')["a"]


def test_a_literal_string() -> None:
    assert [1, 2, 3, 4] == [string_offset("'a\\b'", offset) for offset in range(4)]
    assert 4 == string_offset("'''\na'''", 0)


def test_the_place_of_words_in_a_file() -> None:
    """Line and column of words behind an escape, in a string of several lines, and of a whole value."""
    positions = Positions('a = "x\\u0020yes"\nb = """\none \\\n   two\nthree"""\nc = 17 # why\n')

    assert (1, 13, 1, 16) == positions.of_words(("a",), 2, 3)
    assert (4, 4, 4, 7) == positions.of_words(("b",), 4, 3)
    assert (5, 1, 5, 6) == positions.of_words(("b",), 8, 5)
    assert (3, 1, 5, 9) == (*positions.of_words(("b",), 0, 0)[:2], *positions.of_words(("b",), -1, 0)[2:])
    assert (6, 5, 6, 7) == positions.of_words(("c",), -1, 0)
    assert (6, 1, 6, 1) == Positions("\n\n\n\n\n[x]\n").of_words(("x", "nothing"), 3, 2)
