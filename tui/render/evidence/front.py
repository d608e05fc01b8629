"""The front page of the Evidence pane: the way to each view, and how well the briefing is covered."""

from collections.abc import Callable
from typing import Final

from tui.evidence.coverage import MEASURES, Measure, Share
from tui.evidence.evidence import Evidence
from tui.library.volume import Volume
from tui.render import words
from tui.render.evidence.bars import share_bar
from tui.render.evidence.choice import Choice
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.render.panes import EVIDENCE_VIEWS, EvidenceView, key_marker

MEASURE_WORDS: Final[dict[Measure, str]] = {
    "quote": "with a checked quote",
    "origins": "with two independent origins",
    "rating": "with a rating",
}
_BAR: Final = 20
_SMALL: Final = 6
_ROOMY: Final = 60
"""Cells of a line from which it has a bar of full length."""


def front_page(volume: Volume, _choice: Choice | None = None, key_of: Callable[[str], str] = lambda _name: "") -> Page:
    """Set the front page, with the key of each view's command where there is one."""
    return fixed("Evidence", [_view_block(volume, view, key_of(f"view-{view.name}")) for view in EVIDENCE_VIEWS])


def share_para(label: str, share: Share, indent: int = 2, width: int = _BAR) -> Para:
    """Say a share: the bar, the figures, and what it is a share of."""
    percent = percent_of(share.fraction) if share.whole else ""

    def bar(whole: int) -> tuple[Span, ...]:
        cells = width if whole >= _ROOMY else _SMALL
        drawn = share_bar(share.fraction, cells) if share.whole else (Span(" " * cells),)
        return (*drawn, Span(" " * (6 - len(percent))))  # figures stand under one another

    if not share.whole:
        return Para((Span(f"nothing to be {label}", "meta"),), indent=indent, plot=bar)
    spans = (Span(percent, "strong"), Span(f"  {label}", "text"), Span(f"  {share.part:,} of {share.whole:,}", "meta"))
    return Para(spans, indent=indent, plot=bar)


def small_shares(volume: Volume) -> tuple[Span, ...]:
    """Say the same on a line or two, for the Overview."""
    spans: list[Span] = []
    for measure, share in Evidence.of(volume).coverage.whole.items():
        if share.whole:
            said = f"\u00a0{percent_of(share.fraction)}\u00a0{MEASURE_WORDS[measure]}".replace(" ", "\u00a0")
            spans += [Span("   ")] * bool(spans) + [*share_bar(share.fraction, _SMALL), Span(said, "meta")]
    return tuple(spans) or (Span("nothing to measure", "meta"),)


def percent_of(fraction: float) -> str:
    """Write a share in percent; neither 0 nor 100 is written for what only comes near it."""
    rounded = round(fraction * 100)
    if 0 < fraction < 1:
        rounded = max(1, min(99, rounded))
    return f"{rounded}%"


def _view_block(volume: Volume, view: EvidenceView, key: str) -> Block:
    target = f"page:{Choice(view.name).page}"
    spans = (Span(view.title, "link", target), Span(f"  {_fact(volume, view.name)}", "meta"))
    heading = Para(spans, Span(key_marker(key), "note") if key else None, 5, 3)
    if view.name == "coverage":  # which needs no words: it is said right here
        shares = Evidence.of(volume).coverage.whole
        told = tuple(share_para(MEASURE_WORDS[measure], shares[measure], indent=5) for measure in MEASURES)
        return Block(view.name, (heading, *told), target, space=1)
    said = line(f"{view.words[:1].upper()}{view.words[1:]}.", "muted", indent=5)
    return Block(view.name, (heading, said), target, space=0)


def _fact(volume: Volume, name: str) -> str:
    """Say in a few words what a view has to show."""
    return _FACTS[name](volume)


def _matrix(volume: Volume) -> str:
    claims = words.count(len(volume.pane("claims")), "claim")
    outlets, origins = Evidence.of(volume).matrix.breadth
    return f"{claims}, {words.count(outlets, 'source')}, {words.count(origins, 'origin')}"


def _unseen(volume: Volume) -> str:
    number = sum(source.seen in {"reported", "not-found"} for source in volume.edition.sources)
    return f"{words.count(number, 'source')} not seen"


def _at_risk(volume: Volume) -> str:
    traces = Evidence.of(volume).traces
    return f"{sum(trace.at_risk for trace in traces)} of {len(traces)} at risk"


def _holders(volume: Volume) -> str:
    spread = Evidence.of(volume).spread
    stances = sum(bool(camp.stance) for camp in spread.camps)
    leans = f", leans {spread.leading.stance}" if spread.leans and spread.leading else ""
    return f"{words.count(spread.holders, 'holder')}, {words.count(stances, 'stance')}{leans}"


def _assessed(volume: Volume) -> str:
    return words.count(sum(entry.assess is not None for entry in volume.edition.entries), "entry", "entries")


def _gaps(volume: Volume) -> str:
    lacking = {entry.id for entries in Evidence.of(volume).coverage.lacking.values() for entry in entries}
    return f"{words.count(len(lacking), 'entry', 'entries')} with a gap"


_FACTS: Final[dict[str, Callable[[Volume], str]]] = {
    "matrix": _matrix,
    "conflicts": lambda volume: words.count(len(volume.conflicts), "pair"),
    "provenance": _unseen,
    "traceability": _at_risk,
    "spread": _holders,
    "timeline": lambda volume: words.count(len(Evidence.of(volume).timeline.items), "dated item"),
    "assessment": _assessed,
    "coverage": _gaps,
}
