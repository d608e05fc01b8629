"""The one table of the kinds of entry and of the panes. Every list of either derives from this table.

A new kind is a row here, its model and its array in `model`, and an example in the skeleton of a new briefing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

VERSION: Final = 3
"""To be raised with every change of the table: caches of another version are rebuilt."""
_SAME: Final[Mapping[str, str]] = MappingProxyType({})


class EntryKind(NamedTuple):
    """A kind of entry."""

    name: str
    """The name of its array of tables in the TOML."""
    letter: str
    """The letter before its number, as in C1."""
    title: str
    plural: str
    says: tuple[str, ...]
    """The keys that it has besides those of every entry."""
    keys: Mapping[str, str] = _SAME
    """The TOML keys of the record's fields that are called otherwise in this kind."""
    is_sourced: bool = False
    """Whether the entry restates its source. Other entries are the author's own words."""
    is_attributed: bool = False
    """Whether the entry needs a source or a speaker."""
    is_judged: bool = False
    """Whether the kind serves the author's judgment. Statements never point at such an entry."""
    is_counted: bool = False
    """Whether the library shows how many a briefing has."""
    date_of: Literal["event", "statement", ""] = ""
    """The meaning of its date; empty for kinds that the timeline leaves out."""

    proposed: str = ""
    """The words that `briefing import` proposes as such an entry; empty where none are proposed."""

    def may_say(self, key: str) -> bool:
        """Whether the kind has a key besides those of every entry."""
        return key in self.says

    def key(self, field: str) -> str:
        """Return the TOML key of a record's field."""
        return self.keys.get(field, field)


class Pane(NamedTuple):
    """A pane of a briefing."""

    name: str
    title: str
    short: str
    """The title where there is no room for the whole."""
    kinds: tuple[str, ...] = ()
    """The kinds of entry that it shows, in this order."""


KINDS: Final[Mapping[str, EntryKind]] = {
    kind.name: kind
    for kind in (
        EntryKind(
            "background",
            "B",
            "Background",
            "Background",
            ("text", "title", "kind"),
            is_sourced=True,
            date_of="event",
            proposed="the opening words of each paragraph",
        ),
        EntryKind(
            "claim",
            "C",
            "Claim",
            "Claims",
            ("text", "kind", "quantity", "credibility", "assess"),
            is_sourced=True,
            is_attributed=True,
            is_counted=True,
            date_of="event",
            proposed="what may be stated, reported or held back",
        ),
        EntryKind(
            "view",
            "V",
            "Expert view",
            "Expert views",
            ("who", "text", "role", "affiliation", "kind", "stance", "via", "credibility", "assess"),
            {"by": "who"},
            is_sourced=True,
            is_counted=True,
            date_of="statement",
            proposed="what somebody may hold",
        ),
        EntryKind(
            "recommendation",
            "R",
            "Recommendation",
            "Recommendations",
            ("action", "actor", "actor_implied", "modal", "text"),
            {"text": "action", "reasons": "text", "hedge": "modal"},
            is_sourced=True,
            is_counted=True,
            date_of="statement",
            proposed="what may have to be done",
        ),
        EntryKind("assumption", "A", "Assumption", "Assumptions", ("text", "assess"), date_of="statement"),
        EntryKind("question", "Q", "Question", "Questions", ("text", "key", "positions", "evidence", "settled_by")),
        EntryKind(
            "judgment",
            "J",
            "Judgment",
            "Judgments",
            (
                "date",
                "text",
                "likelihood",
                "confidence",
                "why",
                "for",
                "against",
                "rests_on",
                "answers",
                "quantity",
                "alternatives",
                "so_what",
                "previous",
                "outcome",
            ),
            is_judged=True,
            is_counted=True,
        ),
        EntryKind(
            "indicator",
            "I",
            "Indicator",
            "Indicators",
            ("text", "outcomes", "where", "until", "observed"),
            is_judged=True,
        ),
    )
}
"""The kinds of entry, in the order in which a briefing is read."""
PANES: Final[Mapping[str, Pane]] = {
    pane.name: pane
    for pane in (
        Pane("overview", "Overview", "Overview"),
        Pane("background", "Background", "Background", ("background",)),
        Pane("claims", "Claims", "Claims", ("claim",)),
        Pane("views", "Expert views", "Views", ("view",)),
        Pane("recommendations", "Recommendations", "Recs", ("recommendation",)),
        Pane("sources", "Sources", "Sources"),
        Pane("evidence", "Evidence", "Evidence"),
        Pane("questions", "Questions", "Questions", ("judgment", "question", "indicator", "assumption")),
    )
}
"""The panes, in the order of their keys."""
ENTRY_PANES: Final = tuple(pane.name for pane in PANES.values() if pane.kinds)
"""The panes of entries."""
TABLES: Final = ("source", "entity", "origin", *KINDS)
"""The arrays of tables of a briefing that have ids."""
PANE_OF: Final[Mapping[str, str]] = {kind: pane.name for pane in PANES.values() for kind in pane.kinds}
"""The pane of each kind."""
