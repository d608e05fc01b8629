"""The OpenSSH way: Debian's sshd with the snippet that `--print sshd` writes, and visits to it."""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bench.terminal import Terminal
from tests.kiosk.openssh import Sshd
from tests.programs import program
from tests.reader.running import Terminal as Screen
from tui.kiosk.operations.deployment import sshd_snippet
from tui.kiosk.operations.processes import module_command
from tui.kiosk.operations.settings import Settings


class Visited:
    """An sshd over the made-up briefing."""

    def __init__(self, folder: Path, content: Path, **settings: object) -> None:
        """Write its configuration; a wrapper stands for the home that the account would have."""
        self.sshd = Sshd(folder, "")
        homes = {f"XDG_{name}_HOME": folder / name.lower() for name in ("CACHE", "STATE", "DATA", "CONFIG")}
        exports = [f"export {name}='{path}'\n" for name, path in {**homes, "HOME": folder}.items()]
        exports += [f"export {name}='{value}'\n" for name, value in os.environ.items() if name.startswith("COVERAGE")]
        wrapper = folder / "wrapper"
        wrapper.write_text(
            f'#!/bin/sh\n{"".join(exports)}exec {" ".join(module_command("tui"))} "$@"\n', encoding="utf-8"
        )
        wrapper.chmod(0o755)
        chosen = Settings.model_validate(
            {
                "access": "authorized-keys",
                "authorized_keys": str(self.sshd.authorized),
                "content": [str(content)],
                **settings,
            }
        )
        with self.sshd.config.open("a", encoding="utf-8") as config:
            config.write(sshd_snippet(chosen, [str(wrapper)], self.sshd.user))

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command there."""
        return subprocess.run(
            self.sshd.ssh(*words), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=90
        )  # fmt: skip

    def terminal(self, term: str = "xterm-256color") -> Terminal:
        """Come with a terminal."""
        [client, *words] = self.sshd.ssh("-tt", "--")
        return Terminal([program(client), *words], {**os.environ, "TERM": term})


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[Visited]:
    """Give a running one."""
    program("sshd")
    folder = tmp_path_factory.mktemp("sshd")
    (folder / "notice").write_text("Closed on Monday.\nMore.", encoding="utf-8")
    found = Visited(folder, sample_folder.parent, notice=str(folder / "notice"), exec_bytes=4096)
    with found.sshd:
        yield found


def test_a_visitor_reads_and_leaves_by_q(visited: Visited) -> None:
    """The terminal is given back, and no move of the mouse was ever asked for."""
    with visited.terminal() as terminal:
        terminal.wait_for("Swans on a pond", "Closed on Monday.", seconds=60)
        terminal.write(b"\r")
        terminal.wait_for("Two counts disagree")
        assert b"\x1b[?1000h" in terminal.raw
        assert b"\x1b[?1006h" in terminal.raw
        assert b"\x1b[?1003h" not in terminal.raw
        terminal.write(b"\x03\x1c\x1a")  # what would interrupt, end and stop a program
        terminal.settle()
        terminal.write(b"q")
        until = time.monotonic() + 20
        while b"\x1b[?1049l" not in terminal.raw:
            assert time.monotonic() < until, terminal.words[-500:]
            terminal.settle(0.05)
        assert b"Traceback" not in terminal.raw
        _, code = os.waitpid(terminal.pid, 0)
        assert 0 == os.waitstatus_to_exitcode(code)


def test_nothing_there_touches_the_machine(visited: Visited) -> None:
    with visited.terminal() as terminal:
        terminal.wait_for("Swans on a pond", seconds=60)
        terminal.write(b"?")
        terminal.wait_for("Help")
        assert "edit" not in re.findall(r"[a-z]+", terminal.words.partition("Help")[2])
        terminal.write(b"q")
        terminal.settle(seconds=20)


@pytest.mark.parametrize(
    ("command", "code", "out", "err"),
    [
        ("list", 0, "Swans on a pond", ""),
        ("show sample --pane claims", 0, "The book has seven swans.", ""),
        ("search swans -pond --limit 1", 0, "hits in 1 briefing", ""),
        ("search xyzzyplugh", 1, "0 hits", ""),
        ("search --help", 0, "usage: ssh HOST search ", ""),
        ("help", 0, "ssh HOST list", ""),
        ("show sample", 0, "… cut here; the rest is too long for a command.", ""),
        (
            "cat /etc/passwd",
            2,
            "",
            "briefing: there is no command 'cat' here; there are list, show, cite, search and help\n",
        ),
        ("sh -c 'touch /tmp/x'", 2, "", "there is no command 'sh' here"),
        ("scp -t /tmp", 2, "", "there is no command 'scp' here"),
        ("show sampel", 2, "", "did you mean 'sample'?"),
    ],
)
def test_a_command_is_served_as_the_kiosk_serves_it_or_refused(
    visited: Visited, command: str, code: int, out: str, err: str
) -> None:
    done = visited.run(command)
    assert code == done.returncode, done
    assert out in done.stdout
    assert err in done.stderr
    assert "" in {done.stdout, done.stderr}


def test_the_help_names_no_name_that_sshd_does_not_take(visited: Visited) -> None:
    assert "@HOST" not in visited.run("help").stdout


def test_without_a_terminal_or_a_screen_there_is_the_list(visited: Visited) -> None:
    assert "Swans on a pond" in visited.run("-T", "--").stdout
    with visited.terminal("dumb") as terminal:
        terminal.wait_for("This terminal shows no screen", "Swans on a pond", seconds=60)
        assert b"\x1b" not in terminal.raw


def test_sftp_is_refused(visited: Visited) -> None:
    done = visited.run("-s", "--", "sftp")  # whose standard error sshd hands on to nobody
    assert (2, "") == (done.returncode, done.stdout)


def test_who_is_idle_for_long_is_parted_with(tmp_path: Path, sample_folder: Path) -> None:
    program("sshd")
    visited = Visited(tmp_path, sample_folder.parent, idle_seconds=1, idle_warning_seconds=0.5)
    with visited.sshd, visited.terminal() as terminal:
        terminal.wait_for("Swans on a pond", seconds=60)
        _, code = os.waitpid(terminal.pid, 0)
        assert 0 == os.waitstatus_to_exitcode(code)


def test_a_rule_that_changes_reaches_a_visitor_who_is_inside(tmp_path: Path, tiny: Callable[..., str]) -> None:
    for name in ("pond", "lake"):
        (tmp_path / "content" / name).mkdir(parents=True)
        text = tiny(id=name, title=f"The {name} one")
        (tmp_path / "content" / name / "briefing.toml").write_text(text, encoding="utf-8")
    rules = tmp_path / "rules.toml"
    rules.write_text("", encoding="utf-8")
    found = Visited(tmp_path, tmp_path / "content", rules=str(rules))
    with found.sshd:
        terminal = Screen(command=found.sshd.ssh("-tt", "--"))
        try:
            terminal.until_shown("The pond one", "The lake one")
            rules.write_text('[[rule]]\nbriefings = ["pond"]\nstatus = "draft"\n', encoding="utf-8")
            terminal.until(lambda: "The pond one" not in terminal.text)
            assert "The lake one" in terminal.text
            terminal.send("q")
            terminal.until_ended()
        finally:
            terminal.close()
