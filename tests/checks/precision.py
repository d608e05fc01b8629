"""How often the heuristic rules are right: precision and recall over the hand-labelled cases in `labelled/`.

Run as ``python -m tests.checks.precision``. Two thirds of the cases were looked at while the rules were tuned; every third
one was not (`HELD_OUT`), and is counted apart. Each case goes through the rule itself, in a briefing made for it.

There are three sets: the first was written beside the rules, `labelled/independent` without sight of them, and
`labelled/kept_out` after them, before any of it was run. The bars hold on the second and third; the first stands beside them.
Those of the first two that were held out have since been read for the rules S004 and C009; the third is all held out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli

from tui.briefing.model import Briefing
from tui.checks.rule import Finding, Rule, Subject
from tui.checks.rules import RULES
from tui.language.hedges import hedges
from tui.language.lexicon import lexicon
from tui.library.source_texts import SourceText

LABELLED: Final = Path(__file__).parent / "labelled"
HELD_OUT: Final = 3
"""Every third case, counted from the third, is kept from tuning."""
INDEPENDENT: Final = LABELLED / "independent"
KEPT_OUT: Final = LABELLED / "kept_out"
BAR: Final = 0.9
"""The precision below which a warning has to become information."""
HEDGE_RECALL: Final = 0.8
"""The share of the labelled hedges that has to be found."""
_HEADER: Final = {"id": "labelled", "title": "Labelled", "bluf": "Cases.", "lang": "en", "as_of": "2026-11-22"}
_BY_ID: Final[Mapping[str, Rule]] = {rule.id: rule for rule in RULES}


class Outcome(NamedTuple):
    """What came of one label or one finding without a label."""

    rule: str
    case: str
    held_out: bool
    wanted: bool
    found: bool


class Score(NamedTuple):
    """Counts of right findings, wrong ones and missed ones."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of findings that are right; 1 where there is none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of labels that were found; 1 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def outcomes(folder: Path = LABELLED) -> Iterator[Outcome]:
    """Run every labelled case of a set."""
    yield from _sentences(_cases(folder / "sentences.toml"), all_held_out=folder == KEPT_OUT)
    for name, rule, make in _PAIRS:
        path = folder / f"{name}.toml"
        for index, case in enumerate(_cases(path) if path.is_file() else ()):
            subject = make(case)
            found = bool(list(_BY_ID[rule].check(subject)))
            yield Outcome(rule, _shown(case), _held_out(index), case["fires"], found)


def score(results: Sequence[Outcome]) -> Score:
    """Count results."""
    right = sum(one.wanted and one.found for one in results)
    return Score(right, sum(one.found for one in results) - right, sum(one.wanted for one in results) - right)


def _cases(path: Path) -> list[dict[str, Any]]:
    table = tomli.loads(path.read_text("utf-8"))
    return next(iter(table.values()))


def _held_out(index: int) -> bool:
    return index % HELD_OUT == HELD_OUT - 1


def _shown(case: Mapping[str, Any]) -> str:
    return " | ".join(str(value) for key, value in case.items() if key != "fires")


def _briefing(**tables: Any) -> Briefing:
    return Briefing.model_validate({"format": 1, "briefing": _HEADER, **tables})


def _sentences(cases: list[dict[str, Any]], *, all_held_out: bool) -> Iterator[Outcome]:
    claims = [
        {"id": f"c{index}", "text": case["text"], "kind": "report", "by": "x"} for index, case in enumerate(cases)
    ]
    subject = Subject(_briefing(claim=claims))
    for rule in _OF_SENTENCES:
        found: dict[int, list[tuple[int, int]]] = {}
        for finding in _BY_ID[rule].check(subject):
            found.setdefault(_index(finding), []).append((finding.offset, finding.offset + finding.length))
        for index, case in enumerate(cases):
            yield from _matched(rule, case, all_held_out or _held_out(index), found.get(index, []))
    lists = lexicon("en")
    assert lists is not None
    for index, case in enumerate(cases):
        yield from _matched(
            "hedge",
            case,
            all_held_out or _held_out(index),
            [(one.start, one.end) for one in hedges(case["text"], lists)],
        )


def _index(finding: Finding) -> int:
    return int(finding.path[1])


def _matched(rule: str, case: Mapping[str, Any], held_out: bool, spans: list[tuple[int, int]]) -> Iterator[Outcome]:
    """Match the words labelled with the words found: each one found must lie over a labelled one, and the reverse."""
    text = case["text"]
    left = list(spans)
    for word in case.get(rule, []):
        start = text.lower().find(word.lower())
        hit = next((span for span in left if span[0] < start + len(word) and start < span[1]), None)
        if hit is None and rule == "C005" and left:
            hit = left[0]
        if hit is not None:
            left.remove(hit)
        yield Outcome(rule, f"{text} [{word}]", held_out, wanted=True, found=hit is not None)
    for start, end in left:
        yield Outcome(rule, f"{text} [{text[start:end]}]", held_out, wanted=False, found=True)
    if not case.get(rule) and not spans:
        yield Outcome(rule, text, held_out, wanted=False, found=False)


def _claim(text: str, **keys: Any) -> dict[str, Any]:
    return {"id": "one", "text": text, "by": "x", **keys}


def _source(**keys: Any) -> dict[str, Any]:
    return {"id": "note", "type": "article-newspaper", **keys}


def _confidence(case: Mapping[str, Any]) -> Subject:
    return Subject(_briefing(claim=[_claim(case["text"])]))


def _dropped(case: Mapping[str, Any]) -> Subject:
    cite = [{"source": "note", "quote": case["quote"]}]
    return Subject(_briefing(source=[_source()], claim=[_claim(case["text"], cite=cite)]))


def _cut(case: Mapping[str, Any]) -> Subject:
    cite = [{"source": "note", "quote": case["quote"]}]
    briefing = _briefing(source=[_source()], claim=[_claim("Something.", cite=cite)])
    return Subject(briefing, texts={"note": SourceText(case["text"])})


def _direct(case: Mapping[str, Any]) -> Subject:
    cite = [{"source": "note", "quote": case["quote"], "direct": True}]
    briefing = _briefing(source=[_source()], claim=[_claim("Something.", cite=cite)])
    return Subject(briefing, texts={"note": SourceText(case["text"])})


def _rising(case: Mapping[str, Any]) -> Subject:
    entity = {"id": "thing", "name": "Thing", "type": "event"}
    claims = [
        _claim(case["first"], about=["thing"]) | {"id": "first"},
        _claim(case["later"], about=["thing"]) | {"id": "later"},
    ]
    return Subject(_briefing(entity=[entity], claim=claims))


def _scale(case: Mapping[str, Any]) -> Subject:
    return Subject(_briefing(claim=[_claim("Something.", assess={"confidence": "low", "why": case["text"]})]))


def _actions(case: Mapping[str, Any]) -> Subject:
    return Subject(_briefing(recommendation=[{"id": "one", "action": case["text"], "by": "x"}]))


def _shifting(case: Mapping[str, Any]) -> Subject:
    name, *aka = case["names"]
    entity = {"id": "thing", "name": name, "aka": aka, "type": "place"}
    claims = [_claim(text) | {"id": f"c{index}"} for index, text in enumerate(case["texts"])]
    return Subject(_briefing(entity=[entity], claim=claims))


def _judgment(**keys: Any) -> dict[str, Any]:
    own = {
        "id": "one",
        "text": "It is so.",
        "date": "2024-12-31",
        "why": "So.",
        "confidence": "low",
        "for": [],
        "against": [],
    }
    return own | keys


def _format_2(**tables: Any) -> Briefing:
    return Briefing.model_validate({"format": 2, "briefing": _HEADER, **tables})


def _propositions(case: Mapping[str, Any]) -> Subject:
    return Subject(_format_2(judgment=[_judgment(text=case["text"], likelihood="likely")]))


def _bottom_line(case: Mapping[str, Any]) -> Subject:
    judged = [
        ("likely", 100, 199, "2024-12-31"),
        ("likely", 200, 999, "2025-04-10"),
        ("very unlikely", 1000, None, "2025-04-10"),
    ]
    judgments = [
        _judgment(id=f"j{at}", likelihood=word, date=day, quantity={"of": "missiles", "min": least, "max": most})
        for at, (word, least, most, day) in enumerate(judged)
    ]
    whole = {"format": 2, "briefing": _HEADER | {"bluf": case["text"]}, "judgment": judgments}
    return Subject(Briefing.model_validate(whole))


def _openings(case: Mapping[str, Any]) -> Subject:
    return Subject(_format_2(claim=[_claim(case["text"])]))


def _conditions(case: Mapping[str, Any]) -> Subject:
    cite = [{"source": "note", "quote": case["quote"]}]
    briefing = _briefing(source=[_source()], assumption=[{"id": "one", "text": "So it is.", "cite": cite}])
    return Subject(briefing, texts={"note": SourceText(case["text"])})


def _numbers(case: Mapping[str, Any]) -> Subject:
    cite = [{"source": "note", "quote": case["quote"]}]
    quantity = {"of": "things"} | case["quantity"]
    return Subject(_briefing(source=[_source()], claim=[_claim("Something.", cite=cite, quantity=quantity)]))


def _hedged(case: Mapping[str, Any]) -> Subject:
    cite = [{"source": "note", "quote": case["quote"]}]
    briefing = _briefing(source=[_source()], claim=[_claim("Something.", cite=cite, hedge=case["hedge"])])
    return Subject(briefing, texts={"note": SourceText(case["text"])})


_PAIRS: Final[tuple[tuple[str, str, Callable[[Mapping[str, Any]], Subject]], ...]] = (
    ("confidence", "C006", _confidence),
    ("dropped", "C001", _dropped),
    ("cut", "Q004", _cut),
    ("direct", "Q005", _direct),
    ("rising", "C003", _rising),
    ("scale", "C007", _scale),
    ("actions", "R002", _actions),
    ("plural", "V003", _confidence),
    ("shifting", "T001", _shifting),
    ("propositions", "J002", _propositions),
    ("bottom_line", "J004", _bottom_line),
    ("openings", "C014", _openings),
    ("conditions", "A002", _conditions),
    ("numbers", "C016", _numbers),
    ("hedged", "Q008", _hedged),
)

_OF_SENTENCES: Final = ("S004", "S007", "C005", "C009")
READING_LANGUAGE: Final = frozenset({*_OF_SENTENCES, *(rule for _, rule, _ in _PAIRS)})
"""The rules that read language, so that they can be wrong."""


def table(results: Sequence[Outcome]) -> Iterator[str]:
    """Give the figures as lines: for each rule the cases, and precision, recall and F1 of the tuned and the held-out ones."""
    yield f"{'':6} {'severity':8} {'cases':>5}   {'all':^20}   {'tuned':^20}   {'held out':^20}"
    yield f"{'':6} {'':8} {'':>5}   {'prec.  rec.    F1':^20}   {'prec.  rec.    F1':^20}   {'prec.  rec.    F1':^20}"
    for rule in sorted({one.rule for one in results}):
        mine = [one for one in results if one.rule == rule]
        parts = (mine, [one for one in mine if not one.held_out], [one for one in mine if one.held_out])
        severity = _BY_ID[rule].severity if rule in _BY_ID else "–"
        figures = "   ".join(f"{s.precision:6.2f} {s.recall:6.2f} {s.f1:6.2f}" for s in map(score, parts))
        yield f"{rule:6} {severity:8} {len(mine):5}   {figures}"


def main() -> None:
    """Print the figures, then what was wrong and what was missed; of the held-out cases only how many."""
    for title, folder in (("independent", INDEPENDENT), ("kept out", KEPT_OUT), ("written beside the rules", LABELLED)):
        results = list(outcomes(folder))
        for line in (f"# {title}", *table(results)):
            print(line)  # noqa: T201 - a command
        for one in results:
            if one.wanted != one.found and not one.held_out:
                print(f"{'missed' if one.wanted else 'wrong':6} {one.rule:5} {one.case}")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
