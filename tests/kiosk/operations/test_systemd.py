"""What systemd is told, over real datagram sockets, and what it passes, to a real child process."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.kiosk.operations.systemd import ActivationError, Notifier, notifier, passed_sockets, watchdog_interval

TOP = Path(__file__).parents[2]


@pytest.fixture
def hearer(tmp_path: Path) -> Iterator[socket.socket]:
    """Listen where systemd would."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hearing:
        hearing.bind(str(tmp_path / "notify"))
        hearing.settimeout(5)
        yield hearing


def test_what_is_told(hearer: socket.socket) -> None:
    """Each state is one datagram."""
    tells = Notifier(hearer.getsockname())
    tells.starting(90)
    tells.ready()
    tells.status("3 visitors\nREADY=1")
    tells.alive()
    tells.stopping()
    heard = [hearer.recv(1000) for _ in range(5)]
    assert [b"EXTEND_TIMEOUT_USEC=90000000", b"READY=1", b"STATUS=3 visitors", b"WATCHDOG=1", b"STOPPING=1"] == heard


def test_a_reload_tells_its_moment(hearer: socket.socket) -> None:
    """The moment is compared with that of the signal; it is of the monotonic clock, in microseconds."""
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    Notifier(hearer.getsockname()).reloading()
    state, moment = hearer.recv(1000).decode().split("\n")
    assert state == "RELOADING=1"
    assert before <= int(moment.removeprefix("MONOTONIC_USEC=")) <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000


@pytest.mark.skipif(sys.platform != "linux", reason="abstract names are Linux's own")
def test_an_abstract_address() -> None:
    name = f"briefing-{os.getpid()}-{time.monotonic_ns()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hearing:
        hearing.bind(f"\0{name}")
        hearing.settimeout(5)
        Notifier(f"@{name}").ready()
        assert hearing.recv(1000) == b"READY=1"


@pytest.mark.parametrize("address", ["", "/nowhere/at/all"])
def test_nobody_listens(address: str) -> None:
    """Without systemd, or with one that has gone, the server goes on at once."""
    began = time.monotonic()
    Notifier(address).ready()
    assert time.monotonic() - began < 1


def test_a_full_socket_does_not_hold_the_server(hearer: socket.socket) -> None:
    """A listener that never reads costs nothing."""
    began = time.monotonic()
    for _ in range(2000):
        Notifier(hearer.getsockname()).alive()
    assert time.monotonic() - began < 5


def test_no_child_speaks_for_the_server(hearer: socket.socket) -> None:
    """The variable is taken away."""
    environment = {"NOTIFY_SOCKET": hearer.getsockname(), "OTHER": "x"}
    notifier(environment).ready()
    assert hearer.recv(1000) == b"READY=1"
    assert environment == {"OTHER": "x"}


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({"WATCHDOG_USEC": "30000000"}, 15.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 15.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, 0.0),
        ({"WATCHDOG_USEC": "soon"}, 0.0),
        ({}, 0.0),
    ],
)
def test_the_watchdog(environment: dict[str, str], seconds: float) -> None:
    assert watchdog_interval(environment) == seconds
    assert environment == {}


# What systemd does: put the sockets at 3 and on, and name the process that they are for.
_PASSING = """
import os, socket, sys
from tui.kiosk.operations.systemd import ActivationError, passed_sockets
os.environ["LISTEN_PID"] = str(os.getpid())
try:
    for name, found in passed_sockets(os.environ):
        print(name, found.getsockname()[1], os.get_inheritable(found.fileno()), found.getblocking())
except ActivationError as error:
    print(error)
print(*[name for name in os.environ if name.startswith("LISTEN_")])
"""


def child(passed: list[socket.socket], **told: str) -> str:
    """Start a process that has the sockets from 3 on; give what it says of them."""
    environment = {**os.environ, **told}
    script = "; ".join(f"os.dup2({given.fileno()}, {20 + place})" for place, given in enumerate(passed))
    script += "; " + "; ".join(f"os.dup2({20 + place}, {3 + place})" for place in range(len(passed)))
    done = subprocess.run(
        [sys.executable, "-c", f"import os; {script}\n{_PASSING}"],
        env=environment,
        cwd=TOP,
        capture_output=True,
        text=True,
        check=True,
        pass_fds=[given.fileno() for given in passed],
        timeout=60,
    )
    return done.stdout


def test_two_sockets_and_their_names() -> None:
    """They come in order and by name, and no worker inherits them by accident."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        said = child([one, two], LISTEN_FDS="2", LISTEN_FDNAMES="ssh:metrics")
        ports = [given.getsockname()[1] for given in (one, two)]
    assert said == f"ssh {ports[0]} False False\nmetrics {ports[1]} False False\n\n"


def test_a_socket_without_a_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one:
        assert child([one], LISTEN_FDS="1").startswith(f" {one.getsockname()[1]} ")


def test_a_socket_that_does_not_listen() -> None:
    """A socket unit with ListenDatagram=, or Accept=yes, is told."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        assert "no listening TCP socket" in child([one], LISTEN_FDS="1")


def test_sockets_of_another_process() -> None:
    """They are not ours to take."""
    environment = {"LISTEN_PID": "1", "LISTEN_FDS": "1"}
    assert passed_sockets(environment) == ()
    assert environment == {}


@pytest.mark.parametrize("number", ["", "-1", "65", "many"])
def test_a_wrong_number(number: str) -> None:
    with pytest.raises(ActivationError, match="LISTEN_FDS"):
        passed_sockets({"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": number})


def test_a_socket_that_is_not_there() -> None:
    """More are announced than passed."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        assert "file descriptor 4 is no socket" in child([one], LISTEN_FDS="2")
