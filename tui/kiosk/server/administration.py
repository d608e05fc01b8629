"""The commands of administrators, carried out in a running kiosk."""

import asyncio
import ipaddress
import json
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tui.kiosk.addresses import Network, is_listed
from tui.kiosk.ipc import Message
from tui.kiosk.operations.admin_commands import BY_NAME, parse
from tui.kiosk.operations.ledger import LedgerError, Rows
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.state_files import BLOCKS_FILE, STATES
from tui.kiosk.operations.tombstones import FILE_NAME as TOMBSTONES
from tui.kiosk.operations.tombstones import TombstoneError, Tombstones, state_name
from tui.kiosk.policies.blocks import BLOCKED, Blocks
from tui.kiosk.policies.policy import ENDED
from tui.kiosk.server.dispatcher import Dispatcher
from tui.kiosk.server.recorder import Recorder
from tui.kiosk.server.workers import Workers
from tui.library.atomic_write import write_whole
from tui.library.paths import Folders
from tui.state.records import StoreError
from tui.state.stores import opened

_ANSWER_SECONDS: Final = 3.0
"""Seconds for the answers of the workers."""
_FORGET_SECONDS: Final = 8.0
_LAST_ROW: Final = 1 << 63
"""SQLite's rows have numbers below it."""
_MOST_BYTES: Final = 1 << 20
_MOST_BLOCKS: Final = 10_000
"""A file of so many can still be read, and a connection is compared with all of them."""


class Administration:
    """Carries out the commands."""

    def __init__(
        self,
        workers: Workers,
        dispatcher: Dispatcher,
        recorder: Recorder,
        log: Log,
        folders: Folders,
        *,
        reload: Callable[[], Message],
        upgrade: Callable[[], Message],
        drain: Callable[[], None],
    ) -> None:
        """Take the parts of the server.

        Args:
            workers: serve the visits.
            dispatcher: knows the connections.
            recorder: has the audit and the statistics.
            log: takes an event for each command.
            folders: have the file of blocks and that of tombstones.
            reload: reads the settings again, and returns what was applied.
            upgrade: starts a new version.
            drain: ends the kiosk.
        """
        self._workers = workers
        self._dispatcher = dispatcher
        self._log = log
        self._recorder = recorder
        self._file = folders.state / BLOCKS_FILE
        self._states = folders.state / STATES
        self._tombstones = Tombstones(folders.data / TOMBSTONES)
        self._reload = reload
        self._upgrade = upgrade
        self._drain = drain
        self._blocks = dispatcher.policy(Blocks)

    async def answer(self, request: Message) -> Message:
        """Run a command. Return its answer, or a line under `error`."""
        command = BY_NAME.get(str(request.get("command")))
        if command is None:
            return {"error": "this kiosk does not know the command; it may be of another version"}
        carry_out: Mapping[str, Callable[[dict[str, Any]], Awaitable[Message]]] = {
            "who": self._who, "say": self._say, "end": self._end, "block": self._block, "unblock": self._unblock,
            "blocks": self._list_blocks, "audit": self._audit, "statistics": self._statistics, "forget": self._forget,
            "reload": self._read_again, "upgrade": self._start_successor, "drain": self._end_all,
        }  # fmt: skip
        try:
            arguments = parse(command, request)
        except ValueError as error:
            return {"error": str(error)}
        if command.changes:
            # A key that is to be forgotten is not written down.
            facts = {name: str(value) for name, value in arguments.items() if name != "key"}
            self._log.write("administered", command=command.name, **facts)
        after = request.get("after")
        if command.is_table and isinstance(after, int) and 0 <= after < _LAST_ROW:
            arguments["after"] = after
        return await carry_out[command.name](arguments)

    async def _who(self, _arguments: dict[str, Any]) -> Message:
        answers = await self._workers.ask_all({"about": "who"}, _ANSWER_SECONDS)
        visits = sorted((visit for answer in answers.given for visit in answer["visits"]), key=lambda one: one["visit"])
        return {"visits": visits, "unanswered": answers.missing}

    async def _say(self, arguments: dict[str, Any]) -> Message:
        answers = await self._workers.ask_all({"about": "say", "text": arguments["text"]}, _ANSWER_SECONDS)
        return {"told": sum(answer["told"] for answer in answers.given), "unanswered": answers.missing}

    async def _end(self, arguments: dict[str, Any]) -> Message:
        ticket = arguments["visit"]
        if isinstance(ticket, int) and ticket in self._dispatcher.addresses:
            self._workers.end_one(ticket, ENDED)
        elif not await self._end_older(visit=ticket):
            return {"error": f"there is no visit {ticket}; `briefing kiosk who` lists them"}
        return {"ended": 1}

    async def _end_older(self, **chosen: object) -> int:
        """End visits of an old version. Return their number."""
        answers = await self._workers.ask_older({"about": "end", **chosen}, _ANSWER_SECONDS)
        return sum(answer["ended"] for answer in answers.given)

    async def _block(self, arguments: dict[str, Any]) -> Message:
        network, seconds = arguments["network"], arguments["duration"]
        if not (isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network) and isinstance(seconds, int)):
            raise TypeError(arguments)
        if len(self._blocks.left()) >= _MOST_BLOCKS:
            return {"error": f"{_MOST_BLOCKS:,} networks are blocked already; end a block, or block a larger network"}
        self._blocks.block(network, seconds)
        inside = [ticket for ticket, address in self._dispatcher.addresses.items() if is_listed(address, [network])]
        for ticket in inside:
            self._workers.end_one(ticket, BLOCKED)
        ended = len(inside) + await self._end_older(network=str(network))
        return {"blocked": str(network), "seconds": seconds, "ended": ended, **self._kept()}

    async def _unblock(self, arguments: dict[str, Any]) -> Message:
        network = arguments["network"]
        if not (isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network) and self._blocks.lift(network)):
            return {"error": f"{network} is not blocked; `briefing kiosk blocks` lists what is"}
        return {"unblocked": str(network), **self._kept()}

    async def _list_blocks(self, _arguments: dict[str, Any]) -> Message:
        blocks = [
            {"network": str(network), "seconds": math.ceil(left)} for network, left in self._blocks.left().items()
        ]
        return {"blocks": sorted(blocks, key=lambda one: str(one["network"]))}

    async def _read_again(self, _arguments: dict[str, Any]) -> Message:
        return self._reload()

    async def _start_successor(self, _arguments: dict[str, Any]) -> Message:
        return self._upgrade()

    async def _end_all(self, _arguments: dict[str, Any]) -> Message:
        self._drain()
        return {"visits": self._dispatcher.admission.number}

    # What is kept of visitors

    async def _audit(self, arguments: dict[str, Any]) -> Message:
        since = datetime.fromisoformat(arguments.pop("since", "1970-01-01")).replace(tzinfo=UTC).timestamp()
        return await self._rows(lambda: self._recorder.ledger.audit(since, **arguments), is_on=self._recorder.audits)

    async def _statistics(self, arguments: dict[str, Any]) -> Message:
        return await self._rows(lambda: self._recorder.ledger.counts(**arguments), is_on=self._recorder.counts)

    async def _rows(self, ask: Callable[[], Rows], *, is_on: bool) -> Message:
        await self._recorder.write()
        try:
            found = await asyncio.to_thread(ask)
        except LedgerError as error:
            return {"error": str(error)}
        waits = f"the latest records wait to be written: {trouble}" if (trouble := self._recorder.trouble) else ""
        more = {"after": found.after, "warning": waits}
        return {"rows": found.rows, "is_on": is_on, **{name: value for name, value in more.items() if value}}

    async def _forget(self, arguments: dict[str, Any]) -> Message:
        """Delete all of a visitor. The tombstone comes first; nothing older can come back."""
        key = arguments["key"]
        try:
            await asyncio.to_thread(self._bury, key)
            answers = await self._workers.ask_all({"about": "forget", "key": key}, _FORGET_SECONDS)
            acts = await self._recorder.forget(key)
        except (TombstoneError, LedgerError) as error:
            return {"error": f"not all is deleted: {error}"}
        sums = {name: sum(answer[name] for answer in answers.given) for name in ("ended", "states")}
        return {**sums, "acts": acts, "unanswered": answers.missing}

    def _bury(self, key: str) -> None:
        """Write a tombstone that is later than the visitor's state.

        The clock may have been put back since.
        """
        state, made = self._states / state_name(key), 0
        with suppress(StoreError):
            if state.exists():
                store = opened(state)
                made = store.made
                store.close()
        self._tombstones.add(key, max(time.time(), made))

    # The blocks, over a restart

    def _kept(self) -> Message:
        """Write the blocks, and say where that is not possible."""
        now = time.time()
        kept = {str(network): now + left for network, left in self._blocks.left().items()}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._file, json.dumps(kept, indent=1).encode())
        except OSError as error:
            return {"warning": f"the block is not kept over a restart: {self._file}: {error.strerror or error}"}
        return {}

    def restore(self) -> None:
        """Set the blocks of before the start. A file that cannot be read is logged."""
        try:
            for network, left in kept_blocks(self._file, time.time()).items():
                self._blocks.block(network, left)
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or "holds no blocks"
            self._log.write("warning", said=f"{self._file}: {said}; nobody is blocked")


def kept_blocks(path: Path, now: float) -> dict[Network, float]:
    """Read the blocks that are not over, each with its seconds left.

    Raises:
        OSError: the file cannot be read.
        ValueError: it holds something else.
    """
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(_MOST_BYTES))
    except FileNotFoundError:
        return {}
    if not isinstance(data, dict) or not all(map(_is_time, data.values())):
        raise ValueError(path)
    return {ipaddress.ip_network(network): until - now for network, until in data.items() if until > now}


def _is_time(value: object) -> bool:
    """Whether a value is a finite time."""
    return isinstance(value, int | float) and abs(value) < 1e15
