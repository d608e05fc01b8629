"""The commands for administrators: their arguments, at both ends alike, and what is written of an answer."""

import json
import os
import socket
import threading
from pathlib import Path

import asyncssh
import pytest

from tui.kiosk.ipc import BlockingChannel, Message
from tui.kiosk.operations import admin_client
from tui.kiosk.operations.admin_commands import (
    ADMIN_COMMANDS,
    BY_NAME,
    PARSED,
    candidates,
    duration,
    parse,
    reachable,
    socket_path,
)
from tui.render.arguments import UsageError


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("text", " \n "), ("text", "a" * 301), ("visit", "x"), ("visit", "-1"), ("visit", "1" * 30), ("visit", "²"),
        ("network", "1.2.3"), ("network", "host.example"), ("network", ""), ("network", "::/129"), ("network", "%a"),
        ("duration", "5"), ("duration", "0s"), ("duration", "-5m"), ("duration", "11y"), ("duration", "9999d"), ("duration", "1 h"),
        ("since", "27.11.2026"), ("since", "2026-13-01"), ("key", "me"), ("key", "SHA256:short"), ("key", "MD5:00"),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_one_line(name: str, word: str) -> None:
    with pytest.raises(ValueError, match=r"\A[^\n]{10,200}\Z"):
        PARSED[name](word)


def test_arguments_are_read() -> None:
    assert 5400 == duration("90m")
    assert "Back at noon." == PARSED["text"]("Back  at\nnoon.")
    assert "192.0.2.0/24" == str(PARSED["network"]("192.0.2.77/24"))
    assert "192.0.2.77/32" == str(PARSED["network"]("::ffff:192.0.2.77"))
    assert {"visit": 7} == parse(BY_NAME["end"], {"visit": "7", "other": 1})
    with pytest.raises(ValueError, match="is no visit"):
        parse(BY_NAME["end"], {"visit": 7})


def test_each_command_has_a_writer_and_each_argument_a_reader() -> None:
    assert admin_client.LINES.keys() == BY_NAME.keys()
    assert {argument.name for command in ADMIN_COMMANDS for argument in command.arguments} == PARSED.keys()


def test_systemd_names_the_folder_of_the_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    assert tmp_path / "admin.sock" == socket_path(None, tmp_path)
    assert [tmp_path / "admin.sock", Path("/run/briefing-kiosk/admin.sock")] == list(candidates(None, tmp_path))
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/run/one:/run/two")
    assert Path("/run/one/admin.sock") == socket_path(None, tmp_path)
    assert [Path("/x")] == list(candidates("/x", tmp_path))


KEY = "SHA256:" + "a" * 43
ACT: Message = {"at": 60.0, "key": "", "what": "opened", "briefing": "pond"}


def served(path: Path, answer: Message) -> threading.Thread:
    """Answer one request on a socket."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with reachable(path) as name:
        listener.bind(name)
    listener.listen()

    def serve() -> None:
        with listener, listener.accept()[0] as end:
            channel = BlockingChannel(end)
            channel.receive()
            channel.send(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def visit(**changes: object) -> Message:
    """Give a visit as a worker tells it."""
    whole = {"visit": 12, "address": "192.0.2.1", "user": "me", "key": "SHA256:x", "seconds": 7500.0, "on": "screen",
             "briefing": "pond", "idle": 3.2}  # fmt: skip
    return {**whole, **changes}


@pytest.mark.parametrize(
    ("words", "answer", "code", "out", "err"),
    [
        (["who"], {"visits": [], "unanswered": 0}, 0, "Nobody is here.", ""),
        (["who"], {"visits": [visit()], "unanswered": 1}, 1, "12     192.0.2.1  me    screen  2 h 5 min  3 s   pond   SHA256:x", "1 worker did"),
        (["who"], {"visits": [visit(user="\x1b[2Jx", idle=None, briefing="")], "unanswered": 0}, 0, "\\u001b[2Jx", ""),
        (["say", "Hello."], {"told": 1, "unanswered": 0}, 0, "Shown on 1 screen.", ""),
        (["end", "3"], {"error": "there is no visit 3"}, 1, "", "there is no visit 3"),
        (["end", "3"], {"ended": 1}, 0, "is being ended", ""),
        (["block", "192.0.2.1", "2h"], {"blocked": "192.0.2.1/32", "seconds": 7200, "ended": 2}, 0, "for 2 h; 2 visits ended", ""),
        (["block", "192.0.2.1", "2h"], {"blocked": "x", "seconds": 1, "ended": 0, "warning": "not kept"}, 0, "0 visits", "not kept"),
        (["unblock", "192.0.2.1"], {"unblocked": "192.0.2.1/32"}, 0, "is not blocked any more", ""),
        (["blocks"], {"blocks": []}, 0, "Nobody is blocked.", ""),
        (["blocks"], {"blocks": [{"network": "::/0", "seconds": 90}]}, 0, "::/0 for 1 min 30 s", ""),
        (["reload"], {"applied": ["theme"], "not_applied": ["port"], "problems": []}, 0, "Applied: theme.\nNot before a restart: port.", ""),
        (["reload"], {"applied": [], "not_applied": [], "problems": ["wrong"]}, 1, "Nothing was applied:\nwrong", ""),
        (["reload"], {"applied": [], "not_applied": [], "problems": []}, 0, "no setting has changed", ""),
        (["reload"], {"applied": [], "not_applied": [], "problems": [], "warnings": ["odd"]}, 0, "no setting", "briefing: odd"),
        (["audit"], {"rows": [], "is_on": False}, 0, "set audit = true", ""),
        (["audit"], {"rows": [], "is_on": True}, 0, "Nothing is recorded of that time", ""),
        (["audit", "--since", "2026-11-27"], {"rows": [ACT], "is_on": True}, 0, "1970-01-01 00:01:00  opened  pond  -", ""),
        (["audit", "--format", "csv"], {"rows": [ACT], "is_on": True}, 0, "at,key,what,briefing\n1970-01-01 00:01:00,,opened,pond\n", ""),
        (["statistics"], {"rows": [], "is_on": False}, 0, "set statistics = true", ""),
        (["statistics"], {"rows": [], "is_on": True}, 0, "Nothing was opened", ""),
        (["statistics"], {"rows": [{"day": "2026-11-27", "briefing": "pond", "openings": 1200}], "is_on": True}, 0, "2026-11-27    1,200  pond", ""),
        (["statistics", "--format", "csv"], {"rows": [], "is_on": True}, 0, "", ""),
        (["forget", KEY], {"states": 1, "acts": 2, "ended": 0}, 0, "Deleted 1 state and 2 acts of the audit.\nNot touched: the log", ""),
        (["forget", KEY], {"states": 1, "acts": 2, "ended": 1, "unanswered": 1}, 1, "; 1 visit ended.", "1 worker did not"),
        (["drain"], {"visits": 3}, 0, "3 connections to finish", ""),
    ],
)  # fmt: skip
def test_an_answer_is_written(
    words: list[str], answer: Message, code: int, out: str, err: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / ("a" * 90) / "admin.sock"  # too long for a socket by its own name
    path.parent.mkdir()
    thread = served(path, answer)
    found = admin_client.main([*words, "--admin-socket", str(path)])
    thread.join(10)
    written = capsys.readouterr()
    assert code == found
    assert out in written.out
    assert err in written.err


def test_data_have_a_version_and_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    thread = served(tmp_path / "a.sock", {"visits": [], "unanswered": 0})
    assert 0 == admin_client.main(["who", "--format", "json", "--admin-socket", str(tmp_path / "a.sock")])
    thread.join(10)
    assert {"version": 1, "command": "who", "visits": [], "unanswered": 0} == json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("words", "code", "err"),
    [
        (["who", "--config", "/nowhere.toml"], 2, "/nowhere.toml"),
        (["end", "x"], 2, "'x' is no visit"),
        (["who"], 1, "no kiosk answers"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    words: list[str],
    code: int,
    err: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", os.fspath(tmp_path))
    assert code == admin_client.main(words)
    said = capsys.readouterr().err
    assert err in said
    assert 1 == said.count("\n")


def test_a_key_may_be_given_by_its_file(tmp_path: Path) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_public_key(tmp_path / "id.pub")
    assert key.get_fingerprint() == admin_client.fingerprint_of(str(tmp_path / "id.pub"))
    (tmp_path / "id").write_text("nothing", encoding="ascii")
    with pytest.raises(ValueError, match="is no public key"):
        admin_client.fingerprint_of(str(tmp_path / "id"))


def test_what_is_no_kiosk_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen()

        def serve() -> None:
            with listener.accept()[0] as end:
                end.recv(100)
                end.sendall(b"\xff\xff\xff\xffHTTP/1.1 400")

        thread = threading.Thread(target=serve)
        thread.start()
        assert 1 == admin_client.main(["who", "--admin-socket", str(path)])
        thread.join(10)
    assert "no kiosk answers" in capsys.readouterr().err


def test_a_missing_argument_is_told() -> None:
    with pytest.raises(UsageError, match="DURATION"):
        admin_client.main(["block", "192.0.2.1"])
