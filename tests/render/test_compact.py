"""Entries and sources on one line each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from tui.briefing.kinds import ENTRY_PANES
from tui.library.catalogue import Catalogue
from tui.library.volume import Volume, brief
from tui.render.compact import compact_entry
from tui.render.layout import lay_out
from tui.render.page import linear
from tui.render.pages import LISTS, pane_page


@pytest.fixture(scope="module")
def volume(content: Path) -> Iterator[Volume]:
    """Give the bundled briefing."""
    catalogue = Catalogue(None, [content], Path("/nowhere"))
    found = catalogue.open(content / "dprk-missiles" / "briefing.toml").volume
    assert found
    yield found
    catalogue.close()


@pytest.mark.parametrize("width", [30, 46, 60, 76, 80, 110])
@pytest.mark.parametrize("pane", LISTS)
def test_every_entry_has_one_line_at_every_width(volume: Volume, pane: str, width: int) -> None:
    page = pane_page(volume, pane, compact=True)
    assert page.compact
    assert list(page.ids) == list(pane_page(volume, pane).ids)
    for index in range(len(page)):
        [line] = lay_out(page.block(index), width)
        assert sum(cell_len(span.text) for span in line.spans) <= width


def test_a_line_has_the_short_name_of_its_voice(volume: Volume) -> None:
    entry = next(one for one in volume.pane("claims") if one.by and one.by.entity == "samuel-paparo")
    [line] = lay_out(compact_entry(volume, entry), 80)
    assert " Paparo " in "".join(span.text for span in line.spans)
    assert "Samuel" not in "".join(span.text for span in line.spans)


def test_a_line_has_number_name_voice_and_rating(volume: Volume) -> None:
    entry = next(one for one in volume.pane("claims") if one.short and volume.rating(one) and one.by)
    [line] = lay_out(compact_entry(volume, entry), 80)
    text = "".join(span.text for span in line.spans)
    assert entry.number in text
    assert brief(entry, 200)[:40] in text
    assert text.rstrip().endswith(volume.rating(entry))
    aloud = linear(compact_entry(volume, entry)).text
    assert volume.rating(entry) in aloud


@pytest.mark.parametrize("pane", ENTRY_PANES)
def test_a_draft_says_so(volume: Volume, pane: str) -> None:
    entry = volume.pane(pane)[0]._replace(draft=True)
    assert "draft" in compact_entry(volume, entry).text
