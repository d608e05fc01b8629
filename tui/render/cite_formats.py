"""The registry of formats for citations. The command, the kiosk and the reader's key offer its rows.

A format is a row here and a module of `tui.citing` with a function that writes records line by line.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from tui.library.records import Entity, Source
from tui.library.volume import Volume

if TYPE_CHECKING:
    from tui.citing.names import Name
    from tui.citing.record import Record
    from tui.render.page import Span


class Cited(NamedTuple):
    """A source as it is cited."""

    source: Source
    page: str = ""
    """The page of the words."""
    direct: bool = False
    """Whether the words are the speaker's own."""


class CiteFormat(NamedTuple):
    """A format in which sources are cited."""

    name: str
    """The name for `--format`."""
    title: str
    """Its name in prose."""
    module: str = ""
    """The module of `tui.citing` that writes it; empty for those that are set as text."""
    function: str = "write"
    suffix: str = ""
    """The suffix of a file of it."""

    def write(self, volume: Volume, cited: Iterable[Cited]) -> Iterator[str]:
        """Write citations line by line."""
        if not self.module:
            return _TEXTS[self.name](volume, cited)
        writer = getattr(import_module(f"tui.citing.{self.module}"), self.function)
        return cast("Iterator[str]", writer(record_of(volume, one.source) for one in cited))


FORMATS: Final = {
    row.name: row
    for row in (
        CiteFormat("chicago", "Chicago note", suffix=".txt"),
        CiteFormat("biblatex", "BibLaTeX", "biblatex", suffix=".bib"),
        CiteFormat("bibtex", "BibTeX", "biblatex", "write_bibtex", ".bib"),
        CiteFormat("ris", "RIS", "ris", suffix=".ris"),
        CiteFormat("csl-json", "CSL-JSON", "csl_json", suffix=".json"),
        CiteFormat("markdown", "Markdown footnote", suffix=".md"),
    )
}
"""All formats by name; the first one is the default."""


def format_called(name: str | None) -> CiteFormat:
    """Return a format by its name; None names the default."""
    return FORMATS[name] if name else next(iter(FORMATS.values()))


def record_of(volume: Volume, source: Source) -> "Record":
    """Return the bibliographic record of a source of a briefing."""
    from tui.citing.plain_values import bare_doi
    from tui.citing.record import NAMES, Record
    from tui.citing.unsaid import title_for
    from tui.render.citation import chain_word, citation_with_chain, text_of
    from tui.render.works import container_of

    variables = {variable.name: variable.values for variable in source.csl}
    names = {
        key: tuple(_name(volume, one) for one in values)
        for key in NAMES
        if (values := source.author if key == "author" else variables.get(key, ()))
    }
    texts = {
        "title": source.title,
        "container": container_of(source),
        "publisher": source.publisher,
        "url": source.url,
        "lang": source.lang,
    }
    texts |= {key: values[0] for key, values in variables.items() if key not in NAMES}
    texts["page"] = texts.get("page", "").replace("–", "-")
    texts["DOI"] = bare_doi(texts.get("DOI", ""))
    texts["title"] = texts["title"] or title_for(source.type)
    chain = volume.chain(source)
    relayed = (
        [f"{chain_word(direct=False).capitalize()} {text_of(citation_with_chain(volume, chain[1]))}"]
        if chain[1:]
        else []
    )
    dates = {"issued": source.issued, "accessed": source.accessed}
    return Record(
        source.id,
        source.type,
        names,
        {key: date for key, date in dates.items() if date},
        {key: " ".join(text.split()) for key, text in texts.items() if text},
        (*filter(None, source.note.split("\n\n")), *relayed),
    )


def _by_name(volume: Volume) -> dict[str, Entity]:
    """Return the entities by their names."""
    return {entity.name: entity for entity in reversed(volume.edition.entities)}


def _name(volume: Volume, text: str) -> "Name":
    """Return a name in its parts. Entities that are persons have them."""
    from tui.citing.names import of_person, parsed

    entity = volume.entities.get(text) or volume.derived(_by_name).get(text)
    if entity is None:
        return parsed(text)
    if entity.type != "person":
        return parsed(f"{{{entity.name}}}")
    # A form with a comma among the other names says which part is the family's.
    return next((name for other in entity.aka if not (name := parsed(other)).literal), of_person(entity.name))


def _note(volume: Volume, cited: Cited) -> "tuple[Span, ...]":
    from tui.render.citation import citation_with_chain

    return citation_with_chain(volume, cited.source, direct=cited.direct, page=cited.page)


def _chicago(volume: Volume, cited: Iterable[Cited]) -> Iterator[str]:
    from tui.render.citation import text_of

    return (text_of(_note(volume, one)) for one in cited)


def _markdown(volume: Volume, cited: Iterable[Cited]) -> Iterator[str]:
    from tui.render.formats.markdown_syntax import spans_markdown

    return (f"[^{one.source.id}]: {spans_markdown(_note(volume, one))}" for one in cited)


_TEXTS: Final = {"chicago": _chicago, "markdown": _markdown}
