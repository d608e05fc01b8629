"""Proposing what in a text may be a claim, a view or a recommendation: candidates for a person to settle, and no more.

A sentence is a candidate for what its words give away: a word of duty or an urging verb makes it a recommendation, a verb
of judging or somebody's own words in quotation marks a view, and a verb of saying or finding, hearsay, a hedge or a
condition a claim. What gives nothing away is left to the background.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from tui.briefing.anchors import Paragraph
from tui.briefing.canonical import canonical
from tui.briefing.characters import FORBIDDEN
from tui.checks.language.attribution import Attribution, attributions
from tui.checks.language.foretelling import obligations, predictions
from tui.checks.language.hedges import Hedge, hedges
from tui.checks.language.lexicon import Lexicon
from tui.checks.language.quotations import quotations
from tui.checks.language.sentences import sentences
from tui.checks.language.spans import Span, enclosing
from tui.checks.language.unnamed import unnamed

MOST_WORDS: Final = 20
"""A longer quote from a text that is not one's own is no short fragment any more (rule Q006)."""
_WORD: Final = re.compile(r"\S+")
_FRAGMENT: Final = 6
"""Words from which a quotation is somebody's statement and not a mere expression in quotation marks."""
_AROUND: Final = ' \t\r\n.,;:!?…"“”„«»'
_PAIRS: Final = (("“", "”"), ("„", "“"), ("«", "»"), ('"', '"'))
_HELD_BACK: Final = frozenset({"possible", "likely", "doubtful", "hearsay", "if"})

Table = Literal["background", "claim", "view", "recommendation"]


class Proposal(NamedTuple):
    """A candidate for an entry."""

    table: Table
    sentence: Span
    """The sentence that it was found in."""
    quote: Span
    """Words of that sentence to be quoted: at most `MOST_WORDS`."""
    paragraph: int
    speaker: str = ""
    """Who is said to say it, in the text's words; empty where that could not be told."""
    held_back_by: str = ""
    """The text's own hedge or modal, in its words."""
    direct: bool = False
    """Whether the quote lies within quotation marks."""


def proposals(text: str, parts: tuple[Paragraph, ...], lists: Lexicon | None) -> Iterator[Proposal]:
    """Go through the paragraphs of a text: for each its opening words as background, then what its sentences may be.

    Args:
        text: the text.
        parts: its paragraphs; one that has the number 0 is the title, and gives nothing.
        lists: the word lists of its language; without them there is only background.
    """
    for part in parts:
        if part.number == 0:
            continue
        words = text[part.start : part.end]
        whole = Span(part.start, part.end)
        first = next(iter(sentences(words, lists)), Span(0, len(words))) if lists else Span(0, len(words))
        opening = _fitted(words, first, 0)
        yield Proposal("background", whole, _moved(opening, part.start), part.number)
        if lists is None:
            continue
        for sentence in sentences(words, lists):
            found = _of_sentence(sentence.of(words), lists)
            if found is not None:
                quote = _moved(found.quote, part.start + sentence.start)
                yield found._replace(sentence=_moved(sentence, part.start), quote=quote, paragraph=part.number)


def quotable(text: str, quote: Span) -> bool:
    """Tell whether the loader lets a quote pass: it is not empty, and has nothing that could act on a terminal."""
    return bool(quote.of(text).strip()) and FORBIDDEN.search(canonical(quote.of(text))) is None


class _Signs(NamedTuple):
    """What the words of a sentence give away."""

    said: tuple[Attribution, ...]
    hedges: tuple[Hedge, ...]
    duties: tuple[Span, ...]
    foretold: tuple[Span, ...]
    quoted: tuple[Span, ...]


def _of_sentence(words: str, lists: Lexicon) -> Proposal | None:
    signs = _Signs(
        attributions(words, lists),
        tuple(hedge for hedge in hedges(words, lists) if hedge.kind in _HELD_BACK),
        obligations(words, lists),
        predictions(words, lists),
        quotations(words),
    )
    table = _table(words, signs, lists)
    if table is None:
        return None
    place, within = _core(words, signs, table)
    quote = _fitted(words, within, place)
    speaker = next((said.speaker for said in signs.said if said.speaker), None)
    held_back = signs.duties if table == "recommendation" else signs.hedges
    inside = enclosing(signs.quoted, *quote) is not None
    return Proposal(
        table,
        quote,
        quote,
        0,
        " ".join(speaker.of(words).split()).rstrip(".,;:") if speaker else "",
        words[held_back[0].start : held_back[0].end] if held_back else "",
        inside and len(_WORD.findall(quote.of(words))) >= _FRAGMENT,
    )


def _table(words: str, signs: _Signs, lists: Lexicon) -> Table | None:
    kinds = {said.kind for said in signs.said}
    statement = any(len(_WORD.findall(span.of(words))) >= _FRAGMENT for span in signs.quoted)
    if "urge" in kinds or any(enclosing(signs.quoted, *duty) is None for duty in signs.duties):
        return "recommendation"
    if statement or ("argue" in kinds and not unnamed(words, lists)):
        return "view"
    asks = words.rstrip("\"'”’)").endswith("?")
    if not asks and (kinds or signs.hedges or signs.foretold or unnamed(words, lists)):
        return "claim"
    return None


def _core(words: str, signs: _Signs, table: Table) -> tuple[int, Span]:
    """Give the place that a quote must not leave out, and the stretch that it is to stay in."""
    whole = Span(0, len(words))
    longest = max(signs.quoted, key=lambda span: len(_WORD.findall(span.of(words))), default=None)
    if table == "view" and longest is not None:
        return longest.start, longest
    # Hearsay goes before a mere “could”: it stands beside what is reported.
    marks = signs.duties if table == "recommendation" else sorted(signs.hedges, key=lambda one: one.kind != "hearsay")
    if marks:
        return marks[0].start, whole
    return (signs.said[0].end if signs.said else 0), whole


def _fitted(words: str, within: Span, at: int) -> Span:
    """Choose at most `MOST_WORDS` words of a stretch, with the word at a place among them; all of it where it is short.

    Of a longer one, the words from the last comma before that place on: there the clause begins.
    """
    places = [match.span() for match in _WORD.finditer(words, within.start, within.end)]
    if len(places) > MOST_WORDS:
        here = next((number for number, (_, end) in enumerate(places) if end > at), 0)
        earliest = max(0, here - MOST_WORDS // 2)
        first = next((n + 1 for n in range(here - 1, earliest - 1, -1) if words[places[n][1] - 1] in ",;:–—"), earliest)
        places = places[first : first + MOST_WORDS]
    if not places:
        return Span(within.start, within.start)
    start, end = places[0][0], places[-1][1]
    while start < end and words[start] in _AROUND:
        start += 1
    while end > start and words[end - 1] in _AROUND:
        end -= 1
    return _closed(words, Span(start, end))


def _closed(words: str, span: Span) -> Span:
    """Take in the quotation mark beside a stretch whose fellow is within: “It may,” she said."""
    start, end = span
    part = span.of(words)
    for opener, closer in _PAIRS:
        both = part.count('"') % 2 if opener == closer else part.count(closer) - part.count(opener)
        if both > 0 and words[max(0, start - 1) : start] == opener:
            return Span(start - 1, end)
        if both and (both < 0 or opener == closer) and words[end : end + 1] == closer:
            return Span(start, end + 1)
    return span


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
