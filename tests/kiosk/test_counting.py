"""Events of the log as figures."""

import os
import subprocess
import sys

from tui.kiosk.counting import count_event, own_memory
from tui.kiosk.metrics import Metrics


def test_events_are_counted_by_what_parts_them() -> None:
    metrics = Metrics()
    for event, facts in (
        ("visit", {"key": ""}),
        ("visit", {"key": "SHA256:x"}),
        ("told", {"command": "list"}),
        ("left", {"reason": "idle", "came": 10, "went": 2000}),
        ("turned-away", {"reason": "full"}),
        ("refused", {"request": "exec"}),
        ("fault", {}),
        ("worker-died", {}),
        ("search-died", {}),
        ("unchanged", {"reason": "wrong"}),
        ("something else", {}),
    ):
        count_event(metrics, event, facts)
    found = {name: series for name, series in metrics.snapshot().items() if series}
    assert found == {
        "briefing_kiosk_visits_total": {("open",): (1,), ("key",): (1,), ("told",): (1,)},
        "briefing_kiosk_ended_total": {("idle",): (1,)},
        "briefing_kiosk_refusals_total": {("full",): (1,), ("exec",): (1,)},
        "briefing_kiosk_bytes_total": {("in",): (10,), ("out",): (2000,)},
        "briefing_kiosk_faults_total": {(): (1,)},
        "briefing_kiosk_worker_restarts_total": {(): (1,)},
        "briefing_kiosk_search_restarts_total": {(): (1,)},
        "briefing_kiosk_reloads_total": {("unchanged",): (1,)},
    }


def test_own_memory() -> None:
    assert own_memory() > 1024**2
    assert own_memory(os.getpid()) > 1024**2


def test_a_process_that_is_gone_has_no_memory() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert own_memory(gone.pid) == 0
