"""One action for all waiting keys, such as letters of one packet."""

from collections.abc import Callable

from textual.message_pump import MessagePump


class Lull:
    """Runs an action once, behind the keys that wait."""

    def __init__(self, action: Callable[[], None]) -> None:
        """Prepare an action, which is not requested yet."""
        self._action = action
        self.is_due = False
        """Whether the action is requested."""

    def wait(self, pump: MessagePump) -> None:
        """Request the action behind all waiting keys of a screen or widget."""
        if not self.is_due:
            self.is_due = True
            pump.call_later(self.end)

    def end(self) -> None:
        """Run the action now, if it is requested."""
        if self.is_due:
            self.is_due = False
            self._action()

    def cancel(self) -> None:
        """Cancel the request."""
        self.is_due = False
