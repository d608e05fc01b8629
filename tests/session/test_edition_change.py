"""Where a reader stands when a briefing changes."""

from collections.abc import Callable

import pytest

from tui.library.volume import Volume
from tui.session.edition_change import Change
from tui.state.reader_state import ReaderState
from tui.state.records import Location

Made = Callable[[str], Volume]


@pytest.fixture(scope="session")
def volume_of(made: Made) -> Made:
    """Give a maker of volumes from claims, each `id=text`."""

    def make(claims: str) -> Volume:
        rows = [claim.split("=") for claim in claims.split()]
        return made("\n".join(f'[[claim]]\nid = "{name}"\ntext = "Text {text}."\nby = "x"\n' for name, text in rows))

    return make


@pytest.mark.parametrize(
    ("before", "after", "block", "expected"),
    [
        ("a=1 b=2 c=3", "a=1 c=3", "b", "c"),  # the one behind it
        ("a=1 b=2 c=3", "a=1 b=2", "c", "b"),  # of the last, the one before it
        ("a=1 b=2 c=3", "a=1", "b", "a"),
        ("a=1 b=2 c=3", "c=3 a=1", "b", "c"),
        ("a=1 b=2 c=3", "a=1 new=2 c=3", "b", "new"),  # renamed
        ("a=1 b=2 c=3", "new=2 a=1 c=3", "b", "new"),
        ("a=1 b=2 c=3", "a=1 new=9 c=3", "b", "c"),  # another text is another entry
        ("a=1 b=2 c=2", "a=1 new=2", "b", "a"),  # of two with one text nobody knows which is which
        ("a=1 b=2 c=3", "a=1 b=9 c=3", "b", "b"),
        ("a=1 b=2 c=3", "x=1 y=3", "b", "y"),  # the neighbour was renamed too
    ],
)
def test_a_location_in_the_new_edition(volume_of: Made, before: str, after: str, block: str, expected: str) -> None:
    change = Change(volume_of(before), volume_of(after))
    here = Location("tiny", "claims", block, block, 3)
    assert change.location(here) == Location("tiny", "claims", expected, expected, 3)


def test_the_page_of_an_entry(volume_of: Made) -> None:
    before = volume_of("a=1 b=2 c=3")
    renamed, gone = Change(before, volume_of("a=1 new=2 c=3")), Change(before, volume_of("a=1 c=3"))
    here = Location("tiny", "entry:b", "note:1")
    assert renamed.location(here) == Location("tiny", "entry:new", "note:1")
    assert gone.location(here) == Location("tiny", "claims", "c")


def test_names_of_blocks_that_are_no_ids_stay(volume_of: Made) -> None:
    change = Change(volume_of("a=1 b=2"), volume_of("a=1 new=2"))
    for block in ("bluf", "conflict:a/z", "", "how", "use:3"):
        assert change.location(Location("tiny", "overview", block)).block == block
    assert change.location(Location("tiny", "overview", "conflict:a/b")).block == "conflict:a/new"


def test_what_was_read_and_marked_follows(volume_of: Made, state: ReaderState) -> None:
    before, after = volume_of("a=1 b=2 c=3"), volume_of("a=1 new=2 d=3")
    state.mark_read("tiny", [("b", before.entries["b"].digest), ("c", "of another revision")])
    state.mark("m", Location("tiny", "claims", "b"), "Text 2")
    state.mark("*", Location("tiny", "claims", "a"), "Text 1")
    Change(before, after).carry_over(state, "tiny")
    read = state.read_digests("tiny")
    assert read["new"] == after.entries["new"].digest
    assert "d" not in read
    assert {(mark.letter, mark.location.block) for mark in state.marks()} == {("m", "new"), ("*", "a")}
