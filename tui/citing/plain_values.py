"""The plain form of values that other programs write in several ways.

It imports no model, since pages need it too.
"""

import re
from types import MappingProxyType
from typing import Final

_BEFORE_DOI: Final = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s*(?=10\.))+", re.IGNORECASE)
_NAMES: Final = MappingProxyType(
    {
        "ar": "arabic ara", "bg": "bulgarian bul", "cs": "czech čeština ces cze", "da": "danish dansk dan",
        "de": "german ngerman deutsch deu ger", "el": "greek ell gre", "en": "english eng",
        "en-GB": "british ukenglish", "en-US": "american usenglish", "es": "spanish español spa",
        "fa": "persian farsi fas per", "fi": "finnish suomi fin", "fr": "french français francais fra fre",
        "he": "hebrew heb", "hi": "hindi hin", "hr": "croatian hrv", "hu": "hungarian magyar hun", "id": "indonesian ind",
        "it": "italian italiano ita", "ja": "japanese 日本語 jpn", "ko": "korean 한국어 kor", "la": "latin lat",
        "nl": "dutch nederlands dut nld", "no": "norwegian norsk nor", "pl": "polish polski pol",
        "pt": "portuguese português por", "pt-BR": "brazilian", "ro": "romanian ron rum", "ru": "russian русский rus",
        "sr": "serbian srp", "sv": "swedish svenska swe", "th": "thai tha", "tr": "turkish türkçe tur",
        "uk": "ukrainian українська ukr", "vi": "vietnamese vie", "zh": "chinese 中文 chi zho",
    }
)  # fmt: skip
"""The names of a language in English and its own, those of BibLaTeX, and its codes of ISO 639-2."""
_TAGS: Final = MappingProxyType({name: tag for tag, names in _NAMES.items() for name in names.split()})


def bare_doi(text: str) -> str:
    """Return a DOI without the address or the word before it."""
    return _BEFORE_DOI.sub("", text.strip()) or text


def tag_of(language: str) -> str:
    """Return the tag of a language. An unknown name stays."""
    return _TAGS.get(language.strip().lower(), language.replace("_", "-"))
