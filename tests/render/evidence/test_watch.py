"""The view of what to watch: signs, their forms, and the judgments that they would move."""

import json
from collections.abc import Callable

from tests.render.shown import page_text
from tui.evidence.watch import movements, watched_in
from tui.library.volume import Volume
from tui.render.layout import lay_out
from tui.render.pages import page_of
from tui.render.views import BY_NAME


def said(volume: Volume) -> str:
    """Give the page as it is read aloud."""
    page = page_of(volume, "evidence:watch")
    assert page is not None
    return " ".join(" ".join(page_text(page, 300)).split())


def test_observed_signs_come_first_then_those_that_end_next_then_the_past_ones(harbour: Volume) -> None:
    found = [(one.entry.id, one.state) for one in watched_in(harbour)]
    assert found == [
        ("strike", "observed"), ("cellar", "open"), ("auction", "open"), ("someday", "open"), ("census", "past"),
    ]  # fmt: skip


def test_a_judgment_knows_the_signs_that_would_move_it(harbour: Volume) -> None:
    found = [(one.entry.id, one.text, one.way) for one in movements(harbour, harbour.entries["kj-many"])]
    assert found == [("auction", "More than 900 are sold.", "up"), ("auction", "Fewer are sold.", "down")]


def test_the_page_says_what_would_move_and_which_way(harbour: Volume) -> None:
    words = said(harbour)
    for part in (
        "What would change our minds: 5 signs, 1 observed, 1 past; the observed first, then the next to end. With each, what it would move.",
        "I1 An auction of the casks It would move J1 (likelier or less likely), J2 (likelier), until Jun 2027",
        "I1 The casks are sold at an auction. Where: the gazette Until: June 2027",
        "◦ More than 900 are sold. → J1 becomes likelier (now very unlikely): 1,000 casks landed in May.",
        "◦ Fewer are sold. → J1 becomes less likely (now very unlikely): 1,000 casks landed in May.",
        "→ J2 becomes likelier: The harbour was open.",
        "I3 A census of casks is held. Past: it was worth watching until 2025.",
        "I4 The dockers strike. Observed 3 June 2025.",
    ):
        assert part in words


def test_at_a_glance_each_judgment_has_its_way(harbour: Volume) -> None:
    page = page_of(harbour, "evidence:watch")
    assert page is not None
    drawn = "\n".join(
        "".join(one.text for one in row.spans) for place in range(len(page)) for row in lay_out(page.block(place), 76)
    )
    assert "→ ▲▼J1, ▲J2" in drawn
    assert "▲ likelier, ▼ less likely" in drawn


def test_as_a_list_each_sign_is_there_once_and_stands_in_no_column(harbour: Volume) -> None:
    page = page_of(harbour, "evidence:watch/listed")
    assert page is not None
    blocks = [page.block(place) for place in range(len(page))]
    assert [f"watch:{one.entry.id}" for one in watched_in(harbour)] == [block.id for block in blocks if block.counts]
    assert not any(block.columns for block in blocks)
    text = " ".join(" ".join(page_text(page, 300)).split())
    assert "J1 becomes likelier (now very unlikely): 1,000 casks landed in May." in text


def test_all_signs_are_seen_on_a_small_screen(harbour: Volume) -> None:
    page = page_of(harbour, "evidence:watch")
    assert page is not None
    rows = [row for place in range(6) for row in lay_out(page.block(place), 48)]
    assert len(rows) <= 13


def test_the_same_facts_are_data(harbour: Volume) -> None:
    data = json.loads(json.dumps(BY_NAME["watch"].load().data(harbour)))
    assert [one["entry"] for one in data] == [one.entry.id for one in watched_in(harbour)]
    auction = data[2]
    assert auction["outcomes"][1]["moves"] == [{"to": "kj-many", "way": "down"}, {"to": "kj-thin", "way": "up"}]
    assert (auction["until"], auction["state"]) == ("2027-06", "open")
    assert BY_NAME["watch"].load().fact(harbour) == "5 signs, 1 observed, 1 past"


def test_a_briefing_without_signs_says_so(made: Callable[..., Volume]) -> None:
    assert "This briefing names no sign to watch for." in said(made())
