"""Correction of misspelt keys, so that one slip is one error."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from tui.briefing.fields import keys_of
from tui.briefing.formats import keys_of_other_formats
from tui.briefing.model import Briefing
from tui.briefing.nearest import nearest
from tui.briefing.problems import Fault, KeyPath
from tui.briefing.validation import TABLE_MODELS

_DEEPEST: Final = 8
"""Keys on the way to the innermost table of the format, and more."""


class CorrectedKeys:
    """A document with corrected keys. A key is corrected if the similar key is missing."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Put the keys of a document right."""
        self.faults: list[Fault] = []
        """A fault for each key that was misspelt."""
        self._written: dict[KeyPath, str] = {}
        self._version = data.get("format")
        self.data = self._table(data, Briefing, ())

    def as_written(self, path: KeyPath) -> KeyPath:
        """Turn a key path of the data into that of the file."""
        return tuple(self._written.get(path[: end + 1], part) for end, part in enumerate(path))

    def _table(self, values: Mapping[str, Any], model: type[BaseModel], path: KeyPath) -> dict[str, Any]:
        right: dict[str, Any] = {}
        keys = keys_of(model)
        other = keys_of_other_formats(
            self._version, next((str(key) for key in reversed(path) if isinstance(key, str)), "")
        )
        absent = [name for name in keys if name not in values and name not in other]
        for key, value in values.items():
            near = None if key in keys else _resembled(key.lower(), absent)
            if near:
                absent.remove(near)
                self._written[*path, near] = key
                place = self.as_written((*path, near))
                self.faults.append(Fault(place, f"unknown key {key!r}", f"did you mean {near!r}?"))
            name = near or key
            right[name] = self._inner(value, TABLE_MODELS.get(name), (*path, name))
        return right

    def _inner(self, value: object, model: type[BaseModel] | None, path: KeyPath) -> object:
        if model is None or len(path) > _DEEPEST:
            return value
        if isinstance(value, dict):
            return self._table(value, model, path)
        if isinstance(value, list):
            rows = enumerate(value)
            return [self._table(row, model, (*path, at)) if isinstance(row, dict) else row for at, row in rows]
        return value


def _resembled(key: str, absent: list[str]) -> str | None:
    """Return the missing key that a misspelt key resembles. Short keys may differ in one letter."""
    return nearest(key, absent) or next((name for name in absent if _is_one_slip(key, name)), None)


def _is_one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one missing, added, changed or transposed letter."""
    short, long = sorted((one, other), key=len)
    same = next((at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    if len(short) != len(long):
        return short[same:] == long[same + 1 :]
    return short[same + 1 :] == long[same + 1 :] or (
        short[same : same + 2] == long[same : same + 2][::-1] and short[same + 2 :] == long[same + 2 :]
    )
