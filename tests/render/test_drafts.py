"""An entry that a program proposed says so, by a word, wherever it is shown."""

import json
from collections.abc import Callable

from tests.render.shown import page_text
from tui.library.records_json import from_json, to_json
from tui.library.volume import Volume
from tui.render.exports import EXPORTS
from tui.render.pages import page_of
from tui.render.selection import Selection

CLAIMS = """
[[claim]]
id = "proposed"
by = "a book"
text = "Seven swans."
draft = true
[[claim]]
id = "settled"
by = "a book"
text = "Eleven swans."
"""


def shown(volume: Volume, name: str) -> str:
    """Give a page as plain text."""
    page = page_of(volume, name)
    assert page is not None
    return "\n".join(page_text(page, 100))


def test_a_draft_is_marked_in_its_pane_and_on_its_page(made: Callable[..., Volume]) -> None:
    volume = made(CLAIMS)
    assert shown(volume, "claims").count("draft, to be settled") == 1
    assert "draft, to be settled" in shown(volume, "entry:proposed")
    assert "draft" not in shown(volume, "entry:settled")


def test_the_overview_counts_the_drafts(made: Callable[..., Volume]) -> None:
    assert "1 draft to be settled: proposed by a program" in shown(made(CLAIMS), "overview")
    two = CLAIMS.replace('text = "Eleven swans."', 'text = "Eleven swans."\ndraft = true')
    assert "2 drafts to be settled" in shown(made(two), "overview")
    assert "draft" not in shown(made(CLAIMS.replace("draft = true", "")), "overview")


def test_a_draft_goes_through_the_cache_and_into_json(made: Callable[..., Volume]) -> None:
    edition = made(CLAIMS).edition
    assert edition == from_json(json.loads(to_json(edition)))
    assert [True, False] == [
        entry["draft"]
        for entry in json.loads("".join(EXPORTS["json"].briefing(Selection(made(CLAIMS), "claims"), 80)))["content"]
    ]
