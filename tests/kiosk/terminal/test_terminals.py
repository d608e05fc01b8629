"""Sizes, colours and variables of visitors' terminals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.kiosk.terminal.terminals import bounded, is_taken, terminal


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((0, 0), (80, 24)),
        ((1, 1), (20, 6)),
        ((100_000, 100_000), (400, 150)),
        ((120, 0), (120, 24)),
        ((100, 40), (100, 40)),
    ],
)
def test_sizes_are_brought_into_bounds(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert expected == bounded(*size)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_every_size_is_in_bounds(width: int, height: int) -> None:
    columns, rows = bounded(width, height)
    assert 20 <= columns <= 400
    assert 6 <= rows <= 150


@pytest.mark.parametrize(
    ("kind", "variables", "mono", "depth"),
    [
        ("xterm-256color", {}, False, "256"),
        ("screen-256color", {"COLORTERM": "24bit"}, False, "true"),
        ("xterm-direct", {}, False, "true"),
        ("xterm-kitty", {}, False, "256"),
        ("xterm", {}, False, "256"),
        ("tmux", {}, False, "256"),
        ("xterm-16color", {}, False, "none"),
        ("xterm-mono", {}, False, "none"),
        ("rxvt", {}, False, "none"),
        ("linux", {}, False, "none"),
        ("xterm-256color", {"NO_COLOR": "1"}, False, "none"),
        ("xterm-256color", {"NO_COLOR": ""}, False, "256"),
        ("xterm-256color", {"COLORTERM": "truecolor"}, True, "none"),
    ],
)
def test_colours(kind: str, variables: dict[str, str], mono: bool, depth: str) -> None:
    assert depth == terminal(kind, (80, 24), variables, mono=mono).depth


@pytest.mark.parametrize(
    ("kind", "has"),
    [("dumb", False), ("Dumb", False), ("", False), ("unknown", False), ("vt100", True), ("xterm", True)],
)
def test_some_terminals_have_no_screen(kind: str, has: bool) -> None:
    assert has is terminal(kind, (80, 24), {}, mono=False).has_screen


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [("LANG", "C", True), ("LC_ALL", "C", True), ("NO_COLOR", "1", True), ("COLORTERM", "truecolor", True),
     ("LD_PRELOAD", "x", False), ("TEXTUAL", "debug", False), ("LANG", "x" * 65, False), ("LC_" + "X" * 70, "x", False)],
)  # fmt: skip
def test_few_variables_are_taken(name: str, value: str, taken: bool) -> None:
    assert taken is is_taken(name, value)
