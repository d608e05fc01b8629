"""A PostgreSQL of Debian for tests: a cluster of its own on a Unix socket and a loopback port, in bounded time."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

import psycopg

from tests.kiosk.openssh import free_port
from tests.programs import program

_SECONDS: Final = 60.0
_FILLER: Final = "filler"
_DISK: Final = "160m"
_SEGMENTS: Final = 20
"""More than the server has of its log ahead."""
OWNER: Final = "owner's secret"
PASSWORD: Final = "kiosk's secret"


class Postgres:
    """A server that runs, with a role for kiosks and the owner of the tables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.password_file = folder / "kiosk.password"
        """The file of the role `kiosk`'s password."""
        self._account: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            account = pwd.getpwnam("postgres")
            os.chown(folder, account.pw_uid, account.pw_gid)
            self._account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self._run(
            "initdb", "--no-sync", "--auth", "scram-sha-256", "--username", "owner", "--pwfile", self._owner_file()
        )
        with (folder / "data" / "postgresql.conf").open("a", encoding="ascii") as file:
            file.write(f"port = {self.port}\nunix_socket_directories = '{folder}'\nfsync = off\nmax_connections = 60\n")

    def _owner_file(self) -> str:
        path = self.folder / "owner.password"
        path.write_text(f"{OWNER}\n", encoding="ascii")
        path.chmod(0o644)
        return str(path)

    def _run(self, name: str, *words: str) -> None:
        command = [program(name), "-D", str(self.folder / "data"), *words]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, cwd="/", **self._account)

    def own(self, path: Path) -> None:
        """Give a secret file to the server alone."""
        path.chmod(0o600)
        if self._account:
            os.chown(path, self._account["user"], self._account["group"])

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [program("postgres"), "-D", str(self.folder / "data")], stdout=log, stderr=log, cwd="/", **self._account
            )
        until = time.monotonic() + _SECONDS
        while True:
            try:
                self.owner().close()
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                time.sleep(0.05)
            else:
                return

    @property
    def runs(self) -> bool:
        """Whether the server runs; a full disk can end it."""
        return self.process is not None and self.process.poll() is None

    def fill(self) -> None:
        """Fill the disk, which is the server's own, and what the tables of states have free; its log ends there, too."""
        with self.owner() as owner:
            owner.execute("VACUUM briefing.record")
            with suppress(OSError), (self.folder / _FILLER).open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))
            row = "INSERT INTO briefing.record VALUES ('filler', gen_random_uuid(), 0, 0, '', '', 0)"
            with suppress(psycopg.errors.DiskFull, psycopg.OperationalError):
                while True:
                    owner.execute(row)
            with suppress(psycopg.OperationalError):
                for _ in range(_SEGMENTS):
                    owner.execute("SELECT pg_logical_emit_message(false, 'filler', '')")
                    owner.execute("SELECT pg_switch_wal()")

    def free(self) -> None:
        """Make room on the disk again."""
        (self.folder / _FILLER).unlink()

    def kill(self) -> None:
        """End the server at once, with all its connections."""
        if self.process:
            for child in _children(self.process.pid):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            self.process.kill()
            self.process.wait(_SECONDS)

    def owner(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """Connect as the owner of everything."""
        return psycopg.connect(
            host=str(self.folder), port=self.port, user="owner", password=OWNER, dbname=database,
            autocommit=True, connect_timeout=5,
        )  # fmt: skip

    @property
    def url(self) -> str:
        """The address for kiosks, without the password."""
        return f"postgresql://kiosk@127.0.0.1:{self.port}/postgres"

    @property
    def owner_url(self) -> str:
        """The address for the owner, by the Unix socket."""
        return f"host={self.folder} port={self.port} user=owner dbname=postgres"


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return []


@contextmanager
def postgres(*, own_disk: bool = False) -> Iterator[Postgres]:
    """Run a server with the role `kiosk`, which owns nothing; on a small disk of its own, which root alone can have."""
    program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="briefing-pg-"))
    if own_disk:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", folder], check=True, timeout=_SECONDS)
    folder.chmod(0o755)
    try:
        server = Postgres(folder)
        try:
            server.start()
            with server.owner() as connection:
                connection.execute(
                    f"CREATE ROLE kiosk LOGIN PASSWORD '{PASSWORD.replace(chr(39), chr(39) * 2)}'".encode()
                )
            yield server
        finally:
            server.kill()
    finally:
        if own_disk:
            subprocess.run(["umount", "--lazy", folder], check=True, timeout=_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


class Relay:
    """A relay before the server, by which the network can be slow or silent."""

    def __init__(self, port: int) -> None:
        """Relay to a port of this machine."""
        self._to = port
        self.port = free_port()
        self.delay = 0.0
        """Seconds that each answer of the server takes."""
        self.is_silent = False
        """Whether everything is taken, and nothing passed on."""
        self._ending, self._listens = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._listens.wait(10)
        return self

    def __exit__(self, *_error: object) -> None:
        self._ending.set()
        self._thread.join(10)

    async def _serve(self) -> None:
        async with await asyncio.start_server(self._relay, "127.0.0.1", self.port):
            self._listens.set()
            while not self._ending.is_set():  # noqa: ASYNC110 - another thread sets it
                await asyncio.sleep(0.02)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            back, forth = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:  # no server runs
            writer.close()
            return
        pumps = [
            asyncio.create_task(self._pump(reader, forth)),
            asyncio.create_task(self._pump(back, writer, slow=True)),
        ]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, forth):
            end.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool = False) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                await asyncio.sleep(self.delay if slow else 0)
                if not self.is_silent:
                    writer.write(data)
                    await writer.drain()
