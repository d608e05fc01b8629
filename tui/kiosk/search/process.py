"""The search process of one worker: it answers one question after another, and keeps the index up to date meanwhile.

Run as ``python -m tui.kiosk.search.process DESCRIPTOR``, the descriptor being its end of the pair of sockets. It ends
when the other end is closed, as it is when the worker dies. Nothing of what visitors ask is written anywhere.
"""

import os
import queue
import resource
import socket
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tui.kiosk.search.service import Service

_NICE: Final = 10
"""How far behind those who paint it stands: where both want the processor, it gets about a tenth of it."""
_ENDING: Final = 2.0
"""Seconds in which what goes on may end by itself; the kernel has the rest."""


class Ending:
    """Tells the worker of a fault, where it was and of which kind; a message may hold what a visitor typed."""

    def __init__(self, end: socket.socket) -> None:
        """Tell over a socket."""
        self._end = end

    def fell(self, kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None) -> None:
        """Tell of a fault."""
        from tui.kiosk.search.messages import framed

        where = ""
        while trace is not None:
            where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
            trace = trace.tb_next
        try:
            self._end.sendall(framed({"tell": "fault", "kind": kind.__name__, "where": where}))
        except OSError:
            return

    def fell_in_thread(self, fault: threading.ExceptHookArgs) -> None:
        """Tell of a fault in a thread, and end: without it, nothing is answered any more."""
        if not isinstance(fault.exc_value, BrokenPipeError | ConnectionResetError):
            self.fell(fault.exc_type, fault.exc_value, fault.exc_traceback)
        os._exit(1)


def serve(end: socket.socket) -> None:
    """Answer until the other end is closed."""
    from tui.kiosk.search.service import Service, received

    told = received(end)
    if told is None:
        return
    service = Service(end, told)
    questions: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    threads = [
        threading.Thread(target=_answer, args=(service, questions), daemon=True),
        threading.Thread(target=service.keep_up, daemon=True),
    ]
    for thread in threads:
        thread.start()
    # This thread does nothing but hear, so that an end is heard whatever goes on.
    while (message := received(end)) is not None:
        if message["do"] == "refresh":
            service.refresh()
        elif message["do"] == "change":
            service.change(message)
        else:
            questions.put(message)
    questions.put(None)
    service.end()
    for thread in threads:
        thread.join(_ENDING)
        if thread.is_alive():
            os._exit(0)


def _answer(service: "Service", questions: "queue.SimpleQueue[dict[str, Any] | None]") -> None:
    while (message := questions.get()) is not None:
        service.answer(message)


def main() -> None:
    """Run the process, behind those who paint; in the worker's session, since the kernel may weigh sessions first."""
    with suppress(OSError):  # a sandbox may forbid it; then it has its fair share and no more
        os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    end = socket.socket(fileno=int(sys.argv[1]))
    ending = Ending(end)
    sys.excepthook = ending.fell
    threading.excepthook = ending.fell_in_thread
    serve(end)


if __name__ == "__main__":
    main()
