"""The merging of states that several hosts write."""

from tests.fleet import interleavings
from tui.state.fleet.merging import Row, Stamp, hybrid, tick, winners


def test_interleavings_of_three_hosts() -> None:
    """`python -m tests.fleet` tries 100,000."""
    for seed in range(2_000):
        interleavings.run(seed)


def test_a_write_is_later_than_all_that_was_seen_whatever_the_clock_says() -> None:
    ahead = hybrid(2_000.0)
    assert tick(ahead, 1_000.0) == ahead + 1
    assert tick(ahead, 3_000.0) == hybrid(3_000.0)
    assert tick(hybrid(1.0) + 0xFFFF, 1.0) == hybrid(1.0) + 0x10000, "the counter carries over"


def test_the_later_row_wins_and_a_forgotten_one_never_does() -> None:
    held = {"a": Stamp(1, 5, "x")}
    rows = [Row("a", Stamp(1, 5, "y"), "1"), Row("a", Stamp(1, 4, "z"), "2"), Row("b", Stamp(0, 9, "x"), "3")]
    assert winners(held, rows, 1) == [rows[0]]
