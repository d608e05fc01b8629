"""Rules on speakers and their names."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final

from tui.briefing.fields import ID
from tui.briefing.nearest import nearest
from tui.briefing.problems import KeyPath
from tui.checks.rule import Finding, Subject, rule

_TOLD_TWICE: Final = """\
[[source]]
id = "post"
type = "article-newspaper"
url = "https://example.org/post"
origin = ["hearing"]

[[source]]
id = "gazette"
type = "article-newspaper"
url = "https://example.org/gazette"
origin = ["ORIGIN"]

[[claim]]
id = "closed"
text = "The mayor says that the bridge is closed."
by = "the mayor"
cite = [{ source = "post" }, { source = "gazette" }]
"""
_NAMED: Final = 3
"""The claims that a finding names."""
_SAID_BY: Final = """\
[[entity]]
id = "ann-holt"
name = "Ann Holt"
type = "person"

[[claim]]
id = "closed"
text = "The bridge is closed."
by = "NAME"
"""
_NAMING_A_VOICE: Final = ("by", "who", "actor", "affiliation")
_ALIKE: Final = 0.8
"""The least likeness of a slip; words are alike at less."""


@rule(
    "S011",
    "info",
    title="one speaker counts as several origins",
    why=(
        "Two outlets that tell what one speaker said are one witness; unlike `origin` makes two of it (STANAG 2511:"
        " confirmed by *independent* sources)."
    ),
    remedy="name the same origin, the speaker's own words, on each footnote; or ignore S011 and say why two count",
    example=_TOLD_TWICE.replace("ORIGIN", "interview"),
    near_miss=_TOLD_TWICE.replace("ORIGIN", "hearing"),
)
def several_origins(subject: Subject) -> Iterator[Finding]:
    """Find claims of one speaker whose sources declare different origins. A speaker is told once."""
    declared = {source.id: source.origin for source in subject.briefing.source}
    voices = {origin.id: origin.by for origin in subject.briefing.origin if origin.by}
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, claim in enumerate(subject.briefing.claim):
        if not claim.by or len(claim.cite) < 2:
            continue
        origins = tuple([one.origin or declared[one.source] for one in claim.cite])
        if not _are_apart(origins):
            continue
        if voices and any(voices.get(name, claim.by) != claim.by for names in origins for name in names):
            continue  # others are named whose word it is
        # Of an outlet that rests on several origins, the speaker is the one.
        if max(map(len, origins)) < 2 or len(subject.evidence.origins_of([claim.id])) > 1:
            found[claim.by].append((index, claim.id))
    for by, claims in found.items():
        names = [name for _, name in claims]
        told = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
        yield Finding(("claim", claims[0][0], "by"), f"{by!r} is one speaker, and counts as several origins in {told}")


@lru_cache(maxsize=1_024)
def _are_apart(origins: tuple[tuple[str, ...], ...]) -> bool:
    """Whether two footnotes declare origins, and none in common."""
    declared = {one for one in origins if one}
    return any(set(one).isdisjoint(other) for one, other in combinations(declared, 2))


@rule(
    "S012",
    "warning",
    title="a name is meant to be an id",
    why=(
        "A name that is no id of an entity is shown as it stands, without the party and the letter of its voice (ICD 206:"
        " who speaks is described)."
    ),
    remedy="write the id of an entity, or the name in words",
    example=_SAID_BY.replace("NAME", "anne-holt"),
    near_miss=_SAID_BY.replace("NAME", "the keeper"),
)
def misspelt_voices(subject: Subject) -> Iterator[Finding]:
    """Find names that are nearly an entity's id, or another id."""
    entities = {entity.id for entity in subject.briefing.entity}
    others = {place.entry.id for place in subject.entries} | {source.id for source in subject.briefing.source}
    for path, name in _names(subject):
        if name in entities or not ID.fullmatch(name):
            continue
        if near := nearest(name, entities, _ALIKE):
            yield Finding(path, f"{name!r} is the id of no entity", f"did you mean {near!r}?")
        elif name in others:
            yield Finding(path, f"{name!r} is an id, and not of an entity")


def _names(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    for place in subject.entries:
        values = vars(place.entry)  # an attribute that a model lacks is slow to ask for
        for key in _NAMING_A_VOICE:
            if name := values.get(key):
                yield (*place.path, key), name
    yield from ((("origin", index, "by"), one.by) for index, one in enumerate(subject.briefing.origin) if one.by)
