"""Finds the quotes that another text of a source would lose.

A quote is lost where the new text does not have it exactly once.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from tui.briefing import anchors
from tui.briefing.characters import escaped
from tui.briefing.lock import Lock, QuoteKey
from tui.briefing.model import Briefing
from tui.briefing.provenance import carrier
from tui.language.resemblance import resembling
from tui.library.compiling import compile_edition
from tui.library.records import Entity, Entry, Footnote
from tui.library.source_texts import SourceText

_MOST_SUGGESTIONS: Final = 20
"""The most quotes for which a similar passage is searched; each search reads the whole text."""


class Move(NamedTuple):
    """A quote that stands in another paragraph of another text."""

    holder: str
    quote: str
    before: int
    after: int

    def line(self) -> str:
        """Describe the move on one line."""
        return escaped(f"  {self.holder}: ¶{self.before} → ¶{self.after}: “{self.quote}”")


class Loss(NamedTuple):
    """A quote that another text does not have exactly once."""

    holder: str
    """The id of the footnote's entry or entity."""
    note: Footnote
    """The footnote, compiled with the other text."""
    before: int
    """The number of the quote's paragraph before; -1 where that is not known."""
    nearest: str
    """The most similar passage, as a mere suggestion. Empty where there is none, or none was searched for."""
    paragraph: int
    """The number of that passage's paragraph."""

    def lines(self) -> Iterator[str]:
        """Describe the loss on one or two lines."""
        where = f", ¶{self.before} before" if self.before >= 0 else ""
        many = f" (it would stand {self.note.occurrences} times)" if self.note.occurrences else ""
        yield escaped(f"  {self.holder}{where}: “{self.note.quote}”{many}")
        if self.nearest:
            nearest = " ".join(self.nearest.split())
            yield escaped(f"    nearest in the new text, only a suggestion, ¶{self.paragraph}: “{nearest}”")


class Changes(NamedTuple):
    """The quotes of a source that another text loses or moves."""

    lost: tuple[Loss, ...]
    moved: tuple[Move, ...]
    number: int
    """The number of all quotes of the source."""


def changes(briefing: Briefing, lock: Lock, texts: Mapping[str, SourceText], source: str, new: SourceText) -> Changes:
    """Search another text of a source for all of its quotes.

    Args:
        briefing: the briefing.
        lock: the briefing's lock, which knows the quotes of the present text.
        texts: the present texts, by source id.
        source: the source's id.
        new: the other text.
    """
    before = _places(briefing, lock, texts, source)
    changed = {**texts, source: new}
    found: list[Loss] = []
    moved: list[Move] = []
    notes = list(_notes(briefing, changed, source, lock))
    for holder, note in notes:
        was = before.get((holder, note.quote), -1)
        if note.state in {"exact", "moved"}:
            moved += [Move(holder, note.quote, was, note.paragraph)] if was not in {-1, note.paragraph} else []
            continue
        nearest = resembling(new.text, note.quote) if len(found) < _MOST_SUGGESTIONS and not note.occurrences else ""
        at = anchors.paragraph_of(new.paragraphs, new.text.find(nearest)) if nearest else -1
        found.append(Loss(holder, note, was, nearest, at))
    return Changes(tuple(found), tuple(moved), len(notes))


def _places(briefing: Briefing, lock: Lock, texts: Mapping[str, SourceText], source: str) -> dict[tuple[str, str], int]:
    """Return the paragraph number of each quote in the present text.

    The lock's number has priority, since it is known also where the text is not held any more.
    """
    places = {}
    for holder, note in _notes(briefing, texts, source, lock):
        locked = lock.quotes.get(QuoteKey(source, note.quote, note.prefix, note.suffix))
        places[holder, note.quote] = locked.paragraph if locked else note.paragraph
    return places


def _notes(
    briefing: Briefing, texts: Mapping[str, SourceText], source: str, lock: Lock
) -> Iterator[tuple[str, Footnote]]:
    """Yield each footnote that quotes a source's text.

    Each comes with the id of its entry or entity. The source may carry the words of another source.
    """
    edition = compile_edition(briefing, lock, texts)
    through = {one.id: one.cited_in for one in edition.sources}
    holds = {*texts, source}
    holders: tuple[Entry | Entity, ...] = (*edition.entries, *edition.entities)
    for holder in holders:
        for note in holder.notes:
            if note.quote and carrier(note.source, through, holds) == source:
                yield holder.id, note
