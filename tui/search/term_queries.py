"""Queries of tantivy for single terms, words and phrases."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tui.language.tokens import is_half
from tui.search.index.schema import SHORT
from tui.search.index.view import View

if TYPE_CHECKING:
    from tantivy import Query

HEADING: Final = 2.0
"""The weight of a word in a heading."""
_FORM: Final = 0.8
"""The weight of another form of a word."""


class TermQueries:
    """Makes the queries for terms, words and phrases of one view."""

    def __init__(self, view: View) -> None:
        """Prepare for a view."""
        from tantivy import Occur, Query

        self._schema = view.schema
        self._vocabulary = view.vocabulary
        self._query = Query
        self._occur = Occur

    def term(self, field: str, word: str, boost: float = 1.0) -> "Query":
        """Return the query for one term of a field."""
        option = "freq" if field in {"words", "heading", "quote"} else "basic"
        query = self._query.term_query(self._schema, field, word, option)
        return query if boost == 1.0 else self._query.boost_query(query, boost)

    def tag(self, name: str, value: str) -> "Query":
        """Return the query for a tag, a field and its value."""
        return self.term("tags", f"{name}={'_'.join(value.split())}")

    def either(self, queries: Sequence["Query"]) -> "Query":
        """Return the query that any of some queries meets."""
        if len(queries) == 1:
            return queries[0]
        return self._query.boolean_query([(self._occur.Should, query) for query in queries])

    def any_of(self, field: str, terms: list[str]) -> "Query":
        """Return the query for any of some terms, without a score."""
        if not terms:
            return self._query.empty_query()
        return self._query.term_set_query(self._schema, field, terms)

    def phrase(self, field: str, words: tuple[str, ...], *, prefix: bool) -> "Query":
        """Return the query for a phrase. `prefix` leaves the last word open."""
        if len(words) == 1:
            return self.word(field, words[0], prefix=True) if prefix else self.term(field, words[0])
        if prefix and words[-1].isalnum() and words[-1].isascii():
            return self._query.regex_phrase_query(self._schema, field, [*words[:-1], f"{words[-1]}.*"])
        return self._query.phrase_query(self._schema, field, list(words))

    def word(self, field: str, word: str, *, prefix: bool) -> "Query":
        """Return the query for a word and its forms."""
        return self.either(self.ways(field, word, prefix=prefix))

    def ways(self, field: str, word: str, *, prefix: bool, boost: float = 1.0) -> list["Query"]:
        """Return alternative queries for the terms of a word.

        The caller joins them in one flat disjunction, in which tantivy skips documents that cannot be among the best.
        """
        scored = self.scored(field, word, prefix=prefix, boost=boost)
        if not (others := self._vocabulary.forms(word, field, prefix=prefix).others):
            return scored
        rest = self._query.term_set_query(self._schema, field, list(others))
        return [*scored, self._query.const_score_query(rest, 0.0)]

    def scored(self, field: str, word: str, *, prefix: bool, boost: float = 1.0) -> list["Query"]:
        """Rank a word, its forms, and the most frequent longer words.

        All weigh alike while the word is typed, so that the next letter removes hits and moves none.
        """
        scored = self._vocabulary.forms(word, field, prefix=prefix).scored
        return [self.term(field, form, boost * (1.0 if prefix or form == word else _FORM)) for form in scored]

    def spelt(self, words: tuple[str, ...], *, prefix: bool) -> "Query":
        """Return the query for one spelling, in text and headings."""
        if len(words) > 1:
            return self.phrase("words", words, prefix=prefix)
        if prefix and len(words[0]) <= SHORT and (words[0].isascii() or is_half(words[0])):
            return self._short_beginning(words[0])
        in_text = self.ways("words", words[0], prefix=prefix)
        return self.either([*in_text, *self.ways("heading", words[0], prefix=prefix, boost=HEADING)])

    def _short_beginning(self, letters: str) -> "Query":
        """Find words that begin with a letter or two. Equal words rank first, then headings."""
        begins = self._query.const_score_query(self.term("begins", letters), 0.0)
        return self._query.boolean_query(
            [
                (self._occur.Must, begins),
                (self._occur.Should, self.term("words", letters)),
                (self._occur.Should, self.word("heading", letters, prefix=True)),
            ]
        )
