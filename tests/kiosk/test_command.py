"""The command `briefing kiosk`, up to the server that runs."""

import builtins
import json
import shutil
import signal
import socket
import sys
import tomllib
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.kiosk.conftest import Lines
from tui import cli
from tui.kiosk import command
from tui.kiosk.operations.config import option, read_settings
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.passwords import agrees, hashed
from tui.kiosk.operations.settings import PATHS, Settings
from tui.kiosk.prechecks import WrongSettingError, check, doubts
from tui.kiosk.server.starting import StartError, listening
from tui.kiosk.ssh.host_keys import host_key
from tui.kiosk.visits.notices import read_text

Runner = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Runner:
    """Give what runs the command in this process."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = cli.main(["kiosk", *words])
        except SystemExit as left:  # after a help
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return run


def test_without_the_extra_one_line_says_how_to_install_it(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def missing(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "asyncssh":
            raise ModuleNotFoundError(name=name)
        return usual(name, *arguments, **named)

    for name in [name for name in sys.modules if name.startswith(("tui.kiosk", "asyncssh"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("builtins.__import__", missing)
    assert (2, "", "briefing: the kiosk needs asyncssh; write: pip install 'briefing-browser[kiosk]'\n") == run()


def test_the_help_tells_every_setting(run: Runner) -> None:
    code, out, _ = run("--help")
    assert 0 == code
    assert all(f"--{name.replace('_', '-')}  (" in out for name in Settings.model_fields)
    assert max(map(len, out.splitlines()[8:])) <= 100


def test_the_sample_is_toml_of_no_settings(run: Runner) -> None:
    code, out, _ = run("--print", "sample")
    assert (0, {}) == (code, tomllib.loads(out))


@pytest.mark.parametrize(("name", "words"), [("unit", "--visits 7"), ("sshd", "ForceCommand")])
def test_texts_for_operators_are_made_of_the_settings(run: Runner, name: str, words: str) -> None:
    code, out, _ = run("--print", name, "--visits", "7")
    assert 0 == code
    assert words in out


def test_the_unit_has_values_as_toml_and_paths_from_the_top(
    run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shelf").mkdir()
    (tmp_path / "hello.txt").touch()
    tmp_path.chmod(0o755)
    (tmp_path / "texts").mkdir()
    words = "--keep-state", "false", "--content", "shelf", "--texts", "texts", "--banner", "hello.txt"
    code, out, _ = run("--print", "unit", *words)
    assert 0 == code
    [command] = [row for row in out.splitlines() if row.startswith("ExecStart=")]
    assert "--keep-state false" in command
    assert f"--content {tmp_path}/shelf" in command
    assert f"--texts {tmp_path}/texts" in command
    assert f"--banner {tmp_path}/hello.txt" in command
    assert "WatchdogSec=120" in out


@pytest.mark.parametrize(
    ("setting", "mode", "said"),
    [
        ("banner", 0o600, "others cannot read it; write: chmod"),
        ("banner", None, "No such file"),
        ("host_key", None, "there is no such file"),
    ],
)
def test_no_unit_is_printed_that_would_not_run(
    run: Runner, tmp_path: Path, setting: str, mode: int | None, said: str
) -> None:
    path = tmp_path / "file"
    if mode is not None:
        path.touch()
        path.chmod(mode)
    code, out, err = run("--print", "unit", option(setting), str(path))
    assert (1, "") == (code, out)
    assert f"{path}: " in err
    assert said in err


def test_the_snippet_for_sshd_says_by_what_the_program_is_imported(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/opt/lib")
    assert (
        f"ForceCommand /usr/bin/env PYTHONPATH=/opt/lib {sys.executable} -P -m tui kiosk visit\n"
        in run("--print", "sshd")[1]
    )
    monkeypatch.setenv("PYTHONPATH", "")
    assert f"ForceCommand {sys.executable} -P -m tui kiosk visit\n" in run("--print", "sshd")[1]


def test_what_the_account_of_visitors_could_not_read_is_warned_of(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir(mode=0o700)
    code, out, err = run("--print", "sshd", "--content", str(tmp_path / "shelf"))
    assert 0 == code
    assert "ForceCommand" in out
    assert err.startswith("briefing: visits will fail until this is fixed: /")


def test_a_password_is_hashed(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("open sesame\n"))
    code, out, _ = run("--hash-password")
    assert 0 == code
    assert agrees("open sesame", out.strip())
    monkeypatch.setattr("sys.stdin", StringIO("\n"))
    assert 2 == run("--hash-password")[0]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--prot", "1"], 2, "unrecognized arguments: --prot 1; see briefing kiosk --help"),
        (["--port", "x"], 2, "the command line: --port: is text; write number from 0 to 65_535"),
        (["--port", "70000"], 2, "--port: is out of range; write a number up to 65535"),
        (["--keep-state", "yes"], 2, "--keep-state: is text; write true or false"),
        (["--proxies", "10.0.0.0/40"], 2, "--proxies[1]: "),
        (["--idle-seconds", "30"], 2, "--idle-warning-seconds: is not below --idle-seconds; make it smaller"),
        (["--config", "/nowhere/kiosk.toml"], 2, "/nowhere/kiosk.toml: there is no such file"),
        (["--content", "/nowhere"], 1, "content /nowhere: there is no such folder"),
        (["--texts", "/nowhere"], 1, "texts /nowhere: there is no such folder"),
        (["--texts", "/etc/passwd"], 2, "texts /etc/passwd: is no folder; name the one that holds the texts"),
        (["--banner", "/nowhere"], 2, "/nowhere: No such file or directory"),
        (
            ["--access", "authorized-keys"],
            2,
            "--access: 'authorized-keys' needs --authorized-keys; add --authorized-keys",
        ),
        (
            ["--access", "password", "--password-hash", "x"],
            2,
            "--password-hash: is no hash of a password; write the line",
        ),
        (["--content", "~nobody-of-this-name/x"], 2, "write the path from / on"),
        (["--host", "no.such.host.invalid"], 1, "cannot listen at no.such.host.invalid"),
        (["--host-key", "/nowhere"], 2, "/nowhere: No such file or directory"),
    ],
)
def test_each_mistake_is_told_on_one_line(
    run: Runner, words: list[str], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found, out, err = run(*words)
    assert (code, "") == (found, out)
    assert said in err
    assert 1 == err.count("\n")


def test_stray_variables_of_textual_are_refused(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_LOG", "x")
    code, _, err = run()
    assert 2 == code
    assert "TEXTUAL_LOG: would act on every visit; unset it" in err


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(StartError, match="cannot listen at 127"):
        listening(Settings(port=taken.getsockname()[1]))


@pytest.mark.parametrize("log", ["text", "json"])
def test_the_ready_lines_are_written_as_the_log_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], log: Literal["text", "json"]
) -> None:
    key = host_key(None, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        command.say_ready(Settings(log=log, log_addresses="none"), key, [one, other])
        ports = [listener.getsockname()[1] for listener in (one, other)]
    said = capsys.readouterr().out.splitlines()
    if log == "text":
        assert [key.fingerprint, key.sshfp, *(f"ready at 127.0.0.1 port {port}" for port in ports)] == said
        return
    for line, port in zip(said, ports, strict=True):
        facts = json.loads(line)
        del facts["time"]
        expected = {"event": "ready", "host": "127.0.0.1", "port": port}
        assert facts == {**expected, "fingerprint": key.fingerprint, "sshfp": key.sshfp}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::"])
def test_it_listens_where_it_is_told(host: str) -> None:
    if ":" in host and not socket.has_dualstack_ipv6():
        pytest.skip("no IPv6 here")
    [listener] = listening(Settings(host=host, port=0))
    with listener:
        assert listener.getsockname()[1]


@pytest.mark.parametrize(
    ("setting", "write", "said"),
    [
        ("authorized_keys", b"", "holds no key, so nobody could log in; add one"),
        ("authorized_keys", b"# none yet\n\n", "holds no key, so nobody could log in; add one"),
        ("authorized_keys", b"no key", ":1: is no public key"),
        ("authorized_keys", None, "is a folder; put a regular file there"),
        ("banner", b"\xff\xfe", "is no text in UTF-8; save it as UTF-8"),
        ("banner", b"a\0b", "is no text, since it holds a NUL"),
        ("banner", b"x" * 65_537, "has 65,537 bytes; write 65,536 at most"),
        ("banner", None, "is a folder; put a regular file there"),
        ("notice", b"\x80", "is no text in UTF-8"),
        ("host_key", None, "is a folder; put a regular file there"),
        (
            "host_key",
            b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAvyZ5NIW2WsQyjB0oOEP1fEPNu0oR9cHZBrtoUTNn1o",
            "is a public key; name",
        ),
        ("content", b"", "is no folder; name the one that holds the briefings' folders"),
    ],
)
def test_a_file_that_would_lock_out_or_say_nothing_is_refused_at_the_start(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, write: bytes | None, said: str
) -> None:
    """With the exit code that keeps systemd from starting it again."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(command, "listening", unwanted)
    path = tmp_path / "file"
    if write is None:
        path.mkdir()
    else:
        path.write_bytes(write)
    access = ["--access", "authorized-keys"] if setting == "authorized_keys" else []
    code, out, err = run(*access, option(setting), str(path))
    assert (2, "") == (code, out)
    assert str(path) in err
    assert said in err


def unwanted(_settings: Settings) -> None:
    raise AssertionError("it has gone on")


def test_the_longest_banner_is_shown_whole(tmp_path: Path) -> None:
    path = tmp_path / "banner"
    path.write_text("ü" * 32_768, encoding="utf-8")
    assert 32_768 == len(read_text("banner", str(path)))


def test_the_folder_of_one_briefing_is_not_taken_for_a_library(sample_folder: Path) -> None:
    with pytest.raises(WrongSettingError, match="is the folder of one briefing; name the one above it"):
        check(Settings(content=(str(sample_folder),)))
    check(Settings(content=(str(sample_folder.parent),)))


def test_what_is_hardly_meant_is_warned_of(tmp_path: Path, sample_folder: Path) -> None:
    assert [] == list(doubts(Settings(content=(str(sample_folder.parent),))))
    (tmp_path / "shelf").mkdir()
    [empty] = doubts(Settings(content=(str(tmp_path / "shelf"), str(sample_folder.parent))))
    assert empty == f"content {tmp_path}/shelf: holds no briefing, which is a folder with a briefing.toml in it"
    shutil.copytree(sample_folder, tmp_path / "high/shelf/sample")
    [too_high] = doubts(Settings(content=(str(tmp_path / "high"),)))
    assert too_high.endswith(f"; name the folder above each, as {tmp_path}/high/shelf")
    [hashed_for_nothing] = doubts(Settings(password_hash=hashed("x")))
    assert 'access = "open" never asks for it; write access = "password"' in hashed_for_nothing
    [keys_for_nothing] = doubts(Settings(authorized_keys="/x", access="any-key"))
    assert 'write access = "authorized-keys"' in keys_for_nothing


def test_a_warning_is_an_event_of_the_start(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_settings: Settings) -> None:
        raise StartError("far enough")

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(command, "listening", stop)
    (tmp_path / "shelf").mkdir()
    _, _, err = run("--content", str(tmp_path / "shelf"))
    assert f'warning said="content {tmp_path}/shelf: holds no briefing' in err


def test_the_last_key_can_be_taken_away_while_it_runs(tmp_path: Path) -> None:
    """Who is no longer authorized must not stay so since nobody else is; it is warned of."""
    lines = Lines()
    (tmp_path / "keys").write_text("", encoding="utf-8")
    (tmp_path / "k.toml").write_text("access = 'authorized-keys'\nauthorized_keys = 'keys'", encoding="utf-8")
    found = command.reread(tmp_path / "k.toml", {}, Log(lines, Settings()))
    assert found.settings
    [line] = lines.of("warning")
    assert "holds no key, so nobody could log in" in line
    assert found.said[0] in line


SEVERAL = {"content", "texts"}
"""The settings that name several folders."""


@pytest.mark.parametrize("name", PATHS)
def test_a_path_begins_at_its_file_and_a_tilde_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Wherever the kiosk is started; an option begins where it was typed."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("HOME", "/home/ann")
    file = tmp_path / "etc" / "kiosk.toml"

    def read(path: str, **options: object) -> str:
        file.write_text(f"{name} = {[path] if name in SEVERAL else repr(path)}", encoding="utf-8")
        settings, problems = read_settings(Path("../etc/kiosk.toml"), options)
        assert not problems
        value = getattr(settings, name)
        return str(value[0] if name in SEVERAL else value)

    assert str(tmp_path / "etc/a/b") == read("a/b")
    assert str(tmp_path / "b") == read("../b")
    assert "/home/ann/b" == read("~/b")
    assert "/srv/b" == read("/srv/b")
    typed = ("c",) if name in SEVERAL else "c"
    assert str(tmp_path / "elsewhere/c") == read("a/b", **{name: typed})


def test_what_was_checked_is_right(tmp_path: Path) -> None:
    (tmp_path / "banner").write_text("x", encoding="utf-8")
    check(Settings(banner=str(tmp_path / "banner"), content=(str(tmp_path),)))


def test_a_wrong_configuration_leaves_the_one_before(tmp_path: Path) -> None:
    lines = Lines()
    log = Log(lines, Settings())
    file = tmp_path / "k.toml"
    file.write_text("visits = 3", encoding="utf-8")
    found = command.reread(file, {}, log).settings
    assert found
    assert 3 == found.visits
    for wrong, why in (("visits = 0", "k.toml:1:10: visits"), ('banner = "/nowhere"', "/nowhere: No such file")):
        file.write_text(wrong, encoding="utf-8")
        refused = command.reread(file, {}, log)
        assert refused.settings is None
        assert why in refused.said[0]
    assert 2 == len(lines.of("unchanged"))


def test_the_key_of_another_is_taken(tmp_path: Path) -> None:
    made = host_key(None, tmp_path)
    assert made == host_key(made.path, tmp_path / "elsewhere")


def test_a_hangup_during_the_start_waits(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []

    def blocked() -> bool:
        return signal.SIGHUP in signal.pthread_sigmask(signal.SIG_BLOCK, ())

    def look(_settings: Settings) -> None:
        held.append(blocked())
        raise StartError("far enough")

    monkeypatch.setattr(command, "check", look)
    assert run()[0] == 1
    assert held == [True]
    assert not blocked()
