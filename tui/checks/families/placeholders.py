"""The skeleton's own words, which an author puts his in the place of."""

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from tui.briefing.kinds import TABLES
from tui.briefing.problems import KeyPath
from tui.checks.rule import Finding, Rule, Subject

PLACEHOLDERS: Final = frozenset(
    {
        "Write the bottom line here, in two or three sentences, so that a hurried reader is not misled.",
        "The title as it stands there",
        "https://example.org/first",
        "Another title",
        "https://example.org/second",
        "The name of a person",
        "the office held at the time",
        "Write in a sentence or two what came before.",
        "whoever says so",
        "the office held when it was said",
        "the body that the holder belonged to",
        "whoever is to act",
        "What would you need to know?",
    }
)
"""What a skeleton says in the place of what only its author can say."""
_BEGINNING: Final = "Write here "
"""The beginning of the statements of its entries."""


def is_placeholder(text: str) -> bool:
    """Whether a text is the skeleton's own."""
    return text in PLACEHOLDERS or text.startswith(_BEGINNING)


_KEYS: Final = ("title", "bluf", "url", "name", "role", "text", "by", "affiliation", "who", "action", "actor")
"""The keys under which a skeleton has words of its own."""


def untouched(subject: Subject) -> Iterator[Finding]:
    """Find tables in which words of the skeleton still stand."""
    header = subject.briefing.briefing
    yield from _untouched(("briefing",), header, _keys_of(header))
    for name in TABLES:
        tables = subject.briefing.tables(name)
        keys = _keys_of(tables[0]) if tables else []
        for index, table in enumerate(tables):
            yield from _untouched((name, index), table, keys)


def _keys_of(table: BaseModel) -> list[str]:
    return [key for key in _KEYS if hasattr(table, key)]


def _untouched(path: KeyPath, table: BaseModel, keys: list[str]) -> Iterator[Finding]:
    found = [key for key in keys if (text := getattr(table, key)) and is_placeholder(text)]
    if found:
        yield Finding((*path, found[0]), f"the skeleton's own words stand here: {', '.join(found)}")


_QUESTION: Final = """\
[[question]]
id = "open"
text = "TEXT"
"""
RULES: Final = (
    Rule(
        "D002",
        "warning",
        "words of the skeleton were left as they were",
        "A reader takes for the author's what only held a place for it.",
        "write your own words there, or delete the table or the key",
        untouched,
        _QUESTION.replace("TEXT", "What would you need to know?"),
        _QUESTION.replace("TEXT", "Who closed the bridge?"),
    ),
)
