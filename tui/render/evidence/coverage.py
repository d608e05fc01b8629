"""The view of coverage: the shares of each measure, and the gaps."""

from typing import Final

from tui.briefing.kinds import KINDS
from tui.evidence.coverage import MEASURES, STATING, Measure, Share, coverage_of
from tui.library.volume import Volume
from tui.render import words
from tui.render.evidence.bars import percent_of, share_bar
from tui.render.links import number_ranges
from tui.render.page import Block, Page, Para, Span, apart, fixed, line
from tui.render.views import Choice

_MEASURE_WORDS: Final[dict[Measure, str]] = {
    "quote": "with a checked quote",
    "origins": "with two independent origins",
    "rating": "with a rating",
}
_BAR: Final = 20
_SMALL: Final = 6
_NOTHING: Final = "nothing to measure"
_ROOMY: Final = 60
"""Cells of a line from which on its bar has full length."""

_MEANINGS: Final[dict[Measure, str]] = {
    "quote": "The quote stands in the held text, or stood there when that was last held.",
    "origins": "Its sources, and those of entries that support it, go back to at least two origins that do not rest on one another.",
    "rating": "A claim or a view has its Admiralty figure.",
}


def page(volume: Volume, _choice: Choice) -> Page:
    """Set the page, a block a measure."""
    coverage = volume.derived(coverage_of)
    blocks = []
    for measure in MEASURES:
        title = _MEASURE_WORDS[measure]
        paras = [line(title[:1].upper() + title[1:], "heading", indent=2), line(_MEANINGS[measure], "meta", indent=2)]
        paras.append(_share_para("of all that can have it", coverage.whole[measure])._replace(space=1))
        for table in STATING:
            share = coverage.by_table.get(table, {}).get(measure)
            if share and share.whole:
                paras.append(_share_para(KINDS[table].plural, share))
        lacking = coverage.lacking[measure]
        if lacking:
            said = line(f"{words.count(len(lacking), 'entry', 'entries')} without:", "meta", indent=2, space=1)
            paras += [said, Para(tuple(number_ranges(lacking)), indent=4)]
        blocks.append(Block(measure, tuple(paras), counts=False))
    return fixed("Coverage", blocks)


def data(volume: Volume) -> object:
    """Return the share of each measure, with the entries that fail it."""
    coverage = volume.derived(coverage_of)
    return {
        measure: {
            "entries": share.part,
            "of": share.whole,
            "lacking": [entry.id for entry in coverage.lacking[measure]],
        }
        for measure, share in coverage.whole.items()
    }


def fact(volume: Volume) -> str:
    """Count the entries that fail a measure."""
    lacking = {entry.id for entries in volume.derived(coverage_of).lacking.values() for entry in entries}
    return f"{words.count(len(lacking), 'entry', 'entries')} with a gap"


def chart(volume: Volume) -> tuple[Para, ...]:
    """Set the shares of all entries, a bar a measure."""
    shares = volume.derived(coverage_of).whole
    return tuple(_share_para(_MEASURE_WORDS[measure], shares[measure], indent=5) for measure in MEASURES)


def small_shares(volume: Volume) -> tuple[Span, ...]:
    """Set the shares of all entries briefly, for the Overview."""
    spans: list[Span] = []
    for measure, share in volume.derived(coverage_of).whole.items():
        if share.whole:
            said = f"\u00a0{percent_of(share.fraction)}\u00a0{_MEASURE_WORDS[measure]}".replace(" ", "\u00a0")
            spans += [Span("   ", whole=", ")] * bool(spans) + [
                *share_bar(share.fraction, _SMALL),
                Span(said, "meta", whole=said.lstrip("\u00a0")),
            ]
    return tuple(spans) or (Span(_NOTHING, "meta"),)


def _share_para(label: str, share: Share, indent: int = 2) -> Para:
    """Set a share: its bar, its figures and its label."""
    percent = percent_of(share.fraction) if share.whole else ""

    def bar(whole: int) -> tuple[Span, ...]:
        cells = _BAR if whole >= _ROOMY else _SMALL
        drawn = share_bar(share.fraction, cells) if share.whole else (Span(" " * cells),)
        return (*drawn, Span(" " * (6 - len(percent))))  # figures stand under one another

    counted = words.kept_together(f"{share.part:,} of {share.whole:,}" if share.whole else _NOTHING)
    spans = (Span(percent, "strong"), Span(f"  {label}", "text", whole=f" {label}"), apart(counted))
    return Para(spans, indent=indent, further=_SMALL + 8, plot=bar)  # further lines stand under the label
