"""Filters in the text of a query: a facet's value is put in or taken out, and the query says what was done."""

from collections.abc import Iterator

from tui.search.query import And, Field, Node, Or, Parsed, parse


def filters_of(parsed: Parsed) -> tuple[Field, ...]:
    """Give the fields that hold of the whole query, in order."""
    return tuple(_filters(parsed.node))


def toggled(text: str, filter_text: str) -> str:
    """Put a filter into a query in place of another of its field, or take it out where it is there already."""
    parsed = parse(text, typing=True)
    name = filter_text.partition(":")[0]
    same = [field for field in filters_of(parsed) if field.name == name]
    was = any(text[field.start : field.end] == filter_text for field in same)
    rest = _without(text, same)
    if was:
        return rest
    if isinstance(parse(rest, typing=True).node, Or):
        rest = f"({rest.strip()})"
    # In front: the last word stays the last, and so the one that is being typed.
    return f"{filter_text} {rest.lstrip()}"


def without(parsed: Parsed, name: str) -> str:
    """Give a query without its filters of a field, to count what other values it might have."""
    return _without(parsed.text, [field for field in filters_of(parsed) if field.name == name])


def _without(text: str, fields: list[Field]) -> str:
    for field in reversed(fields):
        text = text[: field.start] + text[field.end :].lstrip()
    return text


def _filters(node: Node | None) -> Iterator[Field]:
    if isinstance(node, Field):
        yield node
    elif isinstance(node, And):
        yield from (part for part in node.parts if isinstance(part, Field))
