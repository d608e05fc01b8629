"""What the list of the search shows: its hits, the fields to filter them by, and what is to be said of them."""

from collections.abc import Sequence
from typing import Final

from tui.search.excerpts import Shown
from tui.session.keymap import NO_KEYS, Keymap
from tui.session.search.asking import Asker, Outcome
from tui.session.search.box_keys import BOX_KEYS
from tui.session.search.facet_row import KEYS, Piece, facet_pieces, groups
from tui.session.search.filters import filters_of, toggled
from tui.session.search.hints import found_words
from tui.session.search.results import name_of

_NO_QUERY = (
    Piece(
        BOX_KEYS.words(" {complete} completes · {earlier} asked before · {tell-grammar} what one can write"), "muted"
    ),
)
_MOST: Final = 2000
"""Hits after which no more are fetched: 6 MB for one reader of many, and nobody reads on without another filter."""


class Listed:
    """The outcome that is shown; while a mistake is being typed, that of the last good query."""

    def __init__(self, asker: Asker, keymap: Keymap = NO_KEYS) -> None:
        """Show nothing yet; `keymap` has the keys of the filters."""
        self.outcome: Outcome | None = None
        self._asker = asker
        self._keymap = keymap
        self._group = 0

    @property
    def is_partial(self) -> bool:
        """Whether the index had not everything when it was asked."""
        return self.outcome is None or not self.outcome.answer.searched.complete

    @property
    def summary(self) -> str:
        """How much was found, and in what."""
        return found_words(self.outcome.answer) if self.outcome else ""

    def position(self, place: int) -> str:
        """Say which of how many hits stands at a place of the page."""
        if self.outcome is None or not self.outcome.hits:
            return ""
        return f"{min(place + 1, len(self.outcome.hits)):,}/{self.outcome.whole:,}"

    def has_more_behind(self, place: int) -> bool:
        """Tell whether a place is the end of the hits that are there, and others are to be fetched."""
        return self.outcome is not None and place >= len(self.outcome.hits) < min(_MOST, self.outcome.whole)

    def shown(self, name: str) -> Shown | None:
        """Give what is shown of a hit by the name of its block."""
        outcome = self.outcome
        if outcome is None:
            return None
        return next((self._asker.shown(outcome, hit) for hit in outcome.hits if name_of(hit) == name), None)

    def filtered(self, text: str, key: int) -> str:
        """Put the filter of a key into a query, or take it out; without such a key it stays as it is."""
        if self.outcome is None or not (names := self._groups):
            return text
        from tui.search.facets import facet_query

        name = names[self._group % len(names)]
        values = self.outcome.counts.get(name, ())
        return toggled(text, facet_query(name, values[key - 1][0])) if 1 <= key <= min(KEYS, len(values)) else text

    def turn(self, step: int) -> None:
        """Filter by the values of another field."""
        self._group += step

    def pieces(self, width: int) -> Sequence[Piece]:
        """Set the values to filter by."""
        if self.outcome is None:
            return _NO_QUERY
        chosen = [value.removeprefix("=") for field in filters_of(self.outcome.parsed) for value in field.values]
        return facet_pieces(self.outcome.counts, self._groups, self._group, chosen, width=width, keymap=self._keymap)

    @property
    def _groups(self) -> tuple[str, ...]:
        if self.outcome is None:
            return ()
        return groups(self.outcome.counts, [field.name for field in filters_of(self.outcome.parsed)])
