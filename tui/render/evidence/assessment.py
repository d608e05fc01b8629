"""The view of assessments: likelihood as a range, and confidence apart."""

from collections.abc import Iterator
from typing import Final

from tui.briefing.scales import LIKELIHOODS, SCALE_NAMES, likelihood_range
from tui.library.records import Assessment, Entry
from tui.library.volume import Volume
from tui.render import words
from tui.render.evidence.bars import range_bar
from tui.render.links import brief_span
from tui.render.page import INDENT, Block, Page, Para, Span, apart, empty, line
from tui.render.prose_paras import prose_paras
from tui.render.views import Choice

_BAR: Final = 25
"""Cells for 0 to 100 %. A cell of 4 % tells any two steps of either scale apart."""


def page(volume: Volume, _choice: Choice) -> Page:
    """Set the page: each assessed entry, then the scale."""
    entries = [entry for entry, _ in _assessed(volume)]
    scale = volume.edition.scale
    if not entries:
        return empty("Assessments", "Nothing here is assessed.")
    names = [*(f"assessed:{entry.id}" for entry in entries), "scale"]

    def build(index: int) -> Block:
        return _block(volume, entries[index], scale) if index < len(entries) else _scale_block(scale)

    return Page("Assessments", names, build, besides=("scale",))


def data(volume: Volume) -> object:
    """Return the assessments by entry id."""
    return {entry.id: dict(zip(assess._fields, assess, strict=True)) for entry, assess in _assessed(volume)}


def fact(volume: Volume) -> str:
    """Count the assessed entries."""
    return words.count(sum(1 for _ in _assessed(volume)), "entry", "entries")


def _assessed(volume: Volume) -> Iterator[tuple[Entry, Assessment]]:
    return ((entry, entry.assess) for entry in volume.edition.entries if entry.assess)


def _block(volume: Volume, entry: Entry, scale: str) -> Block:
    paras = [Para((brief_span(entry, 200),), Span(entry.number, "number"), INDENT, INDENT)]
    if entry.assess:
        paras.extend(_statements(entry.assess, scale))
        if entry.assess.why:
            paras.extend(prose_paras(volume, entry.assess.why, INDENT, "meta"))
    return Block(f"assessed:{entry.id}", tuple(paras), f"#{entry.id}")


def _statements(assess: Assessment, scale: str) -> Iterator[Para]:
    """Yield likelihood and confidence, never in one sentence (ICD 203, D.6.e.(2)(b))."""
    ends = likelihood_range(scale, assess.likelihood)
    if assess.likelihood and ends:
        yield _ruler(assess.likelihood, ends)
    elif assess.likelihood:
        yield line(f"“{assess.likelihood}” is no word of the scale.", "warning", indent=INDENT)
    else:
        yield line("No likelihood is given.", "meta", indent=INDENT)
    if assess.confidence:
        yield line(f"Confidence in this is {assess.confidence}.", "emphasis", indent=INDENT)


def _ruler(word: str, ends: tuple[int, int], indent: int = INDENT) -> Para:
    low, high = ends
    spans = (Span("0 ", "muted", whole=""), *range_bar(low / 100, high / 100, _BAR), Span(" 100%  ", "muted", whole=""))
    return Para((*spans, Span(word, "strong"), apart(f"{low}–{high}%")), indent=indent)


def _scale_block(scale: str) -> Block:
    paras = [line(f"The scale: {SCALE_NAMES[scale]}", "heading", indent=INDENT)]
    paras += [_ruler(" or ".join(step.words), (step.low, step.high)) for step in LIKELIHOODS[scale]]
    return Block("scale", tuple(paras))
