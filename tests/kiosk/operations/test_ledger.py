"""The ledger of reading."""

from pathlib import Path

import pytest

from tui.kiosk.operations import ledger as module
from tui.kiosk.operations.ledger import Act, Ledger, LedgerError


def test_acts_are_kept_in_order_and_found_by_time_and_key(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "new" / "a.sqlite")
    assert ([], 0) == ledger.audit()
    ledger.write([Act(10, "one", "came"), Act(20, "two", "opened", "pond"), Act(30, "one", "left")], [])
    assert [10, 20, 30] == [row["at"] for row in ledger.audit().rows]
    assert [20, 30] == [row["at"] for row in ledger.audit(since=20).rows]
    assert [{"at": 30.0, "key": "one", "what": "left", "briefing": ""}] == ledger.audit(since=15, key="one").rows
    assert 0o600 == ledger.path.stat().st_mode & 0o777


def test_openings_are_added_up_by_day_and_briefing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "a.sqlite")
    ledger.write([], [("2026-11-26", "pond", 2), ("2026-11-27", "pond", 1)])
    ledger.write([], [("2026-11-27", "pond", 4), ("2026-11-27", "mill", 1)])
    assert [("2026-11-26", "pond", 2), ("2026-11-27", "mill", 1), ("2026-11-27", "pond", 5)] == [
        tuple(row.values()) for row in ledger.counts().rows
    ]
    assert 2 == len(ledger.counts(since="2026-11-27").rows)


def test_a_forgotten_key_is_nowhere_in_the_file(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "a.sqlite")
    assert 0 == ledger.forget("SHA256:secret")
    ledger.write([Act(n, "SHA256:secret" if n % 2 else "SHA256:other", "came") for n in range(1000)], [])
    assert b"SHA256:secret" in ledger.path.read_bytes()
    assert 500 == ledger.forget("SHA256:secret")
    assert b"SHA256:secret" not in ledger.path.read_bytes()
    assert [ledger.path] == list(tmp_path.iterdir())
    assert 250 == ledger.expire(500)
    assert 250 == len(ledger.audit().rows)


def test_a_long_table_comes_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 10)
    ledger = Ledger(tmp_path / "a.sqlite")
    ledger.write([Act(n, "", "came") for n in range(25)], [("2026-11-27", f"b{n:02}", 1) for n in range(25)])
    for ask in (ledger.audit, ledger.counts):
        rows, part = [], ask()
        rows += part.rows
        while part.after:
            part = ask(after=part.after)
            rows += part.rows
        assert 25 == len(rows)


def test_a_file_that_is_no_ledger_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"x" * 5000)
    ledger = Ledger(tmp_path / "a.sqlite")
    for use in (
        ledger.audit,
        ledger.counts,
        lambda: ledger.write([Act(1, "", "came")], []),
        lambda: ledger.forget("x"),
    ):
        with pytest.raises(LedgerError, match=r"a\.sqlite: file is not a database"):
            use()
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(LedgerError):
        Ledger(tmp_path / "file" / "a").write([Act(1, "", "came")], [])
