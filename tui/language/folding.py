"""Folding characters so that text is found however it is written: case, diacritics, widths, quotes and hyphens alike."""

import unicodedata
from typing import Final

_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\t\n", " "),
    },
)
_SOFT_HYPHEN: Final = "\u00ad"


def folded_character(character: str) -> str:
    """Fold one character: to none, as marks and soft hyphens are, or to one or several."""
    if character == _SOFT_HYPHEN:
        return ""
    # NFKD takes full-width forms to ASCII and parts letters from their marks.
    parts = unicodedata.normalize("NFKD", character.translate(_ALIKE))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold().translate(_ALIKE)
