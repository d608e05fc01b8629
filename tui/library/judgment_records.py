"""The records of judgments, questions and indicators."""

from typing import NamedTuple


class Alternative(NamedTuple):
    """Another explanation that was weighed."""

    text: str
    likelihood: str


class Earlier(NamedTuple):
    """An earlier form of a judgment."""

    on: str
    likelihood: str
    confidence: str
    text: str
    why: str


class Outcome(NamedTuple):
    """The outcome of a judgment."""

    on: str
    came_true: bool
    why: str


class Judgment(NamedTuple):
    """The further fields of a judgment. Likelihood, confidence and reasons are its assessment."""

    so_what: str
    alternatives: tuple[Alternative, ...]
    previous: tuple[Earlier, ...]
    outcome: Outcome | None


class Position(NamedTuple):
    """One answer to a disputed question."""

    id: str
    text: str
    entries: tuple[str, ...]
    note: str


class Bearing(NamedTuple):
    """The weight of an entry for and against positions."""

    entry: str
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    why: str


class Question(NamedTuple):
    """The further fields of a question."""

    key: bool
    """Whether the quantities of the question are the chart of the front page."""
    settled_by: str
    positions: tuple[Position, ...]
    evidence: tuple[Bearing, ...]


class Move(NamedTuple):
    """The effect of a sign on a judgment."""

    to: str
    way: str
    """`up` or `down`."""


class Sign(NamedTuple):
    """One form in which an indicator may show itself."""

    text: str
    moves: tuple[Move, ...]


class Indicator(NamedTuple):
    """The further fields of an indicator."""

    where: str
    until: str
    observed: str
    """The day of its observation; empty before."""
    outcomes: tuple[Sign, ...]
