"""The rules on what a statement mixes: report with forecast, likelihood with confidence, fact with tone, day with day."""

from collections.abc import Iterator
from typing import Final

from tui.checks.families.wording.fields import prose, texts, worded
from tui.checks.rule import Finding, Rule, Subject
from tui.language.judgments import mixed
from tui.language.lexicon import Lexicon
from tui.language.predictions import predictions
from tui.language.tone import loaded, relative_dates

_KINDS: Final = {
    "judging": "“{}” judges",
    "drama": "“{}” heightens",
    "certainty": "“{}” asks to be believed",
    "superlative": "“{}” ranks without saying among what",
}


def undated(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find dates that depend on the day of writing, in texts without a date."""
    dated = {place.path for place in subject.entries if place.entry.date}
    for path, text, _ in prose(subject):
        if path[:2] in dated:
            continue
        for span in relative_dates(text, lists):
            word = span.of(text)
            yield Finding(path, f"“{word}” means another day to each reader", offset=span.start, length=len(word))


def foretelling_report(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find entries of the kind `report` whose text foretells."""
    for place, stretches in texts(subject):
        if getattr(place.entry, "kind", None) != "report":
            continue
        for path, text, _ in stretches:
            for span in predictions(text, lists)[:1]:
                word = span.of(text)
                message = f"“{word}” foretells, and the kind is “report”"
                yield Finding(path, message, offset=span.start, length=len(word))


def likelihood_with_confidence(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find sentences that give a likelihood and a level of confidence."""
    for path, text, _ in prose(subject):
        for span in mixed(text, lists):
            word = span.of(text)
            message = f"“{word}” stands in one sentence with a likelihood"
            yield Finding(path, message, offset=span.start, length=len(word))


def tone(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find loaded words and bare superlatives."""
    for path, text, _ in prose(subject):
        for found in loaded(text, lists):
            word = text[found.start : found.end]
            yield Finding(path, _KINDS[found.kind].format(word), offset=found.start, length=len(word))


_SAID: Final = """\
[[claim]]
id = "one"
text = "TEXT"
by = "the keeper"
"""

RULES: Final = (
    Rule(
        "S007",
        "warning",
        "the date is relative",
        "“Recently” means another day to each reader; ISO 8601-2 (EDTF) has a form for every date that is known in part,"
        " and a briefing is read long after it was written.",
        "write the date as far as it is known (2024-05, 2024?), in the text or as the entry’s `date`",
        worded(undated),
        _SAID.replace("TEXT", "The keeper says that the pier was closed last week."),
        _SAID.replace("TEXT", "The keeper says that the pier was closed in the last week of May 2024."),
    ),
    Rule(
        "C005",
        "warning",
        "the kind is “report”, and the text foretells",
        "What has happened can be checked and what will happen cannot: ICD 203 (standard 3) asks that information be told"
        " apart from judgments.",
        'write kind = "prediction", or split the entry',
        worded(foretelling_report),
        _SAID.replace("TEXT", "The pier will be closed in May 2027.") + 'kind = "report"\n',
        _SAID.replace("TEXT", "The pier was closed in May 2024.") + 'kind = "report"\n',
    ),
    Rule(
        "C006",
        "warning",
        "likelihood and confidence stand in one sentence",
        "One is about the event, the other about the basis; together they are read as one figure. ICD 203 (D.6.e.2.b) keeps"
        " them out of one sentence.",
        "give them a sentence each",
        worded(likelihood_with_confidence),
        _SAID.replace("TEXT", "It is likely, with high confidence, that the pier is closed."),
        _SAID.replace("TEXT", "It is likely that the pier is closed. The basis gives high confidence."),
    ),
    Rule(
        "C009",
        "warning",
        "a loaded word or a bare superlative stands outside quotation marks",
        "The word decides for the reader what the evidence should. ICD 203 asks for objectivity, the IFCN code for"
        " nonpartisanship, the SPJ code that commentary be labelled.",
        "say what was done, or how much; or quote the word of the one who used it",
        worded(tone),
        _SAID.replace("TEXT", "The regime closed the pier."),
        _SAID.replace("TEXT", "The keeper speaks of a “regime” that closed the pier."),
    ),
)
