"""Reports as annotations of a GitHub workflow (workflow commands `::error …::`)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tui.briefing.characters import cleaned
from tui.checks.report import Report
from tui.checks.unmade_checks import UnmadeChecks

_COMMANDS: Final[Mapping[str, str]] = {"error": "error", "warning": "warning", "info": "notice"}


def github(reports: Sequence[Report], unmade: Sequence[UnmadeChecks] = ()) -> Iterator[str]:
    """Yield reports as workflow commands, a line each."""
    for report in reports:
        where = {"file": report.file}
        if report.line:
            where |= {"line": str(report.line), "endLine": str(report.end_line)}
            if report.line == report.end_line:  # GitHub takes columns within one line alone
                where |= {"col": str(report.column), "endColumn": str(report.end_column)}
        where["title"] = f"{report.rule} {report.key}".strip()
        properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
        message = f"{report.message}; {report.remedy}" if report.remedy else report.message
        yield f"::{_COMMANDS[report.severity]} {properties}::{_data(message)}"
    for row in unmade:
        yield f"::notice file={_property(row.file)},title={_property(', '.join(row.rules))}::{_data(row.message)}"


def _data(text: str) -> str:
    # The percent sign first, since the others become one.
    return cleaned(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
