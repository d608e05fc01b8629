"""Rules on the author's judgments: completeness, confidence, and likelihoods beside each other."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.briefing.judgments import Judgment
from tui.briefing.scales import EVEN, likelihood_range
from tui.briefing.units import one_unit
from tui.checks.rule import Finding, Subject, reported_elsewhere, rule
from tui.evidence.ranges import Range, fit

_FEWEST: Final = {"high": 3, "moderate": 2}
"""The fewest independent origins for each confidence."""
_ALL: Final = 100
_UNBOUNDED: Final = Range(None, None)
_NUMBERS: Final = {2: "two", 3: "three"}
_BEFORE: Final = """\
format = 2

[[source]]
id = "survey"
type = "report"
url = "https://example.org/survey"

[[claim]]
id = "cracks"
text = "The engineer counted 40 cracks."
cite = [{ source = "note" }]

[[claim]]
id = "sagging"
text = "The survey found that the deck sags."
cite = [{ source = "survey" }]

"""
_JUDGED: Final = """\
[[judgment]]
id = "closed"
date = "2026-12-31"
text = "The bridge will be closed by 31 December 2026."
likelihood = "likely"
confidence = "moderate"
why = "The deck will not bear another winter."
for = [FOR]
against = []
"""
_CLOSED: Final = _BEFORE + _JUDGED.replace("FOR", '"cracks", "sagging"')
_COUNTED: Final = _JUDGED.replace("moderate", "low").replace("FOR", '"cracks"')
_ORDERED: Final = (
    _BEFORE
    + _COUNTED
    + 'quantity = { of = "days closed", min = 10 }\n\n'
    + _COUNTED.replace('"closed"', '"closed-long"').replace('"likely"', '"LIKELIHOOD"')
    + 'quantity = { of = "days closed", min = 100 }\n'
)


class _Placed(NamedTuple):
    """A judgment with its place and the range of its likelihood."""

    place: int
    judgment: Judgment
    low: int
    high: int


def _settled(subject: Subject) -> Iterator[_Placed]:
    """Yield the judgments that are no drafts and have a likelihood."""
    scale = subject.briefing.briefing.scale
    for place, judgment in enumerate(subject.briefing.judgment):
        found = likelihood_range(scale, judgment.likelihood or "")
        if found and not judgment.draft:
            yield _Placed(place, judgment, *found)


J001: Final = rule(
    "J001",
    "error",
    title="the judgment lacks a key that every judgment has",
    why=(
        "A judgment can be weighed and scored only with its proposition, time, likelihood and reasons, and with what"
        " speaks for and against it (ICD 203, D.6.e: uncertainty, argument, alternatives)."
    ),
    remedy="add the key; for = [] or against = [] says that none was found; or write draft = true",
    example=_CLOSED.replace('date = "2026-12-31"\n', ""),
    near_miss=_CLOSED.replace('date = "2026-12-31"\n', "draft = true\n"),
)(reported_elsewhere)


@rule(
    "J003",
    "warning",
    title="the confidence is higher than the number of independent origins bears",
    why=(
        "Confidence is about the basis: what one origin says may be wrong as a whole, however often it is repeated (ICD"
        " 203, D.6.e.(2)(b), and standard 1: quality and credibility of sources)."
    ),
    remedy="lower the confidence, or name entries of further origins; weak ones are not counted",
    example=_BEFORE + _JUDGED.replace("FOR", '"cracks", { to = "sagging", weak = true }'),
    near_miss=_CLOSED,
)
def too_confident(subject: Subject) -> Iterator[Finding]:
    """Find judgments with more confidence than their independent origins bear."""
    for place, judgment, low, high in _settled(subject):
        fewest = _FEWEST.get(judgment.confidence or "", 0)
        # A likely proposition stands on what speaks for it, an unlikely one on what speaks against it.
        sides = (judgment.for_ if high >= EVEN else ()) or (), (judgment.against if low <= EVEN else ()) or ()
        counted = [reason.to for side in sides for reason in side if not reason.weak]
        if not fewest or len(origins := subject.evidence.origins_of(counted)) >= fewest:
            continue
        where = {(True, False): "`for`", (False, True): "`against`"}.get((low > EVEN, high < EVEN), "both sides")
        known = f"origin{'s' * (len(origins) != 1)} in {where}"
        named = f": {', '.join(map(repr, sorted(origins)))}" if origins else ""
        message = (
            f"{judgment.id!r} has {judgment.confidence} confidence on {len(origins) or 'no'} independent {known}{named}"
        )
        yield Finding(
            ("judgment", place, "confidence"),
            message,
            f"lower it, or name entries of at least {_NUMBERS[fewest]} origins; weak ones are not counted",
        )


@rule(
    "J006",
    "warning",
    title="of two nested propositions the narrower one is judged likelier",
    why=(
        "What is 1,000 or more is also 200 or more, and so the first can never be likelier; nor can two that exclude each"
        " other both be likely (the axioms of probability; ICD 203, standard 6: logical argumentation)."
    ),
    remedy="bring the two likelihoods into order, or count them under other names",
    example=_ORDERED.replace("LIKELIHOOD", "very likely"),
    near_miss=_ORDERED.replace("LIKELIHOOD", "unlikely"),
)
def out_of_order(subject: Subject) -> Iterator[Finding]:
    """Find likelihoods that contradict each other, of judgments on one number."""
    # By the thing and the day, and then by number and likelihood: judgments that say the same are compared once.
    groups: dict[tuple[str, ...], dict[tuple[Range, int], _Placed]] = defaultdict(dict)
    for found in _settled(subject):
        quantity = found.judgment.quantity
        if quantity is None or _range(found) == _UNBOUNDED:
            continue
        thing = (" ".join(quantity.of.casefold().split()), one_unit(quantity.unit))
        group = groups[*thing, found.judgment.date or ""]
        compared = (_disorder(one, found) or _disorder(found, one) or _both(one, found) for one in group.values())
        if message := next(filter(None, compared), ""):
            yield Finding(("judgment", found.place, "likelihood"), message)
        group.setdefault((_range(found), found.low), found)


def _disorder(narrow: _Placed, wide: _Placed) -> str:
    """Describe a narrow proposition that is likelier than the wide one."""
    is_part = fit(_range(narrow), _range(wide)) in {"within", "same"}
    return f"{_said(narrow, wide)}, and the first is part of the second" if is_part and narrow.low > wide.low else ""


def _both(one: _Placed, other: _Placed) -> str:
    """Describe two propositions that exclude each other and are both likely."""
    apart = fit(_range(one), _range(other)) == "apart"
    return f"{_said(one, other)}, and they exclude each other" if apart and one.low + other.low > _ALL else ""


def _said(*judged: _Placed) -> str:
    return " and ".join(f"{one.judgment.id!r} is {one.judgment.likelihood}" for one in judged)


def _range(found: _Placed) -> Range:
    return Range(*found.judgment.quantity.bounds) if found.judgment.quantity else _UNBOUNDED


@rule(
    "J008",
    "warning",
    title="the judgment has a likelihood and no confidence",
    why=(
        "“Likely” on three reports and “likely” on a guess are not one judgment; the reader is to be told the basis apart"
        " from the chance (ICD 203, D.6.e.(2)(b))."
    ),
    remedy='add confidence = "low", "moderate" or "high", with the reason in `why`',
    example=_CLOSED.replace('confidence = "moderate"\n', ""),
    near_miss=_CLOSED,
)
def no_confidence(subject: Subject) -> Iterator[Finding]:
    """Find judgments that give a likelihood alone."""
    for place, judgment, _, _ in _settled(subject):
        if judgment.confidence is None:
            message = f"{judgment.id!r} is {judgment.likelihood}, and how sound its basis is is not said"
            yield Finding(("judgment", place, "likelihood"), message)
