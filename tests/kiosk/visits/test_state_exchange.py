"""Visitors' states of several hosts, which share a real PostgreSQL."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.kiosk.conftest import Lines
from tests.kiosk.real.serving import until
from tests.postgres import OWNER, PASSWORD, Postgres, Relay, postgres
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.metrics import Metrics
from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.tombstones import Tombstones, state_name
from tui.kiosk.policies.policy import Reason
from tui.kiosk.visits import state_exchange
from tui.kiosk.visits.state_exchange import StateExchange
from tui.kiosk.visits.visitors import OTHER_EDITION, Visitors, VisitState
from tui.kiosk.worker.fleet import FOLDER, join_fleet
from tui.state.fleet.address import parameters
from tui.state.fleet.pending import Pending
from tui.state.fleet.schema import migrate
from tui.state.records import Location


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    folder = tmp_path_factory.mktemp("passwords")
    (folder / "owner").write_text(OWNER, encoding="ascii")
    (folder / "kiosk").write_text(PASSWORD, encoding="ascii")
    with postgres() as server:
        migrate(parameters(server.owner_url, folder / "owner"), "kiosk")
        server.password_file = folder / "kiosk"
        yield server


class Listener:
    """A visit that notes what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def state_changed(self, *, is_late: bool) -> None:
        """Note that the state has changed."""
        self.said.append("changed")

    def say(self, message: str) -> None:
        """Note a message."""
        self.said.append(message)

    def end(self, reason: Reason) -> None:
        """Note the end."""
        self.said.append(reason.word)


class Host:
    """A host without a screen: the states of its visitors, and their exchange."""

    def __init__(
        self, folder: Path, server: Postgres, name: str, url: str = "", edition: str = "1", *, hears: bool = True
    ) -> None:
        self.states = folder / name / "visitors"
        settings = Settings(
            fleet=url or server.url, fleet_password=str(server.password_file), fleet_host=name, fleet_notify=hears
        )
        self.tombstones = Tombstones(folder / name / "stones")
        self.visitors = Visitors(self.states, settings, tombstones=self.tombstones)
        self.lines = Lines()
        log = Log(self.lines, settings)
        self.exchange: StateExchange = join_fleet(settings, self.states, self.visitors, log, Metrics())
        self.exchange.sweeps = True
        self.exchange.library = lambda: edition

    async def enter(self, name: str) -> tuple[VisitState, Listener]:
        """Begin a visit."""
        opened, listener = self.visitors.open(name), Listener()
        await opened.load(listener)
        return opened, listener

    async def visit(self, name: str, location: Location | None = None) -> VisitState:
        """Come, leave a location, and go."""
        opened, _ = await self.enter(name)
        if location:
            opened.state.remember(location)
        opened.close()
        await opened.until_written()
        return opened

    async def sees(self, name: str, location: Location, seconds: float = 10.0) -> None:
        """Wait until a visit sees a location."""
        end = time.monotonic() + seconds
        while (await self.visit(name)).state.location(location.briefing) != location:
            assert time.monotonic() < end, self.lines
            await asyncio.sleep(0.1)

    @property
    def unsent(self) -> list[str]:
        """The readers with something to send."""
        return Pending(self.states.parent / FOLDER).marked()


Fleet = Callable[..., Host]


@asynccontextmanager
async def running(host: Host) -> AsyncIterator[Host]:
    """Let a host exchange."""
    task = asyncio.create_task(host.exchange.keep())
    try:
        yield host
    finally:
        task.cancel()
        await asyncio.wait({task})


@pytest.fixture
async def hosts(tmp_path: Path, server: Postgres) -> AsyncIterator[tuple[Host, Host]]:
    async with AsyncExitStack() as stack:
        one, two = [await stack.enter_async_context(running(Host(tmp_path, server, name))) for name in ("one", "two")]
        yield one, two


async def test_what_one_host_keeps_another_shows_at_the_login(hosts: tuple[Host, Host]) -> None:
    one, two = hosts
    await one.visit("SHA256:moving", Location("tiny", "claims", "c1"))
    assert await until(lambda: not one.unsent, 10)
    visit, _ = await two.enter("SHA256:moving")
    assert await until(lambda: visit.state.location("tiny") == Location("tiny", "claims", "c1"), 2)
    visit.close()
    await visit.until_written()
    await two.visit("SHA256:moving", Location("tiny", "views", "v1"))
    await one.sees("SHA256:moving", Location("tiny", "views", "v1"))


async def test_two_visits_at_one_time_learn_of_each_other(hosts: tuple[Host, Host]) -> None:
    one, two = hosts
    here, _ = await one.enter("SHA256:both")
    there, told = await two.enter("SHA256:both")
    here.state.choose("theme", "light")
    here.state.flush()
    assert await until(lambda: there.state.setting("theme") == "light", 10)
    assert told.said == ["changed"]
    there.state.choose("theme", "dark")  # unsaved, so that what comes meanwhile is older
    here.state.choose("theme", "contrast")
    here.state.flush()
    await asyncio.sleep(1)
    assert there.state.setting("theme") == "dark"
    there.state.flush()
    assert await until(lambda: here.state.setting("theme") == "dark", 10)
    for visit in (here, there):
        visit.close()
        await visit.until_written()


@pytest.mark.parametrize("hears", [True, False])
async def test_news_come_with_and_without_notify(tmp_path: Path, server: Postgres, *, hears: bool) -> None:
    """Without it nothing of NOTIFY or LISTEN is sent, as to CockroachDB, and the poll brings them."""
    with server.owner() as owner:
        owner.execute("ALTER ROLE kiosk SET log_statement = 'all'")
    log = server.folder / "log"
    before = log.stat().st_size
    one, two = (Host(tmp_path, server, name, hears=hears) for name in ("one", "two"))
    async with running(one), running(two):
        there, told = await two.enter(f"SHA256:hearing {hears}")
        here, _ = await one.enter(f"SHA256:hearing {hears}")
        here.state.choose("theme", "light")
        here.state.flush()
        assert await until(lambda: there.state.setting("theme") == "light", 10)
        assert "changed" in told.said
        for visit in (here, there):
            visit.close()
            await visit.until_written()
    with server.owner() as owner:
        owner.execute("ALTER ROLE kiosk RESET log_statement")
    said = log.read_bytes()[before:]
    assert b"INSERT INTO briefing.record" in said
    assert [hears] * 2 == [b"NOTIFY briefing" in said, b"LISTEN briefing" in said]


async def test_a_forgotten_visitor_is_forgotten_on_all_hosts(hosts: tuple[Host, Host]) -> None:
    one, two = hosts
    await two.visit("SHA256:gone", Location("tiny", "claims"))
    await one.sees("SHA256:gone", Location("tiny", "claims"))
    inside, told = await two.enter("SHA256:gone")
    inside.state.remember(Location("tiny", "views"))
    one.tombstones.add("SHA256:gone", time.time())
    assert 1 == await one.visitors.forget("SHA256:gone")
    assert await until(lambda: "forgotten" in told.said, 10)
    inside.state.flush()
    inside.close()
    await inside.until_written()
    path = two.states / state_name("SHA256:gone")
    assert await until(lambda: not path.exists(), 10)
    for host in hosts:
        assert (await host.visit("SHA256:gone")).state.location("tiny") is None
    await two.visit("SHA256:gone", Location("tiny", "sources"))
    await one.sees("SHA256:gone", Location("tiny", "sources"))


async def test_a_visitor_forgotten_while_a_host_was_away_sees_nothing_of_it_there(
    tmp_path: Path, server: Postgres
) -> None:
    """The answer comes within the login, before there is a screen to end."""
    async with running(Host(tmp_path, server, "two")) as two:
        await two.visit("SHA256:away", Location("tiny", "claims"))
        assert await until(partial(_is_settled, two), 10)
    async with running(Host(tmp_path, server, "one")) as one:
        one.tombstones.add("SHA256:away", time.time())
        await one.visitors.forget("SHA256:away")
        assert await until(partial(_is_settled, one), 10)
    async with running(Host(tmp_path, server, "two")) as two:
        inside, told = await two.enter("SHA256:away")
        assert await until(lambda: "forgotten" in told.said, 5)
        inside.close()
        await inside.until_written()
        assert (await two.visit("SHA256:away")).state.location("tiny") is None


def _edition(host: Host) -> bool:
    return bool(host.exchange.edition)


def _is_settled(host: Host) -> bool:
    return not host.unsent


async def test_a_visitor_who_moves_is_told_of_another_edition(tmp_path: Path, server: Postgres) -> None:
    one, two, three = (
        Host(tmp_path, server, name, edition=edition) for name, edition in (("a", "1"), ("b", "2"), ("c", "1"))
    )
    async with running(one), running(two), running(three):
        for host, notice in ((one, ""), (three, ""), (two, OTHER_EDITION), (two, ""), (one, OTHER_EDITION)):
            assert await until(partial(_edition, host), 10)
            opened, _ = await host.enter("SHA256:mover")
            assert opened.notice == notice
            opened.state.remember(Location("tiny", host.exchange.edition))
            opened.close()
            await opened.until_written()
            assert await until(partial(_is_settled, host), 10)


async def test_no_visit_waits_for_a_database_that_is_away_and_nothing_is_lost(tmp_path: Path) -> None:
    """Killed, silent or slow: a login takes 150 ms more at most, and all is merged within 5 s of its return."""
    (tmp_path / "owner").write_text(OWNER, encoding="ascii")
    (tmp_path / "kiosk").write_text(PASSWORD, encoding="ascii")
    with postgres() as server, Relay(server.port) as relay:
        server.password_file = tmp_path / "kiosk"
        migrate(parameters(server.owner_url, tmp_path / "owner"), "kiosk")
        url = f"postgresql://kiosk@127.0.0.1:{relay.port}/postgres"
        one, two = Host(tmp_path, server, "one", url), Host(tmp_path, server, "two", url)
        async with running(one), running(two):
            await one.visit("SHA256:before", Location("tiny", "claims"))
            await two.sees("SHA256:before", Location("tiny", "claims"))
            for number, trouble in enumerate(("slow", "silent", "killed")):
                relay.delay, relay.is_silent = 0.2 * (trouble == "slow"), trouble == "silent"
                if trouble == "killed":
                    await asyncio.to_thread(server.kill)
                name, place = f"SHA256:{trouble}", Location("tiny", "claims", f"c{number}")
                for host in (one, two):
                    began = time.monotonic()
                    await host.visit(name, place)
                    assert time.monotonic() - began < 1.5, trouble
                await asyncio.sleep(2)
                if trouble == "killed":
                    await asyncio.to_thread(server.start)
                relay.delay, relay.is_silent = 0.0, False
                returned = time.monotonic()
                assert await until(lambda: not (one.unsent or two.unsent), 15), one.lines
                assert time.monotonic() - returned < 12
                await two.sees(name, place)
        log = "\n".join(one.lines)
        assert " fleet-away reason=" in log
        assert " fleet-back" in log
        assert "secret" not in log


async def test_what_a_killed_worker_left_unsent_another_one_sends(
    tmp_path: Path, server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = Host(tmp_path, server, "one")
    await dead.visit("SHA256:left", Location("tiny", "claims"))
    assert dead.unsent == [state_name("SHA256:left").removesuffix(".sqlite")]
    monkeypatch.setattr(state_exchange, "_SWEEP", 0.0)
    async with running(Host(tmp_path, server, "one")) as again, running(Host(tmp_path, server, "two")) as two:
        assert await until(lambda: not again.unsent, 10)
        await two.sees("SHA256:left", Location("tiny", "claims"))


async def test_a_worker_that_cannot_read_the_password_serves_and_sends_later(
    tmp_path: Path, server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "password_file", tmp_path / "password")
    one = Host(tmp_path, server, "one")
    async with running(one):
        await one.visit("SHA256:locked", Location("tiny", "claims"))
        assert await until(lambda: "No such file" in "\n".join(one.lines), 10), one.lines
        (tmp_path / "password").write_text(PASSWORD, encoding="ascii")
        assert await until(lambda: not one.unsent, 10), one.lines


async def test_a_state_that_cannot_be_read_holds_up_no_other(hosts: tuple[Host, Host]) -> None:
    """Nor does a folder of marks that cannot be written lose a change: it waits like one on a full disk."""
    one, two = hosts
    await one.visit("SHA256:sound", Location("tiny", "claims"))
    (one.states / "broken.sqlite").mkdir()
    one.exchange.written("broken")
    await one.visit("SHA256:other", Location("tiny", "views"))
    await two.sees("SHA256:other", Location("tiny", "views"))
    folder = one.states.parent / FOLDER
    shutil.rmtree(folder)
    folder.write_text("in the way", encoding="ascii")
    opened, _ = await one.enter("SHA256:sound")
    opened.state.remember(Location("tiny", "sources"))
    opened.state.flush()
    assert await until(lambda: "cannot be" in opened.state.trouble, 10)
    folder.unlink()
    opened.close()
    assert (await opened.until_written()).number == 0
    await two.sees("SHA256:sound", Location("tiny", "sources"))
