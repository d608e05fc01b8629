"""What is written out is read from its first word to its last: no columns, bars or cuts, and every sentence whole."""

import json
import re

import pytest

from tui.briefing import prose
from tui.library.volume import Volume
from tui.render.evidence.bars import FILLED
from tui.render.exports import EXPORTS
from tui.render.formats.text import blocks_text
from tui.render.page import Block, Columns, Para, Span, line, linear
from tui.render.selection import Selection, pane_names, view_names

DRAWN = re.compile(rf"[{FILLED}█▏▎▍▌▋▊▉▐╍◆┊◂▸┣┫╱┐┘]|┄{{2}}")
WIDTHS = (40, 80, 200)


def written(volume: Volume, pane: str | None, written_as: str = "text", width: int = 80) -> str:
    """Write a pane, or all of a briefing."""
    return "\n".join(EXPORTS[written_as].briefing(Selection(volume, pane), width))


def words(text: str) -> str:
    """Give a text without what depends on where its lines break."""
    return "".join(text.split())


@pytest.mark.parametrize("written_as", ["text", "markdown"])
@pytest.mark.parametrize("pane", [*pane_names(), *view_names()])
def test_no_pane_is_drawn_or_cut(volume: Volume, pane: str, written_as: str) -> None:
    own = "…" in json.dumps(volume.edition, ensure_ascii=False)
    for width in WIDTHS:
        said = written(volume, pane, written_as, width)
        assert DRAWN.search(said) is None
        assert own or "…" not in said


@pytest.mark.parametrize("pane", [*pane_names(), *view_names()])
def test_no_line_has_cells_side_by_side(missiles: Volume, pane: str) -> None:
    """What stands apart on a screen is parted by a sign, since spaces are not heard."""
    numbered = re.compile(r"^\s*(?:[A-Z]?\d+|[^\w\s“‘(]+|¶\d+|[a-z])\s+")
    lines = [
        numbered.sub("", numbered.sub("", each, count=1), count=1) for each in written(missiles, pane).splitlines()
    ]
    assert [each for each in lines if re.search(r"\S {2,}\S", each)] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_both_sides_of_a_conflict_are_read_one_after_the_other(missiles: Volume, width: int) -> None:
    said = words(written(missiles, "evidence:conflicts", width=width))
    for one, other, *_ in missiles.links.conflicts:
        assert words(prose.plain(one.text)) in said
        assert words(prose.plain(other.text)) in said


@pytest.mark.parametrize("view", ["matrix", "provenance", "judgments", "timeline"])
def test_what_is_named_briefly_on_a_screen_is_whole(missiles: Volume, view: str) -> None:
    """By its short name, or without one by its text."""
    said = words(written(missiles, f"evidence:{view}"))
    named = {
        "judgments": [entry for entry in missiles.edition.entries if entry.assess],
        "timeline": [entry for entry in missiles.pane("claims") if entry.date],
    }.get(view, list(missiles.pane("claims")))
    assert named
    for entry in named:
        names = (entry.short, entry.title, prose.plain(entry.text).removesuffix("."))
        assert any(words(name) in said for name in names if name), entry.id


def test_a_block_without_plots_columns_and_cuts() -> None:
    paras = (
        Para((Span("left"),), plot=lambda _whole: (Span("###"),)),
        line("right"),
        Para((), plot=lambda _whole: (Span("###"),)),
        Para((Span("cut…", whole="cut no more"), Span("━━", "bar", whole="")), keep=True),
        Para(()),
    )
    found = linear(Block("b", paras, columns=Columns((0, 1), 2)))
    assert ["left", "right", "cut no more", ""] == [para.text for para in found.paras]
    assert ["left", "right", "cut no", "more", ""] == list(blocks_text([found], 8))
