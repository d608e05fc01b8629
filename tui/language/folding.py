"""Character folding for search: case, diacritics, widths, quotes and hyphens."""

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
    """Fold a character to none (marks, soft hyphens), or to several."""
    if character == _SOFT_HYPHEN:
        return ""
    # NFKD takes full-width forms to ASCII and parts letters from their marks.
    parts = unicodedata.normalize("NFKD", character.translate(_ALIKE))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold().translate(_ALIKE)
