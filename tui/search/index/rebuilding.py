"""Building an index anew, without the words that were deleted.

Tantivy keeps the words of deleted documents until it merges their files.
"""

import errno
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, combinations
from pathlib import Path
from typing import Final

from tui.library.catalogue import Catalogue
from tui.search.index.library_index import SearchIndex, index_folder
from tui.search.index.schema import VERSION
from tui.search.index.store import PREFIX, Store

_PATIENCE: Final = 30.0
_POLL: Final = 0.05
_MOST_ROOTS: Final = 12
"""Content folders of which all choices are tried; the folder of an index has a hash of its own choice."""


def rebuild_all(cache: Path, catalogue: Catalogue) -> int:
    """Build all indexes anew, or delete those of no known library. Return their number.

    Running processes may use them: each opens the new one at its next search.

    Raises:
        OSError: a file cannot be deleted, or another process does not let go.
    """
    roots = catalogue.roots
    found = sorted(cache.glob(f"{PREFIX}*/*"))
    try:
        for folder in found:
            _empty(folder)
            chosen = _roots_of(folder, cache, roots) if folder.parent.name == f"{PREFIX}{VERSION}" else None
            if chosen is None:
                shutil.rmtree(folder)
                with suppress(OSError):
                    folder.parent.rmdir()
                continue
            catalogue.change_roots(chosen)
            index = SearchIndex(folder)
            index.update(catalogue)
            index.close()
    finally:
        catalogue.change_roots(roots)
    return len(found)


def _roots_of(folder: Path, cache: Path, roots: Iterable[Path]) -> tuple[Path, ...] | None:
    """Return the content folders of an index."""
    known = list(dict.fromkeys(roots))[:_MOST_ROOTS]
    choices = chain.from_iterable(combinations(known, number) for number in range(1, len(known) + 1))
    return next((chosen for chosen in choices if index_folder(cache, chosen) == folder), None)


def _empty(folder: Path) -> None:
    """Delete all files of an index, under the lock of its writer."""
    store, until = Store(folder), time.monotonic() + _PATIENCE
    before = {path.name for path in folder.iterdir() if "." in path.name and not path.name.startswith((".", "meta."))}
    while True:
        with store.writing() as mine:
            if mine:
                store.renew()
                if left := sorted(before & {path.name for path in folder.iterdir()}):
                    raise OSError(errno.EACCES, "cannot be deleted", str(folder / left[0]))
                return
        if time.monotonic() > until:
            raise OSError(errno.EBUSY, "another process writes there; try again", str(folder))
        time.sleep(_POLL)
