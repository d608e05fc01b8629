"""Comparison of two statements: dropped hedges, and matters taken as settled."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tui.language.anonymity import unnamed
from tui.language.attribution import is_attributed
from tui.language.hedges import Hedge, families, hedges
from tui.language.lexicon import Lexicon, between, marks, of_kind
from tui.language.phrase_table import Mark
from tui.language.quotations import quotations
from tui.language.senses import NUMBER_BEFORE
from tui.language.sentences import clause, sentences
from tui.language.spans import Span, enclosing

_STANDS_IN: Final = {
    "chance": frozenset({"chance", "if", "hearsay"}),
    "if": frozenset({"if", "chance"}),
    "hearsay": frozenset({"hearsay", "chance"}),
    "rough": frozenset({"rough", "part"}),
    "part": frozenset({"part", "rough"}),
}
"""The families of hedges that keep the doubt of each family."""
_SAID_OTHERWISE: Final = frozenset({"part"})
"""Kinds of hedges that a plural or a number of our wording may replace."""
_UNHELD: Final = frozenset({"rough", "part"})
"""Kinds of hedges that leave it beyond doubt that a thing was done."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_NUMBER: Final = re.compile(r"\d(?:[\d.,]|[ \u00a0\u2009\u202f](?=\d{3}\b))*")
_PARTED: Final = re.compile(r"[, \u00a0\u2009\u202f](?=\d{3}(?!\d))")
"""The sign between thousands."""
_ANY_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BOUNDARY: Final = re.compile(r",|[;:]\s|\s[–—]\s")
_FARTHEST_WORDS: Final = 12
"""Most words between a hedge and the hedged words of a clause."""
_ASIDE: Final = re.compile(r",\s[^,;:]{1,60},(?!\s(?:and|but|or|nor|yet|while|which|who)\b)")
"""Words between two commas, behind which the clause goes on: “is likely, on present form, to win”."""
_TRAILING: Final = re.compile(r"\s?[,(–—]?\s?\Z")
_REACH: Final = 120
_ASIDE_REACH: Final = 40
_ADJECTIVES: Final = 40
"""Characters between a determiner and its noun."""
_FEW_WORDS: Final = 8
_STEM: Final = 4
_TAIL: Final = 3
_NUMBER_BEFORE: Final = NUMBER_BEFORE | {"-odd"}
_MANY: Final = 1_024
"""Texts of which this is remembered: the quotes of one entry are set beside one wording."""


class Wording(NamedTuple):
    """A text with the word lists of its language."""

    text: str
    lists: Lexicon


def dropped(quote: Wording, ours: Wording) -> tuple[Hedge, ...]:
    """Return the hedges of a quote that our wording drops.

    A hedge counts only where we repeat what it holds back: a word of it, or for a rough number the number.
    """
    found = hedges(quote.text, quote.lists)
    if not found:
        return ()
    # Few words are repeated, so our own hedges are looked for last.
    lost = [
        hedge
        for hedge in found
        if hedge.kind not in _SAID_OTHERWISE
        and _repeated(quote, hedge, ours)
        and _STANDS_IN[hedge.family].isdisjoint(families(ours.text, ours.lists))
    ]
    if not lost:
        return ()
    if any(hedge.kind == "conjecture" for hedge in lost) and is_attributed(ours.text, ours.lists):
        # What is laid to somebody's door is no more than his.
        lost = [hedge for hedge in lost if hedge.kind != "conjecture"]
    if any(hedge.family == "hearsay" for hedge in lost) and _names_nobody(ours):
        # “Unnamed reports say” says no more than “reportedly” does.
        lost = [hedge for hedge in lost if hedge.family != "hearsay"]
    return tuple(lost)


def cut(text: str, start: int, end: int, lists: Lexicon) -> tuple[Hedge, ...]:
    """Return the hedges of a sentence that a quote leaves out.

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
    quoted = quotations(words)
    return tuple(
        Hedge(hedge.start + part.start, hedge.end + part.start, hedge.kind)
        for hedge in hedges(words, lists)
        if hedge.family not in inside
        and (hedge.kind == "if" or quote.start - _REACH <= hedge.start <= quote.end + _REACH)
        and _governs(words, hedge, quote)
        and _said_by_one(quoted, hedge, quote)
    )


def held_back(text: str, lists: Lexicon) -> frozenset[str]:
    """Return the hedged actions, such as `transfer` in “is likely to receive”."""
    return frozenset(group for _, group in _held(text, lists, list(_actions(marks(text, lists)))))


def asserted(text: str, lists: Lexicon) -> frozenset[str]:
    """Return the actions that a verb asserts without a hedge or “if”."""
    actions = [one for one in _actions(marks(text, lists)) if "action" in one[0].groups]
    held = {mark.start for mark, _ in _held(text, lists, actions)}
    return frozenset(group for mark, group in actions if mark.start not in held and "action-noun" not in mark.groups)


def settled(text: str, lists: Lexicon) -> tuple[tuple[str, Span], ...]:
    """Find nouns that take an action as known, such as “the transfer”.

    None in a text with “if” or a hearsay, and none with “alleged” or the like before the noun.
    """
    found = marks(text, lists)
    nouns = list(of_kind(found, "action-noun"))
    if not nouns or any(hedge.kind in {"if", "hearsay"} for hedge in hedges(text, lists)):
        return ()
    result = []
    for noun, group in nouns:
        near = lists.local["determiner"].finditer(text, max(0, noun.start - _ADJECTIVES), noun.start)
        known = max((match.span() for match in near), default=None)
        if known is None or any(mark.group("distancing") for mark in between(found, known[1], noun.start)):
            continue
        words = text[known[1] : noun.start]
        if len(words.split()) <= 2 and not _BOUNDARY.search(words):
            result.append((group, Span(known[0], noun.end)))
    return tuple(result)


def _actions(found: Iterable[Mark]) -> Iterator[tuple[Mark, str]]:
    for mark in found:
        group = mark.groups.get("action") or mark.groups.get("action-noun")
        if group is not None:
            yield mark, group


def _held(text: str, lists: Lexicon, actions: Sequence[tuple[Mark, str]]) -> Iterator[tuple[Mark, str]]:
    """Yield the actions that a hedge holds back."""
    for hedge in hedges(text, lists) if actions else ():
        if hedge.kind not in _UNHELD:
            for mark, group in actions:
                if hedge.end <= mark.start < hedge.end + _REACH and _reaches(text, hedge, mark):
                    yield mark, group


def _reaches(text: str, hedge: Hedge, mark: Mark) -> bool:
    """Whether a hedge and an action stand close in one clause."""
    words = text[hedge.end : mark.start]
    return len(words.split()) <= _FEW_WORDS and not _BOUNDARY.search(words)


def _names_nobody(ours: Wording) -> bool:
    openly = any(of_kind(marks(ours.text, ours.lists), "anonymous"))
    return openly or bool(unnamed(ours.text, ours.lists))


@lru_cache(maxsize=_MANY)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM].lower() for word in _WORD.findall(text))


@lru_cache(maxsize=_MANY)
def _numbers(reading: Wording) -> frozenset[str]:
    return frozenset((*_figures(reading.text), *_number_words(reading)))


def _figures(text: str) -> Iterator[str]:
    """Yield the figures of a text, without signs between thousands."""
    return (_PARTED.sub("", number.strip(".,")) for number in _NUMBER.findall(text))


def _number_words(reading: Wording) -> Iterator[str]:
    return (
        reading.text[mark.start : mark.end].lower() for mark, _ in of_kind(marks(reading.text, reading.lists), "number")
    )


def _repeated(quote: Wording, hedge: Hedge, ours: Wording) -> bool:
    """Whether our wording repeats a word or number under a hedge.

    They stand behind the hedge, or before a hedge at the end. Wording in another language always counts.
    """
    if hedge.kind == "rough":
        return _number_repeated(quote, hedge, ours)
    behind = quote.text[hedge.end : hedge.end + _REACH]
    if quote.lists is not ours.lists or not _stems(ours.text).isdisjoint(_stems(behind)):
        return True
    held = Wording(behind if _ANY_WORD.search(behind) else quote.text[: hedge.start][-_REACH:], quote.lists)
    words, numbers = _stems(held.text), _numbers(held)
    if words or numbers:
        return not (_stems(ours.text).isdisjoint(words) and _numbers(ours).isdisjoint(numbers))
    return not _short_words(held.text).isdisjoint(_short_words(ours.text))


def _number_repeated(quote: Wording, hedge: Hedge, ours: Wording) -> bool:
    """Whether our wording repeats the number beside a rough hedge."""
    if quote.text[hedge.start : hedge.end].lower() in _NUMBER_BEFORE:
        figure = max(_NUMBER.finditer(quote.text, 0, hedge.start), key=re.Match.start, default=None)
    else:
        figure = _NUMBER.search(quote.text, hedge.end, hedge.end + _REACH)
    if figure:
        number = figure[0].strip(".,")
        # A tail stands in every spelling of a number, and most texts have none.
        return number[-_TAIL:] in ours.text and _PARTED.sub("", number) in _numbers(ours)
    behind = quote.text[hedge.end : hedge.end + _REACH]
    word = next(_number_words(Wording(behind, quote.lists)), "")
    if not word and (found := _ANY_WORD.search(behind)):
        word = found[0].lower()
    return word in ours.text.lower() and (word in _numbers(ours) or word in _short_words(ours.text))


def _short_words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _ANY_WORD.findall(text))


def _said_by_one(quoted: tuple[Span, ...], hedge: Hedge, quote: Span) -> bool:
    """Whether a hedge and the quoted part belong to one speaker."""
    quotation = enclosing(quoted, hedge.start, hedge.end)
    return quotation is None or quotation.start <= quote.start < quotation.end


def _closed(clause_words: str, hedge: Hedge, words: str) -> str:
    """Remove the comma that closes a hedge's aside: “is, in all likelihood, of …”."""
    if not words.startswith(","):
        fronted = clause_words[hedge.start : hedge.end].lower().startswith("according to")
        return words.replace(",", "", 1) if fronted and not clause_words[: hedge.start].strip() else words
    before = clause_words[max(0, hedge.start - _ASIDE_REACH) : hedge.start]
    return words[1:] if "," in before or not before.strip(' “"') else words


def _governs(clause_words: str, hedge: Hedge, quote: Span) -> bool:
    if hedge.kind == "if":
        return not quote.start <= hedge.start < quote.end
    if hedge.start >= quote.start:
        behind = clause_words[quote.end : hedge.start]
        last = not clause_words[hedge.end :].strip(' .!?”’")')
        return hedge.kind == "hearsay" and hedge.start >= quote.end and last and bool(_TRAILING.fullmatch(behind))
    words = clause_words[hedge.end : quote.start]
    if hedge.kind == "rough":
        return not words.strip()
    words = _ASIDE.sub(" ", _closed(clause_words, hedge, words), count=1)
    return len(words.split()) <= _FARTHEST_WORDS and not _BOUNDARY.search(words)
