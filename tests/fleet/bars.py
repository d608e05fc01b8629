"""The bars of many hosts behind one address, each measured: ``python -m tests.fleet`` prints them."""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import asyncssh

from tests.fleet import interleavings
from tests.fleet.people import NEVER
from tests.fleet.scene import SLOW, TROUBLES, Plan, Scene, in_turns, staged
from tests.kiosk.real.hosting import HOSTS, Upgraded
from tests.kiosk.real.serving import until

RATIO: Final = 1.1
"""The most that a key may take, beside before."""
SEEN: Final = 2.0
"""Seconds after the login for what another host wrote."""
MERGED: Final = 5.0
"""Seconds after the database's return until it has everything."""
ACKNOWLEDGED: Final = 2.0
"""Seconds after which what was on the screen outlives its host."""
_MOVERS: Final = 0.2
"""The part of the visitors that move to another host."""
_START: Final = 600.0
"""Seconds for a new version to serve."""


class Bar(NamedTuple):
    """A bar and its figure."""

    name: str
    figure: str
    is_sound: bool
    """Whether nobody was refused or dropped, and nothing lost."""
    is_quick: bool = True
    """Whether it was done in the time of the bar."""

    @property
    def is_met(self) -> bool:
        """Whether the bar is met."""
        return self.is_sound and self.is_quick


def merging(first: int, number: int) -> Bar:
    """Merge interleavings; the first fault ends it and names its seed."""
    began = time.monotonic()
    for seed in range(first, first + number):
        try:
            interleavings.run(seed)
        except AssertionError as error:
            return Bar("interleavings", f"seed {seed}: {error}", is_sound=False)
    return Bar("interleavings", f"{number:,} in {time.monotonic() - began:.0f} s, no fault", is_sound=True)


async def bars(folder: Path, plan: Plan, troubles: Sequence[str] = TROUBLES) -> AsyncIterator[Bar]:
    """Measure every bar, one by one, in one run."""
    async with staged(folder, plan, own_disk="full" in troubles) as scene:
        began = time.monotonic()
        await scene.fill()
        spread = sorted(Counter(scene.inside()).values())
        said = f"{plan.visits} on {len(HOSTS)} hosts ({spread}) in {time.monotonic() - began:.0f} s"
        yield Bar("visits", said, scene.gone == 0)
        yield await moving(scene, "state of A on B")
        scene.relay.delay = SLOW
        yield await moving(scene, "slow, A on B")
        scene.relay.delay = 0.0
        for trouble in troubles:
            yield await outage(scene, trouble)
        yield await upgraded(scene)
        yield await host_killed(scene)


async def moving(scene: Scene, name: str) -> Bar:
    """Let visitors leave one host and come to the next, while the others read."""
    movers = [scene.person(f"{name} {number}") for number in range(max(3, round(scene.plan.visits * _MOVERS)))]
    port = scene.hosts[0].port
    taken: list[float] = []
    async with scene.pressing():
        for number, mover in enumerate(movers):
            await mover.begin(port, HOSTS[number % len(HOSTS)])
            for _ in range(1 + number % 5):
                await mover.step()
            await mover.until_seen()
            await mover.leave()
            taken.append(await mover.come_back(port, HOSTS[(number + 1) % len(HOSTS)]))
            await mover.leave()
    slow = sum(seconds > SEEN for seconds in taken)
    figure = f"{len(taken)} moves: median {statistics.median(taken):.2f} s, longest {max(taken):.2f} s, {slow} over {SEEN:g} s"
    return Bar(name, figure, max(taken) < NEVER, not slow)


async def outage(scene: Scene, trouble: str) -> Bar:
    """Measure keys before, in and after a trouble of the database, and what is lost by it."""
    plan, known = scene.plan, len(scene.losses())
    async with scene.pressing() as before:
        await asyncio.sleep(plan.quiet)
    async with scene.pressing() as during:
        await scene.begin(trouble)
        await asyncio.sleep(plan.away if trouble == "killed" else plan.away / 3)
    # Reading all states and starting the database take this machine's time, and none of a kiosk's.
    owed = await asyncio.to_thread(scene.written, unsent=True)
    async with scene.pressing() as after:
        await scene.end(trouble)
        merged = await scene.merged(owed)
        await asyncio.sleep(plan.quiet)
    await asyncio.sleep(1)
    await scene.merged(everything := await asyncio.to_thread(scene.written))
    lost = await asyncio.to_thread(scene.owed, everything)
    reasons = ", ".join(f"{reason} {number}" for reason, number in Counter(scene.losses()[known:]).items()) or "no loss"
    ratio = _p95(during) / _p95(before)
    figure = (
        f"{scene.gone} visits ended; p95 of a key {_p95(before):.0f}, {_p95(during):.0f}, {_p95(after):.0f} ms before,"
        f" in and after it ({ratio:.2f} x of before); {len(owed)} rows waited, merged {merged:.1f} s after;"
        f" {lost} of {len(everything)} lost; the log: {reasons}"
    )
    return Bar(f"database {trouble}", figure, not (scene.gone or lost), ratio <= RATIO and merged <= MERGED)


def _p95(taken: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return sorted(taken)[int(len(taken) * 0.95)] * 1000


async def upgraded(scene: Scene) -> Bar:
    """Start new versions on all hosts, one after another, while visitors read and others come."""
    answered = refused = 0
    is_over = asyncio.Event()

    async def come() -> None:
        nonlocal answered, refused
        while not is_over.is_set():
            try:
                answered += await _listed(scene.port)
            except (OSError, asyncssh.Error, TimeoutError):
                refused += 1

    async with scene.pressing() as keys:
        coming = asyncio.create_task(come())
        for host in scene.hosts:
            await asyncio.to_thread(host.admin, "upgrade")
            assert await until(partial(_has_new_version, host), _START), host.log[-2000:]
        await asyncio.sleep(scene.plan.quiet)
        is_over.set()
        await coming
    unanswered = sum(seconds >= 10 for seconds in await in_turns(person.step() for person in scene.people))
    figure = (
        f"{scene.gone} of {len(scene.people)} dropped, {unanswered} did not answer later; {refused} of"
        f" {answered + refused} newcomers refused; p95 of a key {_p95(keys):.0f} ms"
    )
    return Bar("new version", figure, not (scene.gone or unanswered or refused))


def _has_new_version(host: Upgraded) -> bool:
    return bool(host.successors())


async def _listed(port: int) -> bool:
    """Come for a command."""
    async with asyncio.timeout(60):
        async with asyncssh.connect(
            "127.0.0.1", port, known_hosts=None, config=None, username="reader", client_keys=None
        ) as connection:
            return "handbook" in str((await connection.run("list", check=True)).stdout)


async def host_killed(scene: Scene) -> Bar:
    """Kill the processes of a host at once; its visitors come back through the balancer."""
    async with scene.pressing():
        await asyncio.sleep(min(scene.plan.quiet, 2 * scene.plan.every))
    await asyncio.sleep(ACKNOWLEDGED)
    _fullest(scene).kill()
    await asyncio.sleep(1)
    homeless = [person for person in scene.people if person.is_gone]
    taken = await in_turns(person.come_back(scene.port) for person in homeless)
    astray = sum(seconds >= NEVER for seconds in taken)
    figure = (
        f"{len(homeless)} visits ended with it, {len(homeless) - astray} were back at their place after one reconnect"
        f" (longest {max(taken, default=0):.2f} s after the login), {scene.gone} elsewhere"
    )
    return Bar("host killed", figure, bool(homeless) and not astray)


def _fullest(scene: Scene) -> Upgraded:
    """Return the host that most visitors came to."""
    return max(scene.hosts, key=lambda host: host.log.count(" visit "))
