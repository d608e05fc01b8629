"""The view of the spread: expert views by stance, and their lean."""

from typing import Final

from rich.cells import set_cell_size

from tui.briefing import edtf
from tui.evidence.spread import FEWEST, Holding, Spread, spread_of
from tui.library.volume import Volume
from tui.render import words
from tui.render.breaking import shortened
from tui.render.evidence.bars import percent_of, share_bar
from tui.render.links import brief_span
from tui.render.page import INDENT, Block, Page, Para, Span, apart, empty, fixed, line
from tui.render.views import Choice

_BAR: Final = 20
_NAME: Final = 14


def page(volume: Volume, _choice: Choice) -> Page:
    """Set the page: shares of the stances, the lean, then the views."""
    spread = volume.derived(spread_of)
    if not spread.camps:
        return empty("Spread of views", "This briefing has no expert views.")
    blocks = [_summary(spread)]
    for camp in spread.camps:
        holders = words.count(camp.holders, "holder")
        title = (Span(camp.stance or "no stance named", "heading"), apart(holders))
        blocks.append(Block(f"stance/{camp.stance}", (Para(title, indent=2),), counts=False))
        blocks += [_holding(volume, holding) for holding in camp.holdings]
    return fixed("Spread of views", blocks)


def data(volume: Volume) -> object:
    """Return the views by stance, with the lean."""
    spread = volume.derived(spread_of)
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


def fact(volume: Volume) -> str:
    """Count the holders and the stances, and name the lean."""
    spread = volume.derived(spread_of)
    stances = sum(bool(camp.stance) for camp in spread.camps)
    leans = f", leans {spread.leading.stance}" if spread.leans and spread.leading else ""
    return f"{words.count(spread.holders, 'holder')}, {words.count(stances, 'stance')}{leans}"


def _summary(spread: Spread) -> Block:
    paras = []
    for camp in spread.camps:
        if camp.stance:
            share = camp.holders / spread.holders
            name = Span(f"{set_cell_size(shortened(camp.stance, _NAME), _NAME)} ", whole=f"{camp.stance}, ")
            counted = f"{camp.holders:>{len(str(spread.holders))}} of {spread.holders}"
            percent = percent_of(share)
            figures = (
                Span(f"{percent:>4}", "strong", whole=percent),
                apart(counted)._replace(whole=f", {counted.lstrip()}"),
                Span("  ", whole=""),
            )
            # The bar comes last, since a narrow page can do without it.
            paras.append(Para((name, *figures, *share_bar(share, _BAR)), indent=2, keep=True))
    paras.append(line(_lean_words(spread), "strong" if spread.leans else "meta", indent=2, space=int(bool(paras))))
    return Block("shares", tuple(paras), counts=False)


def _lean_words(spread: Spread) -> str:
    """Write whether the panel leans, with the share and the rule."""
    rule = f"(The rule: more than half of at least {FEWEST} holders are of one stance; each is counted once a stance.)"
    leading = spread.leading
    if leading is None:
        return f"No stance is named, so nothing can be said of a lean. {rule}"
    share = f"{leading.holders} of {spread.holders} holders, {percent_of(spread.share)}"
    if spread.leans:
        return f"The panel leans one way: {leading.stance}, {share}. {rule}"
    few = " These are too few to speak of a lean." if spread.holders < FEWEST else ""
    tied = sum(bool(camp.stance) and camp.holders == leading.holders for camp in spread.camps)
    found = f"{tied} stances are tied, each with {share}" if tied > 1 else f"most often it is {leading.stance}, {share}"
    return f"The panel does not lean one way; {found}.{few} {rule}"


def _holding(volume: Volume, holding: Holding) -> Block:
    view = holding.view
    who = volume.name_of(view.by) if view.by else "somebody"
    rest = ", ".join(part for part in (view.role, view.affiliation) if part)
    heading = [Span(who, "strong", f"#{view.by.entity}" if view.by and view.by.entity else "")]
    heading.append(Span(f", {rest}" if rest else ", no affiliation given", "meta"))
    paras = [Para(tuple(heading), Span(view.number, "number"), INDENT, INDENT)]
    spans = [Span(_since(holding), "meta")]
    if holding.via:
        spans += [Span("\u00a0· via ", "meta"), Span(holding.via.label, "link", f"#{holding.via.id}")]
    paras += [Para(tuple(spans), indent=INDENT), Para((brief_span(view, 160),), indent=INDENT)]
    return Block(f"held:{view.id}", tuple(paras), f"#{view.id}")


def _since(holding: Holding) -> str:
    if not holding.since:
        return "since when is not known"
    said = edtf.in_words(holding.since)
    if holding.published:
        return f"since {said} at the latest, when it was published"
    # An interval says its own beginning and end.
    return f"held {said}" if "/" in holding.since else f"since {said}"
