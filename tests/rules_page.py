"""The handbook's chapter on the rules: ``python -m tests.rules_page`` writes it, its hash and the lock anew."""

import hashlib
import re
from pathlib import Path
from typing import Final

from tui.authoring.held_texts import hold
from tui.checks.rule import Rule
from tui.checks.rules import FAMILIES, RULES

HANDBOOK: Final = Path(__file__).parent.parent / "content" / "handbook"
CHAPTER: Final = HANDBOOK / "held" / "rules.txt"

TITLE: Final = "The rules of briefing check"
_INTRODUCTION: Final = (
    "This chapter is written from the rules themselves. A rule has an id that no other will ever have. An error is"
    " certain and fails the check; a warning fails it with --strict; information never does. Each rule has an example on"
    " which it fires and one like it on which it does not: briefing check --explain ID shows them."
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


def with_hash(toml: str, text: str) -> str:
    """Put the chapter's hash into the text of the handbook's TOML."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return re.sub(r'(sha256 *= *)"[0-9a-f]{64}"(\nheld *= *"rules\.txt")', rf'\1"{digest}"\2', toml)


if __name__ == "__main__":
    briefing = HANDBOOK / "briefing.toml"
    CHAPTER.write_text(page(), encoding="utf-8")
    briefing.write_text(with_hash(briefing.read_text(encoding="utf-8"), page()), encoding="utf-8")
    list(hold(briefing, Path(), None, None))
