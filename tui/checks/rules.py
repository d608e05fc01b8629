"""All rules of `briefing check`."""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Final

from tui.checks import families
from tui.checks.rule import Rule

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted(
        value
        for module in pkgutil.iter_modules(families.__path__, f"{families.__name__}.")
        for value in vars(import_module(module.name)).values()
        if isinstance(value, Rule)
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
    "J": "Judgments, disputes and indicators",
    "Q": "Quotes",
    "R": "Recommendations",
    "S": "Sources",
    "T": "Terms",
    "V": "Views",
}
"""The subject of the rules of each letter."""
