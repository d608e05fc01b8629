"""The recorder of reading: what is wanted is written, and nothing else."""

import asyncio
from pathlib import Path

import pytest

from tests.kiosk.clocks import Clock
from tests.kiosk.conftest import Lines, until
from tui.kiosk.operations.ledger import Ledger
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.server import recorder as module
from tui.kiosk.server.recorder import Recorder


def recorder(path: Path, clock: Clock | None = None, **settings: object) -> Recorder:
    """Make a recorder with a ledger."""
    chosen = Settings.model_validate(settings)
    return Recorder(chosen, Ledger(path / "a.sqlite"), Log(Lines(), chosen), clock or Clock())


def visit(of: Recorder, ticket: int, key: str, briefing: str) -> None:
    """Come, read, run a command, and go."""
    for event, detail in (
        ("greeted", ""),
        ("logged-in", key),
        ("opened", briefing),
        ("ran", f"show {briefing}"),
        ("ran", "list"),
        ("closed", ""),
    ):
        of.handle(ticket, event, detail)


@pytest.mark.parametrize("audit", [True, False])
@pytest.mark.parametrize("statistics", [True, False])
async def test_only_what_the_operator_wants_is_written(tmp_path: Path, *, audit: bool, statistics: bool) -> None:
    records = recorder(tmp_path, audit=audit, statistics=statistics)
    visit(records, 1, "SHA256:one", "pond")
    visit(records, 2, "", "pond")
    await records.write()
    acts = [(row["key"], row["what"], row["briefing"]) for row in records.ledger.audit().rows]
    course = [("came", ""), ("opened", "pond"), ("show", "pond"), ("list", ""), ("left", "")]
    assert acts == [(key, *act) for key in ("SHA256:one", "") for act in course] * audit
    counts = [(row["day"], row["briefing"], row["openings"]) for row in records.ledger.counts().rows]
    assert counts == [("1970-01-01", "pond", 4)] * statistics
    assert records.ledger.path.exists() == (audit or statistics)


async def test_who_is_forgotten_leaves_no_act_written_or_waiting(tmp_path: Path) -> None:
    records = recorder(tmp_path, audit=True)
    visit(records, 1, "SHA256:one", "pond")
    await records.write()
    records.handle(2, "logged-in", "SHA256:one")
    records.handle(3, "logged-in", "SHA256:other")
    assert 6 == await records.forget("SHA256:one")
    records.handle(2, "closed")
    records.handle(3, "closed")
    await records.write()
    assert ["SHA256:other"] * 2 == [row["key"] for row in records.ledger.audit().rows]


async def test_acts_expire(tmp_path: Path) -> None:
    clock = Clock()
    records = recorder(tmp_path, clock, audit=True, audit_days=2)
    clock.pass_by(10)
    records.handle(1, "logged-in", "SHA256:one")
    await records.write()
    clock.pass_by(3 * 86_400)
    records.handle(2, "logged-in", "SHA256:two")
    await records.write()
    assert ["SHA256:two"] == [row["key"] for row in records.ledger.audit().rows]


async def test_what_cannot_be_written_is_told_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WRITE_EVERY", 0.01)
    lines = Lines()
    settings = Settings(audit=True, statistics=True)
    (tmp_path / "file").write_text("", encoding="ascii")
    records = Recorder(settings, Ledger(tmp_path / "file" / "a.sqlite"), Log(lines, settings))
    visit(records, 1, "SHA256:one", "pond")
    keeping = asyncio.create_task(records.keep())
    await until(lambda: 2 < len(lines.of("unrecorded")))
    assert "acts=5" in lines.of("unrecorded")[0]
    (tmp_path / "file").unlink()
    await until(records.ledger.path.exists)
    await until(lambda: 5 == len(records.ledger.audit().rows))
    keeping.cancel()
    assert [2] == [row["openings"] for row in records.ledger.counts().rows]


async def test_acts_that_wait_for_a_full_disk_are_forgotten_too(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    settings = Settings(audit=True)
    records = Recorder(settings, Ledger(tmp_path / "file" / "a.sqlite"), Log(Lines(), settings))
    visit(records, 1, "SHA256:one", "pond")
    visit(records, 2, "SHA256:other", "pond")
    assert 5 == await records.forget("SHA256:one")
    assert records.trouble
    (tmp_path / "file").unlink()
    await records.write()
    assert {"SHA256:other"} == {row["key"] for row in records.ledger.audit().rows}
    assert not records.trouble
