"""The pages of the search that are no answer: what was asked lately and saved, and the help on the grammar."""

from collections.abc import Sequence

from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.search.fields import grammar_help
from tui.session.keymap import Keymap
from tui.session.search.box_keys import BOX_KEYS

_SHOWN = 20
_COLUMN = 24


def start_page(saved: Sequence[str], recent: Sequence[str]) -> Page:
    """Set what an empty box offers: saved queries, those asked lately, and where the help is."""
    blocks = [*_queries("Saved queries", "saved", saved), *_queries("Asked lately", "recent", recent[:_SHOWN])]
    help_line = line(BOX_KEYS.words("What one can write: {tell-grammar}"), "link", indent=1, target="page:grammar")
    blocks.append(Block("grammar", (help_line,), "page:grammar"))
    return fixed("Search", blocks)


def grammar_page(keymap: Keymap) -> Page:
    """Set the grammar: what one writes and what it means, from the one table of fields."""
    rows = [
        Para((Span(meaning),), Span(written, "code"), _COLUMN, _COLUMN - 1, space=int(place == 0))
        for place, (written, meaning) in enumerate(grammar_help())
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
    return fixed("Help on the search", [Block("grammar", (title, *rows, *told), space=0)], cursor=False)


def _queries(title: str, name: str, queries: Sequence[str]) -> list[Block]:
    blocks = [
        Block(f"{name}:{words}", (line(words, "link", indent=4, target=f"query:{words}"),), f"query:{words}", 0)
        for words in queries
    ]
    if blocks:
        head = (line(title, "heading", indent=1, space=1), *blocks[0].paras)
        blocks[0] = blocks[0]._replace(paras=head)
    return blocks
