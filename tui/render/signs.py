"""The table of signs: symbols and short words, each with its meaning."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from tui.briefing.scales import CREDIBILITY, RELIABILITY
from tui.render.page import INDENT, Block, Page, Para, Role, Span, fixed, line


class Sign(NamedTuple):
    """A symbol or a short word on a page."""

    symbol: str
    """The text on the page."""
    name: str
    """A few words for it."""
    meaning: str
    """The explanation, in one or more sentences."""
    shapes: str = ""
    """Further characters of the same sign, such as a part of a bar."""


# Beside an entry
UNREAD: Final = Sign("•", "unread", "You have not read this entry yet. It counts as read when you go on from it.")
CHANGED: Final = Sign("±", "changed", "This entry has changed since you read it.")
BOOKMARK: Final = Sign("*", "bookmark", "You bookmarked this. A letter in its place is a mark that you set.")
CURRENT: Final = Sign("▌", "current", "Commands apply to this entry.")
SCROLLED: Final = Sign("║", "how far down", "Where these rows stand in the whole page.")
# Between entries
CONFLICT: Final = Sign("⇄", "in conflict", "Two entries are at odds. The program does not say which one is right.")
ONWARD: Final = Sign(
    "→", "relation from here", "This entry names the other one: it supports it, attacks it, or rests on it."
)
INWARD: Final = Sign(
    "←", "relation to here", "The other entry names this one: it supports it, attacks it, or rests on it."
)
ASSESSED: Final = Sign(
    "≈",
    "assessment",
    "A judgment of the briefing's author, and no statement of a source: likelihood, and apart from it confidence.",
)
# Figures and dates compared
SAME: Final = Sign("≡", "the same", "Both sides give the same figure or date.")
APART: Final = Sign("≠", "no value in common", "No figure or date fits both sides.")
SHARED: Final = Sign("∩", "values in common", "The figures or dates overlap, or one lies within the other.")
AT_LEAST: Final = Sign("≥", "at least", "The figure is a lower bound.")
AT_MOST: Final = Sign("≤", "at most", "The figure is an upper bound.")
# The matrix
SUPPORTS: Final = Sign("▲", "supports", "The source is cited by the claim, or by an entry that supports it.")
CONTRADICTS: Final = Sign(
    "▼",
    "contradicts",
    "The source is cited by an entry that says that the claim is wrong, or gives another answer. It may do both: ▲▼.",
)
MENTIONS: Final = Sign(
    "○",
    "mentions",
    "The source is cited by an entry that is about the claim, rests on it, is its ground, or is in tension with it.",
)
SILENT: Final = Sign("┈", "silent", "The source has nothing to do with the claim.")
COLUMN: Final = Sign("▾", "current column", "The name belongs to the column below.")
TIMES: Final = Sign("×", "times", "The number of sources that rest on one origin.")
# The way to the origin
SEEN: Final = Sign("●", "read in full", "The author of the briefing read the whole source.")
IN_PART: Final = Sign("◐", "excerpt seen", "The author of the briefing saw a part of the source.")
REPORTED: Final = Sign(
    "◌", "only reported", "The author of the briefing knows the source only through another one, or by its name."
)
NOT_FOUND: Final = Sign("✗", "not found", "The author of the briefing looked for the source and did not find it.")
ORIGIN: Final = Sign("■", "origin", "The primary source, or the nearest known source.")
STEP: Final = Sign("└", "goes back to", "The source above quotes, reports or rests on this one.")
# The timeline
DAY: Final = Sign(
    "◆",
    "a day, a number",
    "A date that is known to the day, or one number; on the uppermost line of a timeline the day as of which you look.",
)
VAGUE: Final = Sign("╍", "not known more exactly", "The day lies somewhere in this stretch.")
BEYOND_LEFT: Final = Sign("◂", "more to the left", "It goes on to the left of what is shown.")
BEYOND_RIGHT: Final = Sign("▸", "more to the right", "It goes on to the right of what is shown.")
AS_OF: Final = Sign("┃", "the day as of which you look", "What lies right of this line is later.")
YEAR: Final = Sign("┊", "mark of an axis", "The first of January, or the number that stands above it.")
KNOWN: Final = Sign("▣", "known", "It was published by the day as of which you look.")
PERHAPS: Final = Sign("◧", "perhaps known", "It may have been published by the day as of which you look.")
NOT_YET: Final = Sign("□", "not yet known", "It was published after the day as of which you look.")
UNDATED: Final = Sign("◇", "of unknown publication", "None of its sources has a date of publication.")
# Figures
RANGE: Final = Sign(
    "┣",
    "range",
    "From the least to the greatest number of the statement. An arrow in place of an end: it has none.",
    "┫",
)
BREAK: Final = Sign("╱", "break of the axis", "The numbers behind it are tenfold from one mark to the next.")
ONE_VOICE: Final = Sign("┐", "one voice", "The figures beside this bracket come from one speaker.", "┆┘")
# Bars
BAR: Final = Sign("█", "bar", "A share or a range; the words beside it say the same.", "▏▎▍▋▊▉▐")
FILLED: Final = Sign("━", "stretch", "The dates or figures beside it say the same.")
TRACK: Final = Sign("┄", "rest of the bar", "The part of the scale that the bar leaves empty.")
# In lines of text
DOT: Final = Sign("·", "between facts", "Stands between two facts on one line.")
BULLET: Final = Sign("◦", "item", "An item of a list that the author wrote.")
PARAGRAPH: Final = Sign("¶", "paragraph", "The number of a paragraph in the text of a source.")
CHOSEN: Final = Sign("✓", "chosen", "The list is limited to this.")
CRUMB: Final = Sign("›", "within", "The page on the right belongs to the title on the left.")

SYMBOLS: Final = (
    UNREAD, CHANGED, BOOKMARK, CURRENT, SCROLLED, CONFLICT, ONWARD, INWARD, ASSESSED, SAME, APART, SHARED, AT_LEAST, AT_MOST,
    SUPPORTS, CONTRADICTS, MENTIONS, SILENT, COLUMN, TIMES, SEEN, IN_PART, REPORTED, NOT_FOUND, ORIGIN, STEP, DAY, VAGUE,
    BAR, RANGE, BREAK, ONE_VOICE, BEYOND_LEFT, BEYOND_RIGHT, AS_OF, YEAR, KNOWN, PERHAPS, NOT_YET, UNDATED, FILLED, TRACK, DOT, BULLET, PARAGRAPH, CHOSEN,
    CRUMB,
)  # fmt: skip
"""All symbols; no other module writes one of them."""

_FULL_CHECK: Final = "The quote stands word for word in the text of the source, which is held here."
WORDS: Final = (
    Sign("checked", "quote checked", f"{_FULL_CHECK} Of a text that is not held now, it stood there when it was last held."),
    Sign("checked, moved", "quote checked", f"{_FULL_CHECK} It stands elsewhere than when it was checked before."),
    Sign("not checked", "quote not checked", "The text of the source is not held here: the quote is as the author saw it."),
    Sign("not in the lock", "quote not checked", "The text is not held here, and the list of checked quotes does not have this one."),
    Sign("no quote", "no quote", "The footnote names a source and no words of it, so there is nothing to check."),
    Sign("text has changed", "quote not found", "Other words stand where the quote stood when it was checked before."),
    Sign("not in the text", "quote not found", "The text of the source is held here, and the quote does not stand in it."),
    Sign("read", "source read", "The author of the briefing read the whole source."),
    Sign("excerpt", "source seen in part", "The author of the briefing saw an excerpt of the source."),
    Sign("only reported", "source not seen", "The author of the briefing knows the source only through another one."),
    Sign("not found", "source not found", "The author of the briefing looked for the source and did not find it."),
    Sign("hedge", "hedge", "The word with which the speaker limits the statement, such as “may”. It is part of the statement."),
    Sign("modal", "modal", "The word that says how strongly the action is advised: should, could, must."),
    Sign("draft, to be settled", "draft", "A program proposed this entry, and no person has settled it yet."),
)  # fmt: skip
"""Short words that stand among the facts of an entry or a footnote."""

_BY_TEXT: Final[Mapping[str, Sign]] = {
    shape: sign for sign in (*SYMBOLS, *WORDS) for shape in (sign.symbol, *sign.shapes)
}
_FACT_ROLES: Final[frozenset[Role]] = frozenset({"meta", "warning"})
"""The roles of text in which a short word is a sign and no quotation."""
_STANDS_TWICE: Final = re.compile(r"stands \d+ times")
_SUPERSCRIPTS: Final = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
FOOTNOTE: Final = "¹"


def sign_of(symbol: str) -> Sign | None:
    """Return the sign of a symbol or short word; None for others."""
    if symbol in _BY_TEXT:
        return _BY_TEXT[symbol]
    if _STANDS_TWICE.fullmatch(symbol):
        return Sign(
            symbol,
            "quote not found",
            "The quote stands more than once in the text, so it is not known which passage is meant.",
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
    """Return the signs in spans: symbols, then ratings, then short words."""
    shown: dict[str, None] = {}
    for span in spans:
        shown.update(dict.fromkeys(_symbols_of(span)))
    order = {sign.symbol: index for index, sign in enumerate(SYMBOLS)} | {
        sign.symbol: len(SYMBOLS) + 100 + index for index, sign in enumerate(WORDS)
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
