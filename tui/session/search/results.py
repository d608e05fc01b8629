"""The answer as a page: hits grouped by briefing, each with the sentence that was found and where it stands."""

from collections.abc import Callable, Sequence
from typing import Final

from tui.briefing.kinds import PANES
from tui.render.hits import hit_paras
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.render.words import count
from tui.search.answers import Answer, Hit
from tui.search.excerpts import Shown
from tui.search.matcher import Matcher
from tui.session.search.box_keys import BOX_KEYS
from tui.state.store import Location

_INDENT: Final = 6
MORE: Final = "more"
"""The last block of a page while there are more hits than it has."""
NO_BREAK: Final = "\u00a0"


def name_of(hit: Hit) -> str:
    """Name the block of a hit; the same in every answer that has it."""
    return f"{hit.path}:{hit.kind}:{hit.item}:{hit.paragraph}"


def page_location(shown: Shown) -> Location:
    """Give the place of a hit: an entry in its pane, the page of a source or an entity, a paragraph of a text."""
    kind = shown.hit.kind
    page = f"{kind}:{shown.id}" if kind in {"source", "entity"} else shown.page
    return Location(shown.hit.briefing, page, shown.block)


def results_page(
    answer: Answer,
    hits: Sequence[Hit],
    show: Callable[[Hit], Shown | None],
    matcher: Matcher,
    in_briefing: Callable[[str], int],
) -> Page:
    """Set an answer.

    Args:
        answer: what was found.
        hits: its hits in the order of the page.
        show: reads what is shown of one; it is asked when the hit comes on the screen.
        matcher: highlights.
        in_briefing: counts all hits in a briefing by its id; 0 where that is not known.
    """
    if not hits:
        return nothing_page(answer.suggestions)
    missing = answer.whole - len(hits)

    def build(place: int) -> Block:
        if place == len(hits):
            return Block(MORE, (line(f"… {count(missing, 'more hit')}", "meta", indent=_INDENT),))
        hit = hits[place]
        block = _hit_block(hit, show(hit), matcher)
        if place and hits[place - 1].path == hit.path:
            return block
        head = _briefing_paras(hit, show(hit), in_briefing(hit.briefing))
        warning = _fuzzy_paras(answer) if answer.fuzzy and not place else ()
        return block._replace(paras=(*warning, *head, *block.paras))

    return Page("Search", [*map(name_of, hits), *([MORE] if missing > 0 else [])], build)


def nothing_page(suggestions: Sequence[str]) -> Page:
    """Say that nothing was found, and offer the nearest spellings."""
    if not suggestions:
        paras = (line(BOX_KEYS.words("Nothing is found. {tell-grammar} tells what one can write."), "meta", indent=1),)
        return fixed("Search", [Block("nothing", paras)], cursor=False)
    blocks = [Block(f"spelling:{words}", (_suggestion(words),), f"query:{words}", 0) for words in suggestions]
    title = line("Nothing is found. The nearest spellings:", "meta", indent=1, space=1)
    blocks[0] = blocks[0]._replace(paras=(title, *blocks[0].paras))
    return fixed("Search", blocks)


def _suggestion(words: str) -> Para:
    return line(words, "link", indent=_INDENT, target=f"query:{words}")


def _fuzzy_paras(answer: Answer) -> tuple[Para, ...]:
    if answer.lacking:
        having = "Nothing but the front of a briefing" if answer.total else "Nothing"
        said = f"{having} has all of these words. These have most of them."
    else:
        said = "Nothing is found as it is written. These only resemble it; the nearest spellings:"
    return (line(said, "warning", indent=1), *map(_suggestion, answer.suggestions), line(""))


def _briefing_paras(hit: Hit, shown: Shown | None, number: int) -> tuple[Para, ...]:
    spans = [Span(shown.briefing if shown else hit.briefing, "heading")]
    if number:
        spans.append(Span(f"  {count(number, 'hit').replace(' ', NO_BREAK)}", "meta"))
    return (Para(tuple(spans), indent=1), line(""))


def _hit_block(hit: Hit, shown: Shown | None, matcher: Matcher) -> Block:
    name = name_of(hit)
    if shown is None:
        return Block(name, (line("This has changed since it was indexed.", "meta", indent=_INDENT),))
    paras = list(hit_paras(shown, matcher, _INDENT)) or [line("", indent=_INDENT)]
    paras[0] = paras[0]._replace(marker=Span(shown.number or "–", "number"), hang=_INDENT - 1)
    return Block(name, (*paras, Para(_where(hit, shown), indent=_INDENT)), f"hit:{name}")


def _where(hit: Hit, shown: Shown) -> tuple[Span, ...]:
    spans = [Span("paragraph of a text" if hit.kind == "text" else hit.kind, "meta")]
    if shown.rating:
        spans += [Span(" · ", "muted"), Span(shown.rating, "rating")]
    where = (
        shown.heading
        if hit.kind in {"text", "source"}
        else PANES[shown.page].title
        if shown.page in PANES
        else "Entities"
    )
    return (*spans, Span(" · ", "muted"), Span(where, "meta"))
