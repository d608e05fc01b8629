"""The table of claims, with the weights for and against each."""

from collections.abc import Iterable
from typing import Final

from tui.evidence.matrix import Weight
from tui.evidence.standing import Standing, Standings
from tui.library.entry_links import Relation
from tui.render import signs
from tui.render.links import brief_span
from tui.site.blocks import Setter
from tui.site.elements import Element, Node, element

_GROUPS: Final = (("For it", ("outlets", "origins")), ("Against it", ("outlets", "origins")))
_OTHERS: Final = ("Rated", "Judgments")
_REASONS: Final = {
    "for": signs.SUPPORTS,
    "weak for": signs.WEAK_FOR,
    "against": signs.CONTRADICTS,
    "weak against": signs.WEAK_AGAINST,
}
"""The signs of a reason for or against a judgment."""


def standing_table(setter: Setter) -> Element:
    """Set the table of all claims in the order of the file."""
    standings = setter.volume.derived(Standings)
    claims = standings.claims("given")
    above = (element("th", {"scope": "colgroup", "colspan": "2"}, title) for title, _ in _GROUPS)
    below = (element("th", {"scope": "col"}, name) for _, names in _GROUPS for name in names)
    head = element(
        "thead",
        {},
        element(
            "tr",
            {},
            element("th", {"scope": "col", "rowspan": "2"}, "Claim"),
            *above,
            *(element("th", {"scope": "col", "rowspan": "2"}, name) for name in _OTHERS),
        ),
        element("tr", {}, *below),
    )
    rows = (_row(setter, standings.of(claim)) for claim in claims)
    legend = ", ".join(f"{sign.symbol}\N{NO-BREAK SPACE}{words}" for words, sign in _REASONS.items())
    said = f"Outlets and independent origins for and against each claim. Judgments for which it is a reason: {legend}."
    caption = element("caption", {}, element("span", {}, said))
    table = element("table", {"class": "standing"}, caption, _columns(), head, element("tbody", {}, *rows))
    return element("div", {"class": "wide", "tabindex": "0", "role": "region", "aria-label": "Table of claims"}, table)


def _columns() -> Element:
    return element(
        "colgroup",
        {},
        element("col"),
        *(element("col", {"class": "figure"}) for _ in range(4)),
        element("col"),
        element("col"),
    )


def _row(setter: Setter, standing: Standing) -> Element:
    claim = standing.claim
    number = element("a", {"class": "number", "href": setter.addresses.item(claim.id)}, claim.number)
    return element(
        "tr",
        {},
        element("th", {"scope": "row", "dir": "auto"}, number, " ", *setter.inline([brief_span(claim, 96)])),
        *_weight(standing.pro),
        *_weight(standing.con),
        element("td", {}, standing.rating or "–"),
        element("td", {}, *_judgments(setter, standing.judgments)),
    )


def _weight(weight: Weight) -> Iterable[Element]:
    return (element("td", {"class": "figure"}, str(number) if number else "–") for number in weight)


def _judgments(setter: Setter, judgments: tuple[Relation, ...]) -> tuple[Node, ...]:
    """Set the judgments of which a claim is a reason."""
    told: list[Node] = []
    for one in judgments:
        words = f"{'weak ' if one.weak else ''}{one.name}"
        told += [" "] * bool(told)
        told.append(
            element(
                "span",
                {"class": "reason"},
                element("span", {"aria-hidden": "true"}, _REASONS[words].symbol),
                element("span", {"class": "hidden"}, f"{words} "),
                element("a", {"href": setter.addresses.item(one.other.id)}, one.other.number),
            )
        )
    return tuple(told) or ("–",)
