"""Rules on expert views: holders, quotations, and parties that are not heard."""

from collections.abc import Iterator
from typing import Final

from tui.briefing.traversal import Place
from tui.checks.author_prose import ASKING, TOLD, texts, worded
from tui.checks.rule import Finding, Subject, found_at, rule
from tui.language.anonymity import collectives
from tui.language.lexicon import Lexicon
from tui.language.persons import persons

_FEWEST_WORDS: Final = 6
"""Words below which a quotation is a fragment that hardly carries its own context."""


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


@rule(
    "V001",
    "warning",
    title="the view is without role or affiliation",
    why="A view is worth what its holder can know; “says an expert” says nothing of that (ICD 203, standard 1).",
    remedy="add role, affiliation, or both; for somebody unnamed, what the source says of them",
    example=_VIEW,
    near_miss=_WITH_ROLE,
)
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


@rule(
    "V002",
    "info",
    title="a fragment of fewer than six words is quoted directly",
    why="Two or three words can be made to say anything; a whole clause shows what they were about.",
    remedy="quote the whole clause, or put it into words of your own",
    example=_WITH_ROLE.replace("the bridge will not hold another winter", "not another winter"),
    near_miss=_WITH_ROLE,
)
def fragments(subject: Subject) -> Iterator[Finding]:
    """Find views that quote somebody with a few words only."""
    for index, view in enumerate(subject.briefing.view):
        for number, citation in enumerate(view.cite):
            words = len((citation.quote or "").split())
            if citation.direct and 0 < words < _FEWEST_WORDS:
                said = f"a direct quotation of {words} word{'s' * (words > 1)}"
                yield Finding(("view", index, "cite", number, "quote"), said)


@rule(
    "V003",
    "warning",
    title="experts or analysts in the plural, and one is named",
    why=(
        "A plural suggests agreement among many; one name shows one voice (ICD 206: the reader is to be able to weigh the"
        " base of sources; IFCN: sources are named and can be checked)."
    ),
    remedy="name the others, or write of the one",
    example=TOLD.replace("TEXT", "Engineers are alarmed, and Ann Holt speaks of cracks."),
    near_miss=TOLD.replace("TEXT", "The engineer Ann Holt is alarmed and speaks of cracks."),
)
@worded
def one_of_many(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find “experts” in the plural in entries that name one person."""
    people = {entity.id: entity.name for entity in subject.briefing.entity if entity.type == "person"}
    others = {name for entity in subject.briefing.entity if entity.type != "person" for name in entity.names}
    for place, stretches in texts(subject):
        for path, text, _ in stretches if place.table not in ASKING else ():
            found = collectives(text, lists)
            if found and len(named := _named(place, text, people, others, lists)) == 1:
                yield found_at(path, text, found[0], f"“{{}}”, and one person is named: {named.pop()}")


def _named(place: Place, text: str, people: dict[str, str], others: set[str], lists: Lexicon) -> set[str]:
    speaker = place.entry.speaker
    named = {people[name] for name in (*place.entry.about, speaker) if name in people}
    return named | {name for span in persons(text, lists) if (name := span.of(text)) not in others}


@rule(
    "V004",
    "info",
    title="no dissent, or no reply of the party spoken against",
    why=(
        "A panel of one mind may be a choice and not a finding, and who is spoken against is to be heard (ICD 203,"
        " standard 4; IFCN Code of Principles)."
    ),
    remedy="look for a view to the contrary and for the party’s own word, or say in the note that none was found",
    example=_VIEW + _OTHER,
    near_miss=_VIEW + _OTHER.replace('"doubtful"', '"confident"'),
)
def unopposed(subject: Subject) -> Iterator[Finding]:
    """Find panels without dissent, and criticised parties without a reply."""
    briefing = subject.briefing
    if len(briefing.view) > 1 and not _dissent(subject):
        yield Finding(("view", 0), f"the {len(briefing.view)} views have one stance, and none speaks against another")
    attacked = {link.target.to for _, link in subject.links if link.relation in {"attacks", "undercuts"}}
    spoken_of = {name for claim in briefing.claim if claim.id not in attacked for name in claim.about}
    accused = {name for recommendation in briefing.recommendation for name in recommendation.about} & spoken_of
    if not accused:
        return
    heard = {getattr(entry, "by", None) for entry in briefing.entries()} | {view.who for view in briefing.view}
    heard |= {view.affiliation for view in briefing.view if view.affiliation}
    for index, entity in enumerate(briefing.entity):
        names = {entity.id, *entity.names}
        if entity.id in accused and entity.type in {"person", "organisation"} and names.isdisjoint(heard):
            message = f"claims and recommendations are about {entity.name!r}, whose own word is not given"
            yield Finding(("entity", index, "id"), message)


def _dissent(subject: Subject) -> bool:
    views = subject.briefing.view
    if len({view.stance for view in views}) > 1:
        return True
    return any(subject.evidence.is_opposed(view.id) for view in views)
