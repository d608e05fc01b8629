"""The readable part of a briefing whose file has problems."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from tui.briefing.formats import FORMATS, NEWEST
from tui.briefing.model import Briefing
from tui.briefing.syntax import parsed

_HEADER: Final = {"id": "unread", "title": "unread", "bluf": "unread", "lang": "en", "as_of": "2000"}
"""The substitute for an unreadable header."""


class Salvaged(NamedTuple):
    """The readable part of a file."""

    briefing: Briefing
    """The tables that are as the format wants them; their links may lead nowhere."""
    places: dict[str, int]
    """The index of each source in the file, by its id."""
    sound: str
    """The text with invalid TOML blanked, character by character."""


def salvaged(text: str) -> Salvaged:
    """Read the valid part of a TOML text. No content raises an error."""
    data, sound = parsed(text.removeprefix("\ufeff"))
    rows = data.get("source")
    places: dict[str, int] = {}
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, Mapping) and isinstance(row.get("id"), str):
            places.setdefault(row["id"], place)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    version = data["format"] if data.get("format") in FORMATS else NEWEST
    return Salvaged(_valid({**data, "format": version}), places, mark + sound)


def _valid(data: dict[str, Any]) -> Briefing:
    while True:
        try:
            return Briefing.model_validate(data)
        except ValidationError as error:
            _take_out(data, {(*one["loc"], None)[:2] for one in error.errors(include_url=False)})


def _take_out(data: dict[str, Any], faulty: set[tuple[Any, ...]]) -> None:
    for table, place in faulty:
        rows = data.get(table)
        if table == "briefing":
            data[table] = _HEADER
        elif not isinstance(rows, list) or not isinstance(place, int):
            data.pop(table, None)
    for table in {table for table, place in faulty if isinstance(place, int) and table in data}:
        gone = {place for name, place in faulty if name == table}
        data[table] = [row for place, row in enumerate(data[table]) if place not in gone]
