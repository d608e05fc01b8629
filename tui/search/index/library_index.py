"""The index of a library, on disk or in memory."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.search.index.schema import VERSION, make_schema
from tui.search.index.store import PREFIX, DamagedError, Store, in_memory
from tui.search.index.view import View

if TYPE_CHECKING:
    from tantivy import Index

    from tui.library.catalogue import Catalogue
    from tui.search.index.update import Update

DAMAGED: Final = "The search index was damaged and is being rebuilt."
OUTDATED: Final = "The search index was of an earlier version and is being rebuilt."
BUSY: Final = "Another process is updating the search index; this one waits for it."
UNBUILT: Final = "The search index cannot be built, and not everything is found:"
_PATIENCE: Final = 30.0
"""Seconds without a sign of life from the writing process, after which the index is built in memory."""
_POLL: Final = 0.05
_STUCK: Final = "another process holds it and makes no progress"


class SearchIndex:
    """The index of one library, opened by the first search or update."""

    def __init__(self, folder: Path | None, patience: float = _PATIENCE) -> None:
        """Use a folder, or memory where the folder is None.

        Args:
            folder: the path from `index_folder`.
            patience: seconds to wait for a writing process without a sign of life.
        """
        self._patience = patience
        self.folder = folder
        self.trouble = ""
        """One line for the reader, such as that a damaged index is rebuilt; empty without trouble."""
        self.complete = False
        """Whether an update has checked all briefings since the index was opened."""
        self.failed = False
        """Whether the last update could not build the index."""
        self._store = Store(folder) if folder else None
        self._index: Index | None = None
        self._version = ""
        self._view: View | None = None
        self._distrusted = False
        self._guard = threading.Lock()
        self._updating = threading.Lock()

    def view(self) -> View | None:
        """Return the index at its last commit; None without one. Any thread may call."""
        with self._guard:
            if self._store and (self._index is None or self._store.version != self._version):
                self._reopen()
            return self._view

    def renewed(self, catalogue: "Catalogue") -> View:
        """Rebuild the index after a failed search."""
        with self._guard:
            self._distrusted = True
            self._view = None
        self.update(catalogue)
        view = self.view()
        if view is None:
            raise ValueError(self.trouble)
        return view

    def update(
        self,
        catalogue: "Catalogue",
        progress: Callable[[int, int], None] = lambda _done, _all: None,
        cancelled: Callable[[], bool] = lambda: False,
        only: Iterable[Path] | None = None,
    ) -> bool:
        """Index new and changed briefings and delete removed ones.

        Another thread may search meanwhile. Commits before a cancellation are kept.

        Args:
            catalogue: the library, refreshed.
            progress: called with the numbers of done and of all changed briefings.
            cancelled: whether to stop.
            only: the briefings' files to check, where nothing else can have changed.

        Returns:
            Whether anything was written.
        """
        from tui.search.index.update import Update

        update = Update(catalogue, progress, cancelled, only)
        with self._updating:
            self.trouble, self.failed = "", False
            try:
                return self._updated(update)
            except MemoryError:
                self.trouble = f"{UNBUILT} there is not enough memory."
            except ValueError as error:
                self.trouble = f"{UNBUILT} {_line(error)}"
            self.complete, self.failed = False, True
            return False

    def close(self) -> None:
        """Close the files."""
        with self._guard:
            self._index = self._view = None
            self._version = ""

    def _updated(self, update: "Update") -> bool:
        if self._store is None:
            return self._update_in_memory(update)
        try:
            return self._update_on_disk(self._store, update)
        except OSError as error:
            return self._fall_back(update, error.strerror or str(error))
        except ValueError as error:  # tantivy's error of a full disk
            return self._fall_back(update, _line(error))

    def _update_on_disk(self, store: Store, update: "Update") -> bool:
        for seen in self._signs(store, update):
            with store.writing() as mine:
                if mine:
                    return self._write(store, update)
            if seen and self._has_all(update):
                return False
            self.trouble = BUSY
        if update.cancelled():
            self.complete = False
            return False
        return self._fall_back(update, _STUCK)

    def _write(self, store: Store, update: "Update") -> bool:
        self.trouble = ""
        index = self._opened(store, update)
        changed = update.run(index, lambda: self._committed(store, index), store.touch)
        self._note(update, done=update.finished)
        return changed

    def _signs(self, store: Store, update: "Update") -> Iterator[bool]:
        """Yield while another process writes: True after each commit, else False."""
        version, alive = "", None
        until = time.monotonic() + self._patience
        while not update.cancelled() and time.monotonic() < until:
            before, version = version, store.version
            yield version != before
            time.sleep(_POLL)
            if (now := store.sign_of_life) != alive:
                alive, until = now, time.monotonic() + self._patience

    def _has_all(self, update: "Update") -> bool:
        """Whether another process has indexed everything."""
        view = self.view()
        done = view is not None and not update.lacks(view.ledger)
        self._note(update, done=done)
        if done:
            self.trouble = ""
        return done

    def _note(self, update: "Update", *, done: bool) -> None:
        """Record completeness. An update of some briefings alone does not make the index complete."""
        self.complete = done and (update.whole or self.complete)

    def _opened(self, store: Store, update: "Update") -> "Index":
        """Open the index for writing; the caller must hold the lock."""
        try:
            if not store.exists():
                update.check_everything()
                self.trouble = OUTDATED if store.has_earlier() else ""
            index = store.open(trusted=not self._distrusted) if store.exists() else store.renew()
        except DamagedError:
            self.trouble = DAMAGED
            update.check_everything()
            index = store.renew()
        self._distrusted = False
        self._committed(store, index)
        return index

    def _committed(self, store: Store, index: "Index") -> None:
        with suppress(OSError):  # an index without its seal serves as well, and is only rebuilt sooner
            store.seal()
        with self._guard:
            self._index = index
            self._look(store.version)

    def _update_in_memory(self, update: "Update") -> bool:
        with self._guard:
            index = self._index = self._index or in_memory()

        def committed() -> None:
            with self._guard:
                self._look(os.urandom(8).hex())

        committed()
        changed = update.run(index, committed)
        self._note(update, done=update.finished)
        return changed

    def _fall_back(self, update: "Update", reason: str) -> bool:
        """Continue in memory where the disk fails."""
        view = self.view()
        if view is not None and not update.wanted(view.ledger):
            self.complete = True  # nothing has to be written
            return False
        update.check_everything()
        with self._guard:
            self._store, self._index, self._view = None, None, None
        update.cache.fail(reason)
        self.trouble = update.cache.news()
        return self._update_in_memory(update)

    def _reopen(self) -> None:
        """Open the files, or another process's newest commit. A damaged index counts as absent."""
        if self._store is None or not self._store.exists():
            return
        version = self._store.version
        try:
            self._index = self._store.open()
            self._look(version, self._index)
        except (DamagedError, ValueError, OSError):
            self._version = version  # not tried again until the files change

    def _look(self, version: str, opened: "Index | None" = None) -> None:
        """Replace the view by one of the newest commit. An index that was just opened is at that."""
        if opened is None and self._index is not None:
            self._index.reload()
        if self._index is not None:
            self._view = View(self._index.searcher(), make_schema(), version)
            self._version = version


def _line(error: ValueError) -> str:
    return str(error).partition("\n")[0][:120]


def index_folder(cache: Path, roots: Iterable[Path], scope: str = "") -> Path:
    """Return the folder of the index for a set of content folders.

    Args:
        cache: the folder of the caches.
        roots: the content folders.
        scope: the readers, as `Catalogue.scope` has them. What one may find tells others nothing.
    """
    import hashlib

    names = "\0".join([*sorted(map(str, roots)), *([scope] if scope else [])])
    digest = hashlib.blake2b(names.encode(errors="surrogateescape"), digest_size=6).hexdigest()
    return cache / f"{PREFIX}{VERSION}" / digest
