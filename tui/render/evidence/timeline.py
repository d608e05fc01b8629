"""The view of the timeline: all dates on one axis."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from tui.briefing import edtf
from tui.evidence.timeline import Item, Kind, Known, Timeline, window
from tui.library.records import Entry
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.dates import day_words, short
from tui.render.evidence.axis import BEFORE, BEHIND, DAY, VAGUE, Axis, short_day
from tui.render.evidence.bars import FILLED
from tui.render.links import brief_span
from tui.render.page import GAP, INDENT, MEASURE, Block, Columns, Page, Para, Role, Span, apart, empty, half_or, line
from tui.render.views import Choice

_AXIS: Final = 22
"""The fewest cells of the axis."""
_BESIDE: Final = 19
"""Cells for the date beside the axis, and the gap between."""
_MEASURE: Final = 160
"""The widest page: more cells lengthen the axis and the text."""
_COLUMNS: Final = Columns((0, 1), 2, half_or(_AXIS + _BESIDE))
TITLES: Final[dict[Kind, str]] = {"event": "Events", "statement": "Statements", "publication": "Publications"}
KNOWN: Final[dict[Known, tuple[str, str]]] = {
    "known": (signs.KNOWN.symbol, "known"),
    "perhaps": (signs.PERHAPS.symbol, "perhaps known"),
    "not-yet": (signs.NOT_YET.symbol, "not yet known"),
    "undated": (signs.UNDATED.symbol, "of unknown publication"),
}


def day_of(text: str) -> int | None:
    """Parse a day (YYYY-MM-DD) to its ordinal; None for other text."""
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def page(volume: Volume, choice: Choice) -> Page:
    """Set the timeline as of a day, or of all time."""
    timeline = volume.derived(Timeline)
    if not timeline.items:
        return empty("Timeline", "Nothing here has a date.")
    return _Setter(volume, timeline, day_of(choice.as_of), listed=choice.listed).page()


def data(volume: Volume) -> object:
    """Return the dated entries and sources."""
    return [
        {"kind": item.kind, "date": item.date, ("entry" if isinstance(item.thing, Entry) else "source"): item.thing.id}
        for item in volume.derived(Timeline).items
    ]


def fact(volume: Volume) -> str:
    """Count the dated items."""
    return words.count(len(volume.derived(Timeline).items), "dated item")


class _Setter:
    """Sets the items of a timeline."""

    def __init__(self, volume: Volume, timeline: Timeline, day: int | None, *, listed: bool) -> None:
        self._volume = volume
        self._timeline = timeline
        self._day = day
        self._listed = listed
        self._begin, self._end = window(timeline.items)

    def page(self) -> Page:
        rows: list[Item | Kind] = []
        for item in self._timeline.items:
            if item.kind not in rows:
                rows.append(item.kind)
            rows.append(item)
        names = [row if isinstance(row, str) else f"{row.kind}:{row.thing.id}" for row in rows]

        def build(index: int) -> Block:
            if index == 0:
                return self._top()
            row = rows[index - 1]
            return self._heading(row) if isinstance(row, str) else self._item(row)

        title = "Timeline" if self._day is None else f"Timeline as of {short_day(self._day)}"
        besides = ("as-of", *(row for row in rows if isinstance(row, str)))
        return Page(title, ["as-of", *names], build, measure=MEASURE if self._listed else _MEASURE, besides=besides)

    def _top(self) -> Block:
        slider = None if self._listed else lambda whole: (*self._axis(whole).slider(), Span("  "))
        paras = [Para(tuple(self._as_of_spans()), plot=slider)]
        if self._day is None:
            entries, sources = self._timeline.undated
            said = f"No date: {words.count(entries, 'entry', 'entries')}, {words.count(sources, 'source')}."
            paras.append(line(said, "meta"))
        else:
            counts = dict.fromkeys(KNOWN, 0)
            for item in self._timeline.items:
                counts[self._timeline.known(item, self._day)] += 1
            told = [f"{KNOWN[state][0]} {counts[state]} {KNOWN[state][1]}" for state in KNOWN if counts[state]]
            paras.append(line(words.dotted(told), "meta"))
        if not self._listed:
            legend = (
                f"{DAY} a day · {FILLED * 2} from – to · {VAGUE * 2} not known more exactly · {BEFORE} {BEHIND} beyond"
            )
            paras.append(line(legend, "muted"))
        return Block("as-of", tuple(paras))

    def _as_of_spans(self) -> Iterator[Span]:
        if self._day is None:
            yield Span("All of it", "strong")
            yield Span(", whenever it became known", "meta")
            yield from _turns("earlier")
        else:
            yield Span(f"As of {day_words(self._day)}", "strong")
            yield from _turns("earlier", "later")

    def _heading(self, kind: Kind) -> Block:
        number = sum(item.kind == kind for item in self._timeline.items)
        title = Para((Span(TITLES[kind], "heading"), apart(f"{number}")))
        if self._listed:
            return Block(kind, (title,))
        return Block(kind, (title, Para((), plot=lambda whole: self._axis(whole).years(), keep=True)))

    def _item(self, item: Item) -> Block:
        thing = item.thing
        entry = isinstance(thing, Entry)
        number = Span(thing.number if isinstance(thing, Entry) else str(thing.number), "number" if entry else "note")
        state = self._timeline.known(item, self._day) if self._day is not None else None
        named = brief_span(thing, 200) if isinstance(thing, Entry) else Span(_source_words(thing.label, thing.title))
        name = f"{item.kind}:{thing.id}"
        if self._listed:
            said = f"{edtf.in_words(item.date)}: "
            then = f" ({KNOWN[state][1]})" if state else ""
            para = Para((Span(said, "meta"), named, Span(then, "meta")), number, INDENT, INDENT)
            return Block(name, (para,), f"#{thing.id}", space=0)
        sign = [Span(f"{KNOWN[state][0]} ", "note" if state == "known" else "meta")] if state else []
        role: Role = "muted" if state == "not-yet" else "text"
        bar = Para((Span(f"  {short(item.date)}", "meta"),), plot=lambda whole: self._axis(whole).bar(item), keep=True)
        words_of = Para((*sign, named._replace(role=role)), number, INDENT, INDENT, keep=True)
        return Block(name, (bar, words_of), f"#{thing.id}", space=0, columns=_COLUMNS)

    def _axis(self, whole: int) -> Axis:
        """Return the axis of a block of `whole` cells."""
        return Axis(self._begin, self._end, self._day, max(_AXIS, (whole - GAP) // 2 - _BESIDE))


def _turns(*ways: str) -> Iterator[Span]:
    """Set links to earlier and later days."""
    for way in ways:
        yield Span("  ", whole="")
        yield Span(way, "link", whole="", target=f"command:{'left' if way == 'earlier' else 'right'}")


def _source_words(label: str, title: str) -> str:
    return f"{label}: {title}" if title and title != label else label
