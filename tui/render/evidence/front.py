"""The front page of the Evidence pane: how well the briefing is covered, and the way to each view."""

from collections.abc import Callable
from typing import Final

from tui.library.evidence.coverage import MEASURES, Measure, Share
from tui.library.volume import Volume
from tui.render import words
from tui.render.evidence.bars import share_bar
from tui.render.evidence.choice import Choice
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.render.panes import EVIDENCE_VIEWS, EvidenceView

MEASURE_WORDS: Final[dict[Measure, str]] = {
    "quote": "with a checked quote",
    "origins": "with two independent origins",
    "rating": "with a rating",
}
_BAR: Final = 20
_SMALL: Final = 6


def front_page(volume: Volume, _choice: Choice) -> Page:
    """Set the front page."""
    blocks = [coverage_block(volume)]
    blocks += [_view_block(volume, view) for view in EVIDENCE_VIEWS]
    return fixed("Evidence", blocks)


def coverage_block(volume: Volume) -> Block:
    """Say how well the entries are covered, a line and a small bar for each measure."""
    shares = volume.evidence.coverage.whole
    paras = [line("Coverage", "heading", indent=2)]
    paras += [share_para(MEASURE_WORDS[measure], shares[measure]) for measure in MEASURES]
    target = f"page:{Choice('coverage').page}"
    return Block("coverage", tuple(paras), target)


def share_para(label: str, share: Share, indent: int = 2, width: int = _BAR) -> Para:
    """Say a share: the bar, the figures, and what it is a share of."""
    if not share.whole:
        return line(f"{' ' * (width + 2)}nothing to be {label}", "meta", indent=indent)
    percent = Span(f"{percent_of(share.fraction):>6}", "strong")
    spans = (*share_bar(share.fraction, width), percent, Span(f"  {label}", "text"))
    return Para((*spans, Span(f"  {share.part:,} of {share.whole:,}", "meta")), indent=indent)


def small_shares(volume: Volume) -> tuple[Span, ...]:
    """Say the same on a line or two, for the Overview."""
    spans: list[Span] = []
    for measure, share in volume.evidence.coverage.whole.items():
        if share.whole:
            said = f"\u00a0{percent_of(share.fraction)}\u00a0{MEASURE_WORDS[measure]}".replace(" ", "\u00a0")
            spans += [Span("   ")] * bool(spans) + [*share_bar(share.fraction, _SMALL), Span(said, "meta")]
    return tuple(spans) or (Span("nothing to measure", "meta"),)


def percent_of(fraction: float) -> str:
    """Write a share in percent; neither 0 nor 100 is written for what only comes near it."""
    rounded = round(fraction * 100)
    if 0 < fraction < 1:
        rounded = max(1, min(99, rounded))
    return f"{rounded} %"


def _view_block(volume: Volume, view: EvidenceView) -> Block:
    target = f"page:{Choice(view.name).page}"
    spans = (Span(view.title, "link", target), Span(f"  {_fact(volume, view.name)}", "meta"))
    paras = (
        Para(spans, Span(view.key, "note"), 5, 3),
        line(f"{view.words[:1].upper()}{view.words[1:]}.", "muted", indent=5),
    )
    return Block(view.name, paras, target, space=int(view.name == "matrix"))


def _fact(volume: Volume, name: str) -> str:
    """Say in a few words what a view has to show."""
    return _FACTS[name](volume)


def _matrix(volume: Volume) -> str:
    claims = words.count(len(volume.pane("claims")), "claim")
    outlets, origins = volume.evidence.matrix.breadth
    return f"{claims} × {words.count(outlets, 'source')}, {words.count(origins, 'origin')}"


def _unseen(volume: Volume) -> str:
    number = sum(source.seen in {"reported", "not-found"} for source in volume.edition.sources)
    return f"{words.count(number, 'source')} not seen"


def _at_risk(volume: Volume) -> str:
    traces = volume.evidence.traces
    return f"{sum(trace.at_risk for trace in traces)} of {len(traces)} at risk"


def _holders(volume: Volume) -> str:
    spread = volume.evidence.spread
    stances = sum(bool(camp.stance) for camp in spread.camps)
    leans = f", leans {spread.leading.stance}" if spread.leans and spread.leading else ""
    return f"{words.count(spread.holders, 'holder')}, {words.count(stances, 'stance')}{leans}"


def _assessed(volume: Volume) -> str:
    return words.count(sum(entry.assess is not None for entry in volume.edition.entries), "entry", "entries")


def _gaps(volume: Volume) -> str:
    lacking = {entry.id for entries in volume.evidence.coverage.lacking.values() for entry in entries}
    return f"{words.count(len(lacking), 'entry', 'entries')} with a gap"


_FACTS: Final[dict[str, Callable[[Volume], str]]] = {
    "matrix": _matrix,
    "conflicts": lambda volume: words.count(len(volume.conflicts), "pair"),
    "provenance": _unseen,
    "traceability": _at_risk,
    "spread": _holders,
    "timeline": lambda volume: words.count(len(volume.evidence.timeline.items), "dated item"),
    "assessment": _assessed,
    "coverage": _gaps,
}
