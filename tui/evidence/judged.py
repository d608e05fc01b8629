"""The judgments of a volume with all that bears on them."""

from collections import Counter
from typing import NamedTuple

from tui.evidence.origins import Origins
from tui.evidence.watch import Movement, movements
from tui.library.records import Entry
from tui.library.volume import Volume


class Reason(NamedTuple):
    """An entry that speaks for or against a judgment."""

    entry: Entry
    why: str
    weak: bool
    """Whether the reason is shown and not counted."""


class Weighed(NamedTuple):
    """A judgment, or an assessed statement of format 1, with its reasons."""

    entry: Entry
    speaks_for: tuple[Reason, ...]
    against: tuple[Reason, ...]
    rests_on: tuple[Entry, ...]
    movements: tuple[Movement, ...]
    """The signs that would move it."""


def weighed_in(volume: Volume) -> tuple[Weighed, ...]:
    """Return the judgments and assessed statements in their order."""
    return tuple(
        Weighed(
            entry,
            _reasons(volume, entry, "for"),
            _reasons(volume, entry, "against"),
            tuple(reason.entry for reason in _reasons(volume, entry, "rests_on")),
            tuple(movements(volume, entry)),
        )
        for entry in volume.edition.entries
        if entry.assess or entry.judgment
    )


def parties(volume: Volume, entry: Entry, relation: str) -> Counter[str]:
    """Count the voices behind the reasons of a judgment, by party.

    A weak reason is not counted. A voice without a party counts under the empty string. An entry without sources has the
    voice of its speaker.
    """
    origins = volume.derived(Origins)
    reasons = (one.entry for one in _reasons(volume, entry, relation) if not one.weak)
    speakers = (origins.voices(one.notes) or ((one.by,) if one.by else ()) for one in reasons)
    voices = dict.fromkeys(voice for found in speakers for voice in found)
    return Counter(volume.entities[voice.entity].party if voice.entity else "" for voice in voices)


def _reasons(volume: Volume, entry: Entry, relation: str) -> tuple[Reason, ...]:
    """Return the targets of a relation. Those that count come first."""
    links = (link for link in entry.links if link.relation == relation)
    found = (Reason(volume.entries[link.to], link.why, link.weak) for link in links)
    return tuple(sorted(found, key=lambda reason: reason.weak))
