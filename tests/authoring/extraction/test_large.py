"""Ten megabytes of text are read and held in bounded time and memory, whatever file they come as."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.authoring.extraction import large


@pytest.mark.parametrize(("name", "share"), [("a.txt", 1), ("a.html", 1), ("a.pdf", 0.25)])
def test_it_is_held(tmp_path: Path, tiny: Callable[..., str], name: str, share: float) -> None:
    """Of a PDF a quarter, in a quarter of the time: all of it is measured by ``python -m tests.bench hold``."""
    held = large.hold(tmp_path, tiny, name, int(share * large.BYTES))

    assert held.quotes > 1
    assert f"sources.lock: quotes found: {held.quotes}; texts held or locked: 1." in held.said
    assert held.seconds < share * large.SECONDS
    assert held.megabytes < large.MEGABYTES
