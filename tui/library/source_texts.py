"""Source texts, found by hash in the briefing's or the user's folder."""

import contextlib
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.briefing import anchors
from tui.briefing.files import HELD_FOLDER, MAX_HELD_BYTES, UnreadableFileError, inside, read_bounded
from tui.briefing.page_breaks import PageBreaks

if TYPE_CHECKING:
    from tui.briefing.canonical import Canonical

SUFFIX: Final = ".txt"


class _Text(NamedTuple):
    text: str
    sha256: str = ""
    path: Path = Path()
    title: str | None = None
    """The title of its source; a first paragraph that is the title has the number 0."""


class SourceText(_Text):
    """A source text that is held, with its paragraphs and pages."""

    @cached_property
    def canonical(self) -> "Canonical":
        """The text in the form in which quotes are compared."""
        from tui.briefing.canonical import Canonical  # a warm start compares no quotes

        return Canonical(self.text)

    @cached_property
    def paragraphs(self) -> tuple[anchors.Paragraph, ...]:
        """The paragraphs."""
        return anchors.paragraphs(self.text, self.title)

    @cached_property
    def page_breaks(self) -> PageBreaks:
        """The pages."""
        return PageBreaks(self.text)


def candidates(folder: Path, held_by_user: Path, name: str | None, sha256: str | None) -> tuple[Path, ...]:
    """Return the possible files of a source's text, the briefing's own first."""
    found = []
    for file in (name, f"{sha256}{SUFFIX}" if sha256 else None):
        # The loader reports a path that leaves its folder; here it only holds nothing.
        with contextlib.suppress(UnreadableFileError):
            found += [inside(folder / HELD_FOLDER, file)] if file else []
    if sha256:
        found.append(held_by_user / f"{sha256}{SUFFIX}")
    return tuple(found)


def read(path: Path, title: str | None = None) -> SourceText | None:
    """Read the text of a source with a title. Return None where there is none that can be read."""
    import hashlib  # a warm start reads no text, and so goes without it

    try:
        data = read_bounded(path, MAX_HELD_BYTES)
        return SourceText(data.decode("utf-8"), hashlib.sha256(data).hexdigest(), path, title)
    except (UnreadableFileError, UnicodeDecodeError):
        return None


def size(path: Path) -> int:
    """Return the bytes of a held text; 0 where there is none."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def unreadable(paths: tuple[Path, ...]) -> list[str]:
    """Return the reasons for which existing files are unreadable, with paths."""
    found = []
    for path in paths:
        try:
            read_bounded(path, MAX_HELD_BYTES).decode("utf-8")
        except UnreadableFileError as error:
            found += [f"{path} {error}"] if os.path.lexists(path) else []
        except UnicodeDecodeError:
            found.append(f"{path} is not UTF-8")
    return found


def find(paths: tuple[Path, ...], title: str | None = None) -> SourceText | None:
    """Read the first readable file as the text of a source."""
    return next((text for path in paths if (text := read(path, title)) is not None), None)
