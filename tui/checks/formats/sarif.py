"""Reports as SARIF 2.1.0 (OASIS Standard of 27 March 2020)."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from tui.checks.report import Report
from tui.checks.rule import Rule
from tui.checks.rules import FAMILIES, RULES
from tui.checks.unmade_checks import UnmadeChecks

_LEVELS: Final[Mapping[str, str]] = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(
    reports: Sequence[Report],
    version: str,
    unmade: Sequence[UnmadeChecks] = (),
    address: Callable[[str], str] = lambda name: name,
) -> str:
    """Write reports as a SARIF log of one run.

    Args:
        reports: what was found.
        version: the program's version.
        unmade: the checks that could not be made.
        address: turns a file's name into its path from the root of its repository.
    """
    index = {rule.id: place for place, rule in enumerate(RULES)}
    driver = {
        "name": "briefing check",
        "version": version,
        "rules": [_rule(rule) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": True, "toolExecutionNotifications": [_notification(row, address) for row in unmade]}
        ],
        "results": [_result(report, index[report.rule], address) for report in reports],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    markdown = (
        f"{rule.why}\n\nWrite instead: {rule.remedy}\n\n"
        f"It fires on\n\n```toml\n{rule.example}```\n\nand not on\n\n```toml\n{rule.near_miss}```\n"
    )
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} Write instead: {rule.remedy}", "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [FAMILIES[rule.id[0]]]},
    }


def _notification(row: UnmadeChecks, address: Callable[[str], str]) -> dict[str, Any]:
    return {
        "level": "note",
        "message": {"text": row.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(address(row.file))}}}],
        "properties": {"reason": row.reason, "rules": list(row.rules)},
    }


def _result(report: Report, index: int, address: Callable[[str], str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(address(report.file))}}
    if report.line:
        place["region"] = {
            "startLine": report.line,
            "startColumn": report.column,
            "endLine": report.end_line,
            "endColumn": report.end_column,
        }
    location: dict[str, Any] = {"physicalLocation": place}
    if report.key:
        location["logicalLocations"] = [{"fullyQualifiedName": report.key}]
    said = f"{report.message}; {report.remedy}" if report.remedy else report.message
    return {
        "ruleId": report.rule,
        "ruleIndex": index,
        "level": _LEVELS[report.severity],
        "message": {"text": said},
        "locations": [location],
    }


def _uri(name: str) -> str:
    """Return a file's name as a URI. A relative name stays relative."""
    path = Path(name)
    written = quote(path.as_posix().encode("utf-8", "surrogateescape"))
    return f"file://{written}" if path.is_absolute() else written
