"""The view of traceability: the bases of recommendations, and the doubts."""

from collections.abc import Iterator, Sequence
from typing import Final

from tui.briefing import prose
from tui.evidence.traceability import Basis, Trace, traces_of
from tui.library.entry_links import Relation
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.links import brief_span, number_link, number_ranges, numbers
from tui.render.page import INDENT, Block, Page, Para, Role, Span, apart, empty, headed, line
from tui.render.views import Choice

_SHOWN_WHY: Final = 3
"""The doubts of an entry that are given in words; of further ones the number alone is shown."""
_ORDER: Final = ("attacks", "undercuts", "conflicts", "positions")


def page(volume: Volume, _choice: Choice) -> Page:
    """Set the page, a block a recommendation."""
    traces = volume.derived(traces_of)
    if not traces:
        return empty("Traceability", "This briefing has no recommendations.")
    names = [f"trace:{trace.recommendation.id}" for trace in traces]
    return headed("Traceability", _top(traces), names, lambda index: _block(traces[index]))


def data(volume: Volume) -> object:
    """Return the recommendations with their bases and doubts."""
    return [
        {
            "recommendation": trace.recommendation.id,
            "at_risk": trace.at_risk,
            "doubts": _doubts(trace.doubts),
            "tensions": _doubts(trace.tensions),
            "rests_on": [
                {
                    "entry": basis.entry.id,
                    "through": [entry.id for entry in basis.through],
                    "doubts": _doubts(basis.doubts),
                    "tensions": _doubts(basis.tensions),
                }
                | ({} if basis.stated else {"stated": False})
                for basis in trace.bases
            ],
        }
        for trace in volume.derived(traces_of)
    ]


def fact(volume: Volume) -> str:
    """Count the recommendations at risk."""
    traces = volume.derived(traces_of)
    return f"{sum(trace.at_risk for trace in traces)} of {len(traces)} at risk"


def _doubts(doubts: tuple[Relation, ...]) -> list[dict[str, str]]:
    return [{"relation": doubt.name, "entry": doubt.other.id, "why": doubt.why} for doubt in doubts]


def _top(traces: Sequence[Trace]) -> Block:
    """Set the question of the view, and the recommendations at risk."""
    shaken = [trace.recommendation for trace in traces if trace.at_risk]
    said = Span("What does each recommendation rest on, and does it stand? ", "meta")
    if not shaken:
        return Block("all", (Para((said, Span("None is at risk.", "meta"))),), counts=False)
    counted = (Span(f"{len(shaken)} of {len(traces)} at risk", "warning"), Span(": ", "meta"))
    return Block("all", (Para((said, *counted, *numbers(shaken), Span(".", "meta"))),), counts=False)


def _block(trace: Trace) -> Block:
    entry = trace.recommendation
    paras = [Para((brief_span(entry, 200),), Span(entry.number, "number"), INDENT, INDENT)]
    paras.append(_verdict(trace))
    for place, basis in enumerate(trace.bases):
        paras.extend(_basis_paras(basis, space=int(place > 0 and not basis.through)))
    paras.extend(_doubt_paras("The recommendation itself is ", trace, INDENT + 2))
    return Block(f"trace:{entry.id}", tuple(paras), f"#{entry.id}")


def _verdict(trace: Trace) -> Para:
    if trace.at_risk:
        shaken = [basis.entry for basis in trace.bases if basis.doubts]
        said = (Span("at risk", "warning"), Span(": it rests on ", "meta"), *numbers(shaken))
        return Para((*said, Span(f", {'which is' if len(shaken) == 1 else 'which are'} disputed", "meta")), indent=5)
    if not trace.bases:
        return line("rests on no entry: nothing to trace", "meta", indent=INDENT)
    return line("rests on nothing that is disputed here", "meta", indent=INDENT)


def _basis_paras(basis: Basis, space: int) -> Iterator[Para]:
    depth = INDENT + 2 + 2 * len(basis.through)
    glyph = Span(signs.ONWARD.symbol, "conflict" if basis.doubts else "meta")
    number = number_link(basis.entry)
    text = brief_span(basis.entry, 160, before=" ")
    through = apart(f"through {basis.through[-1].number}") if basis.through else Span("")
    inferred = apart("our inference") if not basis.stated else Span("")
    yield Para((number, text, through, inferred), glyph, depth, space=space)
    yield from _doubt_paras("", basis, depth + 2)


def _doubt_paras(subject: str, doubted: Basis | Trace, indent: int) -> Iterator[Para]:
    """Yield the doubts about an entry: attacks, conflicts, rivals, tensions."""
    ordered = sorted(doubted.doubts, key=lambda doubt: _ORDER.index(doubt.name))
    told = [doubt for doubt in ordered if doubt.name != "positions"]
    shown = told if len(told) <= _SHOWN_WHY + 1 else told[:_SHOWN_WHY]
    yield from (_doubt_para(subject, doubt, "conflict", indent + 2) for doubt in shown)
    mark = Span(signs.CONFLICT.symbol, "conflict")
    if rest := [doubt.other for doubt in told[len(shown) :]]:
        yield Para((Span("and contested by ", "conflict"), *numbers(rest)), mark, indent + 2)
    if rivals := [doubt.other for doubt in ordered if doubt.name == "positions"]:
        said = Span(f"{subject}disputed: another answer is that of ", "conflict")
        yield Para((said, *number_ranges(rivals)), mark, indent + 2)
    yield from (_doubt_para("", tension, "meta", indent + 2) for tension in doubted.tensions[:_SHOWN_WHY])


def _doubt_para(subject: str, doubt: Relation, role: Role, indent: int) -> Para:
    opposed = "contested by" if doubt.name == "conflicts" else words.RELATION_WORDS.get((doubt.name, False), "")
    said = f"{subject}{opposed}" if role == "conflict" else f"{words.CONFLICT_WORDS[doubt.kind]}, both may stand:"
    spans = [Span(f"{said} ", role), number_link(doubt.other)]
    why = prose.plain(doubt.why)
    spans.append(Span(f" {why}", "meta") if why else brief_span(doubt.other, 120, "meta", before=" "))
    return Para(tuple(spans), Span(words.relation_glyph(doubt.name, outgoing=False), role), indent)
