"""Keys one at a time, and floods that are not looked at."""

import asyncio

from textual import events
from textual.message import Message

from tests.kiosk.clocks import Clock
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.quotas import Quotas
from tui.kiosk.terminal.key_pacer import KeyPacer


class Heard(list[str]):
    """The keys that came through."""

    def give(self, event: Message) -> None:
        assert isinstance(event, events.Key)
        self.append(event.key)


def paced(clock: Clock) -> tuple[KeyPacer, Heard]:
    heard = Heard()
    return KeyPacer(Quotas(Settings(), clock), heard.give), heard


async def test_the_first_key_is_given_at_once_and_the_others_follow_in_order() -> None:
    pacing, heard = paced(Clock())
    pacing.feed(b"jk\x1b[A")
    pacing.feed(b"q")
    assert ["j"] == heard
    await asyncio.sleep(0.2)
    assert ["j", "k", "up", "q"] == heard
    pacing.close()


async def test_a_flood_is_dropped_and_the_visitor_is_heard_again_after_it() -> None:
    clock = Clock()
    pacing, heard = paced(clock)
    for _ in range(100):
        pacing.feed(b"j" * 200)
        await asyncio.sleep(0.01)
    assert len(heard) <= Settings().keys_at_once
    clock.now += 1
    pacing.feed(b"k")
    assert "k" not in heard
    clock.now += 2
    pacing.feed(b"k")
    await asyncio.sleep(0.05)
    assert "k" == heard[-1]
    pacing.close()


async def test_nothing_is_given_after_the_end() -> None:
    pacing, heard = paced(Clock())
    pacing.feed(b"jjjj")
    pacing.close()
    await asyncio.sleep(0.05)
    assert ["j"] == heard
