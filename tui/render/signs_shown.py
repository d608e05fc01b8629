"""The signs that a page shows, found in its text and its symbols."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tui.briefing.scales import CREDIBILITY, RELIABILITY
from tui.render.page import Block, Page, Para, Role, Span, fixed, line
from tui.render.signs import BOOKMARK, DOT, SYMBOLS, WORDS, Sign

_BY_TEXT: Final[Mapping[str, Sign]] = {
    shape: sign for sign in (*SYMBOLS, *WORDS) for shape in (sign.symbol, *sign.shapes)
}
_FACT_ROLES: Final[frozenset[Role]] = frozenset({"meta", "warning"})
"""The roles of text in which a short word is a sign, and no word of the author or of a source."""
_STANDS_TWICE: Final = re.compile(r"stands \d+ times")
_SUPERSCRIPTS: Final = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
FOOTNOTE: Final = "¹"
INDENT: Final = 5


def sign_of(symbol: str) -> Sign | None:
    """Return the sign of a symbol, a short word, a rating or a footnote's number; None where it is none."""
    if symbol in _BY_TEXT:
        return _BY_TEXT[symbol]
    if _STANDS_TWICE.fullmatch(symbol):
        return Sign(
            symbol,
            "quote not found",
            "The quote stands more than once in the text, so it is not known which place is meant.",
        )
    if symbol == FOOTNOTE:
        return Sign(symbol, "footnote", "The number of a source. Each source has one number in the whole briefing.")
    letter, figure = symbol[:1], symbol[1:]
    if letter in RELIABILITY and figure in {"", *map(str, CREDIBILITY)}:
        return _rating(symbol, letter, int(figure or 0))
    return None


def _rating(symbol: str, letter: str, figure: int) -> Sign:
    source = f"source {RELIABILITY[letter]}" if letter != "F" else "source whose reliability cannot be judged"
    scale = "\n".join(f"{one}  {words}" for one, words in RELIABILITY.items())
    meaning = f"The letter rates the source:\n{scale}"
    if not figure:
        return Sign(symbol, source, meaning)
    figures = "\n".join(f"{one}  {words}" for one, words in CREDIBILITY.items())
    meaning = f"The rating is in the Admiralty code. {meaning}\nThe figure rates the statement:\n{figures}"
    return Sign(symbol, f"{source}, statement {CREDIBILITY[figure]}", meaning)


def signs_in(spans: Iterable[Span]) -> tuple[Sign, ...]:
    """Find the signs that some spans show: symbols in the order of the table, then ratings, then short words."""
    shown: dict[str, None] = {}
    for span in spans:
        shown.update(dict.fromkeys(_symbols_of(span)))
    order = {sign.symbol: place for place, sign in enumerate(SYMBOLS)} | {
        sign.symbol: len(SYMBOLS) + 100 + place for place, sign in enumerate(WORDS)
    }
    found = sorted(shown, key=lambda symbol: (order.get(symbol, len(SYMBOLS)), symbol))
    return tuple(sign for symbol in found if (sign := sign_of(symbol)))


def _symbols_of(span: Span) -> Iterator[str]:
    text = span.text
    if not text.isascii():
        yield from (_BY_TEXT[letter].symbol for letter in text if letter in _BY_TEXT)
    if span.role == "note" and not _SUPERSCRIPTS.isdisjoint(text):
        yield FOOTNOTE
    if span.role in _FACT_ROLES or (span.role == "new" and text == BOOKMARK.symbol):
        facts = (part.strip().replace("\u00a0", " ") for part in text.split(DOT.symbol))
        yield from (fact for fact in facts if fact in _BY_TEXT or _STANDS_TWICE.fullmatch(fact))
    if span.role == "rating":
        yield text.strip(f"{DOT.symbol}\u00a0 ")


def sign_page(symbol: str) -> Page:
    """Set the explanation of a sign."""
    sign = sign_of(symbol)
    if sign is None:
        return fixed("Sign", [Block("none", (line("There is no such sign.", "warning", indent=INDENT),))])
    heading = Para((Span(sign.name, "heading"),), Span(symbol, "note"), _indent(symbol), _indent(symbol))
    meaning = [line(sentence, indent=INDENT) for sentence in sign.meaning.split("\n")]
    return fixed("Sign", [Block("sign", (heading, *meaning))], cursor=False)


def _indent(symbol: str) -> int:
    return max(INDENT, len(symbol) + 2)
