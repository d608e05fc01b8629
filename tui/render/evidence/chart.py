"""The chart of figures: a row each, on one axis. It is drawn for the cells of its block."""

from collections.abc import Iterator, Sequence
from typing import Final

from tui.evidence.figures import JUDGED, Figure, Group, Kind, numbers, speaker
from tui.evidence.number_scale import Scale, scale_of
from tui.library.records import Entry, Quantity
from tui.library.voices import short_of
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.dates import short
from tui.render.evidence.number_axis import NumberAxis, short_number
from tui.render.page import INDENT, Block, Columns, Para, Plot, Span, apart, half_or

_COLUMNS: Final = Columns((0, 1), 2, half_or(46))
"""The words on the left, the axis on the right."""
_FORMS: Final = words.RangeForms("{}–{}", f"{signs.AT_LEAST.symbol} {{}}", f"{signs.AT_MOST.symbol} {{}}", "no figure")
_SCREENFUL: Final = 14
"""The rows of figures and groups below which the axis is repeated."""
_SPARE: Final = 2
"""Cells that a line keeps free behind a plot."""
_ENDS: Final = 3
"""So many floors or ceilings are not written one by one."""
_BETWEEN, _LAST = tuple(signs.ONE_VOICE.shapes)


def chart_blocks(volume: Volume, kind: Kind) -> Iterator[Block]:
    """Set the groups of a kind, with a row for each figure.

    The axis stands above the first group, and again where it may be out of sight.
    """
    scale = axis_scale(kind)
    below = _SCREENFUL
    for group in kind.groups:
        name = f"group:{kind.thing}/{kind.unit}/{group.name}"
        head = Para((Span(group.name, "heading"), apart(group_words(group))), indent=2)
        if below >= _SCREENFUL:
            labels = Para((), plot=_plot(scale, None), keep=True)
            yield Block(name, (head, labels), counts=False, columns=_COLUMNS)
            below = 0
        else:
            yield Block(name, (head,), counts=False)
        below += 1 + len(group.figures)
        for index, figure in enumerate(group.figures):
            row = Para(_row(volume, group, index), _number(figure), INDENT, INDENT, keep=True)
            bar = Para((), plot=_plot(scale, figure), keep=True)
            yield Block(f"figure:{figure.entry.id}", (row, bar), f"#{figure.entry.id}", space=0, columns=_COLUMNS)


def list_blocks(volume: Volume, kind: Kind) -> Iterator[Block]:
    """Set the same as sentences, without an axis."""
    for group in kind.groups:
        head = Para((Span(group.name, "heading"), apart(group_words(group))), indent=2)
        yield Block(f"group:{kind.thing}/{kind.unit}/{group.name}", (head,), counts=False)
        for figure in group.figures:
            para = Para((Span(figure_sentence(volume, figure)),), _number(figure), INDENT, INDENT)
            yield Block(f"figure:{figure.entry.id}", (para,), f"#{figure.entry.id}", space=0)


def legend(kinds: Sequence[Kind]) -> str:
    """Explain the signs of the charts that their words do not."""
    figures = [(group, place) for kind in kinds for group in kind.groups for place in range(len(group.figures))]
    told = [f"{signs.ONE_VOICE.symbol}{_LAST} one voice"] * any(bracket(*one)[0].strip() for one in figures)
    is_about = any(group.figures[place].is_about for group, place in figures)
    told += [f"{signs.DAY.symbol} a number, {signs.ABOUT.symbol} “about”"] * is_about
    told += [f"{signs.BREAK.symbol * 2} the scale changes"] * any(axis_scale(kind).is_broken for kind in kinds)
    return words.dotted(told)


def axis_scale(kind: Kind) -> Scale:
    """Return the scale for all figures of a kind."""
    return scale_of(numbers(figure.quantity for figure in kind.figures))


def group_words(group: Group) -> str:
    """Write the numbers of a group, and count its figures and voices."""
    if group.name == JUDGED:
        return words.count(len(group.figures), "judgment")
    voices = len({figure.voice for figure in group.numbered if figure.voice})
    told = numbered_words(group)
    if voices and len(group.numbered) > 1:
        told = told.replace("figures", f"figures of {words.count(voices, 'voice')}", 1)
    return words.dotted([*filter(None, [spread_words(group)]), told])


def numbered_words(figures: Group | Kind) -> str:
    """Count the figures with a number, and the others apart."""
    bare = len(figures.figures) - len(figures.numbered)
    told = [words.count(len(figures.numbered), "figure")] * (bare < len(figures.figures))
    return ", ".join(told + [f"{bare} without a number"] * bool(bare))


def spread_words(group: Group) -> str:
    """Write the numbers of a group. Floors and ceilings stand apart from them."""
    ends, ceilings, floors = group.spread
    told = [" to ".join(dict.fromkeys(map(short_number, ends)))] if ends else []
    told += [f"{way} {_either(found)}" for way, found in (("at most", ceilings), ("at least", floors)) if found]
    return "; ".join(told)


def _either(ends: list[float]) -> str:
    """Write some ends; of more than three the least and the greatest."""
    *before, last = map(short_number, ends)
    if len(before) >= _ENDS:
        return f"{before[0]} … {last}"
    return f"{', '.join(before)} or {last}" if before else last


def figure_sentence(volume: Volume, figure: Figure) -> str:
    """Write a figure as sentences, with its speaker and its rating."""
    entry, code = figure.entry, volume.rating(figure.entry)
    who = f"We judge as {_likelihood(entry)}:" if entry.judgment else _voice_on(volume, entry)
    said = f"{who[:1].upper()}{who[1:]} {words.quantity_words(figure.quantity)}."
    behind = _behind(volume, figure)
    return said + (f" T{behind[1:]}." if behind else "") + (f" Rated {code}." if code else "")


def voice_words(volume: Volume, entry: Entry) -> str:
    """Return the short name of a speaker."""
    return short_of(volume, entry.by) if entry.by else "no speaker"


def _voice_on(volume: Volume, entry: Entry) -> str:
    voice = volume.name_of(entry.by) if entry.by else "no speaker"
    return f"{voice}, on" if "," in voice else f"{voice} on"


def range_of(quantity: Quantity) -> str:
    """Write the numbers of a quantity briefly: 200–999, ≥ 100."""
    return words.range_words(quantity.min, quantity.max, _FORMS, short_number)


def _number(figure: Figure) -> Span:
    return Span(figure.entry.number, "number", f"#{figure.entry.id}")


def _row(volume: Volume, group: Group, index: int) -> tuple[Span, ...]:
    """Set the number of a figure, its speaker, and its words."""
    figure = group.figures[index]
    entry, quantity = figure.entry, figure.quantity
    number = range_of(quantity)
    sign, is_same = bracket(group, index)
    spans = [Span(f"{sign} ", "meta", whole="")]
    if entry.judgment:
        spans += [Span(f"{_likelihood(entry)}: ", "strong"), Span(number, "strong")]
    else:
        voice, code = voice_words(volume, entry), volume.rating(entry)
        spans += [Span(code, "rating"), Span("  ", whole=" ")] * bool(code)
        spans += [Span(number, "strong"), Span(" the same" if is_same else f" {voice}", "text", whole=f" {voice}")]
    if quantity.words:
        spans.append(Span(f" {words.quoted(quantity.words)}", "quote"))
    if entry.date:
        spans.append(apart(short(entry.date)))
    return tuple(spans)


def _behind(volume: Volume, figure: Figure) -> str:
    """Return the name of a speaker's voice."""
    known = figure.voice in volume.entities and figure.voice != speaker(figure.entry)
    return f"the voice: {volume.entities[figure.voice].name}" if known else ""


def _likelihood(entry: Entry) -> str:
    return (entry.assess.likelihood if entry.assess else "") or "no likelihood"


def bracket(group: Group, index: int) -> tuple[str, bool]:
    """Return the bracket beside a row, and whether it repeats the speaker."""
    voices = ["", *(figure.voice if group.name != JUDGED else "" for figure in group.figures), ""]
    here = voices[index + 1]
    before, behind = here == voices[index] != "", here == voices[index + 2] != ""
    sign = (_BETWEEN if behind else _LAST) if before else signs.ONE_VOICE.symbol if behind else " "
    return sign, before and speaker(group.figures[index - 1].entry) == speaker(group.figures[index].entry)


def figure_bar(axis: NumberAxis, figure: Figure) -> tuple[Span, ...]:
    """Draw a figure on an axis."""
    return axis.bar(figure.quantity.min, figure.quantity.max, about=figure.is_about)


def _plot(scale: Scale, figure: Figure | None) -> Plot:
    """Return a plot of a figure, or without one of the axis."""

    def drawn(whole: int) -> tuple[Span, ...]:
        if widths := _COLUMNS.widths(whole):  # beside the words
            cells, indent = widths[1] - _SPARE, 0
        else:
            cells, indent = whole - INDENT - _SPARE, INDENT
        axis = NumberAxis(scale, cells)
        spans = figure_bar(axis, figure) if figure else axis.labels()
        return (Span(" " * indent, whole=""), *spans) if indent else spans

    return drawn
