"""The last words of the reader: one line for a fault, and its details in a file for who mends it."""

import time

from tui.cli.output import FINDINGS, complain
from tui.library.paths import user_folders
from tui.library.version import version


def last_words(details: str) -> int:
    """Tell of a fault in the program on one line, keep the details, and return the exit code."""
    log = user_folders().state / "faults.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} briefing {version()}\n{details}\n")
        kept = f"the details are in {log}"
    except OSError:
        kept = "its details could not be kept"
    last = details.strip().splitlines()[-1:]
    complain(f"stopped by a fault in the program ({' '.join(last)}); your places are saved; {kept}")
    return FINDINGS
