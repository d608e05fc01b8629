"""Events, statements and publications on one axis, and what was known on a day; the same as a list to be read aloud."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from tui.briefing import edtf
from tui.library.evidence.timeline import Item, Kind, Known, Timeline, window
from tui.library.records import Entry
from tui.library.volume import Volume, brief
from tui.render import words
from tui.render.evidence.bars import FILLED, TRACK, cells_bar
from tui.render.evidence.choice import Choice
from tui.render.evidence.dates import day_words, short
from tui.render.page import Block, Columns, Page, Para, Role, Span, fixed, line

AXIS: Final = 22
"""Cells of the axis."""
_DATE: Final = 17
_INDENT: Final = 5
_YEARS: Final = 8
"""Most years whose beginnings are marked on the axis."""
DAY, VAGUE, BEFORE, BEHIND, HERE, YEAR = "◆", "╍", "◂", "▸", "│", "┊"
TITLES: Final[dict[Kind, str]] = {"event": "Events", "statement": "Statements", "publication": "Publications"}
KNOWN: Final[dict[Known, tuple[str, str]]] = {
    "known": ("●", "known"),
    "perhaps": ("◐", "perhaps known"),
    "not-yet": ("○", "not yet known"),
    "undated": ("?", "of unknown publication"),
}
_ROLES: Final[dict[str, Role]] = {HERE: "note", BEFORE: "muted", BEHIND: "muted"}


def day_of(text: str) -> int | None:
    """Read a day that is written YYYY-MM-DD, as an ordinal; None where it is none."""
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def timeline_page(volume: Volume, choice: Choice) -> Page:
    """Set the timeline as of a day, or of all time."""
    timeline = volume.evidence.timeline
    if not timeline.items:
        return fixed("Timeline", [Block("nothing", (line("Nothing here has a date.", "meta"),))])
    return _Setter(volume, timeline, day_of(choice.as_of), listed=choice.listed).page()


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

        def build(place: int) -> Block:
            if place == 0:
                return self._top()
            row = rows[place - 1]
            return self._heading(row) if isinstance(row, str) else self._item(row)

        return Page("Timeline", ["as-of", *names], build)

    def _top(self) -> Block:
        paras = [Para(tuple(self._as_of_spans()), indent=0)]
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
            signs = (
                f"{DAY} a day · {FILLED * 2} from – to · {VAGUE * 2} not known more exactly · {BEFORE} {BEHIND} beyond"
            )
            paras.append(line(signs, "muted"))
        return Block("as-of", tuple(paras))

    def _as_of_spans(self) -> Iterator[Span]:
        if self._day is None:
            if not self._listed:
                yield from cells_bar([TRACK] * (AXIS - 1) + [DAY], _ROLES)
                yield Span("  ")
            yield Span("All of it", "strong")
            yield Span(", whenever it became known", "meta")
            yield from _turns(BEFORE)
            return
        if not self._listed:
            cells = [TRACK] * AXIS
            cells[self._cell(self._day)] = DAY
            yield from cells_bar(cells, _ROLES)
            yield Span("  ")
        yield Span(f"As of {day_words(self._day)}", "strong")
        yield from _turns(BEFORE, BEHIND)

    def _heading(self, kind: Kind) -> Block:
        number = sum(item.kind == kind for item in self._timeline.items)
        title = Para((Span(TITLES[kind], "heading"), Span(f"  {number}", "meta")))
        if self._listed:
            return Block(kind, (title,))
        return Block(kind, (title, Para((Span(self._years(), "muted"),), keep=True)))

    def _years(self) -> str:
        """Write the years where they begin on the axis."""
        first, last = date.fromordinal(self._begin).year, date.fromordinal(self._end).year
        if last - first < 1:
            return f"{short_day(self._begin)} – {short_day(self._end)}"
        cells = [" "] * (AXIS + 4)
        step = max(1, -(-(last - first) // 4))
        # The year in which the axis begins is named where the next one leaves it room.
        for year in (*range(first + 1, last + 1, step), first):
            at = self._cell(max(self._begin, date(year, 1, 1).toordinal()))
            if not "".join(cells[max(0, at - 1) : at + 5]).strip():
                cells[at : at + 4] = f"{year:04}"
        return "".join(cells).rstrip()

    def _item(self, item: Item) -> Block:
        thing = item.thing
        entry = isinstance(thing, Entry)
        number = Span(thing.number if isinstance(thing, Entry) else str(thing.number), "number" if entry else "note")
        state = self._timeline.known(item, self._day) if self._day is not None else None
        text = brief(thing, 200) if isinstance(thing, Entry) else _source_words(thing.label, thing.title)
        name = f"{item.kind}:{thing.id}"
        if self._listed:
            said = f"{edtf.in_words(item.date)}: "
            then = f" ({KNOWN[state][1]})" if state else ""
            para = Para((Span(said, "meta"), Span(text), Span(then, "meta")), number, _INDENT, _INDENT)
            return Block(name, (para,), f"#{thing.id}", space=0)
        sign = [Span(f"{KNOWN[state][0]} ", "note" if state == "known" else "meta")] if state else []
        role: Role = "muted" if state == "not-yet" else "text"
        bar = Para((*self._bar(item), Span(f"  {short(item.date)}", "meta")), keep=True)
        words_of = Para((*sign, Span(text, role)), number, _INDENT, _INDENT, keep=True)
        columns = Columns(0, 1, 2, AXIS + 2 + _DATE)
        return Block(name, (bar, words_of), f"#{thing.id}", space=0, columns=columns)

    def _bar(self, item: Item) -> tuple[Span, ...]:
        """Draw an item: a day as a point, a stretch as a line, a date that is not known exactly as a broken one."""
        cells = self._track()
        first, last = item.span.first, item.span.last
        low = self._begin if first is None else first
        high = self._end if last is None else last
        exact = low == high
        sign = VAGUE if item.span.unsure or not (exact or item.span.interval) else FILLED
        start, stop = self._cell(low), self._cell(high)
        cells[start : stop + 1] = [DAY if exact and not item.span.unsure else sign] * (stop + 1 - start)
        if first is None or first < self._begin:
            cells[0] = BEFORE
        if last is None:
            cells[-1] = BEHIND
        if self._day is not None:
            at = self._cell(self._day)
            if cells[at] in {TRACK, YEAR}:
                cells[at] = HERE
        return cells_bar(cells, _ROLES)

    def _track(self) -> list[str]:
        cells = [TRACK] * AXIS
        years = range(date.fromordinal(self._begin).year + 1, date.fromordinal(self._end).year + 1)
        for year in years if len(years) <= _YEARS else ():
            cells[self._cell(date(year, 1, 1).toordinal())] = YEAR
        return cells

    def _cell(self, day: int) -> int:
        """Give the cell of a day; what lies beyond the axis has its first or last one."""
        at = (day - self._begin) * AXIS // (self._end - self._begin + 1)
        return max(0, min(AXIS - 1, at))


def _turns(*signs: str) -> Iterator[Span]:
    """Give what one clicks on to turn to another day."""
    for sign in signs:
        yield Span("  ")
        yield Span(sign, "link", f"command:{'left' if sign == BEFORE else 'right'}")


def short_day(ordinal: int) -> str:
    """Write a day briefly."""
    return short(date.fromordinal(ordinal).isoformat())


def _source_words(label: str, title: str) -> str:
    return f"{label}: {title}" if title and title != label else label
