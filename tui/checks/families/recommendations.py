"""Rules on recommendations: actions, actors and grounds."""

from collections.abc import Iterator
from typing import Final

from tui.briefing.fields import Relation
from tui.briefing.statements import Recommendation
from tui.checks.author_prose import worded
from tui.checks.evidence import Against
from tui.checks.rule import Finding, Subject, rule
from tui.language.judgments import uncheckable
from tui.language.lexicon import Lexicon

_SAID: Final = {"attacks": "attacked by", "undercuts": "undercut by", "conflicts": "in conflict with"}


_ASKED: Final = """\
[[claim]]
id = "cracks"
text = "The engineer counted 40 cracks."
by = "the engineer"

[[recommendation]]
id = "repair"
action = "ACTION"
by = "the engineer"
rests_on = ["cracks"]
"""


_RESTING: Final = """\
[[claim]]
id = "sound"
text = "The mason says that the bridge is sound."
by = "the mason"

[[claim]]
id = "cracked"
text = "The keeper says that the bridge is cracked."
by = "the keeper"
attacks = ["sound"]

[[recommendation]]
id = "open"
action = "Open the bridge."
actor = "the town"
by = "the mason"
rests_on = [RESTS]
"""


@rule(
    "R001",
    "warning",
    title="the recommendation has no actor, or one that is only implied",
    why=(
        "What nobody in particular is to do, nobody does; guidance on recommendations asks for who acts as well as what is"
        " done (AGREE II, item 15: specific and unambiguous)."
    ),
    remedy="write `actor` where the source names one; else ignore R001 with the reason that the source names none",
    example=_ASKED.replace("ACTION", "Replace the planks."),
    near_miss=_ASKED.replace("ACTION", "Replace the planks.") + 'actor = "the town"\n',
)
def nobody_asked(subject: Subject) -> Iterator[Finding]:
    """Find recommendations that do not say who is to act."""
    for index, one in enumerate(subject.briefing.recommendation):
        if one.actor is None:
            yield Finding(("recommendation", index, "id"), f"{one.id!r} does not say who is to act")
        elif one.actor_implied:
            message = f"the source leaves it to be understood that “{one.actor}” should act"
            yield Finding(("recommendation", index, "actor"), message)


@rule(
    "R002",
    "info",
    title="nobody could check whether the action was done",
    why="A recommendation that cannot fail cannot help: AGREE II (item 15) asks that it be specific and unambiguous.",
    remedy="say what is done, by when, and how one would see it; or leave it as the source’s words",
    example=_ASKED.replace("ACTION", "Remain vigilant.") + 'actor = "the town"\n',
    near_miss=_ASKED.replace("ACTION", "Inspect the pier each month.") + 'actor = "the town"\n',
)
@worded
def attitude(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find actions of which nobody could say whether they were done."""
    for index, one in enumerate(subject.briefing.recommendation):
        span = uncheckable(one.action, lists)
        if span is not None:
            word = span.of(one.action)
            message = f"nobody could check whether “{word}” was done"
            yield Finding(("recommendation", index, "action"), message, offset=span.start, length=len(word))


@rule(
    "R003",
    "warning",
    title="the recommendation rests on no claim",
    why=(
        "What should be done follows from what is the case; without that, a reader can only believe it (ICD 203,"
        " standard 6: clear and logical argumentation)."
    ),
    remedy='add rests_on = ["…"] with the claims that it follows from',
    example=_RESTING.replace("RESTS", ""),
    near_miss=_RESTING.replace("RESTS", '"cracked"'),
)
def groundless(subject: Subject) -> Iterator[Finding]:
    """Find recommendations that rest on no claim."""
    claims = {claim.id for claim in subject.briefing.claim}
    for index, one in enumerate(subject.briefing.recommendation):
        if claims.isdisjoint(link.to for link in one.rests_on):
            yield Finding(("recommendation", index, "id"), f"{one.id!r} rests on no claim")


@rule(
    "R004",
    "warning",
    title="the recommendation rests on a claim that is undercut or contested, unacknowledged",
    why=(
        "Where the ground is in doubt, so is what stands on it, and who acts on it must know (ICD 203, standard 2:"
        " uncertainties)."
    ),
    remedy="give the reason in rests_on, or speak of the doubt in the text",
    example=_RESTING.replace("RESTS", '"sound"'),
    near_miss=_RESTING.replace("RESTS", '{ to = "sound", why = "The mason has seen it since." }'),
)
def at_risk(subject: Subject) -> Iterator[Finding]:
    """Find recommendations that rest on a contested claim without saying why."""
    evidence = subject.evidence
    claims = {claim.id for claim in subject.briefing.claim}
    for index, one in enumerate(subject.briefing.recommendation):
        for place, link in enumerate(one.rests_on):
            against = list(evidence.against(link.to)) if link.to in claims else []
            if against and not _acknowledged(one, link, against):
                names = ", ".join(f"{_SAID[found.relation]} {found.by!r}" for found in against[:3])
                yield Finding(
                    ("recommendation", index, "rests_on", place),
                    f"{one.id!r} rests on {link.to!r}, which is {names}, and does not say so",
                    f'say why it holds all the same: {{ to = "{link.to}", why = "…" }}',
                )


def _acknowledged(one: Recommendation, link: Relation, against: list[Against]) -> bool:
    """Whether a relation has a reason, or the text links the claims."""
    targets = {link.to, *(found.by for found in against)}
    return bool(link.why) or any(
        f"[[{name}]]" in (one.text or "") or f"[[{name}|" in (one.text or "") for name in targets
    )
