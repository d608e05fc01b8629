"""The private names of asyncssh that the kiosk stands on: each is there, and no other file of the kiosk knows one."""

import ast
import inspect
from pathlib import Path

import pytest
from asyncssh import channel, connection, public_key

from tests.kiosk.conftest import Opener, Visitor
from tui.kiosk import asyncssh_internals
from tui.kiosk.ssh import connection as kiosk_connection

OWN = {"_packet_bytes"}


def private_names(source: str) -> set[str]:
    """Return the private names that a module defines or uses."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "name", "")
        if isinstance(name, str) and name.startswith("_") and not name.startswith("__"):
            names.add(name)
    return names


NAMES = private_names(inspect.getsource(asyncssh_internals)) - OWN


ATTRIBUTES = set().union(*(private_names(inspect.getsource(one)) for one in (channel, connection, public_key)))


def test_the_names_are_those_that_the_kiosk_needs() -> None:
    assert len(NAMES) >= 15


@pytest.mark.parametrize("name", sorted(NAMES))
def test_asyncssh_has_the_name(name: str) -> None:
    assert name in ATTRIBUTES


def test_no_other_file_of_the_kiosk_knows_one() -> None:
    own = set(vars(kiosk_connection.KioskConnection)) | {"_handler", "_policies", "_quotas", "_has_spoken"}
    used = private_names(inspect.getsource(kiosk_connection))
    assert not (used - own) & ATTRIBUTES
    folder = Path(asyncssh_internals.__file__).parent
    for file in folder.rglob("*.py"):
        if file.name != "asyncssh_internals.py":
            assert not private_names(file.read_text(encoding="utf-8")) & (
                NAMES - {"_session", "_loop", "_transport"}
            ), file


async def test_the_hooks_are_called(open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []

    def login_tried(_connection: object, method: str) -> None:
        called.append(method)

    def extra_ciphers(_connection: object, client: bytes) -> list[bytes]:
        called.append(client)
        return []

    def takes_variable(_channel: object, name: str, value: str, number: int) -> bool:
        called.append((name, value, number))
        return False

    monkeypatch.setattr(kiosk_connection.KioskConnection, "login_tried", login_tried)
    monkeypatch.setattr(kiosk_connection.KioskConnection, "extra_ciphers", extra_ciphers)
    monkeypatch.setattr(kiosk_connection.KioskChannel, "takes_variable", takes_variable)
    kiosk = await open_kiosk()
    terminal = await visit(kiosk, env={"LANG": "C"})
    await terminal.until("Swans on a pond")
    assert ("LANG", "C", 0) in called
    assert "none" in called
    assert any(isinstance(name, bytes) and name.startswith(b"SSH-2.0-AsyncSSH") for name in called)
    assert "request=variable what=LANG" in kiosk.lines.of("refused")[0]
