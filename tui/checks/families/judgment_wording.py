"""Rules on the wording of judgments and of the bottom line."""

from collections.abc import Iterator
from typing import Final

from tui.briefing.judgments import Judgment
from tui.briefing.model import Briefing
from tui.briefing.scales import LIKELIHOODS, WORDS_OF_NUMBER
from tui.checks.author_prose import prose, texts, worded
from tui.checks.rule import Finding, Subject, found_at, rule
from tui.language.hedges import hedges
from tui.language.judgments import likelihoods, numbers
from tui.language.lexicon import Lexicon
from tui.language.quotations import quotations
from tui.language.spans import Span, touching

_BOUNDS: Final = frozenset(
    {
        "at least",
        "at most",
        "up to",
        "no fewer than",
        "no less than",
        "no more than",
        "more than",
        "less than",
        "fewer than",
    }
    | {"over", "under", "or more", "in excess of", "upwards of", "as early as", "as late as", "just over", "just under"}
    | {"as many as", "as few as", "as much as", "as little as"}
)
"""Words before a number that bound it, and make it no vaguer."""
_HELD_BACK: Final = frozenset({"chance", "hearsay", "rough"})
"""The families of hedges that a proposition must not have. A condition can be met, and so be scored."""
_JUDGED: Final = """\
format = 2

[[claim]]
id = "cracks"
text = "The engineer counted 40 cracks."
by = "the engineer"

[[judgment]]
id = "closed"
date = "2026-12-31"
text = "TEXT"
likelihood = "likely"
confidence = "low"
why = "The deck sags."
for = ["cracks"]
against = []
"""
_HEADED: Final = """\
format = 2

[briefing]
id = "example"
title = "An example"
bluf = "BLUF"
lang = "en"
as_of = "2026-11-22"

""" + _JUDGED.replace("format = 2\n\n", "").replace("TEXT", "The bridge will be closed for 10 days by the end of 2026.")


@rule(
    "J002",
    "warning",
    title="a hedge or an attribution stands in the text of a judgment",
    why=(
        "The text is the proposition that can turn out true; how likely it is stands in `likelihood`, once, and who says so"
        " in `for` (ICD 203, D.6.e.(2): likelihood in the words of one scale)."
    ),
    remedy="write what is the case, without “may” and without “X says”; a range in place of “about”",
    example=_JUDGED.replace("TEXT", "The bridge may be closed by 31 December 2026."),
    near_miss=_JUDGED.replace("TEXT", "The bridge will be closed by 31 December 2026."),
)
@worded
def no_proposition(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find judgments whose text is held back or laid to somebody."""
    for place, stretches in texts(subject):
        for path, text, _ in stretches if isinstance(place.entry, Judgment) else ():
            for span, said in _objections(text, lists):
                yield found_at(path, text, span, said)


def _objections(text: str, lists: Lexicon) -> Iterator[tuple[Span, str]]:
    quoted = quotations(text)
    for hedge in hedges(text, lists):
        span = Span(hedge.start, hedge.end)
        is_bound = span.of(text).lower() in _BOUNDS
        if hedge.family in _HELD_BACK and not is_bound and not touching(quoted, *span):
            yield span, "“{}” holds the proposition back"
    from tui.language.reporting.attributions import attributions  # only a judgment is read so closely

    for span in attributions(text, lists):
        yield span, "“{}” lays the proposition to somebody"


@rule(
    "J004",
    "warning",
    title="the bottom line has a likelihood or a number that no judgment has",
    why=(
        "What a hurried reader takes away must be what the briefing judges, with its reasons (ICD 203, standards 2 and 6;"
        " what stands in a summary stands in the body)."
    ),
    remedy="write the likelihood or the number of a judgment, or judge what the bottom line says",
    example=_HEADED.replace("BLUF", "The bridge will very likely be closed for 20 days."),
    near_miss=_HEADED.replace("BLUF", "The bridge will likely be closed for 10 days."),
)
@worded
def not_judged(subject: Subject, _lists: Lexicon) -> Iterator[Finding]:
    """Find likelihoods and numbers of the bottom line that nothing judges."""
    briefing = subject.briefing
    if briefing.format == 1:
        return
    text = next(one.text for one in prose(subject) if one.path == ("briefing", "bluf"))
    steps = LIKELIHOODS[briefing.briefing.scale]
    judged = {
        word
        for one in briefing.judgment
        for word in (one.likelihood, *(other.likelihood for other in one.alternatives))
    }
    known = {word for step in steps if not judged.isdisjoint(step.words) for word in step.words}
    found = [(span, "no judgment is “{}”") for span, word in likelihoods(text) if word not in known]
    if briefing.judgment:  # without one, nothing could have a number
        figures = _numbers_judged(briefing)
        found += [(span, "no judgment has the number {}") for span, number in numbers(text) if number not in figures]
    for span, said in sorted(found):
        yield found_at(("briefing", "bluf"), text, span, said)


def _numbers_judged(briefing: Briefing) -> frozenset[str]:
    """Return the numbers of the judgments' propositions, dates and quantities."""
    quantities = [one.quantity for one in briefing.judgment if one.quantity]
    written = [
        " ".join(
            filter(None, (one.text, one.short, one.so_what, one.date, *(other.text for other in one.alternatives)))
        )
        for one in briefing.judgment
    ]
    written += [one.words for one in quantities if one.words]
    bounds = {one.bounds for one in quantities}
    edges = {f"{edge:g}" if edge % 1 else str(int(edge)) for pair in bounds for edge in pair if edge is not None}
    named = {f"{word}s" for word, meant in WORDS_OF_NUMBER.items() if meant in bounds}
    return frozenset(edges | named | {number for text in written for _, number in numbers(text)})
