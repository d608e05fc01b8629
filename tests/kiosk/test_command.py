"""The command `briefing kiosk`, up to the server that runs."""

import builtins
import signal
import socket
import sys
import tomllib
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.conftest import Lines
from tui import cli
from tui.kiosk import command
from tui.kiosk.hostkeys import host_key
from tui.kiosk.log import Log
from tui.kiosk.passwords import agrees
from tui.kiosk.server import StartError, check, listening
from tui.kiosk.settings import Settings

Runner = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Runner:
    """Give what runs the command in this process."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        return cli.main(["kiosk", *words]), *capsys.readouterr()

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
    code, out, _ = run("--print", "unit", "--keep-state", "false", "--content", "shelf", "--banner", "hello.txt")
    assert 0 == code
    [command] = [row for row in out.splitlines() if row.startswith("ExecStart=")]
    assert "--keep-state false" in command
    assert f"--content {tmp_path}/shelf" in command
    assert f"--banner {tmp_path}/hello.txt" in command
    assert "WatchdogSec=120" in out


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
        (["--port", "x"], 2, "the command line: port: is text; write a whole number without quotes"),
        (["--port", "70000"], 2, "port: is out of range; write a number up to 65535"),
        (["--proxies", "10.0.0.0/40"], 2, "proxies"),
        (["--config", "/nowhere/kiosk.toml"], 2, "/nowhere/kiosk.toml: there is no such file"),
        (["--content", "/nowhere"], 1, "content /nowhere: there is no such folder"),
        (["--banner", "/nowhere"], 1, "/nowhere: No such file or directory"),
        (["--access", "authorized-keys"], 2, "needs authorized_keys"),
        (["--host", "no.such.host.invalid"], 1, "cannot listen at no.such.host.invalid"),
        (["--host-key", "/nowhere"], 1, "/nowhere: No such file or directory"),
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
    assert 1 == code
    assert "TEXTUAL_LOG: would act on every visit; unset it" in err


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(StartError, match="cannot listen at 127"):
        listening(Settings(port=taken.getsockname()[1]))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::"])
def test_it_listens_where_it_is_told(host: str) -> None:
    if ":" in host and not socket.has_dualstack_ipv6():
        pytest.skip("no IPv6 here")
    [listener] = listening(Settings(host=host, port=0))
    with listener:
        assert listener.getsockname()[1]


def test_what_was_checked_is_right(tmp_path: Path) -> None:
    (tmp_path / "banner").write_text("x", encoding="utf-8")
    check(Settings(banner=str(tmp_path / "banner"), content=(str(tmp_path),)))


def test_a_wrong_configuration_leaves_the_one_before(tmp_path: Path) -> None:
    lines = Lines()
    log = Log(lines, Settings())  # type: ignore[arg-type]
    file = tmp_path / "k.toml"
    file.write_text("visits = 3", encoding="utf-8")
    found = command._reread(file, {}, log)
    assert found
    assert 3 == found.visits
    for wrong in ("visits = 0", 'banner = "/nowhere"'):
        file.write_text(wrong, encoding="utf-8")
        assert command._reread(file, {}, log) is None
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
