"""The painted matrix: what is cut says so, in every script."""

import pytest

from tests.session.conftest import Workshop
from tui.reader.themes import THEMES
from tui.reader.widgets.grid_frame import frame
from tui.reader.widgets.grid_painter import GridPainter
from tui.reader.widgets.typesetter import Typesetter
from tui.render.evidence.matrix import Grid
from tui.render.views import Choice

TEXT = {
    "latin": "A claim whose text is longer than any column of the matrix leaves room for, so that it is cut.",
    "cjk": "数百発のミサイルが移転されたと伝える。" * 5,
    "thai": "ไทยไม่มีช่องว่างระหว่างคำ" * 5,
    "full-width": "ｆｕｌｌｗｉｄｔｈ" * 8,
}


@pytest.mark.parametrize("script", TEXT)
@pytest.mark.parametrize("width", [50, 80, 100])
def test_a_cut_claim_ends_with_an_ellipsis(workshop: Workshop, script: str, width: int) -> None:
    workshop.put(
        '[[source]]\nid = "s"\ntype = "webpage"\ntitle = "S"\nunknown = ["author", "publisher", "issued"]\n'
        f'[[claim]]\nid = "a"\nby = "x"\ntext = "{TEXT[script]}"\ncite = [{{ source = "s", quote = "q" }}]\n'
    )
    workshop.catalogue.refresh()
    volume = workshop.session.volume("tiny")
    assert volume is not None
    grid = Grid(volume, Choice("matrix"))
    parts = frame(width, 24, columns=1, digits=1)
    strip = GridPainter(grid, parts, THEMES["dark"], Typesetter(), 0, -1, 0, None).row(0, "")
    assert strip.cell_length == width
    label = strip.crop(parts.gutter, parts.gutter + parts.label).text.rstrip()
    assert label.startswith("C1   ")
    assert label.endswith("…")
