"""``python -m tui`` is the command ``briefing``."""

import sys
from os.path import dirname

# `-m` puts the current folder first: where the program is not read from there, nothing that it needs is either.
if not sys.flags.safe_path and sys.path[0] != dirname(dirname(__file__)):  # noqa: PTH120 - pathlib is not loaded yet
    del sys.path[0]

from tui.start import main

sys.exit(main())
