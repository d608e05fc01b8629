"""Every row of the kiosk's table of figures, in one run: ours, and beside it what one would do without us."""

import statistics
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.bench import figures
from tests.bench.bench import Bench
from tests.bench.figures import Goal, Row
from tests.bench.kiosk import handshakes
from tests.bench.kiosk.servers import ForceCommand, Generator, Kiosk, Server
from tests.bench.terminal import BenchError

FIRST_FRAME: Final = ["q quit"]
"""The end of the status line, the last row of the front page."""
OPENING: Final = "\r2"
"""Keys from the front page to the claims of the first briefing."""
_STARTS: Final = 20
_QUIET: Final = 1.6
"""Seconds between arrivals that a pool of started readers has to be filled again."""
_REST: Final = 15.0
"""For how long idle CPU is counted."""
_ROUNDS: Final = 5
_REST_AT_WORD: Final = 0.5
"""Seconds for which one who searches looks at what his word brings: as long as he types, nothing may be searched at all."""


class Found(NamedTuple):
    """What one server was measured to take."""

    memory: float
    """MiB a visit."""
    start: list[float]
    """Seconds of CPU from the connection to the first frame, nobody having started anything ahead."""
    key: float
    """Seconds of CPU a key."""
    bytes: float
    """Bytes a key."""
    taken: list[float]
    """Seconds to the first byte of each repaint, a key a second."""
    lost: int
    burst: list[float]
    """The same in bursts."""


def run(bench: Bench) -> list[Row]:
    """Measure everything: first what both servers do, then what ours alone can be held to."""
    beside = None if bench.alone else _force_command(bench)
    with Kiosk(bench.filled_home("kiosk")) as server:
        with Generator(server) as crowd:
            pooled = _pooled(bench, server, crowd)
        ours = _visits(bench, server, bench.visits, together=1)
    rows = [*_compared(bench.visits, ours, beside), *_pool_rows(pooled, ours.start)]
    with Kiosk(bench.filled_home("kiosk")) as server, Generator(server) as crowd:
        rows += _together(bench, crowd, 2 * bench.visits)
        rows += _readers(bench, crowd, 5 * bench.visits, here=2 * bench.visits)
        rows.append(_at_rest(bench, server, 5 * bench.visits))
        rows += _readers(bench, crowd, 10 * bench.visits, here=5 * bench.visits)
        crowd.ask("leave")
    return [*rows, handshakes.row(bench), *_neighbours(bench)]


def _force_command(bench: Bench) -> Found | None:
    """Measure OpenSSH with ForceCommand; None where it is not installed."""
    try:
        with ForceCommand(bench.filled_home("kiosk-sshd"), bench.folder / "sshd") as server:
            return _visits(bench, server, min(bench.visits, 100), together=3)
    except FileNotFoundError as reason:
        bench.say(f"kiosk: {reason}\n")
        return None


def _visits(bench: Bench, server: Server, number: int, together: int) -> Found:
    """Let visitors in one after another, let them rest, and let them read."""
    with Generator(server) as crowd:
        bench.say(f"kiosk: {server.name}, first visits")
        for _ in range(3):  # whatever is made once is made
            crowd.ask("arrive", number=2, expected=FIRST_FRAME, stay=False)
        time.sleep(2)
        empty, start = server.memory(), []
        starts = min(_STARTS, bench.visits)
        bench.say(f"kiosk: {server.name}, {starts} starts")
        for place in range(2 * starts if server.name == "ours" else starts):
            before = server.cpu()
            crowd.ask("arrive", number=1, expected=FIRST_FRAME)
            # Those that follow at once find no reader that was started ahead: nothing is while somebody comes.
            if place >= starts or server.name != "ours":
                start.append(server.cpu() - before)
        crowd.ask("leave")
        time.sleep(3)
        bench.say(f"kiosk: {server.name}, {number} visitors arrive")
        crowd.ask("arrive", 600, number=number, expected=FIRST_FRAME, together=together, opening=OPENING)
        time.sleep(4)
        memory = (server.memory() - empty) / number
        bench.say(f"kiosk: {server.name}, {number} visitors read")
        crowd.ask("press", number=number, every=1.0, seconds=4.0)
        before = server.cpu()
        human = crowd.ask("press", number=number, every=1.0, seconds=bench.seconds)
        spent = server.cpu() - before
        _check(human, server.name)
        keys = len(human["taken"]) + human["lost"]
        burst = crowd.ask("press", number=number, every=1.0, seconds=bench.seconds / 2, burst=True)
        crowd.ask("leave")
    return Found(memory, start, spent / keys, human["bytes"] / keys, human["taken"], human["lost"], burst["taken"])


def _check(answer: dict[str, Any], server: str) -> None:
    """Refuse figures of a server that did not do its work."""
    if answer["gone"] or not answer["taken"]:
        raise BenchError(f"{server}: {answer['gone']} visits ended, {answer['lost']} keys had no answer")


def _pooled(bench: Bench, server: Server, crowd: Generator) -> tuple[list[float], list[float], list[float]]:
    """Let visitors come and go now and then; give CPU, seconds from login and from the connection to the first frame."""
    bench.say(f"kiosk: {min(_STARTS, bench.visits)} visitors who find a reader started ahead")
    crowd.ask("arrive", 20, number=3, expected=FIRST_FRAME, stay=False)
    cpu, frame, whole = [], [], []
    for _ in range(min(_STARTS, bench.visits)):
        time.sleep(_QUIET)
        before = server.cpu()
        answer = crowd.ask("arrive", number=1, expected=FIRST_FRAME)
        cpu.append(server.cpu() - before)
        frame += answer["frame"]
        whole += answer["all"]
    crowd.ask("leave")
    time.sleep(2)
    return cpu, frame, whole


def _together(bench: Bench, crowd: Generator, number: int) -> list[Row]:
    bench.say(f"kiosk: {number} visitors press at one moment")
    crowd.ask("arrive", 600, number=number, expected=FIRST_FRAME, together=2, opening=OPENING)
    time.sleep(4)
    last, lost = [], 0
    for _ in range(2 if bench.alone else _ROUNDS):
        answer = crowd.ask("together", number=number)
        last.append(max(answer["taken"], default=float("inf")))
        lost += answer["lost"]
        time.sleep(1)
    value = statistics.median(last) * 1000
    text = f"{value:.0f} ms, {lost} unanswered"
    return [Row(f"{number} visitors press a key at one moment: last repaint", text, "", goal=Goal(value, 600, "ms"))]


def _readers(bench: Bench, crowd: Generator, number: int, here: int) -> list[Row]:
    bench.say(f"kiosk: {number} readers arrive")
    crowd.ask("arrive", 900, number=number - here, expected=FIRST_FRAME, together=2, opening=OPENING)
    time.sleep(5)
    bench.say(f"kiosk: {number} readers at a key every 5 s")
    crowd.ask("press", number=number, every=5.0, seconds=6.0)
    answer = crowd.ask("press", number=number, every=5.0, seconds=max(bench.seconds, 5.0 if bench.alone else 25.0))
    _check(answer, "ours")
    slow = figures.percentile(answer["taken"], 95) * 1000
    name = f"{number:,} readers at a key every 5 s"
    return [
        Row(f"{name}, first byte of the repaint", latency(answer["taken"]), "", goal=Goal(slow, 50, "ms (p95)")),
        Row(f"{name}, unanswered", str(answer["lost"]), "", goal=Goal(answer["lost"], 0, "keys")),
    ]


def _at_rest(bench: Bench, server: Server, number: int) -> Row:
    bench.say(f"kiosk: {number} visitors at rest")
    time.sleep(5)
    before, began = server.cpu(), time.perf_counter()
    time.sleep(min(_REST, bench.seconds))
    idle = (server.cpu() - before) / (time.perf_counter() - began) * 100
    return Row(f"CPU with {number} visitors at rest", f"{idle:.2f} % of a core", "", goal=Goal(idle, 1, "%"))


def _neighbours(bench: Bench) -> list[Row]:
    """Measure the others while one visitor does what a visitor should not."""
    rows = []
    with Kiosk(bench.filled_home("kiosk")) as server:
        for name, what in (("floods", "flood"), ("pastes 10 MB", "paste")):
            rows.append(_beside(bench, server, name, what, {}))
    content = _passages(bench)
    words = ["count", "train", "price of", "figure", "trade"]
    with Kiosk(bench.filled_home("kiosk-many", content), content) as server:
        rows.append(
            _beside(
                bench, server, f"searches {bench.passages:,} passages", "ask", {"words": words, "rest": _REST_AT_WORD}
            )
        )
    return rows


def _beside(bench: Bench, server: Server, name: str, what: str, more: dict[str, Any]) -> Row:
    """Let a tenth of the visitors read, without and with one who does something, in turns."""
    number = max(10, bench.visits // 5)
    bench.say(f"kiosk: one visitor {name}, {number} others read")
    without: list[float] = []
    beside: list[float] = []
    with Generator(server) as crowd:
        crowd.ask("arrive", 300, number=number, expected=FIRST_FRAME, together=2, opening=OPENING)
        time.sleep(2)
        crowd.ask("press", number=number, every=1.0, seconds=3.0)
        for _ in range(1 if bench.alone else 3):
            without += crowd.ask("press", number=number, every=1.0, seconds=bench.seconds / 2)["taken"]
            with Generator(server) as other:
                other.ask("arrive", number=1, expected=FIRST_FRAME)
                time.sleep(1)
                other.tell(what, seconds=bench.seconds / 2, **more)
                beside += crowd.ask("press", number=number, every=1.0, seconds=bench.seconds / 2)["taken"]
            time.sleep(1)
        crowd.ask("leave")
    quiet, loud = (figures.percentile(taken, 95) for taken in (without, beside))
    measure = f"one visitor {name}: p95 of {number} others"
    return Row(measure, latency(beside), f"{latency(without)} (without)", loud / quiet, 1.2, figure=loud)


def _passages(bench: Bench) -> Path:
    """Give a library whose entries make so many passages."""
    entries = 10_000
    folder = bench.folder / f"passages-{bench.passages}"
    if not folder.exists():
        from tests.bench import generate

        for place in range(max(1, bench.passages // entries)):
            bench.say(f"kiosk: writing {bench.passages:,} passages: {place * entries:,}")
            file = folder / f"trade-{place}" / "briefing.toml"
            file.parent.mkdir(parents=True)
            file.write_text(
                generate.briefing(f"trade-{place}", f"Accounts of trade {place}", entries), encoding="utf-8"
            )
    return folder


def _compared(number: int, ours: Found, beside: Found | None) -> list[Row]:
    """Write the rows that both servers have."""
    start = figures.percentile(ours.start, 95) * 1000
    p50, p95, p99 = (figures.percentile(ours.taken, part) * 1000 for part in (50, 95, 99))
    name = f"key to the first byte of its repaint, {number} visitors at a key a second"
    other = {
        "memory": (f"{beside.memory:.1f} MiB", ours.memory / beside.memory),
        "start": (figures.milliseconds(beside.start), figures.ratio(ours.start, beside.start)),
        "key": (f"{beside.key * 1000:.1f} ms", ours.key / beside.key),
        "bytes": (f"{beside.bytes:,.0f}", ours.bytes / beside.bytes),
        "taken": (f"{latency(beside.taken)}, {beside.lost} unanswered", figures.ratio(ours.taken, beside.taken)),
        "burst": (latency(beside.burst), figures.ratio(ours.burst, beside.burst)),
    } if beside else {}  # fmt: skip

    def row(measure: str, kind: str, text: str, value: float | None = None, bar: float = 0, unit: str = "",
            figure: float | None = None) -> Row:  # fmt: skip
        words, ratio = other.get(kind, ("", None))
        goal = Goal(value, bar, unit) if value is not None else None
        return Row(measure, text, words, ratio, goal=goal, figure=figure)

    rows = [
        row("memory a visit", "memory", f"{ours.memory:.2f} MiB", ours.memory, 0.75, "MiB"),
        row("CPU to the first frame, cold", "start", figures.milliseconds(ours.start), start, 100, "ms (p95)"),
        row("CPU a key", "key", f"{ours.key * 1000:.1f} ms", ours.key * 1000, 8, "ms"),
        row("bytes a key", "bytes", f"{ours.bytes:,.0f}", ours.bytes, 1800, "bytes"),
        row(f"{name}, p50", "taken", f"{latency(ours.taken)}, {ours.lost} unanswered", p50, 10, "ms"),
        row("the same, p95", "taken", f"{p95:.1f} ms", p95, 40, "ms"),
        row("the same, p99", "taken", f"{p99:.1f} ms", p99, 80, "ms"),
        row("the same in bursts of 5 keys", "burst", latency(ours.burst), figure=statistics.median(ours.burst)),
    ]
    if beside:
        memory, key = ours.memory / beside.memory, ours.key / beside.key
        rows.insert(1, Row("the same, by ForceCommand's", "", "", memory, 1 / 15))
        rows.insert(4, Row("the same, by ForceCommand's", "", "", key, 0.25))
    return rows


def _pool_rows(pooled: tuple[list[float], list[float], list[float]], cold: list[float]) -> list[Row]:
    cpu, frame, whole = pooled
    slow = figures.percentile(frame, 95) * 1000
    alone = statistics.median(cold) * 1000
    words = f"{latency(frame)} from login; from the connection {latency(whole)}; CPU {figures.milliseconds(cpu)}"
    return [
        Row("first frame from a pool of started readers", words, "", goal=Goal(slow, 40, "ms (p95)")),
        Row("the same from login, p95", f"{slow:.1f} ms", f"{alone:.1f} ms (CPU of a cold one)", slow / alone, 0.7),
    ]


def latency(seconds: list[float]) -> str:
    """Write the percentiles of some durations."""
    if len(seconds) < 2:
        return "none"
    p50, p95, p99 = (figures.percentile(seconds, part) * 1000 for part in (50, 95, 99))
    return f"{p50:.1f}/{p95:.1f}/{p99:.1f} ms"
