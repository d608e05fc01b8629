"""The fields of a query: one table for the grammar, the help page and the completion in the box."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tui.briefing import edtf, kinds
from tui.briefing.nearest import nearest
from tui.briefing.scales import LIKELIHOODS
from tui.language.tokens import words_of

KINDS: Final = (*kinds.KINDS, "entity", "source", "text", "briefing")
"""The kinds of what is found, in the order of the index; `briefing` is of its front page, `text` a paragraph of a held text."""
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


class ValueProblem(ValueError):  # noqa: N818 (a problem is what the rest of the program calls it)
    """A value that a field cannot have; the message is one line."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What is known of a field."""

    name: str
    meaning: str
    example: str
    values: tuple[str, ...] = ()
    """All it can be, in their order; empty where it is free."""
    ranged: bool = False
    """Whether A..C counts: all values from the one to the other."""
    date: bool = False


_TABLE: Final = (
    FieldSpec("kind", "what it is", "kind:claim", (*KINDS, *STATEMENTS)),
    FieldSpec("in", "which briefing it stands in, by id or words of the title", "in:handbook"),
    FieldSpec("by", "who says it, by id or name", "by:paparo"),
    FieldSpec("about", "what it speaks of, by id or name", "about:paparo"),
    FieldSpec("stance", "the stance that an expert view takes, by its words", "stance:sceptical"),
    FieldSpec("source", "which source it cites, is or stands in, by id or label", "source:ap"),
    FieldSpec("rating", "its Admiralty rating", "rating:B2", _RATINGS, ranged=True),
    FieldSpec("reliability", "the reliability of its source", "reliability:A..C", _LETTERS, ranged=True),
    FieldSpec(
        "likelihood", "how likely the briefing’s author takes it to be", "likelihood:likely", _LIKELIHOODS, ranged=True
    ),
    FieldSpec("date", "when it happened, was said or was published", "date:2025-04..2025-06", ranged=True, date=True),
    FieldSpec("has", "what it has", "has:conflict", HAS),
    FieldSpec("is", "whether you have read it as it stands", "is:unread", ("unread", "changed")),
    FieldSpec("quote", "words that are quoted from a source, verbatim", 'quote:"new axis"'),
)
FIELDS: Final[Mapping[str, FieldSpec]] = {field.name: field for field in _TABLE}
MEANT: Final[Mapping[str, str]] = {
    "author": "by", "speaker": "by", "who": "by", "said": "by", "person": "by", "holder": "by",
    "topic": "about", "subject": "about", "entity": "about", "type": "kind", "pane": "kind",
    "briefing": "in", "outlet": "source", "publisher": "source", "site": "source", "cite": "source", "cites": "source",
    "credibility": "rating", "grade": "rating", "probability": "likelihood", "year": "date", "when": "date",
    "position": "stance", "opinion": "stance", "since": "date", "after": "date", "before": "date", "words": "quote", "read": "is",
}  # fmt: skip
"""What other programs, and our own format, call the fields."""
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
    """Give the rows of the help page: what one writes, and what it means."""
    return (*GRAMMAR, *((field.example, _meaning(field)) for field in _TABLE))


def _meaning(field: FieldSpec) -> str:
    if not field.values or len(field.values) > 16:
        return field.meaning
    return f"{field.meaning}: {', '.join(field.values)}"


def values_of(name: str, written: str, *, prefix: bool = False) -> tuple[str, ...]:
    """Give the values that a written one stands for: several for a range, two ends for dates.

    Args:
        name: the field.
        written: what stands behind the colon, without quotation marks.
        prefix: whether it is still being typed, so that the beginning of a value is enough.

    Raises:
        ValueProblem: the field has no such value.
    """
    field = FIELDS[name]
    if field.date:
        return _dates(written, prefix=prefix)
    if not field.values:
        if not words_of(written):
            raise ValueProblem(f"{name}: wants a word behind it, such as {field.example}")
        return (written,)
    low, dots, high = written.partition("..")
    if dots and field.ranged:
        return _stretch(field, low, high, prefix=prefix)
    return _matching(field, written, prefix=prefix)


def _matching(field: FieldSpec, written: str, *, prefix: bool) -> tuple[str, ...]:
    wanted = _plain(written)
    found = tuple(value for value in field.values if _plain(value) == wanted)
    if prefix and not found:
        found = tuple(value for value in field.values if _plain(value).startswith(wanted))
    if not found:
        near = nearest(wanted, map(_plain, field.values))
        shown = next((value for value in field.values if _plain(value) == near), "")
        begun = [value for value in field.values if _plain(value).startswith(wanted)] if wanted else []
        if begun:
            hint = f"there are {', '.join(begun)}"
            if field.name == "rating" and len(wanted) == 1:
                hint += f"; reliability:{begun[0][0]} is the letter alone"
        else:
            hint = f"did you mean {shown}?" if shown else f"write one of {', '.join(field.values[:9])}"
        raise ValueProblem(f"{field.name}: has no value {written[:40]!r}; {hint}")
    return found


def _stretch(field: FieldSpec, low: str, high: str, *, prefix: bool) -> tuple[str, ...]:
    first = field.values.index(_matching(field, low, prefix=False)[0]) if low else 0
    last = len(field.values) - 1
    if high and not (prefix and high == "."):
        last = field.values.index(_matching(field, high, prefix=prefix)[-1])
    first, last = sorted((first, last))
    stretch = field.values[first : last + 1]
    if field.name != "rating":
        return stretch
    figures = sorted((field.values[first][1], field.values[last][1]))
    return tuple(value for value in stretch if figures[0] <= value[1] <= figures[1])


def _dates(written: str, *, prefix: bool) -> tuple[str, ...]:
    for text in _date_attempts(written, prefix=prefix):
        low, dots, high = text.partition("..")
        if "/" in text:
            low, dots, high = text.partition("/")
            low, high = low.strip("."), high.strip(".")
        ends = (low, high if dots else low)
        if any(ends) and all(_is_date(end) for end in ends if end):
            return ends
    raise ValueProblem("date: wants a date or a range, such as 2025, 2025-04 or 2025-04..2025-06")


def _date_attempts(written: str, *, prefix: bool) -> Sequence[str]:
    """Give what a date that is being typed may mean so far: 2025-0 is still 2025."""
    if not prefix:
        return (written,)
    return [written[:length] for length in range(len(written), max(3, len(written) - 9), -1)]


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
        cursor: where the cursor stands in it.
        vocabulary: gives the values of a field that is free, such as the ids of the briefings for `in`.

    Returns:
        Where the completed word begins, and what may stand there up to the cursor.
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
    # First what begins so, then what has a word that begins so: a person is called by the last name.
    begins = [known_value for known_value in known if _plain(known_value).startswith(wanted)]
    fitting = [*begins, *(value for value in known if f" {wanted}" in _plain(value) and value not in begins)]
    return start, tuple(f"{name}:{_written(known_value)}" for known_value in fitting[:50])


def _written(value: str) -> str:
    return f'"{value}"' if " " in value else value
