"""Proposing what in a text may be a claim, a view or a recommendation: candidates for a person to settle, and no more.

A candidate is a clause that is laid to somebody, one that a hedge or a condition holds back, or one that says what should
be done. It is the clause alone: the words that attribute it become the speaker. What gives nothing away is left to the
background.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.briefing.anchors import Paragraph
from tui.briefing.canonical import canonical
from tui.briefing.characters import FORBIDDEN
from tui.language.lexicon import Lexicon
from tui.language.predictions import obligations
from tui.language.quotations import quotations
from tui.language.reporting.discourse import Clause, Discourse, opening
from tui.language.reporting.reporting_verbs import sayings
from tui.language.sentences import sentences
from tui.language.spans import Span, enclosing

_WORD: Final = re.compile(r"\S+")
_FRAGMENT: Final = 6
"""Words from which a quotation is somebody's statement and not a mere expression in quotation marks."""
_NEED: Final = re.compile(r"(?:ha[sd]|have|need(?:s|ed)?) to", re.IGNORECASE)
_PAIRS: Final = (("“", "”"), ("„", "“"), ("«", "»"), ('"', '"'))


class Proposal(NamedTuple):
    """A candidate for an entry."""

    table: str
    """The kind of entry."""
    sentence: Span
    """The sentence that it was found in."""
    parts: tuple[Span, ...]
    """Its clause; more than one part where the words that attribute it stand amid it."""
    quote: Span
    """The longest part, to be quoted."""
    paragraph: int
    speaker: str = ""
    """The person or body whose words they are; empty where that could not be told."""
    hedges: tuple[str, ...] = ()
    """The hedges of the clause itself, in its words."""
    modal: str = ""
    """The words by which a recommendation says that something should be done."""
    direct: bool = False
    """Whether the quote lies within quotation marks."""


def proposals(text: str, parts: tuple[Paragraph, ...], lists: Lexicon | None) -> Iterator[Proposal]:
    """Go through the paragraphs of a text: for each its opening clause as background, then its candidates.

    What stands twice in the same words, of the same speaker, is proposed once.

    Args:
        text: the text.
        parts: its paragraphs; one that has the number 0 is the title, and gives nothing.
        lists: the word lists of its language; without them there is only background.
    """
    seen: set[tuple[str, ...]] = set()
    reading = Discourse(text, parts, lists, sayings(lists.lang)) if lists else None
    for part in parts:
        if part.number == 0:
            continue
        for proposal in _of_paragraph(text, part, lists, reading):
            whole = Span(part.start, part.end) if proposal.table == "background" else proposal.quote
            key = (proposal.table, proposal.speaker, " ".join(whole.of(text).split()))
            if key not in seen:
                seen.add(key)
                yield proposal


def quotable(text: str, quote: Span) -> bool:
    """Whether the loader lets a quote pass: it is not empty, and has nothing that could act on a terminal."""
    return bool(quote.of(text).strip()) and FORBIDDEN.search(canonical(quote.of(text))) is None


def _of_paragraph(text: str, part: Paragraph, lists: Lexicon | None, reading: Discourse | None) -> Iterator[Proposal]:
    words = text[part.start : part.end]
    spans = sentences(words, lists) if lists else ()
    first = _moved(opening(words, spans[0] if spans else Span(0, len(words))), part.start)
    yield Proposal("background", Span(part.start, part.end), (first,), first, part.number)
    if lists is None or reading is None:
        return
    quoted = quotations(words)
    for clause in reading.clauses(words, spans, quoted):
        main = _closed(words, max(clause.parts, key=lambda span: span.end - span.start))
        table, modal = _table(words, clause, quoted, lists)
        inside = enclosing(quoted, *main) is not None
        yield Proposal(
            table,
            _moved(clause.sentence, part.start),
            tuple(_moved(_closed(words, span), part.start) for span in clause.parts),
            _moved(main, part.start),
            part.number,
            clause.speaker,
            tuple(words[hedge.start : hedge.end] for hedge in clause.hedges),
            modal,
            inside and len(_WORD.findall(main.of(words))) >= _FRAGMENT,
        )


def _table(words: str, clause: Clause, quoted: tuple[Span, ...], lists: Lexicon) -> tuple[str, str]:
    duties = [
        Span(duty.start + part.start, duty.end + part.start)
        for part in clause.parts
        for duty in obligations(part.of(words), lists)
    ]
    direct = [part for part in clause.parts if enclosing(quoted, *part)]
    # “It has to be on time” in somebody's mouth is a view; “somebody should act” is a demand there too.
    strict = [duty for duty in duties if not (direct and _NEED.match(duty.of(words)))]
    if clause.kind == "demand" or any(direct or enclosing(quoted, *duty) is None for duty in strict):
        return "recommendation", duties[0].of(words) if duties else ""
    statement = any(len(_WORD.findall(part.of(words))) >= _FRAGMENT for part in direct)
    return ("view" if clause.kind == "judge" or statement else "claim"), ""


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
