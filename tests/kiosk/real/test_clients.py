"""The clients that people have: OpenSSH in tmux, paramiko, dropbear and PuTTY; each reads, leaves, and is left in order."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import paramiko
import pyte
import pytest

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import Serving
from tests.kiosk.real.test_refusals import paramiko_client
from tests.programs import program


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Serve the bundled briefings."""
    with Serving(tmp_path_factory.mktemp("clients"), visits_a_minute=1000) as serving:
        yield serving


class Tmux:
    """A tmux of its own, with one window in which a shell runs."""

    def __init__(self, folder: Path) -> None:
        program("tmux")
        self._socket = str(folder / "tmux")
        self.run("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40", "env", "PS1=before$ ", "sh")

    def run(self, *words: str) -> str:
        command = ["tmux", "-S", self._socket, *words]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout

    def type(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def shows(self, words: str, seconds: float = 20.0) -> str:
        until = time.monotonic() + seconds
        while words not in (shown := self.run("capture-pane", "-p")):
            assert time.monotonic() < until, f"{words!r} is not on:\n{shown}"
            time.sleep(0.1)
        return shown


def test_openssh_in_tmux(kiosk: Serving, tmp_path: Path) -> None:
    """The reader is there, follows the window's size, and leaves the screen, the cursor and the modes as they were."""
    program("ssh")
    tmux = Tmux(tmp_path)
    try:
        tmux.shows("before$")
        script = tmp_path / "visit"
        script.write_text(" ".join(ssh_command(tmp_path, kiosk.port, "handbook", None)), encoding="utf-8")
        tmux.type(f"sh {script}", "Enter")
        tmux.shows("q quit")
        tmux.type("2")
        tmux.shows("1/")
        tmux.run("resize-window", "-x", "90", "-y", "30")
        tmux.type("j")
        shown = tmux.shows("2/")
        assert max(map(len, shown.splitlines())) <= 90
        told = "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{pane_in_mode}"
        assert tmux.run("display-message", "-p", told).split()[0] == "1"
        tmux.type("q")
        shown = tmux.shows("before$")
        time.sleep(0.5)
        assert "q quit" not in tmux.run("capture-pane", "-p")
        assert tmux.run("display-message", "-p", told).split() == ["0", "1", "0", "0"]
        tmux.type("echo it $((40 + 2)) works", "Enter")
        tmux.shows("it 42 works")
    finally:
        tmux.run("kill-server")


def test_paramiko(kiosk: Serving) -> None:
    """A client in pure Python, with its own order of algorithms."""
    client = paramiko_client(kiosk, "kiosk")
    channel = client.invoke_shell("xterm-256color", 100, 30)
    screen = pyte.Screen(100, 30)
    stream = pyte.ByteStream(screen)
    _until(channel, screen, stream, "q quit")
    channel.send(b"?")
    _until(channel, screen, stream, "help")
    channel.resize_pty(80, 24)
    channel.send(b"\x1b")
    channel.send(b"q")
    channel.settimeout(20)
    while channel.recv(65536):
        pass
    assert channel.recv_exit_status() == 0
    client.close()


def _until(channel: paramiko.Channel, screen: pyte.Screen, stream: pyte.ByteStream, words: str) -> None:
    channel.settimeout(20)
    while not any(words in line.lower() for line in screen.display):
        data = channel.recv(65536)
        assert data, "the visit ended"
        stream.feed(data.replace(b"\x1b[?2026$p", b""))


@pytest.mark.parametrize(
    ("client", "words"),
    [
        ("dbclient", ["-y", "-y", "-p", "{port}", "reader@127.0.0.1", "list"]),
        ("plink", ["-batch", "-ssh", "-hostkey", "{fingerprint}", "-P", "{port}", "reader@127.0.0.1", "list"]),
    ],
)
def test_other_clients(kiosk: Serving, client: str, words: list[str]) -> None:
    """Dropbear's and PuTTY's clients come in and get the list."""
    path = program(client)
    scanned = subprocess.run(
        ["ssh-keyscan", "-p", str(kiosk.port), "-t", "ed25519", "127.0.0.1"],
        capture_output=True,
        check=True,
        timeout=30,
    ).stdout
    told = subprocess.run(["ssh-keygen", "-lf", "-"], input=scanned, capture_output=True, check=True, timeout=30).stdout
    filled = [word.format(port=kiosk.port, fingerprint=told.decode().split()[1]) for word in words]
    done = subprocess.run(
        [path, *filled], capture_output=True, text=True, check=False, timeout=60,
        env=dict(kiosk.environment), stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert "handbook" in done.stdout, done.stderr
