"""The table of query fields, for grammar, index, facets, completion and help."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tui.briefing import edtf, kinds
from tui.briefing.nearest import nearest
from tui.briefing.scales import LIKELIHOODS
from tui.language.tokens import words_of

KINDS: Final = (*kinds.KINDS, "entity", "source", "text", "briefing")
"""Kinds of hit, in the order of the index. `briefing` is a front page, `text` a paragraph of a held text."""
STATEMENTS: Final = ("report", "statement", "inference", "prediction", "judgment")
HAS: Final = ("conflict", "quote", "quantity", "assessment", "date", "text")
_LETTERS: Final = tuple("ABCDEF")
_RATINGS: Final = tuple(f"{letter}{figure}" for letter in _LETTERS for figure in range(1, 7))
_LIKELIHOODS: Final = tuple(
    dict.fromkeys(
        word
        for step in sorted((step for scale in LIKELIHOODS.values() for step in scale), key=lambda step: step.low)
        for word in step.words
    )
)
_LONGEST_LIST: Final = 16
"""Values beyond which the help page does not list them."""


class ValueProblem(ValueError):  # noqa: N818 (a problem is what the rest of the program calls it)
    """A value that a field cannot have; the message is one line."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A query field."""

    name: str
    meaning: str
    example: str
    values: tuple[str, ...] = ()
    """All values in their order; empty where any value is allowed."""
    also: str = ""
    """Names of the field in other programs and in our format, separated by spaces; an error message suggests the field."""
    match: Literal["tag", "name", "date", "reading", "quote"] = "tag"
    """The kind of lookup: by exact value, by the words of a name, or a special one."""
    ranged: bool = False
    """Whether A..C stands for all values from A to C."""
    in_words: bool = False
    """Whether values are phrases; the index writes their spaces as underscores."""

    @property
    def is_facet(self) -> bool:
        """Whether the hits are counted by the values of this field."""
        return self.match in {"tag", "name"}


_TABLE: Final = (
    FieldSpec("kind", "what it is", "kind:claim", (*KINDS, *STATEMENTS), also="type pane"),
    FieldSpec(
        "in", "which briefing it stands in, by id or words of the title", "in:handbook", also="briefing", match="name"
    ),
    FieldSpec(
        "by", "who says it, by id or name", "by:paparo",
        also="author speaker who said person holder", match="name", in_words=True,
    ),
    FieldSpec("about", "what it speaks of, by id or name", "about:paparo", also="topic subject entity", match="name"),
    FieldSpec(
        "stance", "the stance that an expert view takes, by its words", "stance:sceptical",
        also="position opinion", match="name", in_words=True,
    ),
    FieldSpec(
        "source", "which source it cites, is or stands in, by id or label", "source:ap",
        also="outlet publisher site cite cites", match="name",
    ),
    FieldSpec("rating", "its Admiralty rating", "rating:B2", _RATINGS, also="credibility grade", ranged=True),
    FieldSpec("reliability", "the reliability of its source", "reliability:A..C", _LETTERS, ranged=True),
    FieldSpec(
        "likelihood", "how likely the briefing’s author takes it to be", "likelihood:likely", _LIKELIHOODS,
        also="probability", ranged=True, in_words=True,
    ),
    FieldSpec(
        "date", "when it happened, was said or was published", "date:2025-04..2025-06",
        also="year when since after before", match="date", ranged=True,
    ),
    FieldSpec("has", "what it has", "has:conflict", HAS),
    FieldSpec(
        "is", "whether you have read it as it stands", "is:unread", ("unread", "changed"), also="read", match="reading"
    ),
    FieldSpec(
        "quote", "words that are quoted from a source, verbatim", 'quote:"new axis"', also="words", match="quote"
    ),
)  # fmt: skip
FIELDS: Final[Mapping[str, FieldSpec]] = {field.name: field for field in _TABLE}
SYNONYMS: Final[Mapping[str, str]] = {name: field.name for field in _TABLE for name in field.also.split()}
FACETS: Final = tuple(field.name for field in _TABLE if field.is_facet)
GRAMMAR: Final = (
    ("two words", "both, anywhere, in any of their forms; the last one may be half typed"),
    ('"exact phrase"', "exactly these words in this order"),
    ("begin*", "words that begin so"),
    ("with-hyphens", "also written as one word, and the other way round: KN-23 and KN23, co-operate and cooperate"),
    ("-without", "not this word, phrase, field or parenthesis"),
    ("one OR other", "either"),
    ("(one OR other) third", "what belongs together"),
    ("three or more words", "where nothing has them all, what has two thirds of them is shown, marked as such"),
)


def grammar_help() -> tuple[tuple[str, str], ...]:
    """Return the rows of the help page: examples with their meanings."""
    return (*GRAMMAR, *((field.example, _meaning(field)) for field in _TABLE))


def _meaning(field: FieldSpec) -> str:
    if not 0 < len(field.values) <= _LONGEST_LIST:
        return field.meaning
    return f"{field.meaning}: {', '.join(field.values)}"


def values_of(name: str, written: str, *, prefix: bool = False) -> tuple[str, ...]:
    """Return the values that a written value stands for.

    Args:
        name: the field.
        written: the text behind the colon, without quotation marks.
        prefix: whether the beginning of a value is enough, since the reader still types.

    Returns:
        One value or several, or the two ends of a range of dates.

    Raises:
        ValueProblem: the field has no such value.
    """
    field = FIELDS[name]
    if field.match == "date":
        return _dates(written, prefix=prefix)
    if not field.values:
        if not words_of(written):
            raise ValueProblem(f"{name}: needs a word after it, such as {field.example}")
        return (written,)
    low, dots, high = written.partition("..")
    if dots and field.ranged:
        return _range(field, low, high, prefix=prefix)
    return _matching(field, written, prefix=prefix)


def _matching(field: FieldSpec, written: str, *, prefix: bool) -> tuple[str, ...]:
    wanted = _plain(written)
    begun = tuple(value for value in field.values if _plain(value).startswith(wanted))
    found = tuple(value for value in begun if _plain(value) == wanted) or (begun if prefix else ())
    if not found:
        raise ValueProblem(f"{field.name}: has no value {written[:40]!r}; {_hint(field, wanted, begun)}")
    return found


def _hint(field: FieldSpec, wanted: str, begun: Sequence[str]) -> str:
    if wanted and begun:
        letter = f"; reliability:{begun[0][0]} is the letter alone"
        return f"there are {', '.join(begun)}{letter if field.name == 'rating' and len(wanted) == 1 else ''}"
    near = nearest(wanted, map(_plain, field.values))
    meant = next((value for value in field.values if _plain(value) == near), "")
    return f"did you mean {meant}?" if meant else f"write one of {', '.join(field.values[:9])}"


def _range(field: FieldSpec, low: str, high: str, *, prefix: bool) -> tuple[str, ...]:
    first = field.values.index(_matching(field, low, prefix=False)[0]) if low else 0
    last = len(field.values) - 1
    if high and not (prefix and high == "."):
        last = field.values.index(_matching(field, high, prefix=prefix)[-1])
    first, last = sorted((first, last))
    values = field.values[first : last + 1]
    if field.name != "rating":
        return values
    figures = sorted((field.values[first][1], field.values[last][1]))
    return tuple(value for value in values if figures[0] <= value[1] <= figures[1])


def _dates(written: str, *, prefix: bool) -> tuple[str, ...]:
    for text in _date_attempts(written) if prefix else (written,):
        low, dots, high = text.partition("..")
        if "/" in text:
            low, dots, high = text.partition("/")
            low, high = low.strip("."), high.strip(".")
        ends = (low, high if dots else low)
        if any(ends) and all(_is_date(end) for end in ends if end):
            return ends
    raise ValueProblem("date: needs a date or a range, such as 2025, 2025-04 or 2025-04..2025-06")


def _date_attempts(written: str) -> Iterator[str]:
    """Yield a half-typed date, and its beginnings; 2025-0 still means 2025."""
    for length in range(len(written), max(3, len(written) - 9), -1):
        yield written[:length]


def _is_date(text: str) -> bool:
    try:
        edtf.parse(text)
    except ValueError:
        return False
    return True


def _plain(value: str) -> str:
    return value.strip().casefold().replace("_", " ").replace("-", " ")


def complete(
    text: str, cursor: int, vocabulary: Callable[[str], Sequence[str]] = lambda _name: ()
) -> tuple[int, tuple[str, ...]]:
    """Complete the field or the value at the cursor.

    Args:
        text: the query.
        cursor: the cursor's offset in the query.
        vocabulary: returns the values of a field that allows any, such as the ids of the briefings for `in`.

    Returns:
        The offset of the completed word, and the candidates for the text from there to the cursor.
    """
    start = max(text.rfind(character, 0, cursor) for character in " (\t\n") + 1
    start += text[start:cursor].startswith("-")
    typed = text[start:cursor]
    name, colon, value = typed.partition(":")
    if not colon:
        return start, tuple(f"{field}:" for field in FIELDS if typed and field.startswith(typed.lower()))
    if name.lower() not in FIELDS:
        return start, ()
    wanted = _plain(value.lstrip('"'))
    known = FIELDS[name.lower()].values or vocabulary(name.lower())
    # Values with a later word that begins so come second, since a person is called by the last name.
    begins = [known_value for known_value in known if _plain(known_value).startswith(wanted)]
    fitting = [*begins, *(value for value in known if f" {wanted}" in _plain(value) and value not in begins)]
    return start, tuple(f"{name}:{_quoted(known_value)}" for known_value in fitting[:50])


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
