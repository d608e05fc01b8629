"""Turns of those who wait for an answer."""

import asyncio

from tui.kiosk.search.request_queue import Line, Request


def request(words: str) -> Request:
    """Make a request that waits."""
    return Request({"text": words}, asyncio.get_running_loop().create_future())


def taken(line: Line) -> list[str]:
    """Take all requests in their turns."""
    texts = []
    while (next_one := line.take()) is not None:
        texts.append(next_one.message["text"])
    return texts


async def test_visitors_take_turns_and_of_each_the_newest_counts() -> None:
    line = Line()
    for who, words in [("quick", "s"), ("slow", "geese"), ("quick", "sw"), ("quick", "swa"), ("other", "mill")]:
        line.put(who, request(words))
    assert 3 == len(line)
    assert ["swa", "geese", "mill"] == taken(line)
    assert 0 == len(line)


async def test_one_who_types_fast_comes_behind_those_who_wait() -> None:
    line = Line()
    order = []
    line.put("quick", request("a"))
    for number in range(3):
        line.put(f"slow {number}", request(f"slow {number}"))
    for letter in "bcdef":
        next_one = line.take()
        assert next_one
        order.append(next_one.message["text"])
        line.put("quick", request(letter))
    assert ["a", "slow 0", "slow 1", "slow 2", "e"] == order


async def test_what_was_replaced_or_left_is_not_run() -> None:
    line = Line()
    old, new, gone = request("old"), request("new"), request("gone")
    line.put("one", old)
    line.put("one", new)
    assert old.answer.cancelled()
    line.leave("one", old)  # too late, and not his any more
    line.put("other", gone)
    line.leave("other", gone)
    assert ["new"] == taken(line)


async def test_a_request_that_nobody_waits_for_is_passed_over() -> None:
    line = Line()
    given_up = request("given up")
    line.put("one", given_up)
    line.put("other", request("wanted"))
    given_up.answer.cancel()
    assert ["wanted"] == taken(line)
