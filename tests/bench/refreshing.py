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
_BARE: Final = """
import sys, time
import tui.reader.app
began = time.process_time()
import tantivy
tantivy.Index.open(sys.argv[1]).searcher()
print(time.process_time() - began)
"""
_OPENING: Final = """
import sys, time
from pathlib import Path
import tui.reader.app
unused = "tantivy" in sys.modules or any(name.startswith("tui.search.run") for name in sys.modules)
began, cpu = time.perf_counter(), time.process_time()
import tantivy
from tui.search.index.library_index import SearchIndex
imported = time.perf_counter()
index = SearchIndex(Path(sys.argv[1]))
view = index.view()
opened, cpu = time.perf_counter(), time.process_time() - cpu
view.languages, view.vocabulary, view.searched, view.is_sound
print(unused, imported - began, opened - began, time.perf_counter() - opened, cpu)
"""


def opening(bench: Bench, folder: Path) -> list[Row]:
    """Open an index in fresh processes that have loaded the reader, in turns with tantivy's own opening of it."""
    found: list[tuple[float, ...]] = []
    bare: list[float] = []
    for _ in range(bench.runs):
        bare.append(float(_said(_BARE, folder)))
        unused, *seconds = _said(_OPENING, folder).split()
        if unused != "False":
            raise BenchError("the reader loads the search before it is used")
        found.append(tuple(map(float, seconds)))
    imported_ms, opened_ms, known_ms, _ = (statistics.median(part) * 1000 for part in zip(*found, strict=True))
    cpu = [seconds[-1] for seconds in found]
    size = f"{bench.passages:,} passages"
    return [
        Row(
            f"opening the index, {size}",
            figures.milliseconds([seconds[1] for seconds in found]),
            f"of it loading tantivy and our own modules {imported_ms:.1f} ms; then for the first query {known_ms:.1f} ms",
            goal=Goal(opened_ms, 10, "ms"),
        ),
        Row(
            f"the same in processor time, {size}",
            figures.milliseconds(cpu),
            f"{figures.milliseconds(bare)} (importing tantivy and opening it bare)",
            figures.ratio(cpu, bare),
            1.5,
        ),
        Row("what search adds to a start where it is not used", "no module of it is loaded", ""),
    ]


def _said(program: str, folder: Path) -> str:
    """Run a program on the folder of an index. Return what it writes."""
    command = [sys.executable, "-c", program, str(folder)]
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True).stdout


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
            f"{figures.milliseconds(alone)} (where the changed one is known)",
            figures.ratio(whole, alone),
            3.0,
        ),
        Row(
            f"the slowest of these, {name}",
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
