"""The pages of the search: hits, earlier queries and the grammar."""

from collections.abc import Callable, Sequence
from typing import Final

from tui.briefing.kinds import PANES
from tui.render.hits import absence_words, hit_paras
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.render.words import count
from tui.search.answers import Answer, Hit, Shown
from tui.search.fields import grammar_help
from tui.search.matcher import Matcher
from tui.session.keymap import Keymap
from tui.session.search.hints import BOX_KEYS
from tui.state.records import Location

_INDENT: Final = 6
_COLUMN: Final = 24
_RECENT: Final = 20
"""Recent queries on the page where a search begins."""
MORE: Final = "more"
"""The last block of a page with more hits to fetch."""
NO_BREAK: Final = "\u00a0"


def page_location(shown: Shown) -> Location:
    """Return the location of a hit in its pane, page or text."""
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
    """Lay out an answer, grouped by briefing.

    Args:
        answer: the answer.
        hits: its hits in the order of the page.
        show: reads a hit, when it comes on the screen.
        matcher: highlights.
        in_briefing: returns the number of all hits in a briefing by its id; 0 where unknown.
    """
    if not hits:
        return nothing_page(answer)
    missing = answer.whole - len(hits)

    def build(index: int) -> Block:
        if index == len(hits):
            return Block(MORE, (line(f"… {count(missing, 'more hit')}", "meta", indent=_INDENT),), f"{MORE}:")
        hit = hits[index]
        block = _hit_block(hit, show(hit), matcher)
        if index and hits[index - 1].path == hit.path:
            return block
        head = _briefing_paras(hit, show(hit), in_briefing(hit.briefing))
        warning = _fuzzy_paras(answer) if answer.fuzzy and not index else ()
        return block._replace(paras=(*warning, *head, *block.paras))

    return Page("Search", [*(hit.name for hit in hits), *([MORE] if missing > 0 else [])], build)


def nothing_page(answer: Answer) -> Page:
    """Lay out an answer without hits: its reasons and the nearest spellings."""
    told, suggestions = tuple(line(words, "warning", indent=1) for words in answer.unmet), answer.suggestions
    said = absence_words(answer.total)
    if not suggestions:
        paras = (*told, line(f"{said} {BOX_KEYS.words('{tell-grammar} shows the syntax.')}", "meta", indent=1))
        return fixed("Search", [Block("nothing", paras)], cursor=False)
    title = line(f"{said} The nearest spellings:", "meta", indent=1, space=1)
    blocks = [Block("unmet", told)] if told else []
    return fixed("Search", [*blocks, *_queries(title, "spelling", suggestions, _INDENT)])


def start_page(saved: Sequence[str], recent: Sequence[str]) -> Page:
    """Lay out saved and recent queries, and a link to the help."""
    blocks = [
        *_queries(line("Saved queries", "heading", indent=1, space=1), "saved", saved),
        *_queries(line("Asked lately", "heading", indent=1, space=1), "recent", recent[:_RECENT]),
    ]
    help_line = line(BOX_KEYS.words("Syntax of a query: {tell-grammar}"), "link", indent=1, target="page:grammar")
    blocks.append(Block("grammar", (help_line,), "page:grammar"))
    return fixed("Search", blocks)


def grammar_page(keymap: Keymap) -> Page:
    """Lay out the grammar and the keys of the search."""
    rows = [
        Para((Span(meaning),), Span(written, "code"), _COLUMN, _COLUMN - 1, space=int(index == 0))
        for index, (written, meaning) in enumerate(grammar_help())
    ]
    keys = (
        (BOX_KEYS.words("{complete}"), "completes a field or a value in the box"),
        (
            BOX_KEYS.words("{earlier} {onward}"),
            BOX_KEYS.words("in the box: asked before; {onward} goes on to the hits"),
        ),
        (keymap.words("{open}"), keymap.words("goes to the current hit; {back} comes back to the list")),
        (keymap.words("{pane-1} … {digit-9}"), "filter by a value"),
        (keymap.words("{previous-pane} {next-pane}"), "other values to filter by"),
        (keymap.words("{bookmark}"), "saves the query, or forgets it"),
        (keymap.words("{search} or {find}"), "back into the box"),
    )
    told = [Para((Span(words),), Span(key, "note"), _COLUMN, _COLUMN - 1) for key, words in keys]
    told[0] = told[0]._replace(space=1)
    title = line("What one can write in the search", "heading", indent=1)
    on = line(keymap.words("{help} again: all keys, and the signs on the page from which you came."), "meta", indent=1)
    return fixed("Help on the search", [Block("grammar", (title, on, *rows, *told), space=0)], cursor=False)


def _queries(title: Para, name: str, queries: Sequence[str], indent: int = 4) -> list[Block]:
    blocks = [
        Block(f"{name}:{words}", (line(words, "link", indent=indent, target=f"query:{words}"),), f"query:{words}", 0)
        for words in queries
    ]
    if blocks:
        blocks[0] = blocks[0]._replace(paras=(title, *blocks[0].paras))
    return blocks


def _fuzzy_paras(answer: Answer) -> tuple[Para, ...]:
    if answer.lacking:
        having = "No claim or view" if answer.total else "Nothing"
        these = "These have at least half of them, or others that mean the same."
        said = f"{absence_words(answer.total, f'{having} has all of these words')} {these}"
    else:
        none = absence_words(answer.total, "Nothing is found as it is written")
        said = f"{none} These only resemble it; the nearest spellings:"
    suggested = (line(words, "link", indent=_INDENT, target=f"query:{words}") for words in answer.suggestions)
    return (line(said, "warning", indent=1), *suggested, line(""))


def _briefing_paras(hit: Hit, shown: Shown | None, number: int) -> tuple[Para, ...]:
    spans = [Span(shown.briefing if shown else hit.briefing, "heading")]
    if number:
        spans.append(Span(f"  {count(number, 'hit').replace(' ', NO_BREAK)}", "meta"))
    return (Para(tuple(spans), indent=1), line(""))


def _hit_block(hit: Hit, shown: Shown | None, matcher: Matcher) -> Block:
    if shown is None:
        return Block(hit.name, (line("This has changed since it was indexed.", "meta", indent=_INDENT),))
    paras = hit_paras(shown, matcher, _INDENT)
    paras[0] = paras[0]._replace(marker=Span(shown.number, "number"), hang=_INDENT - 1)
    return Block(hit.name, (*paras, Para(_where(hit, shown), indent=_INDENT)), f"hit:{hit.name}")


def _where(hit: Hit, shown: Shown) -> tuple[Span, ...]:
    spans = [Span("paragraph of a text" if hit.kind == "text" else hit.kind, "meta")]
    if shown.rating:
        spans += [Span(" · ", "muted"), Span(shown.rating, "rating")]
    title = PANES[shown.page].title if shown.page in PANES else "Entities"
    where = shown.heading if hit.kind in {"text", "source"} else title
    return (*spans, Span(" · ", "muted"), Span(where, "meta"))
