"""The reasoned differences between our notes and those of the style, each with its reason."""

from typing import Final

_COMMA = "The Manual keeps the comma of the sentence behind a title's ? or !; the style drops it."
_INSIDE = (
    "The Manual wants commas inside all closing marks, ‘so,’” or “so,”; pandoc moves them inside the last one at most."
)
_HEARING = "The style says “Hearing” only of one with a committee or number; nothing else tells what it is."

REASONS: Final = {
    "dprk-missiles#cspan": f"{_HEARING} Site and publisher tell whose recording was read.",
    "dprk-missiles#hasc-paparo": "The publisher tells whose recording was read; the style has no place for it.",
    "dprk-missiles#kbs-pantsir": _INSIDE,
    "dprk-missiles#depetris-july": _COMMA,
    "dprk-missiles#depetris-jwr": _COMMA,
    "dprk-missiles#depetris-oct": _COMMA,
    "dprk-missiles#nknews-dia": _INSIDE,
    "dprk-missiles#asiatoday-pantsir-2025-07-02": _INSIDE,
    "awkward#hearing-of-two": _HEARING,
    "awkward#korean-in-latin": "A Korean puts the family name first; the item of CSL cannot say so in Latin letters.",
    "awkward#post": _COMMA,
    "awkward#post-of-a-blog": _COMMA,
    "awkward#act": "101-336 is one number; pandoc takes the hyphen for a range and writes “Nos.”.",
    "awkward#paper-at-a-conference": _COMMA,
    "awkward#review": "A source's title is the review's own; the style takes it for that of the book.",
    "awkward#question-in-a-paper": _COMMA,
    "awkward#quotation-at-the-end": _INSIDE,
}
"""Briefing and source, and why our note is another."""
MOST: Final = 0.1
"""The largest share of the notes that may differ."""
