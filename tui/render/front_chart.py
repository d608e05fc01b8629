"""The figures of the front page, on one axis."""

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from tui.library.records import Entry, Quantity
from tui.library.volume import Volume
from tui.render import words
from tui.render.front_sections import CHARTED, LABEL, MOST, Item, Section, Size, head_block, line_block
from tui.render.page import GAP, INDENT, Block, Columns, Para, Span

if TYPE_CHECKING:
    from tui.evidence.figures import Figure, Kind
    from tui.render.evidence.number_axis import NumberAxis

_SHARE: Final = 0.64
"""The share of the words, left of the axis."""
_BRACKET: Final = 2
_NAMED: Final = 3
"""The most counts that the heading names."""
_WORD: Final = re.compile(r"“[^\d\s”]+(?: [^\d\s”]+)?”")
"""A quoted word of number, such as “hundreds” or “potentially thousands”."""


def figures(volume: Volume, size: Size) -> Section | None:
    """Set the figures of the key question, as rows or a line."""
    entries = key_entries(volume)
    if not any(entry.quantity for entry in entries):
        return None
    # The modules of the chart are imported where there is one.
    from tui.evidence.figures import kinds_in, numbers
    from tui.evidence.number_scale import scale_of
    from tui.render.evidence.chart import bracket, spread_words, voice_words
    from tui.render.evidence.number_axis import NumberAxis

    kind, *others = kinds_in(volume, entries)  # those of another kind have another axis, in the view of figures
    width, target = size.width, "page:evidence:figures"
    left = round(width * _SHARE)
    axis = NumberAxis(scale_of(numbers(figure.quantity for figure in kind.figures)), width - left - GAP)
    is_charted = width >= CHARTED
    columns = Columns((0, 1), 2, lambda _whole: (left, width - left - GAP)) if is_charted else None
    rows = []
    for group in kind.groups:
        for index, figure in enumerate(group.figures):
            entry, quantity, code = figure.entry, figure.quantity, volume.rating(figure.entry)
            sign, is_same = bracket(group, index)
            voice = "the same" if is_same else voice_words(volume, entry)
            spans = [Span(entry.number.ljust(INDENT), "number", f"#{entry.id}"), Span(f"{sign} ", "meta")]
            spans += [Span(code, "rating"), Span("  ")] * bool(code)
            spans += [Span(f"{voice}: "), *_number(quantity)]
            label = Span(group.name, "meta") if index == 0 else None
            row = Para(tuple(spans), label, LABEL, LABEL, further=INDENT + _BRACKET)
            bar = [Para((), plot=partial(_bar, axis, figure))] if is_charted else []
            written = partial(_sentence, volume, figure)
            rows.append(
                Block(f"figure:{entry.id}", (row, *bar), f"#{entry.id}", 0, columns, counts=False, written=written)
            )
    labels = [Para((), plot=lambda _whole: axis.labels())] if is_charted else []
    head = head_block(
        "how-many",
        "HOW MANY",
        target,
        "How many, the least of each count first",
        *labels,
        caution=_caution(kind),
        columns=columns,
    )
    items = [
        Item(group.name, target, fact=f"{spread} {kind.unit}".rstrip())
        for group in kind.groups
        if (spread := spread_words(group))
    ]
    single = line_block("how-many", "HOW MANY", items, target, width=width, written=lambda: ())
    beyond = max(0, len(rows) - MOST) + sum(len(other.figures) for other in others)
    return Section(head, tuple(rows[:MOST]), target, single, beyond, indent=LABEL)


def _number(quantity: Quantity) -> Iterator[Span]:
    """Write a quantity. A mere word of number is not put into figures."""
    from tui.render.evidence.chart import range_of

    said = words.quoted(quantity.words) if quantity.words else ""
    is_word = quantity.min != quantity.max and bool(_WORD.fullmatch(said))
    if not is_word:
        yield Span(range_of(quantity), "strong")
    if said:
        yield Span(said if is_word else f" {said}", "quote")


def _caution(kind: "Kind") -> str:
    """Write the unit, and that several counts are not one."""
    names = [group.name for group in kind.groups]
    named = names if len(names) <= _NAMED else [*names[:_NAMED], "others"]
    told = [f"in {kind.unit}"] * bool(kind.unit)
    told += [f"{', '.join(named[:-1])} and {named[-1]} are not one count"] * (len(names) > 1)
    return "; ".join(told)


def key_entries(volume: Volume) -> list[Entry]:
    """Return the entries of the key question: holders of positions, then evidence."""
    asked = next((one.question for one in volume.pane("questions") if one.question and one.question.key), None)
    if asked is None:
        return []
    named = [name for position in asked.positions for name in position.entries]
    named += [row.entry for row in asked.evidence]
    return [volume.entries[name] for name in dict.fromkeys(named)]


def _bar(axis: "NumberAxis", figure: "Figure", _whole: int) -> tuple[Span, ...]:
    from tui.render.evidence.chart import figure_bar

    return figure_bar(axis, figure)


def _sentence(volume: Volume, figure: "Figure") -> tuple[Para, ...]:
    """Write a figure as sentences."""
    from tui.render.evidence.chart import figure_sentence

    number = Span(figure.entry.number, "number", f"#{figure.entry.id}")
    return (Para((Span(figure_sentence(volume, figure)),), number, INDENT, INDENT),)
