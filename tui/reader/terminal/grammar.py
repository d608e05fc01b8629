"""The grammar of terminal input: characters and control sequences.

The patterns are few and small, since a start waits until they are compiled.
"""

import re
from typing import Final, Literal, NamedTuple

Kind = Literal["text", "alt", "escape", "csi", "ss3", "answer", "paste", "nothing", "begun"]


class Found(NamedTuple):
    """The token at an index."""

    kind: Kind
    """`begun` is a sequence whose rest is still to come, `nothing` one that means nothing."""
    text: str
    """The characters; of a sequence those between introducer and end."""
    end: int
    seconds: float = 0
    """The time to wait for the rest of a sequence."""


ESCAPE_SECONDS: Final = 0.1
"""Wait after an escape at the end of the input, which then is the key of that name."""
SPLIT_SECONDS: Final = 0.5
"""Wait for the rest of a key; slow links split them by 0.3 s."""
ANSWER_SECONDS: Final = 1.0
"""Wait for the rest of an answer of the terminal."""

_ESCAPE: Final = 0x1B
_TEXT: Final = re.compile(
    rb"(?:[\x00-\x1a\x1c-\x7f]|\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})++"
)
"""UTF-8 without C1, which introduces sequences. The pattern is loose: invalid bytes are replaced later."""
_CUT: Final = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
# A report of the old mouse is three raw bytes; `[A` to `[E` are keys of the Linux console, `7$` is one of rxvt.
_CSI: Final = re.compile(
    rb"(?P<csi>\[[A-E]|\d\d?\$|(?!M|\[\Z)[\x20-\x3f]*+[\x40-\x7e])|(?P<nothing>M[\x20-\xff]{3})"
    rb"|(?P<begun>(?:M[\x20-\xff]*|\[|[\x20-\x3f]*+)\Z)|(?P<broken>M[\x20-\xff]*|[\x20-\x3f]++)"
)
_SS3: Final = re.compile(rb"(?P<ss3>\d{0,2}(?:;\d\d?)?[A-FHIMP-SXa-dj-y])|(?P<begun>\d{0,2}(?:;\d?\d?)?\Z)")
_ANSWER: Final = re.compile(
    rb"(?P<answer>[^\x00-\x1f\x7f]*+)(?:\x07|\x1b\\)|(?P<begun>[^\x00-\x1f\x7f]*+\x1b?\Z)|(?P<broken>[^\x00-\x1f\x7f]*+)"
)
_WIDE_ANSWER: Final = re.compile(_ANSWER.pattern.replace(rb"\x7f]", rb"\x7f\x9c]").replace(rb"\x07", rb"\x07|\x9c"))
"""The same in 8 bits, where one byte may end it. In 7 bits that byte may stand within a character."""
_ANSWERS: Final = {"]": b"0123456789lLI", "P": b"0123456789<=>?!$+|", "_": b"G"}
"""The first bytes of the terminal's answers, by introducer. Alt and a character begin in the same way."""


def read(data: bytes, at: int) -> Found:
    """Return the token at an index."""
    if text := _TEXT.match(data, at):
        return Found("text", _decoded(text[0]), text.end())
    if data[at] == _ESCAPE:
        return _escaped(data, at)
    if _CUT.match(data, at):
        return Found("begun", "", len(data), SPLIT_SECONDS)
    body = at + (2 if data[at] == 0xC2 else 1)
    code = data[body - 1] if body <= len(data) else 0
    if 0x80 <= code < 0xA0:
        return _sequence(chr(code - 0x40), data, body, wide=True) or Found("nothing", "", body)
    return Found("text", "\ufffd", at + 1)


def one_character(data: bytes) -> bool:
    """Whether some bytes are one character, as a pressed key sends."""
    return len(data) == 1 or (len(data) <= 4 and bool(data) and data[0] >= 0xC2 and len(_decoded(data)) == 1)


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _escaped(data: bytes, at: int) -> Found:
    """Return the token at an escape."""
    if at + 1 == len(data):
        return Found("begun", "", at + 1, ESCAPE_SECONDS)
    second = data[at + 1]
    if found := _sequence(chr(second), data, at + 2, wide=False):
        return found
    if second < 0x80 and second != _ESCAPE:
        return Found("alt", chr(second), at + 2)
    if text := _TEXT.match(data, at + 1):
        character = _decoded(text[0])[0]
        return Found("alt", character, at + 1 + len(character.encode()))
    if _CUT.match(data, at + 1):
        return Found("begun", "", len(data), SPLIT_SECONDS)
    return Found("escape", "", at + 1)


def _sequence(introducer: str, data: bytes, body: int, *, wide: bool) -> Found | None:
    """Return the sequence of an introducer, as far as it came.

    None stands for an introducer that introduces nothing here.
    """
    seconds = SPLIT_SECONDS
    if first := _ANSWERS.get(introducer):
        if body < len(data) and data[body] not in first:
            return None
        pattern = _WIDE_ANSWER if wide else _ANSWER
        seconds = ANSWER_SECONDS if body < len(data) else SPLIT_SECONDS
    elif introducer in "[O":
        pattern = _CSI if introducer == "[" else _SS3
    else:
        return None
    match = pattern.match(data, body)
    if match is None:
        return None
    kind: Kind = match.lastgroup if match.lastgroup != "broken" else "nothing"  # type: ignore[assignment]  # the groups are the kinds
    if kind == "csi" and match[kind] == b"200~":
        kind = "paste"
    return Found(kind, _decoded(match[match.lastgroup or 0]), match.end(), seconds if kind == "begun" else 0)
