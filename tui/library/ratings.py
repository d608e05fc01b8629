"""Ratings by the Admiralty code, compared."""

from collections.abc import Iterable, Mapping
from typing import Final

from tui.library.records import Footnote, Source

# F and 6 say that nothing is known, which is not the worst rating: they stand in the middle.
LETTERS: Final = "ABCFDE"
FIGURES: Final = (1, 2, 3, 6, 0, 4, 5)
_SEEN: Final = ("full", "excerpt", "reported", "not-found")


def best_note(sources: Mapping[str, Source], notes: Iterable[Footnote]) -> Footnote | None:
    """Return the footnote of the most reliable source.

    Of two such sources, the author saw more of the first.
    """

    def rank(note: Footnote) -> tuple[int, int]:
        source = sources[note.source]
        return LETTERS.index(source.reliability), _SEEN.index(source.seen)

    return min(notes, key=rank, default=None)
