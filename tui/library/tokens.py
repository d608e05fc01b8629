"""The words of a text as they are indexed and looked for: folded, and each with its place."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.library.folding import folded_character


class Token(NamedTuple):
    """A word of a text, folded, and where it stands in the original."""

    text: str
    start: int
    end: int


def words_of(text: str) -> str:
    """Give the folded words of a text with single spaces between them.

    A Han, Kana or Hangul character is a word of its own, since those scripts set no spaces between words (or, in
    Korean, hang particles on them); so a name in them is found as a phrase of characters.
    """
    return " ".join(spaced(text).split())


def spaced(text: str) -> str:
    """Give the folded words of a text with any number of spaces around them, as fast as can be."""
    if text.isascii():
        return text.translate(_ASCII_WORDS)
    if unicodedata.is_normalized("NFC", text):
        return text.translate(_WORDS)
    return " ".join(token.text for token in tokens(text))


def tokens(text: str) -> tuple[Token, ...]:
    """Give the words of a text, the same as `words_of`, with their places."""
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
    found = _NO_SPACE.finditer("".join(letters))
    return tuple(Token(match[0], starts[match.start()], ends[match.end() - 1]) for match in found)


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    """Give each composed character as folded for words, with where it comes from."""
    if unicodedata.is_normalized("NFC", text):
        for offset, character in enumerate(text):
            yield offset, offset + 1, _WORDS[ord(character)]
        return
    for match in _CLUSTER.finditer(text):
        for character in unicodedata.normalize("NFC", match[0]):
            yield match.start(), match.end(), _WORDS[ord(character)]


class _WordTable(dict[int, str]):
    """For each character what it is in a word: its folded letters, a space, or nothing; filled as characters come."""

    def __missing__(self, code: int) -> str:
        plain = folded_character(chr(code)).translate(_STROKES)
        folded = "".join(map(_in_word, unicodedata.normalize("NFC", plain)))
        if not folded and unicodedata.category(chr(code)) not in _NOTHING:
            folded = " "
        self[code] = folded
        return folded


def _in_word(character: str) -> str:
    if _IDEOGRAPHIC.match(character):
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
_IDEOGRAPHIC: Final = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u30fa\u30fc-\u318e\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
_CLUSTER: Final = re.compile(
    # Letters that compose: the parts of a Hangul syllable, else a character with all that is no character by itself.
    "[\u1100-\u115f]+[\u1160-\u11ff]*|.[\u0300-\u036f\u0591-\u0eff\u1037-\u20ff\u3099\u309a]*",
    re.DOTALL,
)
_NO_SPACE: Final = re.compile("[^ ]+")
_ASCII_WORD: Final = re.compile("[0-9A-Za-z]+")
_ASCII_WORDS: Final = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_WORDS: Final = _WordTable()
