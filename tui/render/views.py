"""The registry of the views of the evidence, and their pages' names.

Keys, pages, JSON, footer and help are made from it.

A view is a row here, a module of `tui.render.evidence` that is called as the view is, and, where something has to be
computed, a module of `tui.evidence`.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from tui.evidence.matrix import Order
    from tui.library.records import Entry
    from tui.library.volume import Volume
    from tui.render.page import Page, Para

PANE: Final = "evidence"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Choice(NamedTuple):
    """A view and its options. A view ignores the options of others."""

    view: str
    """The name of a view; empty for the front page of the pane."""
    part: str = ""
    """A further page of the view: the grid of the claims, or a dispute by its id. Empty for the first."""
    only: str = ""
    """The filter of the claims; empty for none."""
    rows: "Order" = "given"
    columns: "Order" = "given"
    grouped: bool = False
    """Whether the matrix groups sources by origin."""
    listed: bool = False
    """Whether a plot is replaced by a list, which can be read aloud."""
    as_of: str = ""
    """The day, as YYYY-MM-DD, of which the timeline shows the knowledge; empty for all of time."""

    @property
    def page(self) -> str:
        """The name of the page."""
        options = [f"rows={self.rows}"] * (self.rows != "given")
        options += [f"columns={self.columns}"] * (self.columns != "given")
        options += [f"only={self.only}"] * bool(self.only)
        options += ["grouped"] * self.grouped + ["listed"] * self.listed + [f"as-of={self.as_of}"] * bool(self.as_of)
        return "/".join([":".join(filter(None, (PANE, self.view, self.part))), *options])


class ViewModule(Protocol):
    """The functions of a view's module."""

    def page(self, volume: "Volume", choice: Choice) -> "Page":
        """Set the page."""

    def data(self, volume: "Volume") -> object:
        """Return the same as the page for JSON."""

    def fact(self, volume: "Volume") -> str:
        """Count the content in a few words, for the front page."""

    def part_of(self, volume: "Volume", entry: "Entry") -> tuple[str, str]:
        """Return the part and the block of an entry. A view with parts has it; empty for none."""

    def chart(self, volume: "Volume") -> "tuple[Para, ...]":
        """Set the chart of a charted view, for the front page."""


class View(NamedTuple):
    """A view of the Evidence pane."""

    name: str
    """The name in pages, options and JSON, and of the view's module."""
    title: str
    key: str
    """The key that opens the view by default."""
    question: str
    """The question that the view answers, for the front page."""
    has_notes: bool = False
    """Whether the footnotes of the current block stand beside the page."""
    has_entries: bool = False
    """Whether the names of its blocks are the ids of entries."""
    has_parts: bool = False
    """Whether an entry may stand on a further page, which the view's key then opens."""
    was: tuple[str, ...] = ()
    """Former names and titles, which are still understood."""
    part: str = ""
    """The name of a further page, such as the grid; empty for the first page."""
    is_charted: bool = False
    """Whether the front page shows its chart in place of its question."""
    commands: Mapping[str, str] = _NONE
    """The commands that only some views know, each with its word in the footer; an empty word leaves it out."""

    def load(self) -> ViewModule:
        """Import the module of the view."""
        return cast("ViewModule", import_module(f"tui.render.evidence.{self.name}"))

    @property
    def target(self) -> str:
        """The name of its page, as `show --pane` takes it."""
        return Choice(self.name, self.part).page

    @property
    def is_plotted(self) -> bool:
        """Whether the page is a plot that can be listed."""
        return "as-list" in self.commands


VIEWS: Final = (
    View(
        "matrix", "Who stands where", "M", "each claim with its sources for and against, rating and judgment",
        has_notes=True, has_entries=True, was=("Matrix",),
        commands={
            "view-matrix": "grid", "sort-rows": "sort", "sort-columns": "filter", "group": "", "as-list": "list",
        },
    ),
    View(
        "conflicts", "Disputes", "C", "what is disputed, by whom, and what speaks for and against each answer",
        has_parts=True, was=("Conflicts",), commands={"as-list": "list"},
    ),
    View("provenance", "Provenance", "P", "the way down to the primary source, hop by hop", has_notes=True),
    View("traceability", "Traceability", "R", "what each recommendation rests on, and whether it stands"),
    View("spread", "Spread of views", "V", "who holds what, since when and from where", has_notes=True),
    View(
        "timeline", "Timeline", "T", "events, statements and publications; what was known on a day",
        has_notes=True, commands={"left": "day", "right": "", "as-list": "list"},
    ),
    View(
        "judgments", "Judgments", "A", "what we judge, how surely, and on which grounds", commands={"as-list": "list"},
        has_notes=True, was=("assessment", "Assessments"),
    ),
    View(
        "figures", "Figures", "F", "how many, and who says so: every number of one thing on one axis",
        has_notes=True, commands={"as-list": "list"},
    ),
    View(
        "watch", "Watch", "W", "what would change our minds: signs, and the judgments that they would move",
        has_notes=True, commands={"as-list": "list"},
    ),
    View(
        "coverage", "Coverage", "O", "which entries lack a checked quote, a second origin, a rating", is_charted=True
    ),
)  # fmt: skip
"""All views, in the order of the front page."""
PARTS: Final = (
    View(
        "matrix", "Claims and sources", "M", "claims against sources: who supports, contradicts, mentions",
        has_notes=True, has_entries=True, part="grid",
        commands={
            "left": "cell", "right": "", "sort-rows": "sort", "sort-columns": "", "group": "origin", "as-list": "list",
            "view-matrix": "table",
        },
    ),
)  # fmt: skip
"""The second pages of views. The key of the view turns to its second page and back."""
BY_NAME: Final = {view.name: view for view in VIEWS}
FORMER: Final = {name: view for view in VIEWS for name in view.was}
"""The views by their former names."""
SECOND: Final = {view.name: view for view in PARTS}


def choice_of(page: str) -> Choice | None:
    """Parse the name of a page; None outside the Evidence pane."""
    from tui.evidence.matrix import ORDERS

    head, *options = page.split("/")
    pane, _, rest = head.partition(":")
    view, _, part = rest.partition(":")
    known = _view_named(view)
    if pane != PANE or (view and known is None):
        return None
    given: dict[str, str] = {name: value for name, _, value in (option.partition("=") for option in options)}
    orders: dict[str, Order] = dict(zip(ORDERS, ORDERS, strict=True))
    rows, columns = (orders.get(given.get(axis, ""), orders["given"]) for axis in ("rows", "columns"))
    grouped, listed = "grouped" in given, "listed" in given
    name = known.name if known else ""
    return Choice(name, part, given.get("only", ""), rows, columns, grouped, listed, given.get("as-of", ""))


def view_of(page: str) -> View | None:
    """Return the view that a page shows; None for other pages."""
    pane, _, rest = page.partition("/")[0].partition(":")
    name, _, part = rest.partition(":")
    if pane != PANE:
        return None
    second = SECOND.get(name)
    return second if second and second.part == part else _view_named(name)


def _view_named(name: str) -> View | None:
    """Return the view of a present or former name."""
    return BY_NAME.get(name) or FORMER.get(name)


@cache
def views_with(command: str) -> tuple[View, ...]:
    """Return the views of a command that others do not know."""
    return tuple(view for view in (*VIEWS, *PARTS) if command in view.commands)


def key_marker(key: str) -> str:
    """Write a key as the marker of a view."""
    return f"{key} " if len(key) > 2 else key
