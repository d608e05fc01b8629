"""Proposes a text's claims, views and recommendations, for a person to settle.

A candidate is a clause that is attributed to somebody, that a hedge or a condition limits, or that says what should be
done. It is the clause alone: the words that attribute it become the speaker. A paragraph without such a clause is
proposed as background only.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.authoring.paragraph_forms import Form, behind_marker, form_of
from tui.briefing.anchors import Paragraph
from tui.briefing.canonical import canonical
from tui.briefing.characters import FORBIDDEN
from tui.language.comparison import cut
from tui.language.hedges import Hedge
from tui.language.lexicon import Lexicon
from tui.language.predictions import obligations
from tui.language.quotations import quotations
from tui.language.reporting.discourse import Clause, Discourse, opening, trim
from tui.language.reporting.reporting_verbs import sayings
from tui.language.reporting.speakers import holders
from tui.language.sentences import sentences
from tui.language.spans import Span, enclosing

_WORD: Final = re.compile(r"\S+")
_FRAGMENT: Final = 6
"""The number of words from which a quotation is a statement, not a mere expression in quotation marks."""
_NEED: Final = re.compile(r"(?:ha[sd]|have|need(?:s|ed)?) to", re.IGNORECASE)
_PAIRS: Final = (("“", "”"), ("„", "“"), ("«", "»"), ('"', '"'))


class Proposal(NamedTuple):
    """A candidate for an entry."""

    table: str
    """The kind of entry."""
    sentence: Span
    """The sentence of the clause."""
    parts: tuple[Span, ...]
    """The clause, in several parts where the words that attribute it stand within it."""
    quote: Span
    """The longest part, to be quoted."""
    paragraph: int
    speaker: str = ""
    """The person or body that the clause is attributed to; empty where unknown."""
    hedges: tuple[str, ...] = ()
    """The hedges of the clause itself, in its words."""
    modal: str = ""
    """The words by which a recommendation says that something should be done."""
    direct: bool = False
    """Whether the quote lies within quotation marks."""
    form: Form = ""
    """The form of a paragraph that is no prose, and so is left out."""


def proposals(text: str, parts: tuple[Paragraph, ...], lists: Lexicon | None) -> Iterator[Proposal]:
    """Yield the proposals of a text, paragraph by paragraph.

    The opening clause of each paragraph comes first, as background, and its candidates follow. The same words of the
    same speaker are proposed once. Tables and lists without sentences come with their form, to be left out.

    Args:
        text: the text.
        parts: the text's paragraphs; the one with the number 0 is the title and is skipped.
        lists: the word lists of the text's language; without them there is only background.
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
    """Whether the loader accepts a quote.

    Such a quote is not empty and has no forbidden characters.
    """
    return bool(quote.of(text).strip()) and FORBIDDEN.search(canonical(quote.of(text))) is None


def _of_paragraph(text: str, part: Paragraph, lists: Lexicon | None, reading: Discourse | None) -> Iterator[Proposal]:
    words = text[part.start : part.end]
    form = form_of(words)
    spans = sentences(words, lists) if lists else ()
    begins = spans[0] if spans else Span(0, len(words))
    begins = begins._replace(start=max(begins.start, behind_marker(words)))
    first = opening(words, begins)
    if lists and cut(words, *first, lists):  # what holds it back stands behind the comma
        first = trim(words, begins)
    first = _moved(_closed(words, first), part.start)
    yield Proposal("background", Span(part.start, part.end), (first,), first, part.number, form=form)
    if form == "table" or lists is None or reading is None:
        return
    quoted = quotations(words)
    for clause in reading.clauses(words, spans, quoted):
        main = _closed(words, max(clause.parts, key=lambda span: span.end - span.start))
        table, modal = _table(words, clause, quoted, lists)
        inside = enclosing(quoted, *main) is not None
        proposal = Proposal(
            table,
            _moved(clause.sentence, part.start),
            tuple(_moved(_closed(words, span), part.start) for span in clause.parts),
            _moved(main, part.start),
            part.number,
            clause.speaker,
            tuple(words[start:end] for start, end, _ in _hedges(words, clause, main, lists)),
            modal,
            inside and len(_WORD.findall(main.of(words))) >= _FRAGMENT,
        )
        # A view has one holder.
        speakers = holders(clause.speaker) if table == "view" else (clause.speaker,)
        yield from (proposal._replace(speaker=speaker) for speaker in speakers)


def _hedges(words: str, clause: Clause, quote: Span, lists: Lexicon) -> list[Hedge]:
    """Return the hedges of a clause and those of its attribution.

    The checker asks for them all. A denial is no guess of whoever denies.
    """
    return sorted({*clause.hedges, *(() if clause.kind == "deny" else cut(words, *quote, lists))})


def _table(words: str, clause: Clause, quoted: tuple[Span, ...], lists: Lexicon) -> tuple[str, str]:
    if clause.kind == "deny":  # “denied that it should pay” demands nothing
        return "claim", ""
    duties = [
        Span(duty.start + part.start, duty.end + part.start)
        for part in clause.parts
        for duty in obligations(part.of(words), lists)
    ]
    direct = [part for part in clause.parts if enclosing(quoted, *part)]
    # “It has to be on time” is a view when somebody is quoted; “somebody should act” is a demand even then.
    strict = [duty for duty in duties if not (direct and _NEED.match(duty.of(words)))]
    if clause.kind == "demand" or any(direct or enclosing(quoted, *duty) is None for duty in strict):
        return "recommendation", duties[0].of(words) if duties else ""
    statement = any(len(_WORD.findall(part.of(words))) >= _FRAGMENT for part in direct)
    return ("view" if clause.kind == "judge" or statement else "claim"), ""


def _closed(words: str, span: Span) -> Span:
    """Extend a span by a quotation mark that completes a pair.

    In “It may,” she said, the closing mark stands beside the clause and the opening mark within it.
    """
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
