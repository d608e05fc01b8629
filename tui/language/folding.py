"""Folding text so that it is found however it is written: case, diacritics, widths, quotes, hyphens and spaces alike."""

import unicodedata
from typing import Final, NamedTuple

_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\t\n", " "),
    },
)
_SOFT_HYPHEN: Final = "\u00ad"


class Folded(NamedTuple):
    """A folded text, and where each of its characters came from."""

    text: str
    origins: tuple[int, ...] | None
    """For each character the offset in the original, and behind them its length; None where they are the same."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Turn a stretch of the folded text into one of the original; whole characters, marks included."""
        if self.origins is None:
            return start, end
        return self.origins[start], max(self.origins[end], self.origins[end - 1] + 1)


def fold(text: str) -> Folded:
    """Fold a text, keeping track of where its characters came from; runs of spaces become one."""
    if text.isascii() and "  " not in (folded := text.lower().translate(_ALIKE)):
        return Folded(folded, None)
    characters: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(text):
        for part in folded_character(character):
            if part != " " or characters[-1:] != [" "]:
                characters.append(part)
                origins.append(offset)
    return Folded("".join(characters), (*origins, len(text)))


def fold_query(text: str) -> str:
    """Fold what is looked for; spaces around it do not count."""
    return fold(text).text.strip()


def folded_character(character: str) -> str:
    """Fold one character: to none, as marks and soft hyphens are, or to one or several."""
    if character == _SOFT_HYPHEN:
        return ""
    # NFKD takes full-width forms to ASCII and parts letters from their marks.
    parts = unicodedata.normalize("NFKD", character.translate(_ALIKE))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold().translate(_ALIKE)
