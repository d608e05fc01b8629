"""How well the import proposes the clauses, speakers and hedges of the independently labelled texts.

A proposed quote matches a labelled clause where each has at least two thirds of its words in common with the other, word by
word at their places in the text; the `rest` of a split clause counts as common where it is quoted and is not asked for. Each
label and each proposal is matched once, the greatest overlap first. Speakers and hedges are compared on matched clauses;
what a missed label names or a wrong candidate says is counted in the figures «of all».
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli

from tui.authoring.drafts import title_of
from tui.authoring.proposals import Proposal, proposals
from tui.briefing import anchors
from tui.language.lexicon import lexicon

FOLDER: Final = Path(__file__).parent / "independent"
MOST: Final = 2 / 3
ASPECTS: Final = ("clause", "speaker", "hedge", "speaker of all", "hedge of all")
_WORD: Final = re.compile(r"\w+(?:['’.,-]\w+)*")
_TITLES: Final = re.compile(
    r"\A(?:(?:the|an?|mr|mrs|ms|dr|sir|dame|prof|professor|rt|hon|lord|lady|judge|justice)\.?\s+)+", re.IGNORECASE
)


class Score(NamedTuple):
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was proposed that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is asked for that was proposed."""
        return self.right / max(1, self.right + self.missed)


class Result(NamedTuple):
    """The scores of one text, and each error in words."""

    text: str
    held_out: bool
    scores: dict[str, Score]
    errors: tuple[str, ...]


def results() -> list[Result]:
    """Measure every text of the set."""
    return [measure(path) for path in sorted(FOLDER.glob("*.toml"))]


def total(rows: Iterable[Result]) -> dict[str, Score]:
    """Add up the scores of some texts."""
    added: dict[str, Counter[str]] = {aspect: Counter() for aspect in ASPECTS}
    for row in rows:
        for aspect, score in row.scores.items():
            added[aspect].update(score._asdict())
    return {aspect: Score(**{name: counts[name] for name in Score._fields}) for aspect, counts in added.items()}


def measure(path: Path) -> Result:
    """Measure one text by its file of labels."""
    known = tomli.loads(path.read_text(encoding="utf-8"))
    text = (FOLDER / known["text"]).read_text(encoding="utf-8")
    proposed = [
        one
        for one in proposals(text, anchors.paragraphs(text, title_of(text)), lexicon("en"))
        if one.table != "background"
    ]
    pairs = _matched(text, known["label"], proposed)
    scores: dict[str, Counter[str]] = {aspect: Counter() for aspect in ASPECTS}
    errors = []
    for what, aspects, said in _judged(text, known["label"], proposed, pairs):
        for aspect in aspects:
            scores[aspect][what] += 1
        if said:
            errors.append(said)
    return Result(
        path.stem, known["held_out"], {aspect: Score(**counts) for aspect, counts in scores.items()}, tuple(errors)
    )


def _judged(
    text: str, labels: list[dict[str, Any]], proposed: list[Proposal], pairs: dict[int, int]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for index, label in enumerate(labels):
        optional = label.get("optional", False)
        if index not in pairs:
            if not optional:
                yield "missed", ("clause",), f"missed clause: {label['clause']}"
                yield from (("missed", ("speaker of all",), "") for _ in range("by" in label))
                yield from (("missed", ("hedge of all",), "") for _ in label["hedges"])
            continue
        one = proposed[pairs[index]]
        if not optional:
            yield "right", ("clause",), ""
        yield from _speaker(label, one)
        yield from _hedges(label, one)
    for index, one in enumerate(proposed):
        if index not in pairs.values():
            words = text[one.sentence.start : one.sentence.end]
            yield (
                "wrong",
                ("clause",),
                f"wrong clause: {one.quote.of(text)} [{one.table}, {one.speaker}] in: {words[:200]}",
            )
            yield from (("wrong", ("speaker of all",), "") for _ in range(bool(one.speaker)))
            yield from (("wrong", ("hedge of all",), "") for _ in one.hedges)


def _speaker(label: dict[str, Any], one: Proposal) -> Iterator[tuple[str, tuple[str, ...], str]]:
    both = ("speaker", "speaker of all")
    right = {_bare(name) for name in [label.get("by", ""), *label.get("by_also", ())]} - {""}
    said = f"{one.speaker!r} and not {label.get('by')!r}: {label['clause'][:70]}"
    if one.speaker:
        is_right = _bare(one.speaker) in right
        if is_right and "by" not in label:
            return
        yield ("right", both, "") if is_right else ("wrong", both, f"wrong speaker {said}")
        if not is_right and "by" in label:
            yield "missed", both, ""
    elif "by" in label:
        yield "missed", both, f"missed speaker {said}"


def _hedges(label: dict[str, Any], one: Proposal) -> Iterator[tuple[str, tuple[str, ...], str]]:
    both = ("hedge", "hedge of all")
    asked, free = (
        [" ".join(words.lower().split()) for words in label.get(key, ())] for key in ("hedges", "hedges_also")
    )
    got = [" ".join(words.lower().split()) for words in one.hedges]
    for words in got:
        if any(_alike(words, other) for other in asked):
            yield "right", both, ""
        elif not any(_alike(words, other) for other in free):
            yield "wrong", both, f"wrong hedge “{words}”: {label['clause'][:70]}"
    for words in asked:
        if not any(_alike(words, other) for other in got):
            yield "missed", both, f"missed hedge “{words}”: {label['clause'][:70]}"


def _alike(one: str, other: str) -> bool:
    """Whether two hedges are the same words, with or without those that lean on them: “expected”, “expected to”."""
    return set(one.split()) <= set(other.split()) or set(other.split()) <= set(one.split())


def _bare(name: str) -> str:
    return _TITLES.sub("", f"{name} ".replace("’", "'"), count=1).strip().lower() if name else ""


def _matched(text: str, labels: list[dict[str, Any]], proposed: list[Proposal]) -> dict[int, int]:
    ranked = []
    for index, label in enumerate(labels):
        clause, rest = (
            _places(text, label["clause"]),
            {at for part in label.get("rest", ()) for at in _rest(text, part, label)},
        )
        for number, one in enumerate(proposed):
            own = {match.start() for part in one.parts for match in _WORD.finditer(text, *part)}
            common = len(own & clause)
            free = len(own & rest)
            if common >= MOST * len(clause) and common + free >= MOST * len(own):
                ranked.append((common / len(clause | own), index, number))
    pairs: dict[int, int] = {}
    for _, index, number in sorted(ranked, reverse=True):
        if index not in pairs and number not in pairs.values():
            pairs[index] = number
    return pairs


def _places(text: str, words: str) -> set[int]:
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    at = text.index(words)
    return {match.start() for match in _WORD.finditer(text, at, at + len(words))}


def _rest(text: str, part: str, label: dict[str, Any]) -> set[int]:
    """Return the places of a part that is next to its clause; it may stand elsewhere too."""
    clause = text.index(label["clause"])
    at = min((match.start() for match in re.finditer(re.escape(part), text)), key=lambda place: abs(place - clause))
    return {match.start() for match in _WORD.finditer(text, at, at + len(part))}
