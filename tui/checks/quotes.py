"""The rules on quotes against the texts that are held."""

import re
from collections.abc import Iterator
from typing import Final

from tui.briefing import anchors
from tui.briefing.provenance import chain
from tui.checks.located import Located
from tui.checks.resembling import resembling
from tui.checks.rule import Finding, Rule, Subject

MOST_WORDS: Final = 20
"""Words of somebody else's text that a footnote may quote: a fragment to check by, no substitute for the text."""
_MOST_SUGGESTIONS: Final = 30
"""Looking for the nearest text takes some milliseconds; a text that was exchanged would lose every quote at once."""
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that set no space between words, and Hangul, whose particles are joined to them: no cut can be told there."""


def missing(subject: Subject) -> Iterator[Finding]:
    """Find quotes that do not stand in the text."""
    suggested = 0
    for quote in subject.quotes:
        if quote.starts:
            continue
        if quote.quote in quote.text:
            yield Finding(
                quote.path,
                f"the quote stands in the text of {quote.carrier!r}, but not between its prefix and suffix",
                "paste the words just before it as prefix, those just behind it as suffix",
            )
            continue
        near = resembling(quote.text, quote.quote) if suggested < _MOST_SUGGESTIONS else ""
        suggested += 1
        remedy = f"the nearest text there is “{_on_a_line(near)}”; if that is meant, paste it" if near else ""
        yield Finding(quote.path, f"the quote does not stand in the text of {quote.carrier!r}", remedy)


def ambiguous(subject: Subject) -> Iterator[Finding]:
    """Find quotes that stand in the text more than once."""
    for quote in subject.quotes:
        if len(quote.starts) > 1:
            has = "its prefix and suffix do not tell which" if quote.prefix or quote.suffix else "it has no prefix"
            message = f"the quote stands {len(quote.starts)} times in the text of {quote.carrier!r}, and {has}"
            before = quote.text[: quote.starts[0]].split("\n")[-1].split()[-4:]
            remedy = f'add a prefix; for the first place: prefix = "{" ".join(before)}"' if before else "add a suffix"
            yield Finding(quote.path, message, remedy)


def ragged(subject: Subject) -> Iterator[Finding]:
    """Find quotes that run over the end of a paragraph, or begin or end within a word."""
    parts = {
        source.id: anchors.paragraphs(subject.texts[source.id], source.title)
        for source in subject.briefing.source
        if source.id in subject.texts
    }
    for quote in subject.quotes:
        if quote.starts:
            fault = _raggedness(quote, parts[quote.carrier])
            if fault:
                yield Finding(quote.path, fault)


def _raggedness(quote: Located, parts: tuple[anchors.Paragraph, ...]) -> str:
    start, end = quote.starts[0], quote.starts[0] + len(quote.quote)
    if anchors.paragraph_of(parts, start) != anchors.paragraph_of(parts, end - 1):
        return "the quote runs from one paragraph into another"
    for at, side in ((start, "begins"), (end, "ends")):
        if 0 < at < len(quote.text) and _within_a_word(quote.text[at - 1], quote.text[at]):
            word = _word_around(quote.text, at)
            return f"the quote {side} within the word “{word}”"
    return ""


def _within_a_word(before: str, behind: str) -> bool:
    return before.isalnum() and behind.isalnum() and not (_UNSPACED.match(before) or _UNSPACED.match(behind))


def _word_around(text: str, at: int) -> str:
    match = re.search(r"\w{0,40}$", text[max(0, at - 40) : at])
    rest = re.match(r"\w{0,40}", text[at : at + 40])
    return (match[0] if match else "") + (rest[0] if rest else "")


def too_long(subject: Subject) -> Iterator[Finding]:
    """Find long quotes from texts that the briefing does not publish itself."""
    through = {source.id: source.cited_in or "" for source in subject.briefing.source}
    ours = {source.id for source in subject.briefing.source if source.held}
    for path, citation, _ in subject.citations:
        words = len((citation.quote or "").split())
        if words > MOST_WORDS and ours.isdisjoint(chain(citation.source, through)):
            yield Finding(
                (*path, "quote"), f"the quote has {words} words, and the text is not published with the briefing"
            )


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


_POND: Final = """\
The pond book

There were seven swans on the pond. The swans were white.

Nobody counted the geese, though some said that there were geese.
"""


def _citing(quote: str) -> str:
    return f"""\
[[claim]]
id = "pond"
text = "The book tells of the pond."
cite = [{{ source = "note", {quote} }}]
"""


_OURS: Final = """\
[[source]]
id = "note"
type = "report"
url = "https://example.org/note"
"""
_LONG: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)

RULES: Final = (
    Rule(
        "Q001",
        "error",
        "the quote is not in the held text, byte for byte",
        "A quote that was changed, however little, is no longer the source’s word; and one that is re-attached by"
        " resemblance may speak of something else (W3C Web Annotation, TextQuoteSelector).",
        "paste the words as they stand in the text",
        missing,
        _citing('quote = "seven swans in the pond"'),
        _citing('quote = "seven swans on the pond"'),
        text=_POND,
    ),
    Rule(
        "Q002",
        "error",
        "the quote stands more than once in the text, and nothing tells which is meant",
        "A reader who follows the footnote must come to the one place that carries the statement (W3C Web Annotation,"
        " prefix and suffix).",
        "add a prefix: the words just before it",
        ambiguous,
        _citing('quote = "geese"'),
        _citing('quote = "geese", prefix = "counted the"'),
        text=_POND,
    ),
    Rule(
        "Q003",
        "warning",
        "the quote spans paragraphs or cuts a word",
        "Half a word is not what the source wrote, and two paragraphs are two thoughts: put together, they may say what"
        " neither says.",
        "quote whole words from one paragraph; cite twice for two",
        ragged,
        _citing('quote = "wans on the pond"'),
        _citing('quote = "swans on the pond"'),
        text=_POND,
    ),
    Rule(
        "Q006",
        "warning",
        "the quote is longer than 20 words, from a text that is not ours",
        "A quotation may be as long as its purpose needs and no longer (Berne Convention, article 10 (1)); what a"
        " footnote is checked by is a short fragment.",
        "quote the words that carry the statement, at most 20",
        too_long,
        _OURS + _citing(f'quote = "{_LONG} eighteen nineteen twenty more"'),
        _OURS + _citing(f'quote = "{_LONG} eighteen nineteen twenty"'),
    ),
)
