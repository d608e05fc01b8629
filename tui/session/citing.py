"""The format in which one reader cites."""

from collections.abc import Callable
from typing import Final

from tui.render.cite_formats import FORMATS, CiteFormat
from tui.state.reader_state import ReaderState

_SETTING: Final = "cite-format"


class CiteChoice:
    """The format used last. To cite the same again takes the next one."""

    def __init__(self, state: Callable[[], ReaderState]) -> None:
        """Prepare the choice of a reader, whose state may come late."""
        self._state = state
        self._cited: object = None

    @property
    def last(self) -> CiteFormat:
        """The format used last."""
        return FORMATS.get(self._state().setting(_SETTING), next(iter(FORMATS.values())))

    @property
    def next(self) -> CiteFormat:
        """The format behind the one used last."""
        names = list(FORMATS)
        return FORMATS[names[(names.index(self.last.name) + 1) % len(names)]]

    def of(self, cited: object) -> CiteFormat:
        """Return the format for some sources, and store the choice.

        `cited` names the sources and their place. The same twice in a row asks for the next format.
        """
        found = self.next if cited == self._cited else self.last
        self._cited = cited
        self._state().choose(_SETTING, found.name)
        return found
