"""The front page of a briefing.

It is made for a window. Sections fold from their end, or to a line, so that all begin on the first screen.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Final, overload

from tui.briefing import edtf
from tui.briefing.kinds import PANES
from tui.library.volume import Volume
from tui.render import front_judgments, front_lines, words
from tui.render.front_chart import figures
from tui.render.front_sections import CHARTED, LABEL, UNFOLDED, Section, Size, height
from tui.render.page import GAP, INDENT, Block, Columns, Fit, Fold, Page, Para, Span, fixed, line
from tui.render.prose_paras import prose_paras

MEASURE: Final = 120
"""The widest front page in cells."""
ABOUT: Final = "overview:about"
"""The page about the briefing itself."""
_WRITTEN: Final = Size(MEASURE, UNFOLDED)
_FEW: Final = 5
"""The judgments that stand before figures get rows, and the lines of a bottom line in a small window."""
_SOME: Final = 7
"""The figures that stand before further judgments get rows."""
_FEWEST: Final = 3
"""The fewest figures of a chart."""
_AT_LEAST: Final = 2
"""The judgments that are shown in any case."""
_SENTENCE: Final = re.compile(r"(?<![ .(][^\W\d_])[.!?…]+[”’\"')\]]*(?=\s+[^\sa-z]|\s*$)")
"""The end of a sentence; an initial ends none."""


Made = dict[str, Callable[[], Block]]
"""Makes each block of a page when it is wanted, by its name."""


def overview_page(volume: Volume, changes: tuple[Block, ...] = ()) -> Page:
    """Set the front page. `changes` tells the reader of news."""

    def page(size: Size, fit: Fit | None = None) -> Page:
        # Made at its first use: the page for no window is only written out, and searched.
        made = cache(partial(_made, volume, changes, size))
        names = _Names(made)
        return Page(
            volume.edition.title, names, lambda at: made()[names[at]](), measure=MEASURE, besides=names, fit=fit
        )

    return page(_WRITTEN, lambda width, rows: page(Size(width, rows)))


def about_page(volume: Volume) -> Page:
    """Set bottom line, date, authors, method and changes of a briefing."""
    told = [Block("bluf", tuple(prose_paras(volume, volume.edition.bluf)), counts=False), _credit(volume)]
    told += [_note(volume)] * bool(volume.edition.note) + [_revisions(volume)] * bool(volume.edition.revisions)
    return fixed("About this briefing", told, cursor=False)


class _Names(Sequence[str]):
    """The names of blocks that are made when they are wanted."""

    def __init__(self, made: Callable[[], Made]) -> None:
        self._made = made

    def __len__(self) -> int:
        return len(self._made())

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return list(self._made())[index]


def _made(volume: Volume, changes: tuple[Block, ...], size: Size) -> Made:
    """Return the blocks for a window. Those below the sections are made later."""
    made: Made = {}
    for blocks in _sections(volume, changes, size):
        # On a page for no window each section stands apart.
        made |= {block.id: partial(_same, block) for block in (_apart(blocks, 1) if size == _WRITTEN else blocks)}
    edition = volume.edition
    made |= {
        "coverage": partial(coverage_line, volume),
        "on": partial(_ways_on, volume),
        "credit": partial(_credit, volume),
    }
    made |= {"note": partial(_note, volume)} if edition.note else {}
    return made | ({"revisions": partial(_revisions, volume)} if edition.revisions else {})


def _same(block: Block) -> Block:
    return block


def _sections(volume: Volume, changes: tuple[Block, ...], size: Size) -> Iterator[Sequence[Block]]:
    """Yield the sections, folded so that they fill the window."""
    judged = front_judgments.judged(volume, size)
    first = judged or front_lines.disputes(volume, size) or front_lines.claims(volume, size)
    chart, bluf = figures(volume, size), _bottom_line(volume, size)
    lines = [front_lines.disputed(volume, size)] if judged else []
    lines += [make(volume, size) for make in (front_lines.to_be_done, front_lines.not_known, front_lines.to_watch)]
    told = tuple(filter(None, (*lines, *changes, _drafts(volume))))
    room = size.rows - height([bluf], size.width)
    rows, charted, space = _allotted(first, chart, told, size, room)
    yield (bluf,)
    if first:
        yield _apart(first.blocks(rows), space)
    if chart and charted:
        yield _apart(chart.blocks(charted), space)
    elif chart and chart.line:
        told = (chart.line, *told)
    for block in _apart(told, 1 if size.is_compact else space):
        yield (block,)


def _allotted(
    first: Section | None, chart: Section | None, lines: Sequence[Block], size: Size, room: int
) -> tuple[int, int, int]:
    """Return the rows of the first section, of the chart, and between.

    No rows stand for a chart on a line.

    Args:
        first: the section of judgments, or what stands in its place.
        chart: the section of figures.
        lines: the sections of one line.
        size: the window.
        room: the rows of the window below the bottom line.
    """
    if size.rows == UNFOLDED:
        return len(first.rows) if first else 0, len(chart.rows) if chart else 0, 1
    firsts = first.heights(size.width, room) if first else [0]
    charts = chart.heights(size.width, room) if chart and size.width >= CHARTED and not size.is_compact else []
    below = 0 if size.is_compact else height(lines, size.width)
    allotted = (0, 0, 0)
    for space in size.spaces:
        allotted = (*_shared(firsts, [space + rows for rows in charts], room - below - 2 * space, bool(chart)), space)
        if not first or allotted[0] == len(first.rows):
            break
    return allotted


def _shared(firsts: Sequence[int], charts: Sequence[int], room: int, has_chart: bool) -> tuple[int, int]:
    """Share rows between the first section and a chart."""
    most = len(charts) - 1
    few = firsts[min(_FEW, len(firsts) - 1)]
    for charted in range(min(_SOME, most), min(_FEWEST, most) - 1, -1):
        if charted > 0 and few + charts[charted] <= room:
            rows = _most(firsts, room - charts[charted], 0)
            return rows, _most(charts, room - firsts[rows], charted)
    return _most(firsts, room - has_chart, _AT_LEAST), 0


def _most(heights: Sequence[int], room: int, least: int) -> int:
    """Return the most rows that fit, but some in any case."""
    fitting = [number for number, rows in enumerate(heights) if rows <= room]
    return max(fitting[-1] if fitting else 0, min(least, len(heights) - 1))


def _apart(blocks: Sequence[Block], space: int) -> tuple[Block, ...]:
    """Set blocks apart from those above."""
    return (blocks[0]._replace(space=space), *blocks[1:]) if blocks else ()


def _bottom_line(volume: Volume, size: Size) -> Block:
    """Set the bottom line. A small window has only whole sentences."""
    is_wide = size.width >= CHARTED
    first, *others = prose_paras(volume, volume.edition.bluf, LABEL if is_wide else 0)
    label = Span("IN SHORT", "heading") if is_wide else Span("IN SHORT ", "heading")
    paras = [first._replace(marker=label, hang=LABEL if is_wide else 0), *others]
    if size.is_compact and size.rows != UNFOLDED:
        ends = tuple(match.end() for match in _SENTENCE.finditer(first.text)) or (len(first.text),)
        fold = Fold(ends, f"page:{ABOUT}", _FEW, "…", beyond=len(others))
        paras = [paras[0]._replace(keep=True, fold=fold)]

    def written() -> tuple[Para, ...]:
        return (line(f"{_dates(volume)}.", "meta"), *prose_paras(volume, volume.edition.bluf))

    # A cell parts it from the sign of the scrolled window.
    columns = Columns((0,), len(paras), lambda whole: (whole - 1,))
    return Block("bluf", tuple(paras), f"page:{ABOUT}", 0, columns, counts=False, written=written)


def _dates(volume: Volume) -> str:
    """Write the dates of the briefing, and count its sources."""
    edition = volume.edition
    dates = f"As of {edtf.in_words(edition.as_of)}"
    if edition.information_cutoff:
        dates += f", information to {edtf.in_words(edition.information_cutoff)}"
    return f"{dates}, {words.count(len(edition.sources), 'source')}"


def _drafts(volume: Volume) -> Block | None:
    """Count the drafts that nobody has settled."""
    drafts = volume.drafts
    if not drafts:
        return None
    said = line(words.drafts_words(len(drafts)), "warning", indent=LABEL, target=(target := f"#{drafts[0].id}"))
    return Block(
        "drafts", (said._replace(marker=Span("DRAFTS", "heading"), hang=LABEL),), target, space=0, counts=False
    )


def _credit(volume: Volume) -> Block:
    said = words.dotted(filter(None, (_dates(volume), ", ".join(volume.edition.authors))))
    return Block("credit", (line(said, "meta"),), counts=False)


def _note(volume: Volume) -> Block:
    paras = (line("How this was made", "heading"), *prose_paras(volume, volume.edition.note))
    return Block("note", paras, counts=False)


def _revisions(volume: Volume) -> Block:
    paras = [line("Changes", "heading")]
    for revision in volume.edition.revisions:
        day = Span(f"{edtf.in_words(revision.on)}: ", "meta")
        first, *others = prose_paras(volume, revision.text)
        paras += [first._replace(spans=(day, *first.spans)), *others]
    return Block("revisions", tuple(paras), counts=False)


def coverage_line(volume: Volume) -> Block:
    """Set the coverage of the entries on a line."""
    from tui.render.evidence.coverage import small_shares

    shares = small_shares(volume)

    def written() -> tuple[Para, ...]:
        return (line("Evidence", "heading"), Para(shares, indent=INDENT))

    said = Para(shares, Span("EVIDENCE", "heading"), LABEL, LABEL)
    return Block("coverage", (said,), "page:evidence", counts=False, written=written)


def _ways_on(volume: Volume) -> Block:
    """Set the panes on a line, with keys and numbers of entries."""
    rows = [
        (str(key), pane.title, pane.name, pane_count(volume, pane.name))
        for key, pane in enumerate(PANES.values())
        if pane.name != "overview"
    ]
    rows += [("e", "Entities", "entities", len(volume.edition.entities))] * bool(volume.edition.entities)
    spans = [
        span
        for key, title, name, number in rows
        for span in (
            Span(f"{key}\u00a0", "note", f"page:{name}"),
            Span(title.replace(" ", "\u00a0"), "link", f"page:{name}"),
            Span(f"\u00a0{number}" if number else "", "meta"),
            Span(" " * GAP),
        )
    ]

    def written() -> tuple[Para, ...]:
        paras = [
            Para((Span(f"{title}, {number}" if number else title),), Span(key), INDENT)
            for key, title, _, number in rows
        ]
        return (line("Read on", "heading"), *paras)

    said = Para(tuple(spans[:-1]), Span("READ ON", "heading"), LABEL, LABEL)
    return Block("on", (said,), "page:background", space=0, counts=False, written=written)


def pane_count(volume: Volume, pane: str) -> int:
    """Count the entries or sources of a pane."""
    if pane == "sources":
        return len(volume.edition.sources)
    return len(volume.pane(pane)) if pane in PANES else 0
