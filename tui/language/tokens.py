"""The folded words of a text, as indexed and searched for."""

import itertools
import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator
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


def folded_character(character: str) -> str:
    """Fold a character to none (marks, soft hyphens), or to several."""
    if character == _SOFT_HYPHEN:
        return ""
    # NFKD takes full-width forms to ASCII and parts letters from their marks.
    parts = unicodedata.normalize("NFKD", character.translate(_ALIKE))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold().translate(_ALIKE)


class Token(NamedTuple):
    """A folded word, with offsets in the original text."""

    text: str
    start: int
    end: int


def words_of(text: str) -> str:
    """Return the folded words of a text with single spaces between.

    A Han, Kana or Hangul character is a word of its own, since those scripts set no spaces between words (or, in
    Korean, hang particles on them); so a name in them is found as a phrase of characters. Of Thai, Lao, Khmer and
    Burmese, which have few letters and set no spaces either, each letter with the next is a word.
    """
    return " ".join(spaced(text).split())


def spaced(text: str) -> str:
    """Return the folded words of a text with any spaces between."""
    if text.isascii():
        return text.translate(_ASCII_WORDS)
    if unicodedata.is_normalized("NFC", text):
        words = text.translate(_WORDS)
        return _UNSPACED.sub(_paired, words) if _UNSPACED.search(words) else words
    return " ".join(token.text for token in tokens(text))


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of `words_of`, each with offsets in the text."""
    if text.isascii():
        return tuple(Token(match[0].lower(), match.start(), match.end()) for match in _ASCII_WORD.finditer(text))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, part in _parts(text):
        for letter in part:
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    folded = "".join(letters)
    return tuple(
        Token(folded[start:end], starts[start], ends[end - 1])
        for match in _NO_SPACE.finditer(folded)
        for start, end in _stretches(match)
    )


def is_half(word: str) -> bool:
    """Whether a folded word is a single letter of a paired script."""
    return len(word) == 1 and _UNSPACED.match(word) is not None


def _stretches(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the words of a run without spaces, as pairs of letters."""
    if match[2] is None:
        yield match.span()
    else:
        yield from (
            (at, min(at + 2, match.end())) for at in range(match.start(), max(match.end() - 1, match.start() + 1))
        )


def _paired(run: re.Match[str]) -> str:
    letters = run[0]
    pairs = map("".join, itertools.pairwise(letters))
    return f" {' '.join(pairs) if len(letters) > 1 else letters} "


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each folded composed character, with offsets in the text."""
    if unicodedata.is_normalized("NFC", text):
        for offset, character in enumerate(text):
            yield offset, offset + 1, _WORDS[ord(character)]
        return
    for match in _CLUSTER.finditer(text):
        for character in unicodedata.normalize("NFC", match[0]):
            yield match.start(), match.end(), _WORDS[ord(character)]


class _WordTable(dict[int, str]):
    """The folded letters, space or nothing for each character, filled on demand."""

    def __missing__(self, code: int) -> str:
        plain = folded_character(chr(code)).translate(_STROKES)
        folded = "".join(map(_in_word, unicodedata.normalize("NFC", plain)))
        if not folded and unicodedata.category(chr(code)) not in _NOTHING:
            folded = " "
        self[code] = folded
        return folded


def _in_word(character: str) -> str:
    if bisect(_IDEOGRAPHIC, character) % 2:
        return f" {character} "
    if character.isalnum():
        return character
    category = unicodedata.category(character)
    # Vowel signs of Indic scripts have no combining class, and part words as little as letters do.
    return character if category == "Mc" else "" if category in _NOTHING else " "


# Letters that Unicode does not part from their stroke, and ligatures.
_STROKES: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "n"}
)
_NOTHING: Final = frozenset({"Mn", "Me", "Cf"})
_IDEOGRAPHIC: Final = (
    "\u1100\u1200\u2e80\u2fe0\u3005\u3008\u3021\u302a\u3041\u3097\u309d\u30fb\u30fc\u318f\u31a0\u3200"
    "\u3400\u4dc0\u4e00\ua000\ua960\ua97d\uac00\ud7fc\uf900\ufb00\U0001b000\U0001b170\U00020000\U00040000"
)
"""The first of some characters that are words, and the next behind them, again and again. A pattern takes long to compile."""
_CLUSTER: Final = re.compile(
    # Letters that compose: the parts of a Hangul syllable, else a character with all that is no character by itself.
    "[\u1100-\u115f]+[\u1160-\u11ff]*|.[\u0300-\u036f\u0591-\u0eff\u1037-\u20ff\u3099\u309a]*",
    re.DOTALL,
)
_PAIRED_LETTERS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\uaa60-\uaa7f"
_UNSPACED: Final = re.compile(f"[{_PAIRED_LETTERS}]+")
_NO_SPACE: Final = re.compile(f"([^ {_PAIRED_LETTERS}]+)|([{_PAIRED_LETTERS}]+)")
_ASCII_WORD: Final = re.compile("[0-9A-Za-z]+")
_ASCII_WORDS: Final = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_WORDS: Final = _WordTable()
