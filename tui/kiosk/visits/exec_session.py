"""A visit without a screen: a command is run, its text is sent, and the visitor is bidden good-bye."""

import asyncio
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Final

from tui.briefing.characters import escaped
from tui.kiosk.operations.faults import apology
from tui.kiosk.ssh.reception import Reception
from tui.kiosk.ssh.session import Session, Wanted
from tui.kiosk.visits.exec_commands import Refused, bounded, run, without_screen

if TYPE_CHECKING:
    from tui.kiosk.worker.host import Host

_GONE_AFTER: Final = 10.0
"""Seconds for what the kernel has yet to send, and for the client to end the session, as it does by itself."""
_LOOK_EVERY: Final = 0.05
_PIECE: Final = 32_768


class TellingVisit:
    """Serves one visitor with text."""

    def __init__(self, host: "Host", reception: Reception, session: Session, wanted: Wanted) -> None:
        """Prepare a visit; the arguments are those of a visit on a screen."""
        self._host = host
        self._reception = reception
        self._channel = session.channel
        self._wanted = wanted
        self._room = asyncio.Event()
        self._room.set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to serve."""
        self._task = self._host.spawn(self._serve(), self._apologise)

    def came(self, data: bytes) -> None:
        """Ignore what comes; no command reads."""

    def resized(self, width: int, height: int) -> None:
        """Ignore the size; text has 80 columns."""

    def paused(self, *, is_paused: bool) -> None:
        """Wait while the channel is full."""
        if is_paused:
            self._room.clear()
        else:
            self._room.set()

    def lost(self) -> None:
        """Stop."""
        if self._task:
            self._task.cancel()

    async def _serve(self) -> None:
        host, command = self._host, self._wanted.command
        name = (command or "list").split(" ", 1)[0][:40]
        address = self._reception.address
        code, error = 0, ""
        try:
            async with asyncio.timeout(host.settings.plain_seconds):
                told = await run(command or "list", host.shared, host.settings.plain_bytes)
                code = told.code
                await self._send(await asyncio.to_thread(self._text, told.lines))
                await self._taken()
        except Refused as refused:
            code, error = 2, f"briefing: {escaped(str(refused))}"
            host.log.write("refused", address=address, request="exec", what=name)
        except TimeoutError:
            code, error = 1, "briefing: this took too long"
            host.log.write("refused", address=address, request="exec", what=name, reason="time")
        else:
            host.log.write("told", address=address, command=name)
        self._hang_up(code, error)

    def _apologise(self, reference: str) -> None:
        self._hang_up(1, f"briefing: {apology(reference)}")

    def _hang_up(self, code: int, error: str) -> None:
        end = "\r\n" if self._wanted.has_pty else "\n"
        if error and not self._channel.is_closing():
            self._channel.write_stderr(f"{error}{end}".encode())
        if not self._channel.is_closing():
            self._channel.exit(code)
        self._reception.part(self._channel, _GONE_AFTER, for_good=False)

    def _text(self, lines: Iterable[str]) -> bytes:
        """Write what a command gives, as far as it is allowed."""
        wanted = self._wanted
        first = without_screen() if wanted.has_pty and wanted.command is None else []
        end = "\r\n" if wanted.has_pty else "\n"
        return bounded(chain(first, lines), self._host.settings.plain_bytes, end).encode("utf-8", "replace")

    async def _send(self, data: bytes) -> None:
        for start in range(0, len(data), _PIECE):
            await self._room.wait()
            if self._channel.is_closing():
                return
            self._channel.write(data[start : start + _PIECE])
            await asyncio.sleep(0)
        await self._room.wait()

    async def _taken(self) -> None:
        """Wait until the kernel has everything: what is still here when the visit hangs up, is lost."""
        while self._channel.get_write_buffer_size() + self._reception.connection.unsent() > 0:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(_LOOK_EVERY)
