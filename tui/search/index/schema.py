"""The schema of the index, and the writing of one document. Nothing is stored that a briefing holds itself."""

from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from tui.briefing import kinds
from tui.language.tokens import spaced

if TYPE_CHECKING:
    from tantivy import Document, Index, Schema

    from tui.search.index.documents import Passage

VERSION: Final = 8 * 1000 + kinds.VERSION
"""To be raised with every change of the schema, of the passages or of how words are folded."""
RECORD: Final = "~briefing"
"""The tag of the one document a briefing that tells what was indexed of it."""
SHORT: Final = 2
"""Letters up to which the beginnings of words are indexed: so many words begin so that they cannot be listed."""
_TOKENIZER: Final = "words"
_SHORT_BEGINNING: Final = itemgetter(slice(SHORT))
_FIRST_LETTER: Final = itemgetter(0)


def make_schema() -> "Schema":
    """Name the fields; words are folded and parted before they come here."""
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
    """Tell an index how words are parted: at spaces, since Python has folded them."""
    from tantivy import TextAnalyzerBuilder, Tokenizer

    analyzer = TextAnalyzerBuilder(Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, analyzer)
    index.register_fast_field_tokenizer(_TOKENIZER, analyzer)
    return index


def document(passage: "Passage", number: int, order: int) -> "Document":
    """Write one passage of the briefing of a number as a document."""
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
    """Give the first letter and the first two of each word, once each."""
    # Half of what indexing costs in Python is here, so it is done by functions of C.
    short = set(map(_SHORT_BEGINNING, words))
    return " ".join(short.union(map(_FIRST_LETTER, short)))
