"""The front page, for windows of every size: what it tells, how it folds, and what it says in sentences."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.evidence.quay import QUAY
from tui.library.volume import Volume
from tui.render import front_lines
from tui.render.front_sections import Size
from tui.render.layout import lay_out
from tui.render.overview import overview_page
from tui.render.page import Page, linear
from tui.render.pages import page_of
from tui.search.query import parse
from tui.session.find.finder import Finder
from tui.session.find.finding import Finding

SIZES: Final = {"200x50": (120, 45), "120x36": (116, 31), "80x24": (76, 19), "50x14": (46, 12)}
"""The cells and rows of the page on a terminal of each size."""

CLAIMS = """
[[source]]
id = "book"
type = "book"
title = "The book"
publisher = "Mill Press"
reliability = "B"

[[source]]
id = "letter"
type = "personal_communication"
reliability = "D"

[[claim]]
id = "once"
text = "The swans came in May."
by = "x"
credibility = 2
cite = [{ source = "letter" }]

[[claim]]
id = "twice"
text = "There were seven swans on the pond."
by = "y"
credibility = 3
cite = [{ source = "book" }, { source = "letter" }]
"""
"""A briefing of claims that nobody disputes and nobody judges."""


def rows_of(page: Page, width: int, rows: int) -> list[str]:
    """Give what a window shows of a page."""
    found: list[str] = []
    for place in range(len(page)):
        block = page.block(place)
        found += [""] * (block.space if place else 0)
        found += ["".join(span.text for span in line.spans).rstrip() for line in lay_out(block, width)]
    return found[:rows]


def window(volume: Volume, size: str) -> str:
    """Give the first window of the front page on a terminal."""
    width, rows = SIZES[size]
    shown = rows_of(overview_page(volume).fitted(width, rows), width, rows)
    assert all(len(row) <= width for row in shown)
    return "\n".join(shown).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def undisputed(made: Callable[..., Volume]) -> Volume:
    """Give a briefing without judgments and disputes."""
    return made(CLAIMS)


@pytest.fixture(scope="module")
def unjudged(made: Callable[..., Volume]) -> Volume:
    """Give a briefing with a dispute, and without judgments."""
    return made(re.sub(r"\n\[\[judgment\]\].*?(?=\n\[\[)", "", QUAY, flags=re.DOTALL), format="2")


class TestWindows:
    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("of", ["missiles", "quay", "unjudged", "undisputed", "sample"])
    def test_first_window(
        self, of: str, size: str, request: pytest.FixtureRequest, snapshot: SnapshotAssertion
    ) -> None:
        assert window(request.getfixturevalue(of), size) == snapshot

    @pytest.mark.parametrize("size", ["200x50", "120x36", "80x24"])
    def test_every_section_is_on_the_first_screen(self, missiles: Volume, size: str) -> None:
        labels = ["IN SHORT", "WE JUDGE", "HOW MANY", "DISPUTED", "TO BE DONE", "NOT KNOWN", "WATCH"]

        assert labels == re.findall(rf"^(?:{'|'.join(labels)})", window(missiles, size), flags=re.MULTILINE)

    def test_a_small_window_has_two_judgments_at_least(self, missiles: Volume) -> None:
        assert {"J1", "J2"} <= set(re.findall(r"^J\d", window(missiles, "50x14"), flags=re.MULTILINE))

    def test_what_folds_does_so_to_fill_the_window(self, missiles: Volume) -> None:
        whole = overview_page(missiles)
        for rows in (*range(16, 60), 100):
            page = whole.fitted(116, rows)
            used = len(rows_of(fixed_to(page, page.ids.index("coverage")), 116, 1000))
            assert used <= rows
            assert used >= rows - 3 or "front:judged:more" not in page.ids

    @pytest.mark.parametrize("rows", [1, 12, 24, 40])
    def test_it_can_be_set_for_every_window(self, volume: Volume, rows: int) -> None:
        whole = overview_page(volume)
        for width in (*range(8, 130, 5), 200):
            page = whole.fitted(width, rows)
            assert max(map(len, rows_of(page, width, 1000))) <= width
            assert len(set(page.ids)) == len(page.ids)

    @pytest.mark.parametrize("width", [46, 76, 116])
    def test_without_rows_nothing_is_folded(self, missiles: Volume, width: int) -> None:
        page = overview_page(missiles).fitted(width, 0)

        assert not [name for name in page.ids if name.endswith(":more")]
        judged = [entry.id for entry in missiles.pane("questions") if entry.judgment]
        assert judged == [name.partition(":")[2] for name in page.ids if name.startswith("judged:")]

    @pytest.mark.parametrize("width", [46, 76, 116])
    def test_folding_changes_no_text(self, missiles: Volume, width: int) -> None:
        """So that what is found in the page as a whole is found at the same place in a window."""
        whole = overview_page(missiles)
        page = whole.fitted(width, 0)

        assert list(whole.ids) == list(page.ids)
        for place in range(len(page)):
            if page.ids[place] == "front:disputed":  # its facts depend on the room; matches move with their words
                continue
            for one, other in zip(whole.block(place).paras, page.block(place).paras, strict=False):
                assert other.text.startswith(one.text.split("  ")[0]) or one.text.startswith(other.text)


def fixed_to(page: Page, end: int) -> Page:
    """Give the first blocks of a page."""
    return Page(page.title, page.ids[:end], page.block)


class TestDisputedByWhom:
    """Who disputes stands on the first screen, and takes the place of no dispute."""

    @pytest.mark.parametrize(
        ("size", "told"),
        [
            ("120x36", "How many, if any? Kim Yo Jong, Kyiv’s service, Paparo +4"),
            ("80x24", "How many, if any? Kim Yo Jong, Paparo +5"),
        ],
    )
    def test_by_whom(self, missiles: Volume, size: str, told: str) -> None:
        assert told in window(missiles, size)

    @pytest.mark.parametrize("rows", [19, 31])
    @pytest.mark.parametrize("of", ["missiles", "quay", "sample"])
    def test_no_dispute_makes_room_for_names(
        self, of: str, rows: int, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        volume = request.getfixturevalue(of)
        named = [_disputed(volume, width, rows) for width in range(60, 121, 4)]
        monkeypatch.setattr(front_lines, "_NAMED", 0)

        for width, line in zip(range(60, 121, 4), named, strict=True):
            plain = _disputed(volume, width, rows)
            asked = [entry.short or "" for entry in volume.pane("questions") if entry.question]
            assert [one in line for one in asked] >= [one in plain for one in asked]

    def test_one_of_many_voices_does_not_stand_for_all(self, missiles: Volume) -> None:
        shown = _disputed(missiles, 52, 24)

        assert "4 answers" in shown
        assert "Kim" not in shown

    def test_the_answers_name_who_gives_them_in_sentences(self, missiles: Volume) -> None:
        told = next(line for line in text_of(missiles) if line.startswith("How many ballistic missiles had"))

        assert "“fewer than 200” (Ukrainian military intelligence)" in told
        assert "“none” (Kim Yo Jong, Russia and 2 more)" in told

    @pytest.mark.parametrize("words", ["answers", "missiles", "paparo", "many"])
    def test_matches_stand_on_their_words(self, missiles: Volume, words: str) -> None:
        whole = overview_page(missiles)
        finder, finding, parsed = Finder([("overview", whole)]), Finding(), parse(words)
        finding.parsed = parsed
        finding.take(finder, finder.find(parsed))
        page = whole.fitted(116, 31)

        found = [
            page.block(index).paras[match.para].text[match.start : match.end].casefold()
            for index in range(len(page))
            for match in finding.in_block("overview", page, index)
        ]
        assert found
        assert all(word.startswith(words.removesuffix("s")) for word in found)


def _disputed(volume: Volume, width: int, rows: int) -> str:
    """Give the line of the disputes in a window."""
    block = front_lines.disputed(volume, Size(width, rows))
    shown = [span.text for line in lay_out(block, width) for span in line.spans] if block else []
    return " ".join(" ".join(shown).split())


def text_of(volume: Volume) -> list[str]:
    """Give the paragraphs of the front page as written out."""
    page = overview_page(volume)
    return [para.text for place in range(len(page)) for para in linear(page.block(place)).paras]


class TestLines:
    def test_each_line_leads_on(self, volume: Volume) -> None:
        page = overview_page(volume).fitted(116, 31)

        places = range(page.ids.index("coverage"))
        assert all(page.block(place).target for place in places)

    def test_nothing_is_cut_in_its_middle(self, missiles: Volume) -> None:
        for size in SIZES:
            for row in window(missiles, size).split("\n"):
                assert not row.endswith("…") or row.endswith(". …")

    def test_percentages_go_before_a_word_is_cut(self, missiles: Volume) -> None:
        assert "J1   almost certain       95–99 %   Russia fired" in window(missiles, "120x36")
        assert "J1  almost certain  Russia fired North Korean missiles at Ukraine" in window(missiles, "80x24")

    def test_without_judgments_the_disputes_stand_first(self, unjudged: Volume) -> None:
        shown = window(unjudged, "120x36")

        assert "WE JUDGE" not in shown
        assert re.search(r"DISPUTED\nQ1   How many casks\? +“none”; “fewer than 200”; “hundreds”; “thousands”", shown)

    def test_without_either_the_claims_stand_by_weight(self, undisputed: Volume) -> None:
        shown = window(undisputed, "120x36")

        assert re.search(
            r"CLAIMS BY WEIGHT\nC2   There were seven.*2 origins · B3\nC1   The swans.*1 origin · D2", shown
        )
        assert "DISPUTED" not in shown

    def test_what_has_no_data_has_no_heading(self, made: Callable[..., Volume]) -> None:
        assert "IN SHORT    There is little in it." == window(made(), "120x36").split("\n\n", maxsplit=1)[0]
        assert not re.search("JUDGE|MANY|DISPUTED|DONE|KNOWN|WATCH|CLAIMS", window(made(), "120x36"))

    def test_the_chart_has_the_figures_of_the_key_question(self, missiles: Volume, quay: Volume) -> None:
        assert "HOW MANY" in window(missiles, "120x36")
        assert "C4   ┘ B4  the same: “thousands”" in window(missiles, "120x36")
        assert "HOW MANY" not in window(quay, "120x36")


@pytest.mark.parametrize("compact", [False, True])
def test_the_disputed_recommendations_are_marked_where_the_count_leads(missiles: Volume, compact: bool) -> None:
    front = overview_page(missiles)
    counted = front.block(list(front.ids).index("front:to-be-done"))
    page = page_of(missiles, "recommendations", compact=compact)
    assert page is not None
    marked = [block.id for block in map(page.block, range(len(page))) if "disputed" in block.text]
    assert f"{len(marked)} of {len(page)} disputed" in counted.text
