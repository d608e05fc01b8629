"""The tables that hosts share, in a schema of their own."""

from typing import Any, Final

import psycopg
from psycopg import sql

from tui.state.fleet.address import FleetError, Parameters

VERSION: Final = 1
_TABLES: Final = """
CREATE SCHEMA IF NOT EXISTS briefing;
CREATE TABLE IF NOT EXISTS briefing.meta (version BIGINT NOT NULL PRIMARY KEY);
CREATE TABLE IF NOT EXISTS briefing.host (name TEXT PRIMARY KEY, library TEXT NOT NULL, seen TIMESTAMPTZ NOT NULL);
CREATE TABLE IF NOT EXISTS briefing.reader (id TEXT PRIMARY KEY, epoch BIGINT NOT NULL, revision BIGINT NOT NULL,
    host TEXT NOT NULL, seen TIMESTAMPTZ NOT NULL, forgotten_at TIMESTAMPTZ);
CREATE INDEX IF NOT EXISTS reader_forgotten ON briefing.reader (forgotten_at) WHERE forgotten_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS reader_seen ON briefing.reader (seen);
CREATE TABLE IF NOT EXISTS briefing.record (reader TEXT NOT NULL, key TEXT NOT NULL, epoch BIGINT NOT NULL,
    at BIGINT NOT NULL, node TEXT COLLATE "C" NOT NULL, body TEXT NOT NULL, revision BIGINT NOT NULL,
    PRIMARY KEY (reader, key))
"""
_GRANTS: Final = """
GRANT USAGE ON SCHEMA briefing TO {role};
GRANT SELECT ON briefing.meta TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON briefing.host, briefing.reader, briefing.record TO {role}
"""


class TablesError(FleetError):
    """The tables are missing, or of another version."""


def checked(connection: psycopg.Connection[Any]) -> None:
    """Check the version of the tables.

    Raises:
        TablesError: they are missing, or of another version.
    """
    try:
        row = connection.execute("SELECT max(version) FROM briefing.meta").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        row = None
    except psycopg.errors.InsufficientPrivilege:
        raise TablesError("fleet: this role may not use the tables; run: briefing kiosk --migrate ROLE") from None
    found = row[0] if row and row[0] else 0
    if found > VERSION:
        raise TablesError(
            f"fleet: the tables are of version {found}, and this program knows {VERSION}; install the newer program"
        )
    if found < VERSION:
        raise TablesError("fleet: the tables are missing or old; run: briefing kiosk --migrate")


def migrate(parameters: Parameters, role: str) -> str:
    """Create the tables, or bring them up to this version. Return a line on the outcome.

    Args:
        parameters: the connection of a role that may create a schema.
        role: the role of running kiosks, which is given access; empty for none.

    Raises:
        FleetError: the tables are of a later version, or the database refuses.
    """
    try:
        with psycopg.connect(**parameters) as connection:
            try:
                with connection.transaction():
                    checked(connection)
                said = f"the tables have version {VERSION} already"
            except TablesError as error:
                if "newer" in str(error):
                    raise
                for statement in _TABLES.split(";"):
                    connection.execute(statement.encode())
                connection.execute("INSERT INTO briefing.meta VALUES (%s)", [VERSION])
                said = f"the tables have version {VERSION} now"
            for statement in _GRANTS.split(";") if role else ():
                connection.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
    except psycopg.Error as error:
        raise FleetError(
            f"fleet: the database cannot be used ({reason_of(error)}); look at address, password file and its log"
        ) from None
    return said


def reason_of(error: psycopg.Error) -> str:
    """Return the kind of an error, without its message."""
    return f"{type(error).__name__} {error.sqlstate or ''}".strip()
