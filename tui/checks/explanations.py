"""The rules in words, for `--explain`."""

import textwrap
from collections.abc import Iterator

from tui.checks.rule import Rule
from tui.checks.rules import RULES


def explained(rule: Rule, width: int) -> Iterator[str]:
    """Yield the explanation and examples of a rule, as wrapped lines."""
    fix = "; --fix mends it" if rule.fixable else ""
    yield f"{rule.id} · {rule.severity}{fix}"
    yield ""
    for mark, words in (("", f"{rule.title[:1].upper()}{rule.title[1:]}."), ("Why: ", rule.why)):
        yield from textwrap.wrap(f"{mark}{words}", width, break_on_hyphens=False)
    yield from textwrap.wrap(f"Write instead: {rule.remedy}", width, break_on_hyphens=False)
    if rule.text:
        yield from _listing("The held text of `note`:", rule.text)
    yield from _listing("It fires on:", rule.example)
    yield from _listing("It stays silent on:", rule.near_miss)


def table(width: int) -> Iterator[str]:
    """List all rules, a line each."""
    for rule in RULES:
        yield from textwrap.wrap(
            f"{rule.id}  {rule.severity.ljust(7)}  {rule.title}",
            width,
            subsequent_indent=" " * 15,
            break_on_hyphens=False,
        )


def _listing(title: str, text: str) -> Iterator[str]:
    yield ""
    yield title
    yield ""
    yield from textwrap.indent(text.strip("\n"), "    ").split("\n")
