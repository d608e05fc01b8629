"""Huge texts: one visitor pages through them while others read, and leaves; then the worker is to be as it was."""

import hashlib
import time
from pathlib import Path
from typing import Final

import psutil

from tests.bench import figures, generate
from tests.bench.bench import Bench
from tests.bench.figures import Goal, Row
from tests.bench.kiosk.servers import Generator, Kiosk, Server
from tests.bench.terminal import BenchError

_MB: Final = 1_000_000
_ENTRIES: Final = (1, 5, 50)
_TEXTS: Final = (1, 5, 15)
_WORDS: Final = "wide water "
_QUOTE: Final = "the one swan on it"
_SMALL: Final = "trade"
_OTHERS: Final = 8
_EVERY: Final = 0.25
"""Seconds from one key of a neighbour to the next: a percentile of a hundred needs many."""
_PAGES: Final = "   b jkJ G   g "
"""Keys with which a visitor pages through what is open: down and up, from entry to entry, and to both ends."""
_PAGING: Final = 6
"""How often he does."""
_SETTLED: Final = 45.0
"""Seconds in which what was opened ahead and is read by nobody is closed again."""
_AFTER: Final = 60.0
"""Seconds after his leaving at which memory is looked at."""
_SLOWER: Final = 50.0
_MORE: Final = 1.2


def run(bench: Bench) -> list[Row]:
    """Measure each size of entry and of held text, in one kiosk of one worker."""
    content = _content(bench.folder / "huge")
    rows = []
    with Kiosk(bench.filled_home("kiosk-huge", content), content, ("--workers", "1")) as server:
        time.sleep(_SETTLED)
        with Generator(_visited_by(server, _SMALL)) as others:
            others.ask("arrive", 120, number=_OTHERS, expected=["q quit"], opening="2")
            others.ask("press", number=_OTHERS, every=_EVERY, seconds=4.0)
            for kind, sizes in (("entry", _ENTRIES), ("text", _TEXTS)):
                for size in sizes:
                    rows += _one(bench, server, others, f"{kind}-{size}", f"{kind} of {size} MB")
    return rows


def _one(bench: Bench, server: Server, others: Generator, name: str, what: str) -> list[Row]:
    bench.say(f"kiosk: one visitor pages through an {what}")
    seconds = bench.seconds
    before = _memory(server)
    without = others.ask("press", number=_OTHERS, every=_EVERY, seconds=seconds)["taken"]
    with Generator(_visited_by(server, name)) as visitor:
        # He comes while the others read: what he opens is opened then, and not before.
        others.tell("press", number=_OTHERS, every=_EVERY, seconds=seconds)
        visitor.ask("arrive", number=1, expected=["q quit"], opening="5\rj\r" if name.startswith("text") else "2")
        read = visitor.ask("walk", keys=_PAGES * _PAGING, seconds=seconds)
        beside = others.hear(seconds + 120)["taken"]
        most = _memory(server)
        visitor.ask("leave")
    if read["gone"] or not read["answered"]:
        raise BenchError(f"{name}: {read['answered']} keys were answered, the visit ended: {bool(read['gone'])}")
    time.sleep(_AFTER)
    after = _memory(server)
    slower = (figures.percentile(beside, 99) - figures.percentile(without, 99)) * 1000
    bench.say(f"{what}: {slower:.0f} ms more, {before:.0f} → {most:.0f} → {after:.0f} MiB\n")
    told = f"{_p99(beside)}; his keys: median {figures.percentile(read['taken'], 50) * 1000:.0f} ms"
    return [
        Row(
            f"one visitor pages through an {what}: p99 of {_OTHERS} others",
            told,
            f"{_p99(without)} (without)",
            goal=Goal(slower, _SLOWER, "ms more"),
        ),
        Row(
            f"the worker's own memory {_AFTER:.0f} s after he left",
            f"{after:.0f} MiB (while he read {most:.0f})",
            f"{before:.0f} MiB (before)",
            after / before,
            _MORE,
        ),
    ]


def _p99(taken: list[float]) -> str:
    return f"{figures.percentile(taken, 99) * 1000:.1f} ms"


def _visited_by(server: Server, user: str) -> Server:
    return Server(server.name, server.processes()[0].pid, server.port, user, server.key)


def _memory(server: Server) -> float:
    """Return the MiB that the one worker has for itself, without the process that searches for it."""
    workers = [process for process in server.processes() if "tui.kiosk.worker.worker" in process.cmdline()]
    [worker] = workers
    return float(psutil.Process(worker.pid).memory_full_info().uss) / 1024**2


def _content(folder: Path) -> Path:
    """Write a briefing for each size, and a small one for the others."""
    if not folder.exists():
        for size in _ENTRIES:
            _write(
                folder,
                f"entry-{size}",
                (_WORDS * (size * _MB // len(_WORDS))).strip(),
                f"A pond, {_QUOTE}, and no more.",
            )
        for size in _TEXTS:
            paragraph = f"{(_WORDS * 80).strip()}.\n\n"
            half = paragraph * (size * _MB // len(paragraph) // 2)
            _write(folder, f"text-{size}", "A short claim.", f"{half}A pond, {_QUOTE}, and no more.\n\n{half}")
        small = folder / _SMALL / "briefing.toml"
        small.parent.mkdir()
        small.write_text(generate.briefing(_SMALL, "Accounts of a trade", 60), encoding="utf-8")
    return folder


def _write(folder: Path, name: str, text: str, held: str) -> None:
    data = held.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    (folder / name / "held").mkdir(parents=True)
    (folder / name / "held" / "pond.txt").write_bytes(data)
    (folder / name / "briefing.toml").write_text(
        f'format = 1\n\n[briefing]\nid = "{name}"\ntitle = "A {name}"\nbluf = "It is long."\nlang = "en"\n'
        f'as_of = "2026-11-22"\n\n[[source]]\nid = "pond"\ntype = "book"\ntitle = "The pond book"\n'
        f'unknown = ["author", "publisher", "issued", "url"]\nheld = "pond.txt"\nsha256 = "{sha256}"\n\n'
        f'[[claim]]\nid = "one"\ntext = "{text}"\ncite = [{{ source = "pond", quote = "{_QUOTE}" }}]\n',
        encoding="utf-8",
    )
