"""Fields of a query with a value that nothing has."""

from collections.abc import Iterator
from typing import NamedTuple

from tui.language.tokens import words_of
from tui.search.facets import values_in
from tui.search.field_values import nothing_has
from tui.search.fields import FIELDS, quoted
from tui.search.index.view import View
from tui.search.nodes import Field, leaves
from tui.search.query import Parsed
from tui.search.translation import Translator


class Unmet(NamedTuple):
    """The unmet fields, a line each, and queries with the nearest values."""

    lines: tuple[str, ...]
    queries: tuple[str, ...]


def unmet_fields(view: View, withdrawn: tuple[int, ...], parsed: Parsed) -> Unmet | None:
    """Explain the fields that nothing meets. None where each is met by something."""
    found = tuple(_unmet(view, withdrawn, parsed))
    return Unmet(tuple(line for line, _ in found), tuple(query for _, query in found if query)) if found else None


def _unmet(view: View, withdrawn: tuple[int, ...], parsed: Parsed) -> Iterator[tuple[str, str]]:
    translate = Translator(view, (), withdrawn)
    for field in leaves(parsed.node):
        if not isinstance(field, Field) or not (FIELDS[field.name].is_facet or field.name == "quote"):
            continue
        if view.searcher.search(translate.query(field), 1, count=False).hits:
            continue
        name, _, written = parsed.text[field.start : field.end].partition(":")
        values = values_in(view, withdrawn, field.name) or _quoted_words(view, written)
        line, meant = nothing_has(name.lower(), written.strip('"“”„‟″«»'), values)
        yield line, f"{parsed.text[: field.start]}{name}:{quoted(meant)}{parsed.text[field.end :]}" if meant else ""


def _quoted_words(view: View, written: str) -> tuple[str, ...]:
    """Return the words of quotes that begin as a word does."""
    letters = words_of(written)[:1]
    return tuple(word for word, _ in view.searcher.terms_with_prefix("quote", letters)) if letters else ()
