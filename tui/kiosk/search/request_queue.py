"""Who is searched for next: of each visitor the newest question alone waits, and visitors take turns."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from tui.kiosk.search.messages import Message


@dataclass(eq=False)
class Request:
    """A question that waits for its answer."""

    message: Message
    answer: asyncio.Future[Message]

    @property
    def is_wanted(self) -> bool:
        """Whether somebody still waits for the answer."""
        return not self.answer.done()


class Line:
    """Those who wait, in the order in which they came."""

    def __init__(self) -> None:
        """Have nobody wait."""
        self._waiting: OrderedDict[object, Request] = OrderedDict()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, who: object, request: Request) -> None:
        """Let somebody wait with a request; one that he had before is abandoned, and its place in the line kept."""
        before = self._waiting.get(who)
        if before is not None:
            before.answer.cancel()
        self._waiting[who] = request

    def leave(self, who: object, request: Request) -> None:
        """Wait no more with a request, if it is not another by now."""
        if self._waiting.get(who) is request:
            del self._waiting[who]

    def take(self) -> Request | None:
        """Take the request of whoever has waited longest; None where nobody wants anything."""
        while self._waiting:
            _, request = self._waiting.popitem(last=False)
            if request.is_wanted:
                return request
        return None
