"""A file that is loaded with what was read of it before, gives what it gives when it is loaded alone."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.harbour import HARBOUR
from tests.evidence.quay import QUAY
from tui.briefing.loader import Loaded, load_bytes
from tui.briefing.memory import Memory

LINES = (
    "[[claim]]", "[[claim]] # one more", "[[ claim ]]", "[claim]", "[[claim.quantity]]", "[briefing]", "[claim.csl]", "[[source]]",
    'text = """', '"""', "'''", "note = [", "]", "claim = []", "claim = 1", 'id = "few"', 'id = "open"', "x = 1", "", "# note", "\\",
    'text = "see [[open]]"', "[[origin]]", "format = 1", "briefing.id = 'x'", '[["claim"]]', "\t[[view]]", 'by = "x"', "\x00", "\r",
)  # fmt: skip
"""Lines that begin and end tables, strings and arrays, or clash with what is there."""

Edit = tuple[str, int, int, str]
EDITS = st.tuples(
    st.sampled_from(("insert", "delete", "move", "again", "cut")),
    st.integers(0, 400),
    st.integers(1, 12),
    st.sampled_from(LINES),
)


def edited(lines: list[str], edit: Edit) -> list[str]:
    """Edit the lines of a file."""
    action, at, number, line = edit
    at %= len(lines) + 1
    part, rest = lines[at : at + number], [*lines[:at], *lines[at + number :]]
    if action == "insert":
        return [*lines[:at], line, *lines[at:]]
    if action == "cut":
        return [*lines[:at], *(one[: number * 2] for one in lines[at : at + 1]), *lines[at + 1 :]]
    places = {"delete": [], "move": [*part], "again": [*part, *part]}
    return [*rest[: at // 2], *places[action], *rest[at // 2 :]]


def outcome(loaded: Loaded) -> str:
    """Return all that was loaded, as text."""
    return repr(loaded)


@pytest.fixture(scope="module")
def text(tiny: Callable[..., str]) -> str:
    """Give a sound file with most kinds of table."""
    return tiny(QUAY, format="2", id="quay", title="Casks")


@settings(max_examples=120)
@given(edits=st.lists(EDITS, min_size=1, max_size=8), more=st.sampled_from(["", HARBOUR]))
def test_random_edits_give_the_same(text: str, edits: list[Edit], more: str) -> None:
    memory, lines = Memory(), (text + more).split("\n")
    load_bytes(text.encode(), "b.toml", None, memory)
    for edit in edits:
        lines = edited(lines, edit)
        data = "\n".join(lines).encode()
        assert outcome(load_bytes(data, "b.toml", None, memory)) == outcome(load_bytes(data, "b.toml"))


def test_an_unchanged_table_is_not_read_again(text: str) -> None:
    memory = Memory()
    before = load_bytes(text.encode(), "b.toml", None, memory).briefing
    after = load_bytes(text.replace("The ledger counts.", "It counts.").encode(), "b.toml", None, memory).briefing
    assert before
    assert after
    same = [one is other for one, other in zip(before.entries(), after.entries(), strict=True)]
    assert same.count(False) == 1
