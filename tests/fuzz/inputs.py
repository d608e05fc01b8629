"""Sequences at the input itself, with a clock of our own: nothing raises, well formed ones are read, and who types is heard."""

from collections.abc import Iterable, Iterator

from textual import events
from textual.message import Message

from tests.fuzz.sequences import RESET, RESET_KEY, Sequence, sequence
from tui.reader.terminal.input import Input

_ALLOWED = (events.Key, events.Paste, events.MouseEvent)


def check(seed: int, numbers: Iterable[int]) -> int:
    """Check some sequences; return how many.

    Raises:
        AssertionError: one of them is read wrongly.
    """
    count = 0
    for number in numbers:
        try:
            _check(sequence(seed, number))
        except Exception as error:
            raise AssertionError(f"seed {seed}, sequence {number}: {sequence(seed, number)}: {error!r}") from error
        count += 1
    return count


def _check(given: Sequence) -> None:
    found = list(came(given))
    keys = [event.key for event in found if isinstance(event, events.Key)]
    for event in found:
        if isinstance(event, events.Key):
            (event.character or event.key).encode()
            assert len(event.character or "") < 2
        assert not isinstance(event, events.Resize)
    assert keys[-1:] == ["x"], "what is typed then is not heard"
    if given.keys is not None:
        assert [*given.keys, "x"] == [key for key in keys if key != RESET_KEY]


def came(given: Sequence) -> Iterator[Message]:
    """Yield the events of a sequence, of what ends it, and of an `x` that is typed then."""
    now = 0.0
    reader = Input(clock=lambda: now)
    for pause, piece in zip((*given.pauses, 0.0, 0.0), (*given.pieces, RESET, b"x"), strict=True):
        until = now + pause
        while reader.seconds and now + reader.seconds < until:
            now += reader.seconds + 1e-6
            yield from reader.tick()
        now = max(now, until)
        yield from reader.feed(piece)
