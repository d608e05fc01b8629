"""The words in which scales, relations and states are said."""

import re
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.anchors import State
from tui.briefing.entry import RELATIONS
from tui.briefing.scales import CREDIBILITY, LIKELIHOODS, RELIABILITY, likelihood_words
from tui.briefing.source import Seen
from tui.library.records import Assessment, Footnote, Quantity
from tui.library.volume import Volume
from tui.render import words

STATES = typing.get_args(State)


@pytest.mark.parametrize("scale", LIKELIHOODS)
@pytest.mark.parametrize("confidence", ["low", "moderate", "high"])
def test_likelihood_and_confidence_never_share_a_sentence(scale: str, confidence: str) -> None:
    for word in likelihood_words(scale):
        sentences = words.assessment_sentences(Assessment(word, confidence, ""), scale)

        assert len(sentences) == 2
        for sentence in sentences:
            assert sentence.endswith(".")
            assert sentence.count(".") == 1
            assert (word in sentence.split(" as ")[-1]) != ("confidence" in sentence)


def test_a_likelihood_has_its_range() -> None:
    assert words.assessment_sentences(Assessment("likely", "", ""), "icd203") == ("We assess this as likely (55–80%).",)
    assert words.assessment_sentences(Assessment("likely", "", ""), "phia") == ("We assess this as likely (55–75%).",)


def test_a_confidence_stands_alone() -> None:
    assert words.assessment_sentences(Assessment("", "low", ""), "icd203") == ("Our confidence in this is low.",)
    assert words.assessment_sentences(Assessment("", "", "why"), "icd203") == ()


def test_a_word_that_the_scale_lacks_has_no_range() -> None:
    assert words.assessment_sentences(Assessment("maybe", "", ""), "icd203") == ("We assess this as maybe.",)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("outgoing", [True, False])
def test_every_relation_has_words_and_a_glyph(relation: str, *, outgoing: bool) -> None:
    """A conflict is seen alike from both sides."""
    glyph = words.relation_glyph(relation, outgoing=outgoing)
    if relation == "conflicts":
        assert glyph == "⇄"
        assert words.RELATION_WORDS[relation, True]
    else:
        assert glyph == ("→" if outgoing else "←")
        assert words.RELATION_WORDS[relation, outgoing]


def test_no_two_relations_share_their_words() -> None:
    assert len(set(words.RELATION_WORDS.values())) == len(words.RELATION_WORDS)


@pytest.mark.parametrize("letter", RELIABILITY)
@pytest.mark.parametrize("figure", CREDIBILITY)
def test_every_rating_has_words(letter: str, figure: int) -> None:
    said = words.rating_words(f"{letter}{figure}")

    assert said == f"{letter}{figure}: source {RELIABILITY[letter]}; information {CREDIBILITY[figure]}"


def test_a_rating_takes_the_letter_of_the_first_source(sample: Volume) -> None:
    assert sample.rating(sample.entries["seven"]) == "B2"
    assert sample.rating(sample.entries["eleven"]) == ""
    assert sample.rating(sample.entries["look"]._replace(credibility=3)) == "F3"


def test_reliability_in_words(sample: Volume) -> None:
    """F is unknown, not bad."""
    assert words.reliability_words(sample.sources["miller"]).startswith("F, ")
    assert words.reliability_words(sample.sources["miller"]).endswith("cannot be judged")
    assert words.reliability_words(sample.sources["stray"]) == "A, completely reliable"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 sources"), (1, "1 source"), (2, "2 sources"), (1200, "1,200 sources")],
)
def test_counting(number: int, said: str) -> None:
    assert words.count(number, "source") == said


def test_counting_what_has_another_plural() -> None:
    assert (words.count(1, "entry", "entries"), words.count(2, "entry", "entries")) == ("1 entry", "2 entries")


def test_superscripts() -> None:
    assert words.superscript(1234567890) == "¹²³⁴⁵⁶⁷⁸⁹⁰"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("swans", "“swans”"),
        ("“swans”", "“swans”"),
        ("«swans»", "«swans»"),
        ('"swans"', '"swans"'),
        ("„swans“", "„swans“"),
    ],
)
def test_quoting(text: str, shown: str) -> None:
    assert words.quoted(text) == shown


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.00005, "5\u00a0×\u00a010⁻⁵"),
        (-2.5e-9, "−2.5\u00a0×\u00a010⁻⁹"),
        (1e16, "1\u00a0×\u00a010¹⁶"),
        (1234567.25, "1,234,567.25"),
        (-0.0, "0"),
    ],
)
def test_a_number_is_written_as_a_reader_would(value: float, said: str) -> None:
    assert words.figure(value) == said


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_has_the_signs_of_a_program(value: float) -> None:
    assert not {*"e-"} & {*words.figure(value)}


@pytest.mark.parametrize(
    ("low", "high", "said"), [(-50, -20, "−50 to −20"), (1e-9, 2, "1\u00a0×\u00a010⁻⁹ to 2"), (20, 50, "20–50")]
)
def test_no_dash_stands_beside_a_minus_or_a_power(low: float, high: float, said: str) -> None:
    assert words.range_words(low, high, words.RangeForms("{}–{}", "≥ {}", "≤ {}", "")) == said


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Quantity("swans", 7, 7, "", ""), "swans: 7"),
        (Quantity("swans", 7, 11, "", ""), "swans: 7 to 11"),
        (Quantity("swans", 200, None, "", "hundreds"), "swans: at least 200 (“hundreds”)"),
        (Quantity("swans", None, 12000, "", ""), "swans: at most 12,000"),
        (Quantity("swans", None, None, "", "many"), "swans: no figure (“many”)"),
        (Quantity("price", 2.5, 2.5, "million US dollars", ""), "price: 2.5 million US dollars"),
        (Quantity("swans", 0, 1e14, "", ""), "swans: 0 to 100,000,000,000,000"),
        (Quantity("swans", 10**14, None, "", ""), "swans: at least 100,000,000,000,000"),
        (Quantity("degrees", -3, -1.5, "", ""), "degrees: −3 to −1.5"),
    ],
)
def test_a_quantity(quantity: Quantity, said: str) -> None:
    assert words.quantity_words(quantity) == said


class TestChecks:
    def note(self, state: State, **more: Any) -> Footnote:
        """Make a footnote with a quote."""
        return Footnote(1, "s", "swans", state=state, occurrences=2, **({"checked": "abcdef012345"} | more))

    @pytest.mark.parametrize("state", STATES)
    @pytest.mark.parametrize("paragraph", [0, 3])
    def test_every_state_has_a_sentence(self, sample: Volume, state: State, paragraph: int) -> None:
        source = sample.sources["pond"]._replace(sha256="abcdef012345")
        said = words.check_sentence(self.note(state, paragraph=paragraph), source, source)

        assert re.fullmatch(r"[A-Z].*\.", said)
        assert "abcdef" not in said

    def test_a_paragraph_and_the_title(self, sample: Volume) -> None:
        source = sample.sources["pond"]._replace(sha256="abcdef012345")

        assert words.check_sentence(self.note("exact", paragraph=3), source, source) == (
            "Checked: the quote stands in paragraph 3 of the text."
        )
        assert "in its title" in words.check_sentence(self.note("exact", paragraph=0), source, source)

    def test_the_text_of_another(self, sample: Volume) -> None:
        said = words.check_sentence(self.note("exact", paragraph=3), sample.sources["miller"], sample.sources["pond"])

        assert "in paragraph 3 of the text of Pond book" in said

    def test_a_text_that_is_not_the_one_named(self, sample: Volume) -> None:
        source = sample.sources["pond"]

        assert words.check_sentence(self.note("exact", paragraph=3), source, source).endswith(
            "the text held is not the one that the briefing names."
        )
        assert words.check_sentence(self.note("moved", paragraph=3), source, source).startswith("Not checked: ")
        assert words.check_words(self.note("exact"), source) == "another text"

    def test_without_a_quote_or_a_check(self, sample: Volume) -> None:
        source = sample.sources["pond"]

        assert words.check_sentence(Footnote(1, "s"), source, source) == "No quote is given to check."
        assert words.check_sentence(self.note("not-held", checked=""), source, source).startswith("Not checked: ")

    @pytest.mark.parametrize(
        ("state", "said"),
        [
            ("exact", "checked"),
            ("moved", "checked, moved"),
            ("changed", "text has changed"),
            ("missing", "not in the text"),
            ("ambiguous", "stands 2 times"),
            ("not-held", "checked"),
        ],
    )
    def test_every_state_has_a_word(self, sample: Volume, state: State, said: str) -> None:
        source = sample.sources["pond"]._replace(sha256="abcdef012345")

        assert words.check_words(self.note(state), source) == said

    def test_a_word_without_a_quote_or_a_check(self, sample: Volume) -> None:
        source = sample.sources["pond"]

        assert words.check_words(Footnote(1, "s"), source) == "no quote"
        assert words.check_words(self.note("not-held", checked=""), source) == "not checked"


def test_everything_has_a_title() -> None:
    assert set(words.SEEN_WORDS) == set(typing.get_args(Seen))
