"""A statement beside another: which hedge the one has and the other lacks, and what one takes as settled."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.checks.language.hedges import Hedge, families, hedges
from tui.checks.language.lexicon import Lexicon, Mark, marks, of_kind
from tui.checks.language.quotations import quotations
from tui.checks.language.sentences import clause, sentences
from tui.checks.language.spans import Span, enclosing

_STANDS_IN: Final = {
    "chance": frozenset({"chance", "if", "hearsay"}),
    "if": frozenset({"if", "chance"}),
    "hearsay": frozenset({"hearsay", "chance"}),
    "rough": frozenset({"rough"}),
}
"""Which families of hedges keep the doubt of another: a thing that may be so is not said to be so."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_NUMBER: Final = re.compile(r"\d[\d.,]*")
_BOUNDARY: Final = re.compile(r",|[;:]\s|\s[–—]\s")
_FARTHEST_WORDS: Final = 12
"""Words between a hedge and what it holds back within one clause."""
_TRAILING: Final = re.compile(r"\s?,?\s?\Z")
_REACH: Final = 80


class Reading(NamedTuple):
    """A text with the word lists of its language."""

    text: str
    lists: Lexicon


def dropped(quote: Reading, ours: Reading) -> tuple[Hedge, ...]:
    """Give the hedges of a quote whose doubt our wording of it does not keep.

    A hedge counts only where we repeat what it holds back: a word of it, or for a rough number the number.
    """
    kept: frozenset[str] | None = None
    result = []
    for hedge in hedges(quote.text, quote.lists):
        kept = families(ours.text, ours.lists) if kept is None else kept
        if not (_STANDS_IN[hedge.family] & kept or _vague(hedge, kept, ours)) and _repeated(hedge, quote, ours):
            result.append(hedge)
    return tuple(result)


def cut(text: str, start: int, end: int, lists: Lexicon) -> tuple[Hedge, ...]:
    """Give the hedges of a sentence that hold back a part of it that is quoted without them.

    Args:
        text: the whole text.
        start: where the quoted part begins, in code points.
        end: where it ends.
        lists: the word lists of the text's language.
    """
    sentence = enclosing(sentences(text, lists), start, end)
    if sentence is None:
        return ()
    part = clause(text, sentence, start, end)
    words = part.of(text)
    quote = Span(start - part.start, end - part.start)
    inside = {hedge.family for hedge in hedges(quote.of(words), lists)}
    return tuple(
        Hedge(hedge.start + part.start, hedge.end + part.start, hedge.kind)
        for hedge in hedges(words, lists)
        if hedge.family not in inside and _governs(words, hedge, quote) and _said_by_one(words, hedge, quote)
    )


def held_back(text: str, lists: Lexicon) -> Iterator[str]:
    """Name the actions of which a text speaks with a hedge, such as `transfer` in “is likely to receive”."""
    found = marks(text, lists)
    for hedge in hedges(text, lists):
        if hedge.kind != "rough":
            yield from (group for mark, group in _actions(found) if _reaches(text, hedge, mark))


def asserted(text: str, lists: Lexicon) -> Iterator[str]:
    """Name the actions of which a text speaks without any hedge or “if” before them."""
    found = marks(text, lists)
    holding = [hedge for hedge in hedges(text, lists) if hedge.kind != "rough"]
    for mark, group in _actions(found):
        if not any(_reaches(text, hedge, mark) for hedge in holding) and not mark.group("action-noun"):
            yield group


def settled(text: str, lists: Lexicon) -> Iterator[tuple[str, Span]]:
    """Find nouns that take an action as known, such as “the transfer”: not with “if”, nor with “alleged” before them."""
    found = marks(text, lists)
    doubtful = any(hedge.kind in {"if", "hearsay"} for hedge in hedges(text, lists))
    if doubtful:
        return
    for mark, group in of_kind(found, "action-noun"):
        for determiner, _ in of_kind(found, "determiner"):
            between = text[determiner.end : mark.start]
            if (
                0 < mark.start - determiner.end <= 40
                and len(between.split()) <= 2
                and between.replace("-", "").isascii()
            ):
                adjective = any(
                    determiner.end <= other.start < mark.start and other.group("distancing") for other in found
                )
                if not adjective and not _BOUNDARY.search(between):
                    yield group, Span(determiner.start, mark.end)
                    break


def _actions(found: tuple[Mark, ...]) -> Iterator[tuple[Mark, str]]:
    for mark in found:
        group = mark.group("action") or mark.group("action-noun")
        if group is not None:
            yield mark, group


def _reaches(text: str, hedge: Hedge, mark: Mark) -> bool:
    """Tell whether a hedge stands before an action in the same clause, not far from it."""
    if not hedge.end <= mark.start <= hedge.end + _REACH:
        return False
    between = text[hedge.end : mark.start]
    return len(between.split()) <= 8 and not _BOUNDARY.search(between)


def _vague(hedge: Hedge, kept: frozenset[str], ours: Reading) -> bool:
    """Tell whether our wording lays a hearsay to unnamed speakers, which says no more than “reportedly”."""
    if hedge.family != "hearsay" or "hearsay" in kept:
        return False
    found = marks(ours.text, ours.lists)
    return any(of_kind(found, "anonymous")) or any(of_kind(found, "unnamed"))


def _repeated(hedge: Hedge, quote: Reading, ours: Reading) -> bool:
    behind = quote.text[hedge.end :]
    if hedge.family == "rough":
        return _same_number(behind, quote.lists, ours)
    if quote.lists is not ours.lists:
        return True
    stems = {word[:4].lower() for word in _WORD.findall(behind)}
    return any(word[:4].lower() in stems for word in _WORD.findall(ours.text))


def _said_by_one(clause_words: str, hedge: Hedge, quote: Span) -> bool:
    """Tell whether a hedge is not within a quotation of which the quoted part is none."""
    quotation = enclosing(quotations(clause_words), hedge.start, hedge.end)
    return quotation is None or (quotation.start <= quote.start < quotation.end)


def _same_number(behind: str, lists: Lexicon, ours: Reading) -> bool:
    """Tell whether our wording has the number that follows a rough “about”, in the same figures or the same word."""
    figure = _NUMBER.search(behind)
    if figure:
        number = figure[0].strip(".,")
    else:
        number = next((behind[mark.start : mark.end] for mark, _ in of_kind(marks(behind, lists), "number")), "")
    return bool(number) and number.lower() in ours.text.lower()


def _governs(clause_words: str, hedge: Hedge, quote: Span) -> bool:
    if hedge.kind == "if":
        return not quote.start <= hedge.start < quote.end
    if hedge.start >= quote.start:
        behind = clause_words[quote.end : hedge.start]
        last = not clause_words[hedge.end :].strip(' .!?”’"')
        return hedge.kind == "hearsay" and hedge.start >= quote.end and last and bool(_TRAILING.fullmatch(behind))
    between = clause_words[hedge.end : quote.start]
    if hedge.kind == "rough":
        return not between.strip()
    return len(between.split()) <= _FARTHEST_WORDS and not _BOUNDARY.search(between)
