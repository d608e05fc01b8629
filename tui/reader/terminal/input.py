"""Converts terminal bytes to Textual's events, locally and in the kiosk."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Final

from textual import events
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.briefing.characters import cleaned
from tui.reader.terminal.background import is_dark
from tui.reader.terminal.grammar import Found
from tui.reader.terminal.sequences import Sequences
from tui.reader.textual_internals.terminal import ParserTables

LONGEST_QUERY: Final = 400
"""Characters kept of a paste; a query is never longer."""
_KEY: Final = re.compile(r"([\d:;]{0,64})([u~A-Z])")
_TABLED: Final = re.compile(r"\[[A-E]|\d\d?\$|(?:\d\d?)?[a-d^@]")
"""Keys of the Linux console and of rxvt."""
_MOUSE: Final = re.compile(r"<\d{1,3};\d{1,5};\d{1,5}[Mm]")
_SYNCHRONISED: Final = re.compile(r"\?2026;[123]\$y")
_RELEASED: Final = "3"
_OTHER_KEY: Final = "27"
"""Begins a key of xterm's `modifyOtherKeys`: the code comes last."""


class BackgroundTold(Message):
    """The terminal has reported the colour of its background."""

    def __init__(self, *, dark: bool) -> None:
        """Create a message for a dark or a light background."""
        super().__init__()
        self.dark = dark


class Input:
    """Reads the input of one terminal.

    Sizes are never taken from it: nobody asks for them in this way, and what comes unasked is not to be trusted.
    """

    def __init__(
        self,
        longest_paste: int = LONGEST_QUERY,
        wanted: tuple[type[Message], ...] = (),
        clock: Callable[[], float] = time.monotonic,
        bound: Callable[[str], bool] = lambda _key: False,
    ) -> None:
        """Begin.

        Args:
            longest_paste: the number of characters kept of a paste.
            wanted: the reports that were asked for, beside keys, the mouse, pastes and whether frames are shown at once.
            clock: returns seconds.
            bound: whether a key with Alt does anything. Any other was typed as Escape and a letter.
        """
        self._bound = bound
        self._sequences = Sequences(longest_paste, clock)
        self._wanted = (
            events.Key, events.MouseEvent, events.Paste, TerminalSupportsSynchronizedOutput, *wanted,
        )  # fmt: skip
        self._tables = ParserTables()

    @property
    def seconds(self) -> float:
        """Seconds until `tick` is to be called; 0 if nothing is awaited."""
        return self._sequences.seconds

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield the events of some bytes."""
        for found in self._sequences.feed(data):
            yield from self._events(found)

    def tick(self) -> Iterator[Message]:
        """Yield the keys of bytes whose rest did not come in time.

        An escape alone is such a key.
        """
        for found in self._sequences.tick():
            yield from self._events(found)

    def drop(self) -> None:
        """Drop a sequence that cannot be completed."""
        self._sequences.drop()

    def _events(self, found: Found) -> Iterator[Message]:
        for event in _MAKERS[found.kind](self._tables, found.text):
            if isinstance(event, events.Key) and event.key.startswith("alt+") and found.kind == "alt":
                yield from self._apart(event, found.text)
            elif isinstance(event, self._wanted):
                yield event

    def _apart(self, event: events.Key, letter: str) -> Iterator[Message]:
        """Yield a key with Alt, or Escape and a letter apart."""
        yield from (event,) if self._bound(event.key) else (*_escape(self._tables, ""), *_text(self._tables, letter))


def _text(tables: ParserTables, text: str) -> Iterator[Message]:
    # Enter that was typed before the terminal was taken over has become a line feed.
    for character in text.replace("\n", "\r"):
        yield from tables.keys(character)


def _alt(tables: ParserTables, character: str) -> Iterator[Message]:
    yield from tables.keys(f"\x1b{character}") or tables.keys(character, alt=True)


def _escape(_tables: ParserTables, _text: str) -> Iterator[Message]:
    yield events.Key("escape", "\x1b")


def _ss3(tables: ParserTables, body: str) -> Iterator[Message]:
    parameters = body[:-1]
    if parameters:  # as older terminals report modifiers
        yield from _csi(tables, f"1;{parameters.rpartition(';')[2]}{body[-1]}")
    else:
        yield from tables.keys(f"\x1bO{body}")


def _csi(tables: ParserTables, body: str) -> Iterator[Message]:
    if body in {"I", "O"}:
        yield events.AppFocus() if body == "I" else events.AppBlur()
    elif _MOUSE.fullmatch(body):
        if event := tables.mouse(body):
            yield event
    elif _SYNCHRONISED.fullmatch(body):
        yield TerminalSupportsSynchronizedOutput()
    elif (match := _KEY.fullmatch(body)) and (sequence := key_sequence(*match.groups())):
        yield from tables.keys(f"\x1b[{sequence}")
    elif _TABLED.fullmatch(body):
        yield from tables.keys(f"\x1b[{body}")


def _answer(_tables: ParserTables, body: str) -> Iterator[Message]:
    dark = is_dark(body)
    if dark is not None:
        yield BackgroundTold(dark=dark)


def _paste(_tables: ParserTables, text: str) -> Iterator[Message]:
    yield events.Paste(cleaned(text.replace("\r", "\n").replace("\n", " ")))


_MAKERS: Final[dict[str, Callable[[ParserTables, str], Iterator[Message]]]] = {
    "text": _text,
    "alt": _alt,
    "escape": _escape,
    "ss3": _ss3,
    "csi": _csi,
    "answer": _answer,
    "paste": _paste,
}


def key_sequence(parameters: str, final: str) -> str:
    """Return a key's sequence in the form that Textual understands.

    It is empty for the release of a key, and for anything that is no key.

    Sub-parameters are read here: the code with Shift, the kind of event, the characters of the text.
    """
    code, modifiers, text, *more = [*parameters.split(";"), "", "", ""][: max(3, parameters.count(";") + 1)]
    if any(more) or final == "R":  # `R` reports the cursor
        return ""
    if code == _OTHER_KEY and text and final == "~":
        code, text, final = text, "", "u"
    codes, held = code.split(":"), modifiers.split(":")
    if held[1:2] == [_RELEASED] or not _is_number(codes[0], 0x10FFFF) or not _is_number(held[0], 256):
        return ""
    characters = [number for number in text.split(":") if number and _is_character(number)]
    if not characters and final == "u":
        if held[0] == "2" and codes[1:2] and _is_character(codes[1]):
            characters = codes[1:2]  # the same key with Shift
        elif codes[0] in {"", "0"} or 0xD800 <= int(codes[0]) < 0xE000:
            return ""
    return ";".join([codes[0], held[0], ":".join(characters)]).rstrip(";") + final


def _is_number(digits: str, most: int) -> bool:
    return not digits or (digits.isascii() and digits.isdecimal() and len(digits) < 8 and int(digits) <= most)


def _is_character(digits: str) -> bool:
    return bool(digits) and _is_number(digits, 0x10FFFF) and bool(cleaned(chr(int(digits))))
