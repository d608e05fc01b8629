"""The part of the fuzzing that the gate runs: 20,000 sequences, half of them through a real terminal, and bursts of keys."""

from pathlib import Path

import pytest

from tests.fuzz import admin, inputs, overlays, terminals
from tests.fuzz.sequences import sequence
from tests.reader.running import COMMAND, Terminal

SEED = 1


@pytest.mark.parametrize("quarter", range(4))
def test_sequences_at_the_input(quarter: int) -> None:
    assert inputs.check(SEED, range(2500 * quarter, 2500 * (quarter + 1))) == 2500


@pytest.mark.skipif(not COMMAND.exists(), reason=f"the command is not installed as {COMMAND}")
@pytest.mark.parametrize("quarter", range(4))
def test_sequences_through_a_real_terminal(quarter: int) -> None:
    assert terminals.through(Terminal, SEED + quarter, 2500) > 2500


def test_a_sequence_is_the_same_for_the_same_seed_and_number() -> None:
    assert sequence(5, 7) == sequence(5, 7)
    assert sequence(5, 7) != sequence(5, 8) != sequence(6, 7)


@pytest.mark.parametrize("run", range(12))
async def test_bursts_of_keys_over_all_overlays(tmp_path: Path, run: int) -> None:
    await overlays.bear(tmp_path, SEED, run)


@pytest.mark.parametrize("run", range(4))
async def test_from_anywhere_a_few_keys_leave(tmp_path: Path, run: int) -> None:
    assert await overlays.leaves(tmp_path, SEED, run, states=12) <= overlays.MOST_PRESSES


async def test_requests_at_the_administrators_socket(tmp_path: Path) -> None:
    assert await admin.check(tmp_path, SEED, 600) > 50
