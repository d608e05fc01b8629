"""The registry of exports. Options, help, completion, the kiosk and the README are made from it.

An export is a row here and a module of `tui.render.formats` that is called as the export is.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from tui.library.summaries import Summary
    from tui.render.hits import SearchResult
    from tui.render.selection import Selection

Subject = Literal["library", "briefing", "answer"]
"""The list of the library, a selection of one briefing, or the answer to a search."""


class Export(NamedTuple):
    """A format in which content is written out."""

    name: str
    """The name for `--format`, and of the module, which has a function for each of `writes`."""
    media_type: str
    writes: tuple[Subject, ...]
    panes: tuple[str, ...] = ()
    """The panes that can be written, the first one by default; empty for everything."""
    is_data: bool = False
    """Whether programs read it, so that nothing may be added for people."""
    is_whole: bool = False
    """Whether all of it is in memory before its first line is written."""

    def library(self, rows: "Sequence[Summary]", width: int) -> Iterator[str]:
        """Write the list of the library. `width` is in cells."""
        return cast("Iterator[str]", self._load().library(rows, width))

    def briefing(self, selection: "Selection", width: int) -> Iterator[str]:
        """Write a selection of a briefing."""
        return cast("Iterator[str]", self._load().briefing(selection, width))

    def answer(self, result: "SearchResult", width: int) -> Iterator[str]:
        """Write the answer to a search."""
        return cast("Iterator[str]", self._load().answer(result, width))

    def refusal(self, pane: str | None, entry: str) -> str:
        """Return the reason why a pane or an entry cannot be written."""
        if not self.panes or (not entry and pane in {None, *self.panes}):
            return ""
        return f"{self.name} has {', '.join(self.panes)} alone; write --pane {self.panes[0]} or another --format"

    def _load(self) -> Any:
        return import_module(f"tui.render.formats.{self.name.replace('-', '_')}")


_ALL: Final = ("library", "briefing", "answer")
EXPORTS: Final = {
    export.name: export
    for export in (
        Export("text", "text/plain", _ALL),
        Export("markdown", "text/markdown", ("library", "briefing")),
        Export("json", "application/json", _ALL, is_data=True, is_whole=True),
        Export("csv", "text/csv", ("briefing",), ("evidence:figures", "evidence:matrix"), is_data=True),
        Export("web-annotation", "application/ld+json", ("briefing",), is_data=True, is_whole=True),
    )
}
"""All exports by name; the first one is the default."""


def names_for(subject: Subject) -> tuple[str, ...]:
    """Return the names of the exports that write a subject."""
    return tuple(name for name, export in EXPORTS.items() if subject in export.writes)
