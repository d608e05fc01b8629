"""The entries that say that an entry is wrong.

They attack or undercut it, are in a conflict with it in which both cannot be right, or hold another position of a
dispute. A tension, another count and another date oppose nothing, since both entries may stand.
"""

from tui.evidence.rivals import rivals_of
from tui.library.entry_links import Relation
from tui.library.records import Entry
from tui.library.volume import Volume


def opposition(volume: Volume, entry: Entry) -> tuple[Relation, ...]:
    """Return the relations that oppose an entry, those to rivals last."""
    relations = volume.links.relations(entry)
    return (*(one for one in relations if opposes(volume, one)), *rivals(volume, entry))


def disputed_grounds(volume: Volume, entry: Entry) -> tuple[Entry, ...]:
    """Return the opposed entries on which an entry rests."""
    relations = volume.links.relations(entry)
    grounds = (one.other for one in relations if one.name == "rests_on" and one.outgoing)
    return tuple(ground for ground in grounds if opposition(volume, ground))


def opposes(volume: Volume, relation: Relation) -> bool:
    """Whether a relation says that the entry is wrong."""
    if relation.name == "conflicts":
        return volume.links.is_at_odds(relation.kind)
    return relation.name in {"attacks", "undercuts"} and not relation.outgoing


def rivals(volume: Volume, entry: Entry) -> tuple[Relation, ...]:
    """Return the holders of positions that exclude an entry's.

    A holder whose conflict with the entry opposes it is left out.
    """
    found = volume.derived(rivals_of).get(entry.id, ())
    named = {one.other.id for one in volume.links.relations(entry) if found and opposes(volume, one)}
    return tuple(Relation("positions", outgoing=False, other=one, why="") for one in found if one.id not in named)
