"""One slip in a valid file is at most one error, at the slip or at the construct that it breaks."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SAMPLE
from tests.whole import WHOLE
from tui.briefing.kinds import TABLES
from tui.briefing.loader import load_bytes

HANDBOOK = (Path(__file__).parents[2] / "content" / "handbook" / "briefing.toml").read_text(encoding="utf-8")
TEXTS = (SAMPLE.format(sha256="0" * 64), HANDBOOK, WHOLE)
_TOP = ("briefing", "revision", *TABLES)

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|.', re.DOTALL
)
_KEY = re.compile(r"(?<![\w.-])([a-zA-Z][a-zA-Z0-9_]*)[ \t]*=(?!=)")
_HEADER = re.compile(r"^[ \t]*\[\[?[a-z_.]+\]\]?(?=[ \t]*(?:#.*)?$)", re.MULTILINE)
_VALUE = re.compile(r'^[ \t]*[a-z0-9_]+[ \t]*=[ \t]*("(?!"")[^"\\\n]*"|[0-9.]+|true|false)[ \t]*$', re.MULTILINE)
_ARRAY = re.compile(r"^[ \t]*[a-z0-9_]+[ \t]*=[ \t]*(\[[^\[\]\n]*\])[ \t]*$", re.MULTILINE)


class Slip(NamedTuple):
    """A text with one slip."""

    text: str
    start: int
    """Where the slip is."""
    old: str
    """The id that was misspelt; empty for another slip."""


def outside_strings(text: str) -> str:
    """Blank strings and comments out, so that what is left is syntax."""
    return "".join(re.sub(r"[^\n]", " ", token) if len(token) > 1 else token for token in _TOKEN.findall(text))


def misspelt(word: str, way: int, at: int) -> str:
    """Misspell a word by a letter that is lost, doubled, changed or swapped with the next one."""
    at %= len(word)
    if way == 0 and len(word) > 2:
        return word[:at] + word[at + 1 :]
    if way == 1:
        return word[: at + 1] + word[at:]
    if way == 2 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + ("x" if word[at] != "x" else "q") + word[at + 1 :]


def put(text: str, start: int, end: int, new: str, old: str = "") -> Slip:
    """Write something in the place of something else."""
    return Slip(text[:start] + new + text[end:], start, old)


def a_key(text: str, pick: Callable[[int], int]) -> Slip:
    """Misspell a key."""
    found = list(_KEY.finditer(outside_strings(text)))
    match = found[pick(len(found))]
    return put(text, *match.span(1), misspelt(match[1], pick(4), pick(20)))


def a_bracket(text: str, pick: Callable[[int], int]) -> Slip:
    """Lose a bracket."""
    found = list(re.finditer(r"[\[\]{}]", outside_strings(text)))
    match = found[pick(len(found))]
    return put(text, *match.span(), "")


def a_type(text: str, pick: Callable[[int], int]) -> Slip:
    """Write a value as another type."""
    found = [*_VALUE.finditer(text), *_ARRAY.finditer(text)]
    match = found[pick(len(found))]
    others = [new for new in ("7", '"7"', "true", "[7]", "{ x = 7 }") if new[0] != match[1][0]]
    return put(text, *match.span(1), others[pick(len(others))])


def an_id(text: str, pick: Callable[[int], int]) -> Slip:
    """Misspell an id, where it is given or where it is named."""
    ids = re.findall(r'(?:^|[{,])[ \t]*id[ \t]*=[ \t]*"([^"]+)"', text, re.MULTILINE)[1:]
    found = [match for match in re.finditer(r'(?<=["#])([^"#\n]+)(?=["#])', text) if match[1] in ids]
    match = found[pick(len(found))]
    new = misspelt(match[1], pick(4), pick(20)).strip("-")
    return put(text, *match.span(1), new, match[1])


def a_header(text: str, pick: Callable[[int], int]) -> Slip:
    """Write a header with a slip: its name misspelt, a bracket lost on each side, or one too many."""
    found = list(_HEADER.finditer(text))
    match = found[pick(len(found))]
    header = match[0].strip()
    name = header.strip("[]")
    first = name.split(".")[0]
    news = (
        header.replace(first, misspelt(first, pick(4), pick(20)), 1),
        f"[{name}]" if header.startswith("[[") else f"[[{name}]]",
        header[1:],
        header[:-1],
        f"{header}]",
    )
    return put(text, match.end() - len(header), match.end(), news[pick(len(news))])


def a_line(text: str, pick: Callable[[int], int]) -> Slip:
    """Lose a line of a key and its value."""
    found = [*_VALUE.finditer(text), *_ARRAY.finditer(text)]
    match = found[pick(len(found))]
    return put(text, match.start(), match.end() + 1, "")


def a_word(text: str, pick: Callable[[int], int]) -> Slip:
    """Misspell a word of a list, such as a kind of conflict."""
    keys = "kind|likelihood|confidence|way|status|type|scale|seen|reliability|date|on|until|issued"
    found = list(re.finditer(rf'\b(?:{keys}) = "([^"]+)"', text))
    match = found[pick(len(found))]
    return put(text, *match.span(1), misspelt(match[1], pick(4), pick(20)))


def a_quote(text: str, pick: Callable[[int], int]) -> Slip:
    """Lose a quote at an end of a string of one line."""
    found = [match for match in _TOKEN.finditer(text) if re.fullmatch(r'"[^"]+"', match[0])]
    match = found[pick(len(found))]
    start = (match.start(), match.end() - 1)[pick(2)]
    return put(text, start, start + 1, "")


SLIPS = (a_key, a_bracket, a_quote, a_type, an_id, a_word, a_line, a_header)


def lines_of_construct(slip: Slip, before: str) -> range:
    """Return the lines of the top-level table in which a slip is."""
    tables = rf"^\[\[?({'|'.join(_TOP)})\]"
    starts = [0, *(match.start() for match in re.finditer(tables, before, re.MULTILINE)), len(before)]
    begin = max(start for start in starts if start <= slip.start)
    end = min((start for start in starts if start > slip.start), default=len(before))
    return range(before.count("\n", 0, begin) + 1, before.count("\n", 0, end) + 2)


@pytest.mark.parametrize("text", TEXTS, ids=["sample", "handbook", "whole"])
def test_the_texts_are_whole(text: str) -> None:
    assert load_bytes(text.encode(), "b.toml").problems == ()


def check(before: str, slip: Slip) -> None:
    problems = load_bytes(slip.text.encode(), "b.toml").problems
    assert len(problems) <= 1, [str(problem) for problem in problems]
    for problem in problems:
        lines = lines_of_construct(slip, before)
        assert problem.line in lines or (slip.old and slip.old in problem.message), f"{problem} for a slip in {lines}"


@pytest.mark.parametrize("kind", SLIPS, ids=lambda kind: kind.__name__)
@settings(max_examples=150)
@given(data=st.data())
def test_a_slip_is_at_most_one_error_at_its_place(kind: Callable[..., Slip], data: st.DataObject) -> None:
    before = TEXTS[data.draw(st.integers(0, len(TEXTS) - 1))]
    slip = kind(before, lambda among: data.draw(st.integers(0, among - 1)))
    check(before, slip)
