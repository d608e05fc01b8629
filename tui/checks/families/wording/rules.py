"""All rules on wording."""

from typing import Final

from tui.checks.families.wording import actions as acting
from tui.checks.families.wording import hedging, lists, speakers, statements
from tui.checks.rule import Rule

RULES: Final[tuple[Rule, ...]] = (
    *hedging.RULES,
    *speakers.RULES,
    *statements.RULES,
    *acting.RULES,
    *lists.RULES,
)
