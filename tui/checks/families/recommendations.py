"""Rules on recommendations: actions, actors and grounds."""

from collections.abc import Iterator
from typing import Final

from tui.briefing.fields import Relation
from tui.briefing.scales import EVEN, likelihood_range
from tui.briefing.statements import Recommendation
from tui.checks.author_prose import worded
from tui.checks.evidence import Against
from tui.checks.rule import Finding, Subject, found_at, rule
from tui.language.judgments import uncheckable
from tui.language.lexicon import Lexicon

_STATED: Final = frozenset({"claim", "background"})
_GROUNDS: Final = _STATED | {"judgment"}
_SAID: Final = {
    "attacks": "attacked by",
    "undercuts": "undercut by",
    "conflicts": "in conflict with",
    "positions": "disputed by",
}


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


_JUDGED: Final = """\
format = 2

[[claim]]
id = "cracks"
text = "The engineer counted 40 cracks."
by = "the engineer"

[[judgment]]
id = "falling"
date = "2026-12-31"
text = "The bridge will fall by 31 December 2026."
likelihood = "LIKELIHOOD"
confidence = "low"
why = "The cracks grow."
for = ["cracks"]
against = []

[[recommendation]]
id = "close"
action = "Close the bridge."
actor = "the town"
by = "the engineer"
rests_on = [RESTS]
"""
_ON_JUDGMENT: Final = _JUDGED.replace("RESTS", '"cracks", { to = "falling", stated = false }')
_INFERRED: Final = _JUDGED.replace("LIKELIHOOD", "likely")


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
            message = "nobody could check whether “{}” was done"
            yield found_at(("recommendation", index, "action"), one.action, span, message)


@rule(
    "R003",
    "warning",
    title="the recommendation rests on no claim, background or judgment",
    why=(
        "What should be done follows from what is the case; without that, a reader can only believe it (ICD 203,"
        " standard 6: clear and logical argumentation)."
    ),
    remedy='add rests_on = ["…"] with what it follows from; if the source gives no ground, ignore R003 and say so',
    example=_RESTING.replace("RESTS", ""),
    near_miss=_RESTING.replace("RESTS", '"cracked"'),
)
def groundless(subject: Subject) -> Iterator[Finding]:
    """Find recommendations that rest on nothing that is the case."""
    places = subject.evidence.places
    for index, one in enumerate(subject.briefing.recommendation):
        if _GROUNDS.isdisjoint(places[link.to].table for link in one.rests_on):
            yield Finding(("recommendation", index, "id"), f"{one.id!r} rests on no claim, background or judgment")


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
    for index, one in enumerate(subject.briefing.recommendation):
        for place, link in enumerate(one.rests_on):
            against = list(evidence.against(link.to)) if evidence.places[link.to].table in _STATED else []
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


@rule(
    "R005",
    "warning",
    title="the recommendation rests on a judgment below even chance",
    why=(
        "Its ground is more likely wrong than right; that may still be reason enough to act, and then the cost of being"
        " wrong is the ground (ICD 203, standard 6: clear and logical argumentation)."
    ),
    remedy="rest it on the judgment that it follows from, or ignore R005 with the reason why a small chance is enough",
    example=_ON_JUDGMENT.replace("LIKELIHOOD", "unlikely"),
    near_miss=_ON_JUDGMENT.replace("LIKELIHOOD", "likely"),
)
def on_the_unlikely(subject: Subject) -> Iterator[Finding]:
    """Find recommendations that rest on an unlikely judgment."""
    scale = subject.briefing.briefing.scale
    judged = {one.id: one.likelihood or "" for one in subject.briefing.judgment}
    for index, one in enumerate(subject.briefing.recommendation):
        for place, link in enumerate(one.rests_on):
            found = likelihood_range(scale, judged.get(link.to, ""))
            if found and found[1] < EVEN:
                message = f"{one.id!r} rests on {link.to!r}, which is {judged[link.to]}"
                yield Finding(("recommendation", index, "rests_on", place), message)


@rule(
    "R006",
    "warning",
    title="the recommendation rests on our inference alone",
    why=(
        "Nothing in the source says why it recommends this; the reader takes our reasons for the recommender’s (ICD 203,"
        " standard 3: what was said told apart from what is inferred)."
    ),
    remedy="add the ground that the source states; else ignore R006 with the reason that the source states none",
    example=_INFERRED.replace("RESTS", '{ to = "cracks", stated = false }'),
    near_miss=_INFERRED.replace("RESTS", '"cracks", { to = "falling", stated = false }'),
)
def inferred(subject: Subject) -> Iterator[Finding]:
    """Find recommendations with inferred grounds alone."""
    for index, one in enumerate(subject.briefing.recommendation):
        if one.rests_on and not any(link.stated for link in one.rests_on):
            yield Finding(("recommendation", index, "rests_on"), f"every ground of {one.id!r} is our inference")
