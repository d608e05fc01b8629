"""The loader, from a file's bytes to a briefing or its problems.

The steps, each of which goes on where the one before found something: bytes, characters, syntax (a section with an error
is set aside and the rest is read), the models, and what refers from table to table.
"""

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli
from pydantic import ValidationError

from tui.briefing.characters import FORBIDDEN, escaped, name_of, remedy_for
from tui.briefing.collector import without_collector
from tui.briefing.decoding import decoded
from tui.briefing.files import (
    HELD_FOLDER,
    MAX_BRIEFING_BYTES,
    MAX_HELD_BYTES,
    UnreadableFileError,
    inside,
    read_bounded,
)
from tui.briefing.formats import format_faults
from tui.briefing.headers import slips
from tui.briefing.memory import Memory
from tui.briefing.misspelt_keys import CorrectedKeys
from tui.briefing.model import Briefing
from tui.briefing.positions import Positions
from tui.briefing.problems import Fault, KeyPath, Problem, key_text
from tui.briefing.references import check_references
from tui.briefing.syntax import parse, parse_repaired
from tui.briefing.traversal import rows_of
from tui.briefing.validation import faults_of

# An escape could put a forbidden character into a string; without one the strings need not be looked through. It is
# searched for apart, since one pattern of both takes twice as long.
_ESCAPES: Final = re.compile(r"\\[btfruUxe]")
_MOST_CHARACTERS: Final = 200
"""Forbidden characters that are told; a file with more was made by a program, which is to be mended first."""
_LONGEST_MESSAGE: Final = 400
_OF_VALUES: Final = frozenset({"", "C010"})
"""The rules of faults that belong to one value; others are about missing keys."""
_MOST_LINES: Final = 8


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of loading a file."""

    briefing: Briefing | None
    """The briefing; None where there is any problem."""
    problems: tuple[Problem, ...]
    """Every problem, in the order of the file."""
    digest: str
    """The SHA-256 of the file's bytes; empty where they could not be read."""


def load_file(path: Path, name: str | None = None, memory: Memory | None = None) -> Loaded:
    """Load a briefing's file and check its held texts. No content raises an error.

    Args:
        path: the TOML file.
        name: how messages call it; its path as given where left out.
        memory: the file's tables as they were last loaded.
    """
    name = name or str(path)
    try:
        data = read_bounded(path, MAX_BRIEFING_BYTES)
    except UnreadableFileError as error:
        return Loaded(None, (Problem(name, 0, 0, "", str(error), ""),), "")
    return load_bytes(data, name, path.parent, memory)


@without_collector()
def load_bytes(data: bytes, name: str, folder: Path | None = None, memory: Memory | None = None) -> Loaded:
    """Load a briefing from bytes. With a folder, check the held texts too."""
    digest = hashlib.sha256(data).hexdigest()
    problems: list[Problem] = []
    text = decoded(data, name, problems)
    if text is None:
        return Loaded(None, tuple(problems), digest)
    document = parse(text, name, problems, memory.loads if memory else tomli.loads)
    briefing: Briefing | None = None
    data_read, as_written, faults = document.data, _as_it_is, list[Fault]()
    try:
        briefing = Briefing.model_validate(memory.known(document.data) if memory else document.data)
    except ValidationError:
        if document.text == text and slips(text):
            document = parse_repaired(text, name, problems)
        right = CorrectedKeys(document.data)
        data_read, as_written, faults = right.data, right.as_written, [*right.faults, *_model_faults(right.data)]
    if problems or FORBIDDEN.search(text) or _ESCAPES.search(text):
        faults.extend(itertools.islice(_forbidden_characters(data_read), _MOST_CHARACTERS))
    if memory and briefing:
        memory.remember(document.data, briefing)
    rows = tuple((memory.rows if memory else rows_of)(data_read))
    told = [*check_references(data_read, rows, document.ids_set_aside, document.lost), *format_faults(data_read, rows)]
    faults = [*_further(faults, told), *told]
    if folder is not None:
        faults.extend(_held_files(data_read, folder))
    faults = [fault for fault in faults if not document.sets_aside(fault)]
    problems.extend(_placed(faults, document.text, name, as_written))
    problems.sort(key=lambda problem: (problem.line, problem.column))
    return Loaded(None if problems else briefing, tuple(problems), digest)


def _as_it_is(path: KeyPath) -> KeyPath:
    return path


def _model_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    try:
        Briefing.model_validate(data)
    except ValidationError as error:
        yield from faults_of(error, version=data.get("format"))


def _further(faults: list[Fault], told: list[Fault]) -> list[Fault]:
    """Drop faults in the form of a value whose content is told."""
    paths = {path for fault in told if fault.rule in _OF_VALUES for path in (fault.path, *fault.also)}
    paths = {(*path, *more) for path in paths if path[-1:] != ("ignore",) for more in ((), ("to",))}
    return [fault for fault in faults if fault.offset >= 0 or fault.path not in paths]


def _forbidden_characters(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Check every string for forbidden characters.

    There is no recursion, since a hostile file may be nested as deep as the parser allows.
    """
    waiting: list[tuple[KeyPath, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            for match in FORBIDDEN.finditer(value):
                message = f"holds the forbidden character {name_of(match[0])}"
                remedy = f"{remedy_for(match[0])}: it could act on a terminal or deceive its reader"
                yield Fault(path, message, remedy, offset=match.start())
        elif isinstance(value, Mapping):
            waiting.extend(((*path, key), item) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, index), item) for index, item in enumerate(value))


def _held_files(data: Mapping[str, Any], folder: Path) -> Iterator[Fault]:
    sources = data.get("source")
    for index, source in enumerate(sources if isinstance(sources, list) else ()):
        held = source.get("held") if isinstance(source, Mapping) else None
        if not isinstance(held, str):
            continue
        place: KeyPath = ("source", index, "held")
        try:
            text = read_bounded(inside(folder / HELD_FOLDER, held), MAX_HELD_BYTES)
            text.decode("utf-8")
        except UnreadableFileError as error:
            yield Fault(place, f"the held text {held!r}: {error}", "")
        except UnicodeDecodeError:
            yield Fault(place, f"the held text {held!r} is not UTF-8", "save it as UTF-8")
        else:
            if "sha256" not in source:
                found = hashlib.sha256(text).hexdigest()
                yield Fault(place, "a held text needs its hash", f'add: sha256 = "{found}"')


def _placed(faults: list[Fault], text: str, name: str, as_written: Callable[[KeyPath], KeyPath]) -> Iterator[Problem]:
    if not faults:
        return
    positions = Positions(text)
    for fault in dict.fromkeys(faults):
        path = as_written(fault.path)
        at_key = fault.message.startswith("unknown key")
        line, column = positions.of_key(path) if at_key else positions.of_words(path, fault.offset, 0)[:2]
        message = fault.message
        shown = message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"
        also = sorted({positions.of_value(as_written(other))[0] for other in fault.also} - {line})
        shown += _lines_too(also)
        yield Problem(name, line, column, key_text(path), escaped(shown), escaped(fault.remedy), fault.rule)


def _lines_too(lines: list[int]) -> str:
    """Describe the other lines with the same problem."""
    if not lines:
        return ""
    told = ", ".join(map(str, lines[:_MOST_LINES])) + (", …" if len(lines) > _MOST_LINES else "")
    return f" (also in {'line' if len(lines) == 1 else 'lines'} {told})"
