"""The assertion of a sentence, without its speaker."""

import re
from typing import Final

_LONGEST: Final = 400
"""Characters of a text that are looked at: a short name needs no more."""
_NO_SPEAKER: Final = re.compile(
    r"\b(?:not|never|nobody|no one|no|if|unless|while|although|when)\b|n’t\b|\bbut\b|\band(?: (?-i:[a-z]+))?\Z",
    re.IGNORECASE,
)
_SAYS: Final = (
    r"(?:says?|said|reports?|reported|states?|stated|writes?|wrote|claims?|claimed|argues?|argued|warns?|warned|believes?"
    r"|believed|thinks?|thought|estimates?|estimated|holds?|held|finds?|found|expects?|expected|announces?|announced|adds?"
    r"|added|tells? \w+|told [\w’ ]{1,30})"
)
"""Verbs that affirm. Without a verb such as “denies” the rest would say the opposite."""
_BEFORE: Final = re.compile(rf"(?P<who>[^,;:.“”\n]{{1,90}}?) {_SAYS} that (?P<said>\S.+)", re.DOTALL)
_ACCORDING: Final = re.compile(r"(?P<who>According to [^,;.\n]{1,90}), (?P<said>\S.+)", re.DOTALL)
_BEHIND: Final = re.compile(rf"(?P<said>[^;]+?), (?P<who>[^,;:.“”\n]{{1,60}}) {_SAYS}\.?$", re.DOTALL)


def assertion(text: str) -> str:
    """Return the first sentence of a text without its speaker. Empty where the text does not name one.

    Only plain forms in English are known: “X says that …”, “According to X, …” and “…, X says.”
    """
    sentence = text[:_LONGEST].partition("\n")[0].partition(". ")[0].strip()
    for form in (_BEFORE, _ACCORDING, _BEHIND):
        found = form.match(sentence)
        if found and not _NO_SPEAKER.search(found["who"]):
            said = found["said"]
            return (said[:1].upper() + said[1:]).removesuffix(".")
    return ""
