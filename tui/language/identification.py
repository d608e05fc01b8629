"""The language of a text, told by its function words."""

from collections import Counter
from typing import Final

from tui.language.function_words import LANGUAGES, own_words
from tui.language.tokens import words_of

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
