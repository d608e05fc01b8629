"""The index on disk: a cache beside the catalogue, updated by the briefings that changed alone."""

from collections.abc import Callable
from pathlib import Path

from tui.library.catalogue import Catalogue


class SearchIndex:
    """The index of one library. Making one touches nothing; the first search or update opens it."""

    def __init__(self, folder: Path | None) -> None:
        """Keep the index in a folder, or in memory where there is none.

        Args:
            folder: as `index_folder` names it.
        """
        self.folder = folder
        self.trouble = ""
        """One line to say to the reader, such as that a damaged index is rebuilt; empty where all is well."""
        self.complete = False
        """Whether an update has gone through all briefings since it was opened."""

    def update(
        self,
        catalogue: Catalogue,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Index the briefings that are new or changed and forget those that are gone; tell whether any was.

        It may run in a thread of its own while others search; what it has done so far is kept where it is cancelled.

        Args:
            catalogue: the library, refreshed.
            progress: is told how many of how many changed briefings are done.
            cancelled: whether to stop.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the files."""


def index_folder(cache: Path, roots: tuple[Path, ...]) -> Path:
    """Name the folder of the index of a library: one for each set of content folders and version of the index."""
    raise NotImplementedError
