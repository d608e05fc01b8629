"""What the tests of the library share: being somebody who may not write everywhere."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_NOBODY = 65534


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Give a folder that everybody may enter and write, which pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def without_rights() -> Iterator[Callable[[], None]]:
    """Give what takes the superuser's rights away for the rest of the test."""
    root = os.geteuid() == 0

    def drop() -> None:
        if root:
            os.seteuid(_NOBODY)

    yield drop
    if root:
        os.seteuid(0)
