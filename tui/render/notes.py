"""Footnotes: sidenotes beside an entry, and full ones with their passages."""

import re
from collections.abc import Iterator
from typing import Final

from tui.briefing import anchors, edtf, prose
from tui.briefing.characters import cleaned
from tui.library.records import Entity, Entry, Footnote, Source
from tui.library.voices import origin_words
from tui.library.volume import Volume, brief
from tui.render import signs, words
from tui.render.citation import chain_word, citation_with_chain, whole_date
from tui.render.dates import stands_in
from tui.render.links import brief_span, separated
from tui.render.page import Block, Para, Role, Span, line
from tui.render.prose_paras import prose_paras, remark_paras

INDENT = 4
_BLANKS: Final = re.compile("[\t\n\f]")


def sidenotes(volume: Volume, holder: Entry | Entity) -> list[Block]:
    """Set an entry's footnotes briefly, as they stand beside it."""
    return [sidenote(volume, note, position) for position, note in enumerate(holder.notes, 1)]


def uses_beside(volume: Volume, source: Source) -> list[Block]:
    """Set the uses of a source, as sidenotes."""
    blocks = []
    for position, (holder, note) in enumerate(volume.links.citing(source)):
        if isinstance(holder, Entry):
            paras = [Para((brief_span(holder, 96),), Span(holder.number, "note", f"#{holder.id}"), 5, 5)]
        else:
            paras = [Para((Span(holder.name, "link", f"#{holder.id}"),), indent=5)]
        if note.quote:
            paras.append(line(words.quoted(note.quote), "quote", indent=5))
        blocks.append(Block(f"use:{position}", tuple(paras), f"#{holder.id}"))
    return blocks


def sidenote(volume: Volume, note: Footnote, position: int) -> Block:
    """Set a sidenote. `position` counts the holder's footnotes from 1."""
    source = volume.sources[note.source]
    parts = [Span(source.label, "strong")]
    parts += [Span(f", {chain_word(direct=note.direct)} {link.label}") for link in volume.chain(source)[1:]]
    if note.paragraph > 0:
        parts.append(Span(f", {signs.PARAGRAPH.symbol}{note.paragraph}"))
    # A label such as “AP, 10 Apr 2025” says the date itself.
    if source.issued and not stands_in(source.issued, source.label):
        parts.append(Span(f", {edtf.in_words(source.issued)}"))
    state: Role = "warning" if note.state in words.UNSOUND else "meta"
    paras = [
        Para(tuple(parts), Span(str(note.number), "note", f"note:{position}"), INDENT, INDENT),
        Para(
            (
                Span(source.reliability, "rating"),
                Span(f" · {words.SEEN_BRIEFLY[source.seen]} · ", "meta"),
                Span(words.check_words(note, volume.carried_by(source)), state),
            ),
            indent=INDENT,
        ),
    ]
    if note.quote:
        paras.append(line(words.quoted(note.quote), "quote", indent=INDENT))
    if note.note:
        paras.append(line(prose.plain(note.note), "meta", indent=INDENT))
    return Block(f"note:{position}", tuple(paras), f"note:{position}")


def footnote_block(volume: Volume, note: Footnote, position: int) -> Block:
    """Set a footnote in full: citation, quote, check, passage and source."""
    source = volume.sources[note.source]
    cited = citation_with_chain(volume, source, direct=note.direct, page=note.page)
    paras = [Para(cited, Span(str(note.number), "note"), INDENT, INDENT)]
    # The words themselves first: on a small screen the rest is a matter of scrolling.
    if note.quote:
        paras.append(line(words.quoted(note.quote), "quote", indent=INDENT))
    checked = words.check_sentence(note, source, volume.carried_by(source))
    state: Role = "warning" if note.state in words.UNSOUND else "meta"
    paras.append(line(checked, state, indent=INDENT))
    paras += [*_passage(volume, note, source), *stated_paras(volume, note)]
    first, *others = source_particulars(volume, source)
    paras += [first._replace(space=1), *others]
    return Block(f"note:{position}", tuple(paras), f"#{source.id}")


def stated_paras(volume: Volume, note: Footnote) -> Iterator[Para]:
    """Yield the author's words on a footnote, and its own origins."""
    if note.note:
        yield from prose_paras(volume, note.note, INDENT, "meta")
    if not volume.origins.keys().isdisjoint(note.origin):
        yield _origins_para(volume, "The statement rests on ", note.origin, INDENT)
        for origin in (volume.origins[name] for name in note.origin if name in volume.origins):
            yield from remark_paras(volume, origin.note, INDENT) if origin.note else ()


def source_particulars(volume: Volume, source: Source, indent: int = INDENT) -> Iterator[Para]:
    """Yield the reliability, use, description and origins of a source."""
    facts = [f"Reliability {words.reliability_words(source)}", words.SEEN_WORDS[source.seen]]
    if date := whole_date(volume, source):
        facts.append(f"issued {date}")
    uses = len(volume.links.citing(source))
    facts.append(f"cited {words.count(uses, 'time')}" if uses else "not cited")
    facts += ["may be shown whole"] * source.republish
    yield line(words.dotted(facts), "meta", indent=indent)
    if source.descriptor:
        yield from prose_paras(volume, source.descriptor, indent)
    if source.note:
        yield from prose_paras(volume, source.note, indent, "remark")
    if source.origin:
        yield _origins_para(volume, "Rests on ", source.origin, indent)
    if source.csl:
        told = (f"{one.name.replace('_', ' ')} {', '.join(one.values)}" for one in source.csl)
        yield line(words.dotted(told), "meta", indent=indent)
    if source.unknown:
        yield Para((Span(f"Not known: {', '.join(source.unknown)}", "meta"),), indent=indent)


def _origins_para(volume: Volume, lead: str, origins: tuple[str, ...], indent: int) -> Para:
    named = ((_leads_to(volume, origin), origin_words(volume, origin)) for origin in origins)
    spans = (Span(name, "link", f"#{to}") if to else Span(name, "meta") for to, name in named)
    return Para((Span(lead, "meta"), *separated(spans)), indent=indent)


def _leads_to(volume: Volume, origin: str) -> str:
    """Return the id of an origin's page: its own, or the voice's. Free keys have none."""
    if volume.has(origin):
        return origin
    by = volume.origins[origin].by if origin in volume.origins else None
    return by.entity if by else ""


def _passage(volume: Volume, note: Footnote, source: Source) -> Iterator[Para]:
    """Yield the paragraph of a quote that is held and found."""
    held = volume.text_of(source) if note.quote and note.state in {"exact", "moved"} else None
    # The file may hold another text by now; a reload will say so.
    if held is None or not anchors.stands_at(held.text, note.quote, note.start, note.end):
        return
    here = anchors.around(held.paragraphs, note.start, note.end)
    if here is None:
        return
    carried_by = volume.carried_by(source)
    spans = passage_spans(held.text, here, [(note.start, note.end)])
    target = f"text:{carried_by.id}/{here.number}"
    yield Para(
        spans,
        Span(f"{signs.PARAGRAPH.symbol}{here.number}" if here.number else "title", "muted", target),
        INDENT + 4,
        space=1,
    )


def passage_spans(text: str, part: anchors.Paragraph, marked: list[tuple[int, int]]) -> tuple[Span, ...]:
    """Return a paragraph with marks at offsets that do not overlap."""
    spans: list[Span] = []
    at = part.start
    for first, last in sorted(marked):
        start, end = max(first, at), min(last, part.end)
        if start < end:
            spans += [Span(_one_line(text[at:start])), Span(_one_line(text[start:end]), "passage")]
            at = end
    spans.append(Span(_one_line(text[at : part.end])))
    return tuple(span for span in spans if span.text)


def _one_line(text: str) -> str:
    # A source text is not ours: nothing in it may act on the terminal.
    return cleaned(_BLANKS.sub(" ", text))


def holder_words(holder: Entry | Entity) -> str:
    """Return the name of a footnote's holder."""
    return f"{holder.number} {brief(holder, 72)}" if isinstance(holder, Entry) else holder.name
