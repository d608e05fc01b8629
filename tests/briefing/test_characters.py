"""The characters that no content may carry."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.characters import FORBIDDEN, cleaned, escaped, name_of
from tui.briefing.nearest import nearest
from tui.briefing.problems import Problem, key_text


def test_every_control_character_but_the_line_break_is_forbidden() -> None:
    controls = {chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cc"}

    assert {"\n"} == {character for character in controls if not FORBIDDEN.match(character)}


def test_every_bidirectional_control_is_forbidden() -> None:
    kinds = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    found = [chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in kinds]

    assert [] == [character for character in found if not FORBIDDEN.match(character)]


@pytest.mark.parametrize("character", ["\n", " ", "a", "é", "\u00a0", "\u00ad", "漢", "🦢", "\ufe0f"])
def test_what_people_write_is_allowed(character: str) -> None:
    assert FORBIDDEN.search(character) is None


@pytest.mark.parametrize(
    "text",
    [
        "ไทย\u200bไม่มี", "ភាសា\u200bខ្មែរ", "ພາສາ\u200bລາວ", "မြန်\u200bမာ", "ไทย\u200b (a)", "a \u200bไทย",
        "می\u200cخواهم", "क्\u200dष", "ක්\u200dෂ", "بـ\u200d", "👩\u200d👩\u200d👧", "❤\ufe0f\u200d🔥", "🏴\u200d☠\ufe0f",
    ],
)  # fmt: skip
def test_what_has_no_width_is_allowed_where_a_script_needs_it(text: str) -> None:
    assert FORBIDDEN.search(text) is None
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("pass\u200bword", [4]), ("pass\u200cword", [4]), ("pass\u200dword", [4]), ("\u200b", [0]), ("а\u200db", [1]),
        ("漢\u200b字", [1]), ("می\u200bخواهم", [2]), ("ไทย\u200b\u200bไม่", []), ("ไทย\u200b\u200b\u200bไม่", [4]),
        ("a\u200bb\u200cc\u200dd", [1, 3, 5]), ("1\u200d2", [1]),
    ],
)  # fmt: skip
def test_what_has_no_width_hides_nothing_elsewhere(text: str, places: list[int]) -> None:
    assert [match.start() for match in FORBIDDEN.finditer(text)] == places


def test_a_forbidden_character_is_named() -> None:
    assert name_of("\x1b") == "U+001B"
    assert name_of("\U000e0041") == "U+E0041"


@given(st.text())
def test_escaped_text_is_one_safe_line(text: str) -> None:
    assert FORBIDDEN.search(escaped(text)) is None
    assert "\n" not in escaped(text)


@given(st.text())
def test_cleaned_text_has_lost_nothing_else(text: str) -> None:
    assert FORBIDDEN.sub("", text) == cleaned(text)
    assert cleaned(cleaned(text)) == cleaned(text)


def test_problems_are_written_as_compilers_do() -> None:
    assert str(Problem("f", 3, 4, "claim[1].text", "is wrong", "do this")) == "f:3:4: claim[1].text: is wrong; do this"
    assert str(Problem("f", 0, 0, "", "is wrong", "")) == "f: is wrong"
    assert str(Problem("f\n\x1b", 1, 1, "", "is\nwrong", "")) == "f\\n\\u001b:1:1: is\\nwrong"


def test_problems_sort_by_place() -> None:
    one, other = Problem("f", 2, 1, "", "b", ""), Problem("f", 10, 1, "", "a", "")

    assert sorted([other, one]) == [one, other]


def test_key_paths_count_from_1_and_end_somewhere() -> None:
    assert key_text(("claim", 3, "cite", 0, "quote")) == "claim[4].cite[1].quote"
    assert key_text(()) == ""
    assert key_text((0,) * 20) == "[1]" * 12 + "…"
    assert key_text(("a\x1b", "b" * 100)) == "a\\u001b." + "b" * 60 + "…"


@pytest.mark.parametrize(
    ("word", "words", "found"),
    [
        ("hegde", ["hedge", "text"], "hedge"),
        ("zzz", ["hedge", "text"], None),
        ("", ["hedge"], None),
        ("h" * 101, ["h" * 101], None),
        ("text", [], None),
    ],
)
def test_the_nearest_word(word: str, words: list[str], found: str | None) -> None:
    assert nearest(word, words) == found
