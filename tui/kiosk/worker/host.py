"""The host of one worker, which receives connections and checks visits."""

import asyncio
import socket
from pathlib import Path
from typing import Final, NamedTuple

from asyncssh.connection import SSHServerConnectionOptions

from tui.kiosk.addresses import is_listed, parse_network
from tui.kiosk.ipc import Message
from tui.kiosk.operations.processes import give_back
from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.tombstones import Tombstones
from tui.kiosk.policies.blocks import BLOCKED
from tui.kiosk.policies.idle_timeout import DRAINED
from tui.kiosk.policies.policy import ACCESS, ENDED, FORGOTTEN, Policies, Reason
from tui.kiosk.policies.quotas import Quotas
from tui.kiosk.policies.table import OF_CONNECTION
from tui.kiosk.ssh.access import Access
from tui.kiosk.ssh.connection import KioskConnection, connection_options
from tui.kiosk.ssh.connection_handler import ConnectionHandler
from tui.kiosk.ssh.login_tries import OnEvent
from tui.kiosk.ssh.session import SessionRequest, SSHSession, Visit
from tui.kiosk.terminal.terminals import terminal
from tui.kiosk.visits.exec_session import ExecSession
from tui.kiosk.visits.notices import read_text
from tui.kiosk.visits.services import OpenVisit, Resources, VisitServices
from tui.kiosk.visits.terminal_visit import TerminalVisit
from tui.kiosk.visits.visit_app import VisitApp
from tui.kiosk.visits.visitors import Visitors
from tui.kiosk.worker.housekeeping import GarbageCollection, UnreadBriefings

_PARTING: Final = 10.0
"""Seconds in which a visit that an administrator ends may leave by itself. Of 250 at once, most need more than two."""
_CHECK_EVERY: Final = 2.0
"""Seconds; 500 visits at rest are to cost less than a hundredth of a core."""


class HostPaths(NamedTuple):
    """The files and folders of a host."""

    host_key: str
    """The file of the private key."""
    states: Path
    """The folder of visitors' states."""
    tombstones: Path | None = None
    """The file of the tombstones of forgotten visitors."""


class WorkerHost(VisitServices):
    """Serves visitors in one process."""

    def __init__(self, resources: Resources, paths: HostPaths) -> None:
        """Serve visitors, once `prepare` has run."""
        settings = resources.settings
        tombstones = Tombstones(paths.tombstones) if paths.tombstones else None
        super().__init__(resources, Visitors(paths.states, settings, tombstones=tombstones))
        self._paths = paths
        self.access = Access(settings)
        self._banner = ""
        self._options: SSHServerConnectionOptions | None = None
        self._handlers: dict[int, ConnectionHandler] = {}
        """The connections by the parent's tickets."""
        self._parting: set[int] = set()
        """The connections that are being ended."""
        self._began: dict[int, float] = {}
        """When each of them began, by the clock."""
        self._garbage = GarbageCollection()
        self._unread = UnreadBriefings()

    async def prepare(self) -> None:
        """Read the files that the settings name: keys, banner and notice.

        Raises:
            OSError: a file cannot be read.
            ValueError: a file holds what it must not.
        """
        settings = self.settings
        self.access = Access(settings)
        self._options = await connection_options(settings, self._paths.host_key)
        self.groups_of = self.access.groups_of
        self.audiences.catalogue.publishing.rules = self.access.file.rules
        self._banner = read_text("banner", settings.banner)
        self.notice = read_text("notice", settings.notice).partition("\n")[0]

    async def change(self, settings: Settings) -> None:
        """Apply new settings to new visits; open visits keep theirs.

        Raises:
            OSError: a file cannot be read; the old settings stay.
            ValueError: likewise.
        """
        before, self.settings = self.settings, settings
        try:
            await self.prepare()
        except (OSError, ValueError):
            self.settings = before
            raise
        self.log.change(settings)
        self.visitors.settings = settings
        self.end_changed()

    # Connections

    async def receive(self, connected: socket.socket, address: str, on_event: OnEvent, ticket: int = 0) -> None:
        """Serve a connection that the parent accepted.

        Args:
            connected: the connection.
            address: the visitor's address.
            on_event: is called with each event of the connection.
            ticket: the parent's number of the connection.
        """
        if self._options is None:
            raise LookupError("not prepared")
        self.pool.busy()
        loop = asyncio.get_running_loop()
        policies, began = Policies(OF_CONNECTION, self.settings, self.clock), self.clock()

        def handle(event: str, detail: str = "") -> None:
            if event == "logged-in":
                self.metrics.observe("briefing_kiosk_handshake_seconds", self.clock() - began)
            if event == "closed":
                self._policies.pop(handler, None)
                self._handlers.pop(ticket, None)
                self._began.pop(ticket, None)
                self._parting.discard(ticket)
            on_event(event, detail)

        handler = ConnectionHandler(
            self.settings, self.access, self.log, self._session, handle, address=address, banner=self._banner
        )
        self._policies[handler] = policies
        self._handlers[ticket], self._began[ticket] = handler, began
        options = self._options
        try:
            await loop.connect_accepted_socket(lambda: KioskConnection(loop, options, handler, policies), connected)
        except OSError:  # gone before it came
            connected.close()
            handle("closed")

    def end_one(self, ticket: int, reason: Reason) -> None:
        """End a connection; an unknown ticket is ignored.

        A visit on a screen first restores the visitor's terminal, and has a moment for that.
        """
        handler = self._handlers.get(ticket)
        if handler is None or ticket in self._parting:
            return
        theirs = [visit for visit in self.visits if visit.handler is handler]
        for visit in theirs:
            visit.end(reason)
        if theirs:
            self._parting.add(ticket)
            asyncio.get_running_loop().call_later(_PARTING, _cut, self._handlers, ticket, reason)
        else:
            handler.end(reason)

    def delay_one(self, ticket: int, seconds: float) -> None:
        """Delay the answer to a wrong password."""
        if ticket in self._handlers:
            self._handlers[ticket].tries.delay(seconds)

    async def answer(self, question: Message) -> Message:
        """Answer a question of an administrator."""
        match question["about"]:
            case "who":
                return {"visits": self.who()}
            case "say":
                return {"told": self.say(question["text"])}
            case "forget":
                return await self.forget(question["key"])
            case "end":
                return {"ended": self.end_chosen(question.get("visit"), question.get("network", ""))}
        raise LookupError(question["about"])

    def end_chosen(self, ticket: int | None, network: str) -> int:
        """End a connection, or those from a network that are not leaving. Return their number."""
        networks = [parse_network(network)] if network else []
        theirs = {one for one, handler in self._handlers.items() if is_listed(handler.address, networks)}
        chosen = theirs - self._parting if ticket is None else self._handlers.keys() & {ticket}
        for one in chosen:
            self.end_one(one, BLOCKED if network else ENDED)
        return len(chosen)

    async def forget(self, key: str) -> Message:
        """End the visits with a key, and delete their state."""
        theirs = [visit for visit in self.visits if visit.handler.fingerprint == key]
        for visit in theirs:
            visit.end(FORGOTTEN)
        return {"ended": len(theirs), "states": await self.visitors.forget(key)}

    def who(self) -> list[Message]:
        """Return the facts of each connection, for administrators."""
        now = self.clock()
        screens = {visit.handler: visit for visit in self.visits}
        return [
            {
                "visit": ticket, "address": handler.address, "user": handler.user[:64], "key": handler.fingerprint,
                "seconds": round(now - self._began[ticket], 1),
                **_activity(handler, screens.get(handler)),
            }
            for ticket, handler in self._handlers.items()
        ]  # fmt: skip

    def say(self, text: str) -> int:
        """Show a notice on all screens, and return their number."""
        shown = [visit for visit in self.visits if visit.app is not None]
        for visit in shown:
            visit.say(text)
        return len(shown)

    def _session(self, handler: ConnectionHandler) -> SSHSession:
        self.policies_of(handler)[Quotas].renew()
        return SSHSession(handler, self._visit)

    def _visit(self, handler: ConnectionHandler, session: SSHSession, request: SessionRequest) -> Visit:
        """Choose the visit, on a screen or for a command."""
        has_screen = terminal(request.terminal, request.size, request.variables, mono=False).has_screen
        if request.command is None and request.has_pty and has_screen:
            return TerminalVisit(self, handler, session, request)
        return ExecSession(self, handler, session, request)

    # Visits

    def leave(self, visit: OpenVisit) -> None:
        """Count a visit no more, and its garbage."""
        super().leave(visit)
        self._garbage.visit_ended()

    def index_changed(self) -> None:
        """Repeat all open searches, each by itself."""
        for app in self.apps():
            asyncio.get_running_loop().call_soon(app.within, _search_again, app)

    async def keep_time(self) -> None:
        """Check visits and start readers ahead, until cancelled."""
        while True:
            await asyncio.sleep(_CHECK_EVERY)
            loop = asyncio.get_running_loop()
            now = self.clock()
            self.end_changed()
            for visit in self.visits:
                if visit.is_due(now):
                    loop.call_soon(visit.check)  # each by itself, so that a fault in one stops no other
            await self.pool.fill()
            if self._close_unread(now) or self._garbage.is_due(
                len(self.visits), quiet=self.pool.is_quiet, idle=self.pool.is_idle
            ):
                give_back()

    def end_changed(self) -> None:
        """End visits whose groups have changed.

        That is by rules, by a revocation or by the end of a certificate.
        """
        for visit in self.visits:
            if self.groups_of(visit.handler.proof) != visit.groups:
                visit.end(ACCESS)

    def _close_unread(self, now: float) -> bool:
        """Close unread briefings of very much text, if any."""
        read = {app.reader.location.briefing for app in self.apps()}
        heavy = {name for content in self.audiences for name in content.heavy}
        due = self._unread.due(heavy, read, now)
        if due:
            for content in self.audiences:
                content.close(due)
        return bool(due)

    def drain(self, seconds: float) -> None:
        """Announce the end of the kiosk to all visitors."""
        for visit in self.visits:
            visit.drain(seconds)

    def end(self) -> None:
        """End all visits now."""
        for visit in self.visits:
            visit.end(DRAINED)


def _search_again(app: VisitApp) -> None:
    app.reader.searches.library_changed()


def _activity(handler: ConnectionHandler, visit: OpenVisit | None) -> Message:
    """Return a visitor's activity, with the seconds since the last key."""
    if visit is None:
        return {"on": "command" if handler.is_in else "login", "briefing": "", "idle": None}
    app = visit.app
    return {"on": "screen", "briefing": app.reader.location.briefing if app else "", "idle": round(visit.idle.away, 1)}


def _cut(handlers: dict[int, ConnectionHandler], ticket: int, reason: Reason) -> None:
    """End a connection whose visit has not left by itself."""
    if ticket in handlers:
        handlers[ticket].end(reason)
