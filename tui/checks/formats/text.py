"""Reports as text, with the reason of each rule once."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tui.briefing.characters import escaped
from tui.checks.report import Report
from tui.checks.rule import Severity
from tui.checks.rules import BY_ID
from tui.checks.unmade_checks import UnmadeChecks, said

_COLOURS: Final[Mapping[str, str]] = {"error": "31", "warning": "33", "info": "36"}
"""SGR colours of ECMA-48: red, yellow, cyan."""
_NAMES: Final[Mapping[Severity, tuple[str, str]]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
}
_INDENT: Final = "    "
_NARROWEST: Final = 40
"""Columns that are filled at least."""


def text(
    reports: Sequence[Report], files: int, width: int, *, unmade: Sequence[UnmadeChecks] = (), colour: bool = False
) -> Iterator[str]:
    """Write reports as lines.

    Args:
        reports: what was found.
        files: how many files were checked.
        width: the columns to fill.
        unmade: the checks that could not be made.
        colour: whether the lines may carry colours.
    """
    explained: set[str] = set()
    names = {name: escaped(name) for name in {report.file for report in reports}}
    places = [_place(report, names[report.file]) for report in reports]
    longest = max(map(len, places), default=0)
    file = None
    for place, report in zip(places, reports, strict=True):
        if file not in {None, report.file}:
            yield ""
        file = report.file
        severity = report.severity.ljust(len("warning"))
        shown = f"\x1b[{_COLOURS[report.severity]}m{severity}\x1b[0m" if colour else severity
        yield f"{place.ljust(longest)}  {shown}  {report.rule}  {escaped(report.key)}".rstrip()
        yield from _wrapped("", report.message, width)
        rule = BY_ID[report.rule]
        if report.remedy and not (report.rule in explained and report.remedy == rule.remedy):
            yield from _wrapped("→ ", report.remedy, width)
        if report.rule not in explained:
            yield from _wrapped("why: ", rule.why, width)
        explained.add(report.rule)
    if reports:
        yield ""
    yield summary(reports, files, everything=not unmade)
    for reason in dict.fromkeys(row.reason for row in unmade):
        yield from textwrap.wrap(escaped(said([row for row in unmade if row.reason == reason])), max(width, _NARROWEST))


def summary(reports: Sequence[Report], files: int, *, everything: bool = True) -> str:
    """Return a summary of the reports in a line."""
    among = f"{files:,} file" if files == 1 else f"{files:,} files"
    counts = Counter(report.severity for report in reports)
    counted = [f"{counts[name]:,} {words[counts[name] != 1]}" for name, words in _NAMES.items() if counts[name]]
    if not counted:
        return f"Nothing found in {among}." if everything else f"No findings in what could be checked of {among}."
    fixable = sum(report.edit is not None for report in reports)
    mends = f"; --fix mends {fixable:,}" if fixable else ""
    return f"{', '.join(counted)} in {among}{mends}."


def _place(report: Report, name: str) -> str:
    return f"{name}:{report.line}:{report.column}" if report.line else name


def _wrapped(mark: str, words: str, width: int) -> list[str]:
    written = escaped(words)
    if len(_INDENT) + len(mark) + len(written) <= width:
        return [f"{_INDENT}{mark}{written}"]
    hanging = _INDENT + " " * len(mark)
    return list(_lines(_INDENT + mark, hanging, written, max(width, _NARROWEST) - len(hanging)))


def _lines(first: str, others: str, words: str, room: int) -> Iterator[str]:
    """Yield filled lines. A word longer than a line stays whole, as an address."""
    indent = first
    while len(words) > room:
        end = words.rfind(" ", 0, room + 1)
        if end <= 0 and (end := words.find(" ", room)) < 0:
            break
        yield indent + words[:end].rstrip()
        words, indent = words[end:].lstrip(), others
    yield indent + words.rstrip()
