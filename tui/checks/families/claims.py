"""Rules on claims beside each other and beside the scales."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from tui.briefing.fields import Quantity
from tui.briefing.judgments import Judgment
from tui.briefing.problems import KeyPath
from tui.briefing.scales import LIKELIHOODS
from tui.briefing.statements import Claim
from tui.briefing.units import one_unit
from tui.checks.evidence import Evidence
from tui.checks.rule import Edit, Finding, Subject, reported_elsewhere, rule


def _claims(first: Mapping[str, str], second: Mapping[str, str]) -> str:
    """Write two claims with some lines of TOML each."""
    return "".join(
        f'[[claim]]\nid = "{name}"\ntext = "One account of {name}."\nby = "{name}"\n'
        + "".join(f"{key} = {value}\n" for key, value in lines.items())
        for name, lines in (("carter", first), ("miller", second))
    )


def _judgments(*likelihoods: str) -> str:
    """Write judgments with some likelihoods."""
    return "format = 2\n" + "".join(
        f'\n[[judgment]]\nid = "day-{day}"\ndate = "2027-01-0{day}"\ntext = "The mill will run on {day} January 2027."\n'
        f'likelihood = "{word}"\nconfidence = "low"\nwhy = "The miller says so."\nfor = []\nagainst = []\n'
        for day, word in enumerate(likelihoods, 1)
    )


_HUNDREDS: Final = '{ of = "sacks of barley", min = 200 }'


_THOUSANDS: Final = '{ of = "sacks of barley", min = 2000 }'


_BY_NOBODY: Final = '[[claim]]\nid = "carter"\ntext = "The carter counted the sacks."\n'


class _Counted(NamedTuple):
    """A claim that states a quantity."""

    place: int
    claim: Claim
    quantity: Quantity


@rule(
    "C002",
    "warning",
    title="quantities differ between claims about one thing, and no `conflicts`",
    why=(
        "Two numbers for one thing cannot both be right, and a reader who meets only one takes it for the number (ICD"
        " 203, standard 4: analysis of alternatives)."
    ),
    remedy="declare conflicts, or say in `of` what each really counts",
    example=_claims({"quantity": _HUNDREDS}, {"quantity": _THOUSANDS}),
    near_miss=_claims({"quantity": _HUNDREDS, "conflicts": '["miller"]'}, {"quantity": _THOUSANDS}),
)
def quantities(subject: Subject) -> Iterator[Finding]:
    """Find undeclared conflicts of claims that count the same things differently."""
    evidence = subject.evidence
    # What was counted, and then by the number that was stated: only claims with other numbers are gone through.
    groups: dict[tuple[str, str], dict[tuple[float | None, float | None], list[_Counted]]] = defaultdict(dict)
    for index, claim in enumerate(subject.briefing.claim):
        if claim.quantity is None:
            continue
        quantity = claim.quantity
        thing = (_same_spelling(quantity.of), one_unit(quantity.unit))
        number = quantity.bounds
        for other_number, others in groups[thing].items():
            if other_number != number and (other := _at_variance(claim, others, evidence)):
                message = (
                    f"{claim.id!r} has {_said(*number)}, {other.claim.id!r} has {_said(*other_number)}, of the same"
                )
                remedy = f'if both cannot hold: conflicts = ["{other.claim.id}"]; else count them under other names'
                yield Finding(("claim", index, "quantity"), message, remedy)
                break
        groups[thing].setdefault(number, []).append(_Counted(index, claim, quantity))


def _at_variance(claim: Claim, others: list[_Counted], evidence: Evidence) -> _Counted | None:
    """Return the first claim about the same matter without a declared conflict."""
    for other in others:
        if _one_matter(claim, other.claim) and not evidence.at_odds(claim.id, other.claim.id):
            return other
    return None


def _one_matter(one: Claim, other: Claim) -> bool:
    """Whether two claims share a subject and have no different dates."""
    if one.date and other.date and one.date != other.date:
        return False
    return not one.about or not other.about or not set(one.about).isdisjoint(other.about)


@lru_cache(maxsize=1_024)
def _same_spelling(words: str) -> str:
    return " ".join(words.casefold().split())


@lru_cache(maxsize=1_024)
def _said(least: float | None, most: float | None) -> str:
    if least is not None and least == most:
        return _number(least)
    low = "" if least is None else f"at least {_number(least)}"
    high = "" if most is None else f"at most {_number(most)}"
    return " and ".join(filter(None, (low, high))) or "no number"


def _number(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


@rule(
    "C008",
    "warning",
    title="both synonym rows of ICD 203 in one briefing",
    why=(
        "Whoever reads “likely” here and “probable” there looks for a difference (ICD 203, D.6.e.(2)(a): the two"
        " rows are not to be mixed)."
    ),
    remedy="keep to the words of one row",
    example=_judgments("likely", "improbable"),
    near_miss=_judgments("likely", "unlikely"),
)
def synonym_rows(subject: Subject) -> Iterator[Finding]:
    """Find likelihood words of the row of synonyms with fewer uses."""
    if subject.briefing.briefing.scale != "icd203":
        return
    row_of = {word: row for step in LIKELIHOODS["icd203"] for row, word in enumerate(step.words)}
    instead = {word: step.words[1 - row] for step in LIKELIHOODS["icd203"] for row, word in enumerate(step.words)}
    used: tuple[list[Finding], list[Finding]] = ([], [])
    for path, word in _likelihoods(subject):
        if word in row_of:
            message = f"“{word}” and words such as “{instead[word]}” are rows of synonyms that are not mixed"
            remedy = f"write “{instead[word]}”, from the row that this briefing uses more"
            used[row_of[word]].append(Finding((*path, "likelihood"), message, remedy))
    if used[0] and used[1]:
        yield from min(used[1], used[0], key=len)


def _likelihoods(subject: Subject) -> Iterator[tuple[KeyPath, str | None]]:
    """Yield the likelihoods of assessments, judgments and alternatives, with key paths."""
    for path, entry in subject.entries:
        if assess := getattr(entry, "assess", None):
            yield (*path, "assess"), assess.likelihood
        elif isinstance(entry, Judgment):
            yield path, entry.likelihood
            yield from (((*path, "alternatives", at), one.likelihood) for at, one in enumerate(entry.alternatives))


@rule(
    "C011",
    "warning",
    title="a conflict is declared on one side only",
    why="Who comes by the other side must learn of it too; whoever edits it sees only what stands in it.",
    remedy="declare it on both sides; --fix does",
    example=_claims({"conflicts": '["miller"]'}, {}),
    near_miss=_claims({"conflicts": '["miller"]'}, {"conflicts": '["carter"]'}),
    fixable=True,
)
def one_sided(subject: Subject) -> Iterator[Finding]:
    """Find conflicts that only one of two entries declares."""
    places = subject.evidence.places
    if subject.briefing.format > 1:
        return  # each relation stands at one end
    found = [
        (place.entry.id, link.target.to, link.path) for place, link in subject.links if link.relation == "conflicts"
    ]
    declared = {(name, to) for name, to, _ in found}
    for name, to, path in found:
        if (to, name) not in declared:
            edit = Edit("append", (*places[to].path, "conflicts"), name)
            message = f"{name!r} declares a conflict with {to!r}, which does not declare it"
            yield Finding((*places[name].path, *path), message, f'add to {to!r}: conflicts = ["{name}"]', edit=edit)


@rule(
    "C012",
    "warning",
    title="credibility 1 without two independent origins",
    why=(
        "1 means confirmed by other, independent sources; what one origin says is at most probably true, 2 (STANAG"
        " 2511)."
    ),
    remedy="rate it 2 or lower, or cite a second origin",
    example=_claims({"credibility": "1"}, {}),
    near_miss=_claims({"credibility": "2"}, {}),
)
def confirmed_by_one(subject: Subject) -> Iterator[Finding]:
    """Find entries rated as confirmed without two independent origins."""
    evidence = subject.evidence
    for path, entry in subject.entries:
        if getattr(entry, "credibility", None) == 1 and (number := len(evidence.origins(entry))) < 2:
            known = "has no source" if not number else "has one origin alone"
            message = f"{entry.id!r} is rated 1, confirmed by other sources, and {known}"
            yield Finding((*path, "credibility"), message)


C004: Final = rule(
    "C004",
    "error",
    title="the claim has neither `by` nor `cite`",
    why=(
        "A claim is somebody’s; one of nobody’s is the author’s own assertion in disguise (ICD 203, standard 3: what"
        " is told apart from judgment)."
    ),
    remedy='add cite = [{ source = "…" }], or by = "…"',
    example=_BY_NOBODY,
    near_miss=_BY_NOBODY + 'by = "the carter"\n',
)(reported_elsewhere)


C010: Final = rule(
    "C010",
    "error",
    title="a likelihood is no word of the scale",
    why="A word means a range only on its scale; another word means what each reader thinks (ICD 203, PHIA yardstick).",
    remedy="write a word of the scale that [briefing] names",
    example=_judgments("realistic possibility"),
    near_miss=_judgments("roughly even chance"),
)(reported_elsewhere)
