"""A record while it is read, in any format.

What has no field of its own goes into the note, or is told at its place.
"""

import re
from types import MappingProxyType
from typing import Final, get_args

from tui.briefing import edtf
from tui.briefing.source import SourceType
from tui.citing import dates
from tui.citing.names import Name
from tui.citing.plain_values import bare_doi, tag_of
from tui.citing.record import Bibliography, Problem, Record
from tui.citing.variables import guarded, says_more, with_note

_TYPES: Final = frozenset(get_args(SourceType))
_PLAIN: Final = MappingProxyType({"DOI": bare_doi, "lang": tag_of})
"""The variables that are written in several ways, with their plain form."""
_SHOWN: Final = 60
"""Characters of a value that a problem shows."""
_ABOUT: Final = "no title, name or address"

Place = tuple[int, int]
"""Line and column, from 1."""


class Draft:
    """A record while it is read, and the problems on the way."""

    def __init__(self, key: str, place: Place) -> None:
        """Begin a record at its place in the file."""
        self._key, self._type = key, "document"
        self._place = place
        self._names: dict[str, tuple[Name, ...]] = {}
        self._dates: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._notes: list[str] = []
        self._undated: list[tuple[str, str, str, Place]] = []
        self._problems: list[tuple[str, Problem]] = []

    def set_type(self, kind: str, written: str) -> None:
        """Set the type of CSL. `written` is the file's word for it."""
        self._type = kind if kind in _TYPES else "document"
        if kind not in _TYPES:
            self._problems.append(
                ("type", Problem(*self._place, f"{shown(written)!r} is no known type; «document» was taken"))
            )

    def add_name(self, variable: str, name: Name, written: str, place: Place) -> None:
        """Add a person or body. A name without words is told."""
        if name.is_empty:
            self.tell(place, f"this is no name of {variable}; it was left out: {shown(written) or 'empty'}")
        else:
            self._names[variable] = (*self._names.get(variable, ()), name)

    def set_date(self, variable: str, date: str | None, label: str, written: str, place: Place) -> None:
        """Set a date, unless there is one. `label` is the file's name for it."""
        if date and variable not in self._dates:
            self._dates[variable] = date
            self.keep(label, written if dates.has_time(written) else "")
        elif date:
            if date != self._dates[variable] and says_more(written, self._dates[variable]):
                self.keep(label, written)
        elif not dates.says_nothing(written):
            self._undated.append((variable, label, " ".join(written.split()), place))

    def set_text(self, variable: str, text: str, label: str) -> None:
        """Set a variable of text, unless there is one. `label` is the file's name for it."""
        words = " ".join(text.split())
        if words and says_more(words, self._texts.setdefault(variable, words)):
            self.keep(label, words)

    def text(self, variable: str) -> str:
        """Return a variable of text; empty where it is not set."""
        return self._texts.get(variable, "")

    def clear(self, variable: str) -> str:
        """Return a variable of text, and unset it."""
        return self._texts.pop(variable, "")

    def add_note(self, note: str) -> None:
        """Add a note, which may have variables on lines of its own."""
        self._notes.append(note)

    def add_prose(self, text: str) -> None:
        """Add a text for people, which sets no variables."""
        self._notes.append(guarded(text))

    def keep(self, label: str, value: str) -> None:
        """Keep a value without a field in the note. `label` is the file's name for it."""
        if words := " ".join(value.split()):
            self._notes.append(f" {label}: {words}")  # a line that begins with a space sets no variable

    def tell(self, place: Place | None, message: str) -> None:
        """Report a part that could not be read."""
        self._problems.append(("", Problem(*(place or self._place), message)))

    def finished(self) -> tuple[Record | None, list[Problem]]:
        """Return the record, and the problems that its note does not settle. An empty one is a problem."""
        record = with_note(
            Record(self._key, self._type, self._names, self._dates, self._texts), "\n\n".join(self._notes)
        )
        texts = {key: _PLAIN.get(key, str)(text) for key, text in record.texts.items()}
        record = record._replace(texts=texts)
        kept = []
        for variable, label, written, place in self._undated:
            if variable not in record.dates and re.search(r"\d", written):
                self.tell(place, f"this is no date; it stands in the note: {shown(written)}")
            date = record.dates.get(variable)  # from the note, where a format has words for it
            if not date or written != edtf.parse(date).in_words:
                kept.append(f"{label}: {written}")
        problems = [problem for variable, problem in self._problems if variable != "type" or record.type == self._type]
        if not (record.names or record.texts.keys() & {"title", "url", "DOI", "ISBN"}):
            return None, [*problems, Problem(*self._place, f"the record has {_ABOUT}; it was left out")]
        return record._replace(notes=(*record.notes, *kept)), problems


class Found:
    """The records of a file while it is read."""

    def __init__(self) -> None:
        """Begin without records."""
        self._records: list[Record] = []
        self._lines: list[int] = []
        self._problems: list[Problem] = []

    def add(self, draft: Draft, line: int) -> None:
        """Add a record that begins at a line, unless it is empty."""
        record, problems = draft.finished()
        self._problems += problems
        if record:
            self._records.append(record)
            self._lines.append(line)

    def tell(self, line: int, column: int, message: str) -> None:
        """Add a problem."""
        self._problems.append(Problem(line, column, message))

    def bibliography(self) -> Bibliography:
        """Return the records, and the problems in the file's order."""
        return Bibliography(tuple(self._records), tuple(self._lines), tuple(sorted(self._problems)))


def shown(text: str) -> str:
    """Return the beginning of a value on one line, for a problem."""
    return " ".join(text.split())[:_SHOWN]
