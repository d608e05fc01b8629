"""The judgments of the front page.

The likelihood stands before the proposition, and the confidence apart.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.briefing import prose
from tui.briefing.scales import likelihood_range
from tui.library.records import Entry
from tui.library.volume import Volume
from tui.render import words
from tui.render.front_sections import MOST, WHOLE, Section, Size, head_block
from tui.render.page import GAP, INDENT, Block, Columns, Para, Span

_CERTAIN: Final = len("almost certain")
"""Cells of a likelihood that wraps where it is longer."""
_SURE: Final = len("high confidence")
_CONFIDENCE: Final = len("confidence")
_MODERATE: Final = len("moderate")
_NUMBER: Final = 4
_TIGHT: Final = 2
"""Cells between the columns of a small page."""
_PERCENT: Final = len("  95–99 %")
_FEWEST: Final = 32
"""The fewest cells of a proposition between likelihood and confidence."""
_CONFIDENCE_LABEL: Final = Para((), plot=lambda _whole: (Span("confidence", "meta"),))


class _Form(NamedTuple):
    """The columns of the judgments on a page."""

    columns: Columns | None
    number: int
    """Cells of the number."""
    likelihood: int
    """Cells of a likelihood with percentages behind it; 0 without any."""
    confidence: int
    """Cells of the confidence at the right; 0 where it stands below the likelihood."""


def _form(size: Size, longest: int) -> _Form:
    """Choose the columns for a page and the longest likelihood."""
    left = INDENT + longest + _PERCENT
    if (middle := size.width - left - _CONFIDENCE - 2 * GAP) >= WHOLE:
        return _Form(_three(left, middle, _CONFIDENCE, GAP), INDENT, longest, _CONFIDENCE)
    percent = 0 if size.rows else longest  # a page that is not folded has all words
    left = _NUMBER + min(longest, _CERTAIN)
    if (middle := size.width - left - _MODERATE - 2 * _TIGHT) >= _FEWEST:
        return _Form(_three(left, middle, _MODERATE, _TIGHT), _NUMBER, percent, _MODERATE)
    left = _NUMBER + min(longest, _SURE)
    right = size.width - left - _TIGHT
    beside = Columns((0, 2), 3, lambda _whole: (left, right), gap=_TIGHT)
    return _Form(beside if right >= _CERTAIN else None, _NUMBER, percent, 0)


def _three(left: int, middle: int, right: int, gap: int) -> Columns:
    """Return likelihood, proposition and confidence side by side. In text the confidence comes second."""
    return Columns((0, 1, 2), 3, lambda _whole: (left, middle, right), (0, 2, 1), gap)


def judged(volume: Volume, size: Size) -> Section | None:
    """Set the judgments, without drafts: likelihood, proposition, confidence."""
    found = [entry for entry in volume.pane("questions") if entry.judgment and not entry.draft]
    if not found:
        return None
    form = _form(size, max(len(entry.assess.likelihood) if entry.assess else 0 for entry in found))
    rows = tuple(_judgment(volume, entry, form) for entry in found[:MOST])
    target = "page:evidence:judgments"
    label, columns = [_CONFIDENCE_LABEL] * bool(form.confidence), None
    if label:
        columns = Columns((0, 1), 2, lambda whole: (whole - GAP - _CONFIDENCE, _CONFIDENCE))
    head = head_block("judged", "WE JUDGE", target, "We judge", *label, columns=columns)
    return Section(head, rows, target, beyond=len(found) - len(rows), indent=form.number)


def _judgment(volume: Volume, entry: Entry, form: _Form) -> Block:
    """Set a judgment. Its percentages stand behind a likelihood that is padded."""
    likelihood, confidence, _ = entry.assess or ("", "", "")
    ends = likelihood_range(volume.edition.scale, likelihood)
    first = [Span(likelihood or "not said", "strong" if likelihood else "meta")]
    if ends and form.likelihood:
        gap = " " * (form.likelihood - len(likelihood) + 2)
        first.append(Span(f"{gap}{ends[0]}–{ends[1]}\u00a0%", "meta"))
    number = Span(entry.number, "number", f"#{entry.id}")
    sure = [Span(confidence, "meta")] * bool(confidence)
    if sure and not form.confidence:
        sure.append(Span(" confidence", "meta"))
    to_right = Span(" " * max(0, form.confidence - len(confidence)))
    paras = (
        Para(tuple(first), number, form.number, form.number),
        Para(tuple(sure), plot=lambda _whole: (to_right,))
        if form.confidence
        else Para(tuple(sure), indent=form.number),
        Para((Span(_proposition(entry), "text", f"#{entry.id}"),)),
    )

    def written() -> tuple[Para, ...]:
        return (Para(tuple(_sentences(volume, entry)), number, INDENT, INDENT),)

    return Block(f"judged:{entry.id}", paras, f"#{entry.id}", 0, form.columns, counts=False, written=written)


def _proposition(entry: Entry) -> str:
    """Return a judgment's proposition in brief, without its likelihood."""
    return (entry.short or " ".join(prose.plain(entry.text).split())).removesuffix(".")


def _sentences(volume: Volume, entry: Entry) -> Iterator[Span]:
    """Write a judgment. The confidence is a sentence of its own."""
    likelihood, confidence, _ = entry.assess or ("", "", "")
    said = prose.plain(entry.text) or f"{_proposition(entry)}."
    if likelihood:
        said_so = words.likelihood_words(likelihood, volume.edition.scale)
        yield Span(f"{said_so[:1].upper()}{said_so[1:]}: ", "strong")
    yield Span(said, "text", f"#{entry.id}")
    if confidence:
        yield Span(f" Our confidence in this is {confidence}.", "meta")
