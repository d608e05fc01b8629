"""The present ids of what a former edition had."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from tui.library.volume import Volume
from tui.session.edition_change import Change, Now, Succession

Made = Callable[[str], Volume]


@pytest.fixture(scope="session")
def volume_of(made: Made) -> Made:
    """Give a maker of volumes from claims, each `id=text`, or `id=text<former` where the file tells the former id."""

    def make(claims: str) -> Volume:
        rows = [(*claim.partition("<")[0].split("="), claim.partition("<")[2]) for claim in claims.split()]
        return made(
            "\n".join(
                f'[[claim]]\nid = "{name}"\ntext = "Text {text}."\nby = "x"\n' + (f'was = ["{was}"]\n' if was else "")
                for name, text, was in rows
            )
        )

    return make


@pytest.mark.parametrize(
    ("before", "after", "name", "expected"),
    [
        ("a=1 b=2 c=3", "a=1 c=3", "b", "c"),  # the one behind it
        ("a=1 b=2 c=3", "a=1 b=2", "c", "b"),  # of the last, the one before it
        ("a=1 b=2 c=3", "a=1", "b", "a"),
        ("a=1 b=2 c=3", "c=3 a=1", "b", "c"),
        ("a=1 b=2 c=3", "a=1 new=9 c=3", "b", "c"),  # another text is another entry
        ("a=1 b=2 c=2", "a=1 new=2", "b", "a"),  # of two with one text nobody knows which is which
        ("a=1 b=2 c=3", "x=1 y=3", "b", "y"),  # the neighbour was renamed too
        ("a=1 b=2", "", "b", ""),
    ],
)
def test_a_removed_thing_leads_to_its_neighbour(
    volume_of: Made, before: str, after: str, name: str, expected: str
) -> None:
    assert Change(volume_of(before), volume_of(after)).now(name) == Now(expected, is_same=False)


@pytest.mark.parametrize(
    ("before", "after", "name", "expected"),
    [
        ("a=1 b=2 c=3", "a=1 new=2 c=3", "b", "new"),
        ("a=1 b=2 c=3", "new=2 a=1 c=3", "b", "new"),
        ("a=1 b=2 c=3", "a=1 new=9<b c=3", "b", "new"),
        ("a=1 b=2 c=3", "a=1 b=9 c=3", "b", "b"),
        ("a=1 b=2", "b=1 a=2", "b", "b"),  # an id is its thing's, whatever that says
    ],
)
def test_the_same_thing_is_followed(volume_of: Made, before: str, after: str, name: str, expected: str) -> None:
    now = Change(volume_of(before), volume_of(after)).now(name)
    assert (now.id, now.is_same) == (expected, True)


def test_ids_are_followed_over_several_editions(volume_of: Made) -> None:
    texts = ["a=1 b=2 c=3", "a=1 x=2 c=3", "a=1 y=2<x c=3", "a=1 z=2", "z=2"]
    editions = [volume_of(text) for text in texts]
    succession = Succession()
    for before, after in pairwise(editions):
        succession = succession.after(Change(before, after))
    found = {name: succession.now(editions[-1], name)[:2] for name in ("a", "b", "x", "y", "z", "c", "bluf")}
    same, near = ("z", True), ("z", False)
    assert found == {"a": near, "b": same, "x": same, "y": same, "z": same, "c": near, "bluf": ("bluf", True)}
    assert {*succession.renamed(editions[-1])} == {"b", "x", "y"}


def test_a_rename_keeps_the_revision(volume_of: Made) -> None:
    before, after = volume_of("a=1 b=2"), volume_of("a=1 new=2<b")
    assert before.entries["b"].digest == after.entries["new"].digest
    assert before.entries["b"].digest != volume_of("a=1 new=3<b").entries["new"].digest
