"""What is new to the reader: unread, or changed since it was read."""

from collections.abc import Callable

from tui.library.volume import Volume
from tui.render.layout import lay_out
from tui.session.unread import CHANGED, UNREAD, changes_block, entry_freshness, is_fresh
from tui.state.reader_state import ReaderState

Made = Callable[..., Volume]


def claims(number: int, word: str = "old") -> str:
    """Write so many claims: c0, c1 and so on."""
    return "\n".join(f'[[claim]]\nid = "c{n}"\nby = "x"\ntext = "Claim {n} is {word}."' for n in range(number))


def read(state: ReaderState, volume: Volume, *names: str) -> None:
    """Note that entries were read as they are now."""
    state.mark_read("tiny", [(name, volume.entries[name].digest) for name in names])
    state.visited("tiny", volume.edition.digest)


def test_an_entry_is_unread_then_read_then_changed(made: Made, state: ReaderState) -> None:
    before, after = made(claims(1)), made(claims(1, "new"))
    assert UNREAD == entry_freshness(before, state.read_digests("tiny"), "c0")
    assert is_fresh(state.read_digests("tiny"), before.entries["c0"])
    read(state, before, "c0")
    assert "" == entry_freshness(before, state.read_digests("tiny"), "c0")
    assert not is_fresh(state.read_digests("tiny"), before.entries["c0"])
    assert CHANGED == entry_freshness(after, state.read_digests("tiny"), "c0")
    assert is_fresh(state.read_digests("tiny"), after.entries["c0"])


def test_sources_are_unread_too_and_other_blocks_are_nothing(sample: Volume) -> None:
    glyphs = [entry_freshness(sample, {}, name) for name in ("seven", "pond", "keeper", "nothing", "")]
    assert [UNREAD, UNREAD, "", "", ""] == glyphs


def test_the_glyphs_differ_without_colour() -> None:
    assert len({UNREAD, CHANGED, ""}) == 3


def test_an_entry_that_only_moves_is_not_changed(made: Made, state: ReaderState) -> None:
    before = made(claims(2))
    read(state, before, "c0", "c1")
    after = made('[[claim]]\nid = "first"\nby = "x"\ntext = "New."\n' + claims(2))
    assert ("C1", "C2") == (before.entries["c0"].number, after.entries["c0"].number)
    glyphs = [entry_freshness(after, state.read_digests("tiny"), name) for name in ("first", "c0", "c1")]
    assert [UNREAD, "", ""] == glyphs


def test_nothing_is_said_on_a_first_visit(made: Made, state: ReaderState) -> None:
    assert () == changes_block(made(claims(3)), state)


def test_nothing_is_said_where_all_is_read(made: Made, state: ReaderState) -> None:
    volume = made(claims(2))
    read(state, volume, "c0", "c1")
    assert () == changes_block(volume, state)


def test_what_changed_is_named_and_what_is_unread_counted(made: Made, state: ReaderState) -> None:
    before = made(claims(2))
    read(state, before, "c0", "c1")
    after = made(claims(4).replace("Claim 1 is old", "Claim 1 is new"))
    [block] = changes_block(after, state)
    assert "C2 Claim 1 is new changed   2 entries not read yet" == block.text
    assert "#c1" == block.target
    assert {"#c1", "#c2"} == {span.target for para in block.paras for span in para.spans if span.target}


def test_what_is_unread_alone(made: Made, state: ReaderState) -> None:
    volume = made(claims(2))
    read(state, volume, "c1")
    [block] = changes_block(volume, state)
    assert "1 entry not read yet" == block.text
    assert "#c0" == block.target


def test_a_long_list_of_changes_folds_from_its_end(made: Made, state: ReaderState) -> None:
    read(state, made(claims(9)), *(f"c{n}" for n in range(9)))
    [block] = changes_block(made(claims(9, "new")), state)
    [said] = lay_out(block, 80)
    assert "NEW TO YOU  C1 Claim 0 is new changed   C2 Claim 1 is new changed   and 7 more" == "".join(
        span.text for span in said.spans
    )
