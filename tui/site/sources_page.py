"""The page of a briefing's sources, with their uses and passages."""

from collections.abc import Iterator
from typing import Final

from tui.briefing import anchors
from tui.library.records import Footnote, Source
from tui.library.source_texts import SourceText
from tui.library.voices import origin_words
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.notes import holder_words, passage_spans
from tui.render.page import Para, Span
from tui.render.pages import source_block
from tui.render.prose_paras import remark_paras
from tui.site import frame
from tui.site.addresses import SOURCES, TEXTS, note_anchor
from tui.site.blocks import Setter
from tui.site.elements import Element, Node, element

_TEXT: Final = "text"


def sources_page(volume: Volume, *, is_listed: bool = True) -> Element:
    """Set the page of all sources."""
    setter = Setter(volume, SOURCES)
    articles = (_source(setter, source) for source in volume.edition.sources)
    return frame.briefing_page(
        volume, setter.addresses, "Sources", "sources", element("h1", {}, "Sources"), *articles, is_listed=is_listed
    )


def _source(setter: Setter, source: Source) -> Element:
    volume = setter.volume
    cited, *particulars = source_block(volume, source).paras
    number = element("a", {"class": "number", "href": f"#{source.id}"}, str(source.number))
    text = shown_text(volume, source)
    uses = volume.links.citing(source)
    heading = element("h2", {}, number, " ", source.label)
    return element(
        "article",
        {"id": source.id, "class": "entry source"},
        *(element("span", {"id": old}) for old in source.was),
        heading,
        element(
            "div",
            {"class": "said"},
            setter.para(cited._replace(marker=None)),
            *setter.flow(particulars),
            *_origins(setter, source),
            _held(setter, source, text),
            *_through(setter, source),
            element("p", {"class": "heading"}, f"Cited by {words.count(len(uses), 'entry', 'entries')}")
            if uses
            else None,
            *(_use(setter, source, place, text) for place in range(len(uses))),
        ),
    )


def shown_text(volume: Volume, source: Source) -> SourceText | None:
    """Return the text behind a source, if that may be shown."""
    return volume.text_of(source) if volume.carried_by(source).republish else None


def _held(setter: Setter, source: Source, text: SourceText | None) -> Node:
    carried_by = setter.volume.carried_by(source)
    if text is not None:
        said = f"The whole text, {words.count(carried_by.paragraphs, 'paragraph')}"
        return setter.para(Para((Span(said, "link", f"text:{carried_by.id}/"),)))
    if not (carried_by.held or carried_by.sha256):
        return None
    return setter.para(Para((Span("The text is not shown here; our quotes from it are.", "meta"),)))


def _origins(setter: Setter, source: Source) -> Iterator[Node]:
    volume = setter.volume
    for origin in (volume.origins[name] for name in source.origin if name in volume.origins):
        if origin.note:
            yield setter.para(Para((Span(origin_words(volume, origin.id), "heading"),)))
            yield from setter.flow(remark_paras(volume, origin.note, 0))


def _through(setter: Setter, source: Source) -> Iterator[Node]:
    through = [other for other in setter.volume.edition.sources if other.cited_in == source.id]
    if through:
        yield element("p", {"class": "heading"}, "Known only through it")
        links = (element("a", {"href": f"#{other.id}"}, other.title or other.label) for other in through)
        yield element("ul", {}, *(element("li", {"dir": "auto"}, link) for link in links))


def _use(setter: Setter, source: Source, place: int, text: SourceText | None) -> Element:
    """Set a use of a source: holder, quote and passage."""
    volume = setter.volume
    holder, note = volume.links.citing(source)[place]
    position = holder.notes.index(note) + 1
    page, _, _ = setter.addresses.item(holder.id).partition("#")
    address = setter.addresses.at(page, note_anchor(holder.id, position))
    lang = {"lang": source.lang} if source.lang and source.lang != "en" else {}
    quote = element("p", {"class": "quote", "dir": "auto", **lang}, element("q", {}, words.quoted(note.quote)))
    checked = words.check_sentence(note, source, volume.carried_by(source))
    return element(
        "div",
        {"class": "use"},
        element("p", {"dir": "auto"}, element("a", {"href": address}, holder_words(holder))),
        *([quote, element("p", {"class": "meta"}, checked)] if note.quote else []),
        _passage(setter, note, text, lang) if note.quote and text else None,
    )


def _passage(setter: Setter, note: Footnote, text: SourceText, lang: dict[str, str]) -> Node:
    """Set the paragraph around a quote, with the quote marked."""
    if not anchors.stands_at(text.text, note.quote, note.start, note.end):
        return None
    here = anchors.around(text.paragraphs, note.start, note.end)
    if here is None:
        return None
    mark = element("span", {"class": "number"}, f"{signs.PARAGRAPH.symbol}{here.number} ") if here.number else None
    spans = passage_spans(text.text, here, [(note.start, note.end)])
    return element("blockquote", {**lang}, element("p", {"dir": "auto"}, mark, *setter.inline(spans)))


def text_pages(volume: Volume, *, is_listed: bool = True) -> Iterator[tuple[str, Element]]:
    """Yield the pages of texts that may be shown, with their paths."""
    for source in volume.edition.sources:
        if source.held and source.republish and (text := volume.text_of(source)) is not None:
            yield f"{TEXTS}/{source.id}.html", _text_page(volume, source, text, is_listed=is_listed)


def _text_page(volume: Volume, source: Source, text: SourceText, *, is_listed: bool) -> Element:
    path = f"{TEXTS}/{source.id}.html"
    setter = Setter(volume, path)
    marked = sorted(_marked(volume, source, text))
    lang = {"lang": source.lang} if source.lang and source.lang != "en" else {}
    paragraphs = []
    for part in text.paragraphs:
        here = [(start, end) for start, end in marked if start < part.end and end > part.start]
        spans = passage_spans(text.text, part, here)
        number = element("a", {"class": "number", "href": f"#p{part.number}"}, f"{signs.PARAGRAPH.symbol}{part.number}")
        said = element("p", {"id": f"p{part.number}", "dir": "auto"}, number, " ", *setter.inline(spans))
        paragraphs.append(said)
    return frame.briefing_page(
        volume,
        setter.addresses,
        source.label,
        _TEXT,
        element("h1", {"dir": "auto", **lang}, source.title or source.label),
        element("p", {}, element("a", {"href": setter.addresses.item(source.id)}, "The source, and what cites it")),
        element("div", {"class": _TEXT, **lang}, *paragraphs),
        is_listed=is_listed,
    )


def _marked(volume: Volume, source: Source, text: SourceText) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the quotes in a text."""
    for other in volume.edition.sources:
        if volume.carried_by(other).id == source.id:
            for _, note in volume.links.citing(other):
                if anchors.stands_at(text.text, note.quote, note.start, note.end):
                    yield note.start, note.end
