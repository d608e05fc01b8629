"""The parts of README.md and the kiosk's manual that are made from the program: ``python -m tests.readme`` writes them anew."""

import re
from pathlib import Path
from typing import Final

from tui.cli.commands import COMMANDS as PROGRAM
from tui.kiosk.operations.config import table
from tui.kiosk.operations.metrics import FAMILIES
from tui.kiosk.policies.table import OF_CONNECTION, OF_SERVER, OF_VISIT
from tui.session.commands import COMMANDS
from tui.session.keymap import shown

README: Final = Path(__file__).parent.parent / "README.md"
MANUAL: Final = README.parent / "tui/kiosk/README.md"
"""The manual of whoever runs a kiosk."""
KEYS: Final = README.parent / "tui/reader/README.md"
"""The reader's keys and configuration."""
PAGES: Final = (README, MANUAL, KEYS)
MANUALS: Final = (
    *PAGES,
    README.parent / "CONTRIBUTING.md",
    README.parent / "tui/README.md",
    README.parent / "tests/bench/README.md",
)
"""All pages about the project that are kept true by tests."""


def example(name: str) -> str:
    """Return the block of the manual that follows a mark, so that what a test runs is what an operator copies.

    Raises:
        LookupError: there is no such mark, or no block after it.
    """
    found = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)```\n", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise LookupError(name)
    return found[1]


def keys_table() -> str:
    """Write the table of keys, a row a command."""
    rows = ["| command | keys | what it does |", "|---|---|---|"]
    for command in COMMANDS:
        if command.words:
            keys = " ".join(f"`{shown(key)}`" for key in command.keys)
            rows.append(f"| `{command.name}` | {keys} | {command.words} |")
    return "\n".join(rows)


def commands_table() -> str:
    """Write the table of the command line, a row a command."""
    rows = ["| command | what it does |", "|---|---|"]
    for command in PROGRAM:
        usage = re.sub(r"\s+", " ", command.parser.format_usage()).strip().removeprefix("usage: ").replace(" [-h]", "")
        usage = usage.removesuffix(" ...").replace("briefing open", "briefing")
        rows.append(f"| `{usage}` | {command.parser.description} |")
    return "\n".join(rows)


def settings_table() -> str:
    """Write the table of the kiosk's settings, a row a setting."""
    rows = ["| setting | default | may be | what it does |", "|---|---|---|---|"]
    for row in table():
        kind = row.kind.replace("|", "\\|")
        rows.append(f"| `{row.name}` | {f'`{row.default}`' if row.default else 'none'} | {kind} | {row.words} |")
    return "\n".join(rows)


def metrics_table() -> str:
    """Write the table of the kiosk's metrics, a row a metric."""
    rows = ["| metric | kind | what it counts |", "|---|---|---|"]
    for family in FAMILIES:
        labels = f" ({', '.join(family.labels)})" if family.labels else ""
        rows.append(f"| `{family.name}`{labels} | {family.kind} | {family.words} |")
    return "\n".join(rows)


def policies_table() -> str:
    """Write the table of the kiosk's limits, a row a reason."""
    rows = ["| reason | settings of its policy | line for the visitor |", "|---|---|---|"]
    for policy in (*OF_SERVER, *OF_CONNECTION, *OF_VISIT):
        settings = ", ".join(f"`{name}`" for name in policy.settings)
        rows += [f"| `{reason.word}` | {settings} | {reason.line} |" for reason in policy.reasons]
    return "\n".join(rows)


def parts() -> dict[str, str]:
    """Give each generated part by the name of its markers."""
    return {
        "keys": keys_table(),
        "commands": commands_table(),
        "settings": settings_table(),
        "metrics": metrics_table(),
        "policies": policies_table(),
    }


def with_parts(text: str) -> str:
    """Put the generated parts into the text of a page."""
    for name, part in parts().items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if (found := pattern.search(text)) is not None:
            text = f"{text[: found.end(1)]}{part}\n{text[found.start(2) :]}"
    return text


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(with_parts(page.read_text(encoding="utf-8")), encoding="utf-8")
