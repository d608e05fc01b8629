"""The rules in words: for `--explain`, and for the handbook's page of all rules."""

import textwrap
from collections.abc import Iterator
from typing import Final

from tui.checks.rule import Rule
from tui.checks.rules import FAMILIES, RULES

TITLE: Final = "The rules of briefing check"
_INTRODUCTION: Final = (
    "This chapter is written from the rules themselves. A rule has an id that no other will ever have. An error is"
    " certain and fails the check; a warning fails it with --strict; information never does. Each rule has an example on"
    " which it fires and one like it on which it does not: briefing check --explain ID shows them."
)


def explained(rule: Rule, width: int) -> Iterator[str]:
    """Explain a rule with what it fires on and what not, as lines of a width."""
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


def page() -> str:
    """Write the handbook's page of all rules: plain text, a paragraph a rule."""
    parts = [TITLE, _INTRODUCTION]
    for letter, family in FAMILIES.items():
        rules = [rule for rule in RULES if rule.id[0] == letter]
        if rules:
            parts.append(f"{family}.")
            parts += map(_paragraph, rules)
    return "\n\n".join(parts) + "\n"


def _paragraph(rule: Rule) -> str:
    fix = " The option --fix mends it." if rule.fixable else ""
    return f"{rule.id}, {rule.severity}: {rule.title}. Why: {rule.why} Write instead: {rule.remedy.rstrip('.')}.{fix}"


def _listing(title: str, text: str) -> Iterator[str]:
    yield ""
    yield title
    yield ""
    yield from textwrap.indent(text.strip("\n"), "    ").split("\n")
