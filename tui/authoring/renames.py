"""Renames an id with all its mentions, in place.

The old id is kept in `was`, so that former addresses still lead to the entry.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli

from tui.authoring.errors import AuthoringError
from tui.authoring.own_file import edited_bytes, fault_of_id, read_file, write_file
from tui.briefing import lock
from tui.briefing.files import LOCK_NAME
from tui.briefing.loader import load_bytes
from tui.briefing.lock import Lock, QuoteKey, UnreadableLockError
from tui.briefing.mentions import Mention, addresses, mentions, position_mentions
from tui.briefing.positions import Positions
from tui.briefing.problems import KeyPath
from tui.briefing.toml_edits import Put
from tui.briefing.toml_text import basic_string, string_offset
from tui.briefing.traversal import rows_of

_BOM: Final = "\ufeff"


class Renamed(NamedTuple):
    """A file in which mentions were renamed."""

    path: Path
    mentions: int


class Address(NamedTuple):
    """The address of a briefing, or of an entry, source or entity."""

    briefing: str
    name: str = ""

    def __str__(self) -> str:
        """Write the address in the form that a reader types."""
        return f"{self.briefing}#{self.name}" if self.name else self.briefing


def rename(path: Path, name: str, new: str) -> Renamed:
    """Rename an id in a briefing's own file and lock.

    Args:
        path: the briefing's TOML file.
        name: the present id of an entry, source, entity or origin, or `question#position`; empty for the briefing.
        new: the new id.

    Raises:
        AuthoringError: the id cannot be renamed. The files then stay as they are.
    """
    if said := fault_of_id(new):
        raise AuthoringError(said)
    before = read_file(path)
    if problems := load_bytes(before, str(path)).problems:
        raise AuthoringError("\n".join([*map(str, problems), "nothing was renamed: fix the file first"]))
    text = before.decode("utf-8")
    data = tomli.loads(text.removeprefix(_BOM).replace("\r\n", "\n"))
    if "#" in name:
        local = list(_of_position(data, text, name, new))
        write_file(path, _edited(path, text, local), before)
        return Renamed(path, len(local) - 1)
    table = _table(data, name)
    old = name or data["briefing"]["id"]
    _refuse_taken(data, table, old, new)
    values = next((row.values for row in rows_of(data) if row.path() == table), data["briefing"])
    found = [*(mentions(data, name) if name else ()), *addresses(data, data["briefing"]["id"], name)]
    was = [*(one for one in values.get("was", ()) if one not in {new, old}), old]
    edits = [
        Put((*table, "id"), basic_string(new)),
        Put((*table, "was"), f"[{', '.join(map(basic_string, was))}]"),
        *_replaced(text, found, new),
    ]
    after = _edited(path, text, edits)
    with_lock = _locks(path.parent / LOCK_NAME, old, new) if table[0] == "source" else ()
    if with_lock:
        write_file(path.parent / LOCK_NAME, with_lock[0])
    write_file(path, after, before)
    if with_lock:
        write_file(path.parent / LOCK_NAME, with_lock[1])
    return Renamed(path, len(found))


def _of_position(data: Mapping[str, Any], text: str, name: str, new: str) -> Iterator[Put]:
    """Yield the edits that rename a position. Its id is local, so that it needs no former one."""
    question, _, position = name.partition("#")
    table = _table(data, question)
    row = next(row for row in rows_of(data) if row.path() == table)
    positions = [one["id"] for one in row.values.get("positions", ())]
    if position not in positions:
        from tui.briefing.own_voice import among

        raise AuthoringError(f"{question!r} has no position {position!r}; {among(position, positions)}")
    if new in positions:
        raise AuthoringError(f"{question!r} has a position {new!r} already; choose another id")
    yield Put((*table, "positions", positions.index(position), "id"), basic_string(new))
    yield from _replaced(text, position_mentions(data, question, position), new)


def _edited(path: Path, text: str, edits: Iterable[Put]) -> bytes:
    after = edited_bytes(path, text, edits)
    if problems := load_bytes(after, str(path)).problems:
        raise AuthoringError(f"{path}: it would not load any more ({problems[0]}); edit it by hand")
    return after


def rename_addresses(path: Path, old: Address, new: str) -> Renamed:
    """Rename an address in the prose of another briefing.

    Raises:
        AuthoringError: the file cannot be read, parsed or written. The file then stays as it is.
    """
    before = read_file(path)
    if old.briefing.encode() + b"#" not in before:
        return Renamed(path, 0)
    try:
        text = before.decode("utf-8")
        data = tomli.loads(text.removeprefix(_BOM).replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise AuthoringError(f"{path}: is not valid TOML, so nothing was renamed in it: {error}") from error
    found = list(addresses(data, *old))
    if found:
        write_file(path, edited_bytes(path, text, _replaced(text, found, new)), before)
    return Renamed(path, len(found))


def _table(data: Mapping[str, Any], name: str) -> KeyPath:
    if not name:
        return ("briefing",)
    for row in rows_of(data):
        if row.values.get("id") == name:
            return row.path()
    from tui.briefing.nearest import nearest

    known = [row.values["id"] for row in rows_of(data)]
    now = {old: row.values["id"] for row in rows_of(data) for old in row.values.get("was", ())}
    near = nearest(name, known)
    hint = (
        f"it is called {now[name]!r} now" if name in now else f"did you mean {near!r}?" if near else "see briefing show"
    )
    raise AuthoringError(f"{data['briefing']['id']!r} has no entry, source or entity {name!r}; {hint}")


def _refuse_taken(data: Mapping[str, Any], table: KeyPath, old: str, new: str) -> None:
    if new == old:
        raise AuthoringError(f"{old!r} is its id already; choose another one")
    for row in () if table == ("briefing",) else rows_of(data):
        if row.values["id"] == new:
            raise AuthoringError(f"the id {new!r} is taken by a table [[{row.table}]]; choose another one")
        if new in row.values.get("was", ()) and row.path() != table:
            raise AuthoringError(
                f"{new!r} was the id of {row.values['id']!r}, where its addresses still lead; choose another one"
            )


def _replaced(text: str, found: Iterable[Mention], new: str) -> Iterator[Put]:
    """Yield the edits that replace the mentions of an id.

    Each string keeps its own quotes and line breaks.
    """
    body = text.removeprefix(_BOM)
    positions = Positions(body)
    by_path: defaultdict[KeyPath, set[tuple[int, int]]] = defaultdict(set)
    for mention in found:
        by_path[mention.path].add(mention[1:])
    for path, spans in by_path.items():
        span = positions.span(path)
        if span is None:
            raise AuthoringError(f"the TOML is laid out in a way that cannot be edited in place: {path}")
        written = body[slice(*span)]
        token = written.replace("\r\n", "\n")
        for start, end in sorted(spans, reverse=True):
            token = token[: string_offset(token, start)] + new + token[string_offset(token, end) :]
        yield Put(path, token.replace("\n", "\r\n") if "\r\n" in written else token)


def _locks(path: Path, old: str, new: str) -> tuple[bytes, ...]:
    """Return an interim lock with both ids, and the final lock.

    The former is written before the briefing and the latter after it. So the lock verifies the quotes even if the program
    is killed in between. The result is empty where the lock does not mention the source.
    """
    try:
        before = lock.read(path)
    except UnreadableLockError as error:
        raise AuthoringError(str(error.problem(str(path)))) from error
    if old not in before.texts and not any(key.source == old for key in before.quotes):
        return ()
    texts = {new if name == old else name: text for name, text in before.texts.items()}
    quotes = {QuoteKey(new, *key[1:]) if key.source == old else key: place for key, place in before.quotes.items()}
    both = Lock({**before.texts, **texts}, {**before.quotes, **quotes})
    return lock.written(both).encode(), lock.written(Lock(texts, quotes)).encode()
