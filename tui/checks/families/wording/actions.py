"""The rules on what a recommendation asks, and of whom."""

from collections.abc import Iterator
from typing import Final

from tui.checks.families.wording.fields import worded
from tui.checks.rule import Finding, Rule, Subject
from tui.language.judgments import uncheckable
from tui.language.lexicon import Lexicon


def nobody_asked(subject: Subject) -> Iterator[Finding]:
    """Find recommendations that do not say who is to act."""
    for index, one in enumerate(subject.briefing.recommendation):
        if one.actor is None:
            yield Finding(("recommendation", index, "id"), f"{one.id!r} does not say who is to act")
        elif one.actor_implied:
            message = f"the source leaves it to be understood that “{one.actor}” should act"
            yield Finding(("recommendation", index, "actor"), message)


def attitude(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find actions of which nobody could say whether they were done."""
    for index, one in enumerate(subject.briefing.recommendation):
        span = uncheckable(one.action, lists)
        if span is not None:
            word = span.of(one.action)
            message = f"nobody could check whether “{word}” was done"
            yield Finding(("recommendation", index, "action"), message, offset=span.start, length=len(word))


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

RULES: Final = (
    Rule(
        "R001",
        "warning",
        "the recommendation has no actor, or one that is only implied",
        "What nobody in particular is to do, nobody does; guidance on recommendations asks for who acts as well as what is"
        " done (AGREE II, item 15: specific and unambiguous).",
        "write `actor` where the source names one; else ignore R001 with the reason that the source names none",
        nobody_asked,
        _ASKED.replace("ACTION", "Replace the planks."),
        _ASKED.replace("ACTION", "Replace the planks.") + 'actor = "the town"\n',
    ),
    Rule(
        "R002",
        "info",
        "nobody could check whether the action was done",
        "A recommendation that cannot fail cannot help: AGREE II (item 15) asks that it be specific and unambiguous.",
        "say what is done, by when, and how one would see it; or leave it as the source’s words",
        worded(attitude),
        _ASKED.replace("ACTION", "Remain vigilant.") + 'actor = "the town"\n',
        _ASKED.replace("ACTION", "Inspect the pier each month.") + 'actor = "the town"\n',
    ),
)
