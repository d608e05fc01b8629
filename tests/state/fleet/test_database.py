"""The exchange with a real PostgreSQL: what it merges, how it fails, and in what time."""

import random
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest

from tests.postgres import PASSWORD, Postgres, Relay
from tui.state.fleet.address import FleetError, Parameters
from tui.state.fleet.database import FleetDatabase
from tui.state.fleet.merging import Row, Stamp, winners
from tui.state.fleet.schema import migrate
from tui.state.fleet.store import Unsent


@pytest.fixture
def database(kiosk: Parameters) -> Iterator[FleetDatabase]:
    database = FleetDatabase(lambda: kiosk, "one", hears=True)
    yield database
    database.close()


def rows_of(database: FleetDatabase, reader: str) -> dict[str, Row]:
    [news] = database.exchange([], {reader: 0}).news
    return {row.key: row for row in news.rows}


@pytest.mark.parametrize("seed", range(20))
def test_the_database_merges_as_hosts_do(database: FleetDatabase, seed: int) -> None:
    """Rows in any order, some repeated, several epochs: the same remain as by `winners`."""
    dice = random.Random(seed)  # noqa: S311 -- no secret
    reader = f"merging-{seed}"
    sent = [
        Unsent(reader, epoch, [
            Row(dice.choice("xyz"), Stamp(epoch, dice.randrange(5), dice.choice(["a", "b"])), dice.choice(["", "1"]))
        ])
        for epoch in (dice.choice([0, 0, 0, 7]) for _ in range(30))
    ]  # fmt: skip
    # Of one stamp there is one row.
    bodies = {(one.rows[0].key, one.rows[0].stamp): one.rows[0] for one in sent}
    sent = [one._replace(rows=[bodies[one.rows[0].key, one.rows[0].stamp]]) for one in sent]
    for one in sent:
        database.exchange([one], {})
    epoch = max(one.epoch for one in sent)
    expected = winners({}, (row for one in sent for row in one.rows), epoch)
    assert rows_of(database, reader) == {row.key: row for row in expected}


def test_only_what_is_new_is_fetched(database: FleetDatabase) -> None:
    first, second = (Row(key, Stamp(0, 1, "a"), "[]") for key in "ab")
    database.exchange([Unsent("newness", 0, [first])], {})
    [news] = database.exchange([], {"newness": 0}).news
    database.exchange([Unsent("newness", 0, [second])], {})
    [later] = database.exchange([], {"newness": news.revision}).news
    assert ([first], [second]) == (news.rows, later.rows)
    assert database.exchange([], {"newness": later.revision}).news == []
    [unknown] = database.exchange([], {"nobody": 3}).news
    assert (unknown.revision, unknown.rows) == (0, [])


def test_a_forgotten_reader_s_rows_are_gone_and_others_are_told(database: FleetDatabase) -> None:
    database.exchange([Unsent("gone", 0, [Row("a", Stamp(0, 1, "a"), "[]")])], {})
    database.exchange([Unsent("gone", 5, [])], {})
    database.exchange([Unsent("gone", 0, [Row("b", Stamp(0, 9, "b"), "[]")])], {})
    assert rows_of(database, "gone") == {}
    answer = database.exchange([], {}, sweeps=True)
    assert answer.forgotten["gone"] == 5


def test_a_reader_who_stays_away_is_deleted(database: FleetDatabase, server: Postgres) -> None:
    database.exchange([Unsent("away", 0, [Row("a", Stamp(0, 1, "a"), "[]")]), Unsent("here", 0, [])], {})
    with server.owner() as owner:
        owner.execute("UPDATE briefing.reader SET seen = now() - INTERVAL '11 days' WHERE id = 'away'")
        database.forget_absent(10)
        left = owner.execute("SELECT count(*) FROM briefing.record WHERE reader = 'away'").fetchone()
    assert left == (0,)
    assert [news.revision for news in database.exchange([], {"away": 1}).news] == [0]
    assert database.exchange([], {"here": 1}).news == []


def test_hosts_tell_their_edition(kiosk: Parameters, database: FleetDatabase) -> None:
    database.exchange([Unsent("mover", 0, [])], {}, "edition-1")
    other = FleetDatabase(lambda: kiosk, "two", hears=False)
    [news] = other.exchange([], {"mover": 0}, "edition-2").news
    assert (news.host, news.library) == ("one", "edition-1")
    other.close()


def test_concurrent_writers_of_many_readers_lose_nothing(kiosk: Parameters, database: FleetDatabase) -> None:
    readers = [f"crowd-{number:02}" for number in range(20)]
    faults: list[FleetError] = []

    def write(node: str) -> None:
        mine = FleetDatabase(lambda: kiosk, node, hears=True)
        for at in range(30):
            batch = [Unsent(reader, 0, [Row(f"{node}-{at}", Stamp(0, at, node), "[]")]) for reader in readers]
            try:
                mine.exchange(batch[::-1] if at % 2 else batch, {})
            except FleetError as error:
                faults.append(error)
        mine.close()

    threads = [threading.Thread(target=write, args=[node]) for node in "abc"]
    for thread in threads:
        thread.start()
    known, seen = dict.fromkeys(readers, 0), set[tuple[str, str]]()
    while not faults and len(seen) < 90 * len(readers):
        for news in database.exchange([], known).news:
            known[news.reader] = news.revision
            seen |= {(news.reader, row.key) for row in news.rows}
    for thread in threads:
        thread.join(60)
    assert faults == []


def test_no_secret_is_in_an_error(kiosk: Parameters) -> None:
    for wrong in ({"password": f"no {PASSWORD}"}, {"port": "1"}, {"dbname": "nowhere"}):
        database = FleetDatabase(partial(dict, kiosk, **wrong), "one", hears=True)
        with pytest.raises(FleetError) as caught:
            database.exchange([], {})
        assert "kiosk" not in str(caught.value)
        assert "secret" not in f"{caught.value!r}{caught.value.__cause__!r}"


def test_no_variable_of_the_environment_leads_to_another_machine(
    database: FleetDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be asked without its proof, since the address names this one."""
    monkeypatch.setenv("PGHOSTADDR", "192.0.2.1")
    assert database.exchange([], {"x": 0}).forgotten == {}


def test_a_silent_network_is_left_when_a_call_is_aborted(server: Postgres, kiosk: Parameters) -> None:
    with Relay(server.port) as relay:
        database = FleetDatabase(lambda: kiosk | {"port": str(relay.port)}, "one", hears=True)
        database.exchange([], {"x": 0})
        relay.is_silent = True
        began = time.monotonic()
        threading.Timer(0.3, database.abort).start()
        with pytest.raises(FleetError):
            database.exchange([], {"x": 0})
        assert time.monotonic() - began < 3
        relay.is_silent = False
        database.exchange([], {"x": 0})
        database.close()


def test_tables_of_a_newer_version_are_refused(server: Postgres, kiosk: Parameters) -> None:
    with server.owner() as owner:
        owner.execute("INSERT INTO briefing.meta VALUES (99)")
        try:
            with pytest.raises(FleetError, match="are of version 99, and this program knows 1; install the newer"):
                FleetDatabase(lambda: kiosk, "one", hears=True).exchange([], {})
        finally:
            owner.execute("DELETE FROM briefing.meta WHERE version = 99")


def test_a_migration_without_a_database_says_where_to_look(kiosk: Parameters) -> None:
    with pytest.raises(FleetError, match=r"cannot be used \(OperationalError\); look at address, password file"):
        migrate(kiosk | {"port": "1"}, "")


def test_missing_tables_are_named_with_the_remedy(kiosk: Parameters) -> None:
    with pytest.raises(FleetError, match="are missing or old; run: briefing kiosk --migrate"):
        FleetDatabase(lambda: kiosk | {"dbname": "template1"}, "one", hears=True).exchange([], {})
