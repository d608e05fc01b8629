"""The works that citations name."""

from collections.abc import Mapping
from typing import NamedTuple

from tui.citing.names import natural
from tui.citing.plain_values import bare_doi
from tui.citing.unsaid import container_for, untitled
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
        return f"https://doi.org/{bare_doi(self.text('DOI'))}" if self.text("DOI") else self.url

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


def work_of(volume: Volume, source: Source) -> Work:
    """Return the work that a source is."""
    variables = {variable.name: variable.values for variable in source.csl}

    def names(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(volume.entities[name].name if name in volume.entities else natural(name) for name in values)

    return Work(
        source.type,
        source.title,
        names(signed(source).author),
        names(variables.get("editor", ())),
        names(variables.get("translator", ())),
        container_of(source),
        source.publisher,
        source.issued,
        source.accessed,
        source.url,
        "issued" in source.unknown,
        {name: values[0] for name, values in variables.items()},
    )


def container_of(source: Source) -> str:
    """Return the work that a source stands in, named or not."""
    return source.container or container_for(source.type, source.publisher)


def signed(source: Source) -> Source:
    """Return a source as a note names it. An agency stands for the author of an unsigned article.

    The formats of data keep the agency as the publisher.
    """
    if source.author or not source.type.startswith("article-") or source.publisher in {"", container_of(source)}:
        return source
    return source._replace(author=(f"{{{source.publisher}}}",))
