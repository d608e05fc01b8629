"""The standing of claims: the sources for and against each."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, NamedTuple

from tui.evidence.matrix import Matrix, Order, Weight
from tui.library.entry_links import Relation
from tui.library.ratings import best_note
from tui.library.records import Entry
from tui.library.volume import Volume


class Standing(NamedTuple):
    """A claim with the weights for and against it."""

    claim: Entry
    pro: Weight
    con: Weight
    rating: str
    """The rating of the claim; without a figure the letter of its best source alone."""
    judgments: tuple[Relation, ...]
    """The judgments that give the claim as a reason, for or against."""


FILTERS: Final = MappingProxyType[str, Callable[[Standing], bool]](
    {
        "disputed": lambda standing: standing.con.outlets > 0,
        "judged": lambda standing: bool(standing.judgments),
        "one-origin": lambda standing: standing.pro.origins < 2,
    }
)
"""The filters of the claims, by name."""


class Standings:
    """The standings of a volume's claims. Each is computed when it is first asked for."""

    def __init__(self, volume: Volume) -> None:
        """Begin with a volume."""
        self._volume = volume
        self._matrix = volume.derived(Matrix)
        self._known: dict[str, Standing] = {}

    def of(self, claim: Entry) -> Standing:
        """Return the standing of a claim."""
        if claim.id not in self._known:
            self._known[claim.id] = self._made(claim)
        return self._known[claim.id]

    def claims(self, order: Order, only: str = "") -> tuple[Entry, ...]:
        """Sort the claims, and filter them."""
        claims = self._matrix.rows(order)
        fits = FILTERS.get(only)
        return tuple(claim for claim in claims if fits(self.of(claim))) if fits else claims

    def _made(self, claim: Entry) -> Standing:
        pro, con = self._matrix.weight(claim, "supports"), self._matrix.weight(claim, "contradicts")
        best = best_note(self._volume.sources, claim.notes)
        letter = self._volume.sources[best.source].reliability if best else ""
        relations = self._volume.links.relations(claim)
        reasons = tuple(one for one in relations if one.name in {"for", "against"} and not one.outgoing)
        return Standing(claim, pro, con, self._volume.rating(claim) or letter, reasons)
