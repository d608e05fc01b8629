"""The last words of the reader: one line for a fault, and its details in a file for who mends it."""

import time
from typing import TYPE_CHECKING, Any

from tui.cli.output import FINDINGS, complain
from tui.library.paths import user_folders
from tui.library.version import version

if TYPE_CHECKING:
    from tui.reader.base_app import BaseApp


def keep_details(details: str) -> str:
    """Write the details of a fault behind those of earlier ones, and return a clause that says where they are."""
    log = user_folders().state / "faults.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} briefing {version()}\n{details}\n")
    except OSError:
        return "its details could not be kept"
    return f"the details are in {log}"


def last_words(app: "BaseApp[Any]", code: int) -> int:
    """Keep the details of the faults of an app that has ended, and return the exit code.

    One that ended it is told on one line. Those that did not are only kept.
    """
    for details in app.borne:
        keep_details(f"did not end the program: {details}")
    if not app.fault:
        return code
    kept, details = keep_details(app.fault), app.fault
    last = details.strip().splitlines()[-1:]
    complain(f"stopped by a fault in the program ({' '.join(last)}); your places are saved; {kept}")
    return FINDINGS
