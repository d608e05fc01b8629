"""The exchange of rows with the database, over one connection.

Each call is one round trip. One task a worker calls, so that a pool would hold one connection, and add threads. After an
outage a pool waits longer with each new try, and a call waits for its whole time-out; this connection is back in a second.
"""

import contextlib
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

import psycopg

from tui.state.fleet.address import FleetError, Parameters
from tui.state.fleet.merging import Row, Stamp
from tui.state.fleet.schema import checked, reason_of
from tui.state.fleet.store import Unsent

# The lock on a reader's row is held until the end, so that revisions become visible in their order. Readers are locked in
# the order of their ids, so that no two hosts wait for each other.
_PUSH: Final = """
WITH heard AS (
    INSERT INTO briefing.reader AS held (id, epoch, revision, host, seen, forgotten_at)
    SELECT id, epoch, 1, %(host)s, now(), CASE WHEN epoch > 0 THEN now() END
        FROM unnest(%(ids)s::text[], %(id_epochs)s::bigint[]) AS new (id, epoch) ORDER BY id
    ON CONFLICT (id) DO UPDATE SET revision = held.revision + 1, epoch = greatest(held.epoch, excluded.epoch),
        host = excluded.host, seen = excluded.seen,
        forgotten_at = CASE WHEN excluded.epoch > held.epoch THEN now() ELSE held.forgotten_at END
    RETURNING id, epoch, revision
)
INSERT INTO briefing.record AS held (reader, key, epoch, at, node, body, revision)
    SELECT new.reader, new.key, new.epoch, new.at, new.node, new.body, heard.revision
        FROM unnest(%(readers)s::text[], %(keys)s::text[], %(epochs)s::bigint[], %(ats)s::bigint[], %(nodes)s::text[],
            %(bodies)s::text[]) AS new (reader, key, epoch, at, node, body)
        JOIN heard ON heard.id = new.reader WHERE new.epoch >= heard.epoch ORDER BY new.reader, new.key
    ON CONFLICT (reader, key) DO UPDATE SET epoch = excluded.epoch, at = excluded.at, node = excluded.node,
        body = excluded.body, revision = excluded.revision
        WHERE (held.epoch, held.at, held.node) < (excluded.epoch, excluded.at, excluded.node)
"""
_DROP_FORGOTTEN: Final = """
DELETE FROM briefing.record USING briefing.reader
    WHERE record.reader = reader.id AND reader.id = ANY(%s::text[]) AND record.epoch < reader.epoch
"""
_FETCH: Final = """
SELECT known.id, reader.epoch, reader.revision, reader.host, host.library,
        record.key, record.epoch, record.at, record.node, record.body
    FROM unnest(%s::text[], %s::bigint[]) AS known (id, revision)
    LEFT JOIN briefing.reader ON reader.id = known.id
    LEFT JOIN briefing.host ON host.name = reader.host
    LEFT JOIN briefing.record ON record.reader = reader.id AND record.epoch >= reader.epoch
        AND (record.revision > known.revision OR reader.revision < known.revision)
    WHERE reader.id IS NULL OR reader.revision <> known.revision
    ORDER BY known.id
"""
_FORGOTTEN: Final = """
SELECT id, epoch FROM briefing.reader WHERE forgotten_at > now() - %s * INTERVAL '1 second'
"""
_TELL_LIBRARY: Final = """
INSERT INTO briefing.host (name, library, seen) VALUES (%s, %s, now())
    ON CONFLICT (name) DO UPDATE SET library = excluded.library, seen = excluded.seen
"""
_DROP_ABSENT: Final = """
DELETE FROM briefing.record USING briefing.reader
    WHERE record.reader = reader.id AND reader.seen < now() - %s * INTERVAL '1 day'
"""
_FORGET_ABSENT: Final = "DELETE FROM briefing.reader WHERE epoch = 0 AND seen < now() - %s * INTERVAL '1 day'"
_RECENT: Final = 3600.0
"""Seconds for which a `forget` is told again and again."""
_EVER: Final = 1e9


class News(NamedTuple):
    """The news of one reader."""

    reader: str
    epoch: int
    revision: int
    rows: list[Row]
    host: str
    """The host that wrote last."""
    library: str
    """The edition of the library on that host; empty if unknown."""


class Exchange(NamedTuple):
    """The answer of the database."""

    news: list[News]
    """Of the readers whose state is another than was known."""
    forgotten: Mapping[str, int]
    """The epochs of readers who were forgotten lately."""


class FleetDatabase:
    """One connection, opened at need. All but `abort` and `fileno` runs in one thread."""

    def __init__(self, parameters: Callable[[], Parameters], host: str, *, hears: bool) -> None:
        """Connect to nothing yet.

        Args:
            parameters: returns those of a new connection, and reads the password again.
            host: the name of this host.
            hears: whether the database knows NOTIFY and LISTEN.
        """
        self._parameters = parameters
        self._host = host
        self._hears = hears
        self._connection: psycopg.Connection[Any] | None = None
        self._told = ""
        """The edition of the library that this connection has told."""
        self._is_new = True

    def exchange(
        self, outgoing: Sequence[Unsent], known: Mapping[str, int], library: str = "", *, sweeps: bool = False
    ) -> Exchange:
        """Send rows, and fetch those of others.

        Args:
            outgoing: the rows to send.
            known: the readers to ask for, each with the revision that is known.
            library: the edition of the library on this host; empty if it is not to be told.
            sweeps: whether to ask for forgotten readers.

        Raises:
            FleetError: the database cannot be used; everything may be sent again.
        """
        connection = self._connected()
        try:
            with connection.pipeline():
                if outgoing:
                    self._push(connection, outgoing)
                if library and library != self._told:
                    connection.execute(_TELL_LIBRARY, [self._host, library])
                found = connection.execute(_FETCH, [list(known), list(known.values())]) if known else None
                gone = connection.execute(_FORGOTTEN, [_EVER if self._is_new else _RECENT]) if sweeps else None
            news = _news(found.fetchall()) if found else []
            forgotten = dict(gone.fetchall()) if gone else {}
        except psycopg.Error as error:
            self.close()
            raise FleetError(reason_of(error)) from None
        self._told = library or self._told
        self._is_new = False
        return Exchange(news, forgotten)

    def check(self) -> None:
        """Connect, and check the tables.

        Raises:
            AddressError: the address or the password cannot be used.
            TablesError: they are missing, or of another version.
            FleetError: the database does not answer.
        """
        self._connected()

    def forget_absent(self, days: int) -> None:
        """Delete the states of readers who have been absent for some days.

        Raises:
            FleetError: the database cannot be used.
        """
        connection = self._connected()
        try:
            for statement in (_DROP_ABSENT, _FORGET_ABSENT):
                connection.execute(statement, [days])
        except psycopg.Error as error:
            self.close()
            raise FleetError(reason_of(error)) from None

    def _push(self, connection: psycopg.Connection[Any], outgoing: Sequence[Unsent]) -> None:
        rows = [(one.reader, row) for one in outgoing for row in one.rows]
        arguments = {
            "host": self._host,
            "ids": [one.reader for one in outgoing],
            "id_epochs": [one.epoch for one in outgoing],
            "readers": [reader for reader, _ in rows],
            "keys": [row.key for _, row in rows],
            "epochs": [row.stamp.epoch for _, row in rows],
            "ats": [row.stamp.at for _, row in rows],
            "nodes": [row.stamp.node for _, row in rows],
            "bodies": [row.body for _, row in rows],
        }
        connection.execute(_PUSH, arguments)
        if forgotten := [one.reader for one in outgoing if one.epoch]:
            connection.execute(_DROP_FORGOTTEN, [forgotten])
        if self._hears:
            connection.execute("NOTIFY briefing")

    def _connected(self) -> psycopg.Connection[Any]:
        """Return the connection, after a check of the tables.

        Raises:
            FleetError: there is none.
        """
        if self._connection is not None:
            return self._connection
        try:
            connection = psycopg.connect(**self._parameters(), autocommit=True, prepare_threshold=None)
            self._connection = connection
            checked(connection)
            if self._hears:
                connection.execute("LISTEN briefing")
        except psycopg.Error as error:
            self.close()
            raise FleetError(reason_of(error)) from None
        except FleetError:
            self.close()
            raise
        self._told, self._is_new = "", True
        return connection

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def fileno(self) -> int:
        """Return the descriptor that becomes readable with a hint. -1 without one."""
        connection = self._connection
        with contextlib.suppress(psycopg.Error):
            if connection is not None and self._hears:
                return int(connection.fileno())
        return -1

    def abort(self) -> None:
        """Make a call that hangs fail, from another thread."""
        connection = self._connection
        with contextlib.suppress(psycopg.Error, OSError):
            if connection is not None:
                with socket.socket(fileno=os.dup(connection.fileno())) as line:
                    line.shutdown(socket.SHUT_RDWR)


def _news(found: Sequence[tuple[Any, ...]]) -> list[News]:
    """Return the news by reader. A reader whom the database does not know has revision 0."""
    news = []
    for _, lines in groupby(found, key=lambda line: line[0]):
        group = list(lines)
        reader, epoch, revision, host, library, *_ = group[0]
        rows = [
            Row(key, Stamp(*stamp), body)
            for *_, key, epoch_, at, node, body in group
            if key
            for stamp in [(epoch_, at, node)]
        ]
        news.append(News(reader, epoch or 0, revision or 0, rows, host or "", library or ""))
    return news
