"""Splits the bytes of a terminal into characters, control sequences and pastes.

The bytes are not trusted: a sequence may be broken, endless or late. A broken one is dropped, and the character that broke
it counts as typed. Characters that were typed by hand while a sequence was awaited are yielded in the end too.
"""

import re
import time
from collections.abc import Callable, Iterator
from typing import Final

from tui.reader.terminal.grammar import ESCAPE_SECONDS, SPLIT_SECONDS, Found, one_character, read

_LATE_SECONDS: Final = 1.0
"""Time in which the rest of a sequence may follow an escape that was taken for the key."""
_PASTE_SECONDS: Final = 12.0
"""Silence that ends a paste without an end."""
_PAUSE_SECONDS: Final = 1.0
"""Silence after which so much of a paste is handed on as has come."""
_ENDLESS_SECONDS: Final = 5.0
"""Time after which typing without a pause is no paste any more."""
_TYPED_SECONDS: Final = 2.0
"""The same before a piece so small that it was typed: a paste comes in large ones."""
_TYPED: Final = 16
_LONGEST: Final = 256
"""Bytes kept of an unfinished sequence; a longer one is skipped."""
_PASTE_END: Final = b"\x1b[201~"
_BARE: Final = b"ABCDEFHIMOPQRSZabcd"
"""Letters that end a sequence of their own; any other behind Alt+[ was typed by hand."""
_LATE: Final = re.compile(rb"\[(?:[A-DFHZ]|[\x30-\x3f]+[\x40-\x7e])|\]\d+;")
"""The rest of a sequence behind an escape, if it came in one piece."""
_EXPECTED: Final = re.compile(
    rb"\x1b(?:\](?:1(?:1(?:;(?:r(?:g(?:b(?:a?(?::[0-9a-fA-F/]*\x1b?)?)?)?)?)?)?)?)?|\[(?:\?(?:2(?:0(?:2(?:6(?:;[0-4]?\$?)?)?)?)?)?)?)\Z"
)
"""The beginning of an answer to a question that the reader asks at its start: the background, and whole frames."""
_UNMISTAKABLE: Final = re.compile(rb"\x1b(?:\]11;|\[\?20)")
"""So much of it as nobody types."""
_EXPECTED_FOR: Final = 30.0
"""Seconds from the start in which such an answer may come byte by byte."""
_SLOW_SECONDS: Final = 5.0
"""Time in which the next byte of such an answer may follow; then all of it is dropped."""
_SKIPPED: Final = re.compile(rb"[^\x00-\x1f\x7f]*+(\x07|\x1b\\)?")
_SKIPPED_PARAMETERS: Final = re.compile(rb"[\x20-\x3f]*+([\x40-\x7e])?")


class Sequences:
    """Splits the input of one terminal."""

    def __init__(self, longest_paste: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin.

        Args:
            longest_paste: the number of characters kept of a paste.
            clock: returns seconds.
        """
        self._longest_paste = longest_paste
        self._clock = clock
        self._came = clock()
        self._held = b""
        """The beginning of a sequence, or of the end of a paste."""
        self._patience = 0.0
        """Seconds to wait for its rest."""
        self._by_hand = 0
        """The number of bytes at its end that came one by one, as if by hand."""
        self._skips: re.Pattern[bytes] | None = None
        """Matches the skipped rest of an overlong sequence; None where nothing is skipped."""
        self._pasted: bytearray | None = None
        self._pasting_since = 0.0
        self._is_late = False
        """Whether an escape was taken for the key just now."""
        self._expected_until = self._came + _EXPECTED_FOR
        self._is_slow = False
        """Whether the held bytes follow an escape that was taken for the key, and may be an expected answer."""

    @property
    def seconds(self) -> float:
        """Seconds until `tick` may yield something; 0 if nothing is awaited."""
        if self._pasted is not None:
            return _PAUSE_SECONDS if self._pasted or len(self._held) > self._begun_end else 0
        return self._patience if self._held else 0

    @property
    def _begun_end(self) -> int:
        """The number of held bytes that may begin a paste's end."""
        return max(size for size in range(len(_PASTE_END)) if self._held.endswith(_PASTE_END[:size]))

    def feed(self, data: bytes) -> Iterator[Found]:
        """Yield the tokens of some bytes.

        Only `tick` gives up what is awaited: bytes that this process takes late, since it was busy, did not come late.
        """
        silence = self._clock() - self._came
        yield from self._give_up(data, silence)
        if self._is_late and silence < _LATE_SECONDS:
            self._is_slow = data in {b"[", b"]"} and self._clock() < self._expected_until
            if self._is_slow or _LATE.match(data):
                data = b"\x1b" + data
        self._is_late = False
        by_hand = bool(self._held) and one_character(data)
        self._by_hand = self._by_hand + len(data) if by_hand else 0
        data, self._held = self._held + data, b""
        yield from self._split(data)
        self._is_slow = self._is_slow and bool(self._held)
        self._by_hand = min(self._by_hand, max(0, len(self._held) - 1))  # earlier held bytes may have been read
        self._came = self._clock()

    def tick(self) -> Iterator[Found]:
        """Yield the tokens of held bytes whose rest came too late."""
        if not self.seconds or self._clock() - self._came < self.seconds:
            return
        if self._pasted is not None:
            end = len(self._held) - self._begun_end
            rest, kept = self._held[:end], self._held[end:]
            yield self._end_paste(rest)
            self._pasted, self._held = bytearray(), kept  # its rest may yet come
        else:
            yield from self._end_slow() if self._is_slow else self._end_held()

    def drop(self) -> None:
        """Drop the held bytes; their rest was thrown away."""
        self._held, self._by_hand, self._skips = b"", 0, None
        self._is_late = self._is_slow = False

    # Held bytes

    def _give_up(self, data: bytes, silence: float) -> Iterator[Found]:
        """End a paste, or a sequence, whose end cannot come any more."""
        if self._pasted is not None:
            small = len(data) <= _TYPED and _PASTE_END not in self._held + data
            lasting = self._clock() - self._pasting_since
            if silence > (_TYPED_SECONDS if small else _PASTE_SECONDS) or (small and lasting > _ENDLESS_SECONDS):
                yield from filter(lambda paste: paste.text, (self._end_paste(self._held),))
            return
        if silence >= SPLIT_SECONDS:
            self._skips = None
        if self._held and self._is_slow and not self._goes_on(data):
            yield from self._end_slow()
        elif self._held and not self._skips and self._breaks(data):
            yield from self._end_held()

    def _goes_on(self, data: bytes) -> bool:
        """Whether bytes continue or end an answer that comes byte by byte."""
        both = self._held + data
        return bool(_EXPECTED.match(both)) or read(both, 0).kind in {"answer", "csi"}

    def _end_slow(self) -> Iterator[Found]:
        """Drop an answer that broke off, or yield keys that resembled it."""
        typed = b"" if _UNMISTAKABLE.match(self._held) else self._held[1:]
        self.drop()
        yield from self._split(typed)

    def _breaks(self, data: bytes) -> bool:
        """Whether some bytes do not continue the held ones."""
        if self._held == b"\x1b[" and len(data) == 1 and data.isalpha() and data not in _BARE:
            return True
        found = read(self._held + data, 0)
        return bool(self._by_hand) and found.kind in {"nothing", "text", "escape"} and found.end <= len(self._held)

    def _end_held(self) -> Iterator[Found]:
        """Yield the keys of held bytes. The beginning of an answer is dropped."""
        at = len(self._held) - self._by_hand
        begun, typed = self._held[:at], self._held[at:]
        self._held, self._by_hand, self._skips = b"", 0, None
        if begun == b"\x1b":
            self._is_late = not typed
            yield Found("escape", "", 0)
        elif len(begun) == 2 and begun[:1] == b"\x1b" and begun.isascii():
            yield Found("alt", chr(begun[1]), 0)
        elif begun[-1:] >= b"\x80" and begun[:1] != b"\x1b":
            yield Found("text", "\ufffd", 0)
        yield from self._split(typed)

    # Bytes that came

    def _split(self, data: bytes) -> Iterator[Found]:
        at = 0
        while at < len(data):
            if self._pasted is not None:
                end = data.find(_PASTE_END, at)
                if end < 0:
                    self._keep_pasted(data, at)
                    return
                yield from filter(lambda paste: paste.text, (self._end_paste(data[at:end]),))
                at = end + len(_PASTE_END)
            elif self._skips:
                at = self._skip(self._skips, data, at)
            else:
                found = read(data, at)
                if found.kind == "begun":
                    self._hold(data[at:], found.seconds)
                elif found.kind == "paste":
                    self._pasted, self._pasting_since = bytearray(), self._clock()
                elif found.kind != "nothing":
                    yield found
                at = found.end

    def _hold(self, begun: bytes, seconds: float) -> None:
        """Hold the beginning of a sequence, or skip an overlong one."""
        if len(begun) <= _LONGEST:
            self._held = begun
            self._patience = _SLOW_SECONDS if self._is_slow and _UNMISTAKABLE.match(begun) else seconds
        else:
            self._skips = _SKIPPED if seconds > SPLIT_SECONDS else _SKIPPED_PARAMETERS
            self._held, self._patience = begun[-1:] if begun[-1:] == b"\x1b" else b"", ESCAPE_SECONDS

    def _skip(self, skips: re.Pattern[bytes], data: bytes, at: int) -> int:
        match = skips.match(data, at)
        end = match.end() if match else at
        rest = data[end : end + 2]
        if rest == b"\x1b":  # the end may have begun
            self._held, self._patience = rest, ESCAPE_SECONDS
            return len(data)
        if rest or (match and match[1]):
            self._skips = None
        return end

    def _keep_pasted(self, data: bytes, at: int) -> None:
        """Keep pasted bytes, and hold the last bytes. The end may have begun there."""
        held = max(at, len(data) - len(_PASTE_END) + 1)
        self._paste(data[at:held])
        self._held = data[held:]

    def _paste(self, data: bytes) -> None:
        if self._pasted is not None:
            self._pasted += data[: max(0, 4 * self._longest_paste - len(self._pasted))]

    def _end_paste(self, rest: bytes) -> Found:
        self._paste(rest)
        text = bytes(self._pasted or b"").decode("utf-8", "replace")
        self._pasted, self._held = None, b""
        return Found("paste", text[: self._longest_paste], 0)
