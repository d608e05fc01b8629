"""Rules on the wording of claims: lost hedges, likelihood, forecast and tone."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from tui.briefing.kinds import KINDS
from tui.briefing.statements import Claim
from tui.checks.author_prose import ASKING, TOLD, judgement_of, prose_with, quoted_lists, texts, worded
from tui.checks.rule import Finding, Subject, found_at, rule
from tui.language.comparison import Wording, asserted, dropped, held_back, settled
from tui.language.hedges import Hedge
from tui.language.judgments import mixed, off_scale
from tui.language.lexicon import Lexicon
from tui.language.predictions import predictions
from tui.language.tone import loaded

_KINDS: Final = {
    "judging": "“{}” judges",
    "drama": "“{}” heightens",
    "praise": "“{}” praises",
    "certainty": "“{}” asks to be believed",
    "superlative": "“{}” ranks without saying among what",
}


_WORDED: Final = """\
[[claim]]
id = "deal"
text = "TEXT"
cite = [{ source = "note", quote = "the deal could alter the balance" }]
"""


_PAIR: Final = """\
[[entity]]
id = "yard"
name = "the yard"
type = "place"

[[claim]]
id = "offer"
text = "The owner may sell the yard to a rival."
by = "the owner"
about = ["yard"]

[[claim]]
id = "jobs"
text = "TEXT"
by = "the union"
about = ["yard"]
"""


_JUDGED: Final = """\
format = 2

[[claim]]
id = "count"
text = "The register counts 40 ships."
by = "the register"

[[judgment]]
id = "forty"
date = "2026-11"
text = "In November 2026 the yard had 40 ships."
likelihood = "likely"
confidence = "low"
why = "WHY"
for = ["count"]
against = []
"""


@rule(
    "C001",
    "warning",
    title="our text drops the hedge of the quote",
    why=(
        "The text stands for the source’s statement; without the hedge it is another, stronger one, and no longer the"
        " source’s (ICD 203, standard 2: uncertainty is expressed and explained)."
    ),
    remedy="put the hedge into the text, in these words or others",
    example=_WORDED.replace("TEXT", "The deal alters the balance."),
    near_miss=_WORDED.replace("TEXT", "The deal may alter the balance."),
)
@worded
def dropped_from_text(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find entries that drop the hedge of a quote."""
    by_source = quoted_lists(subject)
    for place in subject.entries:
        text = getattr(place.entry, "text", None)
        if not text or not KINDS[place.table].is_sourced:
            continue
        ours = Wording(text, lists)
        for citation in place.entry.footnotes:
            words = by_source[citation.source]
            if citation.quote and words is not None:
                lost = dropped(Wording(citation.quote, words), ours)
                if lost:
                    yield _lost(place.path, citation.quote, lost)
                    break


def _lost(path: tuple[str | int, ...], quote: str, lost: tuple[Hedge, ...]) -> Finding:
    word = quote[lost[0].start : lost[0].end]
    return Finding((*path, "text"), f"the text drops “{word}”, which stands in its quote “{quote[:60]}”")


@rule(
    "C003",
    "warning",
    title="what one claim holds back, a later one about the same thing takes as settled",
    why=(
        "A reader who meets “the transfer” believes that there was one. ICD 203 (standards 2 and 6) asks that uncertainty"
        " be carried through the argument."
    ),
    remedy="write “a transfer”, “the expected transfer”, or say with `rests_on` that it hangs on the earlier claim",
    example=_PAIR.replace("TEXT", "The sale of the yard cost 400 jobs."),
    near_miss=_PAIR.replace("TEXT", "A sale of the yard would cost 400 jobs."),
)
@worded
def faded(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find claims that settle an action that an earlier claim hedges."""
    evidence = subject.evidence
    open_still: dict[tuple[str, str], Claim] = {}
    for index, claim in enumerate(subject.briefing.claim):
        if not claim.about:
            continue  # it is about no thing of which another claim could speak
        for group, span in settled(claim.text, lists):
            earlier = next((open_still[key] for name in claim.about if (key := (name, group)) in open_still), None)
            if earlier is not None and not (_linked(claim, earlier) or evidence.at_odds(claim.id, earlier.id)):
                message = f"“{{}}” takes as settled what {earlier.id!r} holds back"
                yield found_at(("claim", index, "text"), claim.text, span, message)
        for key in product(claim.about, asserted(claim.text, lists)):
            open_still.pop(key, None)
        for key in product(claim.about, held_back(claim.text, lists)):
            open_still.setdefault(key, claim)


def _linked(one: Claim, other: Claim) -> bool:
    """Whether either of two claims has a relation to the other."""
    pairs = ((one, other.id), (other, one.id))
    return any(link.target.to == name for claim, name in pairs for link in claim.links())


@rule(
    "C005",
    "warning",
    title="the kind is “report”, and the text foretells",
    why=(
        "What has happened can be checked and what will happen cannot: ICD 203 (standard 3) asks that information be told"
        " apart from judgments."
    ),
    remedy='write kind = "prediction", or split the entry',
    example=TOLD.replace("TEXT", "The pier will be closed in May 2027.") + 'kind = "report"\n',
    near_miss=TOLD.replace("TEXT", "The pier was closed in May 2024.") + 'kind = "report"\n',
)
@worded
def foretelling_report(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find entries of the kind `report` whose text foretells."""
    for place, stretches in texts(subject):
        if getattr(place.entry, "kind", None) != "report":
            continue
        for path, text, _ in stretches:
            for span in predictions(text, lists)[:1]:
                yield found_at(path, text, span, "“{}” foretells, and the kind is “report”")


@rule(
    "C006",
    "warning",
    title="likelihood and confidence stand in one sentence",
    why=(
        "One is about the event, the other about the basis; together they are read as one figure. ICD 203 (D.6.e.2.b) keeps"
        " them out of one sentence."
    ),
    remedy="give them a sentence each",
    example=TOLD.replace("TEXT", "It is likely, with high confidence, that the pier is closed."),
    near_miss=TOLD.replace("TEXT", "It is likely that the pier is closed. The basis gives high confidence."),
)
@worded
def likelihood_with_confidence(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find sentences that give a likelihood and a level of confidence."""
    for path, text, _ in prose_with(subject, "confidence"):
        for span in mixed(text, lists):
            yield found_at(path, text, span, "“{}” stands in one sentence with a likelihood")


@rule(
    "C007",
    "info",
    title="a hedge in our own judgement is no word of the chosen scale",
    why=(
        "Readers put very different figures to “may” and “perhaps”; a scale gives each of its words a range (ICD 203,"
        " PHIA probability yardstick)."
    ),
    remedy="take a word of the scale, or leave the likelihood to `likelihood`",
    example=_JUDGED.replace("WHY", "Two registers agree, so the figure may be right."),
    near_miss=_JUDGED.replace("WHY", "Two registers agree, so the figure is likely right."),
)
@worded
def no_word_of_scale(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find hedges in the author's own judgement that are off the scale."""
    scale = subject.briefing.briefing.scale
    for place in subject.entries:
        for path, text, _ in judgement_of(place):
            for hedge in off_scale(text, scale, lists):
                yield found_at(path, text, hedge, f"“{{}}” is no word of the scale {scale!r}")


@rule(
    "C009",
    "warning",
    title="a loaded word or a bare superlative stands outside quotation marks",
    why=(
        "The word decides for the reader what the evidence should. ICD 203 asks for objectivity, the IFCN code for"
        " nonpartisanship, the SPJ code that commentary be labelled."
    ),
    remedy="say what was done, or how much; or quote the word of the one who used it",
    example=TOLD.replace("TEXT", "The regime closed the pier."),
    near_miss=TOLD.replace("TEXT", "The keeper speaks of a “regime” that closed the pier."),
)
@worded
def tone(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find loaded words and bare superlatives."""
    for path, text, _ in prose_with(subject, "loaded"):
        for found in loaded(text, lists):
            yield found_at(path, text, found, _KINDS[found.kind])


@rule(
    "C014",
    "warning",
    title="the entry has no `short`, and its text begins with who says it",
    why=(
        "A list cuts a line at its end, and what is left names a speaker and asserts nothing (plain language, ISO 24495-1:"
        " readers find what they need)."
    ),
    remedy='add short = "…", the assertion in at most 46 characters',
    example="format = 2\n\n" + TOLD.replace("TEXT", "The keeper says that the pier is closed."),
    near_miss="format = 2\n\n" + TOLD.replace("TEXT", "The pier is closed, the keeper says."),
)
@worded
def speaker_first(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find entries without `short` that begin with the speaker."""
    if subject.briefing.format == 1:
        return
    from tui.language.reporting.attributions import opening  # format 1 needs none of its patterns

    for place, stretches in texts(subject):
        if place.entry.short or place.table in ASKING:
            continue
        for path, text, _ in stretches[:1]:
            if span := opening(text, lists):
                yield found_at(path, text, span, "the text begins with “{}”")
