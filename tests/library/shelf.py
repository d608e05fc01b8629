"""A content folder for tests, in which every change of a file is seen."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tui.library.catalogue import Catalogue

AnyCatalogue = TypeVar("AnyCatalogue", bound=Catalogue)


class Shelf:
    """A content folder, with the catalogues of it that a test opens."""

    def __init__(self, folder: Path, tiny: Callable[..., str]) -> None:
        self.folder = folder
        self.root = folder / "content"
        self.cache = folder / "cache" / "library.sqlite"
        self.user = folder / "user"
        self._tiny = tiny
        self._opened: list[Catalogue] = []
        self._latest = 0

    def put(self, name: str, tables: str = "", **header: str) -> Path:
        """Add or change a briefing."""
        return self.write(name, self._tiny(tables, **({"id": name} | header)))

    def write(self, name: str, text: str) -> Path:
        """Add or change a briefing by its whole text."""
        path = self.root / name / "briefing.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.touch(path)
        return path

    def touch(self, path: Path) -> None:
        """Make a file look newer than any before: whoever edits by hand takes longer than these tests."""
        self._latest = max(self._latest, path.stat().st_mtime_ns) + 1_000_000
        os.utime(path, ns=(self._latest, self._latest))

    def open(self, cache: Path | None = None, *roots: Path) -> Catalogue:
        """Open a catalogue; it is closed after the test."""
        return self.closing(Catalogue(cache or self.cache, roots or (self.root,), self.user))

    def closing(self, catalogue: AnyCatalogue) -> AnyCatalogue:
        """Return a catalogue that is closed after the test."""
        self._opened.append(catalogue)
        return catalogue

    def close(self) -> None:
        """Close what was opened."""
        for opened in self._opened:
            opened.close()
