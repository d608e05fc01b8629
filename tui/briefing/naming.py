"""The keys that name ids, with the kinds of table named."""

from collections.abc import Iterator, Mapping
from typing import Final

from tui.briefing import prose
from tui.briefing.entry import RELATIONS
from tui.briefing.kinds import KINDS
from tui.briefing.problems import KeyPath

NAMING_A_SOURCE: Final = frozenset({"source", "cited_in", "via"})
SOURCES: Final = frozenset({"source"})
_ENTRIES: Final = frozenset(KINDS)
_STATEMENTS: Final = frozenset(kind.name for kind in KINDS.values() if not kind.is_judged)
_JUDGMENTS: Final = frozenset({"judgment"})
NAMING: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(NAMING_A_SOURCE, SOURCES), "about": _ENTRIES | {"entity"},
    **dict.fromkeys((*RELATIONS, "for", "against", "to", "entry", "entries"), _STATEMENTS), "answers": frozenset({"question"}),
}  # fmt: skip
"""The kinds of table that the ids of a key may name."""
NAMING_WITHIN: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "judgment": ("rests_on", frozenset({"assumption", "judgment"})),
    "recommendation": ("rests_on", _STATEMENTS | _JUDGMENTS),
    "indicator": ("moves", _JUDGMENTS),
}
"""The same for a table and a key on the way, where it differs."""
NAMING_ONE: Final = NAMING_A_SOURCE | {"to", "entry", "answers"}
"""The keys of a single id; others hold arrays."""
NAMING_POSITIONS: Final = frozenset({"for", "against"})
"""The keys that name positions where they stand in a question."""
NAMING_ITSELF: Final = NAMING_A_SOURCE | {"about"}
"""The keys that may name the table in which they stand."""
PROSE_KEYS: Final = ("text", "action", "descriptor", "bluf", "note", "why", "so_what", "settled_by")
PROSE: Final = frozenset(PROSE_KEYS)


def named_ids(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Return the ids of a key with their key paths. The position of `question#position` is left out."""
    if isinstance(value, str):
        yield path, value.partition("#")[0] if path[-1] == "answers" else value
    elif isinstance(value, list):
        yield from (((*path, index), one) for index, one in enumerate(value) if isinstance(one, str))


def link_targets(text: str) -> list[str]:
    """Return the ids to which the links of a prose lead."""
    if "[[" not in text:  # most have no link, and need no parsing
        return []
    return [run.target for passage in prose.parse(text) for run in passage.runs if run.style == "link"]
