"""A real kiosk for tests: `briefing kiosk` in processes of its own, on a loopback port, with a home of its own."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, Self

import psutil
import pyte

from tests.bench.kiosk.visitor import Visitor
from tests.bench.terminal import COLUMNS, ROWS

FIRST_FRAME: Final = "q quit"
"""What stands at the end of the last row of the front page."""
_READY: Final = re.compile(r'(?:ready at \S+ port |.*"event": "ready", .*"port": )(\d+)')


class Watching(Visitor):
    """A visitor who looks at the screen, since only cells that changed are sent."""

    def __init__(self, columns: int = COLUMNS, rows: int = ROWS) -> None:
        super().__init__()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        """All that came."""

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self.sent += data
        # pyte takes the question for synchronised frames for text.
        self._stream.feed(data.replace(b"\x1b[?2026$p", b""))
        super().data_received(data, datatype)

    async def shows(self, words: str, seconds: float = 20.0) -> None:
        """Wait until some words are on the screen, in one line."""
        until = time.monotonic() + seconds
        while not any(words in line for line in self.screen.display):
            assert time.monotonic() < until, f"{words!r} is not on:\n" + "\n".join(self.screen.display)
            assert not self.gone, "the visit ended"
            await asyncio.sleep(0.02)


class Serving:
    """A kiosk that runs."""

    def __init__(self, folder: Path, **settings: object) -> None:
        """Prepare it; settings are those of its configuration."""
        self.folder = folder
        self.config = folder / "kiosk.toml"
        self.settings: dict[str, object] = {"port": 0, "workers": 1, **settings}
        self.log_file = folder / "kiosk.log"
        self.program = [sys.executable, "-m", "tui"]
        self.started_in = Path(__file__).parents[3]
        self.port = 0
        self.process: subprocess.Popen[str] | None = None
        self.write_config()

    def write_config(self) -> None:
        """Write the settings."""
        lines = [f"{name} = {_toml(value)}\n" for name, value in self.settings.items()]
        self.config.write_text("".join(lines), encoding="utf-8")

    @property
    def environment(self) -> Mapping[str, str]:
        """What it runs in: nothing of whoever runs the tests."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
        kept |= {name: value for name, value in os.environ.items() if name.startswith("COVERAGE")}
        homes = {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("CACHE", "STATE", "DATA", "CONFIG")}
        return {**kept, **homes, "HOME": str(self.folder), "LANG": "C.UTF-8"}

    def __enter__(self) -> Self:
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.program, "kiosk", "--config", str(self.config)],
                env=dict(self.environment), stdout=subprocess.PIPE, stderr=log, text=True,
                cwd=self.started_in,
            )  # fmt: skip
        assert self.process.stdout
        for line in self.process.stdout:
            if match := _READY.match(line):
                self.port = int(match[1])
                return self
        self.__exit__()
        raise AssertionError(f"the kiosk did not start: {self.log}")

    def __exit__(self, *_error: object) -> None:
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                for process in self.tree():
                    process.kill()
                self.process.wait(20)
            if self.process.stdout:
                self.process.stdout.close()

    def admin(self, *words: object, code: int = 0) -> str:
        """Run a command of its administrator, as its user; return all that it writes."""
        done = subprocess.run(
            [*self.program, "kiosk", *map(str, words)], env=dict(self.environment), cwd=self.started_in, timeout=60,
            check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert code == done.returncode, done.stdout
        return done.stdout

    @property
    def log(self) -> str:
        """All that it logged."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def logged(self, pattern: str, seconds: float = 20.0) -> re.Match[str]:
        """Wait until a line of the log matches."""
        until = time.monotonic() + seconds
        while not (match := re.search(pattern, self.log, re.MULTILINE)):
            assert time.monotonic() < until, f"{pattern!r} was not logged within {seconds} s in: {self.log[-2000:]}"
            time.sleep(0.05)
        return match

    def tree(self) -> list[psutil.Process]:
        """Give its processes, the parent first."""
        assert self.process
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def workers(self) -> list[psutil.Process]:
        """Give the processes that serve; their search processes are below them."""
        children: list[psutil.Process] = self.tree()[0].children()
        return children

    def memory(self) -> float:
        """Give the MiB that its processes have for themselves."""
        return float(sum(process.memory_full_info().uss for process in self.tree())) / 1024**2

    def signal(self, number: signal.Signals) -> None:
        """Send the parent a signal."""
        assert self.process
        self.process.send_signal(number)

    @asynccontextmanager
    async def visitor(self, user: str = "kiosk", *, seen: bool = True, **session: Any) -> AsyncIterator[Watching]:
        """Let a visitor in, and wait for the first frame."""
        visitor = Watching()
        try:
            await visitor.arrive(self.port, user, **session)
            if seen:
                await visitor.shows(FIRST_FRAME, 30)
            yield visitor
        finally:
            await visitor.leave()


async def answered(visitor: Visitor, seconds: float = 10.0) -> float:
    """Press keys that change the screen, and give the seconds until they did; a visit that does not answer fails."""
    await visitor.settle(0.3)
    began = visitor.press(b"?")
    await visitor.byte(seconds)
    assert visitor.first_byte, "the help did not open"
    taken = visitor.first_byte - began
    await visitor.settle(0.2)
    visitor.press(b"\x1b")
    await visitor.byte(seconds)
    assert visitor.first_byte, "the help did not close"
    return taken


async def until(holds: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Wait until something holds, for so long at most; tell whether it does."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.05)
    return holds()


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return f"'{value}'" if isinstance(value, str) else str(value)
