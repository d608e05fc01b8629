"""Rules on speakers whose words several sources tell."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final

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
