"""What a query means: the tree that the parser gives, each node with its place in the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is looked for, with its other forms."""

    text: str
    start: int
    end: int
    prefix: bool = False
    """Whether words that only begin with it count: while it is being typed, or where a star stands behind it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words in this order."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on a field: one of several values, or a range of dates."""

    name: str
    values: tuple[str, ...]
    """What it may be; for a range of dates its two ends, each a date of EDTF or empty for open."""
    start: int
    end: int
    prefix: bool = False
    """Whether the value is still being typed, and only has to begin so."""


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: "tuple[Node, ...]"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these."""

    parts: "tuple[Node, ...]"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    part: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Most:
    """All of these but a few of the words: what is asked where nothing has all of them."""

    parts: "tuple[Node, ...]"
    least: int
    """How many of the words there have to be."""
    start: int
    end: int
    besides: "tuple[Node, ...]" = ()
    """Words that need not be there, and only put what has them before what has not."""


Node: TypeAlias = Word | Phrase | Field | And | Or | Not | Most
Leaf: TypeAlias = Word | Phrase | Field


def leaves(node: Node | None, *, negated: bool = False) -> Iterator[Leaf]:
    """Give the words, phrases and fields of a tree in order; those behind a minus only where asked for."""
    if isinstance(node, And | Or | Most):
        for part in node.parts:
            yield from leaves(part, negated=negated)
    elif isinstance(node, Not):
        if negated:
            yield from leaves(node.part, negated=True)
    elif node is not None:
        yield node
