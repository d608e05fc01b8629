"""Predictions and obligations in a text."""

import re
from functools import lru_cache
from typing import Final

from tui.language.lexicon import Lexicon, marks, of_kind
from tui.language.lexicon import between as between_marks
from tui.language.phrase_table import Mark
from tui.language.senses import sense
from tui.language.spans import Span

_STOP: Final = re.compile(r"[.;!?](?=\s|\Z)|\n")
_HAVE: Final = re.compile(r"\s+(?:not\s+)?(?:also\s+)?have\s+(?:been|\w+e[dn])\b", re.IGNORECASE)
_BETWEEN: Final = re.compile(
    r"(?:\s+(?:also|not|well|still|yet|even|soon|further|again|then|ultimately|eventually|potentially|[a-z]+ly)){0,3}\s+"
)
_HABIT: Final = re.compile(
    r"\s+(?:[a-z]+ly\s+)?(?:tell|remind|assure|show|warn)\s+(?:you|us|anyone|anybody|everyone)\s(?:that|how|why|what|where|who|of)\b"
)
"""The words behind “will” in a habit: “any driver will tell you that”."""
_STATE: Final = re.compile(r"\s+be\s+(?:an?|the|one|part|of|from|among|in|at|on|behind|under)\b(?!\s(?:next|first)\b)")
"""The words behind “likely to” in a state: “is likely to be a copy”."""
_MODAL_REACH: Final = 160


@lru_cache(maxsize=8192)
def predictions(text: str, lists: Lexicon) -> tuple[Span, ...]:
    """Find words that foretell: “will”, or “may” before a change or date."""
    found = marks(text, lists)
    spans = []
    last = 0
    for mark, group in of_kind(found, "prediction"):
        looks_back = _HAVE.match(text, mark.end)  # “could have been”, “is likely to have been”
        certain = group == "will" and not _is_of_today(text, mark)
        if mark.start >= last and not looks_back and (certain or _foretells(text, mark, found)):
            spans.append(Span(mark.start, mark.end))
            last = mark.end
    return tuple(spans)


def obligations(text: str, lists: Lexicon) -> tuple[Span, ...]:
    """Find the words of obligation, such as “must” and “may be necessary”."""
    spans: list[Span] = []
    for mark, _ in of_kind(marks(text, lists), "obligation"):
        if "inverted" in mark.groups and sense(text, mark, lists) == "if":
            continue  # “Should he refuse the money, the ferry stops”
        if not spans or mark.start >= spans[-1].end:
            spans.append(Span(mark.start, mark.end))
    return tuple(spans)


def _is_of_today(text: str, mark: Mark) -> bool:
    """Whether a phrase speaks of a habit, or of a likely state."""
    if text.endswith(" to", mark.start, mark.end):
        return "likely" in text[mark.start : mark.end].lower() and bool(_STATE.match(text, mark.end))
    return bool(_HABIT.match(text, mark.end))


def _foretells(text: str, modal: Mark, found: tuple[Mark, ...]) -> bool:
    stop = _STOP.search(text, modal.end, modal.end + _MODAL_REACH)
    end = stop.start() if stop else modal.end + _MODAL_REACH
    between = _BETWEEN.match(text, modal.end)
    verb_at = between.end() if between else modal.end
    for mark in between_marks(found, modal.start + 1, end):
        if mark.group("future"):
            return True
        if (
            mark.group("change")
            and modal.end < mark.start <= verb_at
            and _BETWEEN.fullmatch(text, modal.end, mark.start)
        ):
            return True
    return False
