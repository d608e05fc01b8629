"""Turns of those who wait for an answer."""

import asyncio

from tui.kiosk.search.remote import Request, RequestQueue


def request(words: str) -> Request:
    """Make a request that waits."""
    return Request({"text": words}, asyncio.get_running_loop().create_future())


def taken(waiting: RequestQueue) -> list[str]:
    """Take all requests in their turns."""
    texts = []
    while (next_one := waiting.take()) is not None:
        texts.append(next_one.message["text"])
    return texts


async def test_visitors_take_turns_and_of_each_the_newest_counts() -> None:
    waiting = RequestQueue()
    for who, words in [("quick", "s"), ("slow", "geese"), ("quick", "sw"), ("quick", "swa"), ("other", "mill")]:
        waiting.put(who, request(words))
    assert 3 == len(waiting)
    assert ["swa", "geese", "mill"] == taken(waiting)
    assert 0 == len(waiting)


async def test_one_who_types_fast_comes_behind_those_who_wait() -> None:
    waiting = RequestQueue()
    order = []
    waiting.put("quick", request("a"))
    for number in range(3):
        waiting.put(f"slow {number}", request(f"slow {number}"))
    for letter in "bcdef":
        next_one = waiting.take()
        assert next_one
        order.append(next_one.message["text"])
        waiting.put("quick", request(letter))
    assert ["a", "slow 0", "slow 1", "slow 2", "e"] == order


async def test_what_was_replaced_or_left_is_not_run() -> None:
    waiting = RequestQueue()
    old, new, gone = request("old"), request("new"), request("gone")
    waiting.put("one", old)
    waiting.put("one", new)
    assert old.reply.cancelled()
    waiting.remove("one", old)  # too late, and not his any more
    waiting.put("other", gone)
    waiting.remove("other", gone)
    assert ["new"] == taken(waiting)


async def test_a_request_that_nobody_waits_for_is_passed_over() -> None:
    waiting = RequestQueue()
    given_up = request("given up")
    waiting.put("one", given_up)
    waiting.put("other", request("wanted"))
    given_up.reply.cancel()
    assert ["wanted"] == taken(waiting)
