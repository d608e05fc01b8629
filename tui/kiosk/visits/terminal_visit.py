"""A visit on a screen, with reader, line and policies."""

import asyncio
from typing import Final

from textual import events
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.kiosk.policies.back_pressure import STALLED, BackPressure
from tui.kiosk.policies.idle_timeout import IdleTimeout, Warned
from tui.kiosk.policies.policy import FAULT, LEFT, LOST, Policies, Reason, apology
from tui.kiosk.policies.quotas import Quotas
from tui.kiosk.policies.table import OF_VISIT
from tui.kiosk.ssh.access import advice, unknown_name, wish
from tui.kiosk.ssh.connection_handler import ConnectionHandler
from tui.kiosk.ssh.session import SessionRequest, SSHSession
from tui.kiosk.terminal.driver import LEAVE
from tui.kiosk.terminal.key_pacer import KeyPacer
from tui.kiosk.terminal.terminals import bounded, terminal
from tui.kiosk.visits.app_pool import RunningApp
from tui.kiosk.visits.services import VisitServices
from tui.kiosk.visits.visit_app import VisitApp
from tui.kiosk.visits.visit_meter import VisitMeter
from tui.kiosk.visits.visitors import VisitState
from tui.kiosk.waiting import first_of
from tui.state.records import Location

_GOODBYE_SECONDS: Final = 3.0
"""Seconds for the good-bye to reach the visitor."""
_MOST_EARLY: Final = 100
"""Events that are kept for a reader that is not ready yet; nobody types more while waiting."""
_DEAD: Final = "the reader stopped responding"


class TerminalVisit:
    """Serves one visitor with a screen."""

    def __init__(
        self, services: VisitServices, handler: ConnectionHandler, session: SSHSession, request: SessionRequest
    ) -> None:
        """Prepare a visit.

        Args:
            services: what the visits of this process share.
            handler: the handler of the connection.
            session: the session, which has the channel.
            request: the visitor's requests.
        """
        self._services = services
        self.handler = handler
        self.session = session
        self._channel = session.channel
        self._wish = wish(handler.user)
        self._terminal = terminal(request.terminal, request.size, request.variables, mono=self._wish.mono)
        self._policies = Policies(OF_VISIT, services.settings, services.clock)
        self.idle, self._pressure = self._policies[IdleTimeout], self._policies[BackPressure]
        self._of_connection = services.policies_of(handler)
        self._quotas = self._of_connection[Quotas]
        self._pacer = KeyPacer(self._quotas, self._handle)
        self.is_awake = True
        """Whether anything came or went since the last check."""
        self._is_dead = False
        """Whether the reader was dead at the last check already; one that leaves is so for a moment."""
        self._checked_bytes = 0
        """Bytes that had come at the last check; what is no key is answered too, and nobody may take the answers."""
        self.running: RunningApp | None = None
        self._has_acted = False
        """Whether the visitor has pressed a key or clicked."""
        self._early: list[Message] = []
        """Events that came before the reader was ready."""
        self._task: asyncio.Task[None] | None = None
        self._reason: Reason | None = None
        self._meter = VisitMeter(services, handler.on_event)
        self._ending = asyncio.Event()
        self.groups = services.groups_of(handler.proof)

    # From the session

    def start(self) -> None:
        """Begin to serve."""
        self._task = self._services.spawn(self._serve(), self._apologise)

    def received(self, data: bytes) -> None:
        """Pass keys to the reader, as many as the quotas allow."""
        self._services.pool.busy()
        self.is_awake = True
        self._pacer.feed(data)

    def resized(self, width: int, height: int) -> None:
        """Apply another size of the window."""
        self._terminal = self._terminal._replace(size=bounded(width, height))
        # Of many sizes in one turn of the loop, only the last counts.
        if self.running and self._quotas.take_key():
            self.running.app.resize(self._terminal.size)

    def paused(self, *, is_paused: bool) -> None:
        """Pause painting while the channel is full."""
        self._pressure.is_paused = is_paused
        if not is_paused and self.running:
            self.running.app.catch_up()

    def lost(self) -> None:
        """End, since the visitor is gone."""
        self.end(LOST)

    # From the host

    def end(self, reason: Reason) -> None:
        """End the visit; the first reason counts."""
        if self._reason is None:
            self._reason = reason
        self._ending.set()

    def drain(self, seconds: float) -> None:
        """Announce the end of the kiosk."""
        self.idle.drain(seconds)
        self.say(f"This kiosk is about to end: within {round(seconds)} seconds.")

    def say(self, message: str) -> None:
        """Show a warning in the status line."""
        if self.app:
            self.app.say(message, warns=True)

    def state_changed(self, *, is_late: bool) -> None:
        """Show the visitor's state, which has changed."""
        if self.app:
            self.app.show_state(is_late=is_late)

    @property
    def app(self) -> VisitApp | None:
        """The reader, while it serves."""
        running = self.running
        return running.app if running and not running.task.done() and running.app.screen_stack else None

    def is_due(self, now: float) -> bool:
        """Return whether anything may have to be checked. At rest, nothing but the visit's time has."""
        return self.is_awake or self._quotas.bytes_in != self._checked_bytes or now >= self.idle.due

    def check(self) -> None:
        """Check times and counts, every other second where `is_due`."""
        unsent = self.session.unsent()
        self.is_awake = unsent > 0
        self._checked_bytes = self._quotas.bytes_in
        if self.running and self.running.app.is_dead:
            if self._is_dead:  # a busy process may take its time over one that leaves
                self.end(LEFT if self.running.app.has_left else FAULT)
            self._is_dead = self.is_awake = True
        holds = self._pressure.holds(unsent)
        if reason := self._policies.check() or self._of_connection.check():
            self.end(reason)
        elif self.idle.warned is Warned.NOW:
            seconds = round(self._services.settings.idle_warning_seconds)
            self.say(f"Are you still there? Any key keeps your visit open; it ends in {seconds} seconds.")
        if self.running:
            size = self._terminal.size
            if self.running.app.line.size != size:
                self.running.app.resize(size)
            if not holds:
                self.running.app.catch_up()

    # The course of a visit

    async def _serve(self) -> None:
        services = self._services
        began = self._meter.begin()
        address, user = self.handler.address, self.handler.user
        services.log.write("visit", address=address, user=user[:64], key=self.handler.fingerprint)
        content = services.content_of(self.groups)
        running, fault = await services.take_app(content), ""
        state: VisitState | None = None
        try:
            state = services.visitors.open(self.handler.fingerprint)
            if self._reason is None:
                await state.load(self)
                await services.open(content, self._wish.briefing)
                self.running = running
                services.enter(self)
                self._connect(running, state)
                await first_of(self._ending.wait(), running.task)
                fault = running.fault
        finally:
            services.leave(self)
            self._pacer.close()
            await running.end()
            self.running = None
            if state is not None:
                state.close()
        self._part(fault or running.app.fault)
        services.log.write(
            "left",
            address=address,
            reason=(self._reason or LEFT).word,
            seconds=round(services.clock() - began, 1),
            came=self._quotas.bytes_in,
            went=self._quotas.bytes_out,
        )
        unwritten = await state.until_written()
        if unwritten.number:
            services.log.write("unwritten", changes=unwritten.number, reason=unwritten.reason)

    def _connect(self, running: RunningApp, state: VisitState) -> None:
        app, terminal = running.app, self._terminal
        app.own_pages.help_more = advice(self._services.settings)
        app.line.send = self._send
        app.line.holds = lambda: self._pressure.holds(self.session.unsent())
        usual = self._services.settings.theme
        name = self._wish.briefing
        is_known = bool(name) and (
            app.session.shared.open(name) is not None or app.session.catalogue.is_withdrawn(name)
        )
        state.state.keeps_place = self._has_acted
        app.receive(state.state, lambda: app.session.front(name) if is_known else Location(), usual, terminal)
        unknown = unknown_name(self._wish, app.session.catalogue) if not is_known else ""
        if said := " · ".join(filter(None, (unknown, state.notice, self._services.notice))):
            app.say(said)
        for event in self._early:
            self._handle(event)
        self._early.clear()

    def _part(self, fault: str) -> None:
        """Send the good-bye, or the reference of the reader's fault."""
        if fault or self._reason is FAULT:
            self._apologise(self._services.log_fault(fault or _DEAD))
        else:
            self._hang_up((self._reason or LEFT).line)

    def _apologise(self, reference: str) -> None:
        """Send an apology after a fault."""
        self._reason = FAULT
        self._hang_up(apology(reference))

    def _hang_up(self, farewell: str) -> None:
        """Restore the screen and send a farewell. A visitor who takes nothing is not waited for."""
        if not self._channel.is_closing():
            self._send(f"{LEAVE}{farewell}\r\n")
            self._channel.exit(0 if self._reason in {None, LEFT} else 1)
        # A visitor whose visit a policy has ended must not begin another one on the same connection.
        for_good = self._reason not in {None, LEFT, LOST}
        seconds = 0 if self._reason is STALLED else _GOODBYE_SECONDS
        self.handler.part(self._channel, seconds, for_good=for_good)

    # Input and output

    def _handle(self, event: Message) -> None:
        """Pass an event of the terminal to the reader."""
        if not isinstance(event, TerminalSupportsSynchronizedOutput):
            self.idle.moved()
        if isinstance(event, events.InputEvent | events.Paste):
            self._has_acted = True
            if self.running:
                self.running.app.session.state.keeps_place = True
        width, height = self._terminal.size
        if isinstance(event, events.MouseEvent) and not (0 <= event.x < width and 0 <= event.y < height):
            return
        running = self.running
        if running is None:
            self._early.extend([event] if len(self._early) < _MOST_EARLY else [])
        elif not running.task.done():
            if isinstance(event, events.Key):
                self._meter.key_pressed()
            running.app.driver.process_message(event)

    def _send(self, text: str) -> None:
        if not self._channel.is_closing():
            self._meter.sent(self.app, has_frame=self.running is not None and self.running.app.line.has_frame)
            self.is_awake = True
            data = text.encode("utf-8", "replace")
            self._quotas.send(len(data))
            self._channel.write(data)
