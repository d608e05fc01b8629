"""A starter of the program in a terminal, and the fixtures of sessions."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.reader.running import COMMAND, Terminal
from tests.session.conftest import sample_copy, session, shelf, state, workshop

__all__ = ["sample_copy", "session", "shelf", "start", "state", "workshop"]


@pytest.fixture
def start() -> Iterator[Callable[..., Terminal]]:
    """Give a starter of the command in a terminal."""
    assert COMMAND.exists(), "the program is to be installed into the environment that tests it"
    terminals: list[Terminal] = []

    def begin(*arguments: str, **options: Any) -> Terminal:
        terminals.append(Terminal(*arguments, **options))
        return terminals[-1]

    yield begin
    for terminal in terminals:
        terminal.close()
