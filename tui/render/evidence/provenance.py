"""The view of provenance: the chain down to the primary source."""

from typing import Final

from tui.briefing import edtf
from tui.evidence.origins import Origins
from tui.evidence.provenance import Hop, chains
from tui.library.records import Entry
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.dates import stands_in
from tui.render.links import brief_span
from tui.render.page import INDENT, Block, Page, Para, Role, Span, empty, headed, line
from tui.render.views import Choice

STATES: Final[dict[str, tuple[str, str]]] = {
    "full": (signs.SEEN.symbol, "read in full"),
    "excerpt": (signs.IN_PART.symbol, "excerpt seen"),
    "reported": (signs.REPORTED.symbol, "only reported"),
    "not-found": (signs.NOT_FOUND.symbol, "not found"),
    "named": (signs.REPORTED.symbol, "only named"),
}
"""The glyph and the words of each state of a hop. The fuller the glyph, the more of the source was seen."""
_STEP: Final = 3


def page(volume: Volume, _choice: Choice) -> Page:
    """Set the page: the chains of each citing entry, claims first."""
    entries = [entry for entry in volume.edition.entries if entry.notes]
    if not entries:
        return empty("Provenance", "Nothing here cites a source.")
    entries.sort(key=lambda entry: entry.table != "claim")
    names = [f"way:{entry.id}" for entry in entries]
    return headed("Provenance", _legend(), names, lambda index: _block(volume, entries[index]))


def data(volume: Volume) -> object:
    """Return the chains by entry id."""
    return {
        entry.id: [[_hop(hop) for hop in way] for _, way in chains(volume, entry)]
        for entry in volume.edition.entries
        if entry.notes
    }


def fact(volume: Volume) -> str:
    """Count the sources that were not seen."""
    number = sum(source.seen in {"reported", "not-found"} for source in volume.edition.sources)
    return f"{words.count(number, 'source')} not seen"


def _hop(hop: Hop) -> dict[str, object]:
    return {"name": hop.name, "source": hop.source is not None, "state": hop.state, "depth": hop.depth,
            "cited": hop.cited, "primary": hop.primary}  # fmt: skip


def _legend() -> Block:
    known = [
        f"{glyph}\u00a0{said}".replace(" ", "\u00a0") for state, (glyph, said) in STATES.items() if state != "named"
    ]
    way = "From what was read down to its origin{}: the primary source, or the nearest known source."
    said = f"{way.format(f' ({signs.ORIGIN.symbol})')} {', '.join(known)}."
    return Block("how", (Para((Span(said, "meta", whole=way.format("")),)),))


def _block(volume: Volume, entry: Entry) -> Block:
    heading = Para((brief_span(entry, 160),), Span(entry.number, "number"), INDENT, INDENT)
    paras = [heading]
    sources = len({note.source for note in entry.notes})
    summary = f"{words.count(sources, 'source')}, {words.count(entry.origins, 'independent origin')}"
    paras.append(line(summary, "meta", indent=INDENT))
    for _, way in chains(volume, entry):
        paras += [_hop_para(volume, hop, space=int(hop.depth == 0)) for hop in way]
    return Block(f"way:{entry.id}", tuple(paras), f"#{entry.id}")


def _hop_para(volume: Volume, hop: Hop, space: int) -> Para:
    glyph, state = STATES[hop.state]
    role: Role = "warning" if hop.state == "not-found" else "meta"
    if hop.source:
        number = f"{hop.source.number}\u00a0"
        name = [Span(number, "note"), Span(hop.source.label, "link", f"#{hop.source.id}")]
        if hop.source.issued and not stands_in(hop.source.issued, hop.source.label):
            name.append(Span(f", {edtf.in_words(hop.source.issued)}", "meta"))
    else:
        name = [Span(volume.derived(Origins).label(hop.name))]
    lead = [Span(f"{_lead(hop)} ", "meta")] if hop.depth else []
    facts = [Span("\u00a0· ", "muted"), Span(glyph, role), Span(f"\u00a0{state}".replace(" ", "\u00a0"), role)]
    if hop.source:
        facts.append(Span(f"\u00a0· {hop.source.reliability}", "rating"))
    if hop.primary:
        facts += [Span("\u00a0· ", "muted"), Span(f"{signs.ORIGIN.symbol}\u00a0origin", "strong", whole="origin")]
    indent = INDENT + _STEP * hop.depth + (2 if hop.depth else 0)
    marker = Span(signs.STEP.symbol, "muted") if hop.depth else None
    return Para((*lead, *name, *facts), marker, indent, space=space)


def _lead(hop: Hop) -> str:
    """Return the tie of a hop to the one before."""
    if hop.relayed:
        return "quotes" if hop.direct else "reports"
    return "rests on"
