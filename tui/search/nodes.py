"""The tree of a parsed query. Each node has its offsets in the query's text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A word; its other forms count too."""

    text: str
    start: int
    end: int
    prefix: bool = False
    """Whether longer words count too, since the reader still types or wrote a star."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another exactly so."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on a field: allowed values or a date range."""

    name: str
    values: tuple[str, ...]
    """The allowed values. A range of dates has two ends, each a date of EDTF or empty for open."""
    start: int
    end: int
    prefix: bool = False
    """Whether the value is still being typed, so that longer values count too."""


@dataclass(frozen=True, slots=True)
class And:
    """All parts."""

    parts: "tuple[Node, ...]"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: "tuple[Node, ...]"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """The absence of a part."""

    part: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Most:
    """All fields and a least number of words."""

    parts: "tuple[Node, ...]"
    least: int
    """The number of words that are required."""
    start: int
    end: int
    besides: "tuple[Node, ...]" = ()
    """Words that are not required, and only rank."""


Node: TypeAlias = Word | Phrase | Field | And | Or | Not | Most
Leaf: TypeAlias = Word | Phrase | Field


def leaves(node: Node | None, *, negated: bool = False) -> Iterator[Leaf]:
    """Yield the words, phrases and fields of a tree in order. `negated` includes those behind a minus."""
    if isinstance(node, And | Or | Most):
        for part in node.parts:
            yield from leaves(part, negated=negated)
    elif isinstance(node, Not):
        if negated:
            yield from leaves(node.part, negated=True)
    elif node is not None:
        yield node
