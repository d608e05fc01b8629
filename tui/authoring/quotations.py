"""Examines words that an author chooses to quote, and writes their footnote."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tui.briefing import anchors
from tui.briefing.anchors import Paragraph
from tui.briefing.canonical import Canonical, canonical
from tui.briefing.characters import FORBIDDEN, name_of
from tui.briefing.page_breaks import PageBreaks
from tui.briefing.toml_text import citation_line

MOST_WORDS: Final = 20
"""The words beyond which a quote from another's text is no short fragment any more (rule Q006)."""
_AROUND: Final = ' \t\r\n.,;:!?…"“”„«»'


class Quotation(NamedTuple):
    """Words of a text that an author chooses to quote."""

    line: str
    """The footnote in TOML; empty where the words cannot be quoted."""
    words: int
    paragraph: int
    """The number of the words' first paragraph; -1 where they begin in none."""
    occurrences: int
    """The number of times that the words stand in the text."""
    remarks: tuple[str, ...]
    """The objections to the quote, each a sentence."""


def quotation(
    read: Canonical, parts: tuple[Paragraph, ...], source: str, span: tuple[int, int], lang: str = "en"
) -> Quotation:
    """Examine a span of a text as a quote.

    Args:
        read: the held text.
        parts: the text's paragraphs.
        source: the id of the text's source.
        span: the start and the end, in code points.
        lang: the language of the text.
    """
    start, end = span
    text = read.original
    # On one line and with plain blanks, so that the quote can stand in the TOML and be typed.
    quote = canonical(text[start:end])
    context = anchors.context(read, start, end) if quote.strip() else None
    forbidden = FORBIDDEN.search("".join((quote, *(context or ()))))
    line = citation_line(source, quote, *context, PageBreaks(text).page_of(start)) if context and not forbidden else ""
    number = len(quote.split())
    remarks = []
    if quote.strip() and context is None:
        remarks.append("It stands more than once, with the same words around it: choose more words.")
    if forbidden:
        remarks.append(f"It holds the forbidden character {name_of(forbidden[0])}: choose words without it.")
    if number > MOST_WORDS:
        remarks.append(f"It is longer than {MOST_WORDS} words (Q006).")
    first = anchors.paragraph_of(parts, start)
    if anchors.crosses(text, parts, start, end):
        remarks.append("It runs over the end of a paragraph (Q003).")
    if dropped := dropped_hedges(text, parts, span, lang):
        remarks.append(
            f"Its sentence is hedged by {', '.join(f'“{word}”' for word in dropped)}, and the quote is not (Q004)."
        )
    return Quotation(line, number, first, min(read.text.count(quote), 5000) if quote else 0, tuple(remarks))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Trim blanks, punctuation and quotation marks from a span.

    A span of nothing else stays whole.
    """
    first, last = start, end
    while first < last and text[first] in _AROUND:
        first += 1
    while last > first and text[last - 1] in _AROUND:
        last -= 1
    return (first, last) if first < last else (start, end)


def dropped_hedges(text: str, parts: tuple[Paragraph, ...], span: tuple[int, int], lang: str) -> tuple[str, ...]:
    """Return the hedges that a quote leaves out of its sentences.

    A hedge is not missed where the quote keeps another one of the same family.
    """
    from tui.language.hedges import hedges
    from tui.language.lexicon import lexicon
    from tui.language.sentences import sentences

    lists = lexicon(lang)
    if lists is None:
        return ()
    kept = {hedge.family for hedge in hedges(text[slice(*span)], lists)}
    dropped = []
    first, last = anchors.passage(text, parts, *span)
    words = text[first:last]
    for sentence in sentences(words, lists):
        if first + sentence.start < span[1] and span[0] < first + sentence.end:
            said = sentence.of(words)
            found = hedges(said, lists)
            dropped += [said[one.start : one.end] for one in found if one.family not in kept | {"rough"}]
    return tuple(dict.fromkeys(dropped))


class Place(NamedTuple):
    """One occurrence of words in a text."""

    paragraph: int
    line: str
    """The footnote in TOML that means this occurrence alone; empty where there is none."""


def places_of(
    text: Canonical, parts: tuple[Paragraph, ...], source: str, spans: Iterable[tuple[int, int]]
) -> Iterator[Place]:
    """Yield the occurrences of words, with the footnote of each."""
    for span in spans:
        found = quotation(text, parts, source, span)
        yield Place(found.paragraph, found.line)


def sentence_at(text: str, part: Paragraph, at: int, lang: str) -> tuple[int, int]:
    """Return the span of the sentence at an offset.

    Sentences of an unknown language are found by the English word lists. The result is the paragraph where no sentence
    has the offset.
    """
    from tui.language.lexicon import lexicon
    from tui.language.sentences import sentences

    lists = lexicon(lang) or lexicon("en")
    for sentence in sentences(text[part.start : part.end], lists) if lists else ():
        if part.start + sentence.start <= at < part.start + sentence.end:
            return part.start + sentence.start, part.start + sentence.end
    return part.start, part.end


_WORD: Final = re.compile(r"\S+")


def words_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each word between blanks."""
    return (match.span() for match in _WORD.finditer(text))
