"""Rules on quotes beside the held texts."""

import re
from collections.abc import Iterator
from typing import Final

from tui.briefing import anchors
from tui.briefing.canonical import canonical
from tui.briefing.characters import visible
from tui.briefing.lock import QuoteKey
from tui.briefing.provenance import chain
from tui.briefing.toml_text import basic_string
from tui.checks.differences import differing_signs
from tui.checks.rule import Edit, Finding, Subject, rule
from tui.language.resemblance import resembling
from tui.library.located_quotes import LocatedQuote

MOST_WORDS: Final = 20
"""Words of somebody else's text that a footnote may quote: a fragment to check by, no substitute for the text."""


_MOST_SUGGESTIONS: Final = 30
"""Looking for the nearest text takes some milliseconds; a text that was exchanged would lose every quote at once."""


_UNSPACED: Final = (
    "\u0e00\u0eff", "\u1000\u109f", "\u1780\u17ff", "\u3040\u30ff", "\u3400\u9fff", "\uac00\ud7af",
    "\uf900\ufaff", "\U00020000\U0003ffff",
)  # fmt: skip
"""Scripts without spaces between words, and Hangul, in which no cut within a word shows."""


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


_NAMED: Final = _OURS + f'sha256 = "{"0" * 64}"\n'


_LONG: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)


@rule(
    "Q001",
    "error",
    title="the quote is not in the held text, sign by sign",
    why=(
        "A quote that was changed, however little, is no longer the source’s word; and one that is re-attached by"
        " resemblance may speak of something else (W3C Web Annotation, TextQuoteSelector)."
    ),
    remedy="paste the words as they stand in the text",
    example=_citing('quote = "seven swans in the pond"'),
    near_miss=_citing('quote = "seven swans on the pond"'),
    text=_POND,
    fixable=True,
)
def missing(subject: Subject) -> Iterator[Finding]:
    """Find quotes that do not stand in the text."""
    suggested = 0
    for quote in subject.quotes:
        if quote.spans:
            continue
        words = quote.quote, quote.prefix, quote.suffix
        if len(alike := anchors.alike(quote.held.canonical, *words)) == 1:
            yield from _in_other_signs(quote, alike[0])
        elif anchors.find(quote.held.canonical, quote.quote):
            yield Finding(
                quote.path,
                f"the quote stands in the text of {quote.carrier!r}, but not between its prefix and suffix",
                "paste the words just before it as prefix, those just behind it as suffix",
            )
        else:
            near = resembling(quote.held.canonical.text, quote.quote) if suggested < _MOST_SUGGESTIONS else ""
            suggested += 1
            remedy = f"the nearest text there is “{visible(near)}”; if that is meant, paste it" if near else ""
            yield Finding(quote.path, f"the quote does not stand in the text of {quote.carrier!r}", remedy)


def _in_other_signs(quote: LocatedQuote, other: anchors.Lookalike) -> Iterator[Finding]:
    """Yield each quote, prefix or suffix with other characters than the text's."""
    for key in ("quote", "prefix", "suffix"):
        written, meant = getattr(quote, key), getattr(other, key)
        if canonical(written).strip() != meant.strip():
            yield Finding(
                (*quote.path[:-1], key),
                f"the {key} has other signs than the text of {quote.carrier!r}, which has {differing_signs(written, meant)}",
                f"write: {key} = {visible(basic_string(meant))}",
                edit=Edit("put", (*quote.path[:-1], key), meant),
            )


@rule(
    "Q002",
    "error",
    title="the quote stands more than once in the text, and nothing tells which is meant",
    why=(
        "A reader who follows the footnote must come to the one place that carries the statement (W3C Web Annotation,"
        " prefix and suffix)."
    ),
    remedy="add a prefix: the words just before it",
    example=_citing('quote = "geese"'),
    near_miss=_citing('quote = "geese", prefix = "counted the"'),
    text=_POND,
)
def ambiguous(subject: Subject) -> Iterator[Finding]:
    """Find quotes that stand in the text more than once."""
    for quote in subject.quotes:
        # The lock of this very text may tell the place: until 0.1 white space told places apart.
        key = QuoteKey(quote.carrier, quote.quote, quote.prefix, quote.suffix)
        if len(quote.spans) > 1 and key not in subject.lock_now.quotes:
            has = "its prefix and suffix do not tell which" if quote.prefix or quote.suffix else "it has no prefix"
            message = f"the quote stands {len(quote.spans)} times in the text of {quote.carrier!r}, and {has}"
            words = anchors.context(quote.held.canonical, *quote.spans[0])
            given = [
                f"{key} = {visible(basic_string(one))}"
                for key, one in zip(("prefix", "suffix"), words or ("", ""), strict=True)
                if one
            ]
            remedy = f"for the first place, add: {given[0]}" if given else "choose more of the words round it"
            yield Finding(quote.path, message, remedy)


@rule(
    "Q003",
    "warning",
    title="the quote spans paragraphs or cuts a word",
    why=(
        "Half a word is not what the source wrote, and two paragraphs are two thoughts: put together, they may say what"
        " neither says."
    ),
    remedy="quote whole words from one paragraph; cite twice for two",
    example=_citing('quote = "wans on the pond"'),
    near_miss=_citing('quote = "swans on the pond"'),
    text=_POND,
)
def ragged(subject: Subject) -> Iterator[Finding]:
    """Find quotes that cross paragraphs, or begin or end within a word."""
    for quote in subject.quotes:
        if quote.spans and (fault := _raggedness(quote)):
            yield Finding(quote.path, fault)


def _raggedness(quote: LocatedQuote) -> str:
    if anchors.crosses(quote.text, quote.held.paragraphs, *quote.spans[0]):
        return "the quote runs from one paragraph into another"
    words = quote.held.canonical.text
    for at, side in zip(quote.held.canonical.forth(quote.spans[0]), ("begins", "ends"), strict=True):
        if 0 < at < len(words) and _within_a_word(words[at - 1], words[at]):
            return f"the quote {side} within the word “{_word_around(words, at)}”"
    return ""


def _within_a_word(before: str, behind: str) -> bool:
    unspaced = any(first <= sign <= last for first, last in _UNSPACED for sign in (before, behind))
    return before.isalnum() and behind.isalnum() and not unspaced


def _word_around(text: str, at: int) -> str:
    match = re.search(r"\w{0,40}$", text[max(0, at - 40) : at])
    rest = re.match(r"\w{0,40}", text[at : at + 40])
    return (match[0] if match else "") + (rest[0] if rest else "")


@rule(
    "Q006",
    "warning",
    title="the quote is longer than 20 words, from a text that is not ours",
    why=(
        "A quotation may be as long as its purpose needs and no longer (Berne Convention, article 10 (1)); what a"
        " footnote is checked by is a short fragment."
    ),
    remedy="quote the words that carry the statement, at most 20",
    example=_OURS + _citing(f'quote = "{_LONG} eighteen nineteen twenty more"'),
    near_miss=_OURS + _citing(f'quote = "{_LONG} eighteen nineteen twenty"'),
)
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


@rule(
    "Q007",
    "warning",
    title="the text is not held, and its lock does not list the quote",
    why=(
        "Where a text may not be kept, its lock alone vouches for the words that were found in it; a quote that came later"
        " was never seen there by anybody but its author."
    ),
    remedy="hold the text again, which verifies the quote and writes it into sources.lock",
    example=_NAMED + _citing('quote = "swans"'),
    near_miss=_OURS + _citing('quote = "swans"'),
)
def unlisted(subject: Subject) -> Iterator[Finding]:
    """Find quotes of texts not held that no lock lists."""
    if not any(source.sha256 for source in subject.briefing.source):
        return  # no text is named
    for path, citation, _ in subject.citations:
        voucher = subject.vouching.of(citation) if citation.quote else None
        if voucher and voucher.by == "nothing":
            known = subject.lock.texts.get(voucher.source)
            lock = "does not list it" if known else "does not know that text"
            yield Finding(
                (*path, "quote"),
                f"the quote was never verified: the text of {voucher.source!r} is not held, and sources.lock {lock}",
                f"hold the text: briefing hold {subject.command_name} {voucher.source} FILE",
            )
