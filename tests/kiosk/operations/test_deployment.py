"""The texts for operators: systemd's own verdict on the unit, and Debian's sshd with the snippet for real."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kiosk.openssh import Sshd
from tests.programs import program
from tui.kiosk.operations.deployment import TextError, sshd_snippet, unit
from tui.kiosk.operations.passwords import hashed
from tui.kiosk.operations.settings import Access, Settings
from tui.kiosk.visits import forced_command

PROGRAM = ["/usr/bin/env", "briefing"]
MOST_EXPOSED = 1.7
"""Of 10, as `systemd-analyze security` counts; what is left is the network that a server needs, a port below 1024 (0.3),
and `setpriority` (0.1), by which a search process steps behind those that paint: it can be lowered, never raised."""


def test_the_unit_says_what_was_set() -> None:
    settings = Settings(
        port=22, metrics_port=9222, drain_seconds=40, content=("/srv/briefings",), host_key="/etc/ssh/kiosk key"
    )
    text = unit(settings, PROGRAM, ["--config", "/etc/kiosk.toml"])
    assert "ExecStart=/usr/bin/env briefing kiosk --config /etc/kiosk.toml --host-key %d/host_key\n" in text
    assert "LoadCredential=host_key:/etc/ssh/kiosk\\x20key\n" in text
    fleet = settings.model_copy(update={"fleet": "host=/run", "fleet_password": "/etc/secret"})
    text_of_many = unit(fleet, PROGRAM, [])
    assert "--host-key %d/host_key --fleet-password %d/fleet_password\n" in text_of_many
    assert "LoadCredential=fleet_password:/etc/secret\n" in text_of_many
    assert "TimeoutStopSec=55\n" in text
    assert "RestartPreventExitStatus=2\n" in text
    assert "AmbientCapabilities=CAP_NET_BIND_SERVICE\n" in text
    assert "SocketBindDeny=any\nSocketBindAllow=tcp:22\nSocketBindAllow=tcp:9222\n" in text


def test_the_unit_lets_a_search_process_lower_its_priority() -> None:
    """Behind the filter that takes it away: systemd adds and takes in the order of the lines."""
    filters = re.findall("SystemCallFilter=(.*)", unit(Settings(), PROGRAM, []))
    assert ["@system-service", "~@privileged @resources", "setpriority"] == filters


def test_the_unit_lets_through_what_it_hides(tmp_path: Path) -> None:
    """And tells of a file whose replacement it would not see."""
    text = unit(Settings(), PROGRAM, [], [Path("/home/ann/brief ings"), Path("/root/venv")])
    assert re.findall("BindReadOnlyPaths=(.*)", text) == ["/home/ann/brief\\x20ings", "/root/venv"]
    assert "Better in /etc" not in text
    (tmp_path / "kiosk.toml").touch()
    assert "Better in /etc" in unit(Settings(), PROGRAM, [], [tmp_path / "kiosk.toml"])


def test_the_unit_has_what_the_program_is_imported_by() -> None:
    variables = {"PYTHONPATH": "/opt/a b:/opt/50%", "PYTHONUSERBASE": "/home/ann/.local"}
    lines = unit(Settings(), PROGRAM, [], variables=variables).splitlines()
    assert 'Environment="PYTHONPATH=/opt/a b:/opt/50%%"' in lines
    assert "Environment=PYTHONUSERBASE=/home/ann/.local" in lines


@pytest.fixture(scope="module")
def analyze() -> str:
    """Give the program that judges units."""
    return program("systemd-analyze")


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(port=22, content=("/srv/brief ings", "/home/a:b/c%d"), host_key='/etc/my "key"', workers=2),
    ],
)
def test_systemd_takes_the_unit(analyze: str, tmp_path: Path, settings: Settings) -> None:
    """Systemd finds nothing wrong with it, not even a warning, and little that it exposes."""
    file = tmp_path / "briefing-kiosk.service"
    words = ["--config", "/etc/a b/50%.toml", "--content", 'quo"ted']
    variables = {"PYTHONPATH": "/home/a b/50%$x"}
    text = unit(settings, [sys.executable, "-m", "tui"], words, [Path("/home/a:b/c%d"), Path("/home/x")], variables)
    file.write_text(text, encoding="utf-8")
    done = subprocess.run([analyze, "verify", file], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    told = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", file],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    [level] = re.findall(r"exposure level for .*?: ([\d.]+)", told.stdout)
    assert float(level) <= MOST_EXPOSED


def test_the_snippet_names_the_folders_of_content_and_texts() -> None:
    snippet = sshd_snippet(Settings(content=("/srv/a", "/srv/b"), texts=("/srv/my texts",)), PROGRAM)
    assert "kiosk visit --content /srv/a --content /srv/b --texts '/srv/my texts'\n" in snippet
    options = forced_command.build_parser().parse_args(["--texts", "/srv/a", "--texts", "/srv/b"])
    assert options.texts == [Path("/srv/a"), Path("/srv/b")]


def test_a_line_break_in_a_path() -> None:
    """No text can smuggle a setting in."""
    wrong = "/srv/x\n[Service]"
    with pytest.raises(TextError, match="cannot be written"):
        unit(Settings(), PROGRAM, ["--content", wrong])
    with pytest.raises(TextError, match="cannot be written"):
        sshd_snippet(Settings(content=(wrong,)), PROGRAM)
    with pytest.raises(TextError, match="quotation mark"):
        sshd_snippet(Settings(banner='/srv/"x"'), PROGRAM)


@given(st.text(min_size=1, max_size=40))
def test_any_word_is_refused_or_one_line(word: str) -> None:
    """A text has as many lines whatever the words are."""
    try:
        found = unit(Settings(), PROGRAM, [word])
    except TextError:
        return
    assert len(found.splitlines()) == len(unit(Settings(), PROGRAM, ["x"]).splitlines())


@pytest.fixture
def _openssh() -> None:
    program("sshd")


@pytest.mark.usefixtures("_openssh")
@pytest.mark.parametrize("access", ["open", "any-key", "authorized-keys", "password"])
def test_sshd_takes_the_snippet(tmp_path: Path, access: Access) -> None:
    """Every kind of access is a configuration that sshd reads, and none of it holds for other users."""
    settings = Settings(
        access=access,
        authorized_keys="/etc/ssh/kiosk keys",
        password_hash=hashed("x"),
        banner="/etc/issue.net",
    )
    server = Sshd(tmp_path, sshd_snippet(settings, PROGRAM, "kiosk"))
    kiosk, other = server.effective("kiosk"), server.effective("somebody")
    assert "forcecommand /usr/bin/env briefing kiosk visit\n" in kiosk
    assert "disableforwarding yes\n" in kiosk
    assert "banner /etc/issue.net\n" in kiosk
    assert ("permitemptypasswords yes\n" in kiosk) is (access == "open")
    for setting in (
        "forcecommand none",
        "disableforwarding no",
        "permitemptypasswords no",
        "authenticationmethods any",
    ):
        assert f"{setting}\n" in other


@pytest.mark.usefixtures("_openssh")
def test_sshd_gives_the_reader_and_nothing_else(tmp_path: Path) -> None:
    """Whatever command is asked for, the forced one runs; without a terminal too, and sftp and forwards get nothing."""
    program = tmp_path / "brief ing"
    program.write_text('#!/bin/sh\nprintf "%s|" "$@"; test -t 1 && echo terminal || echo none\n', encoding="utf-8")
    program.chmod(0o755)
    # Its own user's name is only known now, since sshd that is not root lets in nobody else.
    server = Sshd(tmp_path, "")
    settings = Settings(access="authorized-keys", authorized_keys=str(server.authorized), content=("/srv/a b",))
    with server.config.open("a", encoding="utf-8") as config:
        config.write(sshd_snippet(settings, [str(program)], server.user))
    with server:
        said = subprocess.run(
            server.ssh("cat", "/etc/passwd"), capture_output=True, text=True, check=False, timeout=60
        )  # fmt: skip
        assert said.stdout == "kiosk|visit|--content|/srv/a b|none\n", said.stderr
        said = subprocess.run(
            server.ssh("-tt", "--", "sh"), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            timeout=60,
        )  # fmt: skip
        assert said.stdout == "kiosk|visit|--content|/srv/a b|terminal\n", said.stderr
        said = subprocess.run(
            server.ssh("-s", "--", "sftp"), capture_output=True, text=True, check=False, timeout=60
        )  # fmt: skip
        assert said.stdout == "kiosk|visit|--content|/srv/a b|none\n", said.stderr
        said = subprocess.run(
            server.ssh("-W", f"127.0.0.1:{server.port}", "--"), capture_output=True, text=True, check=False, timeout=60
        )  # fmt: skip
        assert (said.returncode, said.stdout) == (255, "")
        assert "forwarding failed" in said.stderr
