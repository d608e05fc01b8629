"""The names of the pages of the Evidence pane: a view, and the options with which it is shown."""

from typing import Final, NamedTuple

from tui.evidence.matrix import ORDERS, Order
from tui.render.views import BY_NAME

PANE: Final = "evidence"


class Choice(NamedTuple):
    """A view and its options. A view ignores the options that it does not know."""

    view: str
    """The name of a view; empty for the front page of the pane."""
    rows: Order = "given"
    columns: Order = "given"
    grouped: bool = False
    """Whether the matrix groups sources by origin."""
    listed: bool = False
    """Whether a plot is replaced by a list, which can be read aloud."""
    as_of: str = ""
    """The day, as YYYY-MM-DD, of which the timeline shows the knowledge; empty for all of time."""

    @property
    def page(self) -> str:
        """The name of the page."""
        options = [f"rows={self.rows}"] * (self.rows != "given") + [f"columns={self.columns}"] * (
            self.columns != "given"
        )
        options += ["grouped"] * self.grouped + ["listed"] * self.listed + [f"as-of={self.as_of}"] * bool(self.as_of)
        return "/".join([f"{PANE}:{self.view}" if self.view else PANE, *options])


def choice_of(page: str) -> Choice | None:
    """Parse the name of a page; None where it is no page of the Evidence pane. Unknown options are ignored."""
    head, *options = page.split("/")
    pane, _, view = head.partition(":")
    if pane != PANE or (view and view not in BY_NAME):
        return None
    choice = Choice(view)
    for option in options:
        name, _, value = option.partition("=")
        order: Order = next((known for known in ORDERS if known == value), "given")
        if name == "rows":
            choice = choice._replace(rows=order)
        elif name == "columns":
            choice = choice._replace(columns=order)
        elif name == "as-of":
            choice = choice._replace(as_of=value)
        elif name == "grouped":
            choice = choice._replace(grouped=True)
        elif name == "listed":
            choice = choice._replace(listed=True)
    return choice
