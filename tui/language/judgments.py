"""Mixed, off-scale and uncheckable judgements of an author."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from tui.briefing.scales import LIKELIHOODS, likelihood_words
from tui.language.hedges import Hedge, hedges
from tui.language.lexicon import Lexicon, marks, of_kind
from tui.language.phrase_table import alternation
from tui.language.quantities import SMALL
from tui.language.quotations import quotations
from tui.language.sentences import sentences
from tui.language.spans import Span, touching

_LIKELIHOOD: Final = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(
        re.escape(word).replace(r"\ ", r"\s+").replace("certain", "certain(?:ly)?")
        for word in sorted(
            {word for scale in LIKELIHOODS for word in likelihood_words(scale)} - {"remote"}, key=len, reverse=True
        )
    )
    + r"|(?:im)?probably|remote (?:chance|possibility)|(?:is|are|seems) remote)(?![\w-])",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(r"\b(?:more|less|as|equally|how)\s+\Z", re.IGNORECASE)
_BE: Final = re.compile(r"^(?:is|are|seems) ")
_FEW: Final = 10
"""The greatest number in words that says little: “two sides”, “one of them”."""
_IN_WORDS: Final = alternation(word for word, value in SMALL.items() if value > _FEW)
_NUMBER: Final = re.compile(
    r"(?:(?<![\w.,/-])|(?<=\d[–/-]))\d+(?:,\d{3})*(?:\.\d+)?(?!\w|-[^\W\d])|\b(?:dozen|hundred|thousand|million|billion)s\b"
    rf"|(?<![\w-])(?P<word>{_IN_WORDS})(?:-(?P<one>{alternation(SMALL)}))?(?![\w-])",
    re.IGNORECASE,
)
_OF_CHANCE: Final = frozenset({"doubtful", "possible", "likely"})
_CHECKABLE: Final = re.compile(r"\d|\b(?:publish|list of|in writing)\b")


def mixed(text: str, lists: Lexicon) -> tuple[Span, ...]:
    """Return the words of confidence in sentences that give a likelihood too."""
    spans: list[Span] = []
    confident = [Span(mark.start, mark.end) for mark in marks(text, lists) if "confidence" in mark.groups]
    if not confident or not _LIKELIHOOD.search(text):
        return ()
    parts = sentences(text, lists)
    last = -1
    for span in confident:
        index = bisect_right(parts, (span.start, len(text))) - 1
        if index != last and index >= 0 and _LIKELIHOOD.search(text, *parts[index]):
            spans.append(span)
        last = index
    return tuple(spans)


def off_scale(text: str, scale: str, lists: Lexicon) -> tuple[Hedge, ...]:
    """Find the unquoted hedges of chance that are off a likelihood scale."""
    words = likelihood_words(scale)
    known = frozenset(words) | {"probably", *(word.replace("certain", "certainly") for word in words)}
    quoted = quotations(text)
    confidence = [(mark.start, mark.end) for mark, _ in of_kind(marks(text, lists), "confidence")]
    return tuple(
        hedge
        for hedge in hedges(text, lists)
        if hedge.kind in _OF_CHANCE
        and not touching(confidence, hedge.start, hedge.end)
        and not _on_scale(text[hedge.start : hedge.end], known)
        and not touching(quoted, hedge.start, hedge.end)
    )


def likelihoods(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the likelihood words of any scale, in its spelling. A comparison (“more likely”) is none."""
    for match in _LIKELIHOOD.finditer(text):
        if not _COMPARED.search(text, 0, match.start()):
            word = " ".join(match[0].lower().split()).replace("certainly", "certain").replace("probably", "probable")
            yield Span(*match.span()), _BE.sub("", word)


def numbers(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the numbers of a text, without commas and leading zeros. Names such as KN-23 have none."""
    for match in _NUMBER.finditer(text):
        word, one = (match[name] or "" for name in ("word", "one"))
        figure = str(SMALL[word.lower()] + SMALL.get(one.lower(), 0)) if word else match[0]
        yield Span(*match.span()), figure.lower().replace(",", "").lstrip("0") or "0"


def uncheckable(action: str, lists: Lexicon) -> Span | None:
    """Find the attitude in an uncheckable action. None for an action with a figure."""
    if _CHECKABLE.search(action):
        return None
    return next((Span(mark.start, mark.end) for mark, _ in of_kind(marks(action, lists), "uncheckable")), None)


def _on_scale(word: str, known: Iterable[str]) -> bool:
    return " ".join(word.lower().removesuffix(" to").removesuffix(" than not").split()) in known
