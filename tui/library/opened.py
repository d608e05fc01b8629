"""What came of opening a briefing, and its way through JSON."""

import json
from typing import NamedTuple

from tui.briefing.problems import Problem
from tui.library.records import Edition, from_json


class Opened(NamedTuple):
    """What came of opening a briefing."""

    edition: Edition | None
    problems: tuple[Problem, ...]
    inputs: dict[str, str]
    """Every file that the result depends on, also those that are not there, each with its stamp."""

    def as_json(self) -> str:
        """Write it as JSON; a named tuple is a list there."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))


def opened_from_json(text: str) -> Opened:
    """Read what `as_json` wrote.

    Raises:
        ValueError: it is something else.
        TypeError: likewise.
    """
    edition, problems, inputs = json.loads(text)
    return Opened(from_json(edition) if edition else None, tuple(Problem(*row) for row in problems), inputs)
