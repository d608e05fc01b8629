"""The labels of sources: no two of a briefing alike, wherever one stands."""

from collections.abc import Callable
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tui.briefing.source import Source
from tui.library.source_labels import labels_of
from tui.library.volume import Volume
from tui.render.notes import sidenote


def named(*sources: dict[str, Any]) -> list[str]:
    """Return the labels of sources with these fields."""
    return list(labels_of([Source(id=f"s{n}", type="report", **one) for n, one in enumerate(sources)]).values())


def test_one_of_a_publisher_is_called_by_it_alone() -> None:
    assert ["Reuters", "AP"] == named({"publisher": "Reuters", "issued": "2025-04-10"}, {"publisher": "AP"})


def test_two_of_one_publisher_are_told_apart_by_date() -> None:
    assert ["Reuters, 10 April 2025", "Reuters, May 2025"] == named(
        {"publisher": "Reuters", "issued": "2025-04-10"}, {"publisher": "Reuters", "issued": "2025-05"}
    )


def test_the_same_day_or_none_leaves_their_numbers() -> None:
    day = {"publisher": "Reuters", "issued": "2025-04-10"}
    assert ["Reuters, 10 April 2025 (1)", "Reuters, 10 April 2025 (2)", "Reuters"] == named(
        day, day, {"publisher": "Reuters"}
    )
    assert ["AP (1)", "AP (2)"] == named({"publisher": "AP"}, {"publisher": "AP"})


def test_a_short_name_that_is_given_stays_where_it_is_its_own() -> None:
    assert ["R1", "Reuters"] == named({"publisher": "Reuters", "short": "R1"}, {"publisher": "Reuters"})


@given(
    st.lists(st.tuples(st.sampled_from(["A", "a", "B", "A (2)"]), st.sampled_from(["2024", "2025", ""])), max_size=6)
)
@example([("A", ""), ("A", ""), ("A (2)", "")])
def test_no_two_are_alike(made: list[tuple[str, str]]) -> None:
    labels = named(*({"publisher": name, **({"issued": day} if day else {})} for name, day in made))
    assert len(set(labels)) == len(labels)


def test_a_footnote_tells_them_apart_and_says_no_date_twice(made: Callable[..., Volume]) -> None:
    source = '[[source]]\nid = "s{n}"\ntype = "report"\npublisher = "Reuters"\nissued = "2025-04-1{n}"\n'
    claim = '[[claim]]\nid = "c"\ntext = "C."\ncite = [{ source = "s0" }, { source = "s1" }]\n'
    volume = made(source.replace("{n}", "0") + source.replace("{n}", "1") + claim)
    told = [
        "".join(span.text for span in sidenote(volume, note, place).paras[0].spans)
        for place, note in enumerate(volume.entries["c"].notes, 1)
    ]
    assert ["Reuters, 10 April 2025", "Reuters, 11 April 2025"] == told
