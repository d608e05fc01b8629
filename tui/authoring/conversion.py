"""Converts an entry to another kind, in the characters of its table.

No value is lost, and all other characters of the table stay.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import tomli
from pydantic import ValidationError

from tui.briefing.fields import keys_of
from tui.briefing.kinds import KINDS
from tui.briefing.model import MODELS
from tui.briefing.positions import Positions
from tui.briefing.toml_edits import EditError, Put, edited

NOBODY: Final = "not told by the program"
"""The holder of a view that was converted from an entry without one."""
_Change = tuple[int, int, str]


def converted(section: str, before: str, after: str) -> str:
    """Return the table of an entry, converted to another kind.

    A key that the new kind does not have is kept as a comment.

    Args:
        section: the TOML of the entry, with its inner tables.
        before: the present kind of the entry.
        after: the new kind.

    Raises:
        EditError: the entry cannot have the new kind without an edit by hand.
    """
    values = tomli.loads(section)[before][0]
    positions = Positions(section)
    names = dict(_new_names(values, before, after))
    lost = [key for key in values if key not in names]
    if nested := [key for key in lost if positions.span((before, 0, key)) is None]:
        raise EditError(f"a {after} has no {nested[0]!r}, which has a table of its own; change it by hand")
    changes = [
        *_headers(section, positions, before, after),
        *(_renamed(section, positions, (before, 0, old), new) for old, new in names.items() if old != new),
        *(_commented(section, positions, (before, 0, key)) for key in lost),
    ]
    text = section
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    expected = {new: values[old] for old, new in names.items()}
    if after == "view" and "who" not in expected:
        text = edited(text, [Put((after, 0, "who"), f'"{NOBODY}"')])
        expected["who"] = NOBODY
    if tomli.loads(text) != {after: [expected]}:
        raise EditError("its table is laid out in a way that cannot be edited in place; change it by hand")
    if KINDS[after].is_attributed and not expected.get("cite") and not expected.get("by"):
        raise EditError(f"it is attributed to nobody: a {after} needs cite or by")
    try:
        MODELS[after].model_validate(expected)
    except ValidationError as error:
        said = error.errors(include_url=False)[0]
        raise EditError(
            f"it cannot be a {after} as it stands: {'.'.join(map(str, said['loc']))}: {said['msg']}"
        ) from error
    return text


def _new_names(values: Mapping[str, Any], before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield each key with its name in the new kind.

    A key that the new kind does not have is left out.
    """
    common = {own: name for name, own in KINDS[before].keys.items()}
    taken: set[str] = set()
    # Keys with a kind's own name go first, so that a recommendation's action wins over its reasons (`text`).
    for key in sorted(values, key=lambda key: key not in common):
        shared = common.get(key, key)
        name = key if key == "hedge" else KINDS[after].key(shared)
        if name in keys_of(MODELS[after]) and name not in taken:
            taken.add(name)
            yield key, name


def _headers(section: str, positions: Positions, before: str, after: str) -> Iterator[_Change]:
    for start in positions.tables:
        match = re.compile(rf"\[\[?[ \t]*[\"']?({re.escape(before)})").match(section, start)
        if match is None:
            raise EditError("its header is written in a way that cannot be edited in place; change it by hand")
        yield (*match.span(1), after)


def _renamed(section: str, positions: Positions, path: tuple[str | int, ...], new: str) -> _Change:
    """Return the change of a key's name.

    The equals sign keeps its column where there is room.
    """
    start = positions.key(path) or 0
    match = re.compile(r"([\"']?)([A-Za-z0-9_-]+)\1([ \t]*)=").match(section, start)
    if match is None:  # the key has a table of its own, whose header `_headers` does not rename
        raise EditError(f"{path[-1]!r} is written in a way that cannot be edited in place; change it by hand")
    room = match.end() - 1 - start
    gap = " " if match[3] else ""
    return start, match.end() - 1, f"{new}{gap}".ljust(room)


def _commented(section: str, positions: Positions, path: tuple[str | int, ...]) -> _Change:
    """Return the change that makes a key's lines a comment."""
    start = section.rfind("\n", 0, positions.key(path) or 0) + 1
    span = positions.span(path)
    found = section.find("\n", span[1] if span else start)
    end = len(section) if found < 0 else found
    return start, end, re.sub(r"^", "# ", section[start:end], flags=re.MULTILINE)
