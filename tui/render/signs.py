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
    cell: str = ""
    """The explanation in the matrix, where a source meets a claim."""
    elsewhere: str = ""
    """The explanation for another view."""

    @property
    def gist(self) -> str:
        """The first sentence of the explanation."""
        first, ends, _ = self.meaning.partition("\n")[0].partition(". ")
        return f"{first}." if ends else f"{first.removesuffix(':').rstrip('.')}."


# Beside an entry
UNREAD: Final = Sign("•", "unread", "You have not read this entry yet. It counts as read when you go on from it.")
CHANGED: Final = Sign("±", "changed", "This entry has changed since you read it.")
BOOKMARK: Final = Sign(
    "*", "bookmark", "You bookmarked this, to come back to it. A letter in its place is a mark that you set."
)
CURRENT: Final = Sign("▌", "you are here", "Keys such as those for opening, copying and marking apply to this entry.")
SCROLLED: Final = Sign(
    "║", "how far down", "The page is longer than the screen; the higher this stands, the more follows below."
)
# Between entries
CONFLICT: Final = Sign(
    "⇄", "in conflict", "Two entries are at odds with each other. The program does not say which one is right."
)
ONWARD: Final = Sign(
    "→",
    "relation from here",
    "This entry names the other one; what follows the arrow says how they are related.",
)
INWARD: Final = Sign(
    "←",
    "relation to here",
    "The other entry names this one; what follows the arrow says how they are related.",
)
ASSESSED: Final = Sign(
    "≈",
    "what the author thinks",
    "The briefing's author says here how likely something is, or how sure of it one can be. No source says it.",
)
# Figures and dates compared
SAME: Final = Sign("≡", "the same", "Both sides give the same figure or date.")
APART: Final = Sign("≠", "no value in common", "There is no figure or date that fits both sides.")
SHARED: Final = Sign("∩", "values in common", "The figures or dates overlap, or one lies within the other.")
AT_LEAST: Final = Sign("≥", "lower bound", "It is at least this many, and perhaps more.")
AT_MOST: Final = Sign("≤", "upper bound", "It is at most this many, and perhaps fewer.")
# The matrix
SUPPORTS: Final = Sign(
    "▲",
    "supports",
    "It speaks for the claim, the answer or the judgment.",
    cell="The source is cited by the claim, or by an entry that supports it.",
    elsewhere="Before a judgment that a sign would move: it becomes likelier.",
)
CONTRADICTS: Final = Sign(
    "▼",
    "contradicts",
    "It speaks against the claim, the answer or the judgment.",
    cell="The source is cited by an entry that says that the claim is wrong, or gives another answer. It may do both: ▲▼.",
    elsewhere="Before a judgment that a sign would move: it becomes less likely.",
)
WEAK_FOR: Final = Sign("△", "weak reason for", "A weak reason for the judgment: it is shown and not counted.")
WEAK_AGAINST: Final = Sign(
    "▽", "weak reason against", "A weak reason against the judgment: it is shown and not counted."
)
LONGER: Final = Sign("⋯", "and more", "The bar is longer than there is room for. The number beside it is the whole.")
MENTIONS: Final = Sign(
    "○",
    "mentions",
    "The source is cited by an entry that is about the claim, rests on it, is its ground, or is in tension with it.",
)
SILENT: Final = Sign(
    "┈",
    "silent",
    "It speaks neither for the claim or the answer nor against it.",
    cell="The source says nothing for the claim, against it or about it.",
)
COLUMN: Final = Sign("▾", "current column", "The name above the table belongs to the column below this sign.")
TIMES: Final = Sign("×", "sources of one origin", "So many sources took their words from one origin, and count as one.")
# The way to the origin
SEEN: Final = Sign("●", "read in full", "The author of the briefing read the whole source.")
IN_PART: Final = Sign("◐", "excerpt seen", "The author of the briefing saw a part of the source.")
REPORTED: Final = Sign(
    "◌", "only reported", "The author of the briefing knows the source only through another one, or by its name."
)
NOT_FOUND: Final = Sign("✗", "not found", "The author of the briefing looked for the source and did not find it.")
ORIGIN: Final = Sign("■", "origin", "The primary source: what it says comes from nowhere further that is known.")
STEP: Final = Sign("└", "goes back to", "The source above quotes, reports or rests on this one.")
# The timeline
DAY: Final = Sign(
    "◆",
    "one day, or one number",
    "A date that is known to the day, or one number; on the uppermost line of a timeline the day as of which you look.",
)
VAGUE: Final = Sign("╍", "not known more exactly", "The day lies somewhere in this stretch.")
BEYOND_LEFT: Final = Sign("◂", "more to the left", "What is drawn here begins further left than the screen shows.")
BEYOND_RIGHT: Final = Sign("▸", "more to the right", "What is drawn here ends further right than the screen shows.")
AS_OF: Final = Sign("┃", "the day as of which you look", "What lies right of this line is later.")
YEAR: Final = Sign("┊", "mark of an axis", "It stands at the first of January, or at the number above it.")
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
ABOUT: Final = Sign("◊", "about this number", "One number, which the source calls approximate: “about 100”.")
BREAK: Final = Sign(
    "╱",
    "break of the axis",
    "The scale changes here: left of it one step always adds the same, right of it equal distances multiply.",
)
ONE_VOICE: Final = Sign("┐", "one voice", "The figures beside this bracket are in the end the word of one voice.", "┆┘")
# Bars
BAR: Final = Sign(
    "█", "bar", "Its length is a share of the whole, or a range; the words beside it say the same.", "▏▎▍▋▊▉▐"
)
FILLED: Final = Sign(
    "━", "stretch of time or numbers", "It reaches from the first to the last of the dates or figures beside it."
)
TRACK: Final = Sign("┄", "rest of the scale", "So much of the whole is left beside the bar.")
# In lines of text
DOT: Final = Sign("·", "separator", "It keeps two facts on one line apart, and means nothing by itself.")
BULLET: Final = Sign("◦", "one of several", "Here begins one of several points that the author lists.")
PARAGRAPH: Final = Sign("¶", "paragraph", "The number behind it counts the paragraphs in the text of a source.")
CHOSEN: Final = Sign("✓", "filter", "The list shows only what has this value; its key takes the filter away.")
CRUMB: Final = Sign("›", "part of", "The page on the right belongs to the title on the left.")

SYMBOLS: Final = (
    UNREAD, CHANGED, BOOKMARK, CURRENT, SCROLLED, CONFLICT, ONWARD, INWARD, ASSESSED, SAME, APART, SHARED, AT_LEAST, AT_MOST,
    SUPPORTS, CONTRADICTS, WEAK_FOR, WEAK_AGAINST, LONGER, MENTIONS, SILENT, COLUMN, TIMES, SEEN, IN_PART, REPORTED, NOT_FOUND, ORIGIN, STEP, DAY, VAGUE,
    BAR, RANGE, ABOUT, BREAK, ONE_VOICE, BEYOND_LEFT, BEYOND_RIGHT, AS_OF, YEAR, KNOWN, PERHAPS, NOT_YET, UNDATED, FILLED, TRACK, DOT, BULLET, PARAGRAPH, CHOSEN,
    CRUMB,
)  # fmt: skip
"""All symbols; no other module writes one of them."""

_FULL_CHECK: Final = "The quote stands word for word in the text of the source, which is held here."
WORDS: Final = (
    Sign("checked", "quote checked", f"{_FULL_CHECK} Of a text that is not held now, it stood there when it was last held."),
    Sign("checked, moved", "quote checked", f"{_FULL_CHECK} It stands elsewhere than when it was checked before."),
    Sign("not checked", "quote not checked", "The text of the source is not held here: the quote is as the author saw it."),
    Sign("not in the lock", "quote not checked", "The text is not held here, and the list of checked quotes does not have this one."),
    Sign("another text", "quote not checked", "The text held is not the one that the briefing names, so that the quote in it proves nothing."),
    Sign("no quote", "nothing quoted", "The footnote names a source and no words of it, so there is nothing to check."),
    Sign("text has changed", "quote not found", "Other words stand where the quote stood when it was checked before."),
    Sign("not in the text", "quote not found", "The text of the source is held here, and the quote does not stand in it."),
    Sign("read", "source read", "The author of the briefing read the whole source."),
    Sign("excerpt", "source seen in part", "The author of the briefing saw an excerpt of the source."),
    Sign("only reported", "source not seen", "The author of the briefing knows the source only through another one."),
    Sign("not found", "source not found", "The author of the briefing looked for the source and did not find it."),
    Sign("hedge", "room for doubt", "The speaker’s own word, such as “may” or “likely”, that keeps the statement from being certain."),
    Sign("modal", "force of the advice", "The author’s own word for how strongly the action is advised: should, could, must."),
    Sign("–", "no source", "No source speaks on this side: for the claim, or against it."),
    Sign("draft, to be settled", "draft", "A program proposed this entry, and no person has settled it yet."),
)  # fmt: skip
"""Short words that stand among the facts of an entry or a footnote."""

_BY_TEXT: Final[Mapping[str, Sign]] = {
    shape: sign for sign in (*SYMBOLS, *WORDS) for shape in (sign.symbol, *sign.shapes)
}
_BY_SHAPE: Final = {shape: sign.symbol for sign in SYMBOLS for shape in (sign.symbol, *sign.shapes)}
_FACT_ROLES: Final[frozenset[Role]] = frozenset({"meta", "warning"})
"""The roles of text in which a short word is a sign and no quotation."""
_RANGE: Final = "–"
"""The dash of a range such as B4–B14. Behind a blank it stands for no source."""
_STANDS_TWICE: Final = re.compile(r"stands \d+ times")
_SUPERSCRIPTS: Final = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
FOOTNOTE: Final = "¹"
WEIGHT: Final = "5·3"
"""Stands for all counts of outlets and origins."""
_WEIGHT: Final = re.compile(r"(?<!\S)\d+·\d+(?!\S)")


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
    if symbol == WEIGHT:
        meaning = "Five outlets say it, and what they say comes from three independent origins. The second number weighs more."
        return Sign(symbol, "outlets and origins", meaning)
    if symbol == FOOTNOTE:
        return Sign(
            symbol,
            "footnote",
            "The number of the source that says so. Each source has one number in the whole briefing.",
        )
    letter, figure = symbol[:1], symbol[1:]
    if letter in RELIABILITY and figure in {"", *map(str, CREDIBILITY)}:
        return _rating(symbol, letter, int(figure or 0))
    return None


def _rating(symbol: str, letter: str, figure: int) -> Sign:
    source = f"source {RELIABILITY[letter]}" if letter != "F" else "source whose reliability cannot be judged"
    scale = "\n".join(f"{one}  {words}" for one, words in RELIABILITY.items())
    meaning = f"The letter says how reliable the source is:\n{scale}"
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
        yield from (_BY_SHAPE[letter] for letter in text if letter in _BY_SHAPE)
    if span.role == "note" and not _SUPERSCRIPTS.isdisjoint(text):
        yield FOOTNOTE
    if span.role in _FACT_ROLES and _WEIGHT.search(text):
        yield WEIGHT
    if (span.role in _FACT_ROLES and text != _RANGE) or (span.role == "new" and text == BOOKMARK.symbol):
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
    cell = sign.cell and f"Among claims and sources: {sign.cell}"
    told = (*sign.meaning.split("\n"), cell, sign.elsewhere)
    meaning = [line(sentence, indent=INDENT) for sentence in told if sentence]
    return fixed("Sign", [Block("sign", (heading, *meaning))], cursor=False)


def _indent(symbol: str) -> int:
    return max(INDENT, len(symbol) + 2)
