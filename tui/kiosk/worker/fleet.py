"""The part of a worker in the fleet. Only a kiosk with the setting `fleet` imports this."""

import asyncio
import hashlib
import secrets
import socket
from functools import partial
from pathlib import Path

from tui.kiosk.operations.log import Log
from tui.kiosk.operations.metrics import Metrics
from tui.kiosk.operations.settings import Settings
from tui.kiosk.visits.fleet_stores import FleetStores
from tui.kiosk.visits.state_exchange import StateExchange
from tui.kiosk.visits.visitors import Visitors
from tui.library.catalogue import Catalogue
from tui.state.fleet.address import parameters
from tui.state.fleet.database import FleetDatabase
from tui.state.fleet.pending import Pending
from tui.state.fleet.store import Fleet

FOLDER = "fleet"
"""The folder beside that of the states, for unsent ones."""


def join_fleet(settings: Settings, states: Path, visitors: Visitors, log: Log, metrics: Metrics) -> StateExchange:
    """Join the states of a worker's visitors with those of other hosts.

    Args:
        settings: the settings; `fleet` is set.
        states: the folder of the states.
        visitors: open the states.
        log: takes events.
        metrics: count states.
    """
    loop = asyncio.get_running_loop()
    database = database_of(settings)
    exchange: StateExchange

    def on_written(reader: str) -> None:
        loop.call_soon_threadsafe(exchange.written, reader)

    fleet = Fleet(secrets.token_hex(4), Pending(states.parent / FOLDER), on_written)
    exchange = StateExchange(database, FleetStores(states, fleet), visitors.executor, log, metrics)
    visitors.exchange = exchange
    return exchange


def database_of(settings: Settings) -> FleetDatabase:
    """Return the database that the settings name."""
    address = partial(parameters, settings.fleet or "", settings.fleet_password)
    return FleetDatabase(address, settings.fleet_host or socket.gethostname(), hears=settings.fleet_notify)


class Edition:
    """Returns a digest of the present editions of all briefings."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Read nothing yet."""
        self._catalogue = catalogue
        self._revision: tuple[object, ...] = ()
        self._digest = ""

    def __call__(self) -> str:
        """Return the digest, which is made anew after a change."""
        catalogue, revision = self._catalogue, self._catalogue.revision
        if revision != self._revision:
            rows = sorted((row.id, row.digest) for row in catalogue.rows(0, max(1, catalogue.count())))
            self._digest, self._revision = hashlib.sha256(repr(rows).encode()).hexdigest()[:16], revision
        return self._digest
