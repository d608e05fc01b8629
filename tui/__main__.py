"""``python -m tui`` is the command ``briefing``."""

import sys
from os.path import dirname

# `-m` puts the current folder first. Before any other import: where the program is not read from there, neither is anything that it needs.
if not sys.flags.safe_path and sys.path[0] != dirname(dirname(__file__)):  # noqa: PTH120 - pathlib is not loaded yet
    del sys.path[0]

from tui.cli import main

sys.exit(main())
