"""Finding the briefings of a content folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from tui.briefing.files import FILE_NAME
from tui.library.stamps import ABSENT, stamp


def briefings_in(root: Path) -> Iterator[Path]:
    """Give the TOML file of every briefing below a content folder; a folder that is not there has none."""
    try:
        with os.scandir(root) as folders:
            names = sorted(folder.name for folder in folders if _may_be_briefing(folder.name))
    except OSError:
        return
    for name in names:
        path = root / name / FILE_NAME
        if stamp(path) != ABSENT:
            yield path


def _may_be_briefing(name: str) -> bool:
    """Tell a folder's name that is neither hidden nor, as bytes that are no UTF-8 are, beyond what can be written."""
    return not name.startswith(".") and not any("\ud800" <= character <= "\udfff" for character in name)
