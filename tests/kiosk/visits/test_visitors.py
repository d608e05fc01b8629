"""The state of visitors on disk."""

import os
from pathlib import Path

from tests.kiosk.clocks import Clock
from tui.kiosk.operations.settings import Settings
from tui.kiosk.visits.visitors import Visitors
from tui.state.store import Location


def test_a_state_is_a_file_of_its_own_with_no_fingerprint_in_its_name(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path, Settings(states=2))
    for name in ("SHA256:one", "SHA256:two"):
        state = visitors.state(name)
        assert state
        state.remember(Location(name, "claims"))
        state.close()
    assert visitors.state("SHA256:three") is None  # there is no more room
    again = Visitors(tmp_path, Settings(states=2)).state("SHA256:one")
    assert again
    assert Location("SHA256:one", "claims") == again.location("SHA256:one")
    again.close()
    assert not [path for path in tmp_path.iterdir() if "one" in path.name]


def test_nothing_is_kept_of_who_has_no_key_or_where_nothing_is_to_be_kept(tmp_path: Path) -> None:
    assert Visitors(tmp_path, Settings()).state("") is None
    assert Visitors(tmp_path, Settings(keep_state=False)).state("SHA256:one") is None
    assert not list(tmp_path.iterdir())


def test_who_does_not_come_back_is_forgotten(tmp_path: Path) -> None:
    clock = Clock()
    visitors = Visitors(tmp_path, Settings(state_days=10), clock)
    for name in ("one", "two"):
        state = visitors.state(name)
        assert state
        state.close()
    old, _ = sorted(tmp_path.glob("*.sqlite"))
    clock.now = old.stat().st_mtime + 5 * 86_400
    os.utime(old, (clock.now - 11 * 86_400,) * 2)
    assert 1 == visitors.tidy()
    assert 1 == visitors.number
    assert not old.exists()


def test_who_was_away_longest_and_for_a_month_makes_room(tmp_path: Path) -> None:
    clock = Clock()
    visitors = Visitors(tmp_path, Settings(states=2), clock)

    def comes(name: str) -> bool:
        if (state := visitors.state(name)) is not None:
            state.close()
        return state is not None

    assert comes("one")
    assert comes("two")
    first, second = tmp_path.glob("*.sqlite")
    clock.now = first.stat().st_mtime + 60 * 86_400
    os.utime(first, (clock.now - 29 * 86_400,) * 2)
    os.utime(second, (clock.now - 28 * 86_400,) * 2)
    assert not comes("three")
    clock.now += 3 * 86_400
    assert comes("three")
    assert second.exists()
    assert not first.exists()
    assert 2 == visitors.number
