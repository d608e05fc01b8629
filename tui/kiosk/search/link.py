"""One search process as its worker sees it: started, sent questions, heard, and ended."""

import asyncio
import json
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Self

from tui.kiosk.operations.faults import how_ended
from tui.kiosk.operations.memory import memory_kills
from tui.kiosk.operations.processes import module_command
from tui.kiosk.search.messages import LENGTH, Message, TooLongError, framed, length_of

_MODULE: Final = "tui.kiosk.search.process"
_ENDING: Final = 5.0


class GoneError(Exception):
    """The process is no more; the message says why."""


class Link:
    """Leads to a search process that runs."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        heard: Callable[[Message], None],
    ) -> None:
        """Take a process that was started.

        Args:
            process: the process.
            streams: lead to it.
            heard: is told what it tells unasked.
        """
        self.process = process
        self._reader, self._writer = streams
        self._heard = heard
        self._kills = memory_kills()
        self._answers: asyncio.Queue[Message | None] = asyncio.Queue()
        self._hearing = asyncio.create_task(self._hear())

    @classmethod
    async def start(cls, told: Message, heard: Callable[[Message], None]) -> Self:
        """Start a process.

        Raises:
            OSError: it cannot be started.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            process = await asyncio.create_subprocess_exec(
                *(*module_command(_MODULE), str(theirs.fileno())),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                # A traceback could hold what a visitor typed; it tells us where it fell by a message.
                stderr=asyncio.subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        link = cls(process, await asyncio.open_connection(sock=ours), heard)
        link.tell(told)
        return link

    def tell(self, message: Message) -> None:
        """Send what needs no answer."""
        self._writer.write(framed(message))

    async def ask(self, message: Message, seconds: float) -> Message:
        """Send a question and wait for its answer.

        Raises:
            TimeoutError: it did not come in time; this process is of no use any more.
            GoneError: the process is gone.
        """
        self._writer.write(framed(message))
        async with asyncio.timeout(seconds):
            answer = await self._answers.get()
        if answer is None:
            raise GoneError
        return answer

    @property
    def is_over(self) -> bool:
        """Whether nothing comes from it any more."""
        return self._hearing.done()

    def when_over(self, call: Callable[[], None]) -> None:
        """Call something when nothing comes from it any more."""
        self._hearing.add_done_callback(lambda _task: call())

    async def end(self) -> str:
        """End it, by force unless it has ended; give why it did, or that it did not."""
        self._hearing.cancel()
        was_over = self._hearing.done()
        self._writer.close()
        if was_over:  # let it say itself how it ended
            with suppress(TimeoutError):
                async with asyncio.timeout(_ENDING):
                    await self.process.wait()
        with suppress(ProcessLookupError):
            self.process.kill()
        with suppress(TimeoutError):
            async with asyncio.timeout(_ENDING):
                await self.process.wait()
        return how_ended(self.process.returncode, starved=was_over and memory_kills() > self._kills)

    async def _hear(self) -> None:
        """Take what comes until there is no more, or it makes no sense."""
        try:
            while True:
                length = length_of(await self._reader.readexactly(LENGTH.size))
                message = json.loads(await self._reader.readexactly(length))
                if "tell" in message:
                    self._heard(message)
                else:
                    self._answers.put_nowait(message)
        except (EOFError, OSError, TooLongError, ValueError, LookupError, TypeError):
            return
        finally:
            self._answers.put_nowait(None)
