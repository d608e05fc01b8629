"""OpenSSH's server, for oneself: a process on a loopback port with a configuration and keys of its own."""

import getpass
import os
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

from tests.programs import found

_SEPARATION: Final = Path("/run/sshd")
"""The empty folder that Debian's sshd locks its unprivileged part into; its unit makes it, and it insists on it."""


def sshd_program() -> Path:
    """Give the server's path.

    Raises:
        FileNotFoundError: it is not installed.
    """
    path = found("sshd")
    if not path:
        raise FileNotFoundError("OpenSSH's server is not installed (Debian: openssh-server)")
    return Path(path)


class Sshd:
    """A running sshd that lets in its own user, by a key that is made for it."""

    def __init__(self, folder: Path, snippet: str, *, more: Sequence[str] = ()) -> None:
        """Write its configuration: what it needs to run as whoever this is, and the snippet.

        Raises:
            FileNotFoundError: it is not installed, or cannot be run here.
        """
        self._program = sshd_program()
        if os.geteuid() == 0:
            _SEPARATION.mkdir(mode=0o755, exist_ok=True)
        self.folder = folder
        self.user = getpass.getuser()
        self.port = free_port()
        for name in ("host", "visitor"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(command, check=True, timeout=60)
        self.key = folder / "visitor"
        self.authorized = folder / "visitor.pub"
        self.config = folder / "sshd_config"
        self.log = folder / "sshd.log"
        lines = [
            f"Port {self.port}", "ListenAddress 127.0.0.1", f"HostKey {folder / 'host'}", "PidFile none",
            "Subsystem sftp internal-sftp", "UsePAM no", "StrictModes no", "PermitRootLogin yes", "LogLevel VERBOSE", *more,
        ]  # fmt: skip
        self.config.write_text("\n".join([*lines, "", snippet]), encoding="utf-8")
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [self._program, "-D", "-e", "-f", self.config], stdin=subprocess.DEVNULL, stderr=log
            )
        until = time.monotonic() + 20
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        self.__exit__()
        raise RuntimeError(f"sshd did not start: {self.log.read_text(errors='replace')[-500:]}")

    def __exit__(self, *_error: object) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)

    def effective(self, user: str) -> str:
        """Give the settings that hold for a user, as sshd itself reads them; a mistake in them is an error."""
        command: list[str | Path] = [self._program, "-T", "-f", self.config, "-C", f"user={user},host=x,addr=127.0.0.1"]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

    def ssh(self, *words: str, key: Path | None = None) -> list[str]:
        """Give the command of a client that comes in and trusts nothing but this server."""
        return ssh_command(self.folder, self.port, self.user, key or self.key, *words)


def ssh_command(folder: Path, port: int, user: str, key: Path | None, *words: str) -> list[str]:
    """Give the command of OpenSSH's client, kept away from its user's own files; options in the words come first."""
    options = [
        "-F", "none", "-p", str(port), "-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={folder / 'known'}",
        "-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", "ConnectTimeout=20", "-o", "IdentityAgent=none",
    ]  # fmt: skip
    identity = ["-o", "IdentitiesOnly=yes", "-i", str(key)] if key else ["-o", "PubkeyAuthentication=no"]
    places = [place for place, word in enumerate(words) if word == "--"]
    flags, rest = (words[: places[0]], words[places[0] + 1 :]) if places else ((), words)
    return ["ssh", *options, *identity, *flags, f"{user}@127.0.0.1", *rest]


def free_port() -> int:
    """Give a port that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
