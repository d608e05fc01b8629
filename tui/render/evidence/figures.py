"""The view of figures: every quantity of one kind on one axis."""

from collections.abc import Iterator
from typing import Final

from tui.evidence.figures import JUDGED, Group, Kind, kinds_of
from tui.library.volume import Volume
from tui.render import words
from tui.render.evidence.chart import chart_blocks, legend, list_blocks, numbered_words
from tui.render.page import MEASURE, Block, Page, Para, Span, apart, empty, line
from tui.render.views import Choice

_MEASURE: Final = 160
"""The widest page: more cells lengthen the axis and the words."""


def page(volume: Volume, choice: Choice) -> Page:
    """Set the page, a chart a kind."""
    kinds = volume.derived(kinds_of)
    if not kinds:
        return empty("Figures", "No entry here has a number.")
    asked = [line("How many, and who says so?", "meta")]
    asked += [line(told, "muted") for told in [legend(kinds)] if told and not choice.listed]
    blocks = [Block("question", tuple(asked), counts=False)]
    for kind in kinds:
        blocks.append(_head(kind)._replace(space=0 if kind is kinds[0] else 2))
        blocks += list_blocks(volume, kind) if choice.listed else _tight(chart_blocks(volume, kind))
    besides = [block.id for block in blocks if not block.counts]
    measure = MEASURE if choice.listed else _MEASURE
    return Page("Figures", [block.id for block in blocks], blocks.__getitem__, measure=measure, besides=besides)


def data(volume: Volume) -> object:
    """Return the figures by kind and group."""
    return [
        {"of": kind.thing, "unit": kind.unit, "groups": [_group_data(group) for group in kind.groups]}
        for kind in volume.derived(kinds_of)
    ]


def fact(volume: Volume) -> str:
    """Count the figures of the most frequent kind, and the others."""
    kinds = volume.derived(kinds_of)
    if not kinds:
        return words.count(0, "figure")
    first = f"{words.count(len(kinds[0].figures), 'figure')} of {kinds[0].thing}"
    others = sum(len(kind.figures) for kind in kinds[1:])
    return first + (f", {others} of other things" if others else "")


def _group_data(group: Group) -> dict[str, object]:
    figures = [
        {"entry": figure.entry.id, "voice": figure.voice, **figure.quantity._asdict()} for figure in group.figures
    ]
    return {"name": group.name, "figures": figures}


def _head(kind: Kind) -> Block:
    """Set the name of a kind, with the number of its counts."""
    unit = f", in {kind.unit}" if kind.unit else ""
    name = f"{kind.thing[:1].upper()}{kind.thing[1:]}{unit}"
    counts = sum(group.name != JUDGED for group in kind.groups)
    told = numbered_words(kind) + (f"; {counts} different counts" if counts > 1 else "")
    title = Para((Span(name, "heading"), *([apart(told)] if len(kind.groups) > 1 else [])))
    return Block(f"kind:{kind.thing}/{kind.unit}", (title,), counts=False)


def _tight(blocks: Iterator[Block]) -> Iterator[Block]:
    """Take the empty lines out of a chart."""
    return (block._replace(space=0) for block in blocks)
