"""Entries and sources on one line each. It has number, name, voice and rating."""

from typing import Final, NamedTuple

from tui.library.records import Entry, Source
from tui.library.voices import short_of, voice_of
from tui.library.volume import Volume
from tui.render import words
from tui.render.breaking import shortened
from tui.render.entries import disputed_grounds
from tui.render.links import brief_span
from tui.render.page import GAP, INDENT, Block, Columns, Para, Span, apart

_RATING: Final = 2
_NAME: Final = 16
"""The fewest cells for a name."""
_LONGEST: Final = 200
"""Characters of a name; no terminal is so wide."""


class _Facts(NamedTuple):
    """The facts at the end of a line."""

    voice: str
    rating: str

    @property
    def words(self) -> str:
        """The facts for a page that is read aloud."""
        return words.dotted(filter(None, self))

    def plot(self, whole: int) -> tuple[Span, ...]:
        """Set the facts for a block of some cells."""
        room = _voice_cells(whole)
        gap = f"{shortened(self.voice, room):<{room}} " if room else ""
        return Span(gap, "meta"), Span(f"{self.rating:>{_RATING}}", "rating")


def _voice_cells(whole: int) -> int:
    return 20 if whole >= 76 else 16 if whole >= 60 else 0


def _widths(whole: int) -> tuple[int, ...]:
    voice = _voice_cells(whole)
    cells = voice + bool(voice) + _RATING + 2  # of the text behind the facts, which is empty
    return (whole - GAP - cells, cells) if whole >= GAP + cells + _NAME else ()


_COLUMNS: Final = Columns((0, 1), 2, _widths)


def compact_entry(volume: Volume, entry: Entry) -> Block:
    """Set an entry on one line."""
    draft = (Span(f"{words.DRAFT} ", "warning"),) if entry.draft else ()
    disputed = (Span("disputed ", "conflict"),) if disputed_grounds(volume, entry) else ()
    name = (*draft, *disputed, brief_span(entry, _LONGEST))
    return _line(entry.id, entry.number, name, _Facts(_voice(volume, entry), volume.rating(entry)))


def compact_source(_volume: Volume, source: Source) -> Block:
    """Set a source on one line, with its reliability."""
    title = (apart(source.title),) if source.title else ()
    return _line(source.id, str(source.number), (Span(source.label), *title), _Facts("", source.reliability))


def _line(name: str, number: str, spans: tuple[Span, ...], facts: _Facts) -> Block:
    named = Para(spans, Span(number, "number"), INDENT, INDENT, keep=True)
    told = Para((Span("", whole=facts.words),), plot=facts.plot)
    return Block(name, (named, told), f"#{name}", space=0, columns=_COLUMNS)


def _voice(volume: Volume, entry: Entry) -> str:
    """Return the name of an entry's voice, speaker or first source."""
    if voice := voice_of(volume, entry):
        return voice.short or voice.name
    if entry.by:
        return short_of(volume, entry.by)
    return volume.sources[entry.notes[0].source].label if entry.notes else ""
