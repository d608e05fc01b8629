"""Reports as a JSON object."""

import json
from collections import Counter
from collections.abc import Sequence

from tui.checks.report import Report
from tui.checks.rules import BY_ID
from tui.checks.unmade_checks import UnmadeChecks


def as_json(reports: Sequence[Report], files: int, unmade: Sequence[UnmadeChecks] = ()) -> str:
    """Return reports as JSON, with escapes for all but ASCII."""
    counts = Counter(report.severity for report in reports)
    findings = []
    for report in reports:
        values = report._asdict()
        del values["edit"]
        findings.append({**values, "why": BY_ID[report.rule].why, "fixable": report.edit is not None})
    document = {
        "files": files,
        "summary": {severity: counts[severity] for severity in ("error", "warning", "info")},
        "findings": findings,
        "unmade": [{**row._asdict(), "message": row.message} for row in unmade],
    }
    return json.dumps(document, indent=2)
