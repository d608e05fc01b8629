"""The hits of a search as blocks, and the words about an answer."""

from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len

from tui.briefing.characters import escaped
from tui.briefing.kinds import KINDS
from tui.render.excerpt import excerpt, highlighted, sentence
from tui.render.page import Block, Para, Span, line
from tui.render.words import count
from tui.search.answers import Answer, Searched
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
    """Count the hits and the searched content: 0 hits in 12 briefings, 431 entries."""
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
    """Count the hits that only resemble the query, and name the resemblance."""
    return f"{count(answer.alike, 'hit')} {'with most of the words' if answer.lacking else 'for the nearest spellings'}"


def kind_words(shown: Shown) -> str:
    """Name the kind of a hit."""
    return _KINDS[shown.hit.kind]


def place_words(shown: Shown) -> str:
    """Write the address of a hit, as `briefing open` takes it, or its number in a text."""
    return f"{shown.address} {shown.number}" if shown.hit.kind == "text" else shown.address


def hit_paras(shown: Shown, matcher: Matcher, indent: int) -> Iterator[Para]:
    """Set the heading of a hit, its main sentence, and the best one where the words are elsewhere."""
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
    """Set a hit: the found words, the kind, the rating and the address."""
    meta = " · ".join(part for part in (kind_words(shown), shown.rating, place_words(shown)) if part)
    paras = list(hit_paras(shown, matcher, _INDENT)) or [line("", indent=_INDENT)]
    paras[0] = paras[0]._replace(marker=Span(shown.number, "number"), hang=_INDENT)
    block = f"{shown.address}:{shown.page}:{shown.block}:{shown.hit.paragraph}"
    return Block(block, (*paras, line(meta, "meta", indent=_INDENT)), place_words(shown))


def pointed(text: str, at: int, width: int) -> tuple[str, str]:
    """Write a query with a mark under one of its characters on the next line. A long query is cut around it."""
    start = max(0, at - max(10, width // 2))
    before = escaped(text[start:at]).replace("\t", " ")
    behind = escaped(text[at : at + width]).replace("\t", " ")
    room = max(1, width - cell_len(before))
    return f"{before}{behind[:room]}", f"{' ' * cell_len(before)}^"
