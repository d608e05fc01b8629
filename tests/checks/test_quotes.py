"""The rules on quotes: what is wrong at which words, and what is suggested."""

from collections.abc import Callable

import pytest

from tests.checks import examples
from tui.checks.fix import mended
from tui.checks.report import Report
from tui.language.resemblance import resembling

Check = Callable[..., list[Report]]

POND = """\
There were seven swans on the pond. The swans were white.

Nobody counted the geese, though some said that there were geese.
"""


def citing(words: str) -> str:
    """Write a claim with a footnote."""
    return f'[[claim]]\nid = "a"\ntext = "A text."\ncite = [{{ source = "note", {words} }}]\n'


def only(reports: list[Report], rule: str) -> Report:
    """Give the one report of a rule."""
    [report] = [report for report in reports if report.rule == rule]
    return report


class TestMissing:
    def test_the_nearest_text_is_suggested_and_not_adopted(self, checked: Check) -> None:
        report = only(checked(citing('quote = "seven white swans on a pond"'), POND), "Q001")

        assert "seven swans on the pond" in report.remedy
        assert report.edit is None

    @pytest.mark.parametrize(
        "quote", ["Seven swans", "sevenswans", "seven swans on the pond; the swans", "geese, though\\n, some"]
    )
    def test_one_sign_is_enough(self, checked: Check, quote: str) -> None:
        assert only(checked(citing(f'quote = "{quote}"'), POND), "Q001")

    def test_nothing_near_suggests_nothing(self, checked: Check) -> None:
        report = only(checked(citing('quote = "an entirely different matter"'), POND), "Q001")

        assert report.remedy == "paste the words as they stand in the text"

    def test_a_prefix_that_does_not_fit_is_told_apart(self, checked: Check) -> None:
        report = only(checked(citing('quote = "geese", prefix = "many"'), POND), "Q001")

        assert "not between its prefix and suffix" in report.message

    def test_a_source_known_through_the_text_is_looked_for_there(self, checked: Check) -> None:
        miller = '[[source]]\nid = "miller"\ntype = "interview"\ncited_in = "note"\n'
        told = citing('quote = "six swans"').replace('"note"', '"miller"') + '[[background]]\nid="b"\ntext="."\n'
        both = told + 'cite = [{ source = "note" }]\n'

        assert "'note'" in only(checked(miller + both, POND), "Q001").message

    def test_without_the_text_nothing_is_said(self, checked: Check) -> None:
        assert not {"Q001", "Q002", "Q003"} & {report.rule for report in checked(citing('quote = "six swans"'))}


class TestAmbiguous:
    def test_the_first_prefix_is_suggested(self, checked: Check) -> None:
        report = only(checked(citing('quote = "swans"'), POND), "Q002")

        assert "2 times" in report.message
        assert 'prefix = "seven"' in report.remedy

    def test_a_prefix_that_does_not_tell(self, checked: Check) -> None:
        report = only(checked(citing('quote = "ee", prefix = "g"'), POND), "Q002")

        assert "do not tell which" in report.message

    def test_a_quote_with_which_the_text_begins(self, checked: Check) -> None:
        assert only(checked(citing('quote = "There"'), "There, there. There."), "Q002").remedy.endswith(
            'add: suffix = ","'
        )


class TestRagged:
    @pytest.mark.parametrize(
        ("quote", "said"),
        [
            ("ven swans on", "begins within the word “seven”"),
            ("seven swa", "ends within the word “swans”"),
            ("were white.\\n\\nNobody counted", "from one paragraph into another"),
        ],
    )
    def test_cuts(self, checked: Check, quote: str, said: str) -> None:
        assert said in only(checked(citing(f'quote = "{quote}"'), POND), "Q003").message

    def test_scripts_without_spaces_are_not_cut(self, checked: Check) -> None:
        assert "Q003" not in {report.rule for report in checked(citing('quote = "天鹅"'), "池塘里有七只天鹅。")}

    def test_punctuation_is_no_cut(self, checked: Check) -> None:
        assert "Q003" not in {report.rule for report in checked(citing('quote = "the pond"'), POND)}


class TestLong:
    def test_a_text_that_is_published_may_be_quoted_at_length(self, checked: Check) -> None:
        ours = '[[source]]\nid = "note"\ntype = "report"\nsha256 = "' + "0" * 64 + '"\nheld = "note.txt"\n'
        long = citing(f'quote = "{"word " * 21}"')

        assert "Q006" not in {report.rule for report in checked(ours + long)}
        assert "Q006" in {report.rule for report in checked(long)}


class TestResembling:
    def test_case_and_typography_do_not_matter(self) -> None:
        assert (
            resembling("He said: “I saw ELEVEN swans.” Then he left.", "i saw 'eleven' swans") == "I saw ELEVEN swans"
        )

    def test_the_first_of_equals_is_given(self) -> None:
        text = "one two three. one two three."
        assert resembling(text, "one two threes") == "one two"

    @pytest.mark.parametrize(("text", "quote"), [("", "a"), ("a", ""), ("!", "?"), ("abc", "xyz")])
    def test_nothing_comes_of_nothing(self, text: str, quote: str) -> None:
        assert resembling(text, quote) == ""


class TestOtherSigns:
    TEXT = "A note\n\nShe said: “It’s the years 1990–95, and no\u200cone’s.” Others’ are gone. او می\u200cرود.\n"

    @pytest.mark.parametrize(
        ("quote", "said", "toml"),
        [
            ("It's the years", "’ (U+2019 RIGHT SINGLE QUOTATION MARK) for ' (U+0027 APOSTROPHE)", "It’s the years"),
            ("1990-95", "– (U+2013 EN DASH) for - (U+002D HYPHEN-MINUS)", "1990–95"),
            ("او میرود", "U+200C ZERO WIDTH NON-JOINER for nothing", "او می\\u200Cرود"),
        ],
    )
    def test_the_remedy_is_finished_toml(self, checked: Check, quote: str, said: str, toml: str) -> None:
        whole = citing(f'quote = "{quote}"')
        report = only(checked(whole, self.TEXT), "Q001")

        assert said in report.message
        assert report.remedy == f'write: quote = "{toml}"'
        mend = report.edit
        assert mend is not None
        mended_toml = mended(examples.whole(whole, self.TEXT), [mend])
        assert "Q001" not in {one.rule for one in checked(mended_toml, self.TEXT)}
        assert mended_toml == examples.whole(whole, self.TEXT).replace(quote, toml.replace("\\u200C", "\u200c"))

    def test_a_joiner_that_no_script_needs_is_no_difference(self, checked: Check) -> None:
        """No quote could hold it: the loader refuses it there."""
        assert "Q001" not in {report.rule for report in checked(citing('quote = "and noone’s"'), self.TEXT)}

    def test_a_prefix_in_other_signs_is_mended_by_itself(self, checked: Check) -> None:
        report = only(checked(citing('quote = "are", prefix = "Others\'"'), self.TEXT), "Q001")

        assert report.key.endswith(".prefix")
        assert report.remedy == 'write: prefix = "Others’"'

    @pytest.mark.parametrize("quote", ["It is the years", "1990, 95", "Its the years", "It’s the Years"])
    def test_what_differs_in_more_is_not_mended(self, checked: Check, quote: str) -> None:
        assert only(checked(citing(f'quote = "{quote}"'), self.TEXT), "Q001").edit is None

    def test_of_two_places_none_is_taken(self, checked: Check) -> None:
        text = "It’s so. And ‘it‘s so’. It‘s so.\n"

        assert only(checked(citing('quote = "It\'s so"'), text), "Q001").edit is None


class TestAsItIsRead:
    def test_a_wrapped_text_has_no_findings(self, checked: Check) -> None:
        text = (
            "The council said on Tuesday that it had no plans for an\nemergency meeting, and that prices had\n"
            "risen 5\u00a0% to 1\u202f234 euros a ton. It co\u00adoperates well with the\nport of Cafe\u0301 Point.\n"
        )
        quotes = (
            "no plans for an emergency",
            "risen 5 % to 1 234 euros",
            "It cooperates well with the port",
            "Café Point",
        )
        for quote in quotes:
            assert not {"Q001", "Q002", "Q003"} & {one.rule for one in checked(citing(f'quote = "{quote}"'), text)}
