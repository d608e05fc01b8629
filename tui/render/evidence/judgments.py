"""The view of judgments: likelihood, apart from it confidence, and the grounds."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from tui.briefing import prose
from tui.briefing.scales import LIKELIHOODS, SCALE_NAMES, likelihood_range
from tui.evidence.judged import Reason, Weighed, parties, weighed_in
from tui.library.records import Assessment, Entry
from tui.library.volume import Volume
from tui.render import words
from tui.render.evidence.bars import range_bar
from tui.render.judgments import own_paras
from tui.render.links import brief_span, number_link
from tui.render.page import GAP, INDENT, Block, Columns, Page, Para, Span, apart, empty, fixed, line, linear
from tui.render.prose_paras import prose_paras
from tui.render.views import Choice

_BAR: Final = 25
"""Cells for 0 to 100 %. A cell of 4 % tells any two steps of either scale apart."""
_SMALL_BAR: Final = 13
_PERCENT: Final = 9
"""Cells for the percentages of a likelihood."""
_LEFT: Final = INDENT + _SMALL_BAR + 2 + _PERCENT + len("roughly even chance")
_RIGHT: Final = 24
"""The fewest cells of a proposition beside its likelihood."""
_ROOMY: Final = _LEFT + GAP + 40
"""The fewest cells of a page with the percentages beside a proposition."""


def _widths(whole: int) -> tuple[int, ...]:
    left = _LEFT - (0 if whole >= _ROOMY else _PERCENT)
    return (left, whole - left - GAP) if whole >= left + GAP + _RIGHT else ()


_GLANCE: Final = Columns((0, 2), 3, _widths)
"""Likelihood and confidence on the left, the proposition on the right."""
_MEASURE: Final = 112
_NONE: Final = Assessment("", "", "")


def page(volume: Volume, choice: Choice) -> Page:
    """Set the page: judgments in brief, with their grounds, and the scale."""
    weighed = volume.derived(weighed_in)
    scale = volume.edition.scale
    if not weighed:
        return empty("Judgments", "Nothing here is judged.")
    glanced = [] if choice.listed else [one for one in weighed if one.entry.judgment]
    names = ["question", *(f"glance:{one.entry.id}" for one in glanced)]
    own = [f"judged:{one.entry.id}" for one in weighed]

    def build(index: int) -> Block:
        if index == 0:
            return Block(names[0], (line("What do we judge, how surely, and why?", "meta"),), counts=False)
        if index < len(names):
            return _glance(glanced[index - 1], names[index], scale)
        if index == len(names) + len(own):
            return linear(_scale_block(scale)) if choice.listed else _scale_block(scale)
        block = _block(volume, weighed[index - len(names)], own[index - len(names)])
        return linear(block) if choice.listed else block

    return Page("Judgments", [*names, *own, "scale"], build, measure=_MEASURE, besides=(*names, "scale"))


def why_page(volume: Volume, judgment: Entry) -> Page:
    """Set the reasons of a judgment: why, for and against it."""
    one = next(one for one in volume.derived(weighed_in) if one.entry.id == judgment.id)
    assess = judgment.assess or _NONE
    named = Para((brief_span(judgment, 200),), Span(judgment.number, "number"), INDENT, INDENT)
    paras = [named, *_confidence(assess)]
    paras += prose_paras(volume, assess.why, INDENT) if assess.why else []
    reasons = (*_reasons("For it", one.speaks_for), *_reasons("Against it", one.against))
    paras += [para._replace(space=0) for para in reasons]  # a peek is low
    return fixed("Why", [Block(f"why:{judgment.id}", tuple(paras), f"#{judgment.id}")])


def data(volume: Volume) -> object:
    """Return the judgments by entry id."""
    return {one.entry.id: _assessed(one) | _own(volume, one) for one in volume.derived(weighed_in)}


def fact(volume: Volume) -> str:
    """Count the judgments, or the assessed statements."""
    weighed = volume.derived(weighed_in)
    judged = sum(1 for one in weighed if one.entry.judgment)
    return words.count(judged, "judgment") if judged else words.count(len(weighed), "entry", "entries")


def _assessed(one: Weighed) -> dict[str, object]:
    return dict((one.entry.assess or _NONE)._asdict())


def _own(volume: Volume, one: Weighed) -> dict[str, object]:
    judgment = one.entry.judgment
    if judgment is None:
        return {}
    return {
        "text": one.entry.text,
        "for": list(map(_reason_data, one.speaks_for)),
        "against": list(map(_reason_data, one.against)),
        "voices": {way: dict(parties(volume, one.entry, way)) for way in ("for", "against")},
        "rests_on": [entry.id for entry in one.rests_on],
        "alternatives": [other._asdict() for other in judgment.alternatives],
        "so_what": judgment.so_what,
        "indicators": [{"entry": sign.entry.id, "text": sign.text, "way": sign.way} for sign in one.movements],
        "previous": [earlier._asdict() for earlier in judgment.previous],
        "outcome": judgment.outcome._asdict() if judgment.outcome else None,
    }


def _reason_data(reason: Reason) -> dict[str, object]:
    return {"entry": reason.entry.id, "why": reason.why, "weak": reason.weak}


def _glance(one: Weighed, name: str, scale: str) -> Block:
    """Set a judgment in brief: how likely, how sure, and the proposition."""
    entry = one.entry
    likelihood, confidence, _ = entry.assess or _NONE
    ends = likelihood_range(scale, likelihood) or (0, 0)
    bar = range_bar(ends[0] / 100, ends[1] / 100, _SMALL_BAR) if any(ends) else (Span(" " * _SMALL_BAR, whole=""),)
    said = Span(likelihood or "no likelihood", "strong" if likelihood else "meta")
    percent = f"{ends[0]}–{ends[1]}%" if any(ends) else ""
    number = Span(f"{entry.number:<{INDENT}}", "number", f"#{entry.id}", whole="")
    drawn = (number, *bar, Span("  ", whole=""))
    further = Span(f"{percent:<{_PERCENT}}", "meta", whole="")
    first = Para(
        (Span("", whole=f"{entry.number} "), said),
        plot=lambda whole: (*drawn, further) if whole >= _ROOMY else drawn,
        keep=True,
    )
    sure = f"confidence {confidence}" if confidence else "no confidence given"
    below = line(sure, "meta", indent=INDENT + _SMALL_BAR + 2)
    named = Para((Span((entry.short or prose.plain(entry.text)).removesuffix("."), "text", f"#{entry.id}"),), indent=2)
    return Block(name, (first, below, named), f"#{entry.id}", space=0, columns=_GLANCE)


def _number(one: Weighed) -> Span:
    return Span(one.entry.number, "number", f"#{one.entry.id}")


def _block(volume: Volume, one: Weighed, name: str) -> Block:
    """Set a judgment with its grounds, or an assessed statement."""
    entry, scale = one.entry, volume.edition.scale
    if entry.judgment is None:
        paras = [Para((brief_span(entry, 200),), _number(one), INDENT, INDENT)]
        if entry.assess:
            paras += [_likelihood(entry.assess, scale), *_confidence(entry.assess)]
            paras += prose_paras(volume, entry.assess.why, INDENT, "meta") if entry.assess.why else []
        return Block(name, tuple(paras), f"#{entry.id}")
    first = _likelihood(entry.assess or _NONE, scale)
    if entry.assess and entry.assess.likelihood:
        first = first._replace(spans=(Span("", whole="We judge this as "), *first.spans, Span("", whole=".")))
    above = [first._replace(marker=_number(one), hang=INDENT)]
    above += [line(words.DRAFT, "warning", indent=INDENT)] * entry.draft
    above += [line(prose.plain(entry.text), "strong", indent=INDENT)] if entry.text else []
    left, right = list(_reasons("For it", one.speaks_for)), list(_reasons("Against it", one.against))
    columns = Columns((len(above), len(above) + len(left)), len(above) + len(left) + len(right))
    below = [*own_paras(volume, entry, full=True), *_below(one)]
    below[:1] = [para._replace(space=1) for para in below[:1]]
    paras = [*above, *left, *right, *below]
    return Block(name, tuple(paras), f"#{entry.id}", space=2, columns=columns if left and right else None)


def _likelihood(assess: Assessment, scale: str) -> Para:
    """Set the likelihood.

    The confidence is never in the same sentence (ICD 203, D.6.e.(2)(b)).
    """
    ends = likelihood_range(scale, assess.likelihood)
    return _ruler(assess.likelihood, ends) if ends else line("No likelihood is given.", "meta", indent=INDENT)


def _confidence(assess: Assessment) -> Iterator[Para]:
    if assess.confidence:
        yield line(f"Confidence in this is {assess.confidence}.", "emphasis", indent=INDENT)


def _reasons(title: str, reasons: tuple[Reason, ...]) -> Iterator[Para]:
    """Set the entries that speak for or against a judgment."""
    weak = sum(reason.weak for reason in reasons)
    told = [f"{len(reasons) - weak}"] * bool(len(reasons) - weak) + [f"{weak} weak"] * bool(weak)
    if reasons:
        yield Para((Span(title, "heading"), apart(", ".join(told))), indent=INDENT, space=1)
    for reason in reasons:
        mark = [Span("weak: ", "muted")] * reason.weak
        yield _named((*mark, brief_span(reason.entry, 96)), number_link(reason.entry))


def _named(spans: Iterable[Span], number: Span) -> Para:
    return Para(tuple(spans), number, 2 * INDENT, INDENT)


def _below(one: Weighed) -> Iterator[Para]:
    """Set the assumptions of a judgment, and the signs to watch."""
    if one.rests_on:
        yield line("It rests on", "heading", indent=INDENT, space=1)
        yield from (_named((brief_span(entry, 96),), number_link(entry)) for entry in one.rests_on)
    if one.movements:
        yield line("Signs that would move it", "heading", indent=INDENT, space=1)
        for entry, group in groupby(one.movements, lambda sign: sign.entry):
            named = brief_span(entry, 96)
            spans = [named, Span("" if (named.whole or named.text).endswith(".") else ".")]
            for sign in group:
                spans += [Span(f" {words.MOVE_WORDS[sign.way].capitalize()}: ", "strong"), Span(sign.text, "meta")]
            yield _named(spans, number_link(entry))


def _ruler(word: str, ends: tuple[int, int], indent: int = INDENT) -> Para:
    low, high = ends
    spans = (Span("0 ", "muted", whole=""), *range_bar(low / 100, high / 100, _BAR), Span(" 100%  ", "muted", whole=""))
    said = (
        Span(word.replace(" ", "\u00a0"), "strong", whole=word),
        Span(f"\u00a0 {low}–{high}%", "meta", whole=f", {low}–{high}%"),
    )
    return Para((*spans, *said), indent=indent)


def _scale_block(scale: str) -> Block:
    paras = [line(f"The scale: {SCALE_NAMES[scale]}", "heading", indent=INDENT)]
    paras += [_ruler(" or ".join(step.words), (step.low, step.high)) for step in LIKELIHOODS[scale]]
    return Block("scale", tuple(paras))
