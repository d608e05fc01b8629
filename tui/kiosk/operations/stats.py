"""`briefing kiosk stats`, the metrics of a running kiosk as a table."""

import argparse
import http.client
import math
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TextIO

from tui.briefing.characters import escaped
from tui.kiosk.operations.metrics import FAMILIES, Family, quantile
from tui.render.arguments import Parser

ANSWER_SECONDS: Final = 5.0
"""Seconds for an answer."""
MOST_BYTES: Final = 4 << 20
DEFAULT_PORT: Final = 9222
"""The port of the metrics unless another is given."""
_QUANTILES: Final = (0.5, 0.95, 0.99)
_CLEAR: Final = "\x1b[H\x1b[2J"
_LEAST_WIDTH: Final = 40
_SIZES: Final = (("GiB", 1024.0**3), ("MiB", 1024.0**2), ("KiB", 1024.0), ("B", 1.0))
_TIMES: Final = (("days", 86_400.0), ("h", 3600.0), ("min", 60.0), ("s", 1.0))
_PREFIX: Final = "briefing_kiosk_"

Series = dict[tuple[tuple[str, str], ...], float]


class StatsError(Exception):
    """The metrics cannot be read; the message is one line."""


class Row(NamedTuple):
    """One row of the table."""

    name: str
    value: str
    more: str = ""


def build_parser() -> Parser:
    """Build the parser of the command."""
    parser = Parser(prog="briefing kiosk stats", description="Show the metrics of a running kiosk.")
    parser.add_argument("--host", default="127.0.0.1", help="the host of its metrics (default: 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"its metrics_port (default: {DEFAULT_PORT})")
    parser.add_argument("--watch", action="store_true", help="update them every two seconds, until Ctrl+C")
    return parser


def main(words: Sequence[str]) -> int:
    """Run the command and return the exit code.

    Raises:
        UsageError: the words are wrong.
    """
    options = build_parser().parse_args(words)
    try:
        watch(options.host, options.port, sys.stdout, shutil.get_terminal_size().columns, again=options.watch)
    except StatsError as error:
        _complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def fetch(host: str, port: int) -> str:
    """Fetch the text of the endpoint.

    Raises:
        StatsError: there is no answer, or the endpoint is not that of a kiosk.
    """
    where = f"{host} port {port}"
    connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        body = answer.read(MOST_BYTES)
    except (OSError, http.client.HTTPException) as error:
        said = getattr(error, "strerror", None) or type(error).__name__
        raise StatsError(f"no metrics from {where}: {said}; is the kiosk running, with metrics_port set?") from None
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise StatsError(f"{where} answers {answer.status}; it is not the metrics of a kiosk")
    return body.decode("utf-8", "replace")


def rows_of(text: str, families: Iterable[Family] = FAMILIES) -> list[Row]:
    """Return the rows for the text of the endpoint.

    Raises:
        StatsError: the text is not of a kiosk.
    """
    from prometheus_client.parser import text_string_to_metric_families

    found: defaultdict[str, Series] = defaultdict(dict)
    try:
        for metric in text_string_to_metric_families(text):
            for sample in metric.samples:
                found[sample.name][tuple(sample.labels.items())] = sample.value
    except ValueError as error:
        raise StatsError(f"these are no metrics: {str(error)[:80]!r}") from None
    rows = [row for family in families for row in _rows(family, found)]
    if not rows:
        raise StatsError("these are not the metrics of a kiosk")
    return rows


def table(rows: Iterable[Row], width: int = 80) -> str:
    """Render the rows in columns, cut at the width."""
    rows = list(rows)
    names = max((len(row.name) for row in rows), default=0)
    values = max((len(row.value) for row in rows), default=0)
    written = (f"{row.name.ljust(names)}  {row.value.rjust(values)}  {row.more}".rstrip() for row in rows)
    return "\n".join(_cut(line, max(width, _LEAST_WIDTH)) for line in written)


def watch(host: str, port: int, out: TextIO, width: int, *, every: float = 2.0, again: bool = False) -> None:
    """Print the table once, or again and again until interrupted.

    Raises:
        StatsError: the metrics cannot be read.
    """
    while True:
        shown = table(rows_of(fetch(host, port)), width)
        out.write(f"{_CLEAR if again and out.isatty() else ''}{shown}\n")
        out.flush()
        if not again:
            return
        time.sleep(every)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= 65535):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no port")
    return int(text)


def _complain(message: str) -> None:
    sys.stderr.write(f"briefing: {escaped(message)}\n")


def _rows(family: Family, found: Mapping[str, Series]) -> Iterator[Row]:
    name = family.name.removeprefix(_PREFIX).removesuffix("_total").replace("_", " ")
    if family.kind == "histogram":
        if buckets := found.get(f"{family.name}_bucket"):
            yield _histogram(name.removesuffix(" seconds"), buckets)
        return
    series = found.get(family.name)
    if series is None:
        return
    yield _level(name, series)


def _level(name: str, series: Series) -> Row:
    """Return the row of a counter or a gauge with its parts. Of an info, the name."""
    if name.endswith(" info"):
        return Row(name.removesuffix(" info"), ", ".join(escaped(labels[0][1]) for labels in series if labels))
    total = sum(series.values())
    parts = sorted(((value, labels) for labels, value in series.items() if labels), reverse=True)
    more = ", ".join(f"{escaped(labels[0][1])} {_amount(name, value)}" for value, labels in parts)
    return Row(name.removesuffix(" bytes").removesuffix(" seconds"), _amount(name, total), more)


def _histogram(name: str, buckets: Series) -> Row:
    by_bound = sorted((math.inf if dict(labels)["le"] == "+Inf" else float(dict(labels)["le"]), value)
                      for labels, value in buckets.items())  # fmt: skip
    counted = [value for _, value in by_bound]
    single = [now - before for before, now in zip([0.0, *counted], counted, strict=False)]
    bounds = [bound for bound, _ in by_bound if not math.isinf(bound)]
    found = [quantile(part, bounds, (*single, 0.0)) for part in _QUANTILES]
    if not counted or found[0] is None:
        return Row(name, "0")
    parts = ", ".join(f"p{part * 100:g} {value * 1000:,.0f} ms" for part, value in zip(_QUANTILES, found, strict=True)
                      if value is not None)  # fmt: skip
    return Row(name, f"{counted[-1]:,.0f}", parts)


def _amount(name: str, value: float) -> str:
    if math.isnan(value):
        return "unknown"
    if name.endswith("time seconds"):
        return time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime(value))
    if name.endswith("seconds"):
        return _scaled(value, _TIMES)
    return _scaled(value, _SIZES) if name.endswith("bytes") else f"{value:,.0f}"


def _scaled(value: float, units: tuple[tuple[str, float], ...]) -> str:
    """Render an amount in the largest unit that it reaches."""
    unit, size = next((one for one in units if abs(value) >= one[1]), units[-1])
    return f"{value / size:,.0f} {unit}" if size == 1 else f"{value / size:,.1f} {unit}"


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1]}…"
