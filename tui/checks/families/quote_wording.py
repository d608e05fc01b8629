"""Rules on the wording of quotes: cut hedges, paraphrase as quotation."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tui.briefing.anchors import passage
from tui.briefing.canonical import canonical
from tui.briefing.entry import Entry, Statement
from tui.briefing.source import Entity, Source
from tui.briefing.statements import Assumption
from tui.checks.author_prose import quoted_lists
from tui.checks.rule import Finding, Subject, found_at, rule
from tui.language.comparison import cut
from tui.language.hedges import Hedge, hedges
from tui.language.lexicon import Lexicon
from tui.language.quotations import quotations
from tui.language.spans import Span
from tui.library.located_quotes import LocatedQuote

_OWN_WORDS: Final = frozenset(
    {"hearing", "interview", "speech", "post", "personal_communication", "treaty", "legislation", "bill"}
)
"""Types of CSL whose text is the speaker's own, so that it needs no quotation marks to be direct."""


_PARTS: Final = re.compile(r"[;,…/]|\.\.\.|\s(?:and|or)\s")
"""The signs and words between two hedges of one entry."""
_ASIDE: Final = re.compile(r"\([^)]*\)")
"""The author’s aside, such as a translation."""
_MARKS: Final = ' ,;:“”„«»"\n'


_PLANT: Final = "The plant may have closed in 2020, the keeper says. If it has, the village has no work left.\n"


_QUOTING: Final = """\
[[claim]]
id = "closed"
text = "The plant may have closed in 2020."
cite = [{ source = "note", quote = "QUOTE" }]
"""


_ASSUMED: Final = """\
[[assumption]]
id = "closed"
text = "The plant is closed for good."
cite = [{ source = "note", quote = "QUOTE" }]
"""


_HELD: Final = "The keeper said that the pier is a growing danger. “Nobody should walk on it,” she added.\n"


_DIRECT: Final = """\
[[source]]
id = "note"
type = "article-newspaper"
author = ["Ann Other"]
publisher = "The Shore"
issued = "2024"
url = "https://example.org/pier"

[[view]]
id = "keeper"
who = "the keeper"
role = "keeper of the pier"
text = "The keeper calls the pier a growing danger."
cite = [{ source = "note", quote = "QUOTE", direct = true }]
"""


@rule(
    "Q004",
    "warning",
    title="the quote drops the hedge or the “if” that its sentence has",
    why=(
        "Without its hedge a sentence says more than its writer did, and the footnote shows the quote alone: ICD 203"
        " (standard 2) asks that uncertainty be passed on, the SPJ code of ethics that a summary not misrepresent."
    ),
    remedy="quote the hedge too, or write it as the entry’s `hedge`",
    example=_QUOTING.replace("QUOTE", "closed in 2020"),
    near_miss=_QUOTING.replace("QUOTE", "may have closed in 2020"),
    text=_PLANT,
)
def cut_from_quote(subject: Subject) -> Iterator[Finding]:
    """Find quotes that leave out the hedge or “if” of the sentence."""
    lists = quoted_lists(subject)
    for quote in subject.quotes:
        words = lists[quote.carrier]
        if len(quote.spans) != 1 or words is None or quote.path[0] == "assumption":
            continue  # an assumption takes for granted what its source holds back, and says so by its kind
        recorded = _recorded(subject, quote.path)
        for hedge in _cut(quote, words):
            word = quote.text[hedge.start : hedge.end]
            if word.lower().rstrip(".") not in recorded:
                message = f"the quote leaves out “{word}”, by which its sentence holds it back"
                yield Finding(quote.path, message, f"quote “{word}” too, or write it as the entry’s `hedge`")
                break


def _cut(quote: LocatedQuote, words: Lexicon) -> Iterator[Hedge]:
    """Yield the hedges that a quote leaves out. A sentence ends with its paragraph."""
    start, end = quote.spans[0]
    first, last = passage(quote.text, quote.held.paragraphs, start, end)
    for hedge in cut(quote.text[first:last], start - first, end - first, words):
        yield Hedge(hedge.start + first, hedge.end + first, hedge.kind)


def _recorded(subject: Subject, path: tuple[str | int, ...]) -> str:
    holder = subject.briefing.at(path[:2])
    return (holder.hedge or "").lower() if isinstance(holder, Statement) else ""


@rule(
    "Q008",
    "warning",
    title="the words under `hedge` stand neither in a quote nor in its paragraph",
    why=(
        "`hedge` is shown as the source’s own word; where the source has none, the author speaks with its voice (ICD 203,"
        " standard 2: uncertainty is expressed as it is; W3C PROV: a quotation repeats)."
    ),
    remedy="write the hedge in the text’s own words, quote the words that hold it, or leave the key out",
    example=_QUOTING.replace("QUOTE", "may have closed in 2020") + 'hedge = "reportedly"\n',
    near_miss=_QUOTING.replace("QUOTE", "closed in 2020") + 'hedge = "may have"\n',
    text=_PLANT,
)
def hedge_of_nobody(subject: Subject) -> Iterator[Finding]:
    """Find hedges that are not in the held text of a source."""
    located = {quote.path[:-1]: quote for quote in subject.quotes if len(quote.spans) == 1}
    for path, entry in subject.entries if located else ():
        if not isinstance(entry, Statement) or not entry.hedge or not entry.cite:
            continue
        quotes = [located.get((*path, *below)) for below, _ in entry.cited()]
        found = [quote for quote in quotes if quote]
        if len(found) < len(quotes):
            continue  # in a text that is not held, nobody can look
        said = [
            _folded(quote.text[slice(*passage(quote.text, quote.held.paragraphs, *quote.spans[0]))]) for quote in found
        ]
        for words in _PARTS.split(_ASIDE.sub("", entry.hedge)):
            if (hedge := _folded(words).strip(" “”\"'.")) and not any(hedge in one for one in said):
                yield Finding(
                    (*path, "hedge"), f"“{words.strip()}” stands neither in the quotes nor in their paragraphs"
                )
                break


def _folded(words: str) -> str:
    return canonical(words).casefold().replace("’", "'")


@rule(
    "Q005",
    "warning",
    title="words are given as a direct quotation that the source only paraphrases",
    why=(
        "Quotation marks and `direct` promise the speaker’s own words; a reporter’s paraphrase may have changed them (W3C"
        " PROV: a quotation repeats, whatever else is derived)."
    ),
    remedy="take `direct` and the quotation marks away, and say whose paraphrase it is",
    example=_DIRECT.replace("QUOTE", "a growing danger"),
    near_miss=_DIRECT.replace("QUOTE", "Nobody should walk on it"),
    text=_HELD,
)
def not_direct(subject: Subject) -> Iterator[Finding]:
    """Find direct quotes that are outside quotation marks in the held text."""
    sources = {source.id: source for source in subject.briefing.source}
    marked = {name: quotations(text.text) for name, text in subject.texts.items()}
    for quote in subject.quotes:
        entry = subject.briefing.at(quote.path[:2])
        direct = subject.briefing.at(quote.path[:-1]).direct
        given = direct or quote.quote.startswith(("“", '"', "„", "«"))
        if not given or len(quote.spans) != 1 or _own(sources[quote.carrier], entry):
            continue
        said = quote.text[slice(*quote.spans[0])]
        words = said.strip('“”„«»" ')
        start = quote.spans[0][0] + said.find(words)
        outside = _outside(marked[quote.carrier], quote.text, start, start + len(words))
        if outside:
            part = "these words" if outside == words else f"“{outside}” of these words"
            yield Finding(quote.path, f"the text of {quote.carrier!r} has {part} outside quotation marks")


def _outside(quoted: Sequence[Span], text: str, start: int, end: int) -> str:
    """Return the first unquoted words of a stretch, or an empty string."""
    within = [span for span in quoted if span.start < end and start < span.end]
    edges = (start, *(edge for span in within for edge in span), end)
    gaps = (text[first:last].strip(_MARKS) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last)
    return next((words for words in gaps if any(map(str.isalnum, words))), "")


def _own(source: Source, entry: Entry | Entity) -> bool:
    """Whether a source is the speaker's own text, and so direct."""
    if source.type in _OWN_WORDS:
        return True
    speaker = entry.speaker if isinstance(entry, Entry) else None
    return bool(speaker) and speaker in {source.id, *source.author, source.publisher}


@rule(
    "A002",
    "warning",
    title="an assumption quotes a condition",
    why=(
        "“If it has” takes nothing for granted; who quotes it as the assumption makes the source say more than it does (ICD"
        " 203, standard 3: assumptions told apart from information)."
    ),
    remedy="quote the words that take it for granted, or leave the quote out and say whose assumption it is",
    example=_ASSUMED.replace("QUOTE", "If it has, the village has no work left"),
    near_miss=_ASSUMED.replace("QUOTE", "the keeper says"),
    text=_PLANT,
)
def assumed_condition(subject: Subject) -> Iterator[Finding]:
    """Find assumptions with a condition in a quote, or just outside it."""
    if not subject.briefing.assumption:
        return
    lists = quoted_lists(subject)
    told = set()
    for path, citation, holder in subject.citations:
        words = lists[citation.source]
        if isinstance(holder, Assumption) and citation.quote and words:
            for hedge in [hedge for hedge in hedges(citation.quote, words) if hedge.kind == "if"][:1]:
                told.add(path)
                message = "“{}” makes the quoted words a condition"
                yield found_at((*path, "quote"), citation.quote, hedge, message)
    for quote in subject.quotes:
        words = lists[quote.carrier]
        if quote.path[0] != "assumption" or quote.path[:-1] in told or len(quote.spans) != 1 or words is None:
            continue
        found = [hedge for hedge in _cut(quote, words) if hedge.kind == "if"]
        for start, end, _ in found[:1]:
            word = quote.text[start:end]
            yield Finding(quote.path, f"the quote leaves out “{word}”, which makes its sentence a condition")
