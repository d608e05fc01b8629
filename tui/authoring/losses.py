"""What a briefing would lose if a source had another text: the quotes that do not stand in it, or no longer once."""

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
"""Quotes for which a resembling passage is looked for; each costs a walk through the text."""


class Move(NamedTuple):
    """A quote that stands in another paragraph of another text."""

    holder: str
    quote: str
    before: int
    after: int

    def line(self) -> str:
        """Tell it in words."""
        return escaped(f"  {self.holder}: ¶{self.before} → ¶{self.after}: “{self.quote}”")


class Loss(NamedTuple):
    """A quote that another text would not have, or more than once."""

    holder: str
    """The id of the entry or entity whose footnote it is."""
    note: Footnote
    """The footnote as it would be."""
    before: int
    """The paragraph in which it stood; -1 where that is not known."""
    nearest: str
    """The passage that resembles it most; a suggestion and no more. Empty where none does, or none was looked for."""
    paragraph: int
    """Where that passage stands."""

    def lines(self) -> Iterator[str]:
        """Tell it in words, on a line or two."""
        where = f", ¶{self.before} before" if self.before >= 0 else ""
        many = f" (it would stand {self.note.occurrences} times)" if self.note.occurrences else ""
        yield escaped(f"  {self.holder}{where}: “{self.note.quote}”{many}")
        if self.nearest:
            nearest = " ".join(self.nearest.split())
            yield escaped(f"    nearest in the new text, only a suggestion, ¶{self.paragraph}: “{nearest}”")


class Changes(NamedTuple):
    """What becomes of the quotes of a source in another text."""

    lost: tuple[Loss, ...]
    moved: tuple[Move, ...]
    number: int
    """How many quotes there are in all."""


def changes(briefing: Briefing, lock: Lock, texts: Mapping[str, SourceText], source: str, new: SourceText) -> Changes:
    """Look for every quote of a source in another text of it.

    Args:
        briefing: the briefing.
        lock: what is known of the text that it names now.
        texts: the texts that are held now, by source id.
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
    """Return the paragraph in which each quote stands in the text that is held now, or stood when it last was."""
    places = {}
    for holder, note in _notes(briefing, texts, source, lock):
        locked = lock.quotes.get(QuoteKey(source, note.quote, note.prefix, note.suffix))
        places[holder, note.quote] = locked.paragraph if locked else note.paragraph
    return places


def _notes(
    briefing: Briefing, texts: Mapping[str, SourceText], source: str, lock: Lock
) -> Iterator[tuple[str, Footnote]]:
    """Give every footnote with a quote whose words a source carries, with the id of what it belongs to."""
    edition = compile_edition(briefing, lock, texts)
    through = {one.id: one.cited_in for one in edition.sources}
    holds = {*texts, source}
    holders: tuple[Entry | Entity, ...] = (*edition.entries, *edition.entities)
    for holder in holders:
        for note in holder.notes:
            if note.quote and carrier(note.source, through, holds) == source:
                yield holder.id, note
