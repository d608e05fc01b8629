"""Hosts behind one address, for tests: kiosks with one key on addresses of this machine, and HAProxy before them."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.kiosk.openssh import free_port
from tests.kiosk.real.serving import Serving
from tests.programs import program
from tui.kiosk.operations.balancer import haproxy
from tui.kiosk.operations.settings import Settings
from tui.kiosk.ssh.host_keys import FILE_NAME, host_key

HOSTS = ("127.0.0.11", "127.0.0.12", "127.0.0.13")
"""Addresses of this machine, so that the hosts can have the same ports, as the printed configuration has them."""


class Upgraded(Serving):
    """A kiosk whose processes of both versions are ended at last."""

    notify = ""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, **({"NOTIFY_SOCKET": self.notify} if self.notify else {})}

    def __exit__(self, *error: object) -> None:
        for pid in self.successors():
            with suppress(psutil.NoSuchProcess):
                psutil.Process(pid).terminate()
                psutil.Process(pid).wait(30)
        super().__exit__(*error)

    def successors(self) -> list[int]:
        """The processes that took over, the first one first."""
        return [int(line.rpartition("=")[2]) for line in self.log.splitlines() if " handed-over " in line]

    def kill(self) -> None:
        """End the processes of all versions at once, as a machine that fails."""
        for pid in (*self.successors(), self.process.pid if self.process else 0):
            with suppress(psutil.NoSuchProcess):
                parent = psutil.Process(pid)
                for process in (parent, *parent.children(recursive=True)):
                    with suppress(psutil.NoSuchProcess):
                        process.kill()


def hosted(folder: Path, number: int = 2, **settings: object) -> list[Upgraded]:
    """Prepare hosts with one key and one port, which know the balancer."""
    key = folder / "host_key"
    if not key.exists():
        host_key(None, folder)
        (folder / FILE_NAME).rename(key)
    usual = {"port": free_port(), "proxies": ["127.0.0.1/32"], "host_key": str(key)} | settings
    kiosks = []
    for host in HOSTS[:number]:
        (folder / host).mkdir()
        kiosks.append(Upgraded(folder / host, host=host, metrics_host=host, **usual))
    return kiosks


@contextmanager
def proxied(folder: Path, settings: Settings, number: int = 2, *, version: str = "-v2") -> Iterator[int]:
    """Run HAProxy before the hosts, as it is printed but for port and pace; give its port."""
    program_file = program("haproxy")
    port = free_port()
    text = haproxy(settings, HOSTS[:number])
    for written, here in (
        ("bind :22\n", f"bind 127.0.0.1:{port}\n"),
        ("inter 2s fall 2", "inter 300ms fall 1"),
        ("send-proxy-v2", f"send-proxy{version}"),
    ):
        assert text.count(written) == 1, written
        text = text.replace(written, here)
    config = folder / "haproxy.cfg"
    config.write_text(text, encoding="utf-8")
    log = folder / "haproxy.log"
    with log.open("wb") as out:
        process = subprocess.Popen([program_file, "-db", "-f", str(config)], stdout=out, stderr=out)
    try:
        assert listens(port, 15), log.read_text(encoding="utf-8")
        yield port
    finally:
        process.terminate()
        process.wait(15)


def listens(port: int, seconds: float) -> bool:
    """Wait until something listens at a port; tell whether it does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.05)
    return False
