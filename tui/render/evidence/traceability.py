"""The recommendations with what they rest on; one whose ground is contested is at risk, and says why."""

from collections.abc import Iterator
from typing import Final

from tui.briefing import prose
from tui.evidence.evidence import Evidence
from tui.evidence.traceability import Rest, Trace
from tui.library.volume import Relation, Volume
from tui.render import signs, words
from tui.render.briefly import brief_span
from tui.render.entries import numbers
from tui.render.evidence.choice import Choice
from tui.render.page import Block, Page, Para, Span, fixed, line

_INDENT: Final = 5
_SHOWN_WHY: Final = 3
"""Reasons that are given in words; of more than can be taken in at once the rest are numbers."""


def traceability_page(volume: Volume, _choice: Choice) -> Page:
    """Set every recommendation."""
    traces = Evidence.of(volume).traces
    if not traces:
        return fixed("Traceability", [Block("nothing", (line("This briefing has no recommendations.", "meta"),))])
    names = [f"trace:{trace.recommendation.id}" for trace in traces]
    return Page("Traceability", names, lambda place: _block(traces[place]))


def _block(trace: Trace) -> Block:
    entry = trace.recommendation
    paras = [Para((Span(prose.plain(entry.text)),), Span(entry.number, "number"), _INDENT, _INDENT)]
    paras.append(_verdict(trace))
    for rest in trace.rests:
        paras.extend(_rest(rest))
    if trace.doubts:
        paras.extend(_doubts("The recommendation itself is", trace.doubts, _INDENT + 2))
    return Block(f"trace:{entry.id}", tuple(paras), f"#{entry.id}")


def _verdict(trace: Trace) -> Para:
    if trace.at_risk:
        shaken = [rest.entry for rest in trace.rests if rest.doubts]
        said = (Span("at risk", "warning"), Span(": it rests on ", "meta"), *numbers(shaken))
        return Para((*said, Span(f", {'which is' if len(shaken) == 1 else 'which are'} disputed", "meta")), indent=5)
    if not trace.rests:
        return line("rests on no entry: nothing to trace", "meta", indent=_INDENT)
    return line("rests on nothing that is disputed here", "meta", indent=_INDENT)


def _rest(rest: Rest) -> Iterator[Para]:
    depth = _INDENT + 2 + 2 * len(rest.through)
    glyph = Span(signs.ONWARD.symbol, "conflict" if rest.doubts else "meta")
    number = Span(rest.entry.number, "link", f"#{rest.entry.id}")
    text = brief_span(rest.entry, 160, before=" ")
    through = Span(f"  through {rest.through[-1].number}", "meta") if rest.through else Span("")
    yield Para((number, text, through), glyph, depth, space=int(not rest.through))
    yield from _doubts("", rest.doubts, depth + 2)


def _doubts(subject: str, doubts: tuple[Relation, ...], indent: int) -> Iterator[Para]:
    """Say why an entry is in doubt: first what undercuts or attacks it, then what conflicts with it."""
    ordered = sorted(doubts, key=lambda relation: relation.name == "conflicts")
    shown = ordered if len(ordered) <= _SHOWN_WHY + 1 else ordered[:_SHOWN_WHY]
    for relation in shown:
        said = "contested by" if relation.name == "conflicts" else words.RELATION_WORDS[relation.name, False]
        spans = [Span(f"{f'{subject} ' if subject else ''}{said} ", "conflict")]
        spans.append(Span(relation.other.number, "link", f"#{relation.other.id}"))
        why = prose.plain(relation.why)
        spans.append(Span(f" {why}", "meta") if why else brief_span(relation.other, 120, "meta", before=" "))
        yield Para(tuple(spans), Span(words.relation_glyph(relation.name, outgoing=False), "conflict"), indent + 2)
    if rest := [relation.other for relation in ordered[len(shown) :]]:
        yield Para(
            (Span("and contested by ", "conflict"), *numbers(rest)), Span(signs.CONFLICT.symbol, "conflict"), indent + 2
        )
