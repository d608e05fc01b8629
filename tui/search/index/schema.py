"""The schema of the index, which stores no texts."""

from typing import TYPE_CHECKING, Final

from tui.briefing import kinds

if TYPE_CHECKING:
    from tantivy import Index, Schema

VERSION: Final = 14 * 1000 + kinds.VERSION
"""The version of the index; raise with any change of the schema, the passages or the folding of words."""
RECORD: Final = "~briefing"
"""The tag of a briefing's record."""
SHORT: Final = 2
"""Letters up to which the beginnings of words are indexed, since too many words share them to be listed."""
_TOKENIZER: Final = "words"


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
