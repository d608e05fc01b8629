"""Rules on conflicts, disputes and indicators."""

from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf
from tui.briefing.fields import Conflict, Quantity
from tui.briefing.units import one_unit
from tui.checks.rule import Finding, Subject, rule
from tui.evidence.ranges import Range, common

_TWO: Final = """\
format = 2

[[claim]]
id = "carter"
text = "The carter brought sacks of barley."
by = "the carter"
quantity = { of = "sacks of barley", min = 200 }

[[claim]]
id = "miller"
text = "The miller received sacks of barley."
by = "the miller"
quantity = { of = "sacks of barley", MILLER }
conflicts = [{ to = "carter", KIND why = "One of them is mistaken." }]
"""
_DISPUTED: Final = """\
format = 2

[[claim]]
id = "sound"
text = "The mason says that the bridge is sound."
by = "the mason"

[[question]]
id = "safe"
text = "Is the bridge safe?"
positions = [
  { id = "safe", text = "safe", entries = ["sound"] },
  { id = "unsafe", text = "unsafe" },
]
"""
_ANSWERED: Final = (
    _DISPUTED
    + """
[[judgment]]
id = "unsafe"
text = "The bridge is unsafe."
date = "2026"
likelihood = "likely"
confidence = "low"
why = "The mason did not look below."
for = []
against = ["sound"]
answers = "safe#POSITION"
"""
)
_WATCHED: Final = """\
format = 2

[briefing]
id = "example"
title = "An example"
bluf = "It shows one rule."
lang = "en"
as_of = "2026-11"

[[indicator]]
id = "report"
text = "The engineer’s report is published."
until = "UNTIL"
"""


@rule(
    "J005",
    "warning",
    title="a position of a dispute has neither entries nor a note",
    why=(
        "An answer that nobody is shown to hold looks as well founded as the others; who lists it owes the reason (ICD 203,"
        " standard 4: analysis of alternatives)."
    ),
    remedy="add the entries that hold it, or a note why it is listed",
    example=_DISPUTED,
    near_miss=_DISPUTED.replace('"unsafe" }', '"unsafe", note = "Nobody says so yet; the cracks suggest it." }'),
)
def empty_positions(subject: Subject) -> Iterator[Finding]:
    """Find positions that nothing holds or explains."""
    for index, question in enumerate(subject.briefing.question):
        for place, position in enumerate(question.positions):
            if not position.entries and not position.note:
                message = f"nothing holds the position {position.id!r}, and no note says why it is listed"
                yield Finding(("question", index, "positions", place), message)


@rule(
    "J007",
    "warning",
    title="the indicator is past its date",
    why=(
        "A sign that was to be seen by a day gone by was seen or was not, and either tells something; a list that keeps it"
        " promises a watch that has ended (ICD 203, standard 7: change of judgments)."
    ),
    remedy="write what was `observed`, set a later `until`, or delete the indicator",
    example=_WATCHED.replace("UNTIL", "2026-10"),
    near_miss=_WATCHED.replace("UNTIL", "2026-11"),
)
def outlived(subject: Subject) -> Iterator[Finding]:
    """Find unobserved indicators whose date lies before the briefing's day."""
    header = subject.briefing.briefing
    today = edtf.sort_key(header.as_of)
    for index, indicator in enumerate(subject.briefing.indicator):
        last = edtf.parse(indicator.until).last if indicator.until else None
        if last and not indicator.observed and edtf.latest(last) < today:
            message = f"{indicator.id!r} was to be watched for until {edtf.in_words(indicator.until or '')}, and as_of is {header.as_of}"
            yield Finding(("indicator", index, "until"), message)


@rule(
    "C013",
    "warning",
    title="a conflict is called a contradiction, and both quantities can be right",
    why=(
        "In a contradiction one side is wrong; “at least 60” and “at least 80” do not shut each other out, and a reader"
        " who counts contradictions is misled (ICD 203, standard 6: logical argumentation)."
    ),
    remedy='take another kind, such as kind = "other-count", or delete the conflict',
    example=_TWO.replace("MILLER", "min = 300").replace("KIND", 'kind = "contradiction",'),
    near_miss=_TWO.replace("MILLER", "max = 150").replace("KIND", 'kind = "contradiction",'),
)
def compatible(subject: Subject) -> Iterator[Finding]:
    """Find contradictions between quantities that have numbers in common."""
    places = subject.evidence.places
    for (path, entry), (below, _, link) in subject.links:
        if not isinstance(link, Conflict) or link.kind != "contradiction":
            continue
        quantity, other = (getattr(one, "quantity", None) for one in (entry, places[link.to].entry))
        if quantity and other and _fit(quantity, other):
            message = f"the quantities of {entry.id!r} and {link.to!r} can both be right, so they contradict nothing"
            yield Finding((*path, *below), message)


def _fit(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities in one unit have numbers in common."""
    ranges = Range(*one.bounds), Range(*other.bounds)
    is_one_unit = one_unit(one.unit) == one_unit(other.unit)
    return is_one_unit and Range(None, None) not in ranges and common(*ranges) is not None


@rule(
    "C015",
    "warning",
    title="the kind of a conflict is not given",
    why=(
        "A contradiction, a denial and two counts of two things weigh differently; a reader sees one number of conflicts"
        " (ICD 203, standard 4: analysis of alternatives)."
    ),
    remedy="add kind: contradiction, reading, denial, tension, other-count or other-date",
    example=_TWO.replace("MILLER", "max = 150").replace("KIND", ""),
    near_miss=_TWO.replace("MILLER", "max = 150").replace("KIND", 'kind = "contradiction",'),
)
def of_no_kind(subject: Subject) -> Iterator[Finding]:
    """Find conflicts without a kind. Format 1 knows none."""
    for (path, entry), (below, _, link) in subject.links if subject.briefing.format > 1 else ():
        if isinstance(link, Conflict) and link.kind is None:
            yield Finding((*path, *below), f"how {entry.id!r} is at odds with {link.to!r} is not said")


@rule(
    "J009",
    "warning",
    title="a judgment answers the position whose holder speaks against it",
    why=(
        "A judgment stands under the position that it judges, with its likelihood; under the opposite one it reads as the"
        " contrary (ICD 203, standard 6: logical argumentation)."
    ),
    remedy="answer the position that is as likely as the judgment",
    example=_ANSWERED.replace("POSITION", "safe"),
    near_miss=_ANSWERED.replace("POSITION", "unsafe"),
)
def answers_the_opposite(subject: Subject) -> Iterator[Finding]:
    """Find judgments against which the holder of their position speaks."""
    held = {
        f"{question.id}#{position.id}": frozenset(position.entries)
        for question in subject.briefing.question
        for position in question.positions
    }
    for index, judgment in enumerate(subject.briefing.judgment):
        holders = held.get(judgment.answers or "", frozenset())
        if holder := next((one.to for one in judgment.against or () if not one.weak and one.to in holders), None):
            yield Finding(
                ("judgment", index, "answers"), f"{holder!r} holds this position and speaks against {judgment.id!r}"
            )
