"""The rules on hedges: that a quote and its wording keep them, and that they do not fade from claim to claim."""

from collections.abc import Iterator
from typing import Final

from tui.briefing.kinds import KINDS
from tui.briefing.model import RELATIONS, Claim, Entry
from tui.checks.families.wording.fields import judgement_of, quoted_lists, worded
from tui.checks.rule import Finding, Rule, Subject
from tui.language.comparison import Wording, asserted, cut, dropped, held_back, settled
from tui.language.hedges import Hedge
from tui.language.judgments import off_scale
from tui.language.lexicon import Lexicon


def cut_from_quote(subject: Subject) -> Iterator[Finding]:
    """Find quotes that leave out the hedge or the “if” of their sentence in the held text."""
    lists = quoted_lists(subject)
    for quote in subject.quotes:
        words = lists[quote.carrier]
        if len(quote.spans) != 1 or words is None or quote.path[0] == "assumption":
            continue  # an assumption takes for granted what its source holds back, and says so by its kind
        start, end = quote.spans[0]
        recorded = _recorded(subject, quote.path)
        for hedge in cut(quote.text, start, end, words):
            word = quote.text[hedge.start : hedge.end]
            if word.lower() not in recorded:
                message = f"the quote leaves out “{word}”, by which its sentence holds it back"
                yield Finding(quote.path, message, f"quote “{word}” too, or write it as the entry’s `hedge`")
                break


def _recorded(subject: Subject, path: tuple[str | int, ...]) -> str:
    holder = subject.briefing.at(path[:2])
    return (holder.hedge or "").lower() if isinstance(holder, Entry) else ""


def dropped_from_text(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find entries whose wording drops the hedge of what they quote."""
    by_source = quoted_lists(subject)
    for place in subject.entries:
        text = getattr(place.entry, "text", None)
        if not text or not KINDS[place.table].is_sourced:
            continue
        ours = Wording(text, lists)
        for citation in place.entry.cite:
            words = by_source[citation.source]
            if citation.quote and words is not None:
                lost = dropped(Wording(citation.quote, words), ours)
                if lost:
                    yield _lost(place.path, citation.quote, lost)
                    break


def _lost(path: tuple[str | int, ...], quote: str, lost: tuple[Hedge, ...]) -> Finding:
    word = quote[lost[0].start : lost[0].end]
    return Finding((*path, "text"), f"the text drops “{word}”, which stands in its quote “{quote[:60]}”")


def faded(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find claims that take as settled what an earlier claim about the same thing holds back."""
    open_still: dict[tuple[str, str], Claim] = {}
    for index, claim in enumerate(subject.briefing.claim):
        for group, span in settled(claim.text, lists):
            earlier = next((open_still[key] for name in claim.about if (key := (name, group)) in open_still), None)
            if earlier is not None and not _linked(claim, earlier):
                words = span.of(claim.text)
                message = f"“{words}” takes as settled what {earlier.id!r} holds back"
                yield Finding(("claim", index, "text"), message, offset=span.start, length=len(words))
        for group in asserted(claim.text, lists):
            for name in claim.about:
                open_still.pop((name, group), None)
        for group in held_back(claim.text, lists):
            for name in claim.about:
                open_still.setdefault((name, group), claim)


def _linked(one: Claim, other: Claim) -> bool:
    """Tell whether either of two claims names the other, so that the reader is told how they stand."""
    pairs = ((one, other.id), (other, one.id))
    return any(link.to == name for claim, name in pairs for relation in RELATIONS for link in getattr(claim, relation))


def no_word_of_scale(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find hedges in the author's own judgement that are no words of the scale."""
    scale = subject.briefing.briefing.scale
    for place in subject.entries:
        for path, text, _ in judgement_of(place):
            for hedge in off_scale(text, scale, lists):
                word = text[hedge.start : hedge.end]
                yield Finding(path, f"“{word}” is no word of the scale {scale!r}", offset=hedge.start, length=len(word))


_PLANT: Final = "The plant may have closed in 2020, the keeper says. If it has, the village has no work left.\n"
_QUOTING: Final = """\
[[claim]]
id = "closed"
text = "The plant may have closed in 2020."
cite = [{ source = "note", quote = "QUOTE" }]
"""
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
_ASSESSED: Final = """\
[[claim]]
id = "count"
text = "The register counts 40 ships."
by = "the register"
assess = { likelihood = "likely", confidence = "low", why = "WHY" }
"""

RULES: Final = (
    Rule(
        "Q004",
        "warning",
        "the quote drops the hedge or the “if” that its sentence has",
        "Without its hedge a sentence says more than its writer did, and the footnote shows the quote alone: ICD 203"
        " (standard 2) asks that uncertainty be passed on, the SPJ code of ethics that a summary not misrepresent.",
        "quote the hedge too, or write it as the entry’s `hedge`",
        cut_from_quote,
        _QUOTING.replace("QUOTE", "closed in 2020"),
        _QUOTING.replace("QUOTE", "may have closed in 2020"),
        text=_PLANT,
    ),
    Rule(
        "C001",
        "warning",
        "our text drops the hedge of the quote",
        "The text stands for the source’s statement; without the hedge it is another, stronger one, and no longer the"
        " source’s (ICD 203, standard 2: uncertainty is expressed and explained).",
        "put the hedge into the text, in these words or others",
        worded(dropped_from_text),
        _WORDED.replace("TEXT", "The deal alters the balance."),
        _WORDED.replace("TEXT", "The deal may alter the balance."),
    ),
    Rule(
        "C003",
        "warning",
        "what one claim holds back, a later one about the same thing takes as settled",
        "A reader who meets “the transfer” believes that there was one. ICD 203 (standards 2 and 6) asks that uncertainty"
        " be carried through the argument.",
        "write “a transfer”, “the expected transfer”, or say with `rests_on` that it hangs on the earlier claim",
        worded(faded),
        _PAIR.replace("TEXT", "The sale of the yard cost 400 jobs."),
        _PAIR.replace("TEXT", "A sale of the yard would cost 400 jobs."),
    ),
    Rule(
        "C007",
        "info",
        "a hedge in our own judgement is no word of the chosen scale",
        "Readers put very different figures to “may” and “perhaps”; a scale gives each of its words a range (ICD 203,"
        " PHIA probability yardstick).",
        "take a word of the scale, or leave the likelihood to `likelihood`",
        worded(no_word_of_scale),
        _ASSESSED.replace("WHY", "Two registers agree, so the figure may be right."),
        _ASSESSED.replace("WHY", "Two registers agree, so the figure is likely right."),
    ),
)
