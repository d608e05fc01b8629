"""The metrics of a real kiosk, as Prometheus and as `briefing kiosk stats` read them."""

import asyncio
import subprocess
import sys
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.kiosk.openssh import free_port
from tests.kiosk.real.serving import Serving, answered, until
from tui.kiosk.stats import fetch, lines


def values(port: int) -> dict[str, float]:
    """Ask the endpoint, and give each figure's sum."""
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(fetch("127.0.0.1", port)):
        for sample in family.samples:
            found[sample.name] = found.get(sample.name, 0.0) + sample.value
    return found


async def test_what_was_done_is_counted(tmp_path: Path) -> None:
    """Visits, keys, times, refusals, memory; a worker that is killed takes nothing of the sums with it."""
    port = free_port()
    with Serving(tmp_path, metrics_port=port, workers=2) as kiosk:
        for _ in range(3):
            async with kiosk.visitor() as visitor:
                await answered(visitor)
        async with kiosk.visitor() as visitor:
            await answered(visitor)
            await asyncio.sleep(6)
            found = values(port)
            assert found["briefing_kiosk_keys_total"] == 8
            assert found["briefing_kiosk_visits_total"] == 4
            assert found["briefing_kiosk_active_visits"] == 1
            assert found["briefing_kiosk_connections"] == 1
            for name in ("handshake", "start"):
                assert found[f"briefing_kiosk_{name}_seconds_count"] == 4
            assert found["briefing_kiosk_repaint_seconds_count"] >= 8
            assert found["briefing_kiosk_bytes_total"] > 10_000
            assert found["briefing_kiosk_memory_bytes"] > 50 * 1024**2
            assert f'process="{kiosk.workers()[0].pid}-search"' in fetch("127.0.0.1", port)
            assert found["briefing_kiosk_tasks"] > 10
        await asyncio.sleep(6)
        command = [sys.executable, "-m", "tui", "kiosk", "stats", "--port", str(port)]
        shown = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True, timeout=60)
        assert "visits" in shown.stdout
        for worker in kiosk.workers():
            worker.kill()
        kiosk.logged("worker-died")
        assert await until(lambda: values(port)["briefing_kiosk_worker_restarts_total"] == 2)
        assert values(port)["briefing_kiosk_visits_total"] == 4
        assert values(port)["briefing_kiosk_active_visits"] == 0
        assert {row.name for row in lines(fetch("127.0.0.1", port))} >= {"visits", "repaint", "memory"}
