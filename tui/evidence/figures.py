"""The quantities of entries, by the counted things."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from tui.briefing.units import one_unit
from tui.evidence.origins import Origins
from tui.library.records import Entry, Quantity
from tui.library.volume import Volume

JUDGED: Final = "judged"
"""The name of the group of judgments: they are no counts of a source."""
_STOPS: Final = frozenset(
    {
        "after", "among", "at", "before", "between", "by", "during", "for", "from", "in", "of", "on", "per", "since", "to",
        "until", "up", "with", "within",
    }
)  # fmt: skip
"""Words behind which the counted thing is no longer named."""
_DONE: Final = frozenset(
    {
        "brought", "built", "bought", "found", "given", "held", "hit", "kept", "left", "lost", "made", "paid", "seen",
        "sent", "shot", "shown", "sold", "spent", "sunk", "taken",
    }
)  # fmt: skip
"""Participles without -ed."""
_ABOUT: Final = re.compile(
    r"\b(?:about|almost|approximately|around|circa|close to|nearly|roughly|some(?=\W*\d))\b|~|≈|\bca?\.", re.IGNORECASE
)
"""Words by which a source says that a number is approximate."""


class Counted(NamedTuple):
    """The parts of a phrase such as “KN-23 missiles supplied in 2024”."""

    thing: str
    """The head noun, `missiles`; without one the whole phrase."""
    group: str
    """The participle, `supplied`; else the phrase up to its time and place."""


class Figure(NamedTuple):
    """A quantity that an entry states."""

    entry: Entry
    quantity: Quantity
    voice: str
    """The voice behind the speaker, alike for all its figures; empty for the author."""

    @property
    def is_about(self) -> bool:
        """Whether words or a hedge call the number approximate."""
        return bool(_ABOUT.search(f"{self.quantity.words} {self.entry.hedge}"))


class Group(NamedTuple):
    """Figures that count the same, those of one voice together."""

    name: str
    figures: tuple[Figure, ...]

    @property
    def numbered(self) -> tuple[Figure, ...]:
        """The figures that name a number."""
        return tuple(figure for figure in self.figures if numbers([figure.quantity]))

    @property
    def spread(self) -> "Spread":
        """The numbers named, floors and ceilings apart."""
        said = [figure.quantity for figure in self.figures]
        closed = {end for one in said if one.min is not None and one.max is not None for end in (one.min, one.max)}
        ceilings = {one.max for one in said if one.min is None and one.max is not None}
        floors = {one.min for one in said if one.max is None and one.min is not None}
        return Spread((min(closed), max(closed)) if closed else None, sorted(ceilings), sorted(floors))


class Spread(NamedTuple):
    """The numbers that figures name."""

    ends: tuple[float, float] | None
    """The least and the greatest end of the numbers and closed ranges."""
    ceilings: list[float]
    """The numbers above which a figure does not go, in order."""
    floors: list[float]


class Kind(NamedTuple):
    """The figures that share one axis."""

    thing: str
    unit: str
    groups: tuple[Group, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, group by group."""
        return tuple(figure for group in self.groups for figure in group.figures)

    @property
    def numbered(self) -> tuple[Figure, ...]:
        """The figures that name a number."""
        return tuple(figure for group in self.groups for figure in group.numbered)


def counted(phrase: str) -> Counted:
    """Parse the name of counted things, as an English phrase."""
    words = phrase.split()
    named: list[str] = []
    for index, word in enumerate(words):
        bare = word.strip(",;:").casefold()
        done = bare in _DONE or (bare.endswith("ed") and not bare.endswith("eed") and len(bare) > 4)
        if named and done:
            return Counted(named[-1].casefold(), bare)
        if named and bare in _STOPS:
            break
        named.append(word.strip(",;:"))
        if word != word.rstrip(",;:") and index + 1 < len(words):
            break
    return Counted(named[-1].casefold(), " ".join(named)) if named else Counted(phrase, phrase)


def numbers(quantities: Iterable[Quantity]) -> list[float]:
    """Return the ends of quantities that are known."""
    return [end for one in quantities for end in (one.min, one.max) if end is not None]


def kinds_of(volume: Volume) -> tuple[Kind, ...]:
    """Return the quantities of a volume by kind, the most frequent first."""
    return kinds_in(volume, volume.edition.entries)


def kinds_in(volume: Volume, entries: Iterable[Entry]) -> tuple[Kind, ...]:
    """Return the quantities of entries by kind.

    Two are of one kind if they count things of one name in one unit.
    """
    names: dict[tuple[str, str], tuple[str, str]] = {}
    found: defaultdict[tuple[str, str], dict[str, list[Figure]]] = defaultdict(dict)
    for entry in entries:
        if entry.quantity:
            parts = counted(entry.quantity.of)
            key = parts.thing.removesuffix("s"), one_unit(entry.quantity.unit)
            names.setdefault(key, (parts.thing, entry.quantity.unit))
            group = JUDGED if entry.judgment else parts.group
            found[key].setdefault(group, []).append(Figure(entry, entry.quantity, _voice(volume, entry)))
    kinds = [
        Kind(*names[key], tuple(_group(name, groups[name]) for name in sorted(groups, key=_not_judged)))
        for key, groups in found.items()
    ]
    return tuple(sorted(kinds, key=lambda kind: -len(kind.figures)))


def _not_judged(name: str) -> bool:
    return name != JUDGED


def _group(name: str, figures: list[Figure]) -> Group:
    """Sort figures by number, those of one voice together."""
    firsts: dict[str, float] = {}
    for figure in figures:
        firsts[figure.voice] = min(firsts.get(figure.voice, float("inf")), _place(figure))
    own = sorted(figures, key=lambda figure: (firsts[figure.voice], figure.voice, _place(figure)))
    return Group(name, tuple(figures if name == JUDGED else own))


def _place(figure: Figure) -> float:
    ends = numbers([figure.quantity])
    return ends[0] if ends else float("inf")


def _voice(volume: Volume, entry: Entry) -> str:
    """Return the one voice behind an entry, else its speaker."""
    behind = volume.derived(Origins).voices(entry.notes)
    known = behind[0].entity if len(behind) == 1 else ""
    return known or speaker(entry)


def speaker(entry: Entry) -> str:
    """Return the speaker of an entry, alike however it is written."""
    return (entry.by.entity or entry.by.text.casefold()) if entry.by else ""
