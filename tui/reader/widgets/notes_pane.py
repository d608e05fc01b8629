"""The current entry's footnotes: sidenotes beside the page, or one in full."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.library.records import Entity, Entry, Footnote, Source
from tui.library.volume import Volume
from tui.reader.themes import Theme
from tui.reader.widgets.page_view import PageView
from tui.reader.widgets.typesetter import Typesetter
from tui.render.notes import footnote_block, sidenotes, uses_beside
from tui.render.page import Page, fixed
from tui.session.arrangement import Arrangement
from tui.session.find.matches import Match
from tui.session.viewport import Spot

if TYPE_CHECKING:
    from tui.evidence.matrix import Cell
    from tui.search.matcher import Matcher

_NOTHING = fixed("", [])


Holder = Entry | Entity | Source
"""Has footnotes, a reason or uses."""


def number_of_notes(holder: "Holder | Cell | None") -> int:
    """Count the footnotes that can be opened. A judgment has its reasons in their place."""
    if isinstance(holder, Entry) and holder.judgment:
        is_reasoned = any(link.relation in {"for", "against"} for link in holder.links)
        return int(is_reasoned or bool(holder.assess and holder.assess.why))
    return 0 if holder is None or isinstance(holder, Source) else len(holder.notes)


def followed(before: Sequence[Footnote], after: Sequence[Footnote], opened: int) -> int:
    """Return the number of an open footnote in a new edition.

    It is 0 where the footnote was removed. It is known by source and words, or else by its source alone.
    """
    note = before[opened - 1]
    for same in (lambda one: (one.source, one.quote, one.page), lambda one: one.source):
        places = [place for place, one in enumerate(after, 1) if same(one) == same(note)]
        if len(places) == 1 or opened in places:
            return opened if opened in places else places[0]
    return 0


class NotesPane(PageView):
    """Shows sidenotes, or one footnote in full."""

    DEFAULT_CSS = "NotesPane { height: 1fr; }"

    def __init__(self, typesetter: Typesetter, theme: Theme) -> None:
        """Create an empty pane."""
        super().__init__(typesetter, theme, name="notes", centred=False, marks_current=False, leads=True)
        self.opened = 0
        """The open footnote of the entry, counted from 1; 0 for none."""
        self.typed = ""
        """The digits of a footnote number that are typed so far."""
        self._matcher: Matcher | None = None
        self._sought = 0
        self._volume: Volume | None = None
        self._holder: Entry | Entity | Source | Cell | None = None

    def stand(self, parts: Arrangement, *, has_any: bool) -> None:
        """Place the pane beside the page, or below for an open footnote."""
        beside = parts.notes_edge == "left"
        self.display = parts.notes > 0 and (has_any if beside else self.opened > 0)
        self.edge = parts.notes_edge
        self.styles.dock = "right" if beside else "bottom"
        self.styles.width = parts.notes if beside else "1fr"
        self.styles.height = "1fr" if beside else parts.notes

    def tell(self, volume: Volume | None, holder: "Entry | Entity | Source | Cell | None") -> None:
        """Show the footnotes of an entry or cell, or a source's uses.

        A footnote that is open stays open: of another entry, it becomes the first.
        """
        if (volume, holder) == (self._volume, self._holder):
            return
        before, had, is_new = self._notes, self._holder, volume is not self._volume
        same = holder is not None and had is not None and holder.id == had.id
        self._volume, self._holder = volume, holder
        self.typed = ""
        opened = min(self.opened if same else 1, self.opened, number_of_notes(holder))
        # A new edition may have other footnotes before it.
        self.opened = followed(before, self._notes, self.opened) if is_new and before and self.opened else opened
        self._set()

    @property
    def _notes(self) -> tuple[Footnote, ...]:
        return () if self._holder is None or isinstance(self._holder, Source) else self._holder.notes

    def source_of(self, place: int) -> Source | None:
        """Return the source of a footnote by position; else None."""
        notes = self._notes
        if self._volume is None or not place or not notes:
            return None
        return self._volume.sources[notes[(place - 1) % len(notes)].source]

    def open(self, place: int) -> None:
        """Open a footnote by position, going round at either end. 0 closes it."""
        number = number_of_notes(self._holder)
        self.opened = (place - 1) % number + 1 if place and number else 0
        self.typed = ""
        self._set()

    def type_digit(self, digit: str) -> str | None:
        """Choose a footnote by its number, digit after digit.

        Returns:
            The message, with `{commands}` for keys; None where no footnote of the entry has such a number.
        """
        self.typed += digit
        numbers = [str(note.number) for note in self._notes]
        matching = [number for number in numbers if number.startswith(self.typed)]
        if not matching:
            self.typed = ""
            return None
        if len(set(matching)) == 1 and matching[0] == self.typed:
            self.open(numbers.index(self.typed) + 1)
            return ""
        more = " ".join(sorted({number[len(self.typed)] for number in matching if number != self.typed}))
        opens = "{open} opens it, " if self.typed in matching else ""
        return f"Footnote {self.typed}: {opens}{more} may follow."

    @property
    def typed_target(self) -> str:
        """The footnote whose number was typed; empty for none."""
        numbers = [str(note.number) for note in self._notes]
        return f"note:{numbers.index(self.typed) + 1}" if self.typed in numbers else ""

    def confirm_digits(self) -> bool:
        """Open the footnote whose number was typed; return whether digits were typed."""
        numbers = [str(note.number) for note in self._notes]
        typed, self.typed = self.typed, ""
        if typed in numbers:
            self.open(numbers.index(typed) + 1)
        return bool(typed)

    def look_for(self, matcher: "Matcher | None", note: int) -> None:
        """Mark matches, and bring the match in a footnote into view.

        Args:
            matcher: finds the words; None where nothing is looked for.
            note: the footnote with the current match, counted from 1; 0 for none.
        """
        if (matcher, note) != (self._matcher, self._sought):
            self._matcher, self._sought = matcher, note
            self._mark_found()

    def _set(self) -> None:
        self.show(self._page(), Spot())
        if self._matcher:
            self._mark_found()

    def on_resize(self) -> None:
        """Bring the match into view again. A new pane has its size only now."""
        if self._matcher:
            self._fit()
            self._mark_found()

    def _mark_found(self) -> None:
        place = 0 if self.opened else self._sought - 1
        is_there = self._sought > 0 and place < len(self.page)
        self.mark_matches(self._found_in, next(iter(self._found_in(place)), None) if is_there else None)

    def _found_in(self, place: int) -> Sequence[Match]:
        if self._matcher is None:
            return ()
        return [
            Match("", place, number, start, end)
            for number, para in enumerate(self.page.block(place).paras)
            for start, end in self._matcher.spans(para.text)
        ]

    def _page(self) -> Page:
        if self._volume is None or self._holder is None:
            return _NOTHING
        volume, holder = self._volume, self._holder
        # All readers of an edition have the same pages, and these are laid out once.
        return self._typesetter.once(volume, ("notes", holder.id, self.opened), partial(self._made, volume, holder))

    def _made(self, volume: Volume, holder: "Entry | Entity | Source | Cell") -> Page:
        if isinstance(holder, Source):
            return fixed("Cited by", uses_beside(volume, holder))
        if not isinstance(holder, Entry | Entity):
            from tui.render.evidence.cells import cell_note_page, cell_page

            return cell_note_page(volume, holder, self.opened) if self.opened else cell_page(volume, holder)
        if isinstance(holder, Entry) and holder.judgment and self.opened:
            from tui.render.evidence.judgments import why_page

            return why_page(volume, holder)
        if not self.opened:
            return fixed("Footnotes", sidenotes(volume, holder))
        note = holder.notes[self.opened - 1]
        return fixed("Footnote", [footnote_block(volume, note, self.opened)])
