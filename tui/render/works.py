"""The works that citations name."""

from collections.abc import Mapping
from typing import NamedTuple

from tui.citing.names import natural
from tui.library.records import Source
from tui.library.volume import Volume

_MOST_NAMES = 2


class Work(NamedTuple):
    """A source as a citation names it."""

    type: str
    """The item type of CSL."""
    title: str
    author: tuple[str, ...]
    editor: tuple[str, ...]
    translator: tuple[str, ...]
    container: str
    publisher: str
    issued: str
    accessed: str
    url: str
    is_undated: bool
    """Whether the date was looked for and not found."""
    texts: Mapping[str, str]
    """The further CSL variables that are text."""

    def text(self, variable: str) -> str:
        """Return a further variable; empty where it is not set."""
        return self.texts.get(variable, "")

    @property
    def address(self) -> str:
        """The address: that of its DOI, or its own."""
        return f"https://doi.org/{self.text('DOI')}" if self.text("DOI") else self.url

    @property
    def is_edited(self) -> bool:
        """Whether the work has editors, also where they stand in front."""
        return "editor" in self.texts

    @property
    def is_placed(self) -> bool:
        """Whether anything tells where it can be found."""
        return bool(
            self.container
            or self.publisher
            or self.url
            or self.texts.keys() & {"archive", "DOI", "event_title", "number"}
        )

    def names(self, names: tuple[str, ...], sign: str = "and") -> str:
        """Return names in a row. Of more than two the first stands for all."""
        return f"{names[0]} et al." if len(names) > _MOST_NAMES else f" {sign} ".join(names)

    @property
    def description(self) -> str:
        """The words for a title that is not known."""
        return self.text("genre") or untitled(self.type)


_UNTITLED = {
    "article-newspaper": "untitled newspaper article",
    "article-magazine": "untitled magazine article",
    "article-journal": "untitled article",
    "webpage": "untitled web page",
    "post-weblog": "untitled post",
}


def work_of(volume: Volume, source: Source) -> Work:
    """Return the work that a source is."""
    variables = {variable.name: variable.values for variable in source.csl}
    authors, container, publisher = placed(source)

    def names(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(volume.entities[name].name if name in volume.entities else natural(name) for name in values)

    return Work(
        source.type,
        source.title,
        names(authors),
        names(variables.get("editor", ())),
        names(variables.get("translator", ())),
        container,
        publisher,
        source.issued,
        source.accessed,
        source.url,
        "issued" in source.unknown,
        {name: values[0] for name, values in variables.items()},
    )


def placed(source: Source) -> tuple[tuple[str, ...], str, str]:
    """Return the authors, the container and the publisher of a source.

    An article whose container is not named stands in its publisher's paper. An agency whose article stands in
    another paper is the author of an unsigned article.
    """
    if not source.type.startswith("article-"):
        return source.author, source.container, source.publisher
    if not source.container:
        return source.author, source.publisher, ""
    if source.publisher and not source.author:
        return (f"{{{source.publisher}}}",), source.container, ""
    return source.author, source.container, source.publisher


def untitled(kind: str) -> str:
    """Return the description of an untitled work of a type."""
    return _UNTITLED.get(kind, f"untitled {kind.replace('-', ' ').replace('_', ' ')}")
