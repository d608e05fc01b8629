"""The schema of the index, which stores no texts."""

from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from tui.briefing import kinds
from tui.language.tokens import spaced

if TYPE_CHECKING:
    from tantivy import Document, Index, Schema

    from tui.search.index.documents import Passage

VERSION: Final = 14 * 1000 + kinds.VERSION
"""The version of the index; raise with any change of the schema, the passages or the folding of words."""
RECORD: Final = "~briefing"
"""The tag of a briefing's record."""
SHORT: Final = 2
"""Letters up to which the beginnings of words are indexed, since too many words share them to be listed."""
_TOKENIZER: Final = "words"
_SHORT_BEGINNING: Final = itemgetter(slice(SHORT))
_FIRST_LETTER: Final = itemgetter(0)


def make_schema() -> "Schema":
    """Build the schema; words are folded and separated before."""
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_text_field("words", tokenizer_name=_TOKENIZER, index_option="position")
    builder.add_text_field("begins", tokenizer_name=_TOKENIZER, index_option="basic")
    builder.add_text_field("heading", tokenizer_name=_TOKENIZER, index_option="position")
    builder.add_text_field("quote", tokenizer_name=_TOKENIZER, index_option="position")
    builder.add_text_field("tags", tokenizer_name=_TOKENIZER, index_option="basic", fast=True)
    builder.add_text_field("names", tokenizer_name=_TOKENIZER, index_option="basic")
    builder.add_unsigned_field("of", indexed=True, fast=True)
    for name in ("item", "order", "first", "last", "state", "entries", "sources", "unheld"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field("record", stored=True)
    return builder.build()


def register(index: "Index") -> "Index":
    """Register the tokenizer. It splits at spaces, since Python folds the words."""
    from tantivy import TextAnalyzerBuilder, Tokenizer

    analyzer = TextAnalyzerBuilder(Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, analyzer)
    index.register_fast_field_tokenizer(_TOKENIZER, analyzer)
    return index


def document(passage: "Passage", number: int, order: int) -> "Document":
    """Convert a passage to a document of the briefing with a number."""
    from tantivy import Document

    written = Document()
    for text in passage.texts:
        words = spaced(text)
        written.add_text("words", words)
        written.add_text("begins", beginnings(words.split()))
    for heading in passage.headings:
        written.add_text("heading", spaced(heading))
    for quote in passage.quotes:
        written.add_text("quote", spaced(quote))
    written.add_text("tags", passage.tags)
    written.add_text("names", passage.names)
    written.add_unsigned("of", number)
    written.add_unsigned("item", passage.item)
    written.add_unsigned("order", order)
    if passage.dates:
        written.add_unsigned("first", passage.dates[0])
        written.add_unsigned("last", passage.dates[1])
    return written


def beginnings(words: Iterable[str]) -> str:
    """Return the first one and two letters of all words, without repetition."""
    # Half the time of indexing in Python is spent here, so functions of C do the work.
    short = set(map(_SHORT_BEGINNING, words))
    return " ".join(short.union(map(_FIRST_LETTER, short)))
