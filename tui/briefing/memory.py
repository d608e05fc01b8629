"""The memory of a file's tables, by their text. Of a changed file only the changed tables are read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import tomli

from tui.briefing.fields import keys_of
from tui.briefing.model import Briefing
from tui.briefing.traversal import Row, rows_of

_HEADER: Final = re.compile(rf"^(?=(\[\[?)({'|'.join(keys_of(Briefing))})\]\]?[ \t]*(?:#.*)?$)", re.MULTILINE)
"""The header of a table that is not within another."""


@dataclass(slots=True)
class _Read:
    """A table that was read."""

    values: dict[str, Any]
    """The table as TOML, below its name."""
    model: Any = None
    """The table as a model, once it is known to be valid."""
    row: Row | None = None


class Memory:
    """The tables of one file, as they were last loaded."""

    def __init__(self) -> None:
        """Remember nothing."""
        self._read: dict[str, _Read] = {}
        self._by_table: dict[int, _Read] = {}

    def loads(self, text: str) -> dict[str, Any]:
        """Parse a text, as `tomli.loads` does.

        Raises:
            ValueError, RecursionError: as `tomli.loads` does.
        """
        try:
            return self._parsed(text)
        except (ValueError, RecursionError):  # a fault, or a text that was cut within a table
            return tomli.loads(text)

    def _parsed(self, text: str) -> dict[str, Any]:
        """Parse a text table by table.

        Where each part is sound by itself no cut went through a value, since a value that is cut in two is not sound.
        """
        found = [*_HEADER.finditer(text)]
        starts = [0, *(match.start() for match in found), len(text)]
        before, self._read, self._by_table = self._read, {}, {}
        data: dict[str, Any] = {}
        arrays: set[str] = set()
        for match, (start, end) in zip((None, *found), pairwise(starts), strict=True):
            part = text[start:end]
            # Two tables of one text would be one object.
            read = before.pop(part, None) or _Read(tomli.loads(part))
            self._read[part] = read
            if match is None:
                data |= read.values
                continue
            name, is_array = match[2], len(match[1]) > 1
            values = read.values[name] if read.values.keys() == {name} else None
            table = values[0] if is_array and isinstance(values, list) and len(values) == 1 else values
            if not isinstance(table, dict) or (name in data and not (is_array and name in arrays)):
                raise ValueError(part)
            if not is_array:
                data[name] = table
            else:
                arrays.add(name)
                data.setdefault(name, []).append(table)
            self._by_table[id(table)] = read
        return data

    def known(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of a file, with the models of known tables."""

        def model(table: object) -> object:
            read = self._by_table.get(id(table))
            return read.model if read and read.model is not None else table

        return {
            key: [model(table) for table in value] if isinstance(value, list) else model(value)
            for key, value in data.items()
        }

    def remember(self, data: Mapping[str, Any], briefing: Briefing) -> None:
        """Keep the models of a valid file."""
        for key, value in data.items():
            if isinstance(value, list):
                models = zip(value, briefing.tables(key), strict=True)
            else:
                models = zip((value,), (briefing.at((key,)),), strict=True)
            for table, model in models:
                if read := self._by_table.get(id(table)):
                    read.model = model

    def rows(self, data: Mapping[str, Any]) -> Iterator[Row]:
        """Yield the rows of a file's data, as `rows_of` does."""
        for row in rows_of(data):
            read = self._by_table.get(id(row.values))
            if read is None:
                yield row
                continue
            if read.row is None or read.row.place != row.place:
                read.row = row
            yield read.row
