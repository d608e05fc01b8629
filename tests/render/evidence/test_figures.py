"""The view of figures: every number of one thing on one axis, and the same as sentences."""

import itertools
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.evidence.figures import kinds_of
from tui.evidence.number_scale import scale_of
from tui.library.volume import Volume
from tui.render.evidence.chart import chart_blocks, legend
from tui.render.evidence.number_axis import NumberAxis, short_number
from tui.render.formats.text import page_text
from tui.render.layout import lay_out
from tui.render.pages import page_of
from tui.render.views import BY_NAME

CASKS = """
[[claim]]
id = "some"
text = "Some casks."
by = "the gazette"
quantity = { of = "casks landed", min = 200, max = 999, note = "“hundreds”" }

[[claim]]
id = "many"
text = "Many casks."
by = "The Gazette"
credibility = 2
quantity = { of = "casks landed", min = 2000, note = "“thousands”" }

[[claim]]
id = "few"
text = "A few casks."
by = "a clerk"
date = "2025-04-10"
quantity = { of = "casks landed", max = 49 }

[[claim]]
id = "sold"
text = "Casks were sold."
by = "the harbour"
quantity = { of = "casks sold in May", min = 148, max = 148 }

[[claim]]
id = "unsaid"
text = "Casks were sold."
by = "a clerk"
quantity = { of = "casks sold in June", note = "“a lot”" }
"""


@pytest.fixture(scope="session")
def casks(made: Callable[[str], Volume]) -> Volume:
    """Give a briefing with a floor, a ceiling, a range, a number and none."""
    return made(CASKS)


def drawn(axis: NumberAxis, low: float | None, high: float | None) -> str:
    """Give a bar as text."""
    return "".join(span.text for span in axis.bar(low, high))


def rows(volume: Volume, width: int) -> list[str]:
    """Give the rows of the charts."""
    blocks = (block for kind in kinds_of(volume) for block in chart_blocks(volume, kind))
    return ["".join(span.text for span in row.spans).rstrip() for block in blocks for row in lay_out(block, width)]


class TestAxis:
    axis = NumberAxis(scale_of([100, 148, 200, 9999]), 40)

    def test_a_floor_goes_on_to_the_right_and_a_ceiling_to_the_left(self) -> None:
        assert drawn(self.axis, 100, None).endswith("━━▸")
        assert drawn(self.axis, None, 100).startswith("◂━━")
        assert drawn(self.axis, None, 100).count("┫") == 1

    def test_a_number_is_a_point_and_a_range_has_two_ends(self) -> None:
        assert drawn(self.axis, 148, 148).count("◆") == 1
        assert drawn(self.axis, 100, 148).count("┣") == drawn(self.axis, 100, 148).count("┫") == 1
        assert drawn(self.axis, 100, 101).count("┣┫") == 1

    def test_no_figure_is_the_empty_axis(self) -> None:
        assert set(drawn(self.axis, None, None)) == set(" ┊╱")

    def test_an_approximate_number_is_hollow(self) -> None:
        assert "◊" in "".join(span.text for span in self.axis.bar(100, 100, about=True))
        assert "◊" not in "".join(span.text for span in self.axis.bar(100, None, about=True))

    def test_a_range_over_the_break_shows_the_break(self) -> None:
        assert "━╱╱━" in drawn(self.axis, 148, 9999)

    def test_the_ends_are_named_above_their_marks(self) -> None:
        (labels,) = self.axis.labels()
        assert labels.text.split()[0] == "0"
        assert labels.text.split()[-1] == "10,000"

    @given(st.lists(st.floats(-1e6, 1e6) | st.integers(0, 10**12), min_size=1, max_size=9), st.integers(1, 200))
    def test_each_label_stands_over_its_own_mark_alone(self, values: list[float], cells: int) -> None:
        axis = NumberAxis(scale_of(values), cells)
        (labels,) = axis.labels()
        track = drawn(axis, None, None)
        marks = {at for at, sign in enumerate(track) if sign == "┊"}
        assert set(axis.marks) == marks
        found = [(one.start(), one.end(), one.group()) for one in re.finditer("[^ ]+", labels.text)]
        assert [label for _, label in sorted(axis.marks.items())] == [label for _, _, label in found]
        for (begin, end, _), at in zip(found, sorted(marks), strict=True):
            assert {at} == marks & set(range(begin, end))

    @pytest.mark.parametrize("cells", range(30, 200))
    def test_both_sides_of_a_break_and_the_steps_are_named(self, cells: int) -> None:
        axis = NumberAxis(scale_of([4, 8, 24, 49, 74, 99, 100, 101, 148, 150, 200, 999, 2000, 9999]), cells)
        named = (["0", "50", "100", "150", "200"], ["0", "100", "200"])
        assert list(axis.marks.values()) in [
            [*near, *far] for near in named for far in (["1,000", "10,000"], ["1k", "10k"])
        ]

    @given(st.lists(st.floats(-1e6, 1e6) | st.integers(0, 10**12), min_size=1, max_size=9), st.integers(1, 120))
    def test_each_bar_has_the_cells_of_its_axis(self, values: list[float], cells: int) -> None:
        axis = NumberAxis(scale_of(values), cells)
        low, high = min(values), max(values)
        for ends in ((low, high), (low, None), (None, high), (None, None), (low, low)):
            assert len(drawn(axis, *ends)) == axis.cells
        assert axis.cell(low) <= axis.cell(high)
        assert len(axis.labels()[0].text) == axis.cells

    @pytest.mark.parametrize(
        ("value", "said"),
        [(0, "0"), (1500, "1,500"), (2e7, "20m"), (2.5e9, "2.5bn"), (-3e12, "−3tn"), (1e15, "1,000tn"), (0.2, "0.2")],
    )
    def test_round_numbers_are_short(self, value: float, said: str) -> None:
        assert said == short_number(value)


class TestChart:
    def test_figures_of_one_voice_are_bracketed(self, casks: Volume) -> None:
        seen = "\n".join(rows(casks, 116))
        assert "C1   ┐ 200–999 the gazette “hundreds”" in seen
        assert "C2   ┘ F2  ≥ 2,000 the same “thousands”" in seen
        assert "C3     ≤ 49 a clerk  10 Apr 2025" in seen

    def test_words_and_axis_stand_side_by_side_where_there_is_room(self, casks: Volume) -> None:
        assert any("the gazette" in row and "┣" in row for row in rows(casks, 78))
        narrow = rows(casks, 48)
        place = next(place for place, row in enumerate(narrow) if "the gazette" in row)
        assert "┣" not in narrow[place]
        assert "┣" in narrow[place + 1]

    @pytest.mark.parametrize("width", [20, 38, 48, 72, 78, 116, 158])
    def test_a_line_is_never_wider_than_the_page(self, missiles: Volume, width: int) -> None:
        assert all(cell_len(row) <= width for row in rows(missiles, width))

    def test_one_axis_stands_above_the_groups_of_a_kind(self, casks: Volume) -> None:
        heads = [row for row in rows(casks, 116) if row.startswith(("  landed", "  sold"))]
        assert [True, False] == [row.endswith("2,000") for row in heads]

    @pytest.mark.parametrize("width", [48, 78, 116])
    def test_a_long_chart_repeats_its_axis_once_a_screenful(self, missiles: Volume, width: int) -> None:
        kind = kinds_of(missiles)[0]
        blocks = list(chart_blocks(missiles, kind))
        labelled = [at for at, block in enumerate(blocks) if not block.counts and len(block.paras) > 1]
        assert labelled[0] == 0
        assert all(14 <= there - here for here, there in itertools.pairwise(labelled))
        assert all(
            len(blocks[at].paras) == 1 for at in range(len(blocks)) if at not in labelled and not blocks[at].counts
        )
        assert sum(row.endswith(("10,000", "10k")) for row in rows(missiles, width)) >= len(labelled)

    def test_groups_say_how_many_voices_they_have(self, casks: Volume) -> None:
        seen = "\n".join(rows(casks, 116))
        assert "landed  200 to 999; at most 49; at least 2,000" in seen
        assert "3 figures of 2 voices" in seen.replace("\u00a0", " ")
        assert "sold  148\u00a0· 1 figure, 1 without a number" in seen

    def test_the_signs_that_stand_there_are_explained(self, casks: Volume, made: Callable[[str], Volume]) -> None:
        assert legend(kinds_of(casks)) == "┐┘ one voice".replace(" ", "\u00a0")
        about = made(CASKS.replace("max = 148 }", 'max = 148, note = "about" }'))
        assert "◊ “about”" in legend(kinds_of(about)).replace("\u00a0", " ")


class TestPage:
    def test_read_aloud_it_is_sentences(self, casks: Volume) -> None:
        page = page_of(casks, "evidence:figures/listed")
        assert page is not None
        said = " ".join(" ".join(page_text(page, 300)).split())
        for words in (
            "Casks, 4 figures, 1 without a number; 2 different counts",
            "C1 The gazette on casks landed: 200 to 999 (“hundreds”).",
            "C2 The Gazette on casks landed: at least 2,000 (“thousands”). Rated F2.",
            "C4 The harbour on casks sold in May: 148.",
            "C5 A clerk on casks sold in June: no figure (“a lot”).",
        ):
            assert words in said

    def test_each_row_leads_to_its_entry(self, casks: Volume) -> None:
        for shown in ("evidence:figures", "evidence:figures/listed"):
            page = page_of(casks, shown)
            assert page is not None
            blocks = [page.block(place) for place in range(len(page))]
            assert {block.target for block in blocks if block.counts} == {f"#{name}" for name in casks.entries}

    def test_the_same_facts_are_data(self, casks: Volume) -> None:
        view = BY_NAME["figures"].load()
        said = json.loads(json.dumps(view.data(casks)))
        assert [[group["name"] for group in kind["groups"]] for kind in said] == [["landed", "sold"]]
        assert said[0]["groups"][0]["figures"][1]["min"] == 200
        assert view.fact(casks) == "5 figures of casks"

    def test_a_briefing_without_numbers_says_so(self, made: Callable[..., Volume]) -> None:
        page = page_of(made(), "evidence:figures")
        assert page is not None
        assert "No entry here has a number." in "\n".join(page_text(page, 80))
