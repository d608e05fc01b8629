"""The figures of a kiosk in a terminal, from a real endpoint and from none."""

import asyncio
import io

import pytest

from tui.kiosk.operations.metrics import Metrics
from tui.kiosk.operations.stats import StatsError, fetch, main, rows_of, table, watch
from tui.kiosk.server.exposition import CONTENT_TYPE, exposition
from tui.kiosk.server.metrics_endpoint import MetricsEndpoint
from tui.render.arguments import UsageError


def figures() -> str:
    """Write the figures of a kiosk that has done a little."""
    metrics = Metrics(reading=True)
    metrics.count("briefing_kiosk_visits_total", "open", by=1200)
    metrics.count("briefing_kiosk_visits_total", "key", by=34)
    metrics.count("briefing_kiosk_bytes_total", "out", by=3 * 1024**2)
    metrics.set("briefing_kiosk_active_visits", 7)
    for seconds in (0.004, 0.008, 0.009, 0.03):
        metrics.observe("briefing_kiosk_repaint_seconds", seconds)
    metrics.count("briefing_kiosk_read_total", "\x1b[2Jx")
    return exposition(metrics.snapshot()).decode()


def test_the_table() -> None:
    """A row a figure, its parts behind it, times as percentiles, and nothing that acts on the terminal."""
    shown = {row.name: row for row in rows_of(figures())}
    assert shown["visits"][1:] == ("1,234", "open 1,200, key 34")
    assert shown["bytes"][1:] == ("3.0 MiB", "out 3.0 MiB")
    assert shown["active visits"].value == "7"
    assert shown["repaint"].value == "4"
    assert shown["repaint"].more.startswith("p50 8 ms, p95 ")
    assert shown["handshake"].value == "0"
    written = table(rows_of(figures()), 80)
    assert "\x1b" not in written
    assert max(map(len, written.splitlines())) <= 80
    assert written.splitlines()[0].startswith("visits ")


@pytest.mark.parametrize(
    ("name", "value", "row"),
    [
        ("edition_age_seconds", 45, ("edition age", "45 s")),
        ("edition_age_seconds", 5400, ("edition age", "1.5 h")),
        ("edition_age_seconds", 90 * 86_400, ("edition age", "90.0 days")),
        ("start_time_seconds", 0, ("start time", "1970-01-01 00:00:00Z")),
        ("away_folders", 1, ("away folders", "1")),
        ("memory_bytes", 2048, ("memory", "2.0 KiB")),
    ],
)
def test_amounts_in_their_units(name: str, value: float, row: tuple[str, str]) -> None:
    assert row in [found[:2] for found in rows_of(f"briefing_kiosk_{name} {value}\n")]


def test_the_version_is_a_name() -> None:
    [row] = rows_of('briefing_kiosk_version_info{version="1.2\x1b[2J"} 1\n')
    assert ("version", "") == (row.name, row.more)
    assert row.value.startswith("1.2")
    assert "\x1b" not in row.value


def test_a_narrow_terminal_cuts() -> None:
    cut = table(rows_of(figures()), 40)
    assert max(map(len, cut.splitlines())) == 40
    assert "…" in cut


async def test_from_a_real_endpoint() -> None:
    """Once, as it is then."""
    out = io.StringIO()
    async with MetricsEndpoint(lambda: (CONTENT_TYPE, figures().encode())) as endpoint:
        _, port = await endpoint.start(("127.0.0.1", 0))
        await asyncio.to_thread(watch, "127.0.0.1", port, out, 80)
    assert out.getvalue().startswith("visits ")
    with pytest.raises(StatsError, match="is the kiosk running"):
        fetch("127.0.0.1", port)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not the metrics"),
        ("other 1\n", "not the metrics"),
        ("<html>", "no metrics"),
        ("visits", "no metrics"),
        ("\x1b[31m 1", "no metrics"),
    ],
)
def test_somebody_else_s_endpoint(text: str, said: str) -> None:
    with pytest.raises(StatsError, match=said):
        rows_of(text)


@pytest.mark.parametrize(
    ("said", "told"), [(b"HTTP/1.1 404 No\r\n\r\n", "answers 404"), (b"SSH-2.0-x\r\n", "no metrics")]
)
async def test_another_server_at_that_port(said: bytes, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An HTTP server of another kind, and one that speaks no HTTP, are told in one line."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(said)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert await asyncio.to_thread(main, ["--port", str(port)]) == 1
    server.close()
    await server.wait_closed()
    error = capsys.readouterr().err
    assert told in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize("words", [["--port", "x"], ["--port", "70000"], ["--nothing"]])
def test_a_wrong_use(words: list[str]) -> None:
    with pytest.raises(UsageError, match=r"see briefing kiosk stats --help"):
        main(words)
