"""From the bytes of a file to a briefing, or to every problem of the file at once.

The steps, each of which goes on where the one before found something: bytes, characters, syntax (a section with an error
is set aside and the rest is read), the models, and what refers from table to table.
"""

import bisect
import contextlib
import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli
from pydantic import ValidationError

from tui.briefing.characters import FORBIDDEN, escaped, name_of
from tui.briefing.files import (
    HELD_FOLDER,
    MAX_BRIEFING_BYTES,
    MAX_HELD_BYTES,
    UnreadableFileError,
    inside,
    read_bounded,
)
from tui.briefing.model import Briefing
from tui.briefing.positions import Positions
from tui.briefing.problems import KeyPath, Problem, key_text
from tui.briefing.references import Fault, check_references
from tui.briefing.validation import faults_of

_BOM: Final = b"\xef\xbb\xbf"
_RAW_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
# What could put a forbidden character into a string; without any of it the strings need not be looked through.
_SUSPICIOUS: Final = re.compile(rf"{FORBIDDEN.pattern}|\\[btfruUxe]")
# Only the tables of the format open a section: prose has lines that begin with a link, [[such-as-this]].
_HEADER: Final = re.compile(
    rf"^[ \t]*(?=\[\[?[ \t]*[\"']?(?:{'|'.join(Briefing.model_fields)})[\"']?[ \t]*[\].])", re.MULTILINE
)
_ID: Final = re.compile(r"(?<![\w-])id[ \t]*=[ \t]*[\"']([^\"'\n]*)[\"']")
_MANY_DIGITS: Final = re.compile(r"\d[\d_]{4000,}")
_TOO_DEEP: Final = "tables or arrays are nested too deeply"
_MOST_SYNTAX_ERRORS: Final = 50
_LONGEST_MESSAGE: Final = 400


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
        faults.extend(faults_of(error))
    if problems or _SUSPICIOUS.search(text):
        faults.extend(_forbidden_characters(document.data))
    faults.extend(check_references(document.data, document.ids_set_aside))
    if folder is not None:
        faults.extend(_held_files(document.data, folder))
    problems.extend(_placed([fault for fault in faults if not document.sets_aside(fault)], document.text, name))
    problems.sort(key=lambda problem: (problem.line, problem.column))
    return Loaded(None if problems else briefing, tuple(problems), digest)


def parsed(text: str) -> tuple[dict[str, Any], str]:
    """Return as much of a TOML text as can be parsed, and the text with the rest blanked out, character by character."""
    document = _parse(_RAW_CONTROL.sub(" ", text), "", [])
    return dict(document.data), document.text or _blanked(text)


@dataclass(frozen=True, slots=True)
class _Document:
    """As much of a TOML text as could be parsed."""

    data: Mapping[str, Any]
    text: str
    """The text without the sections that have syntax errors; their headers, where they are sound, and their lines stay."""
    set_aside: tuple[KeyPath, ...]
    """The tables of those sections; an empty path for what stands before the first header."""
    ids_set_aside: frozenset[str]

    def sets_aside(self, fault: Fault) -> bool:
        """Tell whether a fault only says that something is missing which was there, with a syntax error near it."""
        return any(fault.path[: len(path)] == path if path else len(fault.path) == 1 for path in self.set_aside)


def _decode(data: bytes, name: str, problems: list[Problem]) -> str:
    if data.startswith(_BOM):
        problems.append(Problem(name, 1, 1, "", "begins with a byte order mark", "save it as UTF-8 without one"))
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = _line_and_column(before, len(before))
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        problems.append(Problem(name, line, column, "", message, "save the file as UTF-8"))
        text = data.decode("utf-8", "replace")
    # TOML allows none of these; each is named with its place and blanked, so that the parser gets on.
    for match in _RAW_CONTROL.finditer(text):
        line, column = _line_and_column(text, match.start())
        problems.append(Problem(name, line, column, "", f"control character {name_of(match[0])}", "delete it"))
        if len(problems) >= _MOST_SYNTAX_ERRORS:
            break
    return _RAW_CONTROL.sub(" ", text).replace("\r\n", "\n")


def _parse(text: str, name: str, problems: list[Problem]) -> _Document:
    with contextlib.suppress(ValueError, RecursionError):
        return _Document(tomli.loads(text), text, (), frozenset())
    mended, lost = _without_broken_sections(text, name, problems)
    # What is left are quarrels between sections, such as a table that is declared twice.
    for _ in range(_MOST_SYNTAX_ERRORS):
        try:
            data = tomli.loads(mended)
        except tomli.TOMLDecodeError as error:
            problems.append(_syntax_problem(name, error.lineno, error.colno, error.msg))
            start, end = _section_of(mended, error.lineno)
            lost.append((start, mended[start:end]))
            mended = f"{mended[:start]}{_blanked(mended[start:end])}{mended[end:]}"
        else:
            tables = Positions(mended).tables
            set_aside = tuple(tables.get(start, ()) for start, section in lost if start in tables or not start)
            return _Document(data, mended, set_aside, frozenset(_ID.findall("\n".join(words for _, words in lost))))
    return _Document({}, "", ((),), frozenset())


def _without_broken_sections(text: str, name: str, problems: list[Problem]) -> tuple[str, list[tuple[int, str]]]:
    """Report each section that is no TOML by itself; give the text without them, and where they were.

    The section is told apart by itself, since a parser of the whole finds a string that was left open far behind it.
    """
    parts: list[str] = []
    lost: list[tuple[int, str]] = []
    for start, end in itertools.pairwise([*_section_starts(text), len(text)]):
        section = text[start:end]
        found = _broken(section)
        if found is None:
            parts.append(section)
            continue
        offset, message = found
        line, column = _line_and_column(text, start + offset)
        remedy = "write them flat" if message == _TOO_DEEP else "mend the TOML syntax here"
        problems.append(_syntax_problem(name, line, column, message, remedy))
        header, newline, rest = section.partition("\n")
        sound = start > 0 and _broken(header) is None
        parts.append(f"{header}{newline}{_blanked(rest)}" if sound else _blanked(section))
        lost.append((start, section))
    return "".join(parts), lost


def _broken(section: str) -> tuple[int, str] | None:
    """Tell where a section is broken and how; None where it is sound."""
    try:
        tomli.loads(section)
    except RecursionError:  # tomli's own bound on nesting
        return 0, _TOO_DEEP
    except tomli.TOMLDecodeError as error:
        opening = max(section.rfind('"""'), section.rfind("'''"))
        end = len(section.rstrip("\n"))
        if error.pos >= end and opening >= 0 and "unterminated" in error.msg.lower():
            return opening, "the string that begins here does not end"
        return min(error.pos, end), error.msg
    except ValueError:  # Python's bound on the digits of a number
        digits = _MANY_DIGITS.search(section)
        return digits.start() if digits else 0, "the number has too many digits"
    return None


def _syntax_problem(
    name: str, line: int, column: int, message: str, remedy: str = "mend the TOML syntax here"
) -> Problem:
    return Problem(name, line, column, "", f"{message[:1].lower()}{message[1:]}", remedy)


def _section_starts(text: str) -> list[int]:
    return sorted({0, *(match.end() for match in _HEADER.finditer(text))})


def _section_of(text: str, line: int) -> tuple[int, int]:
    """Give the offsets of the section, from one table header to the next, in which a line stands."""
    starts = _section_starts(text)
    place = bisect.bisect_right([text.count("\n", 0, start) + 1 for start in starts], line)
    return starts[place - 1], starts[place] if place < len(starts) else len(text)


def _blanked(text: str) -> str:
    """Blank a text out, character by character, so that all places behind it stay what they are."""
    return re.sub(r"[^\n]", " ", text)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


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
    for path, message, remedy, rule in dict.fromkeys(faults):
        at_key = message.startswith("unknown key")
        line, column = positions.of_key(path) if at_key else positions.of_value(path)
        shown = message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"
        yield Problem(name, line, column, key_text(path), escaped(shown), escaped(remedy), rule)
