"""What the Evidence pane shows, as data."""

from typing import Any

from tui.evidence.comparison import Compared, compare
from tui.evidence.evidence import Evidence
from tui.evidence.provenance import Hop, chains
from tui.evidence.traceability import doubts
from tui.library.records import Entry
from tui.library.volume import Relation, Volume


def evidence_data(volume: Volume, view: str = "") -> dict[str, Any]:
    """Give every view by its name, or one alone."""
    makers = {
        "coverage": _coverage,
        "matrix": _matrix,
        "conflicts": _conflicts,
        "provenance": _provenance,
        "traceability": _traceability,
        "spread": _spread,
        "timeline": _timeline,
        "assessment": _assessment,
    }
    return {name: make(volume) for name, make in makers.items() if view in {"", name}}


def _coverage(volume: Volume) -> Any:
    coverage = Evidence.of(volume).coverage
    return {
        measure: {
            "entries": share.part,
            "of": share.whole,
            "lacking": [entry.id for entry in coverage.lacking[measure]],
        }
        for measure, share in coverage.whole.items()
    }


def _matrix(volume: Volume) -> Any:
    """Give for each claim the sources that are not silent, with what they do and through which entries."""
    matrix = Evidence.of(volume).matrix
    rows = {}
    for claim in matrix.claims:
        rows[claim.id] = {
            source: [
                {
                    "stance": ground.stance,
                    "relation": ground.relation,
                    "entry": ground.entry.id,
                    "quote": ground.note.quote,
                }
                for ground in grounds
            ]
            for source, grounds in matrix.row(claim).items()
        }
    return {"outlets": matrix.breadth.outlets, "origins": matrix.breadth.origins, "claims": rows}


def _conflicts(volume: Volume) -> Any:
    return [
        {"entries": [one.id, other.id], "why": why, "compared": [_compared(found) for found in compare(one, other)]}
        for one, other, why in volume.conflicts
    ]


def _compared(found: Compared) -> dict[str, Any]:
    known: dict[str, Any] = {"aspect": found.aspect, "verdict": found.verdict, "same_thing": found.same_thing}
    if found.aspect == "quantity" and found.shared:
        known["shared"] = list(found.shared)
    return known


def _provenance(volume: Volume) -> Any:
    origins = Evidence.of(volume).origins
    return {
        entry.id: [[_hop(hop) for hop in way] for _, way in chains(volume, origins, entry)]
        for entry in volume.edition.entries
        if entry.notes
    }


def _hop(hop: Hop) -> dict[str, Any]:
    return {"name": hop.name, "source": hop.source is not None, "state": hop.state, "depth": hop.depth,
            "cited": hop.cited, "primary": hop.primary}  # fmt: skip


def _traceability(volume: Volume) -> Any:
    return [
        {
            "recommendation": trace.recommendation.id,
            "at_risk": trace.at_risk,
            "doubts": _relations(trace.doubts),
            "rests_on": [
                {
                    "entry": rest.entry.id,
                    "through": [entry.id for entry in rest.through],
                    "doubts": _relations(doubts(volume, rest.entry)),
                }
                for rest in trace.rests
            ],
        }
        for trace in Evidence.of(volume).traces
    ]


def _relations(relations: tuple[Relation, ...]) -> list[dict[str, str]]:
    return [{"relation": relation.name, "entry": relation.other.id, "why": relation.why} for relation in relations]


def _spread(volume: Volume) -> Any:
    spread = Evidence.of(volume).spread
    camps = [
        {
            "stance": camp.stance,
            "holders": camp.holders,
            "views": [
                {"view": held.view.id, "since": held.since, "since_published": held.published} for held in camp.holdings
            ],
        }
        for camp in spread.camps
    ]
    return {"holders": spread.holders, "leans": spread.leans, "share": round(spread.share, 4), "stances": camps}


def _timeline(volume: Volume) -> Any:
    return [
        {"kind": item.kind, "date": item.date, ("entry" if isinstance(item.thing, Entry) else "source"): item.thing.id}
        for item in Evidence.of(volume).timeline.items
    ]


def _assessment(volume: Volume) -> Any:
    return {
        entry.id: dict(zip(entry.assess._fields, entry.assess, strict=True))
        for entry in volume.edition.entries
        if entry.assess
    }
