"""What is written out is read aloud: words in place of signs, sentences in place of facts, entries in their order."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from tests.render.formats.test_linear import written
from tui.library.catalogue import Catalogue
from tui.library.volume import Volume
from tui.render.aloud import aloud, spoken
from tui.render.page import Block, Para, Span
from tui.render.selection import pane_names, view_names
from tui.render.signs import SYMBOLS

_SHAPES = {shape for sign in SYMBOLS for shape in (sign.symbol, *sign.shapes)} - {"*"}
_NUMBERED = re.compile(r"([A-Z])(\d+)  ")
_ORDERED = re.compile(r"first[;:.]|first$")


@pytest.fixture(scope="module", params=["dprk-missiles", "handbook", "tariffs-1887"])
def bundled(request: pytest.FixtureRequest, content: Path) -> Volume:
    """Give each bundled briefing."""
    with closing(Catalogue(None, [content], Path("/nowhere"))) as catalogue:
        catalogue.refresh()
        found = catalogue.open_named(request.param)
    assert found
    assert found.volume
    return found.volume


@pytest.mark.parametrize("pane", [*pane_names(), *view_names()])
def test_no_sign_is_written_out(bundled: Volume, pane: str) -> None:
    for line in written(bundled, pane).splitlines():
        assert not _SHAPES.intersection(line), line


@pytest.mark.parametrize("pane", pane_names())
def test_entries_come_in_their_order_or_the_order_is_told(bundled: Volume, pane: str) -> None:
    heading, last, is_heading = "", ("", 0), False
    for line in written(bundled, pane).splitlines():
        if found := _NUMBERED.match(line):
            here = found[1], int(found[2])
            assert here[0] != last[0] or here > last or _ORDERED.search(heading) or pane == "evidence", (heading, line)
            last = here
        elif line and not line.startswith(" "):
            heading, last = f"{heading} {line}" if is_heading else line, ("", 0)
        is_heading = line != "" and not line.startswith(" ")


@pytest.mark.parametrize(
    ("signed", "said"),
    [
        ("report\u00a0· White House\u00a0· 2024", "report; White House; 2024"),
        ("fewer than 50 ≤ 49 against ≥ 100", "fewer than 50, at most 49 against at least 100"),
        ("down to its origin (■): the source", "down to its origin: the source"),
        ("▲ supports: it may do both: ▲▼.", "supports: it may do both."),
        ("¶12", "paragraph 12"),
        ("nothing", "nothing"),
    ],
)
def test_words_stand_in_place_of_signs(signed: str, said: str) -> None:
    assert said == spoken(signed)


def test_facts_become_a_sentence_and_an_author_s_words_stay() -> None:
    paras = (
        Para((Span("report", "meta"), Span("\u00a0· ", "muted"), Span("“a · b”", "quote"))),
        Para((Span("speaks for ", "meta"), Span("J1", "link")), Span("←", "meta"), 7),
        Para((Span("He wrote → in his book"),), Span("C1", "number"), 5),
        Para((Span("◐", "meta"), Span("\u00a0excerpt seen", "meta"))),
    )
    found = aloud(Block("b", paras)).paras
    assert ["Report; “a · b”.", "Speaks for J1.", "He wrote → in his book", "Excerpt seen."] == [
        one.text for one in found
    ]
    assert [None, None, "C1", None] == [one.marker and one.marker.text for one in found]
