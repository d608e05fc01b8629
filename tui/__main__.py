"""``python -m tui`` is the command ``briefing``."""

import sys

from tui.cli import main

sys.exit(main())
