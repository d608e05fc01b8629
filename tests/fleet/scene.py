"""Three hosts behind HAProxy that share states in one PostgreSQL, with visitors who read, and the troubles they may have."""

import asyncio
import random
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import asyncssh
import psycopg

from tests.fleet.people import Person
from tests.kiosk.openssh import free_port
from tests.kiosk.real.hosting import HOSTS, Upgraded, hosted, proxied
from tests.postgres import OWNER, PASSWORD, Postgres, Relay, postgres
from tui.kiosk.operations.settings import Settings
from tui.state.fleet.address import parameters
from tui.state.fleet.schema import migrate

TROUBLES: Final = ("slow", "full", "silent", "killed")
"""A database of 200 ms a call, one on a full disk, one behind a line that is half-open, and one that was killed."""
SLOW: Final = 0.2
"""Seconds that a call of a slow database takes more."""
_MANY: Final = 100_000
_LIMITS: Final = ("visits", "visits_by_address", "visits_a_minute", "waiting", "waiting_by_address")
"""Limits that visitors from one address would run into."""
_TOGETHER: Final = 4
"""Visitors who log in at one time."""
_SEED: Final = 20261128
_LOOK: Final = 0.25
_LONGEST: Final = 60.0

Result = TypeVar("Result")
Stamps = dict[tuple[str, str], tuple[int, int, str]]
"""The stamp of each row: epoch, time and process, by reader and key."""


class Plan(NamedTuple):
    """The size of a run."""

    visits: int
    every: float
    """Seconds from a visitor's key to the next."""
    quiet: float
    """Seconds for which keys are measured before and after a trouble."""
    away: float
    """Seconds for which the database is killed; other troubles last a third."""


class Scene:
    """The hosts, the database, and the visitors."""

    def __init__(
        self, folder: Path, plan: Plan, server: Postgres, relay: Relay, hosts: list[Upgraded], port: int
    ) -> None:
        """Begin without visitors.

        Args:
            folder: takes the visitors' keys.
            plan: the size of the run.
            server: the database.
            relay: the line to it.
            hosts: the hosts.
            port: the balancer's port.
        """
        self.folder = folder
        self.plan = plan
        self.server = server
        self.relay = relay
        self.hosts = hosts
        self.port = port
        self.people: list[Person] = []
        self._dice = random.Random(_SEED)  # noqa: S311 - pacing

    def person(self, name: str) -> Person:
        """Return a visitor with a key of their own, who has not come yet."""
        path = self.folder / name
        asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(path))
        return Person(str(path))

    async def fill(self) -> None:
        """Let all visitors come through the balancer, and begin to read."""
        self.people = [self.person(f"visitor-{number}") for number in range(self.plan.visits)]
        await in_turns(person.begin(self.port) for person in self.people)

    @property
    def gone(self) -> int:
        """The number of visits that have ended."""
        return sum(person.is_gone for person in self.people)

    def inside(self) -> list[str]:
        """Return the host of each visit that has begun."""
        return [host.folder.name for host in self.hosts for _ in range(host.log.count(" visit "))]

    @asynccontextmanager
    async def pressing(self) -> AsyncIterator[list[float]]:
        """Let every visitor press keys, in a rhythm of their own. Gather the seconds to each answer."""
        taken: list[float] = []

        async def one(person: Person) -> None:
            await asyncio.sleep(self._dice.uniform(0, self.plan.every))
            while not person.is_gone:
                taken.append(await person.step())
                await asyncio.sleep(max(0.05, self.plan.every * self._dice.uniform(0.7, 1.3) - taken[-1]))

        tasks = [asyncio.create_task(one(person)) for person in self.people]
        try:
            yield taken
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    # Troubles of the database

    async def begin(self, trouble: str) -> None:
        """Begin a trouble."""
        match trouble:
            case "slow":
                self.relay.delay = SLOW
            case "silent":
                self.relay.is_silent = True
            case "full":
                await asyncio.to_thread(self.server.fill)
            case "killed":
                await asyncio.to_thread(self.server.kill)

    async def end(self, trouble: str) -> None:
        """End a trouble."""
        self.relay.delay, self.relay.is_silent = 0.0, False
        if trouble == "full":
            self.server.free()
        if trouble == "killed" or not self.server.runs:
            await asyncio.to_thread(self.server.start)

    def losses(self) -> list[str]:
        """Return the reasons for which hosts lost the database, so far."""
        logs = "".join(host.log for host in self.hosts)
        return re.findall(r' fleet-away reason="?(\w+)', logs)

    # What was written, and what has arrived

    def written(self, *, unsent: bool = False) -> Stamps:
        """Return the stamps of all rows in the hosts' files; or only of those that were not sent."""
        stamps: Stamps = {}
        where = "WHERE body IS NOT NULL" if unsent else ""
        for host in self.hosts:
            for path in (host.folder / "state").rglob("visitors/*.sqlite"):
                for epoch, key, at, node in _rows(path, where):
                    place = path.stem, key
                    stamps[place] = max(stamps.get(place, (0, 0, "")), (epoch, at, node))
        return stamps

    def arrived(self) -> Stamps:
        """Return the stamps of all rows in the database."""
        with self.server.owner() as owner:
            found = owner.execute("SELECT reader, key, epoch, at, node FROM briefing.record").fetchall()
        return {(reader, key): (epoch, at, node) for reader, key, epoch, at, node in found}

    def owed(self, stamps: Stamps) -> int:
        """Return the number of rows that the database does not have, or only an earlier one."""
        try:
            arrived = self.arrived()
        except psycopg.Error:
            return len(stamps)
        return sum(arrived.get(place, (0, 0, "")) < stamp for place, stamp in stamps.items())

    async def merged(self, stamps: Stamps) -> float:
        """Wait until the database has some rows. Return the seconds."""
        began = time.monotonic()
        while await asyncio.to_thread(self.owed, stamps) and time.monotonic() < began + _LONGEST:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(_LOOK)
        return time.monotonic() - began


def _rows(path: Path, where: str) -> list[tuple[int, str, int, str]]:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    try:
        return database.execute(f"SELECT epoch, key, at, node FROM stamp, fleet {where}").fetchall()
    finally:
        database.close()


async def in_turns(work: Iterable[Coroutine[Any, Any, Result]]) -> list[Result]:
    """Do work of visitors, some at a time. Return what each gives."""
    gate = asyncio.Semaphore(_TOGETHER)

    async def one(part: Coroutine[Any, Any, Result]) -> Result:
        async with gate:
            return await part

    return await asyncio.gather(*map(one, work))


@contextmanager
def _database(folder: Path, *, own_disk: bool) -> Iterator[tuple[Postgres, Relay]]:
    """Run a database with its tables, on a disk of its own where one is to be filled."""
    password = folder / "owner.password"
    password.write_text(OWNER, encoding="ascii")
    secret = folder / "kiosk.password"
    secret.write_text(PASSWORD, encoding="ascii")
    for path in (password, secret):
        path.chmod(0o600)
    with postgres(own_disk=own_disk) as server, Relay(server.port) as relay:
        server.password_file = secret
        migrate(parameters(server.owner_url, password), "kiosk")
        yield server, relay


@asynccontextmanager
async def staged(folder: Path, plan: Plan, *, own_disk: bool = True) -> AsyncIterator[Scene]:
    """Start database, hosts and balancer; end them at last."""
    with ExitStack() as stack:
        server, relay = stack.enter_context(_database(folder, own_disk=own_disk))
        metrics = free_port()
        hosts = hosted(
            folder, len(HOSTS), workers=1, drain_seconds=1, metrics_port=metrics,
            fleet=f"postgresql://kiosk@127.0.0.1:{relay.port}/postgres", fleet_password=str(server.password_file),
            **dict.fromkeys(_LIMITS, _MANY),
        )  # fmt: skip
        for host, name in zip(hosts, HOSTS, strict=True):
            host.settings["fleet_host"] = name
            host.write_config()
            stack.enter_context(host)
        settings = Settings(port=hosts[0].port, metrics_port=metrics)
        port = stack.enter_context(proxied(folder, settings, len(HOSTS)))
        scene = Scene(folder, plan, server, relay, hosts, port)
        try:
            yield scene
        finally:
            await asyncio.gather(*(person.leave() for person in scene.people))
