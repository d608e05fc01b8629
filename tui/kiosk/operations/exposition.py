"""Prometheus' text format 0.0.4: writing it for the endpoint, and reading it back for `briefing kiosk stats`."""

import itertools
import math
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tui.kiosk.operations.metrics import FAMILIES, Family, Labels, Snapshot, Values

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SAMPLE: Final = re.compile(
    r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\.)*",?)*)\})? (\S+)'
)
_LABEL: Final = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)",?')
_ESCAPED: Final = re.compile(r"\\(.)")


class ExpositionError(ValueError):
    """The text is not of this format; the message says which line."""


class Sample(NamedTuple):
    """One line of the text."""

    name: str
    labels: tuple[tuple[str, str], ...]
    value: float


def exposition(snapshot: Snapshot, families: Iterable[Family] = FAMILIES) -> str:
    """Write all figures; a family without labels is there from the start, at nothing, unless it has to be told."""
    lines: list[str] = []
    for family in families:
        if family.name in snapshot:
            lines += [f"# HELP {family.name} {_escaped_help(family.words)}", f"# TYPE {family.name} {family.kind}"]
            starts = family.starts_at_0 and not family.labels
            series = snapshot[family.name] or ({(): (0.0,) * (len(family.bounds) + 2)} if starts else {})
            for labels, values in sorted(series.items()):
                lines += _histogram(family, labels, values) if family.bounds else _plain(family, labels, values)
    return "".join(f"{line}\n" for line in lines)


def parse(text: str) -> Iterator[Sample]:
    """Read the samples.

    Raises:
        ExpositionError: a line is none.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line and not line.startswith("#"):
            match = _SAMPLE.fullmatch(line)
            if not match:
                raise ExpositionError(f"line {number} of the metrics is no sample: {line[:60]!r}")
            labels = tuple((name, _ESCAPED.sub(_meant, value)) for name, value in _LABEL.findall(match[2] or ""))
            try:
                yield Sample(match[1], labels, float(match[3]))
            except ValueError:
                raise ExpositionError(f"line {number} of the metrics has no number: {line[:60]!r}") from None


def _plain(family: Family, labels: Labels, values: Values) -> list[str]:
    return [f"{family.name}{_labels(zip(family.labels, labels, strict=True))} {_number(values[0])}"]


def _histogram(family: Family, labels: Labels, values: Values) -> Iterator[str]:
    named = list(zip(family.labels, labels, strict=True))
    *counts, total = values
    counted = list(itertools.accumulate(counts))
    for bound, number in zip((*family.bounds, math.inf), counted, strict=True):
        yield f"{family.name}_bucket{_labels([*named, ('le', _number(bound))])} {_number(number)}"
    yield f"{family.name}_sum{_labels(named)} {_number(total)}"
    yield f"{family.name}_count{_labels(named)} {_number(counted[-1])}"


def _labels(named: Iterable[tuple[str, str]]) -> str:
    written = ",".join(f'{name}="{_escaped(value)}"' for name, value in named)
    return f"{{{written}}}" if written else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def _escaped_help(words: str) -> str:
    return words.replace("\\", r"\\").replace("\n", r"\n")


def _meant(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return str(int(value)) if value == int(value) else repr(value)
