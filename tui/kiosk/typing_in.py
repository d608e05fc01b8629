"""From a visitor's bytes to the events of the app, whatever the bytes are."""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.briefing.characters import cleaned

_PATIENCE: Final = 16 * 1024
"""Characters without any event after which the parser is taken for lost, as within a paste that does not end."""
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

    def __init__(self) -> None:
        """Begin."""
        self._parser = _Parser(False)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._silent = 0

    @property
    def waits(self) -> bool:
        """Whether `tick` is to be called in a moment, since an escape stands at the end of what came."""
        return self._parser.waits

    def feed(self, data: bytes) -> Iterator[Message]:
        """Give the events of some bytes."""
        text = self._decode(data)
        # From escape to escape: what kills the parser takes nothing with it that comes behind.
        for piece in _PIECES.findall(text):
            yield from self._guarded(piece)

    def tick(self) -> Iterator[Message]:
        """Give the key that an escape at the end was."""
        yield from self._guarded("")

    def close(self) -> None:
        """Let go of the parser."""
        self._parser.close()

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
    """Let through what the app may get: keys, the mouse, pastes cut short. Sizes come by the channel alone."""
    if isinstance(event, events.Paste):
        return events.Paste(cleaned(event.text[:_LONGEST_PASTE].replace("\r", "\n").replace("\n", " ")))
    if isinstance(event, events.Key | events.MouseEvent | TerminalSupportsSynchronizedOutput):
        return event
    return None
