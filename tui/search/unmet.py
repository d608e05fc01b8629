"""Fields of a query with a value that nothing has."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.search.field_values import nothing_has
from tui.search.fields import FIELDS, quoted
from tui.search.nodes import Field, leaves
from tui.search.query import Parsed


class Unmet(NamedTuple):
    """The unmet fields, a line each, and queries with the nearest values."""

    lines: tuple[str, ...]
    queries: tuple[str, ...]


def unmet_fields(
    parsed: Parsed, is_met: Callable[[Field], bool], values: Callable[[str, str], Sequence[str]]
) -> Unmet | None:
    """Explain the fields that nothing meets. None where each is met by something.

    Args:
        parsed: the query.
        is_met: whether anything meets a field.
        values: returns the values that a field has, by its name and the written value.
    """
    found = tuple(_unmet(parsed, is_met, values))
    return Unmet(tuple(line for line, _ in found), tuple(query for _, query in found if query)) if found else None


def _unmet(
    parsed: Parsed, is_met: Callable[[Field], bool], values: Callable[[str, str], Sequence[str]]
) -> Iterator[tuple[str, str]]:
    for field in leaves(parsed.node):
        if not isinstance(field, Field) or not (FIELDS[field.name].is_facet or field.name == "quote"):
            continue
        if is_met(field):
            continue
        name, _, written = parsed.text[field.start : field.end].partition(":")
        line, meant = nothing_has(name.lower(), written.strip('"“”„‟″«»'), values(field.name, written))
        yield line, f"{parsed.text[: field.start]}{name}:{quoted(meant)}{parsed.text[field.end :]}" if meant else ""
