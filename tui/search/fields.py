"""The table of query fields, for grammar, index, facets, completion and help."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from tui.briefing import kinds
from tui.briefing.scales import LIKELIHOODS, Confidence

KINDS: Final = (*kinds.KINDS, "entity", "source", "text", "briefing")
"""Kinds of hit, in the order of the index. `briefing` is a front page, `text` a paragraph of a held text."""
TAGS: Final[Mapping[str, str]] = {kind: kind for kind in KINDS} | {"judgment": "key-judgment"}
"""The value of `kind` for each kind of hit. Claims and views may be of the kind `judgment`."""
DISPUTE: Final = "dispute"
"""The further value of `kind` for a question with positions."""
STATEMENTS: Final = ("report", "statement", "inference", "prediction", "judgment")
HAS: Final = ("conflict", "quote", "quantity", "assessment", "date", "text")
_LETTERS: Final = tuple("ABCDEF")
_RATINGS: Final = tuple(f"{letter}{figure}" for letter in _LETTERS for figure in range(1, 7))
_STEPS: Final = sorted((step for scale in LIKELIHOODS.values() for step in scale), key=lambda step: step.low)
_LIKELIHOODS: Final = {
    word: min(other.low for other in _STEPS if word in other.words) for step in _STEPS for word in step.words
}
"""The words of both scales, each with the lower end of its step."""
_LONGEST_LIST: Final = 16
"""Values beyond which the help page does not list them."""


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
    ranks: tuple[int, ...] = ()
    """The ranks of the values, in order, where `>=likely` compares them; equal ranks mean the same."""
    in_words: bool = False
    """Whether values are phrases; the index writes their spaces as underscores."""

    @property
    def is_facet(self) -> bool:
        """Whether the hits are counted by the values of this field."""
        return self.match in {"tag", "name"}


_TABLE: Final = (
    FieldSpec("kind", "what it is", "kind:claim", (*TAGS.values(), DISPUTE, *STATEMENTS), also="type pane"),
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
        also="opinion", match="name", in_words=True,
    ),
    FieldSpec(
        "position", "which answer to a dispute it holds or judges, by id or words", "position:thousands",
        also="positions answer answers dispute", match="name",
    ),
    FieldSpec(
        "evidence", "which judgment or dispute it is evidence for or against, by id or number",
        "evidence:how-many", also="for against weighs", match="name",
    ),
    FieldSpec(
        "party", "the part that its speaker, or the voice behind its source, has in the matter", "party:belligerent",
        also="side interest", match="name", in_words=True,
    ),
    FieldSpec(
        "source", "which source it cites, is or stands in, by id or label", "source:ap",
        also="outlet publisher site cite cites", match="name",
    ),
    FieldSpec("rating", "its Admiralty rating", "rating:B2", _RATINGS, also="credibility grade", ranged=True),
    FieldSpec("reliability", "the reliability of its source", "reliability:A..C", _LETTERS, ranged=True),
    FieldSpec(
        "likelihood", "how likely the briefing’s author takes it to be", "likelihood:>=likely",
        tuple(_LIKELIHOODS), also="probability", ranged=True, ranks=tuple(_LIKELIHOODS.values()), in_words=True,
    ),
    FieldSpec(
        "confidence", "how sure the briefing’s author is of that", "confidence:>=moderate",
        get_args(Confidence), also="certainty", ranged=True, ranks=(0, 1, 2),
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
    ("three or more words", "where nothing has them all, what has half of them or more is shown, marked as such"),
    ("other words", "where nothing is found, words that mean the same count too, marked as such"),
)


def grammar_help() -> tuple[tuple[str, str], ...]:
    """Return the rows of the help page: examples with their meanings."""
    return (*GRAMMAR, *((field.example, _meaning(field)) for field in _TABLE))


def _meaning(field: FieldSpec) -> str:
    if not 0 < len(field.values) <= _LONGEST_LIST:
        return field.meaning
    return f"{field.meaning}: {', '.join(field.values)}"


def plain(value: str) -> str:
    """Return a value as it is compared with others."""
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
    wanted = plain(value.lstrip('"'))
    known = FIELDS[name.lower()].values or vocabulary(name.lower())
    # Values with a later word that begins so come second, since a person is called by the last name.
    begins = [known_value for known_value in known if plain(known_value).startswith(wanted)]
    fitting = [*begins, *(value for value in known if f" {wanted}" in plain(value) and value not in begins)]
    return start, tuple(f"{name}:{quoted(known_value)}" for known_value in fitting[:50])


def shown(name: str, value: str) -> str:
    """Return a value of the index in the form of a query."""
    return value.replace("_", " ") if FIELDS[name].in_words else value


def quoted(value: str) -> str:
    """Return a value as it is written in a query."""
    return f'"{value}"' if " " in value else value
