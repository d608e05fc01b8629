"""Translation of a query's tree to a query of tantivy."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice, product
from typing import TYPE_CHECKING, Final

from tui.language.tokens import words_of
from tui.search.fields import FIELDS
from tui.search.index.documents import FIRST_DATE, LAST_DATE, bounds, exact_key
from tui.search.index.schema import RECORD, SHORT
from tui.search.index.view import View
from tui.search.nodes import And, Field, Most, Node, Not, Or, Phrase, Word
from tui.search.term_queries import HEADING, TermQueries
from tui.search.variants import splits, variants

if TYPE_CHECKING:
    from tantivy import Query

_RARE: Final = 8.0
"""The weight of a field that only ranks; as much as a rare word."""
_SYNONYM: Final = 0.8
"""The weight of a synonym."""
_SPELLINGS: Final = 9
"""Spellings of a query that are looked up as exact names; three of each of two words."""
EXACT: Final = 10_000.0
"""The score of an exact heading, id or number, above all others."""
ReadItem = tuple[str, str, str]
"""The briefing, the id and the revision of an item that the reader has read."""


def _spelt(node: Node) -> tuple[str, ...]:
    """Return the words of a query as one text for each spelling."""
    if isinstance(node, Or):
        return tuple(dict.fromkeys(chain.from_iterable(map(_spelt, node.parts))))[:_SPELLINGS]
    if isinstance(node, And | Most):
        ways = islice(product(*(_spelt(part) or ("",) for part in node.parts)), _SPELLINGS)
        return tuple(" ".join(filter(None, words)) for words in ways)
    return (node.text,) if isinstance(node, Word | Phrase) else ()


class Translator:
    """Translates queries for one view of the index."""

    def __init__(self, view: View, read: Iterable[ReadItem] = (), without: Sequence[int] = ()) -> None:
        """Prepare a translator.

        Args:
            view: the index.
            read: the items that the reader has read, for the field `is`.
            without: the numbers of briefings of which nothing is to be found.
        """
        from tantivy import Occur, Query

        self._schema = view.schema
        self._searcher = view.searcher
        self._vocabulary = view.vocabulary
        self._without = list(without)
        self._read = read
        self._terms = TermQueries(view)
        self._query = Query
        self._occur = Occur

    def query(self, node: Node) -> "Query":
        """Translate a whole query."""
        return self.shown(self._single(node) if isinstance(node, Word) else self._node(node))

    def shown(self, query: "Query") -> "Query":
        """Exclude the briefings of which nothing is to be found."""
        if not self._without:
            return query
        withdrawn = self._query.term_set_query(self._schema, "of", self._without)
        return self._query.boolean_query([(self._occur.Must, query), (self._occur.MustNot, withdrawn)])

    def first(self, node: Node, whole: "Query", briefing: str = "") -> list["Query"]:
        """Return queries for the hits that rank first, the best first.

        They run apart from the whole query, which would check them for each of a million hits.

        Args:
            node: the whole query.
            whole: its translation.
            briefing: the id of the open briefing, whose own C11 ranks before any other.
        """
        found = []
        keys = {key for words in _spelt(node) if (key := exact_key(words))}
        if named := [self._terms.term("names", key) for key in keys if self._searcher.doc_freq("names", key)]:
            exact = self._query.const_score_query(self._terms.either(named), EXACT)
            # A view has its speaker as its heading, and a name means the person first.
            entity = self._query.const_score_query(self._terms.tag("kind", "entity"), EXACT)
            clauses = [(self._occur.Must, exact), (self._occur.Must, whole), (self._occur.Should, entity)]
            found.append(self._query.boolean_query(clauses))
            if briefing:
                here = (self._occur.Must, self._query.const_score_query(self._terms.tag("in", briefing), 0.0))
                found.insert(0, self._query.boolean_query([*clauses, here]))
        if isinstance(node, Word) and (words := self._beginning(node)):
            in_heading = self._terms.ways("heading", words, prefix=True, boost=HEADING)
            first = self._terms.either([*self._terms.scored("words", words, prefix=True), *in_heading])
            found.append(self.shown(first))
        return found

    def short(self, node: Node) -> str:
        """Return a query of one or two letters. Empty for any other query."""
        word = self._beginning(node) if isinstance(node, Word) else ""
        return word if len(word) <= SHORT else ""

    def _single(self, node: Word) -> "Query":
        """Translate a query of one word. Its longer words count here, and `first` ranks them."""
        word = self._beginning(node)
        if not word:
            return self._node(node)
        if len(word) <= SHORT:
            return self._terms.term("begins", word)
        forms = self._vocabulary.forms(word, "words", prefix=True)
        beginning = self._query.regex_query(self._schema, "words", f"{word}.*")
        hyphened = [self._terms.phrase("words", words, prefix=True) for words in splits(word)]
        return self._terms.either([beginning, *(self._terms.term("words", form) for form in forms.alike), *hyphened])

    def _beginning(self, node: Word) -> str:
        """Return a half-typed word with too many longer words to rank. Empty otherwise."""
        found = variants(node.text)
        if not node.prefix or not found or len(found[0]) != 1 or not found[0][0].isascii():
            return ""
        word = found[0][0]
        if found[1:] != splits(word):
            return ""
        return word if len(word) <= SHORT or self._vocabulary.forms(word, "words", prefix=True).others else ""

    def _node(self, node: Node) -> "Query":
        if isinstance(node, And | Most):
            return self._and(node)
        if isinstance(node, Or):
            return self._terms.either([self._node(part) for part in node.parts])
        if isinstance(node, Not):
            return self._except([self.everything()], [node.part])
        if isinstance(node, Field):
            return self._query.const_score_query(self._field(node), 0.0)
        if isinstance(node, Phrase):
            return self._terms.phrase("words", tuple(words_of(node.text).split()), prefix=False)
        forms = [self._terms.spelt(words, prefix=node.prefix) for words in variants(node.text)]
        address = [self._terms.term("names", exact_key(node.text))] if "#" in node.text else []
        return self._terms.either(forms + address)

    def _and(self, node: And | Most) -> "Query":
        wanted = [part for part in node.parts if not isinstance(part, Not)]
        queries = [self._closest(part) if isinstance(node, Most) else self._node(part) for part in wanted]
        if isinstance(node, Most):
            fields = [query for query, part in zip(queries, wanted, strict=True) if isinstance(part, Field)]
            words = [(self._occur.Should, query) for query in queries if query not in fields]
            queries = [self._query.boolean_query(words, minimum_number_should_match=node.least), *fields]
        without = [part.part for part in node.parts if isinstance(part, Not)]
        besides = [self._besides(part) for part in node.besides] if isinstance(node, Most) else []
        return self._except(queries or [self.everything()], without, besides)

    def _closest(self, part: Node) -> "Query":
        """Translate a part of a wider query. Only the best synonym counts, below the reader's own word."""
        if not isinstance(part, Or):
            return self._node(part)
        own, *others = map(self._node, part.parts)
        return self._query.disjunction_max_query([own, *(self._query.boost_query(one, _SYNONYM) for one in others)])

    def _besides(self, part: Node) -> "Query":
        """Translate a part that only ranks."""
        return self._query.const_score_query(self._field(part), _RARE) if isinstance(part, Field) else self._node(part)

    def _except(self, wanted: Sequence["Query"], without: Sequence[Node], besides: Sequence["Query"] = ()) -> "Query":
        clauses = [(self._occur.Must, query) for query in wanted]
        clauses += [(self._occur.Should, query) for query in besides]
        clauses += [(self._occur.MustNot, self._node(node)) for node in without]
        return self._query.boolean_query(clauses)

    def everything(self) -> "Query":
        """Return a query for all passages."""
        every = self._query.const_score_query(self._query.all_query(), 0.0)
        record = self._terms.term("tags", RECORD)
        return self.shown(self._query.boolean_query([(self._occur.Must, every), (self._occur.MustNot, record)]))

    def _field(self, field: Field) -> "Query":
        match FIELDS[field.name].match:
            case "date":
                return self._dates(*field.values)
            case "reading":
                return self._terms.either([self._reading(value) for value in field.values])
            case "quote":
                return self._quote(field)
            case "name":
                return self._named(field)
        return self._terms.either([self._terms.tag(field.name, value) for value in field.values])

    def _named(self, field: Field) -> "Query":
        """Find a value by all words of its id or name. `=id` is exact."""
        value = field.values[0]
        if value.startswith("="):
            return self._terms.tag(field.name, value[1:])
        words = words_of(value).split()
        found = [self._terms.term("names", f"{field.name}={word}") for word in words]
        if field.prefix:
            found[-1] = self._terms.word("names", f"{field.name}={words[-1]}", prefix=True)
        return self._query.boolean_query([(self._occur.Must, query) for query in found])

    def _quote(self, field: Field) -> "Query":
        words = tuple(words_of(field.values[0]).split())
        return self._terms.phrase("quote", words, prefix=field.prefix)

    def _dates(self, low: str, high: str) -> "Query":
        from tantivy import FieldType

        first = (bounds(low) or (FIRST_DATE, 0))[0] if low else FIRST_DATE
        last = (bounds(high) or (0, LAST_DATE))[1] if high else LAST_DATE
        until = self._query.range_query(self._schema, "first", FieldType.Unsigned, FIRST_DATE, last)
        since = self._query.range_query(self._schema, "last", FieldType.Unsigned, first, LAST_DATE)
        return self._query.boolean_query([(self._occur.Must, until), (self._occur.Must, since)])

    def _reading(self, value: str) -> "Query":
        """Find items that are unread, or read in another revision. Texts and front pages are not tracked."""
        items = sorted({f"item={briefing}#{item}" for briefing, item, _ in self._read})
        revisions = sorted({f"rev={briefing}#{item}@{digest}" for briefing, item, digest in self._read})
        known = self._terms.any_of("names", items)
        if value == "changed":
            return self._query.boolean_query(
                [(self._occur.Must, known), (self._occur.MustNot, self._terms.any_of("names", revisions))]
            )
        return self._query.boolean_query(
            [
                (self._occur.Must, self.everything()),
                (self._occur.MustNot, self._terms.any_of("tags", ["kind=text", "kind=briefing"])),
                (self._occur.MustNot, known),
            ]
        )
