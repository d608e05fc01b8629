"""The views of the Evidence pane as text: what each says, at any width, and without colour."""

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.evidence.quay import QUAY
from tests.render.shown import page_text
from tui.evidence.disputes import disputes_of
from tui.evidence.periods import period
from tui.evidence.standing import Standings
from tui.library.volume import Volume
from tui.render.dates import short
from tui.render.evidence.bars import TRACK, percent_of, range_bar, share_bar
from tui.render.evidence.cells import cell_note_page, cell_page, cell_words
from tui.render.evidence.matrix import Grid
from tui.render.layout import lay_out
from tui.render.links import number_ranges
from tui.render.page import Page, Span
from tui.render.pages import page_of
from tui.render.views import BY_NAME, VIEWS, Choice, View, choice_of, view_of
from tui.session.commands import BY_NAME as COMMANDS

PAGES = (
    "evidence",
    *(f"evidence:{view.name}" for view in VIEWS),
    "evidence:matrix/listed",
    "evidence:matrix:grid",
    "evidence:matrix:grid/grouped",
    "evidence:matrix/rows=conflict/only=disputed",
    "evidence:conflicts/listed",
    "evidence:timeline/as-of=2026-11-08",
    "evidence:timeline/listed/as-of=2026-11-08",
)


def page(volume: Volume, name: str) -> Page:
    """Give a page that has to be there."""
    found = page_of(volume, name)
    assert found is not None
    return found


def seen(page: Page, width: int) -> list[str]:
    """Give a page's lines as they stand on a screen."""
    blocks = [page.block(place) for place in range(len(page))]
    return ["".join(span.text for span in row.spans) for block in blocks for row in lay_out(block, width)]


def flat(volume: Volume, name: str) -> str:
    """Give a page's words on one line."""
    return " ".join(" ".join(page_text(page(volume, name), 400)).split())


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [20, 38, 60, 76, 80, 112])
def test_no_line_is_wider_than_the_page(volume: Volume, name: str, width: int) -> None:
    for line in page_text(page(volume, name), width):
        assert cell_len(line) <= width


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_has_a_page_data_and_a_fact(sample: Volume, view: View) -> None:
    module = view.load()
    assert view.title == module.page(sample, Choice(view.name)).title
    assert json.dumps(module.data(sample)) != "null"
    assert module.fact(sample)
    assert view.is_charted == hasattr(module, "chart")


def test_commands_of_views_are_in_the_table_of_commands() -> None:
    assert {name for view in VIEWS for name in view.commands} <= set(COMMANDS)


@pytest.mark.parametrize("name", PAGES)
def test_a_briefing_without_anything_says_so(made: Callable[[], Volume], name: str) -> None:
    assert flat(made(), name)


@given(
    st.builds(
        Choice,
        view=st.sampled_from([view.name for view in VIEWS]),
        part=st.sampled_from(["", "grid", "how-many"]),
        only=st.sampled_from(["", "disputed"]),
        rows=st.sampled_from(["given", "conflict", "rating", "date", "origins"]),
        columns=st.sampled_from(["given", "conflict", "rating", "date", "origins"]),
        grouped=st.booleans(),
        listed=st.booleans(),
        as_of=st.dates().map(str) | st.just(""),
    )
)
def test_the_name_of_a_page_says_how_it_is_shown(choice: Choice) -> None:
    assert choice == choice_of(choice.page)
    view = view_of(choice.page)
    assert view is not None
    assert (choice.view, choice.part == "grid" and choice.view == "matrix") == (view.name, bool(view.part))


@pytest.mark.parametrize("name", ["claims", "evidence:nothing", "evidences", "entry:evidence"])
def test_other_names_are_none_of_its_pages(name: str) -> None:
    assert choice_of(name) is None


@pytest.mark.parametrize("name", ["evidence:matrix/rows=colour", "evidence:matrix/nonsense", "evidence:matrix/=/="])
def test_an_option_that_is_not_known_is_left_out(name: str) -> None:
    assert choice_of(name) == Choice("matrix")


@pytest.mark.parametrize("day", ["soon", "2024-02-30", "99999-01-01"])
def test_a_day_that_is_none_shows_all_of_it(sample: Volume, day: str) -> None:
    assert "All of it" in flat(sample, f"evidence:timeline/as-of={day}")


def eighths_of(cells: str) -> int:
    """Count the eighths that are drawn; the half at the beginning of a range has four."""
    return sum(4 if cell == "▐" else " ▏▎▍▌▋▊▉█".find(cell) for cell in cells if cell != TRACK)


class TestBars:
    @given(st.floats(0, 1), st.integers(2, 60))
    def test_a_share_fills_its_part(self, fraction: float, width: int) -> None:
        cells = "".join(one.text for one in share_bar(fraction, width))
        assert len(cells) == width
        assert (cells != TRACK * width) == (fraction > 0)
        assert (cells != "█" * width) == (fraction < 1)
        assert eighths_of(cells) == pytest.approx(8 * width * fraction, abs=1)

    @given(st.integers(0, 100), st.integers(0, 100))
    def test_a_range_has_a_cell_at_least(self, one: int, other: int) -> None:
        low, high = sorted((one, other))
        cells = "".join(part.text for part in range_bar(low / 100, high / 100, 25))
        assert len(cells) == 25
        assert re.fullmatch("[▐█]?█*[▏▎▍▌▋▊▉]?", cells.strip(TRACK))
        assert eighths_of(cells) == pytest.approx(8 * 25 * (high - low) / 100, abs=4)

    @pytest.mark.parametrize(("fraction", "said"), [(0, "0%"), (0.001, "1%"), (0.999, "99%"), (1, "100%")])
    def test_percent(self, fraction: float, said: str) -> None:
        assert said == percent_of(fraction)


class TestMatrix:
    def test_the_list_says_who_does_what(self, sample: Volume) -> None:
        said = flat(sample, "evidence:matrix/listed")
        assert (
            "C1 The book has seven swans Rated B2. ▲ supported by 4 outlets, 3 origins: 1 Pond book; 3 A letter; "
            "4 World Press; 5 The Daily Swan ▼ contradicted by 1 outlet, 1 origin: 2 The miller" in said
        )

    def test_grouped_it_says_which_outlets_an_origin_has(self, sample: Volume) -> None:
        assert "mill (Pond book, A letter, The Daily Swan)" in flat(sample, "evidence:matrix:grid/grouped")

    def test_the_legend_defines_the_glyphs(self, sample: Volume) -> None:
        said = flat(sample, "evidence:matrix/listed")
        for words in ("▲ supports:", "▼ contradicts:", "○ mentions:", "┈ silent:", "6 outlets, 4 origins"):
            assert words in said

    def test_the_marks_are_those_of_the_cells(self, volume: Volume) -> None:
        grid = page(volume, "evidence:matrix:grid")
        assert isinstance(grid, Grid)
        for place in range(min(12, len(grid))):
            for column, marks in enumerate(grid.marks(place)):
                cell = grid.cell(place, column)
                assert bool(marks) == bool(cell.grounds)
                assert set(marks) <= cell.stances
                assert ("silent" in cell_words(cell)) == (not marks)

    @pytest.mark.parametrize("grouped", [False, True])
    def test_folds_the_columns_that_are_silent_on_all_claims_shown(self, missiles: Volume, *, grouped: bool) -> None:
        every, some = (Grid(missiles, Choice("matrix", "grid", only, grouped=grouped)) for only in ("", "disputed"))
        assert 0 < len(some.columns) < len(every.columns)
        for grid in (every, some):
            marks = [grid.marks(place) for place in range(len(grid))]
            assert all(any(row[column] for row in marks) for column in range(len(grid.columns)))
            assert f"({grid.folded} silent)" in grid.summary

    def test_a_cell_gives_its_quotes_with_the_way_by_which_they_come(self, sample: Volume) -> None:
        grid = Grid(sample, Choice("matrix", "grid"))
        cell = grid.cell(0, 0)
        said = " ".join(" ".join(page_text(cell_page(sample, cell), 300)).split())
        for words in ("C1 The book has seven swans", "Pond book · November 2026 · B · read",
                      "▲ supports: cited by C1 itself", "“seven swans”", "cited by C3, which supports C1"):  # fmt: skip
            assert words in said
        first = " ".join(" ".join(page_text(cell_note_page(sample, cell, 1), 300)).split())
        assert "▲ supports: cited by C1 itself 1 of" in first
        assert "There were seven swans on the pond." in first


class TestConflicts:
    def test_a_pair_stands_side_by_side_where_there_is_room(self, sample: Volume) -> None:
        wide = seen(page(sample, "evidence:conflicts"), 80)
        assert any("seven swans." in row and "eleven swans." in row for row in wide)
        narrow = seen(page(sample, "evidence:conflicts"), 60)
        assert not any("seven swans." in row and "eleven swans." in row for row in narrow)

    def test_quotes_sources_and_figures_are_named_and_not_resolved(self, sample: Volume) -> None:
        said = flat(sample, "evidence:conflicts")
        for words in ("“seven swans”", "“I saw eleven swans”", "1 Pond book", "2 The miller",
                      "Figures: seven (7) against at least 11 head: no value fits both.", "Eleven is not seven."):  # fmt: skip
            assert words in said

    @pytest.mark.parametrize(
        ("words", "shown"),
        [
            ("about 150", "about 150 missiles"),
            ("about 150 missiles", "about 150 missiles"),
            ("a hundred and fifty", "a hundred and fifty (150 missiles)"),
            ("150 or so", "150 missiles"),
        ],
    )
    def test_words_that_say_the_number_are_not_followed_by_it(
        self, made: Callable[..., Volume], words: str, shown: str
    ) -> None:
        volume = made(
            f"""
[[claim]]
id = "a"
text = "A."
by = "the mayor"
quantity = {{ of = "missiles", min = 150, max = 150, unit = "missiles", words = "{words}" }}
conflicts = [{{ to = "b", why = "Both cannot hold." }}]

[[claim]]
id = "b"
text = "B."
by = "the miller"
quantity = {{ of = "missiles", min = 40, max = 40, unit = "missiles" }}
""",
            format="2",
        )
        assert f"Figures: {shown} against 40 missiles: no value fits both." in flat(volume, "evidence:conflicts")

    def test_without_a_dispute_the_pairs_are_the_page(self, sample: Volume) -> None:
        assert ["conflict:seven/eleven"] == list(page(sample, "evidence:conflicts").ids)

    def test_hundreds_against_thousands(self, missiles: Volume) -> None:
        said = flat(missiles, "evidence:conflicts:how-many")
        assert "Figures: hundreds (200–999) against potentially thousands (2,000–9,999): no value fits both." in said
        assert "What is counted differs in words: ballistic missiles delivered; ballistic missiles shipped." in said


class TestDisputes:
    PAGE = "evidence:conflicts:how-many"

    def test_the_list_names_answers_and_that_with_the_least_against_it(self, quay: Volume) -> None:
        said = flat(quay, "evidence:conflicts")
        assert "Q1 How many casks" in said
        assert "none; fewer than 200; hundreds; thousands" in said
        assert (
            "Least speaks against “fewer than 200” and “hundreds”: 2 of 4 pieces of evidence, which is no proof. "
            "Our judgments: J1 likely." in said
        )

    def test_our_confidence_is_a_sentence_apart_from_the_likelihood(self, missiles: Volume) -> None:
        said = flat(missiles, "evidence:conflicts")
        assert re.search(r"Our judgments: J\d+ [^.]*\. Our confidence: J\d+ (?:low|moderate|high)[;.]", said)

    def test_the_counts_of_an_answer_add_up(self, missiles: Volume) -> None:
        for dispute in missiles.derived(disputes_of).disputes:
            shown = page(missiles, f"evidence:conflicts:{dispute.question.id}")
            answers = "\n".join(
                "".join(one.text for one in row.spans) for row in lay_out(shown.block(shown.ids.index("answers")), 76)
            )
            found = re.findall(r"▲\s(\d+)\sfor\s+▼\s(\d+)\sagainst\s+┈\s(\d+)\sneither", answers)
            assert [(str(one.speaking_for), str(one.against)) for one in dispute.stands] == [two[:2] for two in found]
            assert all(sum(map(int, counts)) >= len(dispute.rows) for counts in found)

    def test_other_pairs_stand_below_with_their_kind(self, quay: Volume) -> None:
        said = flat(quay, "evidence:conflicts")
        assert "In no dispute, 1 pair" in said
        assert "C7 It rained and C8 The sun shone, contradiction" in said
        shown = page(quay, "evidence:conflicts")
        assert shown.block(shown.ids.index("conflict:weather/sunny")).target == "page:evidence:conflicts:weather"
        assert ["conflict:weather/sunny"] == list(page(quay, "evidence:conflicts:weather").ids)

    def test_answers_stand_side_by_side_or_below_one_another(self, quay: Volume) -> None:
        (row,) = [row for row in seen(page(quay, self.PAGE), 112) if "a  none" in row]
        assert all(words in row for words in ("b  fewer than 200", "c  hundreds", "d  thousands"))
        (row,) = [row for row in seen(page(quay, self.PAGE), 76) if "a  none" in row]
        assert "hundreds" not in row

    def test_an_answer_has_holders_best_source_origins_and_parties(self, quay: Volume) -> None:
        said = flat(quay, self.PAGE)
        for words in ("1 voice: The captain, an interested party", "C3 The gazette says hundreds",
                      "The paper calls it a guess.", "2 pieces of evidence for, 2 against"):  # fmt: skip
            assert words in said
        assert re.search("c hundreds .*best source: [^:]+ · C 1 voice: the harbour office", said)

    def test_the_evidence_is_a_table_and_in_a_list_sentences(self, quay: Volume) -> None:
        rows = [row for row in seen(page(quay, self.PAGE), 100) if re.match("[▲▼┈]+ ", row)]
        assert "▼  ▲  ▲▼ ▼  C2" in "".join(rows)
        said = flat(quay, self.PAGE)
        assert (
            "C2 The ledger has 120 casks, with C5 of the same origin. For “fewer than 200” and “hundreds”. "
            "Against “none”, “hundreds” and “thousands”. Carts were seen." in said
        )

    def test_it_ends_with_what_would_settle_it_and_the_pairs(self, quay: Volume) -> None:
        said = flat(quay, self.PAGE)
        assert "What would settle it The books of the customs. 1 pair inside it" in said
        assert "likely, 55–80%: Fewer than 200 casks were landed. Our confidence is low." in said
        assert "It answers “fewer than 200”." in said

    def test_the_list_form_has_every_dispute_and_every_pair_without_signs_of_a_table(self, quay: Volume) -> None:
        rows = "\n".join(seen(page(quay, "evidence:conflicts/listed"), 100))
        assert "Against “none”, “hundreds” and “thousands”." in " ".join(rows.split())
        assert "What would settle it" in rows
        assert "The sun shone." in rows
        assert not re.search("[▲▼┈]", rows)

    def test_no_line_is_wider_than_the_page(self, quay: Volume) -> None:
        for width in (20, 38, 60, 76, 112):
            assert max(map(cell_len, seen(page(quay, self.PAGE), width))) <= width

    def test_data_says_the_same(self, quay: Volume) -> None:
        data = json.loads(json.dumps(BY_NAME["conflicts"].load().data(quay)))
        (dispute,) = data["disputes"]
        assert ["few", "hundreds"] == dispute["least_against"]
        assert {"none", "few", "hundreds", "thousands"} == {one["id"] for one in dispute["positions"]}
        assert [[["weather", "sunny"]]] == data["in_no_dispute"]
        assert ["other-count", "contradiction"] == [pair["kind"] for pair in data["pairs"]]

    def test_a_former_id_of_a_question_still_leads_to_its_page(self, made: Callable[..., Volume]) -> None:
        volume = made(QUAY.replace('id = "how-many"', 'id = "how-many"\nwas = ["number"]'), format="2")
        assert flat(volume, "evidence:conflicts:number") == flat(volume, self.PAGE)


class TestStanding:
    def test_written_out_it_is_sentences(self, sample: Volume) -> None:
        said = flat(sample, "evidence:matrix")
        assert (
            "C1 The book has seven swans For it: 4 outlets, 3 origins. Against it: 1 outlet, 1 origin. "
            "Rated B2." in said
        )

    def test_it_names_the_judgments_that_a_claim_bears_on(self, quay: Volume) -> None:
        said = flat(quay, "evidence:matrix")
        assert "A reason for J1." in said
        assert "A reason against J1." in said

    @pytest.mark.parametrize("width", [66, 76, 104, 116, 146])
    def test_no_judgment_is_left_out_silently(self, missiles: Volume, width: int) -> None:
        shown = page(missiles, "evidence:matrix")
        standings = missiles.derived(Standings)
        for claim in missiles.pane("claims"):
            row = " ".join(
                "".join(one.text for one in line.spans)
                for line in lay_out(shown.block(shown.ids.index(claim.id)), width)
            )
            left = re.search(r"\+(\d+)\b", row)
            named = re.findall(r"[▲▼△▽](J\d+)", row)
            judgments = [one.other.number for one in standings.of(claim).judgments]
            assert named == judgments[: len(named)]
            assert len(named) + int(left[1] if left else 0) == len(judgments)

    def test_a_weak_reason_has_a_sign_of_its_own(self, quay: Volume, made: Callable[..., Volume]) -> None:
        weak = made(QUAY.replace('for = ["ledger"]', 'for = [{ to = "ledger", why = ".", weak = true }]'), format="2")
        for volume in (quay, weak):
            standings = volume.derived(Standings)
            drawn = "\n".join(seen(page(volume, "evidence:matrix"), 116))
            reasons = [one for claim in volume.pane("claims") for one in standings.of(claim).judgments]
            assert ("△J" in drawn) == any(one.weak and one.name == "for" for one in reasons)

    def test_bars_and_counts_have_headings_of_their_own(self, quay: Volume) -> None:
        (heads,) = [row for row in seen(page(quay, "evidence:matrix"), 116) if "against" in row and "judgment" in row]
        assert [1, 1] == [heads.split().count(word) for word in ("for", "against")]
        assert "outlets·origins" in heads

    def test_a_filter_leaves_claims_out_and_says_so(self, quay: Volume) -> None:
        said = flat(quay, "evidence:matrix/only=judged")
        assert "2 of 8 claims, as written, those that bear on a judgment" in said
        assert "It rained" not in said

    def test_holders_of_other_answers_are_against_a_claim(self, quay: Volume) -> None:
        grid = Grid(quay, Choice("matrix", "grid"))
        assert "contradicts C1 through C2" in [cell_words(grid.cell(0, at)) for at in range(len(grid.columns))]


class TestOthers:
    def test_provenance(self, sample: Volume) -> None:
        said = flat(sample, "evidence:provenance")
        assert (
            "1 Pond book, November 2026 · ● read in full · B "
            "└ reports 2 The miller · ◌ only reported · F "
            "└ reports 3 A letter · ✗ not found · E · origin" in said
        )
        assert "└ quotes 2 The miller · ◌ only reported" in said
        assert "└ rests on unnamed · ◌ only named · origin" in said

    def test_traceability(self, sample: Volume) -> None:
        said = flat(sample, "evidence:traceability")
        assert "What does each recommendation rest on, and does it stand? 1 of 2 at risk: R1." in said
        assert "R1 Count again at risk: it rests on C1, C2, which are disputed" in said
        assert "contested by C2" in said
        assert "attacked by C3" in said
        assert "R2 Look rests on no entry: nothing to trace" in said

    def test_spread(self, sample: Volume) -> None:
        said = flat(sample, "evidence:spread")
        assert "hopeful, 1 holder V1 Ann Keeper, keeper of the book, the mill" in said
        assert "since November 2026 at the latest, when it was published · via Pond book" in said
        assert "V2 Somebody Else, passer-by since when is not known" in said
        assert "These are too few to speak of a lean." in said

    def test_a_panel_that_leans_says_so_with_the_rule(self, made: Callable[[str], Volume]) -> None:
        held = "".join(f'[[view]]\nid = "v{n}"\nwho = "w{n}"\ntext = "."\nstance = "for"\n' for n in range(4))
        said = flat(made(held), "evidence:spread")
        assert "The panel leans one way: for, 4 of 4 holders, 100%." in said
        assert "(The rule: more than half of at least 4 holders are of one stance" in said

    def test_no_stance_is_called_the_most_frequent_where_several_are_tied(self, made: Callable[[str], Volume]) -> None:
        held = "".join(f'[[view]]\nid = "v{n}"\nwho = "w{n}"\ntext = "."\nstance = "s{n}"\n' for n in range(4))
        said = flat(made(held), "evidence:spread")
        assert "The panel does not lean one way; 4 stances are tied, each with 1 of 4 holders, 25%." in said

    def test_figures_are_told_where_there_is_no_room_for_bars(self, missiles: Volume) -> None:
        narrow = list(page_text(page(missiles, "evidence:spread"), 46))
        assert any(re.search(r"concerned, \d+%, \d+ of \d+", row) for row in narrow)

    def test_the_shares_stand_under_one_another(self, missiles: Volume) -> None:
        rows = [row for row in seen(page(missiles, "evidence:coverage"), 80) if "%" in row]
        assert 1 == len({row.index("%") for row in rows})

    def test_timeline_as_a_plot_and_as_a_list(self, handbook: Volume) -> None:
        plot = "\n".join(seen(page(handbook, "evidence:timeline/as-of=2026-11-08"), 100))
        assert "As of 8 November 2026" in plot
        assert "╍" in plot
        listed = flat(handbook, "evidence:timeline/listed/as-of=2026-01-01")
        for sign in "╍━◆":
            assert sign not in listed
        assert "about December 2026: " in listed
        assert "(not yet known)" in listed

    def test_the_axis_is_that_of_its_items(self, missiles: Volume) -> None:
        rows = seen(page(missiles, "evidence:timeline"), 80)
        assert sum(row.strip().startswith("2024     2025") for row in rows) == 3
        assert any(row.startswith("◂") and "14 Oct 2006" in row for row in rows)

    def test_assessments_keep_confidence_apart(self, sample: Volume) -> None:
        shown = " ".join(" ".join(seen(page(sample, "evidence:judgments"), 400)).split())
        assert "0 ┄┄┄┄┄┄┄┄┄┄┄┄┄┄██████┄┄┄┄┄ 100% likely 55–80% Confidence in this is low. It was misty." in shown
        said = flat(sample, "evidence:judgments")
        assert "likely, 55–80% Confidence in this is low. It was misty." in said
        assert "The scale: ICD 203" in said

    def test_a_count_of_the_coverage_is_never_parted(self, missiles: Volume) -> None:
        for width in (38, 46, 50, 80):
            for row in seen(page(missiles, "evidence:coverage"), width):
                assert not row.rstrip().endswith(" of"), row
                assert not re.match(r" *\d+$", row), row

    def test_coverage(self, sample: Volume) -> None:
        said = flat(sample, "evidence:coverage")
        assert "38% of all that can have it, 3 of 8" in said
        assert "3 entries without: C2, C3, V2" in said
        overview = flat(sample, "overview")
        assert "38% with a checked quote" in overview
        assert "25% with two independent origins" in overview

    def test_the_front_page_leads_to_every_view(self, volume: Volume) -> None:
        front = page(volume, "evidence")
        targets = {front.block(place).target for place in range(len(front))}
        assert {f"page:evidence:{view.name}" for view in VIEWS} <= targets


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2025-04-10", "10 Apr 2025"), ("2024", "2024"), ("2024?", "2024?"), ("2024-05", "May 2024"), ("2024~", "ca. 2024"),
        ("2024-05%", "ca. May 2024?"), ("1884~/1885?", "ca. 1884–1885?"),
        ("2023-12/2024-02", "Dec 2023–Feb 2024"), ("2024-07/2024-10", "Jul–Oct 2024"), ("2024-11/..", "Nov 2024–"),
        ("../2026-23", "–autumn 2026"), ("189X", "189x"), ("soon", "soon"),
    ],
)  # fmt: skip
def test_short_dates(date: str, said: str) -> None:
    assert said == short(date)
    assert len(said) <= 17
    assert (period(date) is None) == (date == "soon")


def test_numbers_that_follow_one_another_are_told_by_the_first_and_the_last(handbook: Volume) -> None:
    claims, views = handbook.pane("claims"), handbook.pane("views")
    chosen = [*claims[:3], claims[4], *claims[6:8], views[0]]
    spans = list(number_ranges(chosen))
    assert "C1–C3, C5, C7, C8, V1" == "".join(one.text for one in spans)
    assert [f"#{claims[0].id}", f"#{claims[2].id}"] == [one.target for one in spans if one.target][:2]


def test_no_span_of_a_bar_is_empty() -> None:
    assert share_bar(1, 5) == (Span("█" * 5, "bar", whole=""),)
