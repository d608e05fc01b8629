"""The pages that belong to no briefing, with their contents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.render.page import Page
from tui.render.signs import Sign
from tui.session.messages import Messages
from tui.session.own_pages import bookmarks_page, help_page, plain_page

if TYPE_CHECKING:
    from tui.session.session import Session


@dataclass
class OwnPages:
    """The contents of the pages of one app."""

    width: Callable[[], int]
    """Returns the cells of the screen."""
    messages: Callable[[], Messages]
    """Returns the last messages."""
    signs: Callable[[], Sequence[Sign]]
    """Returns the signs on the page from which the help was opened."""
    help_more: str = ""
    """A paragraph for the help, such as a kiosk's advice."""
    plain_text: Sequence[Callable[[], str]] = (str,)
    """Writes the text of the plain view, piece by piece."""
    address: str = ""
    """The address of the web that its page shows."""

    def clear(self) -> None:
        """Clear the contents that come from a briefing."""
        self.plain_text, self.address = (str,), ""

    def pages(self) -> dict[str, Callable[["Session"], Page]]:
        """Return a builder for each page by the page's name."""
        return {
            "help": lambda session: help_page(
                session.keymap, self.width(), self.help_more, self.signs(), alone=bool(session.state.setting("zoom"))
            ),
            "bookmarks": bookmarks_page,
            "grammar": _grammar_page,
            "messages": lambda _session: self.messages().page(),
            "plain": lambda session: plain_page(self.plain_text, session.keymap),
            "address": self._address_page,
        }

    def _address_page(self, session: "Session") -> Page:
        from tui.session.address_page import address_page

        return address_page(self.address, session.keymap)


def _grammar_page(session: "Session") -> Page:
    # Imported here, so that the start imports nothing of the search.
    from tui.session.search.pages import grammar_page

    return grammar_page(session.keymap)
