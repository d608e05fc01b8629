"""The answer to a search as blocks, plain text and JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len

from tui.briefing.characters import escaped
from tui.library.search.answers import Answer, Hit, Searched
from tui.library.search.matcher import Matcher
from tui.library.search.showing import Shown
from tui.render.page import Block, Para, Span, line
from tui.render.plain import blocks_text
from tui.render.words import TABLE_TITLES, count

_INDENT: Final = 5
_EXCERPT: Final = 320
_BEFORE: Final = 80
_KINDS: Final = {**TABLE_TITLES, "source": "Source", "entity": "Entity", "text": "Text"}


def searched_words(number: int, searched: Searched) -> str:
    """Say how many were found and what was searched: 0 hits in 12 briefings, 431 entries."""
    where = ", ".join(
        (
            count(searched.briefings, "briefing"),
            count(searched.entries, "entry", "entries"),
            count(searched.sources, "source"),
        )
    )
    said = [f"{count(number, 'hit')} in {where}"]
    if searched.texts_not_held:
        said.append(f"{count(searched.texts_not_held, 'source text')} not held")
    if searched.unread:
        said.append(f"not searched, since broken: {', '.join(searched.unread[:5])}")
    if searched.waiting:
        said.append(f"{count(searched.waiting, 'briefing')} not indexed yet")
    elif not searched.complete:
        said.append("the index is not up to date")
    return "; ".join(said)


def kind_words(shown: Shown) -> str:
    """Name the kind of a hit."""
    return _KINDS[shown.hit.kind]


def place_words(shown: Shown) -> str:
    """Say where a hit stands, as an address that `briefing open` takes where it has one."""
    address = f"{shown.hit.briefing}#{shown.id}"
    return f"{address} {shown.number}" if shown.hit.kind == "text" else address


def excerpt(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Choose the stretch of a long text to show: around the first words that were found, from word to word."""
    if len(text) <= _EXCERPT:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    start = max(0, min(first - _BEFORE, len(text) - _EXCERPT))
    end = min(len(text), start + _EXCERPT)
    if start and (space := text.find(" ", start, max(first, start))) > 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", start + 1, end)) > first:
        end = space
    return start, end


def marked_spans(text: str, matcher: Matcher) -> tuple[Span, ...]:
    """Set an excerpt of a text with what was looked for highlighted."""
    found = matcher.spans(text)
    start, end = excerpt(text, found)
    spans = [Span("… ")] if start else []
    at = start
    for first, behind in found:
        if start <= first and behind <= end:
            spans += [Span(text[at:first]), Span(text[first:behind], "strong")]
            at = behind
    spans.append(Span(text[at:end]))
    if end < len(text):
        spans.append(Span(" …"))
    return tuple(span for span in spans if span.text)


def hit_block(shown: Shown, matcher: Matcher) -> Block:
    """Set a hit: what it is and how it is rated, the words that were found, and where they stand."""
    meta = " · ".join(part for part in (kind_words(shown), shown.rating, place_words(shown)) if part)
    text = " ".join(shown.best(matcher).split())
    heading = () if shown.heading in {"", text} else (Span(shown.heading, "heading"),)
    number = Span(shown.number, "number")
    paras = [Para(heading or marked_spans(text, matcher), number, _INDENT, _INDENT)]
    if heading:
        paras.append(Para(marked_spans(text, matcher), indent=_INDENT))
    paras.append(line(meta, "meta", indent=_INDENT))
    return Block(f"{shown.hit.briefing}#{shown.id}:{shown.hit.paragraph}", tuple(paras), place_words(shown))


def grouped(shown: Iterable[Shown]) -> dict[str, list[Shown]]:
    """Group hits by briefing; the briefing of the best hit first."""
    groups: dict[str, list[Shown]] = {}
    for one in shown:
        groups.setdefault(str(one.hit.path), []).append(one)
    return groups


def answer_text(answer: Answer, show: Callable[[Hit], Shown | None], width: int) -> Iterator[str]:
    """Write an answer as text."""
    matcher = Matcher(answer.node, answer.languages)
    yield searched_words(answer.total, answer.searched)
    if answer.suggestions:
        yield f"Did you mean: {' · '.join(map(escaped, answer.suggestions))}"
    if answer.fuzzy:
        yield f"Not found as written. {count(answer.alike, 'hit')} for the nearest spellings:"
    for group in grouped(filter(None, map(show, answer.hits))).values():
        yield ""
        yield f"{group[0].briefing} ({group[0].hit.briefing})"
        for shown in group:
            yield from ("", *blocks_text([hit_block(shown, matcher)], width))
    left = (answer.alike if answer.fuzzy else answer.total) - len(answer.hits)
    if left > 0 and answer.hits:
        yield ""
        yield f"{left:,} more; see --limit and --offset"


def answer_json(
    query: str,
    answer: Answer,
    show: Callable[[Hit], Shown | None],
    facets: dict[str, list[tuple[str, int]]],
) -> str:
    """Write an answer as JSON."""
    matcher = Matcher(answer.node, answer.languages)
    searched = answer.searched
    written = {
        "query": query,
        "total": answer.total,
        "searched": {
            "briefings": searched.briefings,
            "entries": searched.entries,
            "sources": searched.sources,
            "texts_not_held": searched.texts_not_held,
            "broken": list(searched.unread),
            "complete": searched.complete,
        },
        "suggestions": list(answer.suggestions),
        "fuzzy": answer.fuzzy,
        "alike": answer.alike,
        "hits": [_record(shown, matcher) for shown in filter(None, map(show, answer.hits))],
        "facets": {name: dict(values) for name, values in facets.items()},
    }
    return json.dumps(written, ensure_ascii=False, indent=2)


def _record(shown: Shown, matcher: Matcher) -> dict[str, object]:
    text = shown.best(matcher)
    return {
        "briefing": shown.hit.briefing,
        "kind": shown.hit.kind,
        "id": shown.id,
        "address": f"{shown.hit.briefing}#{shown.id}",
        "number": shown.number,
        "paragraph": shown.hit.paragraph if shown.hit.kind == "text" else None,
        "heading": shown.heading,
        "rating": shown.rating,
        "text": text,
        "spans": [list(span) for span in matcher.spans(text)],
        "page": shown.page,
        "score": round(shown.hit.score, 4),
    }


def pointed(text: str, at: int, width: int) -> tuple[str, str]:
    """Write a query on one line and below it a mark under one of its characters; a long one is cut around it."""
    start = max(0, at - max(10, width // 2))
    before = escaped(text[start:at]).replace("\t", " ")
    behind = escaped(text[at : at + width]).replace("\t", " ")
    room = max(1, width - cell_len(before))
    return f"{before}{behind[:room]}", f"{' ' * cell_len(before)}^"
