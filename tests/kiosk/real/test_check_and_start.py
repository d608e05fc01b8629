"""`briefing kiosk --check` beside a real start: one table of deployments, broken and whole, and the same verdict."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.kiosk.real.serving import Serving

STARTS, FAILS = True, False


def _file(path: Path, text: str = "") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def _left(path: Path, text: str = "") -> "Settings":
    """Leave a file where the program keeps its own, and set nothing."""
    _file(path, text)
    return {}


def _folder(path: Path) -> str:
    path.mkdir(parents=True, exist_ok=True)
    return str(path)


def _other_socket(folder: Path) -> str:
    """Leave a socket at which another program listens."""
    found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    found.bind(str(folder / "taken.sock"))
    found.listen()
    _LISTENING.append(found)
    return str(folder / "taken.sock")


_LISTENING: Final[list[socket.socket]] = []
Settings = dict[str, object]
DEPLOYMENTS: Final[tuple[tuple[str, bool, Callable[[Path], Settings]], ...]] = (
    ("nothing wrong", STARTS, lambda _at: {}),
    ("no content folder", FAILS, lambda at: {"content": [str(at / "none")]}),
    ("a file as content", FAILS, lambda at: {"content": [_file(at / "file")]}),
    ("an empty content folder", STARTS, lambda at: {"content": [_folder(at / "empty")]}),
    ("no text folder", FAILS, lambda at: {"texts": [str(at / "none")]}),
    ("no host key", FAILS, lambda at: {"host_key": str(at / "none")}),
    ("a host key that is none", FAILS, lambda at: {"host_key": _file(at / "key", "x")}),
    ("keys without a key", FAILS, lambda at: {"access": "authorized-keys", "authorized_keys": _file(at / "keys")}),
    ("no file of keys", FAILS, lambda at: {"access": "authorized-keys", "authorized_keys": str(at / "none")}),
    ("a hash that is none", FAILS, lambda _at: {"access": "password", "password_hash": "x"}),
    ("no hash", FAILS, lambda _at: {"access": "password"}),
    ("no banner", FAILS, lambda at: {"banner": str(at / "none")}),
    ("a folder as notice", FAILS, lambda at: {"notice": _folder(at / "folder")}),
    ("an address of others", FAILS, lambda _at: {"host": "192.0.2.1"}),
    ("an address of others for metrics", FAILS, lambda _at: {"metrics_host": "192.0.2.1", "metrics_port": 9}),
    ("a file as admin socket", FAILS, lambda at: {"admin_socket": _file(at / "file")}),
    ("an admin socket below a file", FAILS, lambda at: {"admin_socket": f"{_file(at / 'file')}/a.sock"}),
    ("a setting that is none", FAILS, lambda _at: {"hots": "127.0.0.1"}),
    ("a value that is none", FAILS, lambda _at: {"workers": -1}),
    ("proxies that are none", FAILS, lambda _at: {"proxies": ["nowhere"]}),
    ("a keys' file that nobody asks for", STARTS, lambda at: {"authorized_keys": _file(at / "keys")}),
    ("data that is a file", FAILS, lambda at: _left(at / "data")),
    ("a state that is a file", STARTS, lambda at: _left(at / "state")),
    ("blocks that are none", STARTS, lambda at: _left(at / "state/briefing/blocks.json", "[]")),
    ("tombstones that are none", STARTS, lambda at: _left(at / "data/briefing/kiosk_tombstones", "x")),
    (
        "an audit that is none",
        STARTS,
        lambda at: {"audit": bool(_file(at / "state/briefing/reading.sqlite", "x" * 999))},
    ),
)
"""What is wrong, whether the kiosk starts, and what makes it so; it returns the settings."""
DOUBTFUL: Final = {
    "an empty content folder",
    "an audit that is none",
    "a keys' file that nobody asks for",
    "a state that is a file",
} | {name for name, _, _ in DEPLOYMENTS if name.endswith("that are none") and "proxies" not in name}


@pytest.fixture(autouse=True)
def _sockets_are_closed() -> Iterator[None]:
    yield
    while _LISTENING:
        _LISTENING.pop().close()


def checked(kiosk: Serving) -> subprocess.CompletedProcess[str]:
    """Run the check with the settings of a kiosk."""
    command = [sys.executable, "-m", "tui", "kiosk", "--check", "--config", str(kiosk.config)]
    return subprocess.run(
        command, env=dict(kiosk.environment), cwd=kiosk.started_in, timeout=60, check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


@pytest.mark.parametrize(("starts", "deploy"), [row[1:] for row in DEPLOYMENTS], ids=[row[0] for row in DEPLOYMENTS])
def test_the_check_says_what_a_start_does(
    tmp_path: Path,
    sample_folder: Path,
    starts: bool,
    deploy: Callable[[Path], Settings],
    request: pytest.FixtureRequest,
) -> None:
    settings = {"content": [str(sample_folder.parent)], **deploy(tmp_path)}
    kiosk = Serving(tmp_path, **settings)
    verdict = checked(kiosk)
    assert (verdict.returncode < 2) is starts, verdict.stdout
    name = str(request.node.callspec.id)
    assert (verdict.returncode == 1) is (name in DOUBTFUL), verdict.stdout
    assert "Traceback" not in verdict.stdout
    if starts:
        with kiosk:
            assert re.search(r"\bstarted\b", kiosk.log)
    else:
        with pytest.raises(AssertionError, match="did not start"), kiosk:
            pass
    assert "Traceback" not in kiosk.log
    assert kiosk.process
    kiosk.process.wait(20)


def test_a_socket_of_another_kiosk_stops_a_start_and_is_told(tmp_path: Path, sample_folder: Path) -> None:
    """It may be of the kiosk that runs now, as a port in use may."""
    kiosk = Serving(tmp_path, content=[str(sample_folder.parent)], admin_socket=_other_socket(tmp_path))
    verdict = checked(kiosk)
    assert 0 == verdict.returncode
    assert "is in use, as by a kiosk that runs now" in verdict.stdout
    with pytest.raises(AssertionError, match="another kiosk listens there"), kiosk:
        pass
