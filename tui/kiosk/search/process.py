"""The search process of one worker, which also updates the index.

Run as ``python -m tui.kiosk.search.process DESCRIPTOR``, with its end of the channel. The process ends when the other
end is closed, as after the worker's death. No part of a visitor's query is written anywhere.
"""

import os
import resource
import socket
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import Final

from tui.kiosk.ipc import BlockingChannel

_NICE: Final = 10
"""The process's niceness; beside the painting workers it gets about a tenth of a busy processor."""
_END_SECONDS: Final = 2.0
"""For the current work at the end."""


class FaultReport:
    """Reports a fault to the worker by its kind and position. Its message may hold a visitor's words."""

    def __init__(self, channel: BlockingChannel) -> None:
        """Report over a channel."""
        self._channel = channel

    def report(self, kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None) -> None:
        """Report a fault, as `sys.excepthook` does."""
        where = ""
        while trace is not None:
            where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
            trace = trace.tb_next
        with suppress(OSError):
            self._channel.send({"event": "fault", "kind": kind.__name__, "where": where})

    def report_in_thread(self, fault: threading.ExceptHookArgs) -> None:
        """Report a fault and end the process."""
        if not isinstance(fault.exc_value, BrokenPipeError | ConnectionResetError):
            self.report(fault.exc_type, fault.exc_value, fault.exc_traceback)
        os._exit(1)


def serve(channel: BlockingChannel) -> None:
    """Answer until the other end is closed."""
    # Imported here, so that a fault of the import is reported.
    from tui.kiosk.search.responder import Responder
    from tui.session.process import collect_rarely, take_short_turns

    hello = channel.receive()
    if hello is None:
        return
    responder = Responder(channel, hello)
    take_short_turns()
    collect_rarely()
    channel.send({"event": "ready"})
    threads = [threading.Thread(target=work, daemon=True) for work in (responder.answer_all, responder.keep_up)]
    for thread in threads:
        thread.start()
    # This thread only listens, so that the end of the channel is noticed during any work.
    while (message := channel.receive()) is not None:
        responder.receive(message)
    responder.end()
    for thread in threads:
        thread.join(_END_SECONDS)
        if thread.is_alive():
            os._exit(0)


def main() -> None:
    """Run the process with low priority, in the worker's session."""
    with suppress(OSError):  # a sandbox may forbid a lower priority
        os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    channel = BlockingChannel(socket.socket(fileno=int(sys.argv[1])))
    faults = FaultReport(channel)
    sys.excepthook = faults.report
    threading.excepthook = faults.report_in_thread
    serve(channel)


if __name__ == "__main__":
    main()
