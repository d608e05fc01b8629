"""The way from each entry down to the primary source, every hop with how much of it was seen."""

from typing import Final

from tui.briefing import edtf
from tui.evidence.evidence import Evidence
from tui.evidence.provenance import Hop, chains
from tui.library.records import Entry
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.briefly import brief_span
from tui.render.evidence.choice import Choice
from tui.render.page import Block, Page, Para, Role, Span, fixed, line

STATES: Final[dict[str, tuple[str, str]]] = {
    "full": (signs.SEEN.symbol, "read in full"),
    "excerpt": (signs.IN_PART.symbol, "excerpt seen"),
    "reported": (signs.REPORTED.symbol, "only reported"),
    "not-found": (signs.NOT_FOUND.symbol, "not found"),
    "named": (signs.REPORTED.symbol, "only named"),
}
"""How much of a hop was seen: its glyph, which fills with what was seen, and its words."""
_INDENT: Final = 5
_STEP: Final = 3


def provenance_page(volume: Volume, _choice: Choice) -> Page:
    """Set the chains of every entry that cites anything, claims first."""
    entries = [entry for entry in volume.edition.entries if entry.notes]
    if not entries:
        return fixed("Provenance", [Block("nothing", (line("Nothing here cites a source.", "meta"),))])
    entries.sort(key=lambda entry: entry.table != "claim")
    names = ["how", *(f"way:{entry.id}" for entry in entries)]
    return Page(
        "Provenance", names, lambda place: _block(volume, entries[place - 1]) if place else _legend(), besides=("how",)
    )


def _legend() -> Block:
    known = [
        f"{glyph}\u00a0{said}".replace(" ", "\u00a0") for state, (glyph, said) in STATES.items() if state != "named"
    ]
    said = (
        f"From what was read down to its origin ({signs.ORIGIN.symbol}): the primary source, or what comes nearest to it of all that is known. "
        + ", ".join(known)
        + "."
    )
    return Block("how", (line(said, "meta"),))


def _block(volume: Volume, entry: Entry) -> Block:
    heading = Para((brief_span(entry, 160),), Span(entry.number, "number"), _INDENT, _INDENT)
    paras = [heading]
    sources = len({note.source for note in entry.notes})
    summary = f"{words.count(sources, 'source')}, {words.count(entry.origins, 'independent origin')}"
    paras.append(line(summary, "meta", indent=_INDENT))
    for _, way in chains(volume, Evidence.of(volume).origins, entry):
        paras += [_hop_para(volume, hop, space=int(hop.depth == 0)) for hop in way]
    return Block(f"way:{entry.id}", tuple(paras), f"#{entry.id}")


def _hop_para(volume: Volume, hop: Hop, space: int) -> Para:
    glyph, state = STATES[hop.state]
    role: Role = "warning" if hop.state == "not-found" else "meta"
    if hop.source:
        number = f"{hop.source.number}\u00a0"
        name = [Span(number, "note"), Span(hop.source.label, "link", f"#{hop.source.id}")]
        if hop.source.issued and hop.source.issued[:4] not in hop.source.label:
            name.append(Span(f", {edtf.in_words(hop.source.issued)}", "meta"))
    else:
        name = [Span(Evidence.of(volume).origins.label(hop.name))]
    lead = [Span(f"{_lead(hop)} ", "meta")] if hop.depth else []
    facts = [Span("\u00a0· ", "muted"), Span(glyph, role), Span(f"\u00a0{state}".replace(" ", "\u00a0"), role)]
    if hop.source:
        facts.append(Span(f"\u00a0· {hop.source.reliability}", "rating"))
    if hop.primary:
        facts += [Span("\u00a0· ", "muted"), Span(f"{signs.ORIGIN.symbol}\u00a0origin", "strong")]
    indent = _INDENT + _STEP * hop.depth + (2 if hop.depth else 0)
    marker = Span(signs.STEP.symbol, "muted") if hop.depth else None
    return Para((*lead, *name, *facts), marker, indent, space=space)


def _lead(hop: Hop) -> str:
    """Say how a hop hangs on the one before it."""
    if hop.relayed:
        return "quotes" if hop.direct else "reports"
    return "rests on"
