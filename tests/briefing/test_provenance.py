"""Chains of sources, and what they rest on."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.provenance import SourceOrigins, carrier, chain
from tui.briefing.source import Entity, Origin


class Source(NamedTuple):
    """A source that declares its origins."""

    id: str
    origin: tuple[str, ...]
    cited_in: str | None = None


def origins(under: Mapping[str, Iterable[str]]) -> SourceOrigins:
    return SourceOrigins(Source(name, tuple(below)) for name, below in under.items())


THROUGH = {"a": "b", "b": "c", "c": "", "x": "y", "y": "x", "z": "z"}


def test_a_chain_ends_with_what_was_read() -> None:
    assert chain("a", THROUGH) == ("a", "b", "c")
    assert chain("c", THROUGH) == ("c",)
    assert chain("unknown", THROUGH) == ("unknown",)


def test_a_circle_ends_where_it_closes() -> None:
    assert chain("x", THROUGH) == ("x", "y")
    assert chain("z", THROUGH) == ("z",)


def test_the_carrier_is_the_nearest_that_is_held() -> None:
    assert carrier("a", THROUGH, {"b", "c"}) == "b"
    assert carrier("a", THROUGH, {"a"}) == "a"
    assert carrier("a", THROUGH, set()) == "c"


def test_five_outlets_with_one_origin_count_as_one() -> None:
    known = origins(dict.fromkeys("abcde", ("wire",)))

    assert {known.of(name) for name in "abcde"} == {frozenset({"wire"})}


def test_what_rests_on_nothing_is_its_own_origin() -> None:
    assert origins({"a": ()}).behind("c", ("a", "b")) == {"a", "b"}


def test_origins_are_followed_to_the_ground() -> None:
    assert origins({"a": ("b", "c"), "b": ("c",), "c": ("key",)}).of("a") == {"key"}


def test_a_source_rests_on_the_one_that_it_is_cited_in() -> None:
    assert SourceOrigins([Source("letter", (), "note")]).of("letter") == {"note"}
    assert SourceOrigins([Source("letter", ("wire",), "note")]).of("letter") == {"wire"}


@pytest.mark.parametrize(
    ("named", "by", "found"),
    [
        ((), "", {"wire", "office"}),
        ((), "kim", {"kim"}),
        ((), "the mayor", {"the mayor"}),
        ((), "Mr Kim", {"kim"}),
        ((), "Kim", {"kim"}),
        ((), "office-head", {"office"}),
        (("office",), "kim", {"office"}),
        (("leaf",), "", {"wire"}),
        (("a letter", "office"), "kim", {"a letter", "office"}),
    ],
)
def test_a_footnote_has_the_origins_of_its_statement(named: tuple[str, ...], by: str, found: set[str]) -> None:
    """A speaker is one origin, by whatever name; an origin that is the speaker's own is that one."""
    under = (Source("outlet", ("wire", "office")), Source("leaf", ("wire",)))
    entities = (Entity(id="kim", name="Kim", aka=("Mr Kim",), type="person"),)
    own = (Origin(id="office", name="The office", by="office-head"),)
    assert SourceOrigins(under, entities, own).behind("outlet", named, by) == found


@pytest.mark.parametrize("by", ["kim", "the mayor"])
def test_a_speaker_in_an_outlet_of_one_origin_adds_none(by: str) -> None:
    assert origins({"leaf": ("wire",)}).behind("leaf", (), by) == {"wire"}
    assert origins({}).behind("alone", (), by) == {"alone"}


NAMES = st.sampled_from("abcd")


@given(st.dictionaries(NAMES, NAMES), st.dictionaries(NAMES, st.lists(NAMES, max_size=3)), NAMES)
def test_circles_end(through: dict[str, str], under: dict[str, list[str]], name: str) -> None:
    """Whatever points where."""
    trail = chain(name, through)

    assert trail[0] == name
    assert len(trail) == len(set(trail))
    assert origins(under).of(name) <= set("abcd")
