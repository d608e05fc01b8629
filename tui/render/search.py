"""The answer to a search as blocks, plain text and JSON."""

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

from rich.cells import cell_len

from tui.briefing.characters import escaped
from tui.briefing.kinds import KINDS
from tui.render.excerpt import excerpt, highlighted, sentence
from tui.render.page import Block, Para, Span, line
from tui.render.plain import blocks_text
from tui.render.words import count
from tui.search.answers import Answer, Hit, Searched
from tui.search.excerpts import Shown
from tui.search.matcher import Matcher

_INDENT: Final = 5
_KINDS: Final = {name: kind.title for name, kind in KINDS.items()} | {
    "briefing": "Briefing",
    "source": "Source",
    "entity": "Entity",
    "text": "Text",
}


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
    if searched.away:
        said.append(f"{count(searched.away, 'content folder')} could not be read")
    if searched.waiting:
        said.append(f"{count(searched.waiting, 'briefing')} not indexed yet")
    elif not (searched.complete or searched.away):
        said.append("the index is not up to date")
    return "; ".join(said)


def resembling_words(answer: Answer) -> str:
    """Say how many hits there are that only resemble what was looked for, and in what."""
    return f"{count(answer.alike, 'hit')} {'with most of the words' if answer.lacking else 'for the nearest spellings'}"


def kind_words(shown: Shown) -> str:
    """Name the kind of a hit."""
    return _KINDS[shown.hit.kind]


def place_words(shown: Shown) -> str:
    """Say where a hit stands, as an address that `briefing open` takes where it has one."""
    return f"{shown.address} {shown.number}" if shown.hit.kind == "text" else shown.address


def told(shown: Shown, matcher: Matcher, indent: int) -> Iterator[Para]:
    """Set what a hit says: its heading, the sentence that says most, and where the words stand elsewhere, that one."""
    if shown.heading and shown.hit.kind not in {"text", "source"}:
        yield Para(highlighted(shown.heading, matcher.spans(shown.heading), "heading"), indent=indent)
    texts = [text for text in shown.texts if text and text != shown.heading]
    best = shown.best(matcher)
    for telling in dict.fromkeys((*texts[:1], *([best] if matcher.spans(best) and best in texts else []))):
        spans = matcher.spans(telling)
        first, *others = highlighted(*excerpt(telling, spans))
        uncut = first._replace(whole=sentence(telling, spans))
        yield Para((uncut, *(other._replace(whole="") for other in others)), indent=indent)


def hit_block(shown: Shown, matcher: Matcher) -> Block:
    """Set a hit: what it is and how it is rated, the words that were found, and where they stand."""
    meta = " · ".join(part for part in (kind_words(shown), shown.rating, place_words(shown)) if part)
    paras = list(told(shown, matcher, _INDENT)) or [line("", indent=_INDENT)]
    paras[0] = paras[0]._replace(marker=Span(shown.number, "number"), hang=_INDENT)
    block = f"{shown.address}:{shown.page}:{shown.block}:{shown.hit.paragraph}"
    return Block(block, (*paras, line(meta, "meta", indent=_INDENT)), place_words(shown))


def answer_text(answer: Answer, show: Callable[[Hit], Shown | None], width: int) -> Iterator[str]:
    """Write an answer as text."""
    matcher = Matcher(answer.node, answer.languages)
    yield searched_words(answer.total, answer.searched)
    if answer.suggestions:
        yield f"Did you mean: {' · '.join(map(escaped, answer.suggestions))}"
    if answer.fuzzy:
        had = "Only the front of a briefing has all words." if answer.total else "Not found as written."
        yield f"{had} {resembling_words(answer)}:"
    for _, group in groupby(filter(None, map(show, answer.hits)), lambda shown: shown.hit.path):
        for place, shown in enumerate(group):
            if place == 0:
                yield from ("", f"{shown.briefing} ({shown.hit.briefing})")
            yield from ("", *blocks_text([hit_block(shown, matcher)], width))
    left = answer.whole - len(answer.hits)
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
        "address": shown.address,
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
