"""The metrics of a real kiosk, as Prometheus and as `briefing kiosk stats` read them."""

import asyncio
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.kiosk.openssh import free_port
from tests.kiosk.real.serving import Serving, answered, until
from tui.kiosk.operations.stats import fetch, rows_of


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
        assert {row.name for row in rows_of(fetch("127.0.0.1", port))} >= {"visits", "repaint", "memory"}


HOST = "127.0.0.7"
"""Where the figures are to be read: this machine, and not where they are unless told."""


def asked(port: int, path: str) -> tuple[int, str]:
    """Ask for a path; give the status and the text."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def figure(port: int, name: str) -> float | None:
    """Give the value of a figure; None where nobody tells."""
    found = re.search(rf"^briefing_kiosk_{re.escape(name)} (\S+)$", asked(port, "/metrics")[1], re.MULTILINE)
    return float(found[1]) if found else None


async def test_the_figures_of_the_content(tmp_path: Path, sample_folder: Path) -> None:
    """Of one library, whatever the number of workers; each change is logged and counted once."""
    port, began, library = free_port(), time.time(), tmp_path / "library"
    for name in ("sample", "other"):
        shutil.copytree(sample_folder, library / name)
    file = library / "other" / "briefing.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('id = "sample"', 'id = "other"'), encoding="utf-8")
    with Serving(tmp_path, content=[str(library)], workers=3, metrics_port=port, metrics_host=HOST) as kiosk:
        match = kiosk.logged(r" started version=(\S+) workers=3 briefings=2 broken=0$")
        assert await until(lambda: figure(port, "briefings") == 2)
        assert figure(port, f'version_info{{version="{match[1]}"}}') == 1
        assert began - 1 <= (figure(port, "start_time_seconds") or 0) <= time.time()
        assert 0 <= (figure(port, "edition_age_seconds") or 0) <= time.time() - began + 60
        assert (figure(port, "broken_briefings"), figure(port, "away_folders")) == (0, 0)
        good = file.read_text(encoding="utf-8")
        file.write_text(good + "\nnonsense = [\n", encoding="utf-8")
        assert await until(lambda: figure(port, "broken_briefings") == 1)
        file.write_text(good, encoding="utf-8")
        assert await until(lambda: figure(port, "broken_briefings") == 0)
        assert figure(port, 'reloads_total{result="broken"}') == 1
        assert len(re.findall(" broken ", kiosk.log)) == 1
        kiosk.signal(signal.SIGHUP)
        assert await until(lambda: figure(port, 'reloads_total{result="unchanged"}') == 1)
        kiosk.settings["visits"] = 77
        kiosk.write_config()
        kiosk.signal(signal.SIGHUP)
        assert await until(lambda: figure(port, 'reloads_total{result="changed"}') == 1)
        kiosk.logged(r" changed settings=visits$")
        words = [sys.executable, "-m", "tui", "kiosk", "stats", "--host", HOST, "--port", str(port)]
        shown = await asyncio.to_thread(subprocess.run, words, capture_output=True, text=True, check=True, timeout=60)
        for row in (rf"version +{re.escape(match[1])}", r"briefings +\d", r"edition age +\d", r"start time +\d{4}-"):
            assert re.search(f"^{row}", shown.stdout, re.MULTILINE), shown.stdout
        library.rename(tmp_path / "elsewhere")
        assert await until(lambda: (figure(port, "removed_total"), figure(port, "briefings")) == (2, 0))


async def test_the_one_that_tells_of_the_content_is_replaced(tmp_path: Path) -> None:
    """When it dies its successor tells, and nobody else does meanwhile."""
    port = free_port()
    with Serving(tmp_path, workers=2, metrics_port=port, metrics_host=HOST) as kiosk:
        assert await until(lambda: figure(port, "briefings") == 3)
        kiosk.workers()[0].kill()
        kiosk.logged("worker-died")
        assert await until(lambda: figure(port, "briefings") is None)
        assert await until(lambda: figure(port, "briefings") == 3, 60)


async def test_whether_it_is_ready(tmp_path: Path) -> None:
    """It says so while it serves, and otherwise while it drains; its log and its ready line are JSON if they are to be."""
    port = free_port()
    with Serving(tmp_path, metrics_port=port, metrics_host=HOST, drain_seconds=5, log="json") as kiosk:
        assert asked(port, "/healthz") == (200, "ok\n")
        assert asked(port, "/readyz") == (200, "ready\n")
        async with kiosk.visitor():
            kiosk.signal(signal.SIGTERM)
            assert await until(lambda: asked(port, "/readyz") == (503, "draining\n"), 4)
            assert asked(port, "/healthz") == (200, "ok\n")
        events = [json.loads(line)["event"] for line in kiosk.log.splitlines()]
    assert events[0] == "started"
    assert "draining" in events
