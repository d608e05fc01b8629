"""From a visitor's bytes to the events of the app, whatever the bytes are."""

import codecs
import re
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.briefing.characters import cleaned

_PATIENCE: Final = 16 * 1024
"""Characters without any event after which the parser is taken for lost, as within a paste that does not end."""
_PASTE: Final = b"\x1b[200~"
_PASTE_END: Final = b"\x1b[201~"
_PAUSE: Final = 12.0
"""Seconds without a byte after which a paste is over, whether or not its end came."""
_TYPED_AFTER: Final = 2.0
"""The same where so little comes then that it was typed; no pause of ours is that long, and pastes come in large pieces."""
_TYPED: Final = 16
"""Bytes that a key may have."""
_LONGEST_PASTE: Final = 400
"""Characters of a paste that are kept; a query is never longer."""
# What the parser raises for numbers that no terminal sends: chr() of them, int() of nothing, a generator that ended.
_CONFUSED: Final = (ValueError, OverflowError, IndexError, TypeError, KeyError, StopIteration, RuntimeError)


_PIECES: Final = re.compile("\x1b?[^\x1b]+|\x1b")


@lru_cache(maxsize=1024)
def _extended(sequence: str) -> tuple[events.Key, ...] | None:
    keys = XTermParser._parse_extended_key.__wrapped__(XTermParser, sequence)  # noqa: SLF001
    return None if keys is None else tuple(keys)


class _Parser(XTermParser):
    """Textual's parser; its own cache would keep every parser, and the app behind it, for ever."""

    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]
        keys = _extended(sequence)
        return None if keys is None else list(keys)

    @property
    def waits(self) -> bool:
        """Whether an escape may yet turn out to be the key of that name."""
        return self._timeout_time is not None

    def close(self) -> None:
        """Let go of what was read so far."""
        self._gen.close()


class Input:
    """Reads what one visitor sends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin; the clock gives seconds."""
        self._clock = clock
        self._parser = _Parser(False)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._silent = 0
        self._tail = b""
        """The last bytes, in which a mark of a paste may have begun."""
        self._pasted: bytearray | None = None
        """What is being pasted, cut short; None where nothing is."""
        self._came = clock()

    @property
    def waits(self) -> bool:
        """Whether `tick` is to be called in a moment, since an escape stands at the end of what came."""
        return self._parser.waits

    def feed(self, data: bytes) -> Iterator[Message]:
        """Give the events of some bytes. A paste is taken out before the parser, which would look at each character."""
        now, before_now = self._clock(), self._came
        self._came = now
        pause = _TYPED_AFTER if len(data) <= _TYPED and _PASTE_END not in self._tail + data else _PAUSE
        if self._pasted is not None and now - before_now > pause:
            self._pasted, self._tail = None, b""
        rest = data
        while rest:
            mark = _PASTE if self._pasted is None else _PASTE_END
            joined = self._tail + rest
            at = joined.find(mark)
            if at < 0:
                self._tail = joined[-len(mark) + 1 :]
                yield from self._take(rest)
                return
            half = max(0, len(self._tail) - at)
            before = joined[len(self._tail) : at]
            if half and self._pasted is None:
                self._renew()  # it has seen the beginning of the mark
            yield from self._take(before)
            rest, self._tail = joined[at + len(mark) :], b""
            if self._pasted is None:
                self._renew()  # a sequence that had begun goes on no more, and would take in what comes behind the paste
                self._pasted = bytearray()
            else:
                if half:
                    del self._pasted[-half:]
                text, self._pasted = self._pasted.decode("utf-8", "replace"), None
                yield events.Paste(cleaned(text[:_LONGEST_PASTE].replace("\r", "\n").replace("\n", " ")))

    def drop(self) -> None:
        """Forget what came and was not read, and a sequence that was cut by that."""
        self._tail = b""
        self._renew()

    def tick(self) -> Iterator[Message]:
        """Give the key that an escape at the end was."""
        yield from self._guarded("")

    def close(self) -> None:
        """Let go of the parser."""
        self._parser.close()

    def _take(self, data: bytes) -> Iterator[Message]:
        """Read some bytes, or keep the first of them where they are being pasted."""
        if self._pasted is not None:
            self._pasted += data[: max(0, 4 * _LONGEST_PASTE + len(_PASTE_END) - len(self._pasted))]
            return
        # From escape to escape: what kills the parser takes nothing with it that comes behind.
        for piece in _PIECES.findall(self._decode(data)):
            yield from self._guarded(piece)

    def _guarded(self, text: str) -> Iterator[Message]:
        try:
            found = self._parser.feed(text) if text else self._parser.tick()
            for event in found:
                self._silent = 0
                if kept := _sieved(event):
                    yield kept
        except _CONFUSED:
            self._renew()
            return
        self._silent += len(text)
        if self._silent > _PATIENCE:
            self._renew()

    def _renew(self) -> None:
        self._parser.close()
        self._parser = _Parser(False)
        self._silent = 0


def _sieved(event: Message) -> Message | None:
    """Let through what the app may get: keys and the mouse. Sizes come by the channel alone."""
    if isinstance(event, events.Key | events.MouseEvent | TerminalSupportsSynchronizedOutput):
        return event
    return None
