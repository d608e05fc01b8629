"""`briefing check`: what it writes, its exit codes, and what it says of a wrong use."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import TOP, Done
from tui.authoring.errors import AuthoringError
from tui.checks.briefing_file import Checked, check_file
from tui.checks.rule import Rule
from tui.checks.rules import BY_ID, RULES
from tui.checks.run import Choice
from tui.cli import watch as watching

Run = Callable[..., Done]

WARNS = """\
format = 1

[briefing]
id = "one"
title = "One"
bluf = "One."
lang = "en"
as_of = "2026"

[[claim]]
id = "a"
text = "A."
by = "somebody"
conflicts = ["b"]

[[claim]]
id = "b"
text = "B."
by = "somebody"
"""
FAILS = WARNS + '\n[[source]]\nid = "s"\ntype = "report"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a content folder with one briefing that warns, and go there."""
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))
    monkeypatch.setenv("COLUMNS", "100")
    content = tmp_path / "content"
    (content / "one").mkdir(parents=True)
    (content / "one" / "briefing.toml").write_text(WARNS, encoding="utf-8")
    monkeypatch.chdir(content)
    return content


@pytest.mark.usefixtures("folder")
class TestVerdict:
    def test_warnings_fail_a_strict_check_alone(self, run: Run) -> None:
        assert run("check", "one").code == 0
        assert run("check", "one", "--strict").code == 1
        assert run("check", "one", "--strict", "--ignore", "c011").code == 0

    def test_errors_fail_every_check(self, run: Run, folder: Path) -> None:
        (folder / "one" / "briefing.toml").write_text(FAILS, encoding="utf-8")

        assert run("check", "one").code == 1
        assert run("check", "one", "--ignore", "S002").code == 0
        assert run("check", "one", "--select", "A", "--select", "C,V").code == 0

    def test_what_does_not_load_is_an_error(self, run: Run, folder: Path) -> None:
        (folder / "one" / "briefing.toml").write_text("format = 1\n[briefing]\nid = 5\n", encoding="utf-8")

        done = run("check", "one", "--format", "json")

        assert done.code == 1
        assert {finding["rule"] for finding in json.loads(done.out)["findings"]} >= {"F001", "B001"}


class TestPaths:
    @pytest.mark.parametrize("name", ["one", "one/briefing.toml", ".", "one/"])
    def test_a_folder_a_file_and_a_folder_of_folders(self, run: Run, folder: Path, name: str) -> None:
        done = run("check", folder / name if name == "." else name)

        assert "one/briefing.toml:14:14  warning  C011  claim[1].conflicts[1]" in done.out
        assert "in 1 file" in done.out

    @pytest.mark.usefixtures("folder")
    def test_an_id_of_the_library(self, run: Run) -> None:
        assert "dprk-missiles/briefing.toml" in run("check", "dprk-missiles", "--select", "B003").out

    def test_the_whole_library(self, run: Run, folder: Path) -> None:
        assert "in 1 file" in run("check", "--content", folder).out
        assert "in 3 files" in run("check").out

    @pytest.mark.usefixtures("folder")
    def test_a_file_is_checked_once(self, run: Run) -> None:
        assert "in 1 file" in run("check", "one", "one/briefing.toml", "one").out

    def test_a_wrong_use_is_told_on_a_line(self, run: Run, folder: Path) -> None:
        (folder / "empty").mkdir()
        for words, said in {
            ("onee",): "did you mean 'one'",
            ("no/such",): "'no/such' holds no briefing",
            ("empty",): "'empty' holds no briefing",
            ("--content", str(folder / "empty")): "no briefing to check",
            ("",): "'' holds no briefing",
            ("one", "--select", "X"): "no rule begins with 'X'",
            ("one", "--ignore", ","): "names no rule",
            ("one", "--watch", "--fix"): "--watch goes with",
            ("one", "--watch", "--format", "json"): "--watch goes with",
            ("--explain", "Q000"): "there is no rule 'Q000'",
            ("--explain", "whatever"): "try all",
        }.items():
            extra = () if "--content" in words else ("--content", str(folder))
            done = run("check", *words, *extra)
            assert (done.code, done.out) == (2, ""), words
            assert said in done.err, words
            assert done.err.count("\n") == 1


@pytest.mark.usefixtures("folder")
class TestFormats:
    def test_json(self, run: Run) -> None:
        found = json.loads(run("check", "one", "--format", "json").out)

        assert found["files"] == 1
        assert "C011" in {finding["rule"] for finding in found["findings"]}

    def test_sarif(self, run: Run) -> None:
        [result] = json.loads(run("check", "one", "--select", "C011", "--format", "sarif").out)["runs"][0]["results"]

        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "one/briefing.toml"

    def test_sarif_from_the_root_of_the_repository(
        self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder.parent / ".git").mkdir()
        monkeypatch.chdir(folder / "one")
        for name in ("briefing.toml", str(folder / "one"), "../one"):
            [found] = json.loads(run("check", name, "--format", "sarif").out)["runs"]
            places = [
                one["locations"][0]
                for one in (*found["results"], *found["invocations"][0]["toolExecutionNotifications"])
            ]
            assert {"content/one/briefing.toml"} == {
                place["physicalLocation"]["artifactLocation"]["uri"] for place in places
            }

    def test_github(self, run: Run) -> None:
        assert run("check", "one", "--select", "C011", "--format", "github").out.startswith("::warning file=one/")

    def test_no_colour_in_a_pipe(self, run: Run) -> None:
        assert "\x1b" not in run("check", "one").out

    @pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
    def test_colour_on_a_terminal(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, no_colour: str, *, coloured: bool
    ) -> None:
        monkeypatch.setenv("NO_COLOR", no_colour)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

        assert ("\x1b[33m" in run("check", "one").out) == coloured


class TestExplain:
    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_one(self, run: Run, rule: Rule) -> None:
        done = run("check", "--explain", rule.id.lower())

        assert done.code == 0
        assert "It fires on:" in done.out
        assert "It stays silent on:" in done.out

    def test_all(self, run: Run) -> None:
        out = run("check", "--explain", "all").out

        assert [line[:4] for line in out.splitlines() if line[:4] in BY_ID] == list(BY_ID)


class TestFix:
    def test_it_mends_and_then_checks(self, run: Run, folder: Path) -> None:
        done = run("check", "one", "--fix", "--select", "C011")

        assert done == (0, "Nothing found in 1 file.\n", "briefing: one/briefing.toml: mended 1\n")
        assert (folder / "one" / "briefing.toml").read_text(encoding="utf-8") == WARNS + 'conflicts = ["a"]\n'

    @pytest.mark.usefixtures("folder")
    def test_what_cannot_be_mended_is_told_and_checked(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(_checked: Checked, *_folders: object) -> int:
            raise AuthoringError("cannot be written: disk full")

        monkeypatch.setattr("tui.authoring.fixes.mend", fails)
        done = run("check", "one", "--fix", "--strict")

        assert done.code == 1
        assert done.err == "briefing: one/briefing.toml: cannot be written: disk full\n"
        assert "C011" in done.out

    def test_a_byte_order_mark(self, run: Run, folder: Path) -> None:
        path = folder / "one" / "briefing.toml"
        sound = path.read_bytes()
        path.write_bytes(b"\xef\xbb\xbf" + sound)
        assert "--fix mends 1" in run("check", "one").out
        done = run("check", "one", "--fix", "--select", "F")
        assert (0, "briefing: one/briefing.toml: mended 1\n") == (done.code, done.err)
        assert sound == path.read_bytes()

    def test_what_stands_behind_a_byte_order_mark_is_mended_too(self, run: Run, folder: Path) -> None:
        path = folder / "one" / "briefing.toml"
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        done = run("check", "one", "--fix", "--select", "C011")
        assert (0, "briefing: one/briefing.toml: mended 2\n") == (done.code, done.err)


class TestWatch:
    """The loop, its clock turned by the test; and the command itself, once."""

    @pytest.fixture
    def shown(self) -> list[list[str]]:
        """Collect what is shown: a list of rules each time."""
        return []

    def watch(
        self, monkeypatch: pytest.MonkeyPatch, folder: Path, shown: list[list[str]], steps: Iterator[None]
    ) -> int:
        """Watch the folder's briefings; a step is done in place of each wait, and the last one ends it."""

        def sleep(_seconds: float) -> None:
            if next(steps, "over") == "over":
                raise KeyboardInterrupt

        def show(checked: Sequence[Checked]) -> None:
            shown.append([report.rule for one in checked for report in one.reports])

        monkeypatch.setattr("time.sleep", sleep)
        return watching.watch(
            lambda: sorted(folder.glob("*/briefing.toml")),
            lambda path: check_file(path, folder / "held", path.name, Choice(select=("C011", "S002", "F001"))),
            show,
        )

    def test_only_what_changed_is_shown_anew(
        self, monkeypatch: pytest.MonkeyPatch, folder: Path, shown: list[list[str]]
    ) -> None:
        file = folder / "one" / "briefing.toml"

        def steps() -> Iterator[None]:
            yield None
            yield None
            file.write_text(WARNS + 'conflicts = ["a"]\n', encoding="utf-8")
            yield None
            yield None
            file.write_text(FAILS, encoding="utf-8")
            yield None
            yield None

        assert self.watch(monkeypatch, folder, shown, steps()) == 0
        assert shown == [["C011"], [], ["C011", "S002"]]

    @pytest.mark.parametrize("way", ["emptied", "half", "gone"])
    def test_a_save_that_is_not_atomic_does_not_flash(
        self, monkeypatch: pytest.MonkeyPatch, folder: Path, shown: list[list[str]], way: str
    ) -> None:
        """A file that is empty, half written or away for a moment is not told to be broken."""
        file = folder / "one" / "briefing.toml"

        def steps() -> Iterator[None]:
            yield None
            if way == "gone":
                file.unlink()
            else:
                file.write_text(WARNS[:60] if way == "half" else "", encoding="utf-8")
            yield from [None] * 4
            file.write_text(WARNS + 'conflicts = ["a"]\n', encoding="utf-8")
            yield from [None] * 4
            file.write_text("", encoding="utf-8")
            yield from [None] * (2 + watching.SURELY_AT_REST)

        self.watch(monkeypatch, folder, shown, steps())
        assert shown[:2] == [["C011"], []]
        assert set(shown[2]) == {"F001"}  # and one that stays broken is

    def test_files_that_come_and_go(
        self, monkeypatch: pytest.MonkeyPatch, folder: Path, shown: list[list[str]]
    ) -> None:
        def steps() -> Iterator[None]:
            yield None
            (folder / "two").mkdir()
            (folder / "two" / "briefing.toml").write_text(WARNS, encoding="utf-8")
            yield from [None] * watching.LIST_AGAIN
            (folder / "two" / "briefing.toml").unlink()
            yield from [None] * watching.LIST_AGAIN

        self.watch(monkeypatch, folder, shown, steps())

        # The file that is gone is told as one that cannot be read until the files are listed anew.
        assert shown == [["C011"], ["C011", "C011"], ["C011", "F001"], ["C011"]]

    def test_the_command_checks_again_and_ends_by_ctrl_c(self, folder: Path) -> None:
        file = folder / "one" / "briefing.toml"
        command = [sys.executable, "-m", "tui", "check", str(file), "--watch", "--select", "C011"]
        environment = {**os.environ, "PYTHONPATH": str(TOP), "PYTHONUNBUFFERED": "1"}
        with (
            subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=folder) as process,
            contextlib.ExitStack() as ending,
        ):
            ending.callback(process.kill)  # a test that fails must not wait for it
            assert process.stdout is not None
            assert "1 warning in 1 file" in _until(process.stdout.fileno(), b"Ctrl+C ends it")
            file.write_text(WARNS + 'conflicts = ["a"]\n', encoding="utf-8")
            assert "Nothing found in 1 file" in _until(process.stdout.fileno(), b"Ctrl+C ends it")
            file.unlink()
            assert "there is no such file" in _until(process.stdout.fileno(), b"Ctrl+C ends it")
            time.sleep(watching.INTERVAL * watching.LIST_AGAIN * 1.5)  # the files are listed anew without it
            new = file.with_suffix(".new")
            new.write_text(WARNS, encoding="utf-8")
            new.replace(file)
            assert "1 warning in 1 file" in _until(process.stdout.fileno(), b"Ctrl+C ends it")
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0


def _until(descriptor: int, words: bytes) -> str:
    """Read until some words have come; the test fails where they do not come within seconds."""
    found = b""
    end = time.monotonic() + 20
    while words not in found:
        ready, _, _ = select.select([descriptor], [], [], end - time.monotonic())
        assert ready, found
        found += os.read(descriptor, 65536)
    return found.decode()
