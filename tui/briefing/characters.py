"""The forbidden characters of content. They could act on a terminal or deceive a reader."""

import re
import unicodedata
from typing import Final

_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1980-\u19ff\u1a20-\u1aaf\uaa60-\uaa7f"
"""Thai, Lao, Burmese, Khmer and their kin, in which a space of no width parts words."""
_JOINING: Final = (
    "\u0600-\u061b\u061d-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\u1900-\u1cff\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\u20e3\u2190-\u2bff\ufe0f\U00011000-\U00011fff\U0001f000-\U0001faff"
)
"""Arabic, Indic and other scripts whose letters join or do not, and the pictures of which others are made."""
STRAY_JOINERS: Final = f"[\u200c\u200d](?<![{_JOINING}][\u200c\u200d])(?!(?<=[\u200c\u200d])[{_JOINING}])"
"""A pattern of the two joiners where no script needs them."""
# C0 but the line break, DEL and C1, the bidirectional controls, invisible separators and joins that hide words,
# interlinear annotation, tags, noncharacters and lone surrogates. The three of no width are allowed beside a letter of a
# script that needs them. One class, and then what stands beside it: so most of a text is passed over by C.
FORBIDDEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
    f"(?<![{_UNSPACED}]\u200b)(?!(?<=\u200b)[{_UNSPACED}])"
    f"(?<![{_JOINING}][\u200c\u200d])(?!(?<=[\u200c\u200d])[{_JOINING}])"
)


_UNSEEN: Final = re.compile(
    "[\u00a0\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u202f\u205f-\u2064\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
"""Characters that are invisible, or look like a blank and are none."""


def name_of(character: str) -> str:
    """Return the code point of a character that must not be shown."""
    return f"U+{ord(character):04X}"


def remedy_for(character: str) -> str:
    """Return the remedy for a forbidden character. A quote matches blanks of any kind."""
    return "write a space instead" if character.isspace() else "delete it"


def escaped(text: str) -> str:
    """Escape forbidden characters and line breaks of a text, for one line."""
    if text.isprintable():  # no forbidden character is printable
        return text
    return FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text).replace("\n", "\\n")


def described(character: str) -> str:
    """Describe a character by its code point and its Unicode name. A visible one is shown too."""
    named = f"{name_of(character)} {unicodedata.name(character, '')}".strip()
    unseen = _UNSEEN.fullmatch(character) or FORBIDDEN.fullmatch(character)
    return named if unseen else f"{character} ({named})"


def visible(text: str) -> str:
    """Write each invisible character as its TOML escape."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04X}", text)


def cleaned(text: str) -> str:
    """Drop forbidden characters. The loader refuses them; this is the last guard before a terminal."""
    return FORBIDDEN.sub("", text)
