"""The watch over rules, keys and revocations, without processes."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.kiosk.conftest import Lines
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.ssh.access import Access
from tui.kiosk.worker.access_watcher import AccessWatcher

DRAFT = '[[rule]]\nbriefings = ["pond"]\nstatus = "draft"\n'


class Host:
    """What the watch knows of a host."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.access = Access(settings)

    async def change(self, settings: Settings) -> None:
        """Read the files again."""
        self.access = Access(settings)


class House(NamedTuple):
    """A watch with its file, host and log, and how often the library was shown."""

    file: Path
    host: Host
    lines: Lines
    shown: list[None]
    watcher: AccessWatcher


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Give a watch over a file of rules."""
    file = tmp_path / "rules.toml"
    file.write_text("", encoding="utf-8")
    host, lines, shown = Host(Settings(rules=str(file))), Lines(), list[None]()
    watcher = AccessWatcher(host, Log(lines, Settings()), lambda: shown.append(None))  # type: ignore[arg-type]  # a double
    return House(file, host, lines, shown, watcher)


async def test_a_changed_file_is_read_once_it_is_at_rest(house: House) -> None:
    await house.watcher.look()
    await house.watcher.look()
    house.file.write_text("[[rule]]\n", encoding="utf-8")  # the first half of it
    await house.watcher.look()
    house.file.write_text(DRAFT, encoding="utf-8")
    await house.watcher.look()
    assert not house.host.access.file.rules.rules
    assert not house.lines
    for _ in range(3):
        await house.watcher.look()
    assert 1 == len(house.host.access.file.rules.rules)
    assert [f"rules read={house.file}"] == [line.partition(" ")[2] for line in house.lines]
    assert [None] == house.shown


@pytest.mark.parametrize("text", ["[[rule", '[[rule]]\nreaders = ["nobody"]\n', None])
async def test_a_file_that_is_refused_changes_nothing_and_is_told_once(house: House, text: str | None) -> None:
    house.file.write_text(DRAFT, encoding="utf-8")
    await house.watcher.look()
    await house.watcher.look()
    house.lines.clear()
    if text is None:
        house.file.unlink()
    else:
        house.file.write_text(text, encoding="utf-8")
    for _ in range(4):
        await house.watcher.look()
    [line] = house.lines
    assert "rules refused=" in line
    assert 1 == len(house.host.access.file.rules.rules)
    house.file.write_text(f"{DRAFT}{DRAFT}", encoding="utf-8")
    for _ in range(2):
        await house.watcher.look()
    assert 2 == len(house.host.access.file.rules.rules)


async def test_a_refused_value_counts_as_a_draft_and_is_told(house: House) -> None:
    house.file.write_text(DRAFT.replace("draft", "hidden"), encoding="utf-8")
    await house.watcher.look()
    await house.watcher.look()
    assert "draft" == house.host.access.file.rules.rules[0].publication.status
    assert "until then it counts as a draft" in house.lines[-1]
    house.file.write_text("[group.staff]\n", encoding="utf-8")
    await house.watcher.look()
    await house.watcher.look()
    assert "rules doubtful=" in house.lines[-1]
    assert "group.staff: has nobody in it" in house.lines[-1]


async def test_files_that_the_rules_name_are_watched_too(house: House, tmp_path: Path) -> None:
    for name in ("revoked", "staff.keys"):
        (tmp_path / name).write_text("# none\n", encoding="utf-8")
    house.file.write_text('revoked = "revoked"\n[group.staff]\nkeys = "staff.keys"\n', encoding="utf-8")
    await house.watcher.look()
    await house.watcher.look()
    for name in ("revoked", "staff.keys"):
        (tmp_path / name).write_text("# other\n# lines\n", encoding="utf-8")
        house.lines.clear()
        await house.watcher.look()
        await house.watcher.look()
        assert f"read={tmp_path / name}" in house.lines[-1]
