"""Events of the log as figures."""

import math
import os
import subprocess
import sys

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tui.kiosk.operations.metrics import Content, Facts, Metrics
from tui.kiosk.operations.processes import own_memory
from tui.kiosk.operations.stats import rows_of
from tui.kiosk.server.exposition import exposition


def test_events_are_counted_by_what_parts_them() -> None:
    metrics = Metrics()
    counted: tuple[tuple[str, Facts], ...] = (
        ("visit", {"key": ""}),
        ("visit", {"key": "SHA256:x"}),
        ("exec", {"command": "list"}),
        ("left", {"reason": "idle", "came": 10, "went": 2000}),
        ("turned-away", {"reason": "full"}),
        ("refused", {"request": "exec"}),
        ("fault", {}),
        ("worker-died", {}),
        ("search-died", {}),
        ("unchanged", {"reason": "wrong"}),
        ("reloaded", {"briefing": "a"}),
        ("broken", {"briefing": "a"}),
        ("removed", {"briefing": "a"}),
        ("content-away", {"folder": "a"}),
        ("content-away", {"folder": "b"}),
        ("content-back", {"folder": "a"}),
        ("login-failed", {"method": "password", "tries": 3}),
        ("check", {"kind": "local"}),
        ("unwritten", {"changes": 3, "reason": "SQLITE_FULL"}),
        ("unwritten", {"changes": 2, "reason": "SQLITE_FULL"}),
        ("something else", {}),
    )
    for event, facts in counted:
        metrics.feed(event, facts)
    found = {name: series for name, series in metrics.snapshot().items() if series}
    assert found == {
        "briefing_kiosk_visits_total": {("open",): (1,), ("key",): (1,), ("exec",): (1,)},
        "briefing_kiosk_ended_total": {("idle",): (1,)},
        "briefing_kiosk_refusals_total": {("full",): (1,), ("exec",): (1,)},
        "briefing_kiosk_bytes_total": {("in",): (10,), ("out",): (2000,)},
        "briefing_kiosk_faults_total": {(): (1,)},
        "briefing_kiosk_worker_restarts_total": {(): (1,)},
        "briefing_kiosk_search_restarts_total": {(): (1,)},
        "briefing_kiosk_reloads_total": {("unchanged",): (1,), ("reloaded",): (1,), ("broken",): (1,)},
        "briefing_kiosk_removed_total": {(): (1,)},
        "briefing_kiosk_away_folders": {(): (1,)},
        "briefing_kiosk_failed_logins_total": {("password",): (1,)},
        "briefing_kiosk_checks_total": {("local",): (1,)},
        "briefing_kiosk_unwritten_total": {("SQLITE_FULL",): (5,)},
    }


@pytest.mark.parametrize(("newest", "age"), [(400.0, 600.0), (1200.0, 0.0)])
def test_the_library_in_figures(newest: float, age: float) -> None:
    metrics = Metrics()
    metrics.set_content(Content(12, 2, newest), 1000.0)
    found = metrics.snapshot()
    assert (12,) == found["briefing_kiosk_briefings"][()]
    assert (2,) == found["briefing_kiosk_broken_briefings"][()]
    assert (age,) == found["briefing_kiosk_edition_age_seconds"][()]


def test_a_library_without_a_briefing_has_no_age() -> None:
    metrics = Metrics()
    metrics.set_content(Content(0, 0, None), 1000.0)
    text = exposition(metrics.snapshot()).decode()
    assert "briefing_kiosk_edition_age_seconds NaN\n" in text
    [family] = [one for one in text_string_to_metric_families(text) if one.name == "briefing_kiosk_edition_age_seconds"]
    assert math.isnan(family.samples[0].value)
    assert "unknown" == {row.name: row.value for row in rows_of(text)}["edition age"]


def test_own_memory() -> None:
    assert own_memory() > 1024**2
    assert own_memory(os.getpid()) > 1024**2


def test_a_process_that_is_gone_has_no_memory() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert own_memory(gone.pid) == 0
