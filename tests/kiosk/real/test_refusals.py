"""What a visitor asks for beyond reading: refused, politely, logged, and never done; tried with three clients."""

import asyncio
import io
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import asyncssh
import paramiko
import pytest

from tests.bench.kiosk.visitor import Visitor
from tests.kiosk.openssh import free_port, ssh_command
from tests.kiosk.real.serving import Serving, answered
from tests.programs import program

CANARY = "canary-was-run"


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Serve the bundled briefings."""
    with Serving(tmp_path_factory.mktemp("refusals"), visits_a_minute=100_000, visits_by_address=1000) as serving:
        yield serving


def ssh(kiosk: Serving, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run OpenSSH's client."""
    program("ssh")
    command = ssh_command(kiosk.folder, kiosk.port, "reader", None, *words)
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, check=False, timeout=60, cwd=kiosk.folder
    )


def test_from_a_pipe_there_is_the_list(kiosk: Serving) -> None:
    """Without a terminal a shell is the list, whatever is piped in, and nothing of it is a command."""
    done = ssh(kiosk, stdin=f"touch {kiosk.folder / CANARY}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "handbook" in done.stdout
    assert "\x1b" not in done.stdout
    assert not (kiosk.folder / CANARY).exists()


@pytest.mark.parametrize(
    "command",
    [
        "touch {canary}", "/bin/sh", "list; touch {canary}", "show $(touch {canary})", "show handbook > {canary}",
        "scp -t {canary}", "rsync --server . {canary}", "git-upload-pack {canary}", "kiosk --port 1", "hold handbook",
        "show --format markdown ../../../etc/passwd", "show /etc/passwd", "'", "list \x1b[2J",
        "", " ", "help" * 20_000,
    ],
)  # fmt: skip
def test_other_commands_are_never_run(kiosk: Serving, command: str) -> None:
    """A command that is none of the four ends with 2, one safe line, and nothing done."""
    canary = kiosk.folder / CANARY
    done = ssh(kiosk, command.format(canary=canary))
    assert not canary.exists()
    if not command.strip():  # OpenSSH asks for a shell then
        assert done.returncode in {0, 2}
        return
    assert (done.returncode, done.stdout) == (2, ""), done.stdout[:300]
    assert done.stderr.startswith("briefing: ")
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stderr
    assert "request=exec" in kiosk.log


def test_allowed_commands(kiosk: Serving) -> None:
    """The four there are give what they give at home."""
    assert "handbook" in ssh(kiosk, "list").stdout
    assert ssh(kiosk, "search", "swans", "--format", "json").stdout.startswith("{")
    assert ssh(kiosk, "show", "handbook#pond-eleven").returncode == 0
    assert ssh(kiosk, "search", "swans").returncode == 0
    assert "search" in ssh(kiosk, "help").stdout


def test_no_files(kiosk: Serving) -> None:
    """Neither sftp nor scp in either of its ways."""
    client = paramiko_client(kiosk)
    with pytest.raises(paramiko.SSHException):
        client.open_sftp()
    client.close()
    kiosk.logged("request=subsystem")
    for way in ([], ["-O"]):
        command = ["scp", *way, *scp_options(kiosk), "reader@127.0.0.1:/etc/passwd", str(kiosk.folder / CANARY)]
        assert subprocess.run(command, capture_output=True, check=False, timeout=60).returncode
    assert not (kiosk.folder / CANARY).exists()


def scp_options(kiosk: Serving) -> list[str]:
    words = ssh_command(kiosk.folder, kiosk.port, "reader", None)[1:-1]
    return ["-P" if word == "-p" else word for word in words]


def paramiko_client(kiosk: Serving, user: str = "reader") -> paramiko.SSHClient:
    """Connect by paramiko, as a visitor without a key."""
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())  # noqa: S507 - a key that was made a second ago
    client.connect(
        "127.0.0.1", kiosk.port, user, look_for_keys=False, allow_agent=False, timeout=30,
        auth_strategy=_NoQuestion(user),
    )  # fmt: skip
    return client


class _NoQuestion(paramiko.auth_strategy.AuthStrategy):  # type: ignore[misc]  # paramiko has no types
    def __init__(self, user: str) -> None:
        super().__init__(paramiko.SSHConfig())
        self._user = user

    def get_sources(self) -> Iterator[paramiko.auth_strategy.AuthSource]:
        yield paramiko.auth_strategy.NoneAuth(self._user)


async def test_no_forward_of_any_kind(kiosk: Serving) -> None:
    """Nothing is reached through the kiosk, nothing listens at it, and the visit goes on."""
    port = free_port()
    async with kiosk.visitor() as visitor:
        connection = visitor.connection
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection("127.0.0.1", kiosk.port)
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_unix_connection("/run/systemd/notify")
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_port("127.0.0.1", port, "127.0.0.1", 22)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_path(str(kiosk.folder / CANARY), str(kiosk.folder / "x"))
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_tun()
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port))
        await answered(visitor)
    for request in ("forward", "unix-forward", "remote-forward", "remote-unix-forward", "tunnel"):
        kiosk.logged(f"request={request}")
    assert not (kiosk.folder / CANARY).exists()


def test_openssh_s_forwards(kiosk: Serving) -> None:
    """-W, -R and -D as people type them."""
    done = ssh(kiosk, "-W", f"127.0.0.1:{kiosk.port}", "--")
    assert (done.returncode, done.stdout) == (255, "")
    done = ssh(kiosk, "-o", "ExitOnForwardFailure=yes", "-R", f"{free_port()}:127.0.0.1:22", "--", "list")
    assert (done.returncode, done.stdout) == (255, "")


def test_no_agent_no_x11(kiosk: Serving) -> None:
    """Both are asked for with a session; the session comes, without them."""
    client = paramiko_client(kiosk)
    transport = client.get_transport()
    assert transport
    channel = transport.open_session(timeout=30)
    with pytest.raises(paramiko.SSHException):
        channel.request_x11()
    client.close()
    kiosk.logged("request=x11")
    client = paramiko_client(kiosk)
    transport = client.get_transport()
    assert transport
    transport.open_session(timeout=30).request_forward_agent(lambda _channel: None)
    kiosk.logged("request=agent")
    client.close()


async def test_a_second_session_of_a_connection(kiosk: Serving) -> None:
    """A hundred are refused; the first goes on."""
    async with kiosk.visitor() as visitor:
        for _ in range(100):
            with pytest.raises(asyncssh.ChannelOpenError):
                await visitor.connection.create_session(asyncssh.SSHClientSession)
        await answered(visitor)


async def test_variables(kiosk: Serving) -> None:
    """Thousands of large variables take no memory."""
    before = kiosk.memory()
    variables = {f"LC_{number}": "x" * 30_000 for number in range(3000)} | {"TEXTUAL": "debug", "LD_PRELOAD": "/x.so"}
    visitor = Visitor()
    arriving = asyncio.create_task(visitor.arrive(kiosk.port, "reader", env=variables))
    await asyncio.sleep(4)
    assert kiosk.memory() - before < 10
    arriving.cancel()
    with suppress(asyncio.CancelledError, OSError, asyncssh.Error):
        await arriving
    await visitor.leave()


async def test_other_variables(kiosk: Serving) -> None:
    """What a program could be led by is refused, and the visit comes."""
    async with kiosk.visitor(env={"TEXTUAL": "debug", "LD_PRELOAD": "/x.so", "LC_ALL": "de_DE"}) as visitor:
        await answered(visitor)
    kiosk.logged("request=variable")


def test_compression_is_not_offered(kiosk: Serving) -> None:
    """A bomb needs an inflater. The first packet of the server lists what it takes (RFC 4253, 7.1)."""
    with socket.create_connection(("127.0.0.1", kiosk.port), 30) as line, line.makefile("rb") as received:
        line.sendall(b"SSH-2.0-test\r\n")
        while not received.readline().startswith(b"SSH-2.0-"):
            pass
        length, padding = struct.unpack(">IB", received.read(5))
        packet = io.BytesIO(received.read(length - 1)[: length - 1 - padding])
    assert packet.read(17)[0] == asyncssh.constants.MSG_KEXINIT
    offered = [packet.read(*struct.unpack(">I", packet.read(4))) for _ in range(10)]
    assert offered[6:8] == [b"none", b"none"]  # to the server, and from it


@pytest.mark.parametrize(
    "user", ["../../etc/passwd", "x\x1b[2J\nready at 1.2.3.4 port 1", "mono+" * 5000, "\u202ea", "%s%n", ""]
)
def test_hostile_names(kiosk: Serving, user: str) -> None:
    """A user's name is text: it opens no file and breaks no line of the log."""
    lines = len(kiosk.log.splitlines())
    with suppress(paramiko.SSHException):
        paramiko_client(kiosk, user).invoke_shell().recv(1000)
    assert ssh(kiosk, "help").returncode == 0
    kiosk.logged(r"command=help")
    added = kiosk.log.splitlines()[lines:]
    assert all(line[:4].isdigit() for line in added), added
    assert not any(mark in line for line in added for mark in ("\x1b", "\u202e"))
    assert all(len(line) < 1000 for line in added)


def test_nothing_was_a_fault(kiosk: Serving) -> None:
    """After all of this nothing in the log is an error of the program."""
    assert not [line for line in kiosk.log.splitlines() if " fault" in line or "Traceback" in line]
    assert Path(kiosk.log_file).exists()
