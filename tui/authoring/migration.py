"""Rewriting a briefing of format 1 as format 2, in place. Layout and comments stay."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli

from tui.authoring.additions import FreeIds, taken_ids
from tui.authoring.creation import is_of_older_format, newest_schema
from tui.authoring.errors import AuthoringError
from tui.authoring.own_file import decoded, edited_bytes, write_file
from tui.briefing import toml_arrays
from tui.briefing.formats import NEWEST
from tui.briefing.kinds import KINDS
from tui.briefing.loader import load_bytes
from tui.briefing.positions import Positions
from tui.briefing.problems import KeyPath
from tui.briefing.toml_edits import EditError, Insert, Put, TomlEdit, edited
from tui.briefing.toml_scan import STRING
from tui.briefing.traversal import Row, rows_of
from tui.library.atomic_write import write_new

_COMMENT: Final = re.compile(rf"{STRING.pattern}|(#[^\r\n]*)", re.DOTALL)
"""A string, in which no comment can begin, or a comment."""
_REST: Final = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\Z)")
"""The rest of a line behind a statement."""
_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\r?\n)*")
_NOTE: Final = re.compile(r"""(?:"note"|'note'|note)(?P<gap>[ \t]*=[ \t]*)\Z""")
_SCHEMA: Final = re.compile(
    r"\A((?:[ \t]*(?:#(?!:schema)[^\r\n]*)?\r?\n)*#:schema[ \t]+)(?![a-z]+://)([^\r\n]*?)(?=[ \t]*\r?$)", re.MULTILINE
)
"""The line that names the schema, above all statements."""
_REFUSED: Final = frozenset({("view", "credibility"), *((kind, "assess") for kind in KINDS)})
"""The keys that format 2 refuses, by table."""
_KEYS: Final = ("likelihood", "confidence", "why")
_UNUSUAL: Final = "the TOML is laid out in a way that cannot be edited in place; edit it by hand"
_LONGEST_ID: Final = 64
_DRAFTED: Final = "# From `assess` of {!r}. Write text, date, for and against; then delete the line draft = true."


class Migrated(NamedTuple):
    """A rewritten briefing."""

    kept: Path
    """The file that has the old text."""
    drafts: int
    """The number of draft judgments."""


class _Moved(NamedTuple):
    """An assessment as it was written."""

    row: Row
    values: Mapping[str, str]
    """The values as TOML, by key."""
    comments: list[str]


def migrate(path: Path, data: bytes) -> Migrated | None:
    """Convert a file of format 1. A new file beside it keeps the old text.

    Args:
        path: the briefing's TOML file.
        data: its content, which loads.

    Returns:
        None if the file has the newest format already.

    Raises:
        AuthoringError: the file has problems, cannot be edited in place, was changed meanwhile, or cannot be written.
    """
    if problems := load_bytes(data, str(path), path.parent).problems:
        raise AuthoringError(f"it stays in its format: {problems[0]}")
    text = decoded(path, data)
    if tomli.loads(text)["format"] == NEWEST:
        return None
    new, drafts = migrated(text)
    new = _SCHEMA.sub(lambda line: f"{line[1]}{_schema_of(path.parent, line[2])}", new)
    rewritten = edited_bytes(path, new, ())
    if problems := load_bytes(rewritten, str(path), path.parent).problems:
        raise AuthoringError(f"{problems[0]}; edit it by hand")
    kept = _kept(path, data)
    try:
        write_file(path, rewritten, data)
    except AuthoringError:
        kept.unlink(missing_ok=True)
        raise
    return Migrated(kept, drafts)


def migrated(text: str) -> tuple[str, int]:
    """Convert the text of a briefing that loads. Count its draft judgments.

    Raises:
        AuthoringError: its layout cannot be edited in place.
    """
    data = tomli.loads(text)
    try:
        new, moved = _without_old_keys(text, data)
        judgments = "\n\n".join(_judgments(data, moved))
        edits: list[TomlEdit] = [Put(("format",), str(NEWEST))]
        edits += [Insert(judgments, "briefing")] if moved else []
        return edited(new, edits), len(moved)
    except (EditError, tomli.TOMLDecodeError) as error:
        said = error if isinstance(error, EditError) else _UNUSUAL
        raise AuthoringError(f"it stays in its format: {said}") from error


def _without_old_keys(text: str, data: Mapping[str, Any]) -> tuple[str, list[_Moved]]:
    """Take the keys out that format 2 refuses. Return also the assessments."""
    changes = _Changes(text)
    moved = [changes.move_assessment(row) for row in rows_of(data) if "assess" in row.values]
    for row in rows_of(data):
        if row.table == "view" and "credibility" in row.values:
            changes.comment_out(row)
        for path in (path for path, _ in row.tables if path[-1] == "quantity"):
            changes.rename_note(path)
    new = changes.applied()
    if tomli.loads(new) != _expected(data):
        raise EditError(_UNUSUAL)
    return new, moved


class _Changes:
    """Collects changes of a text. Each comment stays, or moves with an assessment."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._positions = Positions(text)
        self._headers = {path: start for start, path in self._positions.tables.items()}
        self._changes: list[tuple[int, int, str]] = []
        self._gone: set[tuple[int, int]] = set()

    def applied(self) -> str:
        """Return the changed text."""
        parts = []
        at = 0
        for start, end, new in sorted(self._changes):
            parts += [self._text[at:start], new]
            at = max(at, end)
        return "".join((*parts, self._text[at:]))

    def move_assessment(self, row: Row) -> _Moved:
        """Take an assessment out."""
        path = row.path("assess")
        values = {key: self._text[slice(*self._span((*path, key)))] for key in _KEYS if key in row.values["assess"]}
        taken = "".join(self._taken(path, values))
        return _Moved(row, values, _comments(taken))

    def comment_out(self, row: Row) -> None:
        """Turn the credibility of a view into a comment."""
        path = row.path("credibility")
        start, end = self._span(path)
        key = self._positions.key(path) or 0
        line = self._line(key)
        if self._text[line:key].strip():  # within an inline table, where no comment may stand
            newline = "\r\n" if "\r\n" in self._text else "\n"
            said = [
                f"# credibility of {row.values['id']!r}: {self._text[start:end]}",
                *_comments(self._remove(path)),
                "",
            ]
            outer = self._line(self._positions.key(path[:1]) or 0)
            self._changes.append((outer, outer, newline.join(said)))
        else:
            self._changes.append((key, key, "# "))

    def rename_note(self, path: KeyPath) -> None:
        """Call the note of a quantity its words."""
        span = self._positions.span((*path, "note"))
        if span is None:
            return
        start = self._positions.key((*path, "note")) or 0
        match = _NOTE.search(self._text, start, span[0])
        if match is None:
            raise EditError(_UNUSUAL)
        gap = match["gap"]
        self._changes.append((match.start(), span[0], f"words{gap[1:] if gap.startswith('  ') else gap}"))

    def _taken(self, path: KeyPath, keys: Mapping[str, str]) -> Iterator[str]:
        """Remove the table of an assessment, and yield its text."""
        if path in self._headers:
            end = self._next_line(self._positions.ends[self._headers[path]])
            start = self._line(self._headers[path])
            behind = _BLANK_LINES.match(self._text, end)
            if behind and re.search(r"(?:\A|\n)[ \t]*\r?\n\Z", self._text[:start]):
                end = behind.end()
            self._changes.append((start, end, ""))
            yield self._text[start:end]
        elif self._positions.span(path):
            yield self._remove(path)
        else:  # dotted keys
            for key in keys:
                yield self._remove((*path, key))

    def _remove(self, path: KeyPath) -> str:
        start, end = self._span(path)
        key = self._positions.key(path) or 0
        # A dotted key stands in the nearest inline table, which need not be its own.
        outer = next(
            (path[:length] for length in range(len(path) - 1, 0, -1) if self._positions.span(path[:length])), ()
        )
        if outer:
            items = [item for item in self._positions.unfolded(outer) if item not in self._gone]
            place = next(place for place, (first, last) in enumerate(items) if first <= start < last)
            self._gone.add(items[place])
            change = toml_arrays.removal(self._text, self._span(outer), items, place)
        else:
            change = self._line(key), self._next_line(end), ""
        self._changes.append(change)
        return self._text[change[0] : change[1]]

    def _span(self, path: KeyPath) -> tuple[int, int]:
        if (span := self._positions.span(path)) is None:
            raise EditError(_UNUSUAL)
        return span

    def _line(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _next_line(self, at: int) -> int:
        match = _REST.match(self._text, at)
        return match.end() if match else at


def _comments(text: str) -> list[str]:
    return [match[1] for match in _COMMENT.finditer(text) if match[1]]


def _expected(value: Any, path: KeyPath = ()) -> Any:
    """Return plain data without the keys that format 2 refuses."""
    if isinstance(value, list):
        return [_expected(item, path) for item in value]
    if not isinstance(value, Mapping):
        return value
    kept = {key: _expected(item, (*path, key)) for key, item in value.items() if (*path, key) not in _REFUSED}
    return {"words" if path[1:] == ("quantity",) and key == "note" else key: item for key, item in kept.items()}


def _judgments(data: Mapping[str, Any], moved: list[_Moved]) -> Iterator[str]:
    """Write the draft judgments. Their text, date and reasons are the author's to give."""
    free = FreeIds(taken_ids(data))
    for row, values, comments in moved:
        entry = row.values["id"]
        name = free.take(f"kj-{entry}"[: _LONGEST_ID - 6].rstrip("-"))
        lines = [_DRAFTED.format(entry), *comments, "[[judgment]]", f'id         = "{name}"', "draft      = true"]
        lines.append(f'about      = ["{entry}"]')
        yield "\n".join([*lines, *(f"{key.ljust(10)} = {value}" for key, value in values.items())])


def _kept(path: Path, data: bytes) -> Path:
    """Write the old text beside a file, under a free name."""
    for number in range(1, 1000):
        kept = path.with_name(f"{path.stem}.format-1{f'-{number}' if number > 1 else ''}{path.suffix}")
        try:
            write_new(kept, data)
        except FileExistsError:
            continue
        except OSError as error:
            raise AuthoringError(f"{kept}: cannot be written: {error.strerror}; nothing was rewritten") from error
        return kept
    raise AuthoringError(f"{path}: too many old files are beside it; delete some")


def _schema_of(folder: Path, name: str) -> str:
    """Return the name of a schema that fits the newest format."""
    schema = folder / name
    return Path(name).with_name(newest_schema(schema.parent)).as_posix() if is_of_older_format(schema) else name
