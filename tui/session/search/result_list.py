"""The list of hits on the screen, with its filters and summary."""

from collections.abc import Sequence
from typing import Final

from tui.search.answers import Shown
from tui.session.keymap import NO_KEYS, Keymap
from tui.session.search.hints import BOX_KEYS, FACET_KEYS, Piece, facet_fields, facet_pieces, found_words
from tui.session.search.search_session import Outcome, SearchSession

_NO_QUERY: Final = (
    Piece(BOX_KEYS.words(" {complete} completes · {earlier} asked before · {tell-grammar} syntax"), "muted"),
)
_MOST: Final = 2000
"""Hits after which no more are fetched: 6 MB for a reader, who then needs a filter."""


class ResultList:
    """The shown outcome. During a mistake, the one of the last good query."""

    def __init__(self, session: SearchSession, keymap: Keymap = NO_KEYS) -> None:
        """Start without an outcome; the keymap has the keys of the filters."""
        self.outcome: Outcome | None = None
        self._session = session
        self._keymap = keymap
        self._field = 0

    @property
    def is_partial(self) -> bool:
        """Whether the index was incomplete."""
        return self.outcome is None or self.outcome.answer.searched.is_growing

    @property
    def has_anything(self) -> bool:
        """Whether there is a hit to open, or none will come."""
        return self.outcome is None or bool(self.outcome.hits) or not self.outcome.answer.searched.is_growing

    @property
    def summary(self) -> str:
        """The exact total and the searched part of the library."""
        return found_words(self.outcome.answer) if self.outcome else ""

    def position(self, index: int) -> str:
        """Return the number of the hit at an index, and the total."""
        if self.outcome is None or not self.outcome.hits:
            return ""
        return f"{min(index + 1, len(self.outcome.hits)):,}/{self.outcome.answer.whole:,}"

    def has_more_behind(self, index: int) -> bool:
        """Whether more hits can be fetched behind an index of the page."""
        return self.outcome is not None and index >= len(self.outcome.hits) < min(_MOST, self.outcome.answer.whole)

    def shown(self, name: str) -> Shown | None:
        """Return a hit by the name of its block. None where it has changed."""
        outcome = self.outcome
        if outcome is None:
            return None
        return next((self._session.shown(outcome, hit) for hit in outcome.hits if hit.name == name), None)

    def filtered(self, text: str, key: int) -> str:
        """Add or remove the filter of a key in a query."""
        if self.outcome is None or not (names := self.fields):
            return text
        from tui.search.facets import facet_query, toggled

        name = names[self._field % len(names)]
        values = self.outcome.counts.get(name, ())
        if not 1 <= key <= min(FACET_KEYS, len(values)):
            return text
        return toggled(text, facet_query(name, values[key - 1][0]))

    @property
    def number_of_values(self) -> int:
        """The number of values that have a key."""
        if self.outcome is None or not self.fields:
            return 0
        return min(FACET_KEYS, len(self.outcome.counts.get(self.fields[self._field % len(self.fields)], ())))

    def acts(self, name: str, query: str) -> bool | None:
        """Whether a command on the list has something to do.

        None stands for the screen's own commands.
        """
        acts = {"pane-1": len(self.fields) > 0, "next-pane": len(self.fields) > 1, "bookmark": bool(query.strip())}
        return acts.get(name)

    def turn(self, step: int) -> None:
        """Filter by another field."""
        self._field += step

    def pieces(self, width: int) -> Sequence[Piece]:
        """Lay out the values to filter by."""
        if self.outcome is None:
            return _NO_QUERY
        chosen = [value.removeprefix("=") for field in self.outcome.parsed.filters for value in field.values]
        return facet_pieces(self.outcome.counts, self.fields, self._field, chosen, width=width, keymap=self._keymap)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields to filter by."""
        if self.outcome is None:
            return ()
        return facet_fields(self.outcome.counts, [field.name for field in self.outcome.parsed.filters])
