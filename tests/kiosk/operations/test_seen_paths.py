"""Which paths a unit must bind: every one that is read below a hidden folder, and all that its links lead to."""

import os
import sys
from pathlib import Path

import pytest

from tui.kiosk import command
from tui.kiosk.operations import seen_paths
from tui.kiosk.operations.seen_paths import UnseenError, bindings, content_paths, program_paths


class Machine:
    """A made-up home, hidden, and a folder beside it that is not."""

    def __init__(self, top: Path) -> None:
        for folder in (top, *top.parents):
            if not folder.stat().st_mode & 1:
                folder.chmod(folder.stat().st_mode | 0o5)
        self.home = top / "home"
        self.srv = top / "srv"
        for folder in (self.home / "ann", self.srv):
            folder.mkdir(parents=True)

    def file(self, path: Path, mode: int = 0o644) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        path.chmod(mode)
        return path

    def bound(self, *needed: Path) -> list[str]:
        return [str(path.relative_to(self.home)) for path in bindings(needed, [str(self.home)])]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Give one."""
    return Machine(tmp_path)


def test_what_is_not_hidden_is_not_bound(machine: Machine) -> None:
    assert [] == machine.bound(machine.file(machine.srv / "kiosk.toml"), machine.srv)


def test_folders_cover_what_is_in_them(machine: Machine) -> None:
    banner = machine.file(machine.home / "ann/kiosk/banner")
    assert ["ann/kiosk"] == machine.bound(banner.parent, banner)
    assert ["ann/kiosk/banner"] == machine.bound(banner)


def test_every_link_of_a_python_is_followed(machine: Machine) -> None:
    """As an environment links a Python through a folder that is a link to its newest version."""
    real = machine.file(machine.home / "ann/pythons/cpython-3.11.9/bin/python3.11", 0o755)
    (real.parent / "python3").symlink_to("python3.11")
    (machine.home / "ann/pythons/cpython-3.11").symlink_to("cpython-3.11.9")
    own = machine.home / "ann/venv/bin"
    own.mkdir(parents=True)
    (own / "python").symlink_to("../../pythons/cpython-3.11/bin/python3")
    found = machine.bound(own.parent, own / "python")
    assert ["ann/venv", "ann/pythons/cpython-3.11/bin", "ann/pythons/cpython-3.11.9/bin"] == found[:3]
    prefix = machine.home / "ann/pythons/cpython-3.11"
    assert ["ann/venv", "ann/pythons/cpython-3.11", "ann/pythons/cpython-3.11.9"] == machine.bound(
        own.parent, prefix, own / "python"
    )


def test_a_link_out_of_the_content_is_followed(machine: Machine) -> None:
    machine.file(machine.home / "ann/elsewhere/sample/briefing.toml")
    machine.file(machine.home / "bob/one.toml")
    shelf = machine.srv / "shelf"
    (shelf / "two").mkdir(parents=True)
    (shelf / "sample").symlink_to(machine.home / "ann/elsewhere/sample")
    (shelf / "two/briefing.toml").symlink_to(machine.home / "bob/one.toml")
    (shelf / "broken").symlink_to("nowhere")
    assert {"ann/elsewhere/sample", "bob/one.toml"} == set(machine.bound(*content_paths(shelf)))


def test_a_link_in_a_home_is_refused(machine: Machine) -> None:
    """To bind it would show the whole home."""
    real = machine.file(machine.home / "ann/kiosk/kiosk.toml")
    link = machine.home / "ann/kiosk.toml"
    link.symlink_to(real)
    with pytest.raises(UnseenError, match=f"the service would not see it; name what it leads to, {real}"):
        machine.bound(link)


def test_what_is_not_there_or_turns_round_is_refused(machine: Machine) -> None:
    with pytest.raises(UnseenError, match="there is no such file"):
        machine.bound(machine.home / "ann/nothing")
    loop = machine.srv / "loop"
    loop.symlink_to(loop)
    with pytest.raises(UnseenError, match="there is no such file"):
        machine.bound(loop)


def test_a_file_of_this_process_alone_is_refused() -> None:
    """As `--config <(…)` would be."""
    read, write = os.pipe()
    try:
        with pytest.raises(UnseenError, match="is seen by no service"):
            bindings([Path(f"/dev/fd/{read}")])
    finally:
        os.close(read)
        os.close(write)


def test_what_others_cannot_read_is_refused(machine: Machine) -> None:
    keys = machine.file(machine.home / "ann/keys", 0o600)
    with pytest.raises(UnseenError, match=f"others cannot read it; write: chmod -R o\\+rX {keys}"):
        machine.bound(keys)
    banner = machine.file(machine.srv / "private/banner")
    banner.parent.chmod(0o700)
    with pytest.raises(UnseenError, match=f"cannot enter {banner.parent}; write: chmod o\\+x {banner.parent}"):
        machine.bound(banner)
    inner = machine.file(machine.home / "ann/venv/lib/x.py")
    inner.parent.chmod(0o700)
    with pytest.raises(UnseenError, match="cannot enter"):
        machine.bound(machine.home / "ann/venv", inner)
    inner.parent.chmod(0o755)
    (machine.home / "ann").chmod(0o700)  # which systemd makes anew, for everybody
    assert ["ann/venv"] == machine.bound(machine.home / "ann/venv", inner)


def test_the_program_needs_its_python_its_packages_and_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = program_paths()
    assert {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable), Path(__file__).parents[2]} <= set(needed)
    for module in ("asyncssh", "pydantic", command.__name__):
        file = Path(str(sys.modules[module].__file__))
        assert any(file.is_relative_to(one) for one in needed)
    monkeypatch.setattr(seen_paths, "_MAPS", Path("/nowhere"))
    assert program_paths()


@pytest.mark.parametrize("is_used", [True, False])
def test_packages_of_the_user_are_told_where_they_are_used(monkeypatch: pytest.MonkeyPatch, *, is_used: bool) -> None:
    monkeypatch.setattr("site.ENABLE_USER_SITE", is_used)
    monkeypatch.setattr("site.getusersitepackages", lambda: "/home/ann/.local/lib/site-packages")
    monkeypatch.setattr("site.getuserbase", lambda: "/home/ann/.local")
    monkeypatch.setattr(sys, "path", [*sys.path, "/home/ann/.local/lib/site-packages"])
    assert ("/home/ann/.local" if is_used else "") == seen_paths.user_base()
