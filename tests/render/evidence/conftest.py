"""A briefing of format 2 with judgments and signs to watch for, compiled."""

from collections.abc import Callable

import pytest

from tests.evidence.harbour import HARBOUR
from tui.library.volume import Volume


@pytest.fixture(scope="session")
def harbour(made: Callable[..., Volume]) -> Volume:
    """Give a briefing whose author judges and watches, as of November 2026."""
    return made(HARBOUR, format="2")
