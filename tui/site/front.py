"""The sections of a briefing's front page, in the reader's order."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from tui.briefing.scales import likelihood_range
from tui.evidence.figures import kinds_in, numbers
from tui.evidence.number_scale import scale_of
from tui.render.front_chart import key_entries
from tui.render.overview import overview_page
from tui.render.page import Block, Fold, Para, Span
from tui.site import charts
from tui.site.addresses import view_anchor
from tui.site.blocks import Setter
from tui.site.elements import Element, Node, element

_LIKELIHOODS: Final = (0.0, 0.5, 1.0)
"""The ticks of a likelihood."""
_SENTENCED: Final = frozenset({"coverage", "on", "credit"})
"""Blocks that the page has in another form, or not at all."""


def front_sections(setter: Setter) -> Iterator[Element]:
    """Set the sections of the front page."""
    page = overview_page(setter.volume)
    blocks = [page.block(index) for index in range(len(page))]
    for name, group in groupby(_in_sections(blocks), lambda pair: pair[0]):
        yield from _section(setter, name, [block for _, block in group])


def _in_sections(blocks: list[Block]) -> Iterator[tuple[str, Block]]:
    """Yield the blocks, each with the name of its section."""
    name = ""
    for block in blocks:
        is_row = block.id.partition(":")[0] in {"judged", "figure", "dispute", "conflict", "claim"}
        is_row |= block.id.endswith(":more")
        name = name if is_row else block.id
        if name not in _SENTENCED:
            yield name, block


def _section(setter: Setter, name: str, blocks: list[Block]) -> Iterator[Element]:
    head, *rows = blocks
    if name == "bluf":
        yield _labelled("IN SHORT", *(setter.para(para._replace(marker=None)) for para in head.paras), kind="bluf")
    elif name in {"note", "revisions"}:
        title, *others = head.paras
        yield _labelled(title.text.upper(), *setter.flow(others))
    elif name == "front:judged":
        lines = (_judged(setter, row) for row in rows if row.id.startswith("judged:"))
        yield _labelled(
            "WE JUDGE",
            element("ol", {"class": "judged"}, *lines),
            _more(setter, rows),
            to=head.target,
            setter=setter,
        )
    elif name == "front:how-many" and rows:
        yield _figures(setter, head, rows)
    elif rows:
        items = (_row(setter, row) for row in rows if not row.id.endswith(":more"))
        label = head.paras[0].spans[0].text
        yield _labelled(
            label, element("ul", {"class": "rows"}, *items), _more(setter, rows), to=head.target, setter=setter
        )
    else:
        yield _line(setter, head)


def _labelled(label: str, *content: Node, kind: str = "", to: str = "", setter: Setter | None = None) -> Element:
    """Set a section behind its label, which leads to all of it."""
    address = setter.address(to) if setter and to else ""
    title = element("a", {"href": address}, label) if address else label
    return element(
        "section", {"class": f"front {kind}".strip()}, element("h2", {}, title), element("div", {}, *content)
    )


def _more(setter: Setter, rows: list[Block]) -> Node:
    """Set the line that counts the rows which are not here."""
    more = next((row for row in rows if row.id.endswith(":more")), None)
    return setter.para(more.paras[0]) if more else None


def _judged(setter: Setter, row: Block) -> Element:
    """Set a judgment: the likelihood before the proposition, the confidence apart."""
    likely, sure, proposition = row.paras
    volume, name = setter.volume, row.id.partition(":")[2]
    assess = volume.entries[name].assess
    ends = likelihood_range(volume.edition.scale, assess.likelihood) if assess else None
    spans = [span._replace(text=span.text.strip()) for span in likely.spans]
    confidence = sure.text if not sure.text or "confidence" in sure.text else f"{sure.text} confidence"
    return element(
        "li",
        {},
        setter.marker(likely),
        element("span", {"class": "likelihood"}, *setter.inline(spans[:1])),
        element("span", {"class": "percent"}, *setter.inline(spans[1:2])) if ends else None,
        charts.bar(charts.Range(ends[0] / 100, ends[1] / 100), *charts.ticks(_LIKELIHOODS)) if ends else None,
        element("span", {"class": "proposition", "dir": "auto"}, *setter.inline(proposition.spans)),
        element("span", {"class": "confidence"}, confidence) if confidence else None,
    )


def _figures(setter: Setter, head: Block, rows: list[Block]) -> Element:
    """Set the figures of the key question on one axis."""
    volume = setter.volume
    kind = kinds_in(volume, key_entries(volume))[0]
    scale = scale_of(numbers(figure.quantity for figure in kind.figures))
    axis = view_anchor("axis")
    known = {figure.entry.id: figure for figure in kind.figures}
    items = []
    for row in rows:
        name = row.id.partition(":")[2]
        if row.id.startswith("figure:") and name in known:
            figure = known[name]
            stretch = charts.number_range(scale, figure.quantity, is_about=figure.is_about)
            drawn = charts.bar(stretch, charts.ticks_of(axis))
            items.append(element("li", {}, *_figure_words(setter, row), drawn))
    caution = [span for span in head.paras[0].spans[1:] if span.text.strip()]
    return _labelled(
        "HOW MANY",
        element("p", {"class": "meta"}, *setter.inline(caution)) if caution else None,
        element("div", {"class": "axis"}, charts.labels(charts.number_marks(scale), axis)),
        element("ul", {"class": "figures"}, *items),
        _more(setter, rows),
        kind="how-many",
        to=head.target,
        setter=setter,
    )


def _figure_words(setter: Setter, row: Block) -> tuple[Node, ...]:
    para = row.paras[0]
    label = para.marker.text if para.marker else ""
    number, bracket, *spans = (span._replace(text=span.text if span.text.strip() else " ") for span in para.spans)
    number = number._replace(text=number.text.strip())
    said = setter.inline([number, Span(" "), *([bracket] if bracket.text.strip() else []), *spans])
    return (element("span", {"class": "group"}, label), element("span", {"class": "words", "dir": "auto"}, *said))


def _row(setter: Setter, row: Block) -> Element:
    """Set a row of a section, such as a dispute."""
    parts = []
    for para in row.paras:
        spans = [span for span in para.spans if span.text.strip()]
        spans = [part for span in spans for part in (span, Span(" "))][:-1]
        parts.append(element("p", {"dir": "auto"}, *_number(setter, para), *setter.inline(spans)))
    return element("li", {}, *parts)


def _number(setter: Setter, para: Para) -> tuple[Node, ...]:
    marker = setter.marker(para)
    return (marker, " ") if marker else ()


def _line(setter: Setter, block: Block) -> Element:
    """Set a section of one line as a list of its items."""
    para, *facts = block.paras
    label = para.marker.text if para.marker else para.spans[0].text if para.spans else ""
    items = (element("li", {}, *setter.inline(spans)) for spans in _items(para))
    more = para.fold.beyond if para.fold else 0
    address = setter.address(block.target)
    further = element("li", {}, element("a", {"href": address}, f"and {more:,} more")) if more and address else None
    return _labelled(
        label,
        element("ul", {"class": "line"}, *items, further),
        *(setter.para(fact) for fact in facts),
        to=block.target,
        setter=setter,
    )


def _items(para: Para) -> Iterator[list[Span]]:
    """Yield the spans of each item of a line."""
    fold = para.fold or Fold((len(para.text),), "")
    ends, at, item = list(fold.ends), 0, list[Span]()
    for span in para.spans:
        at += len(span.text)
        if span.text.strip():
            item.append(span)
        if ends and at >= ends[0]:
            yield item
            item = []
            ends.pop(0)
