"""Subjects of reporting verbs, without introductions, asides and auxiliaries."""

import re
from typing import Final

from tui.language.reporting.bounds import begins
from tui.language.reporting.reporting_verbs import Sayings, Verb
from tui.language.reporting.speakers import ARTICLE, Phrase, is_named, phrase
from tui.language.spans import Span

SAME: Final = "same"
"""Stands for the subject of the verb before: “said …, and accused …”."""
_ASIDE_NEXT: Final = re.compile(r",\s([^,.;:“”]{3,50})(?=[,.;]|\s*\Z)")
_COMMA: Final = re.compile(r",|\Z")
_FIRST_LINK: Final = re.compile(r"\s*(?:and|but|while|whereas|though|although|yet|so|or|as)\s", re.IGNORECASE)
AUXILIARIES: Final = re.compile(
    r"(?:(?<=\s)|\A)(?:(?:is|are|was|were|been|being|also|now|then|later|has|have|had|once|further|again|himself|herself|themselves|itself|never|still|"
    r"even|yesterday|today|earlier|would|will|do|does|did|not|used|to|all|both|already|since|long|\w+ly|(?:on|last|late|this)\s\w+)"
    r"\s+)*\Z"
)
_QUOTED_AS: Final = re.compile(r"\s(?:(?:is|are|was|were|has|have|been)\s)+(?:quoted|cited|reported)\sas\s\Z")
_CLEFT: Final = re.compile(r"\s*(?:it|there)\s(?:is|was|were)\s", re.IGNORECASE)
_COORDINATED: Final = re.compile(r"(?:\A|[\s,])(?:and|but|or)\s*\Z")
_RELATIVE: Final = re.compile(r"(?P<head>.*?),?\s(?:who|that|which)\s*\Z", re.DOTALL)
_HARD: Final = re.compile(r"[;:]\s|\s[–-]\s|—|--|”\s|[.?!]\s(?=[A-Z])|\(")
_LINK: Final = re.compile(
    r"\b(?:and|but|while|whereas|though|although|because|since|when|after|before|as|that|if|which|where|yet|so|than)\s"
)
_FROM_HERE: Final = re.compile(
    r"(?<=\s)(?=(?:the|an?|its|his|her|their|our|one|another|two|three)\s|(?:he|she|it|they)\s*\Z)"
)
_CAPITALS: Final = re.compile(r"(?<=\s)(?:[A-Z][\w'’.-]*\s?)+\Z")


def subject(text: str, verb: Verb, left: int, words: Sayings) -> Phrase | str | None:
    """Return a verb's subject, `SAME` for the previous verb's, or None.

    Args:
        text: the sentence.
        verb: the verb.
        left: the end of the verb before.
        words: the reporting words of the language.
    """
    if verb.form == "ing" and text[: verb.start].endswith(", "):
        return SAME
    if quoted := _QUOTED_AS.search(text, left, verb.start):
        return _plain(text, left, quoted.start(), words)
    for match in _HARD.finditer(text, left, verb.start):
        left = match.end()
    end = AUXILIARIES.search(text, left, verb.start)
    stretch = text[left : end.start() if end else verb.start]
    if _COORDINATED.search(stretch) or not stretch.strip(" ,"):
        return SAME if left else leading(text, begins(text), words)
    if relative := _RELATIVE.fullmatch(stretch):
        return _antecedent(relative["head"], left, text, words)
    parts = _parts(stretch, left)
    if stretch.rstrip().endswith(","):
        return _with_asides(text, parts, words)
    return _plain(text, *parts[-1], words) or (_with_asides(text, parts, words) if len(parts) > 1 else None)


def named(text: str, start: int, end: int, words: Sayings, *, possessive: bool = False) -> Phrase | None:
    """Return the speaker of a stretch, with the name in an aside."""
    if possessive and text[start:end].lower() in {"his", "her", "its", "their"}:
        pronoun = {"his": "he", "her": "she", "its": "it", "their": "they"}[text[start:end].lower()]
        found = phrase(text, start, end, words)
        return Phrase(found.span, pronoun) if found else Phrase(Span(start, end), pronoun)
    found = phrase(text, start, end, words)
    rest = _ASIDE_NEXT.match(text, end)
    if found and rest and not is_named(found.span.of(text)):
        aside = phrase(text, *rest.span(1), words)
        if aside and _is_name(aside.span.of(text)) and not next(words.verbs(rest[1]), None):
            return aside
    return found


def _parts(stretch: str, left: int) -> list[tuple[int, int]]:
    parts, start = [], 0
    for match in _COMMA.finditer(stretch):
        if stretch[start : match.start()].strip():
            parts.append((left + start, left + match.start()))
        start = match.end()
    return parts


def _with_asides(text: str, parts: list[tuple[int, int]], words: Sayings) -> Phrase | None:
    """Return the name in a noun phrase's asides, else the head."""
    for index, part in enumerate(parts):
        head = _plain(text, *part, words)
        if head is None:
            continue
        if not is_named(head.span.of(text)) and not head.pronoun:
            for start, end in parts[index + 1 :]:
                aside = phrase(text, start, end, words)
                if aside and _is_name(aside.span.of(text)):
                    return aside
            if index + 1 < len(parts) and re.match(r"an?other|an?\b|one\b", head.span.of(text)):
                aside = phrase(text, *parts[index + 1], words)
                if aside and re.match(r"an?\s", aside.span.of(text)) and not aside.pronoun:
                    return Phrase(head.span._replace(end=aside.span.end))
        return head
    return None


def _is_name(said: str) -> bool:
    return is_named(said) and not re.match(r"an?\s", said)


def _plain(text: str, start: int, end: int, words: Sayings) -> Phrase | None:
    """Return the speaker in a stretch without commas, behind any introduction."""
    found = phrase(text, *_unlinked(text, start, end), words)
    if found:
        return found
    links = [match.end() for match in _LINK.finditer(text, start, end)]
    for at in reversed(links):
        found = phrase(text, at, end, words)
        if found:
            return found
    first = re.match(
        r"\s*(?:In|On|At|By|During|After|Before|Since|From|For|Under|Last|Late|Early|Earlier)\b", text[start:end]
    )
    if first:
        for match in _FROM_HERE.finditer(text, start + first.end(), end):
            found = phrase(text, match.start(), end, words)
            if found:
                return found
        name = _CAPITALS.search(text, start + first.end(), end)
        return phrase(text, *name.span(), words) if name else None
    return None


def _unlinked(text: str, start: int, end: int) -> tuple[int, int]:
    match = _FIRST_LINK.match(text, start, end)
    return (match.end(), end) if match else (start, end)


def _antecedent(head: str, left: int, text: str, words: Sayings) -> Phrase | None:
    """Return the antecedent of a relative pronoun: the nearest name before."""
    if cleft := _CLEFT.match(head):
        head, left = head[cleft.end() :], left + cleft.end()
    parts = _parts(head, left)
    for start, end in reversed(parts):
        name = _CAPITALS.search(text[:end], start) or re.compile(r"(?:[A-Z][\w'’.-]*\s?)+\Z").match(text[:end], start)
        if name and is_named(name[0]):
            return phrase(text, *name.span(), words)
        if not re.match(r"\s*(?:an?|the)\s", text[start:end]):
            break
    return phrase(text, *parts[-1], words) if parts else None


_FIRST_VERB: Final = re.compile(
    r"\s(?=(?:is|are|was|were|has|have|had|will|would|can|cannot|could|may|might|must|should|do|does|did|[a-z]{2,}(?:ed|s)|met|came|went|said|took|"
    r"made|gave|held|left|rose|fell|saw|told|found|won|lost|sent|began|wrote|kept|ran|led|put|set|spoke|stood|built|paid|"
    r"brought|said)\b)"
)


def leading(text: str, start: int, words: Sayings) -> Phrase | None:
    """Return the person or body at the beginning of a sentence."""
    match = _FIRST_VERB.search(text, start)
    if match and ARTICLE.fullmatch(text, start, match.start() + 1):  # “The witness”: a noun that ends like a verb
        match = _FIRST_VERB.search(text, match.end() + 1)
    if match is None:
        return None
    parts = _parts(text[start : match.start()], start)
    found = _with_asides(text, parts, words) if parts else None
    return (
        found
        if found
        and found.span.start
        in {part[0] for part in parts} | {part[0] + 1 for part in parts} | {_behind_link(text, parts)}
        else None
    )


def _behind_link(text: str, parts: list[tuple[int, int]]) -> int:
    return _unlinked(text, *parts[0])[0]
