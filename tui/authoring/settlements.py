"""Settles the drafts of a briefing's file one by one.

Each answer is written to the file before the next one can be given. An answer edits the tables around the draft, and
nothing else is read again, so that it takes no longer in a long file.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import tomli

from tui.authoring.conversion import converted
from tui.authoring.drafts import own_words
from tui.authoring.errors import AuthoringError
from tui.authoring.own_file import write_file
from tui.briefing.files import MAX_BRIEFING_BYTES, UnreadableFileError, read_bounded
from tui.briefing.kinds import KINDS
from tui.briefing.mentions import mentions
from tui.briefing.own_voice import REQUIRED
from tui.briefing.positions import Positions
from tui.briefing.problems import KeyPath
from tui.briefing.toml_edits import EditError, Put, Remove, edited
from tui.briefing.toml_text import basic_string
from tui.library.stamps import stamp

_BOM: Final = "\ufeff"
State = Literal["draft", "accepted", "dropped"]


class Draft(NamedTuple):
    """A draft, open or settled."""

    id: str
    table: str
    values: Mapping[str, Any]
    """The values of the draft's table; of a dropped one, the last values."""
    state: State = "draft"

    @property
    def statement(self) -> str:
        """The key of the draft's statement, such as `text` or `action`."""
        return KINDS[self.table].key("text")


@dataclass(slots=True, eq=False)
class _Section:
    """A table of the file with its inner tables."""

    start: int
    """The offset of the table's header, in code points."""
    byte: int
    """The same offset in bytes, so that an answer need not encode the whole file."""
    table: str


class _Answer(NamedTuple):
    """The change of the file by an answer. Undo writes the old characters back."""

    place: int
    """The index of the draft."""
    before: Draft
    after: Draft
    at: int
    """The offset of the characters that change, in code points."""
    old: str
    new: str
    byte: int
    """The same offset in the file's bytes."""
    section: int
    """The index of the draft's section among those of the file."""


class Settling:
    """The drafts of one file, and the answers since the last reading."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            AuthoringError: the file cannot be read, or is not valid TOML.
        """
        self.path = path
        self.drafts: list[Draft] = []
        self._answers: list[_Answer] = []
        self.read()

    def read(self) -> None:
        """Read the file again. Earlier answers can then not be undone.

        Raises:
            AuthoringError: the file cannot be read, or is not valid TOML.
        """
        self._stamp = stamp(self.path)
        try:
            self._data = read_bounded(self.path, MAX_BRIEFING_BYTES)
            text = self._data.decode("utf-8")
            toml = tomli.loads(text.removeprefix(_BOM))
        except (UnreadableFileError, ValueError, RecursionError) as error:
            raise AuthoringError(f"{self.path} cannot be read: {error}") from error
        self._mark = _BOM if text.startswith(_BOM) else ""
        self._text = text.removeprefix(_BOM)
        self._answers = []
        self._sections: list[_Section] = []
        self._own: list[_Section] = []
        """The section of each draft."""
        self.drafts = []
        at, byte = 0, len(self._mark.encode())
        for start, path in sorted(Positions(self._text).tables.items()):
            if _is_top(path):
                at, byte = start, byte + len(self._text[at:start].encode())
                self._sections.append(_Section(start, byte, str(path[0])))
                self._note(toml, path)

    def _note(self, toml: Mapping[str, Any], path: KeyPath) -> None:
        values = toml[str(path[0])][path[1]] if path[0] in KINDS and len(path) == 2 else {}
        if values.get("draft") is True:
            self._own.append(self._sections[-1])
            self.drafts.append(Draft(str(values.get("id", "")), str(path[0]), values))

    @property
    def left(self) -> int:
        """The number of drafts that are still open."""
        return sum(draft.state == "draft" for draft in self.drafts)

    def has_changed(self) -> bool:
        """Whether another program has changed the file."""
        return stamp(self.path) != self._stamp

    def next_open(self, place: int) -> int:
        """Return the index of the next open draft.

        The search continues from the beginning after the last draft. The result is `place` where no other draft is open.
        """
        order = (*range(place + 1, len(self.drafts)), *range(place))
        return next((at for at in order if self.drafts[at].state == "draft"), place)

    # Answers

    def accept(self, place: int) -> None:
        """Accept a draft as an entry.

        A text that still says that its words are proposed is reduced to the words.

        Raises:
            ChangedOutsideError: the file was changed since it was read.
            AuthoringError: the draft is settled already or lacks something, or the file cannot be edited or written.
        """
        draft = self._unsettled(place)
        if missing := [key for key in REQUIRED if draft.table == "judgment" and key not in draft.values]:
            raise AuthoringError(f"the judgment lacks {', '.join(missing)}; edit it first")
        values = {name: value for name, value in draft.values.items() if name != "draft"}
        edits: list[Put | Remove] = [Remove(("draft",))]
        if words := own_words(str(values.get(draft.statement, ""))):
            edits.append(Put((draft.statement,), basic_string(words)))
            values[draft.statement] = words
        self._edit(place, edits, draft._replace(values=values, state="accepted"))

    def drop(self, place: int) -> None:
        """Remove a draft from the file, with its own comments.

        Raises:
            ChangedOutsideError: the file was changed since it was read.
            AuthoringError: another entry mentions the draft, or `accept` would raise it.
        """
        if holder := self._mentioning(place):
            raise AuthoringError(f"{holder!r} mentions it; take that out first")
        self._edit(place, [Remove(())], self._unsettled(place)._replace(state="dropped"))

    def change_kind(self, place: int, kind: str) -> None:
        """Convert a draft to another kind of entry. It stays a draft in its position.

        Raises:
            ChangedOutsideError: the file was changed since it was read.
            AuthoringError: the draft has that kind or cannot have it, or `accept` would raise it.
        """
        draft = self._unsettled(place)
        if kind == draft.table:
            raise AuthoringError(f"it is a {kind} already")
        if KINDS[kind].is_judged or KINDS[draft.table].is_judged:
            raise AuthoringError("a statement is no judgment of yours; add one of its own with briefing add")
        section = self._place_of(self._own[place])
        start, byte = self._own[place].start, self._own[place].byte
        old = self._text[start : self._end(section)]
        try:
            new = converted(old, draft.table, kind)
        except (EditError, tomli.TOMLDecodeError) as error:
            raise AuthoringError(str(error)) from error
        after = Draft(draft.id, kind, tomli.loads(new)[kind][0])
        self._do(_Answer(place, draft, after, start, old, new, byte, section))

    def undo(self) -> int:
        """Undo the last answer and return the index of its draft.

        Raises:
            ChangedOutsideError: the file was changed since it was read.
            AuthoringError: there is no answer to undo, or the file cannot be written.
        """
        if not self._answers:
            raise AuthoringError("there is nothing to undo")
        answer = self._answers[-1]
        undone = answer._replace(old=answer.new, new=answer.old)
        self._write(undone)
        self._answers.pop()
        if answer.after.state == "dropped":
            self._sections.insert(answer.section, self._own[answer.place])
        self._shift(answer.section + 1, undone)
        self._own[answer.place].table = answer.before.table
        self.drafts[answer.place] = answer.before
        return answer.place

    def _unsettled(self, place: int) -> Draft:
        draft = self.drafts[place]
        if draft.state != "draft":
            raise AuthoringError(f"it is {draft.state} already; undo reverses the last answer")
        return draft

    def _mentioning(self, place: int) -> str:
        """Return the id of an entry that mentions a draft.

        The id is empty where no other entry mentions the draft.
        """
        name, start = self.drafts[place].id, self._own[place].start
        end = self._end(self._place_of(self._own[place]))
        forms = (f'"{name}"', f"'{name}'", f"[[{name}]", f"[[{name}|")
        if all(self._text.find(form, 0, start) < 0 and self._text.find(form, end) < 0 for form in forms):
            return ""  # the usual case, without parsing
        toml = tomli.loads(self._text)
        found = (mention.path for mention in mentions(toml, self.drafts[place].id))
        holders = (toml[str(path[0])][path[1]]["id"] if len(path) > 2 else "the header" for path in found)
        return next((holder for holder in holders if holder != self.drafts[place].id), "")

    def _edit(self, place: int, edits: Sequence[Put | Remove], after: Draft) -> None:
        """Edit a draft within the text of its neighbouring sections.

        The neighbours are needed to separate the draft's own comments from theirs.
        """
        section = self._place_of(self._own[place])
        before = self._sections[section - 1] if section else None
        start, byte = (before.start, before.byte) if before else (0, len(self._mark.encode()))
        old = self._text[start : self._end(section + 1)]
        table = self.drafts[place].table
        mine = (table, int(before is not None and before.table == table))
        try:
            new = edited(old, [edit._replace(path=(*mine, *edit.path)) for edit in edits])
        except EditError as error:
            raise AuthoringError(str(error)) from error
        self._do(_Answer(place, self.drafts[place], after, start, old, new, byte, section))

    def _do(self, answer: _Answer) -> None:
        self._write(answer)
        self._answers.append(answer)
        removed = answer.after.state == "dropped"
        if removed:
            del self._sections[answer.section]
        self._shift(answer.section + (not removed), answer)
        self._own[answer.place].table = answer.after.table
        self.drafts[answer.place] = answer.after

    # The text

    def _place_of(self, section: _Section) -> int:
        return bisect_left(self._sections, section.start, key=lambda one: one.start)

    def _end(self, section: int) -> int:
        return self._sections[section + 1].start if section + 1 < len(self._sections) else len(self._text)

    def _shift(self, section: int, answer: _Answer) -> None:
        """Shift the offsets of the sections that follow an answer's change."""
        by, bytes_by = len(answer.new) - len(answer.old), len(answer.new.encode()) - len(answer.old.encode())
        for one in self._sections[section:]:
            one.start += by
            one.byte += bytes_by

    def _write(self, answer: _Answer) -> None:
        """Write an answer's characters, if the file was not changed meanwhile.

        Raises:
            ChangedOutsideError: the file was changed since it was read.
            AuthoringError: the file cannot be written.
        """
        end = answer.byte + len(answer.old.encode())
        data = b"".join((self._data[: answer.byte], answer.new.encode(), self._data[end:]))
        write_file(self.path, data, self._data)
        text = self._text
        self._text = f"{text[: answer.at]}{answer.new}{text[answer.at + len(answer.old) :]}"
        self._data, self._stamp = data, stamp(self.path)


def _is_top(path: KeyPath) -> bool:
    return len(path) == 1 or (len(path) == 2 and isinstance(path[1], int))
