"""The rules on expert views: who holds them, how they are quoted, and who is not heard."""

from collections.abc import Iterator
from typing import Final

from tui.checks.rule import Finding, Rule, Subject

_FEWEST_WORDS: Final = 6
"""Words below which a quotation is a fragment that hardly carries its own context."""


def nobody_in_particular(subject: Subject) -> Iterator[Finding]:
    """Find views whose holder has neither role nor affiliation."""
    entities = {entity.id: entity for entity in subject.briefing.entity}
    for index, view in enumerate(subject.briefing.view):
        entity = entities.get(view.who)
        # An organisation or a place that speaks for itself has no further standing to be told.
        stands_for_itself = entity is not None and entity.type != "person"
        known = view.role or view.affiliation or (entity and (entity.role or entity.affiliation))
        if not known and not stands_for_itself:
            name = entity.name if entity else view.who
            yield Finding(("view", index, "who"), f"{name!r} has neither role nor affiliation")


def fragments(subject: Subject) -> Iterator[Finding]:
    """Find views that quote somebody with a few words only."""
    for index, view in enumerate(subject.briefing.view):
        for number, citation in enumerate(view.cite):
            words = len((citation.quote or "").split())
            if citation.direct and 0 < words < _FEWEST_WORDS:
                said = f"a direct quotation of {words} word{'s' * (words > 1)}"
                yield Finding(("view", index, "cite", number, "quote"), said)


def unopposed(subject: Subject) -> Iterator[Finding]:
    """Find panels of one mind, and parties that are spoken against without being heard."""
    briefing = subject.briefing
    if len(briefing.view) > 1 and not _dissent(subject):
        yield Finding(("view", 0), f"the {len(briefing.view)} views have one stance, and none speaks against another")
    heard = {entry.by for entry in briefing.entries()} | {view.who for view in briefing.view}
    heard |= {view.affiliation for view in briefing.view if view.affiliation}
    attacked = {link.to for entry in briefing.entries() for link in (*entry.attacks, *entry.undercuts)}
    spoken_of = {name for claim in briefing.claim if claim.id not in attacked for name in claim.about}
    accused = {name for recommendation in briefing.recommendation for name in recommendation.about} & spoken_of
    for index, entity in enumerate(briefing.entity):
        names = {entity.id, entity.name, *entity.aka}
        if entity.id in accused and entity.type in {"person", "organisation"} and names.isdisjoint(heard):
            message = f"claims and recommendations are about {entity.name!r}, whose own word is not given"
            yield Finding(("entity", index, "id"), message)


def _dissent(subject: Subject) -> bool:
    views = subject.briefing.view
    names = {view.id for view in views}
    if len({view.stance for view in views}) > 1:
        return True
    at_odds = {
        (entry.id, link.to)
        for entry in subject.briefing.entries()
        for link in (*entry.attacks, *entry.undercuts, *entry.conflicts)
    }
    return any(one in names or other in names for one, other in at_odds)


_VIEW: Final = """\
[[view]]
id = "keeper"
who = "Ann Keeper"
text = "The bridge will not hold."
stance = "doubtful"
cite = [{ source = "note", quote = "the bridge will not hold another winter", direct = true }]
"""
_WITH_ROLE: Final = _VIEW.replace("text =", 'role = "keeper of the bridge"\ntext =')
_OTHER: Final = _VIEW.replace('"keeper"', '"mason"').replace("Ann Keeper", "Ben Mason")

RULES: Final = (
    Rule(
        "V001",
        "warning",
        "the view is without role or affiliation",
        "A view is worth what its holder can know; “says an expert” says nothing of that (ICD 203, standard 1).",
        "add role, affiliation, or both; for somebody unnamed, what the source says of them",
        nobody_in_particular,
        _VIEW,
        _WITH_ROLE,
    ),
    Rule(
        "V002",
        "info",
        "a fragment of fewer than six words is quoted directly",
        "Two or three words can be made to say anything; a whole clause shows what they were about.",
        "quote the whole clause, or put it into words of your own",
        fragments,
        _WITH_ROLE.replace("the bridge will not hold another winter", "not another winter"),
        _WITH_ROLE,
    ),
    Rule(
        "V004",
        "info",
        "no dissent, or no reply of the party spoken against",
        "A panel of one mind may be a choice and not a finding, and who is spoken against is to be heard (ICD 203,"
        " standard 4; IFCN Code of Principles).",
        "look for a view to the contrary and for the party’s own word, or say in the note that none was found",
        unopposed,
        _VIEW + _OTHER,
        _VIEW + _OTHER.replace('"doubtful"', '"confident"'),
    ),
)
