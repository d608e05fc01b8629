"""The export to Markdown: a document with headings, footnotes, links and tables."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from tui.briefing import edtf
from tui.briefing.characters import cleaned
from tui.briefing.kinds import ENTRY_PANES, KINDS, PANES
from tui.library.records import Entity, Entry, Footnote, Source
from tui.library.summaries import Summary
from tui.library.volume import Volume
from tui.render.citation import citation_with_chain
from tui.render.entries import entry_block
from tui.render.formats import markdown_tables
from tui.render.formats.markdown_paragraphs import Writer, plain_words
from tui.render.formats.markdown_syntax import anchor, escaped, headed, heading, paragraph, spans_markdown
from tui.render.library import counts_words, publication_words
from tui.render.links import numbers, separated
from tui.render.notes import source_particulars, stated_paras
from tui.render.overview import overview_page
from tui.render.page import INDENT, Para, Span, linear
from tui.render.pages import entity_block, page_of, source_page
from tui.render.prose_paras import prose_paras
from tui.render.selection import id_called, pane_names
from tui.render.views import view_of
from tui.render.words import check_sentence, count, quoted

if TYPE_CHECKING:
    from tui.render.selection import Selection

_DEEPEST: Final = 6
"""The level of the smallest heading."""
_BEARING: Final = "What bears on it"
"""The heading of the relations behind parts with headings of their own."""
_TABLES: Final = {"evidence:matrix": markdown_tables.standing, "evidence:figures": markdown_tables.figures}
"""The views that are tables."""


def library(rows: Sequence[Summary], width: int) -> Iterator[str]:  # noqa: ARG001 (Markdown has no lines)
    """Write the list of the library."""
    for row in rows:
        said = f"cannot be opened: {count(len(row.problems), 'problem')}" if row.problems else counts_words(row)
        facts = ", ".join((f"`{row.id}`", edtf.in_words(row.as_of), *publication_words(row.publication)))
        yield f"- **{escaped(row.title)}** ({facts}): {said}".replace("\u00a0", " ")


def briefing(selection: "Selection", width: int) -> Iterator[str]:  # noqa: ARG001 (likewise)
    """Write a selection as one document."""
    return _Document(selection).lines()


class _Document:
    """A document of Markdown with its anchors and footnotes."""

    def __init__(self, selection: "Selection") -> None:
        """Begin the document of a selection."""
        self._volume = selection.volume
        self._selection = selection._replace(entry=id_called(selection.volume, selection.entry))
        self._names = self._named()
        self._anchors = frozenset(self._anchored())
        self._notes: list[Footnote] = []

    def _named(self) -> tuple[str, ...]:
        """Return the names of the sections."""
        pane = self._selection.pane
        if pane == "evidence":
            return self._selection.names()
        if pane or self._selection.entry:
            return (pane,) if pane else ()
        named = [one for name in pane_names() for one in (_TABLES if name == "evidence" else (name,))]
        return tuple(name for name in named if self._has(name))

    def _has(self, name: str) -> bool:
        """Whether the briefing has something for a section."""
        edition = self._volume.edition
        if name == "evidence:figures":
            return any(one.quantity for one in edition.entries)
        if name in {"sources", "entities"}:
            return bool(edition.sources if name == "sources" else edition.entities)
        return name == "overview" or bool(self._volume.pane("claims" if name == "evidence:matrix" else name))

    def _anchored(self) -> Iterator[str]:
        volume, entry = self._volume, self._selection.entry
        yield from (f"page:{name}" for name in self._names[1:])
        if entry:
            entity = volume.entities.get(entry)
            listed = (*volume.links.said_by(entity), *volume.links.about(entity)) if entity else ()
            yield from (f"entry:{one.id}" for one in listed)
        for name in self._names:
            if name in ENTRY_PANES:
                yield from (f"entry:{one.id}" for one in volume.pane(name))
            elif name == "sources":
                yield from (f"source:{one.id}" for one in volume.edition.sources)
            elif name == "entities":
                yield from (f"entity:{one.id}" for one in volume.edition.entities)

    def _name_of(self, name: str) -> str:
        """Return the anchor of an id."""
        volume = self._volume
        return f"{'entry' if name in volume.entries else 'source' if name in volume.sources else 'entity'}:{name}"

    def _link(self, target: str) -> str:
        """Return the address of a target; empty outside of the document."""
        name = self._name_of(target[1:]) if target.startswith("#") else target
        return f"#{name}" if name in self._anchors else ""

    def _named_anchor(self, name: str) -> str:
        """Return the name of an anchor that the document has."""
        return name if name in self._anchors else ""

    def lines(self) -> Iterator[str]:
        """Write the document line by line."""
        if thing := self._selection.entry:
            yield from self._thing(thing)
        for index, name in enumerate(self._names):
            level = 1 if index == 0 else 2
            title = self._volume.edition.title if name == "overview" else _title(name)
            yield from ([""] if index else [])
            yield from headed(level, escaped(_one_line(title), linked=False), f"page:{name}" if index else "")
            yield from self._section(name, level + 1)
        if "overview" not in self._names:
            edition = self._volume.edition
            yield from ("", f"From “{escaped(_one_line(edition.title))}”, {_dates(self._volume)} (`{edition.id}`).")
        yield from self._footnotes()

    def _section(self, name: str, level: int) -> Iterator[str]:
        volume = self._volume
        if name == "overview":
            yield from self._front(level)
        elif name in ENTRY_PANES and volume.pane(name):
            yield from _joined(self._entry(one, level) for one in volume.pane(name))
        elif name == "sources" and volume.edition.sources:
            yield from self._sources()
        elif name == "entities" and volume.edition.entities:
            found = sorted(volume.edition.entities, key=lambda entity: entity.name.casefold())
            yield from _joined(self._entity(one, level) for one in found)
        elif name in _TABLES:
            yield from _TABLES[name](volume, self._link, level)
        else:
            view = view_of(name)
            page = page_of(volume, f"{name}/listed" if view and view.is_plotted else name)
            if page:
                yield from Writer(self._link, level).blocks(page.block(index) for index in range(len(page)))

    def _front(self, level: int) -> Iterator[str]:
        """Write the front page: bottom line, particulars, and its sections."""
        volume, edition = self._volume, self._volume.edition
        writer = Writer(self._link, level)
        yield from writer.paras(prose_paras(volume, edition.bluf))
        facts = {
            "As of": edtf.in_words(edition.as_of),
            "Information to": edtf.in_words(edition.information_cutoff) if edition.information_cutoff else "",
            "Authors": ", ".join(edition.authors),
            "Status": ", ".join(publication_words(edition.publication)),
            "Sources": str(len(edition.sources)),
            "Address": edition.id,
        }
        yield from writer.raw(*(f"- {name}: {escaped(_one_line(said))}" for name, said in facts.items() if said))
        page = overview_page(volume)
        left_out = {"bluf", "on", "credit"}
        yield from writer.blocks(page.block(index) for index, name in enumerate(page.ids) if name not in left_out)

    def _entry(self, entry: Entry, level: int, title: str = "") -> Iterator[str]:
        """Write an entry with its heading."""
        block = linear(entry_block(self._volume, entry, full=True))
        paras = list(block.paras)
        first = paras[0]
        named = escaped(_one_line(entry.short), linked=False)
        if first.spans and first.spans[0].role == "heading":
            heads = first.spans[:1] if named else first.spans
            named = ": ".join(filter(None, (plain_words(heads), named)))
            paras[0] = Para(tuple(one._replace(text=one.text.removeprefix(", ")) for one in first.spans[len(heads) :]))
        else:
            paras[0] = first._replace(marker=None, hang=0)
        parted = ": " if title and named else " "
        said = f"{title or entry.number}{parted if named else ''}{named}"
        yield from headed(level, said, self._named_anchor(f"entry:{entry.id}"))
        yield from self._with_notes(paras, entry, level + 1)

    def _with_notes(self, paras: Iterable[Para], entry: Entry, level: int) -> Iterator[str]:
        """Write the paragraphs of an entry, with the marks of its footnotes."""
        writer = Writer(self._link, level)
        is_parted = False
        for para in paras:
            is_heading = para.spans[:1] != () and para.spans[0].role == "heading"
            if is_parted and para.space and not is_heading:  # what is set apart does not belong to the part above
                yield from writer.raw(heading(level, _BEARING))
            is_parted = is_heading or (is_parted and not para.space)
            is_marked = any(span.target.startswith("note:") for span in para.spans)
            spans = (one for one in para.spans if not is_marked or (one.role != "note" and one.text != "\u00a0"))
            yield from writer.para(
                para._replace(spans=tuple(spans)), behind=self._marks(entry.notes) if is_marked else ""
            )

    def _marks(self, notes: Sequence[Footnote]) -> str:
        """Write the marks of footnotes, which get the next numbers."""
        first = len(self._notes) + 1
        self._notes += notes
        return " ".join(f"[^{number}]" for number in range(first, first + len(notes)))

    def _footnotes(self) -> Iterator[str]:
        for number, note in enumerate(self._notes, 1):
            source = self._volume.sources[note.source]
            cited = citation_with_chain(self._volume, source, direct=note.direct, page=note.page)
            said = [Span(f"{quoted(note.quote)} — ")] * bool(note.quote) + [*cited]
            said.append(Span(f" {check_sentence(note, source, self._volume.carried_by(source))}"))
            if self._link(f"#{source.id}"):
                said += [Span(" Source "), Span(str(source.number), "text", f"#{source.id}"), Span(".")]
            yield from ("", f"[^{number}]: {paragraph(spans_markdown(said, self._link))}")
            writer = Writer(self._link, _DEEPEST)
            further = "\n".join(writer.paras(stated_paras(self._volume, note)))
            yield from (["", *(f"    {row}".rstrip() for row in further.split("\n"))] if further else ())

    def _sources(self) -> Iterator[str]:
        """Write the sources as a numbered list."""
        writer = Writer(self._link, _DEEPEST)
        for source in self._volume.edition.sources:
            number = Span(f"{source.number}.")
            cited = Para(citation_with_chain(self._volume, source), number, INDENT, INDENT)
            uses = tuple(_uses(self._volume, source))
            yield from writer.para(cited, before=anchor(f"source:{source.id}"))
            for para in (*source_particulars(self._volume, source, INDENT), *uses):
                yield from writer.para(para)

    def _entity(self, entity: Entity, level: int) -> Iterator[str]:
        """Write an entity with its heading."""
        _, *paras = linear(entity_block(self._volume, entity)).paras
        name = self._named_anchor(f"entity:{entity.id}")
        yield from headed(level, escaped(_one_line(entity.name), linked=False), name)
        writer = Writer(self._link, level + 1)
        for index, para in enumerate(paras, 1):
            yield from writer.para(para, behind=self._marks(entity.notes) if index == len(paras) else "")
        if level > 1:
            yield from writer.paras(_spoken(self._volume, entity))

    def _thing(self, name: str) -> Iterator[str]:
        """Write an entry, a source or an entity as a document."""
        volume = self._volume
        if entry := volume.entries.get(name):
            yield from self._entry(entry, 1, f"{KINDS[entry.table].title} {entry.number}")
        elif source := volume.sources.get(name):
            page = source_page(volume, source)
            yield from headed(1, escaped(_one_line(page.title), linked=False))
            yield from Writer(self._link, 2).blocks(page.block(index) for index in range(len(page)))
        else:
            entity = volume.entities[name]
            yield from self._entity(entity, 1)
            for title, entries in (("Said by", volume.links.said_by(entity)), ("Said about", _others(volume, entity))):
                if entries:
                    yield from ("", *headed(2, f"{title} {escaped(_one_line(entity.name), linked=False)}"))
                    yield from _joined(self._entry(one, 3) for one in entries)


def _others(volume: Volume, entity: Entity) -> tuple[Entry, ...]:
    """Return the entries about an entity that are not its own."""
    own = {one.id for one in volume.links.said_by(entity)}
    return tuple(one for one in volume.links.about(entity) if one.id not in own)


def _spoken(volume: Volume, entity: Entity) -> Iterator[Para]:
    """Yield the entries by and about an entity, as numbers."""
    for said, entries in (("Speaker of ", volume.links.said_by(entity)), ("Subject of ", volume.links.about(entity))):
        if entries:
            yield Para((Span(said), *numbers(entries), Span(".")))


def _uses(volume: Volume, source: Source) -> Iterator[Para]:
    """Yield the holders of a source's footnotes, as links."""
    holders = {holder.id: holder for holder, _ in volume.links.citing(source)}
    if holders:
        named = (
            Span(one.number if isinstance(one, Entry) else one.name, "link", f"#{one.id}") for one in holders.values()
        )
        yield Para((Span("Cited by "), *separated(named), Span(".")), indent=INDENT)


def _title(name: str) -> str:
    """Return the title of a pane or a view."""
    view = view_of(name)
    return view.title if view else PANES[name].title if name in PANES else name.capitalize()


def _dates(volume: Volume) -> str:
    edition = volume.edition
    cutoff = f", information to {edtf.in_words(edition.information_cutoff)}" if edition.information_cutoff else ""
    return f"as of {edtf.in_words(edition.as_of)}{cutoff}"


def _one_line(text: str) -> str:
    return " ".join(cleaned(text).split())


def _joined(parts: Iterable[Iterator[str]]) -> Iterator[str]:
    """Join parts with an empty line between them."""
    for index, part in enumerate(parts):
        if index:
            yield ""
        yield from part
