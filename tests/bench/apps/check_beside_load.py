"""Prints the seconds of processor that loading a briefing takes, or checking it, done once and for the first time.

Usage: ``check_beside_load.py load|check FILE``. What is imported is not counted, in neither.
"""

import gc
import sys
import time
from pathlib import Path

from tui.briefing.loader import load_bytes, load_file
from tui.checks.briefing_file import check_file
from tui.checks.formats.text import text
from tui.checks.run import Choice

SMALL = b'format = 1\n[briefing]\nid = "a"\ntitle = "A"\nbluf = "A."\nlang = "en"\nas_of = "2026"\n'


def main() -> None:
    """Do what is asked for and print the seconds."""
    what, path = sys.argv[1], Path(sys.argv[2])
    load_bytes(SMALL, "small")  # the models are built when they are first used
    gc.disable()  # as the command does, and here for both
    began = time.process_time()
    if what == "load":
        load_file(path)
    else:
        checked = check_file(path, path.parent / "held", path.name, Choice())
        list(text(checked.reports, 1, 80))
    sys.stdout.write(f"{time.process_time() - began}\n")


main()
