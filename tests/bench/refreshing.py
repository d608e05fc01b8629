"""How soon a changed briefing is found in a large library, and what opening the index adds to a start."""

import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

from tests.bench import figures
from tests.bench.bench import Bench
from tests.bench.figures import Goal, Row
from tests.bench.home import TOP
from tests.bench.terminal import BenchError
from tui.library.catalogue import Catalogue
from tui.search.index.library_index import SearchIndex
from tui.search.query import parse
from tui.search.run import search

_CLAIM: Final = '\n[[claim]]\nid = "changed-{place}"\ntext = "A newly found {word} was weighed."\nby = "A clerk"\n'
_BETWEEN: Final = 0.005
"""Seconds between two searches for what was changed."""
_OPENING: Final = """
import sys, time
from pathlib import Path
import tui.reader.app
unused = "tantivy" in sys.modules or any(name.startswith("tui.search.run") for name in sys.modules)
began = time.perf_counter()
import tantivy
from tui.search.index.library_index import SearchIndex
imported = time.perf_counter()
index = SearchIndex(Path(sys.argv[1]))
view = index.view()
opened = time.perf_counter()
view.languages, view.vocabulary, view.searched, view.is_sound
print(unused, imported - began, opened - began, time.perf_counter() - opened)
"""


def opening(bench: Bench, folder: Path) -> list[Row]:
    """Open an index in fresh processes that have loaded the reader."""
    found: list[tuple[float, float, float]] = []
    for _ in range(bench.runs):
        done = subprocess.run(
            [sys.executable, "-c", _OPENING, str(folder)], cwd=TOP, capture_output=True, text=True, check=True
        )
        unused, *seconds = done.stdout.split()
        if unused != "False":
            raise BenchError("the reader loads the search before it is used")
        imported, opened, known = map(float, seconds)
        found.append((imported, opened, known))
    imported_ms, opened_ms, known_ms = (statistics.median(part) * 1000 for part in zip(*found, strict=True))
    size = f"{bench.passages:,} passages"
    return [
        Row(
            f"opening the index, {size}",
            figures.milliseconds([opened for _, opened, _ in found]),
            f"of it loading tantivy and our own modules {imported_ms:.1f} ms; then for the first query {known_ms:.1f} ms",
            goal=Goal(opened_ms, 10, "ms"),
        ),
        Row("what search adds to a start where it is not used", "no module of it is loaded", ""),
    ]


def changing(bench: Bench) -> list[Row]:
    """Change one briefing after another in a large library, until each is found."""
    root = bench.library(bench.briefings)
    folder = bench.folder / "changing"
    folder.mkdir()
    catalogue = Catalogue(folder / "catalogue.sqlite", [root], folder / "held")
    index = SearchIndex(folder / "index")

    def said(done: int, number: int) -> None:
        if done % 500 == 0:
            bench.say(f"search: taking in a library, {done:,} of {number:,}")

    def reading(done: int, number: int) -> bool:
        said(done, number)
        return True

    began = time.perf_counter()
    catalogue.refresh(reading)
    read = time.perf_counter()
    index.update(catalogue, said)
    indexed = time.perf_counter()
    alone: list[float] = []
    whole: list[float] = []
    for place in range(bench.runs * 2):
        path = root / f"trade-{place * 7 % bench.briefings:05d}" / "briefing.toml"
        word = f"sturgeon{place}x"
        with path.open("a", encoding="utf-8") as file:
            file.write(_CLAIM.format(place=place, word=word))
        (alone if place % 2 else whole).append(_until_found(catalogue, index, path, word, alone=bool(place % 2)))
    catalogue.close()
    name = f"in a library of {bench.briefings:,} briefings"
    return [
        Row(
            f"one changed briefing found, {name}",
            figures.milliseconds(alone),
            f"all of it anew: {read - began:.0f} s to read, {indexed - read:.0f} s to index",
            goal=Goal(figures.percentile(alone, 95) * 1000, 200, "ms (p95)"),
        ),
        Row(
            f"the same where every file is looked at, {name}",
            figures.milliseconds(whole),
            "",
            goal=Goal(figures.percentile(whole, 95) * 1000, 200, "ms (p95)"),
        ),
    ]


def _until_found(catalogue: Catalogue, index: SearchIndex, path: Path, word: str, *, alone: bool) -> float:
    """Update in a thread, as the reader does, and search until the changed briefing is found.

    It is looked for as a phrase, since each search for a word in vain would look for the nearest spellings too.
    """

    def update() -> None:
        if alone:
            catalogue.open(path)
            index.update(catalogue, only=[path])
        else:
            catalogue.refresh()
            index.update(catalogue)

    worker = threading.Thread(target=update)
    began = time.perf_counter()
    worker.start()
    while not (found := search(index, catalogue, parse(f'"{word}"')).total.number) and worker.is_alive():
        time.sleep(_BETWEEN)
    seconds = time.perf_counter() - began
    worker.join()
    if found != 1 and search(index, catalogue, parse(word)).total.number != 1:
        raise BenchError(f"{word} was not found behind a change of {path}")
    return seconds
