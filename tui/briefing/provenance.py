"""Through whom a source is known, and on what it rests."""

from collections.abc import Container, Iterable, Mapping


def chain(name: str, through: Mapping[str, str]) -> tuple[str, ...]:
    """Follow `cited_in` from a source to the one that was really read; a circle ends where it closes.

    Args:
        name: the source's id.
        through: for each source the id of the one through which alone it is known, or nothing.
    """
    trail = [name]
    while (name := through.get(name, "")) and name not in trail:
        trail.append(name)
    return tuple(trail)


def carrier(name: str, through: Mapping[str, str], holds: Container[str]) -> str:
    """Find the source whose text carries a source's words: itself where held, else along the chain, else its end."""
    trail = chain(name, through)
    return next((link for link in trail if link in holds), trail[-1])


def origins_behind(
    source: str, named: Iterable[str], speaker: str, under: Mapping[str, Iterable[str]]
) -> frozenset[str]:
    """Return the origins of one statement that a source makes or passes on.

    Args:
        source: the id of the source.
        named: what the footnote itself names as its origin.
        speaker: the id of the one entity that is speaking; empty where nobody or more than one is.
        under: for each source the ids or free keys of what it rests on.
    """
    if named := tuple(named):
        return origins_of(named, under)
    found = origins_of([source], under)
    # One who speaks is one origin, on however many others his outlet rests.
    return frozenset([speaker]) if speaker and len(found) > 1 else found


def origins_of(names: Iterable[str], under: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Follow what sources rest on down to what rests on nothing that the briefing knows.

    Args:
        names: ids of sources.
        under: for each source the ids or free keys of what it rests on.
    """
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        below = tuple(under.get(name, ()))
        waiting.extend(below)
        if not below:
            found.add(name)
    return frozenset(found)
