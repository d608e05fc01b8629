"""Whatever the bytes: a briefing, or problems of one printable line each; never an exception."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.whole import WHOLE
from tui.briefing.characters import FORBIDDEN
from tui.briefing.entry import RELATIONS
from tui.briefing.formats import FORMATS
from tui.briefing.kinds import KINDS
from tui.briefing.loader import load_bytes
from tui.briefing.model import Briefing

HANDBOOK = (Path(__file__).parents[2] / "content" / "handbook" / "briefing.toml").read_text(encoding="utf-8")
# A few tables of each kind are as good to mutate as all of them, and load ten times as fast.
LINES = HANDBOOK.splitlines(keepends=True)
PART = "".join([*LINES[:60], *LINES[330:420], *LINES[700:760], *LINES[-120:]])
MUTATED = (PART, WHOLE)

WORDS = [
    "[[claim]]\n", "[briefing]", "[claim.assess]\n", "id = ", '"', '"""', "'''", "\n", "\r\n", "\r", "\t", "[", "]", "{",
    "}", "=", ",", ".", "#", "\\", "\\u0000", "\\ud800", "\x00", "\x1b", "\u202e", "\ufeff", "1", "1e999", "nan", "true",
    "2024-01-01", "0x", "é", "🦢", "[[x]]", "a.b.c", "1" * 5000,
]  # fmt: skip


def check(data: bytes) -> None:
    """Load bytes and look at what comes of it."""
    loaded = load_bytes(data, "b.toml")
    assert isinstance(loaded.briefing, Briefing) is not bool(loaded.problems)
    for problem in loaded.problems:
        line = str(problem)
        assert FORBIDDEN.search(f"{line}{problem.key}{problem.message}{problem.remedy}") is None
        assert "\n" not in line
        assert problem.message
        assert problem.line >= 1
        assert problem.column >= 1


@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"[[")
def test_any_bytes(data: bytes) -> None:
    """Bytes of any kind are answered."""
    check(data)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Text of any kind is answered; surrogates cannot be written as UTF-8 and become bytes that are none."""
    check(text.encode("utf-8", "surrogatepass"))


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_row_of_tokens(words: list[str]) -> None:
    """Pieces of TOML in any order are answered."""
    check("".join(words).encode())


@settings(max_examples=100)
@given(st.data())
def test_mutated_toml(data: st.DataObject) -> None:
    """A real briefing with slices deleted, inserted and replaced is answered."""
    text = MUTATED[data.draw(st.integers(0, len(MUTATED) - 1))]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 60))
        piece = data.draw(st.sampled_from(WORDS) | st.text(max_size=5) | st.just(text[end : end + 40]))
        text = text[:start] + piece + text[end:]
    check(text.encode("utf-8", "surrogatepass"))


KEYS = st.sampled_from(
    sorted({"id", "text", "by", "cite", "source", "quote", "about", "why", "to", "assess", "likelihood", "quantity",
            "min", "of", "date", "held", "sha256", "cited_in", "via", "who", "action", "scale", "briefing", "type",
            "title", "origin", "author", *KINDS, *RELATIONS, "entity", "for", "against", "answers", "positions",
            "entries", "evidence", "entry", "outcomes", "moves", "way", "previous", "outcome", "on", "alternatives",
            "observed", "draft", "key", "stated", "weak", "was", "words", "short", "party", "page", "DOI"})
)  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(["a", "b", "[[a]]", "[[b|c]]", "2024", "likely", "book", "person", "", "\x1b"])
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def toml(value: object) -> str:
    """Write a value as TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value) + '"'
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
        case _:
            return str(value)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(sorted(Briefing.model_fields)), VALUES, max_size=5))
def test_any_values_for_known_keys(document: dict[str, object]) -> None:
    """Well-formed TOML of any shape under known keys is answered."""
    check("".join(f"{key} = {toml(value)}\n" for key, value in document.items()).encode())


@given(
    st.lists(st.dictionaries(KEYS, VALUES, max_size=5), max_size=4),
    st.sampled_from(["source", "entity", "origin", "revision", *KINDS]),
    st.sampled_from(FORMATS),
)
def test_any_values_in_tables(tables: list[dict[str, object]], name: str, version: int) -> None:
    """Tables of the right name with anything in them are answered."""
    head = f'format = {version}\nbriefing = {{id = "x", title = "t", bluf = "b", lang = "en", as_of = "2026"}}\n'
    check((head + f"{name} = {toml(tables)}\n").encode())


@pytest.mark.parametrize("text", MUTATED, ids=["format 1", "format 2"])
@pytest.mark.parametrize("part", range(40))
def test_any_beginning_of_a_briefing(text: str, part: int) -> None:
    """A file that was cut off is answered."""
    check(text[: part * len(text) // 40].encode())
