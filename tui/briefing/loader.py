"""From the bytes of a file to a briefing, or to every problem of the file at once.

The steps, each of which goes on where the one before found something: bytes, characters, syntax (a section with an error
is set aside and the rest is read), the models, and what refers from table to table.
"""

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli
from pydantic import ValidationError

from tui.briefing.characters import FORBIDDEN, name_of
from tui.briefing.files import MAX_BRIEFING_BYTES, MAX_HELD_BYTES, UnreadableFileError, inside, read_bounded
from tui.briefing.model import Briefing
from tui.briefing.positions import Positions
from tui.briefing.problems import KeyPath, Problem, key_text
from tui.briefing.references import Fault, check_references
from tui.briefing.validation import faults_of

FILE_NAME: Final = "briefing.toml"
HELD_FOLDER: Final = "held"

_BOM: Final = b"\xef\xbb\xbf"
_RAW_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
# What could put a forbidden character into a string; without any of it the strings need not be looked through.
_SUSPICIOUS: Final = re.compile(rf"{FORBIDDEN.pattern}|\\[btfruUxe]".replace("\\r(?!\n)", ""))
_HEADER_LINE: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ID_LINE: Final = re.compile(r"^[ \t]*id[ \t]*=[ \t]*[\"']([^\"'\n]*)[\"']", re.MULTILINE)
_MOST_SYNTAX_ERRORS: Final = 50


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading a file."""

    briefing: Briefing | None
    """The briefing; None where there is any problem."""
    problems: tuple[Problem, ...]
    """Every problem, in the order of the file."""
    digest: str
    """The SHA-256 of the file's bytes; empty where they could not be read."""


def load_file(path: Path, name: str | None = None) -> Loaded:
    """Load ``briefing.toml`` and check its held texts; never raises for what the file or its folder holds.

    Args:
        path: the TOML file.
        name: how messages call it; its path as given where left out.
    """
    name = name or str(path)
    try:
        data = read_bounded(path, MAX_BRIEFING_BYTES)
    except UnreadableFileError as error:
        return Loaded(None, (Problem(name, 0, 0, "", str(error), ""),), "")
    return load_bytes(data, name, path.parent)


def load_bytes(data: bytes, name: str, folder: Path | None = None) -> Loaded:
    """Load a briefing from bytes; with a folder, check the held texts in it too."""
    digest = hashlib.sha256(data).hexdigest()
    problems: list[Problem] = []
    text = _decode(data, name, problems)
    document = _parse(text, name, problems)
    briefing: Briefing | None = None
    faults: list[Fault] = []
    try:
        briefing = Briefing.model_validate(document.data)
    except ValidationError as error:
        faults.extend(fault for fault in faults_of(error) if not document.sets_aside(fault))
    if problems or _SUSPICIOUS.search(text):
        faults.extend(_forbidden_characters(document.data))
    faults.extend(check_references(document.data, document.ids_set_aside))
    if folder is not None:
        faults.extend(_held_files(document.data, folder))
    problems.extend(_placed(faults, document.text, name))
    problems.sort(key=lambda problem: (problem.line, problem.column))
    return Loaded(None if problems else briefing, tuple(problems), digest)


@dataclass(frozen=True, slots=True)
class _Document:
    """As much of a TOML text as could be parsed."""

    data: Mapping[str, Any]
    text: str
    """The text with the sections of syntax errors blanked out."""
    headers_set_aside: tuple[str, ...]
    ids_set_aside: frozenset[str]

    def sets_aside(self, fault: Fault) -> bool:
        """Tell whether a fault only says that a section is missing which was there, with a syntax error in it."""
        return len(fault.path) == 1 and any(header.startswith(str(fault.path[0])) for header in self.headers_set_aside)


def _decode(data: bytes, name: str, problems: list[Problem]) -> str:
    if data.startswith(_BOM):
        problems.append(Problem(name, 1, 1, "", "begins with a byte order mark", "save it as UTF-8 without one"))
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        problems.append(Problem(name, line, column, "", message, "save the file as UTF-8"))
        text = data.decode("utf-8", "replace")
    # TOML allows none of these; each is named with its place and blanked, so that the parser gets on.
    for match in _RAW_CONTROL.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        problems.append(Problem(name, line, column, "", f"control character {name_of(match[0])}", "delete it"))
        if len(problems) >= _MOST_SYNTAX_ERRORS:
            break
    return _RAW_CONTROL.sub(" ", text).replace("\r\n", "\n")


def _parse(text: str, name: str, problems: list[Problem]) -> _Document:
    headers: list[str] = []
    lost: list[str] = []
    for _ in range(_MOST_SYNTAX_ERRORS):
        try:
            return _Document(tomli.loads(text), text, tuple(headers), frozenset(_ID_LINE.findall("\n".join(lost))))
        except RecursionError:  # tomli's own bound on nesting
            problems.append(Problem(name, 0, 0, "", "tables or arrays are nested too deeply", "write them flat"))
            break
        except tomli.TOMLDecodeError as error:
            # An error at the end is a string or bracket left open before: only the first section tells where.
            start, end = _section(text, error.lineno)
            open_end = error.pos >= len(text.rstrip())
            line = _first_broken_line(text) if open_end else error.lineno
            column = 1 if open_end else error.colno
            problems.append(Problem(name, line, column, "", _sentence(error.msg), "mend the TOML syntax here"))
            if open_end:
                break
            section = text[start:end]
            headers.append(section.partition("\n")[0].strip("[] \t"))
            lost.append(section)
            text = text[:start] + "\n" * section.count("\n") + text[end:]
    return _Document({}, "", (*headers, *Briefing.model_fields), frozenset())


def _sentence(message: str) -> str:
    return message[:1].lower() + message[1:]


def _section(text: str, line: int) -> tuple[int, int]:
    """Give the offsets of the section, from one table header to the next, in which a line stands."""
    offset = 0
    for _ in range(line - 1):
        offset = text.find("\n", offset) + 1
    line_end = text.find("\n", offset)
    line_end = len(text) if line_end < 0 else line_end
    start = max((match.start() for match in _HEADER_LINE.finditer(text, 0, line_end)), default=0)
    following = _HEADER_LINE.search(text, line_end)
    return start, following.start() if following else len(text)


def _first_broken_line(text: str) -> int:
    """Find the line of the first section that is no TOML by itself."""
    starts = [0, *(match.start() for match in _HEADER_LINE.finditer(text)), len(text)]
    for start, end in itertools.pairwise(starts):
        try:
            tomli.loads(text[start:end])
        except (tomli.TOMLDecodeError, RecursionError):
            return text.count("\n", 0, start) + 1
    return text.count("\n") + 1


def _forbidden_characters(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Look through every string; without recursion, since a hostile file may nest as deep as the parser lets it."""
    waiting: list[tuple[KeyPath, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            if match := FORBIDDEN.search(value):
                message = f"holds the forbidden character {name_of(match[0])}"
                yield Fault(path, message, "delete it: it could act on a terminal or deceive its reader")
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


def _placed(faults: list[Fault], text: str, name: str) -> Iterator[Problem]:
    if not faults:
        return
    positions = Positions(text)
    for path, message, remedy in dict.fromkeys(faults):
        at_key = message.startswith("unknown key")
        line, column = positions.of_key(path) if at_key else positions.of_value(path)
        yield Problem(name, line, column, key_text(path), message, remedy)
