"""Sources in the notes style of the Chicago Manual of Style (17th edition, chapter 14), days written day first."""

from collections.abc import Iterator, Sequence
from typing import Final

from tui.briefing import edtf
from tui.library.records import Source
from tui.library.volume import Volume
from tui.render.page import Span

# Works that stand by themselves carry an italic title; what stands in something larger carries quotation marks.
_ITALIC: Final = frozenset(
    {"book", "report", "thesis", "dataset", "map", "motion_picture", "software", "standard", "periodical"}
)
# The type is said where neither the container nor the title makes it plain.
_SAID: Final = {
    "hearing": "hearing",
    "interview": "interview",
    "speech": "speech",
    "broadcast": "broadcast",
    "personal_communication": "personal communication",
    "dataset": "dataset",
    "manuscript": "manuscript",
    "treaty": "treaty",
}
_UNTITLED: Final = {
    "article-newspaper": "Untitled newspaper article",
    "article-magazine": "Untitled magazine article",
    "article-journal": "Untitled article",
    "webpage": "Untitled web page",
    "post-weblog": "Untitled post",
    "broadcast": "Untitled broadcast",
    "hearing": "Untitled hearing",
    "interview": "Untitled interview",
    "speech": "Untitled speech",
}
_MOST_AUTHORS: Final = 3


def citation(source: Source, *, with_address: bool = True) -> tuple[Span, ...]:
    """Cite a source."""
    spans: list[Span] = []
    for part in _parts(source, with_address=with_address):
        if spans:
            # American practice puts the comma inside closing quotation marks.
            before = spans[-1]
            inside = before.text.endswith("”") and not before.text.endswith(("?”", "!”", "…”"))
            if inside:
                spans[-1] = before._replace(text=f"{before.text[:-1]},”")
            spans.append(Span(" " if inside else ", "))
        spans.extend(part)
    return _stopped(spans)


def citation_with_chain(volume: Volume, source: Source, *, direct: bool = False) -> tuple[Span, ...]:
    """Cite a source as it is known: «X, as reported in Y», and «X, quoted in Y» where the words are direct."""
    chain = volume.chain(source)
    spans = _without_stop(citation(chain[0]))
    for link in chain[1:]:
        spans = (*spans, Span(f", {chain_word(direct=direct)} "), *_without_stop(citation(link)))
        direct = False
    return _stopped(spans)


def chain_word(*, direct: bool) -> str:
    """Give the words that join a source to the one through which it is known."""
    return "quoted in" if direct else "as reported in"


def text_of(spans: tuple[Span, ...]) -> str:
    """Give a citation as plain text."""
    return "".join(span.text for span in spans)


def _parts(source: Source, *, with_address: bool) -> Iterator[tuple[Span, ...]]:
    if source.author:
        yield (Span(_authors(source.author)),)
    title = _title(source)
    # A description in place of a title is no title: behind an author it goes on in small letters.
    yield (
        title._replace(text=title.text[:1].lower() + title.text[1:]) if source.author and not source.title else title,
    )
    if source.title and source.type in _SAID:
        yield (Span(_SAID[source.type]),)
    if source.container:
        yield (Span(source.container, "emphasis"),)
    if source.publisher and source.publisher not in source.author:
        in_paper = source.type.startswith("article") and not source.container
        yield (Span(source.publisher, "emphasis" if in_paper else "text"),)
    for date in _dates(source):
        yield (Span(date),)
    if source.url and with_address:
        yield (Span(source.url, "link", source.url),)


def _dates(source: Source) -> Iterator[str]:
    if source.issued:
        yield edtf.in_words(source.issued)
    elif "issued" in source.unknown:
        yield "n.d."
    if source.accessed:
        yield f"accessed {edtf.in_words(source.accessed)}"


def _title(source: Source) -> Span:
    if not source.title:
        return Span(_UNTITLED.get(source.type, f"Untitled {source.type.replace('-', ' ').replace('_', ' ')}"))
    if source.type in _ITALIC:
        return Span(source.title, "emphasis")
    # Quotation marks within quotation marks become single ones.
    inner = source.title.replace("“", "‘").replace("”", "’")
    return Span(f"“{inner}”")


def _authors(names: tuple[str, ...]) -> str:
    if len(names) > _MOST_AUTHORS:
        return f"{names[0]} et al."
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]


def _stopped(spans: Sequence[Span]) -> tuple[Span, ...]:
    """End a citation with a full stop, inside closing quotation marks; what ends in a stop of its own needs none."""
    last = spans[-1]
    if last.role != "link" and last.text.endswith((".", "?", "!", ".”", "?”", "!”", "…”")):
        return tuple(spans)
    if last.text.endswith("”"):
        return (*spans[:-1], last._replace(text=f"{last.text[:-1]}.”"))
    return (*spans, Span("."))


def _without_stop(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    last = spans[-1]
    if last.text == ".":
        return spans[:-1]
    return (*spans[:-1], last._replace(text=last.text.removesuffix(".”") + "”")) if last.text.endswith(".”") else spans
