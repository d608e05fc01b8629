"""How the name of a page of the Evidence pane says which view it is and how it is to be shown."""

from typing import Final, NamedTuple

from tui.evidence.matrix import ORDERS, Order
from tui.render.panes import EVIDENCE_VIEWS

PANE: Final = "evidence"
_VIEWS: Final = frozenset(view.name for view in EVIDENCE_VIEWS)


class Choice(NamedTuple):
    """A view and how it is shown; what a view does not know is of no meaning for it."""

    view: str
    """The name of a view; empty for the front page of the pane."""
    rows: Order = "given"
    columns: Order = "given"
    grouped: bool = False
    """Whether sources are grouped by their origins."""
    listed: bool = False
    """Whether it is a list without a plot, to be read aloud."""
    as_of: str = ""
    """The day, as YYYY-MM-DD, whose knowledge the timeline shows; empty for everything."""

    @property
    def page(self) -> str:
        """The name of the page."""
        options = [f"rows={self.rows}"] * (self.rows != "given") + [f"columns={self.columns}"] * (
            self.columns != "given"
        )
        options += ["grouped"] * self.grouped + ["listed"] * self.listed + [f"as-of={self.as_of}"] * bool(self.as_of)
        return "/".join([f"{PANE}:{self.view}" if self.view else PANE, *options])


def choice_of(page: str) -> Choice | None:
    """Read the name of a page; None where it is none of the Evidence pane. An option that is not known is left out."""
    head, *options = page.split("/")
    pane, _, view = head.partition(":")
    if pane != PANE or (view and view not in _VIEWS):
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
