"""The hits of a search as blocks, and words about them."""

from collections.abc import Callable
from typing import Final, NamedTuple

from rich.cells import cell_len

from tui.briefing.characters import escaped
from tui.briefing.kinds import KINDS
from tui.render.excerpt import excerpt, highlighted, sentence
from tui.render.page import INDENT, Block, Para, Span, line
from tui.render.words import count
from tui.search.answers import Answer, Hit, Searched, Shown
from tui.search.matcher import Matcher

_KINDS: Final = {name: kind.title for name, kind in KINDS.items()} | {
    name: name.title() for name in ("briefing", "source", "entity", "text")
}


class SearchResult(NamedTuple):
    """An answer, and the means to write it out."""

    query: str
    answer: Answer
    show: Callable[[Hit], Shown | None]
    """Reads the texts of a hit; None where its briefing has changed or gone since."""
    facets: Callable[[], dict[str, list[tuple[str, int]]]]
    """Counts the hits by each value of each facet."""


def searched_words(number: int, searched: Searched) -> str:
    """Count the hits and the searched content."""
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
    alike = "with half of the words or more, or with others that mean the same"
    return f"{count(answer.alike, 'hit')} {alike if answer.lacking else 'for the nearest spellings'}"


def hit_paras(shown: Shown, matcher: Matcher, indent: int) -> list[Para]:
    """Set a hit's heading and excerpts, or an empty line. The second excerpt has the most matches."""
    paras = []
    if shown.heading and shown.hit.kind not in {"text", "source"}:
        paras.append(Para(highlighted(shown.heading, matcher.spans(shown.heading), "heading"), indent=indent))
    texts = [text for text in shown.texts if text and text != shown.heading]
    best = shown.best(matcher)
    for text in dict.fromkeys((*texts[:1], *([best] if matcher.spans(best) and best in texts else []))):
        spans = matcher.spans(text)
        first, *others = highlighted(*excerpt(text, spans))
        uncut = first._replace(whole=sentence(text, spans))
        paras.append(Para((uncut, *(other._replace(whole="") for other in others)), indent=indent))
    return paras or [line("", indent=indent)]


def hit_block(shown: Shown, matcher: Matcher) -> Block:
    """Set a hit: the found words, the kind, rating and address."""
    # The address is for `briefing open`, which knows no paragraph.
    address = f"{shown.address} {shown.number}" if shown.hit.kind == "text" else shown.address
    meta = " · ".join(part for part in (_KINDS[shown.hit.kind], shown.rating, address) if part)
    paras = hit_paras(shown, matcher, INDENT)
    paras[0] = paras[0]._replace(marker=Span(shown.number, "number"), hang=INDENT)
    block = f"{shown.address}:{shown.page}:{shown.block}:{shown.hit.paragraph}"
    return Block(block, (*paras, line(meta, "meta", indent=INDENT)), address)


def pointed(text: str, at: int, width: int) -> tuple[str, str]:
    """Write a query, and below it a mark under one character."""
    start = max(0, at - max(10, width // 2))
    before = escaped(text[start:at]).replace("\t", " ")
    behind = escaped(text[at : at + width]).replace("\t", " ")
    room = max(1, width - cell_len(before))
    return f"{before}{behind[:room]}", f"{' ' * cell_len(before)}^"
