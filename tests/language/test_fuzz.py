"""Any text through every detector: no error, spans within the text, and time that grows with its length."""

import time
from collections.abc import Callable, Iterable
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.language import (
    anonymity,
    attribution,
    comparison,
    hedges,
    lexicon,
    persons,
    quotations,
    sentences,
    tone,
)
from tui.language import judgments as judging
from tui.language import names as naming
from tui.language import predictions as foretelling
from tui.language.reporting import attributions

_LISTS: Final = [lexicon.lexicon("en"), lexicon.lexicon("de")]
Detector = Callable[[str, lexicon.Lexicon], Iterable[Any]]
_WITH_SPANS: Final[dict[str, Detector]] = {
    "marks": lexicon.marks,
    "sentences": sentences.sentences,
    "quotations": lambda text, _: quotations.quotations(text),
    "hedges": hedges.hedges,
    "reporting verbs": attribution.reporting,
    "names": lambda text, _: attribution.names(text),
    "unnamed": anonymity.unnamed,
    "persons": persons.persons,
    "collectives": anonymity.collectives,
    "predictions": foretelling.predictions,
    "obligations": foretelling.obligations,
    "loaded": tone.loaded,
    "relative dates": tone.relative_dates,
    "mixed": judging.mixed,
    "off scale": lambda text, lists: judging.off_scale(text, "phia", lists),
    "uncheckable": lambda text, lists: filter(None, [judging.uncheckable(text, lists)]),
    "cut": lambda text, lists: comparison.cut(text, len(text) // 2, len(text) // 2 + 5, lists),
    "dropped": lambda text, lists: comparison.dropped(
        comparison.Wording(text, lists), comparison.Wording("It is so.", lists)
    ),
    "attributions": lambda text, lists: sorted(attributions.attributions(text, lists)),
    "opening": lambda text, lists: filter(None, [attributions.opening(text, lists)]),
    "settled": lambda text, lists: [span for _, span in comparison.settled(text, lists)],
}
_OTHERS: Final[dict[str, Detector]] = {
    "families": hedges.families,
    "held back": comparison.held_back,
    "asserted": comparison.asserted,
    "label": lambda text, lists: [anonymity.anonymous_label(text, lists)],
    "uses": lambda text, _: naming.uses(["Kharkiv", "officials"], [text]),
}
_PIECES: Final = [
    "officials said ", "officials ", "said ", "may ", "if ", "about 12 ", "could ", "the worst ", "“", "”", "a “b” ", '"', "‘", "’", "A-",
    "Dr. ", "U.S. ", "A. ", ". ", "John Smith ", "last week ", "2024 ", "according to ", "in ", "officials, who ", "officials in ",
    "the transfer ", "is likely to receive ", "\n\n", "1,000 ", "1,1", "low confidence ", "likely. ", "An official ", "[[", '12" ',
    "no more than ", "hundreds of thousands of ", "Aa", "İ", "soll etwa ", "unnamed ", "reports ", "the ", " ",
    "Should the buyers ", ", had they ", ", provided the ", "is believed, ", "to ", "claims that ", "may not ", "as long as ", "experts ", "largely ",
    "says ", "told us that ", ",” said ", "Mr ", "Ann B", "he said, ",
]  # fmt: skip

_TEXT = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))


@given(text=_TEXT)
@example(text="A officials said A official according to")
@example(text="“The yard is closed,” said Mr A")
@settings(max_examples=200, deadline=None)
def test_spans_lie_within_the_text(text: str) -> None:
    for lists in filter(None, _LISTS):
        for name, detect in _WITH_SPANS.items():
            spans = [(one.start, one.end) for one in detect(text, lists)]
            assert all(0 <= start < end <= len(text) for start, end in spans), name
            assert spans == sorted(spans), name
        for name, detect in _OTHERS.items():
            assert list(detect(text, lists)) is not None, name


@pytest.mark.timed
@pytest.mark.parametrize(
    "piece",
    [
        "officials, who ",
        "may ",
        "if it could be ",
        "about 12 ",
        "the worst ",
        "“",
        "A-",
        "A. ",
        "John Smith ",
        "last week 2024 ",
        "according to ",
        "the transfer is likely to ",
        "low confidence. ",
        "1,000 ",
        "Had they, ",
        "provided the claim that ",
        "is believed, though ",
        "Experts say, and Ann Holt ",
        "said it ",
        "“a,” said A ",
        " ",
    ],
)
def test_a_long_text_takes_little_time(piece: str) -> None:
    """100,000 characters of one thing over and over: nothing grows with the square of them (then it were minutes)."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    lists = _LISTS[0]
    assert lists is not None
    for name, detect in (_WITH_SPANS | _OTHERS).items():
        started = time.process_time()
        list(detect(text, lists))
        assert time.process_time() - started < 5, name
