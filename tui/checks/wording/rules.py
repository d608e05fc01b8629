"""All rules on wording."""

from typing import Final

from tui.checks.rule import Rule
from tui.checks.wording import acting, hedging, lists, speakers, statements

RULES: Final[tuple[Rule, ...]] = (
    *hedging.RULES,
    *speakers.RULES,
    *statements.RULES,
    *acting.RULES,
    *lists.RULES,
)
