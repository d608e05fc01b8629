"""Joins words that were divided at the end of a line.

A hyphen of the word itself stays; one of the line's end goes.
"""

import re
from collections.abc import Iterable
from typing import Final

from tui.authoring.extraction.sets import word_set

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LAST: Final = re.compile(r"\S*$")
_FIRST: Final = re.compile(r"[^\W_]+")
_ALWAYS: Final = {
    "self": re.compile(r"(?!ish|less|same|hood)"),
    "well": re.compile(r"(?!ness\b|ing|ed\b|s\b)"),
    "non": re.compile(r"(?!sens|chal|plus|entit|etheless|agon|pareil|e\b|ce\b)"),
    "anti": re.compile(r"(?!dot|bio|cip|qu|gen|bod|sept|thes|path|lop|oxid|clim|pod|phon|mony|histam|matter|c\b)"),
    "ex": re.compile(
        r"(?:president|minister|wife|husband|partner|leader|chief|head|officer|soldier|member|mayor|colleague|official|"
        r"convict|service|combatant|fighter|general|chancellor|premier|boyfriend|girlfriend|employee|director|king|"
        r"ambassador|governor|senator|prime|police|army|military|navy|communist|Soviet|Yugoslav|spy|student|player)"
    ),
    "so": re.compile(r"called\b"),
    "all": re.compile(r"(?:out|round|time|party|volunteer|weather|night|star|purpose)\b"),
    "cross": re.compile(r"(?:border|party|section|country|reference|examin|cultural|channel)"),
    "half": re.compile(r"(?:time|hour|year|century|million|dozen|brother|sister|mast|hearted|finished)"),
    "long": re.compile(r"(?:term|range|standing|lasting|time|distance|running|awaited|lived|haul)\b"),
    "short": re.compile(r"(?:term|range|lived|sighted|haul|notice)\b"),
    "high": re.compile(r"(?:level|ranking|profile|speed|tech|risk|quality|rise|end|pressure|resolution|income)\b"),
    "low": re.compile(r"(?:level|income|cost|risk|lying|intensity|key|paid)\b"),
    "full": re.compile(r"(?:time|scale|length|blown|fledged)\b"),
    "part": re.compile(r"time\b"),
    "large": re.compile(r"scale\b"),
    "small": re.compile(r"(?:scale|arms)\b"),
    "vice": re.compile(r"(?:president|chair|admiral|chancellor|minister|versa)"),
    "mid": re.compile(r"(?:term|air|range|sized|week|point)\b"),
    "pro": re.compile(r"(?:government|russian|western|european|democracy|independence)"),
    "state": re.compile(r"(?:owned|run|backed|controlled|sponsored|of)\b"),
    "far": re.compile(r"(?:reaching|right|left|off|flung)\b"),
}
"""First parts of compounds, with the second parts before which their hyphen stays.

After "self", "well", "non" and "anti" the hyphen stays except before the listed parts, which make one word with them."""
_PREFIXES: Final = word_set("re pre de co pro anti semi multi micro extra intra ultra contra")
"""The first parts that keep their hyphen before the letter in which they end, as in re-elected.

Not so where the text has a word of that beginning without one, such as cooperate."""
_STYLE: Final = 4
"""The letters of the second part by which such words are alike."""
_SERIES: Final = re.compile(r"(?:und|oder|sowie|bzw)\b")
_ENGLISH_SERIES: Final = re.compile(r"(?:and|or|to)\b")
_IN_SERIES: Final = word_set(
    "pre post short long mid micro macro pro anti self non high low inter intra one two three four five ten left right "
    "first second medium upper lower multi mono bi tri over under full part"
)
"""The parts that may end in a hyphen before "and", as in pre- and post-war; in German any word may."""


class Vocabulary:
    """The words of a text that are not divided."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        for line in lines:
            self._words.update(word.lower() for word in _WORD.findall(line))

    def joined(self, before: str, following: str) -> str:
        """Join a line that ended in a hyphen with the next line.

        Args:
            before: the line, without its hyphen.
            following: the next line.
        """
        left, right = _LAST.search(before), _FIRST.match(following)
        if left is None or right is None:
            return f"{before}-{following}"
        if _SERIES.match(following) or (_ENGLISH_SERIES.match(following) and left[0].lower() in _IN_SERIES):
            return f"{before}- {following}"
        return f"{before}{'-' if self._is_own(left[0], following, right[0]) else ''}{following}"

    def _is_own(self, left: str, following: str, right: str) -> bool:
        if not right[0].islower() or not left[-1:].isalpha():
            return True
        words = _WORD.findall(left)
        first = words[-1].lower() if words else left.lower()
        last = first.rpartition("-")[2]
        if f"{last}{right}" in self._words or f"{first}{right}" in self._words:
            return False
        if f"{first}-{right}" in self._words or f"{last}-{right}" in self._words:
            return True
        if first.count("-") > 1:  # state-of-the-art
            return True
        if last in _PREFIXES and last[-1] == right[0]:
            return not any(word.startswith(f"{last}{right[:_STYLE]}") for word in self._words)
        rule = _ALWAYS.get(last)
        return bool(rule and rule.match(following))
