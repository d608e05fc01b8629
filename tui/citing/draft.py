"""A record while it is read, in any format."""

from typing import Final, get_args

from tui.briefing.source import SourceType
from tui.citing import dates
from tui.citing.names import Name
from tui.citing.record import Bibliography, Problem, Record
from tui.citing.variables import with_note

_TYPES: Final = frozenset(get_args(SourceType))
_SHOWN: Final = 60
"""Characters of a value that a problem shows."""


class Draft:
    """A record while it is read, and the problems on the way."""

    def __init__(self, key: str, line: int, column: int = 1) -> None:
        """Begin a record at its place in the file."""
        self._key, self._type = key, "document"
        self._place = (line, column)
        self._names: dict[str, tuple[Name, ...]] = {}
        self._dates: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._notes: list[str] = []
        self._problems: list[tuple[str, Problem]] = []

    def set_type(self, kind: str, written: str) -> None:
        """Set the type of CSL. `written` is the file's word for it."""
        self._type = kind if kind in _TYPES else "document"
        if kind not in _TYPES:
            self._tell("type", self._place, f"{written!r} is no known type; «document» was taken")

    def add_name(self, variable: str, name: Name) -> None:
        """Add a person or body, unless the name is empty."""
        if not any(name):
            return
        self._names[variable] = (*self._names.get(variable, ()), name)

    def set_date(self, variable: str, date: str | None, written: str, place: tuple[int, int] | None = None) -> None:
        """Set a date, unless there is one. None is a date that could not be read."""
        if date and variable not in self._dates:
            self._dates[variable] = date
        if not date and not dates.says_nothing(written):
            self._tell(variable, place or self._place, f"this is no date; it was left out: {written[:_SHOWN]}")

    def set_text(self, variable: str, text: str) -> None:
        """Set a variable of text, unless the text is empty."""
        if words := " ".join(text.split()):
            self._texts[variable] = words

    def text(self, variable: str) -> str:
        """Return a variable of text; empty where it is not set."""
        return self._texts.get(variable, "")

    def add_note(self, note: str) -> None:
        """Add a note, which may have variables on lines of its own."""
        self._notes.append(note)

    def leave_out(self, name: str, place: tuple[int, int] | None = None) -> None:
        """Report a part that has no place in a source."""
        self._tell("", place or self._place, f"{name} has no place in a source; it was left out")

    @property
    def is_empty(self) -> bool:
        """Whether nothing tells which work it is."""
        return not (self._names or self._texts.keys() & {"title", "url", "DOI", "ISBN"})

    def finished(self) -> tuple[Record, list[Problem]]:
        """Return the record, and the problems that its note does not settle."""
        record = Record(self._key, self._type, self._names, self._dates, self._texts)
        record = with_note(record, "\n\n".join(self._notes))
        known = {*record.dates, *(["type"] if record.type != self._type else [])}
        return record, [problem for variable, problem in self._problems if variable not in known]

    def _tell(self, variable: str, place: tuple[int, int], message: str) -> None:
        self._problems.append((variable, Problem(*place, message)))


class Found:
    """The records of a file while it is read."""

    def __init__(self) -> None:
        """Begin without records."""
        self._records: list[Record] = []
        self._lines: list[int] = []
        self._problems: list[Problem] = []

    def add(self, draft: Draft, line: int) -> None:
        """Add a record that begins at a line, unless it is empty."""
        if draft.is_empty:
            self.tell(line, 1, "the record has no title, name or address; it was left out")
            return
        record, problems = draft.finished()
        self._records.append(record)
        self._lines.append(line)
        self._problems += problems

    def tell(self, line: int, column: int, message: str) -> None:
        """Add a problem."""
        self._problems.append(Problem(line, column, message))

    def bibliography(self) -> Bibliography:
        """Return the records, and the problems in the file's order."""
        return Bibliography(tuple(self._records), tuple(self._lines), tuple(sorted(self._problems)))
