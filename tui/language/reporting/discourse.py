"""A text by sentences: reported, hedged and demanded clauses with speakers."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.briefing.anchors import Paragraph
from tui.language.hedges import Hedge, hedges
from tui.language.lexicon import Lexicon
from tui.language.predictions import obligations
from tui.language.reporting.antecedents import Antecedents, Place
from tui.language.reporting.bounds import JOINED, begins, masked
from tui.language.reporting.offices import NAME, mentioned, offices, short_forms
from tui.language.reporting.reported_clause import ReportedClause
from tui.language.reporting.reporting_verbs import Sayings
from tui.language.reporting.sentence import reported_clauses
from tui.language.reporting.speakers import is_person, is_speaker, phrase
from tui.language.reporting.subjects import leading
from tui.language.spans import Span, enclosing, touching

_HELD_BACK: Final = frozenset({"possible", "likely", "doubtful", "hearsay", "if"})
_TURN: Final = re.compile(r"(?P<who>[A-Z][\w.'’ -]{0,40}):\s")
_ANSWER: Final = frozenset({"A", "Answer"})
_ASKS: Final = frozenset({"Q", "Question"})
_OPEN: Final = re.compile(r"(?:Whether|Who|How|Why|When|Where)\b[^,]*")
"""A sentence whose subject is a question, such as “Whether any remains is not known”: it says nothing of the thing."""
_BREAK: Final = re.compile(rf";\s|\s[–-]+\s|—|--|:\s|{JOINED.pattern}|,\s(?=(?:though|although|whereas)\s)")
_LINK: Final = re.compile(r"(?:(?:and|but|so|yet|or)\b,?\s+)", re.IGNORECASE)
_HEADING: Final = re.compile(r"recommend|what (?:must|should|needs)|next steps|call to action", re.IGNORECASE)
_IMPERATIVE: Final = re.compile(
    r"(?!(?:The|A|An|This|That|These|Those|It|He|She|They|We|I|You|There|In|On|At|To|Of|By|For|With|From|As|If|When|While|After|"
    r"Before|And|But|So|No|Not|All|Some|Many|Most|Its|His|Her|Their|Our|My|Your|Who|What|Why|How|Where|Under|Since)\b)"
    r"[A-Z][a-z]+(?<!s)(?<!ed)(?<!ing)(?<!ly)\s(?=(?:the|an?|all|any|its|their|his|her|your|no|that|more|out|up|and|in|on|to|with|every|each)\b)"
)
_ENDS: Final = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*\Z")
_FEW_WORDS: Final = 16
_ASIDE_DUTY: Final = re.compile(r"\b(?:which|who|whom|that|whose|because|when)\s[^,]{0,60}\Z")
_NOT: Final = re.compile(r"\s+not\b(?!\s+(?:yet\s+)?(?:have|be the case|be true|be enough|be clear)\b)")
_NONE_MAY: Final = re.compile(r"(?:\b(?:no|nobody|none|neither)\b[^,.;:]{0,60}|\bno one\s)\Z", re.IGNORECASE)
_FEWEST: Final = 3
"""Words of a quotation that stands alone and is a statement."""
_LONGEST_OPENING: Final = 20
_OPENING_ENDS: Final = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)|—")
_LEAST_OPENING: Final = 8


class Clause(NamedTuple):
    """A clause to be proposed, with its places in the paragraph."""

    sentence: Span
    kind: str
    """`say`, `judge`, `find`, `demand`, or `hedged` where it is the writer's own."""
    parts: tuple[Span, ...]
    speaker: str
    hedges: tuple[Hedge, ...]


class _Sentence(NamedTuple):
    """A sentence of a paragraph."""

    span: Span
    text: str
    hidden: str
    """Its text with the quotations hidden."""
    inside: tuple[Span, ...]
    """The spans inside quotation marks."""
    held: tuple[Hedge, ...]

    def clause(self, kind: str, parts: tuple[Span, ...], speaker: str) -> Clause:
        """Return a clause with hedges, and with offsets in the paragraph."""
        by = self.span.start
        parts = tuple(trim(self.text, part) for part in parts)
        own = (one for one in self.held if any(part.start <= one.start and one.end <= part.end for part in parts))
        moved = tuple(one._replace(start=one.start + by, end=one.end + by) for one in own)
        return Clause(self.span, kind, tuple(Span(start + by, end + by) for start, end in parts), speaker, moved)


class Discourse:
    """A text read from the beginning, with the antecedents so far."""

    def __init__(self, text: str, parts: tuple[Paragraph, ...], lists: Lexicon, words: Sayings | None) -> None:
        self._lists = lists
        self._words = words
        self._memory = Antecedents()
        self._here = Place(0, 0)
        turns = [turn["who"] for part in parts if (turn := _TURN.match(text, part.start, part.end))]
        self._turns = {who for who, times in Counter(turns).items() if times > 1}
        self._last = ""
        self._urging = False
        self._answers = _answering(text) if self._turns & _ANSWER and self._turns & _ASKS else ""

    def clauses(self, words: str, spans: tuple[Span, ...], quoted: tuple[Span, ...]) -> Iterator[Clause]:
        """Yield the clauses of the next paragraph.

        Args:
            words: the paragraph.
            spans: its sentences.
            quoted: what stands inside quotation marks in it.
        """
        self._here = self._here._replace(paragraph=self._here.paragraph + 1)
        if not _ENDS.search(words) and len(words.split()) <= _FEW_WORDS:
            self._urging = bool(_HEADING.search(words))
            if not self._urging and words[:1].isupper():
                return
        turn = self._turn(words)
        found = [clause for span in spans for clause in self._of_sentence(words, span, quoted, turn)]
        found = _spoken_on(found, quoted, self._last)
        self._last = self._announced(words, spans, found)
        yield from found

    def _announced(self, words: str, spans: tuple[Span, ...], found: list[Clause]) -> str:
        """Return the speaker that a colon or an open quotation announces."""
        end = words.rstrip()[-1:]
        if self._words and spans and end == ":":
            hidden = masked(spans[-1].of(words), ()) + " “qqqq qqqq qqqq”"
            return next((self._speaker(one, hidden) for one in reported_clauses(hidden, self._words)), "")
        direct = end in {"”", '"', "»"} or words.count("“") > words.count("”")
        return next((one.speaker for one in reversed(found) if one.kind != "hedged"), "") if direct else ""

    def _turn(self, words: str) -> str:
        match = _TURN.match(words)
        who = match["who"] if match and match["who"] in self._turns else ""
        return self._answers if who in _ANSWER else "" if who in _ASKS else who

    def _of_sentence(self, words: str, span: Span, quoted: tuple[Span, ...], turn: str) -> list[Clause]:
        self._here = self._here._replace(sentence=self._here.sentence + 1)
        here = _sentence(words, span, quoted, self._lists)
        asks = here.text.rstrip("”\"' )").endswith("?")
        if self._words and (whole := _whole_quotation(here)):
            return [] if asks or len(whole.of(here.text).split()) < _FEWEST else [here.clause("quote", (whole,), "")]
        said = reported_clauses(here.hidden, self._words) if self._words else []
        found = self._said(here, said, self._words) if self._words else []
        found = [one for one in found if one.speaker] if asks else found
        own = () if asks else self._own(here, [one.region for one in said], turn)
        return sorted([*found, *own], key=lambda one: one.parts[0].start)

    def _said(self, here: _Sentence, said: list[ReportedClause], words: Sayings) -> list[Clause]:
        """Return the reported clauses of a sentence. Speakers are remembered last."""
        for short, name in short_forms(here.text):
            self._memory.call(short, name)
        self._notice(_without(here.hidden, said), words)
        speakers = [""]
        for one in said:
            speakers.append(speakers[-1] if one.said.same else self._speaker(one, here.text))
        if said:
            self._mention(here.hidden, words)
        for speaker in filter(None, speakers):
            self._memory.meet(speaker, self._here)
        found = [here.clause(one.said.kind, one.parts, who) for one, who in zip(said, speakers[1:], strict=True)]
        # “Denied that it may fail” is no guess of whoever denies it.
        return [clause._replace(hedges=()) if one.denies else clause for one, clause in zip(said, found, strict=True)]

    def _speaker(self, said: ReportedClause, text: str) -> str:
        if said.said.speaker is None:
            return ""
        if said.said.speaker.pronoun:
            return self._memory.resolve(said.said.speaker.pronoun, self._here)
        return self._memory.meet(" ".join(said.said.speaker.span.of(text).split()), self._here)

    def _mention(self, hidden: str, words: Sayings) -> None:
        """Remember the persons named in a sentence, and their offices."""
        for office, name in offices(hidden):
            self._memory.call(office, name)
        for office in mentioned(hidden):
            if holder := self._memory.holder(office):
                self._memory.meet(holder, self._here)
        for match in NAME.finditer(hidden, begins(hidden)):
            named = phrase(hidden, *match.span(), words)
            if named and is_person(named.span.of(hidden)):
                self._memory.meet(named.span.of(hidden), self._here)

    def _notice(self, hidden: str, words: Sayings) -> None:
        """Remember the persons and bodies of a sentence, the subject last."""
        first = leading(hidden, begins(hidden), words)
        subject = self._memory.resolve(first.pronoun, self._here) if first and first.pronoun else ""
        self._mention(hidden, words)
        said = " ".join(first.span.of(hidden).split()) if first and not first.pronoun else ""
        if said and (is_speaker(said) or self._memory.knows(said)):
            subject = said
        if subject:
            self._memory.meet(subject, self._here)

    def _own(self, here: _Sentence, regions: list[Span], turn: str) -> Iterator[Clause]:
        """Yield the writer's own clauses that are hedged or oblige."""
        for start, end in _segments(here.hidden):
            link = _LINK.match(here.hidden, start)
            part = trim(here.text, Span(link.end() if link else start, end))
            if part.start >= part.end or touching(sorted(regions), *part):
                continue
            if self._urging and _IMPERATIVE.match(here.hidden, part.start):
                yield here.clause("demand", (part,), turn)
            elif self._obliges(here, part) or _held_back(here, part, spoken=bool(turn)):
                yield here.clause("hedged", (part,), turn)

    def _obliges(self, here: _Sentence, part: Span) -> bool:
        """Whether a clause has an unquoted obligation in the main clause."""
        places = (part.start + duty.start for duty in obligations(part.of(here.text), self._lists))
        return any(here.hidden[at] != "q" and not _ASIDE_DUTY.search(here.hidden, part.start, at) for at in places)


def opening(words: str, sentence: Span) -> Span:
    """Return a paragraph's first sentence, cut at a clause where long."""
    if len(sentence.of(words).split()) <= _LONGEST_OPENING:
        return trim(words, sentence)
    for match in _OPENING_ENDS.finditer(words, *sentence):
        if len(words[sentence.start : match.start()].split()) >= _LEAST_OPENING:
            return trim(words, Span(sentence.start, match.start()))
    return trim(words, sentence)


def _without(hidden: str, said: list[ReportedClause]) -> str:
    """Hide reported clauses, so that no name inside becomes an antecedent."""
    letters = list(hidden)
    for one in said:
        for start, end in one.parts:
            letters[start:end] = ["q" if letter.isalnum() else letter for letter in letters[start:end]]
    return "".join(letters)


def _spoken_on(found: list[Clause], quoted: tuple[Span, ...], before: str) -> list[Clause]:
    """Assign the speaker of the closing sentence to quotations that stand alone."""
    result = []
    last = before
    for index, clause in enumerate(found):
        if clause.kind != "quote":
            last = last if clause.kind == "hedged" else clause.speaker
            result.append(clause)
            continue
        own = enclosing(quoted, *clause.parts[0])
        ending = next(
            (other for other in found[index + 1 :] if other.kind != "quote" and _lies(other, own, quoted)), None
        )
        result.append(clause._replace(kind="say", speaker=ending.speaker if ending else last))
    return result


def _lies(clause: Clause, quotation: Span | None, quoted: tuple[Span, ...]) -> bool:
    return any(enclosing(quoted, *part) == quotation for part in clause.parts)


def _sentence(words: str, span: Span, quoted: tuple[Span, ...], lists: Lexicon) -> _Sentence:
    text = span.of(words)
    inside = tuple(
        Span(max(start, span.start) - span.start, min(end, span.end) - span.start)
        for start, end in quoted
        if start < span.end and span.start < end
    )
    # A verb of conjecture stands before the clause that it says; whose it is, the speaker tells.
    found = () if _OPEN.fullmatch(text) else hedges(text, lists)
    held = tuple(hedge for hedge in found if hedge.kind != "conjecture" and not _prohibits(text, hedge))
    return _Sentence(span, text, masked(text, inside), inside, held)


def _whole_quotation(here: _Sentence) -> Span | None:
    """Return the quotation that a sentence is, or is a part of."""
    return next((one for one in here.inside if one.start <= 1 and not here.hidden[one.end :].strip("”.,’ )")), None)


def _held_back(here: _Sentence, part: Span, *, spoken: bool) -> bool:
    """Whether a clause is hedged. A rough number counts in speech and estimates alone."""
    own = [hedge for hedge in here.held if part.start <= hedge.start < part.end]
    return any(
        hedge.kind in _HELD_BACK or spoken or "estimated" in here.text[hedge.start : hedge.end].lower() for hedge in own
    )


def _answering(text: str) -> str:
    """Return the person named first, as the one interviewed."""
    for match in NAME.finditer(text):
        if is_person(match[0]):
            return match[0]
    return ""


def _segments(hidden: str) -> Iterator[tuple[int, int]]:
    start = begins(hidden)
    for match in _BREAK.finditer(hidden, start):
        yield start, match.start()
        start = match.end()
    yield start, len(hidden)


def _prohibits(text: str, hedge: Hedge) -> bool:
    """Whether “may” forbids: “may not leave”, “no one may leave”."""
    if text[hedge.start : hedge.end].lower() != "may":
        return False
    return bool(_NOT.match(text, hedge.end) or _NONE_MAY.search(text, max(0, hedge.start - 70), hedge.start))


def trim(words: str, span: Span) -> Span:
    """Return a stretch without the signs at its edges."""
    start, end = span
    while start < end and words[start] in ' \t\r\n.,;:!?…"“”„«»)':
        start += 1
    while end > start and words[end - 1] in ' \t\r\n.,;:!?…"“”„«»(':
        end -= 1
    return Span(start, end)
