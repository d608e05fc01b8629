"""The rules on judgments, disputes and indicators beyond their examples."""

from collections.abc import Callable

import pytest

from tui.briefing.fields import Quantity
from tui.checks.report import Report

Check = Callable[..., list[Report]]

HEADER = """\
format = 2
[briefing]
id = "b"
title = "B"
bluf = "B."
lang = "en"
as_of = "2026-11-22"
scale = "{scale}"
"""
SOURCES = "".join(
    f'[[source]]\nid = "s{at}"\ntype = "report"\nurl = "https://example.org/{at}"\norigin = ["{origin}"]\n'
    f'[[claim]]\nid = "c{at}"\ntext = "The bridge sags."\ncite = [{{ source = "s{at}" }}]\n'
    for at, origin in enumerate(("keeper", "keeper", "mason", "engineer"), 1)
)


def judgment(name: str = "j", **keys: str) -> str:
    """Write a judgment; keys are TOML values."""
    lines = {
        "date": '"2026-12-31"',
        "text": '"The bridge will be closed."',
        "why": '"The deck sags."',
        "likelihood": '"likely"',
        "confidence": '"low"',
        "for": "[]",
        "against": "[]",
    }
    return f'[[judgment]]\nid = "{name}"\n' + "".join(f"{key} = {value}\n" for key, value in (lines | keys).items())


def briefing(*tables: str, scale: str = "icd203") -> str:
    """Write a briefing in format 2 with four claims."""
    return HEADER.format(scale=scale) + SOURCES + "".join(tables)


def found(reports: list[Report], rule: str) -> list[str]:
    """Give the key paths at which a rule fires."""
    assert not {"F001", "J001"} & {report.rule for report in reports}, reports
    return [report.key for report in reports if report.rule == rule]


@pytest.mark.parametrize("key", ["date", "why", "for", "against", "text", "likelihood"])
def test_the_loader_names_the_key_that_a_judgment_lacks(checked: Check, key: str) -> None:
    lines = judgment().split("\n")
    without = "\n".join(line for line in lines if not line.startswith(f"{key} ="))

    [report] = checked(briefing(without))

    assert (report.rule, report.severity) == ("J001", "error")
    assert repr(key) in report.message


class TestConfidence:
    @pytest.mark.parametrize(
        ("likelihood", "confidence", "sides", "fires"),
        [
            # Above 50 %, what speaks for it counts; s1 and s2 have one origin.
            ("likely", "high", {"for": '["c1", "c3", "c4"]'}, False),
            ("likely", "high", {"for": '["c1", "c2", "c3"]'}, True),
            ("likely", "moderate", {"for": '["c1", "c3"]'}, False),
            ("likely", "moderate", {"for": '["c1", "c2"]'}, True),
            ("likely", "moderate", {"for": '["c1", { to = "c3", weak = true }]'}, True),
            ("likely", "moderate", {"for": '["c1"]', "against": '["c3", "c4"]'}, True),
            ("likely", "low", {}, False),
            # Below, what speaks against it.
            ("unlikely", "moderate", {"against": '["c1", "c3"]'}, False),
            ("unlikely", "moderate", {"for": '["c1", "c3"]'}, True),
            ("almost no chance", "high", {"against": '["c1", "c3", "c4"]'}, False),
            # At an even chance, both.
            ("roughly even chance", "moderate", {"for": '["c1"]', "against": '["c3"]'}, False),
            ("roughly even chance", "high", {"for": '["c1"]', "against": '["c3", "c2"]'}, True),
        ],
    )
    def test_independent_origins_bear_it(
        self, checked: Check, likelihood: str, confidence: str, sides: dict[str, str], fires: bool
    ) -> None:
        one = judgment(likelihood=f'"{likelihood}"', confidence=f'"{confidence}"', **sides)

        assert bool(found(checked(briefing(one)), "J003")) is fires

    def test_a_range_that_holds_an_even_chance_takes_both_sides(self, checked: Check) -> None:
        """The PHIA yardstick's realistic possibility ends at 50 %."""
        one = judgment(
            likelihood='"realistic possibility"', confidence='"moderate"', **{"for": '["c1"]', "against": '["c3"]'}
        )

        assert found(checked(briefing(one, scale="phia")), "J003") == []

    def test_the_message_says_what_there_is_and_what_is_missing(self, checked: Check) -> None:
        one = judgment(confidence='"high"', **{"for": '["c1", "c2", "c3"]'})

        [report] = [one for one in checked(briefing(one)) if one.rule == "J003"]

        assert report.message == "'j' has high confidence on 2 independent origins in `for`: 'keeper', 'mason'"
        assert "at least three origins" in report.remedy

    def test_a_draft_is_left_alone(self, checked: Check) -> None:
        assert found(checked(briefing(judgment(confidence='"high"', draft="true"))), "J003") == []


class TestOrder:
    @pytest.mark.parametrize(
        ("first", "second", "fires"),
        [
            (("min = 200", "unlikely"), ("min = 1000", "likely"), True),
            (("min = 200", "likely"), ("min = 1000", "unlikely"), False),
            (("min = 1000", "likely"), ("min = 200", "unlikely"), True),
            (("min = 200", "likely"), ("min = 1000", "likely"), False),
            (("max = 9", "likely"), ("max = 99", "unlikely"), True),
            (("min = 1, max = 9", "likely"), ("min = 5, max = 20", "unlikely"), False),
            (("min = 1, max = 9", "likely"), ("min = 10", "likely"), True),
            (("min = 1, max = 9", "roughly even chance"), ("min = 10", "roughly even chance"), False),
            (('words = "hundreds"', "unlikely"), ("min = 300, max = 400", "likely"), True),
            (('words = "many"', "unlikely"), ("min = 300", "likely"), False),
        ],
    )
    def test_nested_and_exclusive_numbers(
        self, checked: Check, first: tuple[str, str], second: tuple[str, str], fires: bool
    ) -> None:
        two = [
            judgment(f"j{at}", likelihood=f'"{word}"', quantity=f'{{ of = "Days closed", {numbers} }}')
            for at, (numbers, word) in enumerate((first, second))
        ]

        assert bool(found(checked(briefing(*two)), "J006")) is fires

    @pytest.mark.parametrize("other", [{"date": '"2027"'}, {"quantity": '{ of = "nights closed", min = 1000 }'}])
    def test_other_things_and_other_days_are_not_compared(self, checked: Check, other: dict[str, str]) -> None:
        wide = judgment("wide", likelihood='"unlikely"', quantity='{ of = "days closed", min = 200 }')
        narrow = judgment("narrow", **({"quantity": '{ of = "days closed", min = 1000 }'} | other))

        assert found(checked(briefing(wide, narrow)), "J006") == []


@pytest.mark.parametrize(
    ("of_indicator", "fires"),
    [
        ('until = "2026-11-21"', True),
        ('until = "2026-11"', False),
        ('until = "2025"', True),
        ('until = "2025/2026-06"', True),
        ('until = "2025/.."', False),
        ('until = "2025"\nobserved = { on = "2025-01" }', False),
        ("", False),
    ],
)
def test_an_indicator_past_its_date(checked: Check, of_indicator: str, fires: bool) -> None:
    one = f'[[indicator]]\nid = "i"\ntext = "The report is published."\n{of_indicator}\n'

    assert bool(found(checked(briefing(one)), "J007")) is fires


@pytest.mark.parametrize(
    ("as_of", "cutoff", "fires"),
    [
        ("2026-11-22", "2026-05-21", True),
        ("2026-11-22", "2026-05-22", False),
        ("2026-11-22", "2025", True),
        ("2026-06", "2025", False),
        ("2026-11", "2026-04", True),
        ("2026-11-01", "2025/..", False),
    ],
)
def test_six_months_past_the_last_look(checked: Check, as_of: str, cutoff: str, fires: bool) -> None:
    toml = briefing().replace('as_of = "2026-11-22"', f'as_of = "{as_of}"\ninformation_cutoff = "{cutoff}"')

    assert bool(found(checked(toml), "B003")) is fires


class TestConflicts:
    @pytest.mark.parametrize(
        ("quantity", "fires"),
        [
            ('{ of = "sacks", min = 80 }', True),
            ('{ of = "sacks", max = 59 }', False),
            ('{ of = "sacks", words = "dozens" }', True),
            ('{ of = "sacks", words = "a great many" }', False),
            ('{ of = "sacks", min = 80, unit = "tons" }', False),
        ],
    )
    def test_a_contradiction_of_quantities_that_fit(self, checked: Check, quantity: str, fires: bool) -> None:
        one = '[[claim]]\nid = "x"\ntext = "X."\nby = "x"\nquantity = { of = "sacks", min = 60 }\n'
        other = f'[[claim]]\nid = "y"\ntext = "Y."\nby = "y"\nquantity = {quantity}\n'
        other += 'conflicts = [{ to = "x", kind = "contradiction", why = "W." }]\n'

        assert bool(found(checked(briefing(one, other)), "C013")) is fires

    def test_counts_under_different_positions_are_a_declared_conflict(self, checked: Check) -> None:
        counts = "".join(
            f'[[claim]]\nid = "{name}"\ntext = "X."\nby = "x"\nquantity = {{ of = "sacks", min = {least} }}\n'
            for name, least in (("x", 60), ("y", 600))
        )
        question = (
            '[[question]]\nid = "q"\ntext = "How many?"\npositions = [{ id = "few", text = "few", entries = ["x"] },'
            '{ id = "many", text = "many", entries = ["y"] }]\n'
        )

        assert found(checked(briefing(counts)), "C002")
        assert found(checked(briefing(counts, question)), "C002") == []
        assert found(checked(briefing(counts, question.replace('["y"]', '["x", "y"]'))), "C002")

    @pytest.mark.parametrize(("kind", "fires"), [("contradiction", True), ("denial", True), ("tension", False)])
    def test_a_ground_is_contested_where_both_cannot_be_right(self, checked: Check, kind: str, fires: bool) -> None:
        against = f'[[claim]]\nid = "x"\ntext = "X."\nby = "x"\nconflicts = [{{ to = "c1", kind = "{kind}" }}]\n'
        asked = '[[recommendation]]\nid = "r"\naction = "Close it."\nactor = "A"\nby = "b"\nrests_on = ["c1"]\n'

        assert bool(found(checked(briefing(against, asked)), "R004")) is fires

    def test_a_ground_is_contested_by_another_position(self, checked: Check) -> None:
        question = (
            '[[question]]\nid = "q"\ntext = "Does it sag?"\npositions = [{ id = "yes", text = "yes", entries = ["c1"] },'
            '{ id = "no", text = "no", entries = ["c4"] }]\n'
        )
        asked = '[[recommendation]]\nid = "r"\naction = "Close it."\nactor = "A"\nby = "b"\nrests_on = ["c1"]\n'

        [report] = [one for one in checked(briefing(question, asked)) if one.rule == "R004"]

        assert "disputed by 'c4'" in report.message

    def test_an_older_format_is_not_asked_for_kinds(self, checked: Check) -> None:
        two = "".join(
            f'[[claim]]\nid = "{one}"\ntext = "X."\nby = "x"\nconflicts = ["{other}"]\n' for one, other in ("xy", "yx")
        )

        assert [report for report in checked(two) if report.rule == "C015"] == []


@pytest.mark.parametrize("ground", ["c1", "b1", "j"])
def test_a_recommendation_rests_on_claims_background_or_judgments(checked: Check, ground: str) -> None:
    background = '[[background]]\nid = "b1"\ntext = "There is a bridge."\nby = "x"\n'
    asked = f'[[recommendation]]\nid = "r"\naction = "Close it."\nactor = "A"\nby = "b"\nrests_on = [{{ to = "{ground}", stated = false }}]\n'

    assert found(checked(briefing(background, judgment(), asked)), "R003") == []


def test_a_draft_judgment_is_told_what_it_lacks(checked: Check) -> None:
    draft = '[[judgment]]\nid = "j"\nlikelihood = "likely"\nwhy = "W."\ndraft = true\n'

    [report] = [one for one in checked(briefing(draft)) if one.rule == "D001"]

    assert report.message == "'j' is not settled yet and lacks text, date, for, against"


def test_alternatives_keep_to_one_row_of_synonyms(checked: Check) -> None:
    one = judgment(alternatives='[{ text = "It stays open.", likelihood = "improbable" }]') + judgment("k")

    assert found(checked(briefing(one)), "C008") == ["judgment[1].alternatives[1].likelihood"]


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("dozens", (24, 99)),
        ("“potentially thousands”", (2_000, 9_999)),
        ("several hundred", (200, 999)),
        ("hundreds of thousands", (None, None)),
        ("a hundred", (None, None)),
        ("tens of thousands", (None, None)),
        ("dozens, even hundreds", (None, None)),
    ],
)
def test_a_word_of_number_has_a_range(words: str, bounds: tuple[float | None, float | None]) -> None:
    assert Quantity(of="sacks", words=words).bounds == bounds
    assert Quantity(of="sacks", words=words, min=5).bounds == (5, None)


def test_the_least_number_is_not_above_the_greatest(checked: Check) -> None:
    claim = '[[claim]]\nid = "x"\ntext = "X."\nby = "x"\nquantity = { of = "sacks", min = 999, max = 200 }\n'
    one = judgment(quantity='{ of = "sacks", min = 2_000, max = 1_000 }')

    assert found(checked(briefing(claim, one)), "C016") == ["claim[5].quantity", "judgment[1].quantity"]
    assert found(checked(briefing(claim.replace("999", "200"))), "C016") == []


def test_the_assessments_of_an_older_file_are_told_once(checked: Check) -> None:
    assessed = "".join(
        f'[[claim]]\nid = "{one}"\ntext = "X."\nby = "x"\nassess = {{ likelihood = "likely" }}\n' for one in "xyz"
    )

    [report] = [one for one in checked(briefing(assessed).replace("format = 2", "format = 1")) if one.rule == "B004"]

    assert (report.severity, report.key) == ("info", "claim[5].assess")
    assert report.message == "what is assessed of 'x' and 2 more is not said"
    assert "--to-format 2" in report.remedy


class TestBottomLine:
    def test_it_says_the_likelihoods_and_numbers_of_judgments(self, checked: Check) -> None:
        one = judgment(
            alternatives='[{ text = "It stays open.", likelihood = "unlikely" }]', quantity='{ of = "d", min = 5 }'
        )
        toml = briefing(one).replace(
            'bluf = "B."', 'bluf = "It is likely, not unlikely, that 5 come by 2026, and 7 very likely."'
        )

        found_words = [report.message for report in checked(toml) if report.rule == "J004"]

        assert found_words == ["no judgment has the number 7", "no judgment is “very likely”"]

    def test_without_judgments_only_a_likelihood_is_missed(self, checked: Check) -> None:
        toml = briefing().replace('bluf = "B."', 'bluf = "The 3 bridges will likely last."')

        assert [report.message for report in checked(toml) if report.rule == "J004"] == ["no judgment is “likely”"]

    def test_an_older_format_has_no_judgments_to_compare(self, checked: Check) -> None:
        toml = briefing().replace("format = 2", "format = 1").replace('bluf = "B."', 'bluf = "It is likely."')

        assert found(checked(toml), "J004") == []


@pytest.mark.parametrize(
    ("keys", "fires"), [("", True), ('short = "It is closed"\n', False)], ids=["without a short name", "with one"]
)
def test_a_text_that_begins_with_its_speaker_needs_a_short_name(checked: Check, keys: str, fires: bool) -> None:
    claim = f'[[claim]]\nid = "x"\ntext = "The keeper says that it is closed."\nby = "x"\n{keys}'

    assert bool(found(checked(briefing(claim)), "C014")) is fires
    older = claim.replace(keys, "") if keys else claim
    assert found(checked(briefing(older).replace("format = 2", "format = 1")), "C014") == []


def test_the_words_that_hold_a_judgment_back_are_marked(checked: Check) -> None:
    one = judgment(text='"According to the survey about 40 ships may leave."')

    assert [(report.message, report.column) for report in checked(briefing(one)) if report.rule == "J002"] == [
        ("“According to” lays the proposition to somebody", 9),
        ("“about” holds the proposition back", 33),
        ("“may” holds the proposition back", 48),
    ]


@pytest.mark.parametrize(("likelihood", "fires"), [("unlikely", True), ("roughly even chance", False)])
def test_a_recommendation_on_less_than_an_even_chance(checked: Check, likelihood: str, fires: bool) -> None:
    asked = (
        '[[recommendation]]\nid = "r"\naction = "Close it."\nactor = "A"\nby = "b"\n'
        'rests_on = ["c1", { to = "j", stated = false }]\n'
    )

    assert bool(found(checked(briefing(judgment(likelihood=f'"{likelihood}"'), asked)), "R005")) is fires
