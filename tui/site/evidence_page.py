"""The page of the evidence, with all its views."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tui.evidence.disputes import disputes_of
from tui.evidence.figures import kinds_of, numbers
from tui.evidence.number_scale import scale_of
from tui.evidence.timeline import Timeline, window
from tui.library.records import Entry
from tui.library.volume import Volume, brief
from tui.render.evidence.disputes import summary_block
from tui.render.page import Block, Page, linear
from tui.render.pages import page_of
from tui.render.views import VIEWS, Choice, View
from tui.site import charts, frame
from tui.site.addresses import EVIDENCE, view_anchor
from tui.site.blocks import Setter
from tui.site.elements import Element, Node, element
from tui.site.standing_table import standing_table


def evidence_page(volume: Volume, *, is_listed: bool = True) -> Element:
    """Set the page of all views."""
    setter = Setter(volume, EVIDENCE)
    ways = (element("li", {}, element("a", {"href": f"#{view_anchor(view.name)}"}, view.title)) for view in VIEWS)
    return frame.briefing_page(
        volume,
        setter.addresses,
        "Evidence",
        "evidence",
        element("h1", {}, "Evidence"),
        element("nav", {"aria-label": "Views"}, element("ul", {"class": "panes"}, *ways)),
        *(_view(setter, view) for view in VIEWS),
        is_listed=is_listed,
    )


def _view(setter: Setter, view: View) -> Element:
    anchor = view_anchor(view.name)
    title = element("h2", {"id": f"{anchor}:title"}, view.title)
    fact = element("p", {"class": "meta"}, f"{view.question[:1].upper()}{view.question[1:]}. {_fact(setter, view)}")
    content = _FORMS.get(view.name, _plain)(setter, view)
    attributes = {"class": f"pane view {view.name}", "id": anchor, "aria-labelledby": f"{anchor}:title"}
    return element("section", attributes, title, fact, *content)


def _fact(setter: Setter, view: View) -> str:
    fact = view.load().fact(setter.volume)
    return f"{fact[:1].upper()}{fact[1:]}."


def _listed(setter: Setter, view: View) -> Page | None:
    return page_of(setter.volume, Choice(view.name, listed=view.is_plotted).page)


def _plain(setter: Setter, view: View) -> Iterator[Node]:
    page = _listed(setter, view)
    if page is not None:
        yield from setter.page(page)


def _matrix(setter: Setter, view: View) -> Iterator[Node]:
    """Yield the table of standings."""
    if setter.volume.pane("claims"):
        yield standing_table(setter)
    else:
        yield from _plain(setter, view)


def _disputes(setter: Setter, view: View) -> Iterator[Node]:
    """Yield the list of disputes, each dispute, and the other pairs."""
    disputes, groups = setter.volume.derived(disputes_of)
    if not disputes:
        yield from _plain(setter, view)
        return
    titles: dict[str, tuple[Node, ...]] = {one.question.id: _title(one.question) for one in disputes}
    titles |= {group[0].one.id: ("Pairs in conflict",) for group in groups}
    for one in disputes:
        block = linear(summary_block(one))
        whole = element("a", {"href": setter.addresses.of(block.target)}, f"All of {one.question.number}")
        yield element("div", {"class": "block"}, *setter.flow(block.paras), element("p", {"class": "meta"}, whole))
    for part, title in titles.items():
        heading = element("h3", {"id": view_anchor(view.name, part), "dir": "auto"}, *title)
        page = page_of(setter.volume, Choice(view.name, part).page)
        yield element("section", {"class": "dispute"}, heading, *(setter.page(page) if page else ()))


def _title(entry: Entry) -> tuple[Node, ...]:
    return entry.number, " ", brief(entry)


def _figures(setter: Setter, view: View) -> Iterator[Node]:
    """Yield the figures, each with a bar on an axis."""
    drawn: dict[str, Element] = {}
    for number, kind in enumerate(setter.volume.derived(kinds_of)):
        scale = scale_of(numbers(figure.quantity for figure in kind.figures))
        axis = view_anchor(view.name, f"axis-{number}")
        drawn[f"kind:{kind.thing}/{kind.unit}"] = charts.labels(charts.number_marks(scale), axis)
        for figure in kind.figures:
            stretch = charts.number_range(scale, figure.quantity, is_about=figure.is_about)
            drawn[f"figure:{figure.entry.id}"] = charts.bar(stretch, charts.ticks_of(axis))
    yield from _drawn(setter, view, drawn)


def _timeline(setter: Setter, view: View) -> Iterator[Node]:
    """Yield the dated items, each with its days on one axis."""
    items = setter.volume.derived(Timeline).items
    if not items:
        yield from _plain(setter, view)
        return
    begin, end = window(items)
    marks = charts.year_marks(begin, end)
    axes = {kind: view_anchor(view.name, kind) for kind in ("event", "statement", "publication")}
    drawn = {kind: charts.labels(marks, axis) for kind, axis in axes.items()}
    for one in items:
        stretch = charts.days(begin, end, one.period)
        drawn[f"{one.kind}:{one.thing.id}"] = charts.bar(stretch, charts.ticks_of(axes[one.kind]))
    yield from _drawn(setter, view, drawn)


def _drawn(setter: Setter, view: View, drawn: Mapping[str, Element]) -> Iterator[Node]:
    """Yield the blocks of a view, each with its drawing."""
    page = _listed(setter, view)
    for index in range(len(page) if page else 0):
        block: Block = linear(page.block(index)) if page else Block("", ())
        kind = "block plotted" if block.id in drawn else "block"
        chart = drawn.get(block.id)
        yield element(
            "div",
            {"class": kind if block.counts else f"{kind} head"},
            element("div", {}, *setter.flow(block.paras)),
            chart,
        )


_FORMS: Final[Mapping[str, Callable[[Setter, View], Iterator[Node]]]] = {
    "matrix": _matrix,
    "conflicts": _disputes,
    "figures": _figures,
    "timeline": _timeline,
}
"""The views that have a form of their own."""
