"""The pages of a briefing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from typing import Final

from tui.briefing import anchors
from tui.briefing.kinds import ENTRY_PANES, KINDS, PANES
from tui.library.records import Entity, Entry, Source
from tui.library.voices import origin_words
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.citation import citation_with_chain
from tui.render.compact import compact_entry, compact_source
from tui.render.entries import entry_block
from tui.render.notes import footnote_block, holder_words, passage_spans, source_particulars
from tui.render.overview import ABOUT, about_page, overview_page
from tui.render.page import INDENT, Block, Page, Para, Span, empty, fixed, heading_block, line, list_block
from tui.render.prose_paras import prose_paras, remark_paras

LISTS: Final = (*ENTRY_PANES, "sources")
"""The panes that list entries or sources, in full or each on one line."""


def pane_page(volume: Volume, pane: str, *, compact: bool = False) -> Page:
    """Set a pane of entries or sources, in full or on lines."""
    items = volume.edition.sources if pane == "sources" else volume.pane(pane)
    return list_page(volume, PANES[pane].title, items, compact=compact)


def list_page(volume: Volume, title: str, items: Sequence[Entry | Source], *, compact: bool = False) -> Page:
    """Set some entries or sources, each in full or on one line. A list that is not folded has them in full."""
    set_entry, set_source = (compact_entry, compact_source) if compact else (entry_block, source_block)

    def build(index: int) -> Block:
        item = items[index]
        return set_source(volume, item) if isinstance(item, Source) else set_entry(volume, item)

    def fit(_width: int, rows: int) -> Page:
        return page if rows else in_full()

    @cache
    def in_full() -> Page:
        return list_page(volume, title, items)

    page = Page(title, [item.id for item in items], build, compact=compact, fit=fit if compact else None)
    return page


def page_of(volume: Volume, name: str, *, compact: bool = False) -> Page | None:
    """Set the page of a name such as `entry:hundreds`; None for others.

    A page without entries says so. `compact` sets each entry of a pane on one line.
    """
    page = pane_page(volume, name, compact=True) if compact and name in LISTS else _page_of(volume, name)
    if page is None or len(page):
        return page
    return empty(page.title, f"This briefing has no {page.title.lower()}.")


def _page_of(volume: Volume, name: str) -> Page | None:
    kind, _, thing = name.partition(":")
    if kind.partition("/")[0] == "evidence":
        from tui.render.evidence.front import evidence_page

        return evidence_page(volume, name)
    makers = {"overview": overview_page, ABOUT: about_page, "entities": entities_page}
    if name in makers or name in PANES:
        return makers[name](volume) if name in makers else pane_page(volume, name)
    if kind == "entry":
        return entry_page(volume, volume.entries[thing]) if thing in volume.entries else None
    if kind == "entity":
        return entity_page(volume, volume.entities[thing]) if thing in volume.entities else None
    if kind in {"source", "text"} and thing in volume.sources:
        return (source_page if kind == "source" else text_page)(volume, volume.sources[thing])
    return None


def source_block(volume: Volume, source: Source) -> Block:
    """Set a source as it stands in its pane."""
    number = Span(str(source.number), "number")
    cited = Para(citation_with_chain(volume, source), number, INDENT, INDENT)
    return Block(source.id, (cited, *source_particulars(volume, source, INDENT)), f"#{source.id}")


def source_page(volume: Volume, source: Source) -> Page:
    """Set a source with its uses and the link to its text."""
    blocks = [source_block(volume, source)._replace(counts=False)]
    carried_by = volume.carried_by(source)
    if carried_by.held:
        said = f"The whole text, {words.count(carried_by.paragraphs, 'paragraph')}"
        target = f"text:{carried_by.id}/"
        hashed = line(f"Its sha256 is {carried_by.held_sha256}.", "meta", indent=INDENT)
        link = line(said, "link", indent=INDENT, target=target)
        blocks.append(Block("text", (link, hashed), target, counts=False))
    elif carried_by.sha256:
        said = f"The text is not held here. Its sha256 is {carried_by.sha256}."
        blocks.append(Block("text", (line(said, "meta", indent=INDENT),), counts=False))
    for origin in (volume.origins[name] for name in source.origin if name in volume.origins):
        if origin.note:
            about = line(origin_words(volume, origin.id), "heading", indent=INDENT)
            noted = (about, *remark_paras(volume, origin.note, INDENT))
            blocks.append(Block(f"origin:{origin.id}", noted, counts=False))
    through = [other for other in volume.edition.sources if other.cited_in == source.id]
    if through:
        blocks.append(
            list_block("through", "Known only through it", [(f"#{s.id}", s.title or s.label) for s in through], INDENT)
        )
    uses = volume.links.citing(source)
    blocks.append(heading_block("cited-by", f"Cited by {words.count(len(uses), 'entry', 'entries')}", INDENT))
    for index, (holder, note) in enumerate(uses):
        paras = [line(holder_words(holder), "link", indent=INDENT, target=f"#{holder.id}")]
        if note.quote:
            paras.append(line(words.quoted(note.quote), "quote", indent=INDENT + 2))
            paras.append(line(words.check_sentence(note, source, carried_by), "meta", indent=INDENT + 2))
        blocks.append(Block(f"use:{index}", tuple(paras), f"#{holder.id}"))
    return fixed(source.label, blocks)


def text_page(volume: Volume, source: Source) -> Page:
    """Set a held text, with all its quotes marked."""
    held = volume.text_of(source)
    if held is None:
        return empty(source.label, "The text is not held here any more.", "warning")
    text, parts = held.text, held.paragraphs
    marked = sorted(_marked(volume, source, text))
    ends = list(accumulate((end for _, end, _ in marked), max))

    def build(index: int) -> Block:
        part = parts[index]
        if part.number == 0:
            return Block("0", (line(text[part.start : part.end], "title", indent=6),))
        number = Span(f"{signs.PARAGRAPH.symbol}{part.number}", "muted")
        here = marked[bisect_right(ends, part.start) : bisect_left(marked, (part.end, 0, ""))]
        para = Para(passage_spans(text, part, [(start, end) for start, end, _ in here]), number, 6, 6)
        return Block(str(part.number), (para,), f"#{here[0][2]}" if here else "")

    return Page(source.title or source.label, [str(part.number) for part in parts], build)


def _marked(volume: Volume, source: Source, text: str) -> Iterable[tuple[int, int, str]]:
    """Yield the quotes of a text: start, end and citing entry."""
    for other in volume.edition.sources:
        if volume.carried_by(other).id == source.id:
            for holder, note in volume.links.citing(other):
                if anchors.stands_at(text, note.quote, note.start, note.end):
                    yield note.start, note.end, holder.id


def entry_page(volume: Volume, entry: Entry) -> Page:
    """Set an entry in full, with its footnotes and their passages."""
    blocks = [entry_block(volume, entry, full=True)._replace(counts=False)]
    if entry.notes:
        blocks.append(heading_block("footnotes", words.count(len(entry.notes), "footnote"), INDENT))
    blocks += [footnote_block(volume, note, number) for number, note in enumerate(entry.notes, 1)]
    return fixed(f"{KINDS[entry.table].title} {entry.number}", blocks)


def entity_page(volume: Volume, entity: Entity) -> Page:
    """Set an entity, and the entries by and about it."""
    blocks = [entity_block(volume, entity)._replace(counts=False)]
    for name, title, entries in (
        ("said", "Said by", volume.links.said_by(entity)),
        ("about", "Said about", volume.links.about(entity)),
    ):
        if entries:
            blocks.append(heading_block(name, f"{title} {entity.name}", INDENT))
            blocks += [entry_block(volume, entry)._replace(id=f"{name}:{entry.id}") for entry in entries]
    blocks += [footnote_block(volume, note, number) for number, note in enumerate(entity.notes, 1)]
    return fixed(entity.name, blocks)


def entity_block(volume: Volume, entity: Entity) -> Block:
    """Set the facts of an entity."""
    told = (entity.type, entity.role, entity.affiliation, words.PARTY_WORDS.get(entity.party, entity.party))
    letter = f"reliability {words.reliability_words(entity)}" if entity.reliability else ""
    facts = words.dotted(part for part in (*told, letter) if part)
    paras = [line(entity.name, "heading", indent=INDENT), line(facts, "meta", indent=INDENT)]
    if other := entity.names[1:]:
        paras.append(line(f"also {', '.join(other)}", "meta", indent=INDENT))
    if entity.text:
        paras += prose_paras(volume, entity.text, INDENT)
    return Block(entity.id, tuple(paras), f"#{entity.id}")


def entities_page(volume: Volume) -> Page:
    """Set the index of entities, by name."""
    entities = sorted(volume.edition.entities, key=lambda entity: entity.name.casefold())

    def build(index: int) -> Block:
        entity = entities[index]
        by, about = len(volume.links.said_by(entity)), len(volume.links.about(entity))
        block = entity_block(volume, entity)
        counted = (("speaker of", by), ("subject of", about))
        said = " · ".join(f"{role} {words.count(number, 'entry', 'entries')}" for role, number in counted if number)
        counts = line(said or "not spoken of", "meta", indent=INDENT)
        return block._replace(paras=(*block.paras[:2], counts))

    return Page("Entities", [entity.id for entity in entities], build)
