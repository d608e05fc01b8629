"""The words and glyphs for scales, relations and states."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.briefing.scales import CREDIBILITY, RELIABILITY, likelihood_range
from tui.render import signs

if TYPE_CHECKING:  # a list of the library needs no records
    from tui.library.records import Assessment, Entity, Footnote, Quantity, Source

DRAFT: Final = "draft, to be settled"
RELATION_WORDS: Final = {
    ("conflicts", True): "conflicts with",
    ("supports", True): "supports",
    ("supports", False): "supported by",
    ("attacks", True): "attacks",
    ("attacks", False): "attacked by",
    ("undercuts", True): "undercuts",
    ("undercuts", False): "undercut by",
    ("rests_on", True): "rests on",
    ("rests_on", False): "relied on by",
    ("for", True): "for it",
    ("for", False): "speaks for",
    ("against", True): "against it",
    ("against", False): "speaks against",
    ("answers", True): "answers",
    ("answers", False): "answered by",
    ("positions", True): "a position of",
    ("positions", False): "holds a position in",
    ("evidence", True): "weighs",
    ("evidence", False): "weighed in",
    ("moves", True): "would move",
    ("moves", False): "to be moved by",
}
"""A relation as its declaring side (True) and as the other side sees it."""
OPPOSED: Final = frozenset({"conflicts", "attacks", "undercuts", "against"})
"""The relations of entries that are at odds."""
CONFLICT_WORDS: Final = {
    "contradiction": "contradiction",
    "reading": "another reading",
    "denial": "denial",
    "tension": "tension",
    "other-count": "another count",
    "other-date": "another date",
    "": "kind not given",
}
"""The kinds of a conflict."""
PARTY_WORDS: Final = {
    "belligerent": "a party to the war",
    "interested": "an interested party",
    "neutral": "neutral",
    "unknown": "its interest is not known",
}
"""The part of a voice in the matter. Other words stand as they are."""
_VOICES: Final = {
    "neutral": ("neutral", "neutral"),
    "interested": ("interested", "interested"),
    "belligerent": ("party to the war", "parties to the war"),
    "unknown": ("of unknown interest", "of unknown interest"),
}
"""The words behind a number of voices of one kind."""
MOVE_WORDS: Final = {"up": "likelier", "down": "less likely"}
SEEN_WORDS: Final = {
    "full": "read in full by the author",
    "excerpt": "seen in an excerpt",
    "reported": "only reported",
    "not-found": "not found",
}
SEEN_BRIEFLY: Final = {"full": "read", "excerpt": "excerpt", "reported": "only reported", "not-found": "not found"}
_FEW: Final = 24
"""The most characters that a line break never splits."""
_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWERS: Final = 1e16
"""Numbers from here on are written as powers of ten."""
_SIGNED: Final = f"\u2212{signs.TIMES.symbol}"
"""Signs in a number beside which a dash would mislead."""


class RangeForms(NamedTuple):
    """The forms of a range of numbers; figures replace the braces."""

    between: str
    least: str
    most: str
    none: str


_QUANTITY: Final = RangeForms("{} to {}", "at least {}", "at most {}", "no figure")


def relation_glyph(relation: str, *, outgoing: bool) -> str:
    """Return the arrow before a relation."""
    return (signs.CONFLICT if relation == "conflicts" else signs.ONWARD if outgoing else signs.INWARD).symbol


def superscript(number: int) -> str:
    """Write a footnote number."""
    return str(number).translate(_SUPERSCRIPTS)


def count(number: int, one: str, many: str = "") -> str:
    """Count something in words: 1 source, 2 sources."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def drafts_words(number: int) -> str:
    """Count the drafts, in a sentence."""
    return f"{count(number, 'draft')} to be settled: proposed by a program, and settled by nobody yet."


def likelihood_words(word: str, scale: str) -> str:
    """Write a likelihood with its range: very unlikely (5–20 %)."""
    ends = likelihood_range(scale, word)
    return f"{word} ({ends[0]}–{ends[1]}\u00a0%)" if ends else word


def conflict_words(counted: int, of_no_kind: int) -> str:
    """Count the conflicts, and apart from them those of no kind."""
    said = count(counted, "conflict") if counted or not of_no_kind else ""
    return dotted(filter(None, (said, f"{of_no_kind:,} of a kind not given" if of_no_kind else "")))


def sentence(words: str) -> str:
    """Write words as a sentence."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def rating_words(code: str) -> str:
    """Write a rating in words: B2, usually reliable source, probably true."""
    return f"{code}: source {RELIABILITY[code[0]]}; information {CREDIBILITY[int(code[1])]}"


def reliability_words(rated: "Source | Entity") -> str:
    """Write the reliability of a source or a voice with its letter."""
    return f"{rated.reliability}, {RELIABILITY[rated.reliability].removeprefix('reliability ')}"


UNSOUND: Final = frozenset({"changed", "missing", "ambiguous", "unlisted"})
"""States of a quote that its author should look at."""


def dotted(parts: Iterable[str]) -> str:
    """Join short facts with dots, for a line that breaks between facts."""
    return "\u00a0· ".join(kept_together(part) for part in parts)


def kept_together(words: str) -> str:
    """Keep a few words on one line."""
    return words.replace(" ", "\u00a0") if len(words) <= _FEW else words


def quoted(words: str) -> str:
    """Put words into quotation marks, unless they carry their own."""
    return words if words[:1] in '“„«"' else f"“{words}”"


def check_words(note: "Footnote", carried_by: "Source") -> str:
    """Write the state of a quote in a few words."""
    if not note.quote:
        return "no quote"
    if note.is_in_another_text(carried_by):
        return "another text"
    if note.state == "not-held":
        return "checked" if note.checked else "not checked"
    return {
        "unlisted": "not in the lock",
        "exact": "checked",
        "moved": "checked, moved",
        "changed": "text has changed",
        "missing": "not in the text",
        "ambiguous": f"stands {note.occurrences} times",
    }[note.state]


def check_sentence(note: "Footnote", source: "Source", carried_by: "Source") -> str:
    """Write the state and the location of a quote in a sentence."""
    where = f"in paragraph {note.paragraph}" if note.paragraph > 0 else "in its title"
    text = "the text" if carried_by.id == source.id else f"the text of {carried_by.label}"
    if not note.quote:
        return "No quote is given to check."
    if note.state == "not-held":
        if note.checked:
            return f"Checked: the quote stood {where} of {text}, which is not held here."
        return "Not checked: the text is not held, so the quote is as the author saw it."
    if note.state == "unlisted":
        return f"Not checked: {text} is not held here, and sources.lock does not list the quote for it."
    if note.is_in_another_text(carried_by):
        return f"Not checked: the quote stands {where} of {text}, but the text held is not the one that the briefing names."
    changed = carried_by.sha256 and note.checked != carried_by.sha256
    caution = " The text held is not the one that the briefing names." if changed else ""
    said = {
        "exact": f"Checked: the quote stands {where} of {text}.",
        "moved": f"Checked: the quote stands {where} of {text}, and stood elsewhere when last checked.",
        "changed": f"The quote no longer stands in {text}: other words are in its place.",
        "missing": f"The quote does not stand in {text}.",
        "ambiguous": f"The quote stands {note.occurrences} times in {text}; its author must give a prefix.",
    }[note.state]
    return said + caution


def quantity_words(quantity: "Quantity") -> str:
    """Write a quantity: “ballistic missiles: at least 200”."""
    note = f" ({quoted(quantity.words)})" if quantity.words else ""
    return f"{quantity.of}: {number_words(quantity)}{note}"


def number_words(quantity: "Quantity") -> str:
    """Write the number of a quantity with its unit: “at least 200 tons”."""
    number = range_words(quantity.min, quantity.max, _QUANTITY)
    return f"{number} {quantity.unit}" if quantity.unit else number


def assessment_sentences(assess: "Assessment", scale: str) -> tuple[str, ...]:
    """Write likelihood and confidence in separate sentences (ICD 203, D.6.e.(2)(b))."""
    sentences = []
    if assess.likelihood:
        ends = likelihood_range(scale, assess.likelihood)
        percent = f" ({ends[0]}–{ends[1]}%)" if ends else ""
        sentences.append(f"We assess this as {assess.likelihood}{percent}.")
    if assess.confidence:
        sentences.append(f"Our confidence in this is {assess.confidence}.")
    return tuple(sentences)


def range_words(
    low: float | None, high: float | None, forms: RangeForms, written: Callable[[float], str] | None = None
) -> str:
    """Write a range of numbers; an open end is None. `written` writes a number."""
    one, other = ("" if end is None else (written or figure)(end) for end in (low, high))
    if low is not None and high is not None:
        between = _QUANTITY.between if {*_SIGNED} & {*one, *other} else forms.between
        return one if low == high else between.format(one, other)
    if low is not None:
        return forms.least.format(one)
    return forms.none if high is None else forms.most.format(other)


def figure(value: float) -> str:
    """Write a number with commas between thousands.

    Very small and very large ones are written as powers of ten.
    """
    value += 0.0  # no minus before zero
    said = f"{value:,.0f}" if value == int(value) and abs(value) < _POWERS else f"{value:,}"
    said, _, power = said.partition("e")
    if power:
        said += f"\u00a0{signs.TIMES.symbol}\u00a010{superscript(int(power))}"
    return said.replace("-", "\u2212")


def parties_words(parties: Mapping[str, int]) -> str:
    """Count voices by their part in the matter: “1 neutral, 3 interested”."""
    if not parties:
        return "nobody"
    if set(parties) == {""}:
        return count(parties[""], "voice")
    order = [*_VOICES, *sorted(set(parties) - {*_VOICES, ""}), ""]
    known = {**_VOICES, "": ("of unstated interest", "of unstated interest")}
    told = ((parties[name], known.get(name, (quoted(name), quoted(name)))) for name in order if name in parties)
    return ", ".join(count(number, *said) for number, said in told)
