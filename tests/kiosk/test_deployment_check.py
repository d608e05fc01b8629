"""``briefing kiosk --check``: each part of a deployment, and the exit code."""

import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.kiosk import deployment_check
from tui.kiosk.command import main
from tui.kiosk.deployment_check import Level, Verdict, judge
from tui.kiosk.operations.settings import Settings
from tui.kiosk.ssh.host_keys import host_key
from tui.library.paths import Folders, user_folders

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give what runs the check for a fresh user."""
    for name in ("CACHE", "STATE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setattr(deployment_check, "UNIT", tmp_path / "no.service")

    def run(*words: str) -> tuple[int, str]:
        code = main(["--check", "--port", "0", *words])
        written = capsys.readouterr()
        return code, written.out + written.err

    return run


def test_what_is_well_is_said_and_nothing_is_made(run: Run, sample_folder: Path, tmp_path: Path) -> None:
    code, said = run("--content", str(sample_folder.parent))
    assert 0 == code
    assert "the first start will make" in said
    assert "content: 1 briefing loads\n" in said
    assert said.endswith("The kiosk would start.\n")
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "state").exists()
    key = host_key(None, user_folders().data)
    assert key.fingerprint in run("--content", str(sample_folder.parent))[1]


def test_a_broken_briefing_is_a_warning_with_its_place(run: Run, sample_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_folder.parent, tmp_path / "content")
    (tmp_path / "content/bad").mkdir()
    (tmp_path / "content/bad/briefing.toml").write_text("format = \n", encoding="utf-8")
    code, said = run("--content", str(tmp_path / "content"))
    assert 1 == code
    assert "bad/briefing.toml:1:" in said
    assert "content: 1 briefing loads, 1 not" in said
    assert said.endswith("The kiosk would start; see the warnings.\n")


def test_a_rule_that_protects_nothing_is_a_warning(run: Run, sample_folder: Path, tmp_path: Path) -> None:
    rule = '[[rule]]\n{}\nstatus = "draft"\n'
    for about, expected in (
        ('briefings = ["sampel"]', "no briefing has the id 'sampel'; did you mean 'sample'?"),
        (f"folder = '{tmp_path}/inner'", f"no briefing is in the folder {tmp_path}/inner; check its name"),
        (f"folder = '{sample_folder}'", ""),
        ('briefings = ["sample"]', ""),
    ):
        (tmp_path / "rules.toml").write_text(rule.format(about), encoding="utf-8")
        code, said = run("--content", str(sample_folder.parent), "--rules", str(tmp_path / "rules.toml"))
        assert (1 if expected else 0) == code
        assert not expected or f"warning: rules {tmp_path}/rules.toml: {expected}\n" in said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--content", "/nowhere"], "error: content /nowhere: there is no such folder"),
        (["--host", "192.0.2.1"], "error: cannot listen at 192.0.2.1"),
        (["--metrics-host", "192.0.2.1", "--metrics-port", "9"], "error: metrics: cannot listen at 192.0.2.1"),
        (["--host-key", "/nowhere"], "error: host key /nowhere"),
        (["--host-certificate", "/nowhere"], "error: host certificate /nowhere: there is no such file"),
        (["--access", "authorized-keys"], "authorized-keys"),
        (["--banner", "/nowhere"], "error: /nowhere"),
    ],
)
def test_what_stops_a_start_is_an_error(run: Run, words: list[str], expected: str) -> None:
    host_key(None, user_folders().data)
    code, said = run(*words)
    assert 2 == code
    assert expected in said


def test_a_port_in_use_may_be_the_running_kiosk_s(run: Run, sample_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = run("--content", str(sample_folder.parent), "--port", str(taken.getsockname()[1]))
    assert 0 == code
    assert "is in use, as by a kiosk that runs now" in said


def verdicts(tmp_path: Path, printed: Callable[[], str], installed: Path) -> list[Verdict]:
    """Judge an empty library with a unit."""
    folders = Folders(*(tmp_path / name for name in Folders._fields))
    (tmp_path / "content").mkdir(exist_ok=True)
    settings = Settings(port=0, content=(str(tmp_path / "content"),))
    return [one for one in judge(settings, None, folders, printed, installed) if one.words.startswith("unit ")]


def test_the_unit_of_systemd_is_compared_with_the_one_of_today(tmp_path: Path) -> None:
    installed = tmp_path / "a.service"
    assert not verdicts(tmp_path, lambda: "[Unit]\n", installed)
    installed.write_text("[Unit]\n", encoding="utf-8")
    assert not verdicts(tmp_path, lambda: "[Unit]\n", installed)
    [differs] = verdicts(tmp_path, lambda: "[Service]\n", installed)
    assert Level.WARNING is differs.level

    def fails() -> str:
        raise ValueError("/home/x: cannot be read")

    assert "cannot be read" in verdicts(tmp_path, fails, installed)[0].words


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    folders = Folders(*(tmp_path / "file" / name for name in Folders._fields))
    said = [
        one
        for one in judge(Settings(port=0), None, folders, str, tmp_path / "none")
        if "cannot be written" in one.words
    ]
    assert [Level.WARNING, Level.WARNING, Level.ERROR] == [one.level for one in said]
