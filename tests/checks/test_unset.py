"""Markdown in prose that is not set is told, each at its place, and nothing else is."""

from collections.abc import Callable

import pytest

from tui.checks.report import Report

CLAIM = '''[[claim]]
id = "a"
by = "x"
text = """
{}"""
'''
Check = Callable[..., list[Report]]


def said(checked: Check, prose: str) -> list[tuple[int, int, str]]:
    """Return place and message of each finding, the line counted in the prose from 1."""
    found = [report for report in checked(CLAIM.format(prose)) if report.rule == "F003"]
    first = checked(CLAIM.format("[x](y)"))
    begins = next(report.line for report in first if report.rule == "F003")
    return [(report.line - begins + 1, report.column, report.message.partition(":")[0]) for report in found]


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("See [the note](https://example.org/a).", [(1, 5, "a link of Markdown is not set")]),
        ("![a picture](a.png) and [b](#b)", [(1, 1, "a link of Markdown is not set"), (1, 25, "a link of Markdown is not set")]),
        ("So:\n```toml\na = 1\n```", [(2, 1, "a fence is not set, and its lines run together")]),
        ('[a](https://e.org/a "Title") and [b](https://e.org/b_(c))',
         [(1, 1, "a link of Markdown is not set"), (1, 34, "a link of Markdown is not set")]),
        ("```\na\n~~~\nb\n```\n\n~~~\nc\n~~~",
         [(1, 1, "a fence is not set, and its lines run together"), (7, 1, "a fence is not set, and its lines run together")]),
        ("~~~\na\n~~~", [(1, 1, "a fence is not set, and its lines run together")]),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", [(2, 1, "a table is not set, and its rows run together")]),
        ("a | b\n--- | ---\n1 | 2", [(2, 1, "a table is not set, and its rows run together")]),
        ("- one\n  - two\n- three", [(2, 1, "an item within an item is set beside it")]),
        ("1. one\n    * two\n    * three", [(2, 1, "an item within an item is set beside it"), (3, 1, "an item within an item is set beside it")]),
        ("# Heading\n\nText.", [(1, 1, "a heading is not set")]),
        ("See [the note][1] and ![it][].\n\n[1]: https://example.org/a",
         [(1, 5, "a link of Markdown is not set"), (1, 23, "a link of Markdown is not set"), (3, 1, "a link of Markdown is not set")]),
        ("<B>Bold</B><br/>", [(1, 1, "a tag of HTML is not set"), (1, 8, "a tag of HTML is not set"), (1, 12, "a tag of HTML is not set")]),
        ("Heading\n=======\n\nText.", [(2, 1, "a heading is not set")]),
        ("It says:\n\n> the bridge is closed", [(3, 1, "a quotation set apart is not set")]),
        ("So it is.[^1]\n\n[^1]: A source.", [(1, 10, "a footnote of Markdown is not set"), (3, 1, "a footnote of Markdown is not set")]),
        ("It is ~~not~~ closed <!-- ask\nAnn -->, AT&amp;T.",
         [(1, 7, "words struck out are not set"), (1, 22, "a comment is shown to every reader"), (2, 12, "a character of HTML is not set")]),
        ('<a href="x">it</a>', [(1, 1, "a tag of HTML is not set"), (1, 15, "a tag of HTML is not set")]),
    ],
)  # fmt: skip
def test_what_is_not_set_is_told_at_its_place(checked: Check, prose: str, expected: list[tuple[int, int, str]]) -> None:
    assert said(checked, prose) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "- one\n- two\n\n3. three\n4. four",
        "  - one\n  - two",
        "- one\n  goes on\n- two",
        "Use `[x](y)` and `a | b` and `<b>`.",
        "a <b and c> d, 1 <2> 3, <3, <sic>, [[a]][[b]], [a]: yes [1] [2].",
        "[[a|words]] (in brackets), [1] (see there), a[0](1",
        "One --- two, a - b, x | y, and #1 of 3.",
        "> 100 were sent, a~~b, ~~ and ~~, R&D; AT&T; a [^ b], x <!-- y.",
        "Sums:\n= 5 + 7\nand a == b.",
        "An em-dash line:\n---\nis a line.",
        "- one\n\nA paragraph.\n\n  - another list",
    ],
)
def test_what_prose_knows_is_not(checked: Check, prose: str) -> None:
    assert said(checked, prose) == []
