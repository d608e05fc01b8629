"""The provenance of sources: the chain of each, and its origins."""

from collections.abc import Container, Iterable, Mapping
from typing import Protocol


class _Source(Protocol):
    """A source of a briefing, as a model or as a record."""

    @property
    def id(self) -> str: ...
    @property
    def origin(self) -> tuple[str, ...]: ...
    @property
    def cited_in(self) -> str | None: ...


def chain(name: str, through: Mapping[str, str]) -> tuple[str, ...]:
    """Follow `cited_in` from a source to the source that was read. A cycle ends the chain.

    Args:
        name: the source's id.
        through: for each source the id of the one through which alone it is known, or nothing.
    """
    trail = [name]
    while (name := through.get(name, "")) and name not in trail:
        trail.append(name)
    return tuple(trail)


def carrier(name: str, through: Mapping[str, str], holds: Container[str]) -> str:
    """Find the source whose text carries another source's words.

    This is the first held source of the chain, or else the end of the chain.
    """
    trail = chain(name, through)
    return next((link for link in trail if link in holds), trail[-1])


class SourceOrigins:
    """The origins of one briefing's sources; each question is answered once."""

    def __init__(self, sources: Iterable[_Source]) -> None:
        """Index the sources by their origins, or else by their `cited_in`."""
        self._under = {
            source.id: source.origin or ((source.cited_in,) if source.cited_in else ()) for source in sources
        }
        self._known: dict[tuple[tuple[str, ...], str], frozenset[str]] = {}

    def of(self, source: str) -> frozenset[str]:
        """Return the origins of a source: ids of sources, or free keys."""
        return self.behind(source)

    def behind(self, source: str, named: tuple[str, ...] = (), speaker: str = "") -> frozenset[str]:
        """Return the origins of a statement in a source.

        Args:
            source: the id of the source.
            named: the origins that the footnote itself names; they stand in place of those of the source.
            speaker: the id of the one entity that is speaking; empty where nobody or more than one is.
        """
        key = (named, "") if named else ((source,), speaker)
        if key not in self._known:
            self._known[key] = self._followed(*key)
        return self._known[key]

    def _followed(self, names: Iterable[str], speaker: str) -> frozenset[str]:
        found: set[str] = set()
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                below = self._under.get(name, ())
                waiting.extend(below)
                found.update(() if below else (name,))
        # A speaker is one origin, on however many others the outlet rests.
        return frozenset([speaker]) if speaker and len(found) > 1 else frozenset(found)
