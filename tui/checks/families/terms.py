"""The rule on names: one thing goes under one name."""

from collections.abc import Iterator
from typing import Final

from tui.checks.author_prose import prose
from tui.checks.rule import Finding, Subject, rule
from tui.language.names import shifting, uses

_NAMES: Final = """\
[[entity]]
id = "kharkiv"
name = "Kharkiv"
aka = ["Kharkov"]
type = "place"

[[claim]]
id = "first"
text = "A missile fell on Kharkiv."
by = "the mayor"

[[claim]]
id = "second"
text = "TEXT"
by = "the mayor"
"""


@rule(
    "T001",
    "info",
    title="one thing goes under shifting names",
    why="A reader takes two names for two things; terminology work keeps one name for one concept (ISO 704).",
    remedy="keep to the entity’s `name`; other names stand in `aka`, for the search",
    example=_NAMES.replace("TEXT", "Kharkov was hit again."),
    near_miss=_NAMES.replace("TEXT", "Kharkiv was hit again."),
)
def shifting_names(subject: Subject) -> Iterator[Finding]:
    """Find entities that the briefing calls by more than one name."""
    stretches = list(prose(subject))
    found = uses(
        (name for entity in subject.briefing.entity if entity.aka for name in (entity.name, *entity.aka)),
        [stretch.text for stretch in stretches],
    )
    for entity in subject.briefing.entity:
        use = shifting((entity.name, *entity.aka), found) if entity.aka else None
        if use is not None:
            message = f"“{use.name}” here, another name of {entity.id!r} elsewhere"
            yield Finding(stretches[use.text].path, message, offset=use.start, length=use.end - use.start)
