"""All rules of `briefing check`."""

import itertools
from collections.abc import Mapping
from typing import Final

from tui.checks.families import claims, placeholders, quotes, recommendations, sources, views, whole
from tui.checks.families.wording import rules as wording
from tui.checks.rule import Rule

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted(
        itertools.chain(
            quotes.RULES,
            sources.RULES,
            claims.RULES,
            views.RULES,
            recommendations.RULES,
            whole.RULES,
            placeholders.RULES,
            wording.RULES,
        ),
        key=lambda rule: rule.id,
    )
)
"""Every rule, by id."""
BY_ID: Final[Mapping[str, Rule]] = {rule.id: rule for rule in RULES}
EVERY_FILE: Final = "F001"
"""The rule under which a problem of the loader is reported that no other rule names."""
FAMILIES: Final[Mapping[str, str]] = {
    "A": "Assumptions",
    "B": "The briefing",
    "C": "Claims",
    "D": "Drafts",
    "F": "The file",
    "I": "Exceptions",
    "Q": "Quotes",
    "R": "Recommendations",
    "S": "Sources",
    "T": "Terms",
    "V": "Views",
}
"""What the rules of a letter are about."""
