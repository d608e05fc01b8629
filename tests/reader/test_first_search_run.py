"""First searches in real terminals, several at once over one empty cache."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reader.running import Terminal

READERS = 3
BRIEFINGS = len(list((Path(__file__).parents[2] / "content").glob("*/briefing.toml")))
"""The number of bundled briefings."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Name a home in which nothing was kept yet."""
    return {"HOME": str(tmp_path)} | {
        f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CACHE", "STATE", "CONFIG", "DATA")
    }


@pytest.fixture
def readers(environment: dict[str, str]) -> Iterator[list[Terminal]]:
    """Start all readers at once."""
    terminals = [Terminal(environment=environment) for _ in range(READERS)]
    yield terminals
    for terminal in terminals:
        terminal.close()


def test_no_first_search_says_that_nothing_is_found(readers: list[Terminal]) -> None:
    asked: set[Terminal] = set()
    done: set[Terminal] = set()

    def all_answer() -> bool:
        for terminal in readers:
            terminal.look()
            text = terminal.text
            if terminal not in asked and "Library" in text:
                terminal.send("\x0bmissiles")
                asked.add(terminal)
            assert not re.search(r"\b0 hits\b|Nothing is found", text), text
            searched = re.search(r"hits? in (\d+) briefings?\b", text)
            if searched and searched[1] == str(BRIEFINGS):
                done.add(terminal)
            elif searched:
                assert re.search("not indexed|being read|to be read", " ".join(text.split())), text
        return len(done) == READERS

    readers[0].until(all_answer)


def test_enter_behind_a_first_query_opens_the_first_hit(
    start: Callable[..., Terminal], environment: dict[str, str]
) -> None:
    """In one packet, before the index is there; and again with it, behind the open line."""
    for packets in (("\x0bmissiles\r",), ("\x0b", "missiles\r")):
        terminal = start(environment=environment)
        terminal.until_shown("Library")
        for packet in packets:
            terminal.send(packet)
            if packet == "\x0b":
                terminal.until_shown("Tab completes")
        terminal.until_shown("“missiles”: ", " of ")


def test_enter_in_one_packet_with_the_index_there_opens_the_first_hit(
    start: Callable[..., Terminal], environment: dict[str, str]
) -> None:
    for _ in range(2):
        terminal = start(environment=environment)
        terminal.until_shown("Library")
        terminal.send("\x0bmissiles\r")
        terminal.until_shown("“missiles”: ", " of ")
