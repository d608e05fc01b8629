"""Rules on drafts and on untouched words of the skeleton."""

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from tui.briefing.fields import field_of
from tui.briefing.judgments import Judgment
from tui.briefing.kinds import TABLES
from tui.briefing.own_voice import REQUIRED
from tui.briefing.problems import KeyPath
from tui.checks.rule import Finding, Subject, rule

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
        "A statement, and its day",
    }
)
"""The placeholders of a skeleton."""


_BEGINNING: Final = "Write here "
"""The beginning of the statements of its entries."""


_KEYS: Final = ("title", "bluf", "url", "name", "role", "text", "by", "affiliation", "who", "action", "actor")
"""The keys under which a skeleton has words of its own."""


_CLAIM: Final = """\
[[claim]]
id = "closed"
text = "The note says that the bridge is closed."
cite = [{ source = "note" }]
"""


_QUESTION: Final = """\
[[question]]
id = "open"
text = "TEXT"
"""


@rule(
    "D001",
    "warning",
    title="the entry is a draft",
    why="What a program proposes is a candidate; only a person can tell whether the source says it.",
    remedy="check it against its source, and delete the line draft = true, or the entry",
    example=_CLAIM + "draft = true\n",
    near_miss=_CLAIM + "draft = false\n",
)
def drafts(subject: Subject) -> Iterator[Finding]:
    """Find entries that a program proposed and no person has settled."""
    for path, entry in subject.entries:
        if entry.draft and isinstance(entry, Judgment):
            lacking = [key for key in REQUIRED if getattr(entry, field_of(key)) is None]
            lack = f" and lacks {', '.join(lacking)}" if lacking else ""
            message = f"{entry.id!r} is not settled yet{lack}"
            yield Finding(
                (*path, "draft"),
                message,
                f"{'write them' if lacking else 'read it again'}, and delete the line draft = true, or the judgment",
            )
        elif entry.draft:
            yield Finding((*path, "draft"), f"{entry.id!r} was proposed by a program and is not settled yet")


def is_placeholder(text: str) -> bool:
    """Whether a text is the skeleton's own."""
    return text in PLACEHOLDERS or text.startswith(_BEGINNING)


@rule(
    "D002",
    "warning",
    title="words of the skeleton were left as they were",
    why="A reader takes for the author's what only held a place for it.",
    remedy="write your own words there, or delete the table or the key",
    example=_QUESTION.replace("TEXT", "What would you need to know?"),
    near_miss=_QUESTION.replace("TEXT", "Who closed the bridge?"),
)
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
