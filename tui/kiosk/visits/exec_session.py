"""An exec session, which runs a command and sends the output."""

import asyncio
import re
from collections.abc import Iterable
from itertools import chain
from typing import Final

from tui.briefing.characters import escaped
from tui.kiosk.policies.policy import apology
from tui.kiosk.ssh.connection_handler import ConnectionHandler
from tui.kiosk.ssh.session import SessionRequest, SSHSession
from tui.kiosk.visits.exec_commands import CommandRefused, bounded, run, without_screen
from tui.kiosk.visits.services import VisitServices

_GONE_AFTER: Final = 10.0
"""Seconds for the kernel to send the rest, and for the client to end the session."""
_POLL_EVERY: Final = 0.05
_CHUNK: Final = 32_768


_READING: Final = re.compile(r"(?:show|cite) ([a-z0-9][a-z0-9-]{0,63})(?:[# ]|$)")


def _briefing(command: str, code: int) -> list[str]:
    """Return the id of the shown briefing, if any."""
    match = _READING.match(command)
    return [match[1]] if match and code == 0 else []


class ExecSession:
    """Serves one visitor with text."""

    def __init__(
        self, services: VisitServices, handler: ConnectionHandler, session: SSHSession, request: SessionRequest
    ) -> None:
        """Prepare a visit. The arguments are those of a visit on a screen."""
        self._services = services
        self._handler = handler
        self._channel = session.channel
        self._unsent = session.unsent
        self._request = request
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to serve."""
        self._task = self._services.spawn(self._serve(), self._apologise)

    def received(self, data: bytes) -> None:
        """Ignore input; no command reads any."""

    def resized(self, width: int, height: int) -> None:
        """Ignore the size; text has 80 columns."""

    def paused(self, *, is_paused: bool) -> None:
        """Wait while the channel is full."""
        if is_paused:
            self._has_room.clear()
        else:
            self._has_room.set()

    def lost(self) -> None:
        """Stop."""
        if self._task:
            self._task.cancel()

    async def _serve(self) -> None:
        services, command = self._services, self._request.command
        name = (command or "list").split(" ", 1)[0][:40]
        address = self._handler.address
        code, error = 0, ""
        try:
            async with asyncio.timeout(services.settings.exec_seconds):
                content = services.content_of(services.groups_of(self._handler.proof))
                output = await run(command or "list", content, services.settings.exec_bytes)
                code = output.code
                await self._send(await asyncio.to_thread(self._text, output.lines))
                await self._flush()
        except CommandRefused as refused:
            code, error = 2, f"briefing: {escaped(str(refused))}"
            services.log.write("refused", address=address, request="exec", what=name)
        except TimeoutError:
            code, error = 1, "briefing: this took too long"
            services.log.write("refused", address=address, request="exec", what=name, reason="time")
        else:
            services.log.write("exec", address=address, command=name)
            self._handler.on_event("ran", " ".join([name, *_briefing(command or "", code)]))
        self._hang_up(code, error)

    def _apologise(self, reference: str) -> None:
        self._hang_up(1, f"briefing: {apology(reference)}")

    def _hang_up(self, code: int, error: str) -> None:
        end = "\r\n" if self._request.has_pty else "\n"
        if error and not self._channel.is_closing():
            self._channel.write_stderr(f"{error}{end}".encode())
        if not self._channel.is_closing():
            self._channel.exit(code)
        self._handler.part(self._channel, _GONE_AFTER, for_good=False)

    def _text(self, lines: Iterable[str]) -> bytes:
        """Render the lines of a command as far as the quota allows."""
        request = self._request
        first = without_screen() if request.has_pty and request.command is None else []
        end = "\r\n" if request.has_pty else "\n"
        return bounded(chain(first, lines), self._services.settings.exec_bytes, end).encode("utf-8", "replace")

    async def _send(self, data: bytes) -> None:
        for start in range(0, len(data), _CHUNK):
            await self._has_room.wait()
            if self._channel.is_closing():
                return
            self._channel.write(data[start : start + _CHUNK])
            await asyncio.sleep(0)
        await self._has_room.wait()

    async def _flush(self) -> None:
        """Wait until the kernel has the whole output."""
        while self._unsent() > 0:  # noqa: ASYNC110 - asyncssh has no event
            await asyncio.sleep(_POLL_EVERY)
