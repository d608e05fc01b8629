"""A visit on a screen: the app, its line, and the policies that watch over it."""

import asyncio
from typing import TYPE_CHECKING, Final

from textual import events
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.kiosk.operations.faults import apology
from tui.kiosk.policies.back_pressure import Stalling
from tui.kiosk.policies.idle_timeout import Patience, Warned
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.ssh.access import advice, unknown_name, wish
from tui.kiosk.ssh.reception import Reception
from tui.kiosk.ssh.session import Session, Wanted
from tui.kiosk.terminal.driver import LEAVE
from tui.kiosk.terminal.pacing import Pacing
from tui.kiosk.terminal.terminals import bounded, terminal
from tui.kiosk.visits.visit_app import VisitApp
from tui.kiosk.worker.app_pool import Running
from tui.state.store import Location

if TYPE_CHECKING:
    from tui.kiosk.worker.host import Host
    from tui.state.store import State

_LAST_WORDS: Final = 3.0
"""Seconds for the good-bye to reach the visitor."""
_DEAD: Final = "the reader heard nothing any more"


class ReadingVisit:
    """Serves one visitor with a screen."""

    def __init__(self, host: "Host", reception: Reception, session: Session, wanted: Wanted) -> None:
        """Prepare a visit.

        Args:
            host: what the visits of this process share.
            reception: who came.
            session: the channel.
            wanted: what was asked for.
        """
        self._host = host
        self._reception = reception
        self._channel = session.channel
        self._wish = wish(reception.user)
        self._terminal = terminal(wanted.terminal, wanted.size, wanted.variables, mono=self._wish.mono)
        self._patience = Patience(host.settings, host.clock)
        self._stalling = Stalling(host.settings, host.clock)
        self._amounts = host.amounts_of(reception)
        self._pacing = Pacing(self._amounts, self._give)
        self._is_awake = True
        """Whether anything came or went since the visit was last looked at."""
        self._is_dead = False
        """Whether the reader was dead already when the visit was last looked at; one that leaves is so for a moment."""
        self._came = 0
        """Bytes that had come by then; what is no key is answered too, and the answers may not be taken."""
        self._running: Running | None = None
        self._task: asyncio.Task[None] | None = None
        self._reason: Reason | None = None
        self._briefing = ""
        """The briefing that is open."""
        self._began = 0.0
        """When the shell was asked for; 0 once the first frame was sent."""
        self._pressed = 0.0
        """When the first key came that nothing was painted for yet; 0 for none."""
        self._ending = asyncio.Event()

    # What the session tells

    def start(self) -> None:
        """Begin to serve."""
        self._task = self._host.spawn(self._serve(), self._apologise)

    def came(self, data: bytes) -> None:
        """Give the app the keys that came, as many as are allowed."""
        self._host.pool.busy()
        self._is_awake = True
        self._pacing.came(data)

    def resized(self, width: int, height: int) -> None:
        """Take another size of the window."""
        self._terminal = self._terminal._replace(size=bounded(width, height))
        # A storm of sizes is one size: the last, at the next turn of the loop.
        if self._running and self._amounts.key():
            self._running.app.resize(self._terminal.size)

    def paused(self, *, is_paused: bool) -> None:
        """Hold painting while the channel is full."""
        self._stalling.is_paused = is_paused
        if not is_paused and self._running:
            self._running.app.catch_up()

    def lost(self) -> None:
        """End, since nobody is there any more."""
        self.end(Reason.LOST)

    # What the host tells

    def end(self, reason: Reason) -> None:
        """End the visit; the first reason counts."""
        if self._reason is None:
            self._reason = reason
        self._ending.set()

    def drain(self, seconds: float) -> None:
        """Tell the visitor that the kiosk is about to end."""
        self._patience.drain(seconds)
        self.say(f"This kiosk is about to end: within {round(seconds)} seconds.")

    def say(self, message: str) -> None:
        """Say something in the status line."""
        if self.app:
            self.app.say(message, warns=True)

    @property
    def app(self) -> VisitApp | None:
        """The reader, while it serves."""
        running = self._running
        return running.app if running and not running.task.done() and running.app.screen_stack else None

    def is_to_be_looked_at(self, now: float) -> bool:
        """Tell whether anything may be due: at rest, as most visits are, nothing is but the end of the visitor's time."""
        return self._is_awake or self._amounts.came != self._came or now >= self._patience.due

    def look(self) -> None:
        """Look at the clock and the counts; called every other second where something may be due."""
        unsent = self._unsent()
        self._is_awake = unsent > 0
        self._came = self._amounts.came
        if self._running and self._running.app.is_dead:
            if self._is_dead:
                self.end(Reason.FAULT)
            self._is_dead = self._is_awake = True
        reason = self._patience.look() or self._stalling.look(unsent) or self._amounts.look()
        if reason:
            self.end(reason)
        elif self._patience.warned is Warned.NOW:
            seconds = round(self._host.settings.idle_warning_seconds)
            self.say(f"Are you still there? Any key keeps your visit open; it ends in {seconds} seconds.")
        if self._running:
            size = self._terminal.size
            if self._running.app.line.size != size:
                self._running.app.resize(size)
            if not self._stalling.holds(unsent):
                self._running.app.catch_up()

    # Serving

    async def _serve(self) -> None:
        host = self._host
        began = self._began = host.clock()
        address, user = self._reception.address, self._reception.user
        host.log.write("visit", address=address, user=user[:64], key=self._reception.fingerprint)
        running, fault = await host.pool.take(), ""
        state: State | None = None
        try:
            if self._reason is None:
                state = host.visitors.state(self._reception.fingerprint)
                await host.open(self._wish.briefing)
                self._running = running
                host.enter(self)
                self._connect(running, state)
                await self._until_over(running)
                fault = running.fault
        finally:
            host.leave(self)
            await self._close(running, state)
        self._part(fault or running.app.fault)
        reason = self._reason or Reason.LEFT
        seconds = round(host.clock() - began, 1)
        host.log.write(
            "left",
            address=address,
            reason=reason.word,
            seconds=seconds,
            came=self._amounts.came,
            went=self._amounts.went,
        )

    def _connect(self, running: Running, state: "State | None") -> None:
        app, terminal = running.app, self._terminal
        app.help_more = advice(self._host.settings)
        app.line.send = self._send
        app.line.holds = lambda: self._stalling.holds(self._unsent())
        chosen = state.setting("theme") if state else ""
        theme = "mono" if terminal.depth == "none" else chosen or self._host.settings.theme
        name = self._wish.briefing
        is_known = app.session.open(name) is not None if name else False
        app.receive(state, lambda: app.session.front(name) if is_known else Location(), theme, terminal)
        told = [unknown_name(self._wish, self._host.shared.catalogue) if not is_known else "", self._host.notice]
        if any(told):
            app.say(" · ".join(filter(None, told)))

    async def _until_over(self, running: Running) -> None:
        ending = asyncio.create_task(self._ending.wait())
        await asyncio.wait({ending, running.task}, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()

    async def _close(self, running: Running, state: "State | None") -> None:
        self._pacing.close()
        await running.end()
        self._running = None
        (state or running.app.session.state).close()

    def _part(self, fault: str) -> None:
        """Say good-bye, or what a fault of the reader's is known by."""
        if fault or self._reason is Reason.FAULT:
            self._apologise(self._host.fault(fault or _DEAD))
        else:
            self._say_good_bye((self._reason or Reason.LEFT).line)

    def _apologise(self, reference: str) -> None:
        """Hang up after a fault."""
        self._reason = Reason.FAULT
        self._say_good_bye(apology(reference))

    def _say_good_bye(self, farewell: str) -> None:
        """Give the screen back, say why, and hang up; who takes nothing is not waited for."""
        if not self._channel.is_closing():
            self._send(f"{LEAVE}{farewell}\r\n")
            self._channel.exit(0 if self._reason in {None, Reason.LEFT} else 1)
        # Whom a policy has shown out is not to come in again by the same connection.
        for_good = self._reason not in {None, Reason.LEFT, Reason.LOST}
        seconds = 0 if self._reason is Reason.STALLED else _LAST_WORDS
        self._reception.part(self._channel, seconds, for_good=for_good)

    # Input and output

    def _give(self, event: Message) -> None:
        if not isinstance(event, TerminalSupportsSynchronizedOutput):
            self._patience.moved()
        width, height = self._terminal.size
        if isinstance(event, events.MouseEvent) and not (0 <= event.x < width and 0 <= event.y < height):
            return
        running = self._running
        if running and not running.task.done():
            if isinstance(event, events.Key):
                self._host.metrics.count("briefing_kiosk_keys_total")
                self._pressed = self._pressed or self._host.clock()
            running.app.driver.process_message(event)

    def _send(self, text: str) -> None:
        if not self._channel.is_closing():
            if self._began and self._running and self._running.app.line.has_frame:
                self._host.metrics.observe("briefing_kiosk_start_seconds", self._host.clock() - self._began)
                self._began = 0.0
            self._note_opened()
            if self._pressed:
                self._host.metrics.observe("briefing_kiosk_repaint_seconds", self._host.clock() - self._pressed)
                self._pressed = 0.0
            self._is_awake = True
            data = text.encode("utf-8", "replace")
            self._amounts.go(len(data))
            self._channel.write(data)

    def _note_opened(self) -> None:
        """Tell the host of another briefing than before."""
        before, self._briefing = self._briefing, self.app.reader.location.briefing if self.app else ""
        if self._briefing not in {"", before}:
            self._host.opened(self._briefing)

    def _unsent(self) -> int:
        return int(self._channel.get_write_buffer_size()) + self._reception.connection.unsent()
