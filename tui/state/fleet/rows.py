"""Records of a reader's state as rows, and back.

A row has no words of a briefing: the mark's words stay on the host, where `purge` finds them.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from tui.state.records import KINDS, Change, Location, Mark, Record

_BY_NAME: Final[Mapping[str, type[Record]]] = {kind.__name__: kind for kind in KINDS}
_LONGEST: Final = 100_000
"""Characters of a body that is read."""


def key_of(change: Change) -> str:
    """Return the digest of a change's key. A removed record cannot be read from it."""
    kind, key = change.key
    return hashlib.sha256(json.dumps([kind.__name__, key]).encode()).hexdigest()[:32]


def body_of(change: Change) -> str:
    """Return a record as JSON in ASCII; nothing for a removal."""
    record = change.record
    if change.is_removal:
        return ""
    if isinstance(record, Mark):
        record = record._replace(words="")
    return json.dumps([type(record).__name__, *record])


def record_of(body: str) -> Record | None:
    """Return the record of a body. None for one of a later version."""
    try:
        name, *fields = json.loads(body[:_LONGEST])
        return _made(_BY_NAME[name], fields)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _made(kind: type[Record], fields: list[Any]) -> Record:
    """Create a record of checked fields.

    Raises:
        TypeError: they have not.
    """
    if len(fields) != len(kind._fields):
        raise TypeError(kind)
    if kind is Mark:
        fields[1] = _made(Location, fields[1])
    make: Callable[..., Record] = kind
    record = make(*fields)
    wanted = [kind.__annotations__[name] for name in kind._fields]
    if not all(
        isinstance(value, (float, int) if type_ is float else type_)
        for value, type_ in zip(record, wanted, strict=True)
    ):
        raise TypeError(kind)
    return record
