"""The hits of a search as blocks, and words about them."""

from collections.abc import Callable
from typing import Final, NamedTuple

from rich.cells import cell_len

from tui.briefing.characters import escaped
from tui.briefing.kinds import KINDS
from tui.render.excerpt import excerpt, highlighted, sentence
from tui.render.page import INDENT, Block, Para, Span, line
from tui.render.words import count
from tui.search.answers import Answer, Hit, Searched, Shown, Total
from tui.search.matcher import Matcher

_KINDS: Final = {name: kind.title for name, kind in KINDS.items()} | {
    name: name.title() for name in ("briefing", "source", "entity", "text")
}


_UNSEARCHED: Final = "Nothing was searched"
_YET: Final = "nothing is searched yet"


class SearchResult(NamedTuple):
    """An answer, and the means to write it out."""

    query: str
    answer: Answer
    show: Callable[[Hit], Shown | None]
    """Reads the texts of a hit; None where its briefing has changed or gone since."""
    facets: Callable[[], dict[str, list[tuple[str, int]]]]
    """Counts the hits by each value of each facet."""
    offset: int = 0
    """The number of best hits that were left out."""

    @property
    def left(self) -> int:
        """The number of hits behind the shown ones."""
        return max(0, self.answer.whole - self.offset - len(self.answer.hits))


def searched_words(total: Total) -> str:
    """Count the hits and the searched content, with the gaps. Nothing searched has no count."""
    number, searched = total.number, total.searched
    gaps = gap_words(searched)
    if searched.is_nothing:
        is_growing = searched.is_growing and not searched.failed
        return "; ".join((f"The index is being built, and {_YET}" if is_growing else _UNSEARCHED, *gaps))
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
    return "; ".join((*said, *gaps))


def gap_words(searched: Searched) -> tuple[str, ...]:
    """Return words for each part of the library that was not searched."""
    told = (
        (searched.unread, f"not searched, since broken: {', '.join(searched.unread[:5])}"),
        (searched.away, f"{count(searched.away, 'content folder')} could not be read"),
        (not searched.listed, "the content folders are still being read"),
        (searched.waiting, f"{count(searched.waiting, 'briefing')} not indexed{'' if searched.failed else ' yet'}"),
        (searched.outdated, f"{count(searched.outdated, 'briefing')} indexed before the last change"),
        (searched.failed, "the index cannot be built"),
    )
    return tuple(words for is_so, words in told if is_so)


def absence_words(total: Total, said: str = "Nothing is found") -> str:
    """Return a sentence of an absence. It holds for the searched part alone, and says so."""
    searched = total.searched
    if searched.is_nothing:
        return f"{searched_words(total).partition(';')[0]}."
    gaps = "; ".join(gap_words(searched))
    return f"{said} in what is searched{' so far' if searched.is_growing else ''}: {gaps}." if gaps else f"{said}."


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
