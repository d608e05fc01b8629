"""The tries of a visitor to log in, and the delayed answers."""

import asyncio
from collections.abc import Callable

from tui.kiosk.policies.failed_logins import PASSWORD

OnEvent = Callable[..., None]
"""Is called with an event of a connection, and with its detail if it has one.

`greeted` (the client has sent something), `keys-exchanged`, `login-failed` (with the method), `login-answered` (a wrong
password), `logged-in`, `session` (another session), `exec` (a session that runs a command), `probed` (closed after the banner)
and, last, `closed`.
"""


class LoginTries:
    """Reports failed logins. Answers to wrong passwords wait."""

    def __init__(self, on_event: OnEvent, *, counts_passwords: bool) -> None:
        """Start without a try; `counts_passwords` reports wrong passwords one by one."""
        self._on_event = on_event
        self._counts_passwords = counts_passwords
        self._methods: set[str] = set()
        """The methods of tries that have not been reported as failed."""
        self._delay: asyncio.Future[float] | None = None
        self.answered = asyncio.Event()
        """Set unless the answer to a wrong password waits."""
        self.answered.set()

    def record(self, method: str) -> None:
        """Record the method of a try."""
        if method != "none" and not (method == PASSWORD and self._counts_passwords):
            self._methods.add(method)

    def report(self) -> None:
        """Report the recorded methods as failed."""
        for method in sorted(self._methods):
            self._on_event("login-failed", method)

    def delay(self, seconds: float) -> None:
        """Delay the answer to a wrong password, as the parent decides."""
        if self._delay and not self._delay.done():
            self._delay.set_result(seconds)

    async def delay_answer(self) -> None:
        """Report a wrong password, and wait for the parent's delay."""
        self._delay = asyncio.get_running_loop().create_future()
        self.answered.clear()
        self._on_event("login-failed", PASSWORD)
        try:
            await asyncio.sleep(await self._delay)
        finally:
            self.answered.set()
            self._on_event("login-answered")
