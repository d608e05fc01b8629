"""The language of a text, told by its function words."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

from tui.language.tokens import words_of

_WORDS: Final = {
    "en": """
        a about after all also am an and any are as at be been before but by can could did do does for from had has have
        he her him his how i if in into is it its many may me might more most much must my no not of on or our shall she
        should since so some than that the their them then there these they this those to us was we were what when where
        whether which while who whom whose why will with would you your
    """,
    "de": """
        aber als am an auch auf aus bei bis da dann das dass dem den denn der des die doch ein eine einem einen einer
        eines er es für hat haben hatte ich ihr im in ist kann mit nach nicht noch nur ob oder sein seine sich sie sind
        so über um und uns viel viele vom von vor wann war waren warum was wem wen wenn wer werden wie wieviel wir wird
        wo wurde wurden zu zum zur
    """,
    "fr": """
        a au aux avec ce ces combien comme comment dans de des du elle en est et il ils je la le les leur lui mais ne
        nous on ont ou où par pas pour pourquoi quand que quel quelle quelles quels qui sa se ses son sont sur un une
        vous était été
    """,
    "es": """
        a al como con cuando cuánto cuántos de del donde el ella en es esta este fue ha han hay la las lo los más no o
        para pero por porque qué que quién se ser si sin sobre son su sus un una y
    """,
}

AMOUNTS: Final = frozenset({"many", "much", "wieviel", "viel", "viele", "combien", "cuanto", "cuantos", "cuantas"})
"""Those of them that ask for a figure."""


def function_words(languages: Iterable[str]) -> frozenset[str]:
    """Return the folded function words of some languages, and of English always."""
    tags = {"en", *(tag.partition("-")[0].lower() for tag in languages)}
    return frozenset(word for tag in tags for word in words_of(_WORDS.get(tag, "")).split())


LANGUAGES: Final = tuple(_WORDS)
"""The languages whose function words are listed."""


@cache
def own_words(language: str) -> frozenset[str]:
    """Return the function words of one language alone."""
    return frozenset(words_of(_WORDS[language]).split())


UNDETERMINED: Final = "und"
"""The tag of ISO 639-2 for a language that is not known."""
_READ: Final = 20_000
"""Characters that are looked at."""
_LEAST: Final = 0.15
"""The share of function words: an English or German text has at least twice as many, another language hardly any."""


def language_of(text: str) -> str:
    """Return the language with most of a text's function words, or `und`."""
    words = words_of(text[:_READ]).split()
    shares = Counter({lang: sum(word in own_words(lang) for word in words) for lang in LANGUAGES})
    lang, most = max(shares.items(), key=lambda item: item[1])
    return lang if words and most >= _LEAST * len(words) else UNDETERMINED


def language_among(text: str, told: str) -> str:
    """Return a page's declared language, unless the words are of another."""
    found = language_of(text)
    return told if told and found in {told.partition("-")[0].lower(), UNDETERMINED} else found
