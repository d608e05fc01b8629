"""A tolerant parser of TOML. Broken sections are reported and set aside."""

import bisect
import contextlib
import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import tomli

from tui.briefing import headers
from tui.briefing.decoding import blanked_controls, line_and_column
from tui.briefing.fields import keys_of
from tui.briefing.model import Briefing
from tui.briefing.positions import Positions
from tui.briefing.problems import Fault, KeyPath, Problem

# Only the tables of the format open a section: prose has lines that begin with a link, [[such-as-this]].
_HEADER: Final = re.compile(
    rf"^[ \t]*(?=\[\[?[ \t]*[\"']?(?:{'|'.join(keys_of(Briefing))})[\"']?[ \t]*[\].])", re.MULTILINE
)
_ID: Final = re.compile(r"(?<![\w-])id[ \t]*=[ \t]*[\"']([^\"'\n]*)[\"']")
_MANY_DIGITS: Final = re.compile(r"\d[\d_]{4000,}")
_TOO_DEEP: Final = "tables or arrays are nested too deeply"
_MEND: Final = "fix the TOML syntax here"
_MOST_SYNTAX_ERRORS: Final = 50
_SOUND_HEADER: Final = re.compile(r"[ \t]*(\[\[[^\[\]\n#\"']+\]\]|\[[^\[\]\n#\"']+\])")
_KEY: Final = re.compile(r"[ \t]*([\w-]+)[ \t]*=")
_BRACKET: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}'
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]',
    re.DOTALL,
)
"""A bracket, or a string or comment, in which brackets mean nothing."""


@dataclass(frozen=True, slots=True)
class Document:
    """As much of a TOML text as could be parsed."""

    data: Mapping[str, Any]
    text: str
    """The text without the sections that have syntax errors; their headers, where they are sound, and their lines stay."""
    set_aside: tuple[KeyPath, ...] = ()
    """The tables of those sections; an empty path for the text before the first header."""
    ids_set_aside: frozenset[str] = frozenset()
    lost: tuple[str, ...] = ()
    """The kind of each table that was set aside with its id unread; empty where that is not known either."""

    def sets_aside(self, fault: Fault) -> bool:
        """Whether a fault only reports as missing something in a broken section."""
        return any(fault.path[: len(path)] == path if path else len(fault.path) == 1 for path in self.set_aside)


def parse(
    text: str, name: str, problems: list[Problem], loads: Callable[[str], dict[str, Any]] = tomli.loads
) -> Document:
    """Parse the valid sections of a text. Each slip is one problem.

    Args:
        text: the text, without what TOML forbids anywhere.
        name: how messages call the file.
        problems: takes what is wrong.
        loads: parses a sound text.
    """
    with contextlib.suppress(ValueError, RecursionError):
        return Document(loads(text), text)
    return parse_repaired(text, name, problems)


def parse_repaired(text: str, name: str, problems: list[Problem]) -> Document:
    """Parse a text with its headers corrected. The arguments are those of `parse`."""
    found = headers.slips(text)
    for slip in found:
        line, column = line_and_column(text, slip.place)
        problems.append(Problem(name, line, column, "", slip.message, f"write {slip.meant}"))
    return _in_sections(headers.repaired(text, found), name, problems)


def parsed(text: str) -> tuple[dict[str, Any], str]:
    """Return the valid data of a TOML text, and its sound text."""
    sound = blanked_controls(text)
    with contextlib.suppress(ValueError, RecursionError):
        return tomli.loads(sound), sound
    document = _in_sections(headers.without(sound, headers.slips(sound)), "", [])
    return dict(document.data), document.text or _blanked(text)


def _in_sections(text: str, name: str, problems: list[Problem]) -> Document:
    mended, lost = _without_broken_sections(text, name, problems)
    # What is left are quarrels between sections, such as a table that is declared twice.
    for _ in range(_MOST_SYNTAX_ERRORS):
        try:
            data = tomli.loads(mended)
        except tomli.TOMLDecodeError as error:
            problems.append(_quarrel(mended, name, error))
            start, end = _section_of(mended, error.lineno)
            lost.append((start, mended[start:end]))
            mended = f"{mended[:start]}{_blanked(mended[start:end])}{mended[end:]}"
        else:
            tables = Positions(mended).tables
            set_aside = tuple(tables.get(start, ()) for start, _ in lost if start in tables or not start)
            ids = {start: _ID.findall(words) for start, words in lost}
            kinds = tuple(
                str(path[0]) if path else ""
                for start, found in ids.items()
                if len(path := tables.get(start, ())) != 1 and not found
            )
            return Document(data, mended, set_aside, frozenset(itertools.chain(*ids.values())), kinds)
    return Document({}, "", ((),))


def _without_broken_sections(text: str, name: str, problems: list[Problem]) -> tuple[str, list[tuple[int, str]]]:
    """Report each invalid section. Return the text without them, and their places.

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
        offset, message, remedy = found
        line, column = line_and_column(text, start + offset)
        problems.append(Problem(name, line, column, "", f"{message[:1].lower()}{message[1:]}", remedy))
        header = _SOUND_HEADER.match(section) if start else None
        kept = header.end() if header and _broken(header[0]) is None else 0
        parts.append(section[:kept] + _blanked(section[kept:]))
        lost.append((start, section))
    return "".join(parts), lost


def _broken(section: str) -> tuple[int, str, str] | None:
    """Return the offset, fault and remedy of a broken section, or None."""
    try:
        tomli.loads(section)
    except RecursionError:  # tomli's own bound on nesting
        return 0, _TOO_DEEP, "write them flat"
    except tomli.TOMLDecodeError as error:
        return _explained(section, error)
    except ValueError:  # Python's bound on the digits of a number
        digits = _MANY_DIGITS.search(section)
        return digits.start() if digits else 0, "the number has too many digits", _MEND
    return None


def _explained(section: str, error: tomli.TOMLDecodeError) -> tuple[int, str, str]:
    """Return a syntax error at the beginning of the broken construct.

    A parser reports the place at which it notices.
    """
    end = len(section.rstrip("\n"))
    opening = max(section.rfind('"""'), section.rfind("'''"))
    if error.pos >= end and opening >= 0 and "unterminated" in error.msg.lower():
        return opening, "the string that begins here does not end", f"close it with {section[opening : opening + 3]}"
    if error.msg == "Illegal character '\\n'":
        return error.pos, "the string does not end on its line", "close it with its quote"
    if (open_at := _open_bracket(section[: min(error.pos, end)])) is not None:
        kind, closing = ("array", "]") if section[open_at] == "[" else ("table", "}")
        if error.pos >= end or error.msg.startswith("Unclosed"):
            return open_at, f"the {kind} that begins here does not end", f"close it with {closing}"
    if error.msg == "Cannot overwrite a value":
        line = section.rfind("\n", 0, min(error.pos, end)) + 1
        key = _KEY.match(section, line)
        if key:
            return key.start(1), f"the key {key[1]} stands twice in its table", "take one of the two out"
    return min(error.pos, end), error.msg, _MEND


def _open_bracket(text: str) -> int | None:
    """Return the offset of the innermost open bracket; None without any."""
    waiting: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in "[{":
            waiting.append(match.start())
        elif match[0] in "]}" and waiting:
            waiting.pop()
    return waiting[-1] if waiting else None


def _quarrel(text: str, name: str, error: tomli.TOMLDecodeError) -> Problem:
    """Return the problem of two conflicting sections, at the later header."""
    start = text.rfind("\n", 0, error.pos) + 1
    header = _SOUND_HEADER.match(text, start)
    if header is None:
        return Problem(name, error.lineno, error.colno, "", f"{error.msg[:1].lower()}{error.msg[1:]}", _MEND)
    line, column = line_and_column(text, header.start(1))
    written = header[1]
    if "twice" in error.msg:
        return Problem(name, line, column, "", f"{written} stands here a second time", "put the two together")
    return Problem(name, line, column, "", f"{written} is something else further up", "write all of it in one place")


def _section_starts(text: str) -> list[int]:
    return sorted({0, *(match.end() for match in _HEADER.finditer(text))})


def _section_of(text: str, line: int) -> tuple[int, int]:
    """Return the span of the section at a line, between two headers."""
    starts = _section_starts(text)
    place = bisect.bisect_right([text.count("\n", 0, start) + 1 for start in starts], line)
    return starts[place - 1], starts[place] if place < len(starts) else len(text)


def _blanked(text: str) -> str:
    """Blank a text, character by character, so that later offsets stay valid."""
    return re.sub(r"[^\n]", " ", text)
