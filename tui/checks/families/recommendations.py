"""The rules on what recommendations rest on."""

from collections.abc import Iterator
from typing import Final

from tui.briefing.fields import Relation
from tui.briefing.model import Recommendation
from tui.checks.evidence import Against
from tui.checks.rule import Finding, Rule, Subject

_SAID: Final = {"attacks": "attacked by", "undercuts": "undercut by", "conflicts": "in conflict with"}


def groundless(subject: Subject) -> Iterator[Finding]:
    """Find recommendations that rest on no claim."""
    claims = {claim.id for claim in subject.briefing.claim}
    for index, one in enumerate(subject.briefing.recommendation):
        if claims.isdisjoint(link.to for link in one.rests_on):
            yield Finding(("recommendation", index, "id"), f"{one.id!r} rests on no claim")


def at_risk(subject: Subject) -> Iterator[Finding]:
    """Find recommendations that rest on a contested claim without a word about it."""
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
    """Tell whether a reason is given, or the text speaks of the claim or of what speaks against it."""
    targets = {link.to, *(found.by for found in against)}
    return bool(link.why) or any(
        f"[[{name}]]" in (one.text or "") or f"[[{name}|" in (one.text or "") for name in targets
    )


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

RULES: Final = (
    Rule(
        "R003",
        "warning",
        "the recommendation rests on no claim",
        "What should be done follows from what is the case; without that, a reader can only believe it (ICD 203,"
        " standard 6: clear and logical argumentation).",
        'add rests_on = ["…"] with the claims that it follows from',
        groundless,
        _RESTING.replace("RESTS", ""),
        _RESTING.replace("RESTS", '"cracked"'),
    ),
    Rule(
        "R004",
        "warning",
        "the recommendation rests on a claim that is undercut or contested, unacknowledged",
        "Where the ground is in doubt, so is what stands on it, and who acts on it must know (ICD 203, standard 2:"
        " uncertainties).",
        "give the reason in rests_on, or speak of the doubt in the text",
        at_risk,
        _RESTING.replace("RESTS", '"sound"'),
        _RESTING.replace("RESTS", '{ to = "sound", why = "The mason has seen it since." }'),
    ),
)
