"""The two servers that are compared, each with its whole tree of processes: ours, and OpenSSH with ForceCommand."""

import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import psutil

from tests.bench.home import TOP, Home, briefing
from tests.bench.terminal import BenchError
from tests.kiosk.openssh import Sshd
from tui.kiosk.operations.deployment import sshd_snippet
from tui.kiosk.operations.settings import Settings

_READY: Final = re.compile(r"ready at \S+ port (\d+)")
_MANY: Final = 100_000
_UNLIMITED: Final = (
    "visits", "visits_by_address", "visits_a_minute", "waiting", "waiting_by_address",
)  # fmt: skip
"""Limits that a load from one address would run into; those on each visit stay as they are."""


class Server:
    """A server and all processes that came from it."""

    def __init__(self, name: str, pid: int, port: int, user: str, key: str) -> None:
        """Take a server that runs."""
        self.name, self.port, self.user, self.key = name, port, user, key
        self._root = psutil.Process(pid)

    def processes(self) -> list[psutil.Process]:
        """Give its processes, itself first."""
        return [self._root, *self._root.children(recursive=True)]

    def memory(self) -> float:
        """Give the MiB that its processes have for themselves (USS)."""
        total = 0
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                total += process.memory_full_info().uss
        return total / 1024**2

    def cpu(self) -> float:
        """Give the seconds of CPU of its processes and of their threads that ended, to the nanosecond."""
        total = 0.0
        for process in self.processes():
            with suppress(OSError):
                # The kernel's number for the clock of another process (CPUCLOCK_SCHED of include/linux/posix-timers.h).
                total += time.clock_gettime((~process.pid << 3) | 2)
        return total

    def files(self) -> int:
        """Give how many file descriptors its processes have."""
        return sum(process.num_fds() for process in self.processes())

    def threads(self) -> int:
        """Give how many threads its processes have."""
        return sum(process.num_threads() for process in self.processes())


class Kiosk:
    """`briefing kiosk` as an operator starts it, but for the limits by address."""

    def __init__(
        self, home: Home, content: Path | None = None, options: Sequence[str] = (), *, metrics_port: int = 0
    ) -> None:
        """Write its configuration."""
        self._home = home
        config = home.folder / "kiosk.toml"
        settings = dict.fromkeys(_UNLIMITED, _MANY) | {"metrics_port": metrics_port}
        config.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()), encoding="utf-8")
        chosen = ("--content", str(content)) if content else ()
        self._command = briefing("kiosk", "--port", "0", "--config", str(config), *chosen, *options)
        self.log = home.folder / "kiosk.log"

    def __enter__(self) -> Server:
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, env=self._home.environment, stdout=subprocess.PIPE, stderr=log, cwd=TOP
            )
        port = ready_port(self._process)
        if not port:
            self.__exit__(None, None, None)
            raise BenchError(f"the kiosk is not ready: {self.log.read_text(errors='replace')[-600:]}")
        return Server("ours", self._process.pid, port, "kiosk", "")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill() if kind else self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(15)


class ForceCommand:
    """Debian's sshd with the snippet that the kiosk prints."""

    def __init__(self, home: Home, folder: Path) -> None:
        """Write its configuration."""
        folder.mkdir(parents=True, exist_ok=True)
        self._sshd = Sshd(folder, "", more=["MaxStartups 1000", "LoginGraceTime 300"])
        # sshd hands nothing of its own environment on; a wrapper stands for the home that the user would have.
        wrapper = folder / "briefing"
        exports = "".join(f"export {name}='{value}'\n" for name, value in home.environment.items() if name != "TERM")
        wrapper.write_text(f'#!/bin/sh\n{exports}exec {briefing()[0]} "$@"\n', encoding="utf-8")
        wrapper.chmod(0o755)
        settings = Settings(access="authorized-keys", authorized_keys=str(self._sshd.authorized))
        with self._sshd.config.open("a", encoding="utf-8") as config:
            config.write(sshd_snippet(settings, [str(wrapper)], self._sshd.user))

    def __enter__(self) -> Server:
        self._sshd.__enter__()
        process = self._sshd.process
        if process is None:
            raise BenchError("sshd does not run")
        return Server("ForceCommand", process.pid, self._sshd.port, self._sshd.user, str(self._sshd.key))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._sshd.process
        if process is None:
            return
        left = psutil.Process(process.pid).children(recursive=True)
        self._sshd.__exit__()
        for child in left:
            with suppress(psutil.NoSuchProcess):
                child.kill()


class Generator:
    """The load generator's process."""

    def __init__(self, server: Server) -> None:
        """Start it for a server."""
        command = [sys.executable, "-m", "tests.bench.kiosk.crowd", str(server.port), server.user, server.key]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=TOP, text=True, env=dict(os.environ)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait(15)
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()

    def tell(self, do: str, /, **what: Any) -> None:
        """Give a command without waiting for its answer."""
        if self._process.stdin:
            self._process.stdin.write(json.dumps({"do": do, **what}) + "\n")
            self._process.stdin.flush()

    def hear(self, seconds: float) -> dict[str, Any]:
        """Wait for the answer to the last command.

        Raises:
            BenchError: none came in time, or it was an error.
        """
        line = _line_of(self._process, seconds)
        answer: dict[str, Any] = json.loads(line) if line else {"error": f"no answer within {seconds:.0f} s"}
        if "error" in answer:
            raise BenchError(f"load generator: {answer['error']}")
        return answer

    def ask(self, do: str, patience: float = 120.0, /, **what: Any) -> dict[str, Any]:
        """Give a command and wait for its answer."""
        self.tell(do, **what)
        return self.hear(patience)


def ready_port(process: "subprocess.Popen[Any]") -> int:
    """Wait until a server says its port. Give 0 where it does not."""
    line, match = " ", None
    while line and not match:
        line = _line_of(process, 120)
        match = _READY.match(line)
    return int(match[1]) if match else 0


def _line_of(process: "subprocess.Popen[Any]", seconds: float) -> str:
    """Read a line of a process's output, as text; empty where none comes in time."""
    lines: queue.Queue[str | bytes] = queue.Queue()
    stream = process.stdout
    if stream is None:
        return ""
    threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=seconds)
    except queue.Empty:
        return ""
    return line if isinstance(line, str) else line.decode("utf-8", "replace")
