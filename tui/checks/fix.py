"""Mending a TOML file where no judgment is needed, in place."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import tomli

from tui.briefing.problems import KeyPath
from tui.briefing.toml_edits import Append, EditError, Put, Remove, TomlEdit, edited
from tui.briefing.toml_text import basic_string
from tui.checks.rule import Edit

_NOT_UNDERSTOOD: Final = "its layout is not understood; mend it by hand"


class UnmendableError(Exception):
    """A text that cannot be mended without harm; the message says why."""


def mended(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits to a TOML text.

    Args:
        text: the file's text, with its own line breaks.
        edits: what is to be appended and removed; what is done already is left as it is.

    Raises:
        UnmendableError: the text would not say what it said before, but for the edits.
    """
    left = list(dict.fromkeys(edits))
    try:
        while left:
            now = list({edit.path: edit for edit in reversed(left)}.values())  # one an array: the others move by it
            text = edited(text, _in_place(text, now))
            left = [edit for edit in left if edit not in now]
    except (EditError, LookupError, TypeError, ValueError) as error:
        raise UnmendableError(_NOT_UNDERSTOOD) from error
    return text


def _in_place(text: str, edits: Iterable[Edit]) -> Sequence[TomlEdit]:
    data = tomli.loads(text)
    return [change for edit in edits for change in _changes(data, edit)]


def _changes(data: Any, edit: Edit) -> Iterator[TomlEdit]:
    *way, key = edit.path
    table = data
    for part in way:
        table = table[part]
    if edit.action == "put":
        if table.get(key) != edit.value:
            yield Put(edit.path, basic_string(edit.value))
    elif edit.action == "remove":
        yield from _removals(table, edit.path, edit.value)
    elif edit.value not in table.get(key, ()):
        yield Append(edit.path, basic_string(edit.value))


def _removals(table: Any, path: KeyPath, value: str) -> Iterator[TomlEdit]:
    """Yield the removal of an item and of an empty key."""
    array = table[path[-1]]
    place = array.index(value)
    if len(array) > 1:
        yield Remove((*path, place))
        return
    yield Remove(path)
    if path[-1] == "ignore" and "ignore_why" in table:
        yield Remove((*path[:-1], "ignore_why"))
