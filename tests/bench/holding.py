"""`briefing hold` of ten megabytes of text, as a text, a page and a PDF: processor time and peak memory."""

from pathlib import Path
from typing import Final

from tests.authoring.extraction import large
from tests.bench.bench import Bench
from tests.bench.figures import Goal, Row
from tests.bench.terminal import BenchError

_HEADER: Final = """\
format = 1
[briefing]
id = "tiny"
title = "Tiny"
bluf = "B."
lang = "en"
as_of = "2026-11-22"
"""


def run(bench: Bench) -> list[Row]:
    """Measure each kind of file once."""
    return [row for name in large.MAKERS for row in _rows(bench, name)]


def _rows(bench: Bench, name: str) -> list[Row]:
    bench.say(f"hold 10 MB, {name}")
    folder = bench.folder / f"hold-{Path(name).suffix[1:]}"
    folder.mkdir(parents=True)
    held = large.hold(folder, lambda tables: _HEADER + tables, name)
    if not any(f"quotes found: {held.quotes};" in line for line in held.said):
        raise BenchError(f"hold of {name}: {held.said}")
    kind = Path(name).suffix[1:].upper()
    return [
        Row(f"`briefing hold`, 10 MB of text as {kind}, processor", f"{held.seconds:.1f} s", "",
            goal=Goal(held.seconds, large.SECONDS, "s"), figure=held.seconds),
        Row(f"`briefing hold`, 10 MB of text as {kind}, peak memory", f"{held.megabytes:.0f} MB", "",
            goal=Goal(held.megabytes, large.MEGABYTES, "MB"), figure=held.megabytes),
    ]  # fmt: skip
