"""Mending a TOML file where no judgment is needed, with its comments and layout kept."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import tomli

from tui.briefing.positions import Positions
from tui.briefing.problems import KeyPath
from tui.checks.rule import Edit

if TYPE_CHECKING:
    from tomlkit.items import AbstractTable


_NOT_UNDERSTOOD: Final = "its layout is not understood; mend it by hand"


class UnmendableError(Exception):
    """A text that cannot be mended without harm; the message says why."""


def mended(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits to a TOML text.

    Each table is mended by itself, since tables of one array may stand apart, with others between them.

    Args:
        text: the file's text, with its own line breaks.
        edits: what is to be appended and removed; what is done already is left as it is.

    Raises:
        UnmendableError: the text would not say what it said before, but for the edits.
    """
    wanted = list(dict.fromkeys(edits))
    expected = tomli.loads(text.replace("\r\n", "\n"))
    try:
        for edit in wanted:
            _apply_plainly(expected, edit)
    except (LookupError, ValueError) as error:
        raise UnmendableError(_NOT_UNDERSTOOD) from error
    sections = _sections(text)
    groups: dict[tuple[int, int], list[Edit]] = defaultdict(list)
    for edit in wanted:
        table = next((edit.path[:length] for length in (2, 1) if edit.path[:length] in sections), ())
        alone = (edit.path[0], 0) if len(table) == 2 else table  # in its section a table of an array is the first
        groups[sections[table]].append(edit._replace(path=(*alone, *edit.path[len(table) :])))
    new = text
    for (start, end), group in sorted(groups.items(), reverse=True):
        new = new[:start] + _mended_section(text[start:end], group) + new[end:]
    try:
        as_expected = tomli.loads(new.replace("\r\n", "\n")) == expected
    except tomli.TOMLDecodeError:  # a table in pieces, with others between them
        as_expected = False
    if not as_expected:
        raise UnmendableError(_NOT_UNDERSTOOD)
    return new


def _sections(text: str) -> dict[KeyPath, tuple[int, int]]:
    """Give for each table where it begins and ends with the tables inside it; an empty path is the whole text."""
    headers = sorted(Positions(text).tables.items())
    found: dict[KeyPath, tuple[int, int]] = {(): (0, len(text))}
    for (start, path), (end, _) in itertools.pairwise([*headers, (len(text), ())]):
        outer = next((path[:length] for length in (2, 1) if path[:length] in found), path)
        first, _ = found.get(outer, (start, end))
        found[outer] = (first, end)
    return found


def _mended_section(text: str, edits: Iterable[Edit]) -> str:
    import tomlkit  # only who mends pays for it
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        for edit in edits:
            _apply(document, edit)
        new = tomlkit.dumps(document)
    except (TOMLKitError, LookupError, TypeError, ValueError) as error:
        raise UnmendableError(_NOT_UNDERSTOOD) from error
    return new.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else new


def _apply(document: Any, edit: Edit) -> None:
    import tomlkit

    *way, key = edit.path
    table = document
    for part in way:
        table = table[part]
    if edit.action == "remove":
        table[key].remove(edit.value)
        if not table[key]:
            _delete(table, str(key))
    elif key not in table:
        array = tomlkit.array()
        array.append(edit.value)
        _add(table, str(key), array)
    elif edit.value not in table[key]:
        table[key].append(edit.value)


def _add(table: "AbstractTable", key: str, value: object) -> None:
    """Put a key behind the table's last one; the blank lines and comments behind that belong to what follows."""
    body = table.value.body
    behind = []
    while body and body[-1][0] is None:
        behind.append(body.pop())
    table.append(key, value)
    body.extend(reversed(behind))


def _delete(table: Any, key: str) -> None:
    """Take a key out, and with the last ignored rule the reason for it."""
    table.remove(key)
    if key == "ignore" and "ignore_why" in table:
        table.remove("ignore_why")


def _apply_plainly(document: Any, edit: Edit) -> None:
    """Do to plain tables and lists what an edit does to the text."""
    *way, key = edit.path
    table = document
    for part in way:
        table = table[part]
    if edit.action == "remove":
        table[key].remove(edit.value)
        if not table[key]:
            del table[key]
            if key == "ignore":
                table.pop("ignore_why", None)
    elif edit.value not in table.setdefault(key, []):
        table[key].append(edit.value)
