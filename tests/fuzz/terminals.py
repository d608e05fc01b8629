"""Sequences through a real terminal: many a chunk, then a key whose effect must be seen; a culprit is found by halving."""

from collections.abc import Callable, Iterator
from itertools import count, islice

from textual import events

from tests.fuzz.inputs import came
from tests.fuzz.sequences import RESET, Sequence, sequence
from tests.reader.running import CLAIMS, Terminal
from tui.reader.launch import make_keymap
from tui.session.config import Config
from tui.session.permissions import OWN_MACHINE

Start = Callable[..., Terminal]
_CHUNK = 250
_TEXTUALS = frozenset({"ctrl+q", "ctrl+c", "ctrl+p", "tab", "shift+tab", "ctrl+z"})
_SIZE = (100, 30)


def through(start: Start, seed: int, number: int) -> int:
    """Send so many sequences that run no command; return how many numbers were looked at for that.

    Raises:
        AssertionError: the reader ended, or heard nothing any more.
    """
    numbers = harmless(seed)
    fuzzed = _Fuzzed(start)
    last = 0
    try:
        for _ in range(0, number, _CHUNK):
            chunk = list(islice(numbers, _CHUNK))
            last = chunk[-1]
            if not fuzzed.bears(seed, chunk):
                culprit = _culprit(start, seed, chunk)
                raise AssertionError(
                    f"seed {seed}, sequence {culprit}: {sequence(seed, culprit)}\n{fuzzed.terminal.text}"
                )
        fuzzed.terminal.send("q")
        assert fuzzed.terminal.until_ended() == 0
        fuzzed.terminal.assert_left_as_it_was()
    finally:
        fuzzed.terminal.close()
    return last + 1


def harmless(seed: int) -> Iterator[int]:
    """Yield the numbers of the sequences that run no command and click on nothing."""
    bound = {key for keys in make_keymap(Config(), OWN_MACHINE).keys.values() for key in keys} | _TEXTUALS
    for number in count():
        if not any(_acts(event, bound) for event in _sent(sequence(seed, number))):
            yield number


def _sent(given: Sequence) -> Iterator[object]:
    """Yield the events of a sequence that comes at once, as it is sent here."""
    whole = Sequence((given.data,), (0.0,), given.keys)
    return iter(list(came(whole))[:-1])


def _acts(event: object, bound: set[str]) -> bool:
    if isinstance(event, events.MouseEvent):
        return event.x < _SIZE[0] and event.y < _SIZE[1]
    return isinstance(event, events.Key) and (event.key in bound or (event.character or "") in bound)


class _Fuzzed:
    """A reader in a terminal, on the second of two claims in turn."""

    def __init__(self, start: Start) -> None:
        """Open it."""
        self.terminal = start("handbook", size=_SIZE)
        self.terminal.until_shown("DISPUTED")
        self.terminal.send("2")
        self.terminal.until_shown(f"1/{CLAIMS}")
        self._is_second = False

    def bears(self, seed: int, numbers: list[int]) -> bool:
        """Send sequences, and return whether the key behind them is heard."""
        for number in numbers:
            self.terminal.send(sequence(seed, number).data + RESET)
        self._is_second = not self._is_second
        self.terminal.send("j" if self._is_second else "k")
        wanted = f"2/{CLAIMS}" if self._is_second else f"1/{CLAIMS}"
        try:
            self.terminal.until(lambda: wanted in self.terminal.text or self.terminal.process.poll() is not None)
        except AssertionError:
            return False
        return self.terminal.process.poll() is None


def _culprit(start: Start, seed: int, numbers: list[int]) -> int:
    """Return the first sequence that alone, or behind those before it, ends the reader."""
    while len(numbers) > 1:
        half = numbers[: len(numbers) // 2]
        fuzzed = _Fuzzed(start)
        numbers = numbers[len(half) :] if fuzzed.bears(seed, half) else half
        fuzzed.terminal.close()
    return numbers[0]
