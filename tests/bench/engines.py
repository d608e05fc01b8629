"""What is measured: our index, SQLite FTS5 and ripgrep over the same passages."""

import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from tests.bench.passages import Library
from tui.language.tokens import words_of
from tui.library.catalogue import Catalogue
from tui.search.facets import facets
from tui.search.index.documents import Passage, document, packed
from tui.search.index.ledger import Record, record_document
from tui.search.index.library_index import SearchIndex
from tui.search.index.store import Store
from tui.search.index.update import Pace
from tui.search.query import parse
from tui.search.run import search

_A_BRIEFING: Final = 100
"""Passages of one briefing."""
_KINDS: Final = ("claim", "claim", "view", "background", "text", "text", "text", "text", "text", "question")
_MEMORY: Final = 256_000_000
_THREADS: Final = 2
"""Memory and threads: as in `tui.search.index.update`."""


class Built(NamedTuple):
    """What building an index took."""

    commit: float
    """Seconds until the last passage was searchable."""
    all: float
    """Seconds until nothing was left to do."""
    size: int
    """Bytes on the disk."""
    cpu: float
    """Seconds of processor time, of all threads; on a machine that does other things too, less than went by."""
    thread: float
    """Of these, seconds of the thread that reads, folds and hands over: what the whole cannot be faster than."""


class _Made(Catalogue):
    """A library of briefings that are in the index alone."""

    number = 0

    def stamps(self, *, in_order: bool = True) -> dict[str, str]:
        """Return the made briefings."""
        return {f"/made-{number}": "" for number in range(1, self.number + 1)}


class Ours:
    """The program's own index."""

    def __init__(self, folder: Path, library: Library) -> None:
        """Name the folder of the index."""
        self.folder = folder
        self._library = library
        self._index = SearchIndex(folder)
        (folder.parent / "content").mkdir(parents=True, exist_ok=True)
        self._catalogue = _Made(None, [folder.parent / "content"], folder.parent / "held")

    def build(self) -> Built:
        """Index the passages through the program's own documents, schema and store, from a file of lines."""
        store = Store(self.folder)
        with store.writing(), self._library.file.open(encoding="utf-8") as lines:
            index = store.renew()
            began, pace = time.perf_counter(), Pace()
            cpu, thread = time.process_time(), time.thread_time()
            writer = index.writer(_MEMORY, _THREADS)
            for number, part in enumerate(_parts(lines), 1):
                for place, text in enumerate(part):
                    writer.add_document(document(_passage(text, place, number), number, number << 32 | place))
                name = f"made-{number}"
                record = Record(
                    number=number, path=f"/{name}", id=name, title=name, lang="en", stamp="", held="", texts="",
                    entries=len(part), sources=0, unheld=0,
                )  # fmt: skip
                writer.add_document(record_document(record))
                if pace.due():
                    writer.commit()
            writer.commit()
            index.reload()
            committed = time.perf_counter() - began
            writer.wait_merging_threads()
            everything = time.perf_counter() - began
            cpu, thread = time.process_time() - cpu, time.thread_time() - thread
            store.seal()
        self._catalogue.number = number
        self._index.view()
        self._index.complete = True
        return Built(committed, everything, _size(self.folder), cpu, thread)

    def ask(self, text: str, *, typing: bool) -> int:
        """Search as the overlay does, from the letters in the box to 20 ranked hits and the exact number."""
        answer = search(self._index, self._catalogue, parse(text, typing=typing), limit=20)
        return answer.total.number or answer.alike

    def count_facets(self, text: str) -> int:
        """Count the values of all fields among the hits."""
        return sum(map(len, facets(self._index, self._catalogue, parse(text, typing=True)).values()))


class Fts5:
    """SQLite's full-text search with its own defaults, without a copy of the texts, over the same folded words."""

    def __init__(self, file: Path, library: Library) -> None:
        """Name the file."""
        self._file = file
        self._library = library
        self._database = sqlite3.connect(file)

    def build(self) -> Built:
        """Index the passages from a file of lines."""
        began, cpu, thread = time.perf_counter(), time.process_time(), time.thread_time()
        self._database.execute("CREATE VIRTUAL TABLE passage USING fts5(words, tags, content='')")
        with self._database, self._library.file.open(encoding="utf-8") as lines:
            rows = ((words_of(line), f"kind{_KINDS[number % 10]}") for number, line in enumerate(lines))
            self._database.executemany("INSERT INTO passage (words, tags) VALUES (?, ?)", rows)
        taken = time.perf_counter() - began
        cpu, thread = time.process_time() - cpu, time.thread_time() - thread
        return Built(taken, taken, self._file.stat().st_size, cpu, thread)

    def ask(self, query: str) -> int:
        """Search for the 20 best."""
        asked = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 20"
        return len(self._database.execute(asked, (query,)).fetchall())


class Ripgrep:
    """ripgrep over the file of passages, which ranks nothing."""

    def __init__(self, library: Library) -> None:
        """Look whether it is installed."""
        self._library = library
        self.command = shutil.which("rg")

    def ask(self, pattern: str) -> int:
        """Count the passages that match."""
        assert self.command is not None
        asked = [self.command, "--count", "--ignore-case", "--regexp", pattern, str(self._library.file)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        return int(done.stdout.strip() or "0")


def pattern_of(words: str, *, phrase: bool = False, prefix: bool = False) -> str:
    """Give a regular expression that finds all of the words in a line, in any order or as a phrase."""
    parts = [re.escape(word) for word in words.split()]
    found = r"\W+".join(parts) if phrase else "|".join(rf"{a}\b.*\b{b}" for a in parts for b in parts if a != b)
    return rf"\b(?:{found or parts[0]})" + ("" if prefix else r"\b")


def _passage(text: str, place: int, number: int) -> Passage:
    kind = _KINDS[place % len(_KINDS)]
    tags = f"kind={kind} in=made-{number} reliability={'ABCDEF'[number % 6]}"
    names = f"in=made in={number} source=source source={number % 7}"
    return Passage(packed(kind, place), (text,), tags, names)


def _parts(lines: Iterator[str]) -> Iterator[list[str]]:
    while part := list(islice(lines, _A_BRIEFING)):
        yield part


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
