"""The rules on claims beyond their examples."""

from collections.abc import Callable

import pytest

from tui.checks.report import Report

Check = Callable[..., list[Report]]


def claim(name: str, lines: str) -> str:
    """Write a claim."""
    return f'[[claim]]\nid = "{name}"\ntext = "An account."\nby = "somebody"\n{lines}\n'


def found(reports: list[Report], rule: str) -> list[str]:
    """Give the key paths at which a rule fires."""
    return [report.key for report in reports if report.rule == rule]


SWANS = 'quantity = { of = "swans", min = 7, max = 7 }\n'
MORE = 'quantity = { of = "Swans ", min = 11 }\n'


class TestQuantities:
    def test_other_numbers_of_one_thing(self, checked: Check) -> None:
        [report] = [one for one in checked(claim("a", SWANS) + claim("b", MORE)) if one.rule == "C002"]

        assert report.key == "claim[2].quantity"
        assert report.message == "'b' has at least 11, 'a' has 7, of the same"
        assert 'conflicts = ["a"]' in report.remedy

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (SWANS, SWANS),
            (SWANS, MORE.replace("Swans ", "geese")),
            (SWANS, MORE.replace(" }", ', unit = "pairs" }')),
            (SWANS + 'date = "2025"', MORE + 'date = "2026"'),
            (SWANS + 'about = ["x"]', MORE + 'about = ["y"]'),
            (SWANS, MORE + 'conflicts = ["a"]'),
            (SWANS + 'attacks = ["b"]', MORE),
        ],
    )
    def test_what_is_no_difference(self, checked: Check, one: str, other: str) -> None:
        things = '[[entity]]\nid = "x"\nname = "X"\ntype = "place"\n[[entity]]\nid = "y"\nname = "Y"\ntype = "place"\n'

        assert found(checked(things + claim("a", one) + claim("b", other)), "C002") == []

    def test_a_declared_conflict_does_not_hide_another(self, checked: Check) -> None:
        three = claim("a", SWANS) + claim("b", SWANS) + claim("c", MORE + 'conflicts = ["a"]')

        [report] = [one for one in checked(three) if one.rule == "C002"]

        assert "'b' has 7" in report.message

    def test_numbers_are_said_in_words(self, checked: Check) -> None:
        quantity = 'quantity = { of = "swans", min = 1000, max = 2000 }'
        two = claim("a", quantity) + claim("b", 'quantity = { of = "swans", note = "many" }')

        [report] = [one for one in checked(two) if one.rule == "C002"]

        assert report.message == "'b' has no number, 'a' has at least 1,000 and at most 2,000, of the same"

    def test_thousands_of_equal_counts_take_no_minutes(self, checked: Check) -> None:
        many = "".join(claim(f"c{number}", SWANS if number else MORE) for number in range(3000))

        assert len(found(checked(many), "C002")) == 2999


def test_the_row_that_is_used_less_is_to_be_changed(checked: Check) -> None:
    words = ("likely", "very unlikely", "highly probable")
    three = "".join(claim(f"c{at}", f'assess = {{ likelihood = "{word}" }}') for at, word in enumerate(words))

    [report] = [one for one in checked(three) if one.rule == "C008"]

    assert report.key == "claim[3].assess.likelihood"
    assert "write “very likely”" in report.remedy


def test_the_other_scale_has_one_row(checked: Check) -> None:
    header = '[briefing]\nid = "b"\ntitle = "B"\nbluf = "B."\nlang = "en"\nas_of = "2026"\nscale = "phia"\n'
    two = claim("a", 'assess = { likelihood = "likely" }') + claim("b", 'assess = { likelihood = "probable" }')

    assert found(checked(header + two), "C008") == []


def test_a_conflict_declared_by_a_view_is_missed_in_the_claim(checked: Check) -> None:
    view = (
        '[[view]]\nid = "v"\nwho = "A"\ntext = "No."\nrole = "R"\nconflicts = [{ to = "a", why = "It denies it." }]\n'
    )

    [report] = [one for one in checked(claim("a", "") + view) if one.rule == "C011"]

    assert report.key == "view[1].conflicts[1]"
    assert report.edit is not None
    assert (report.edit.path, report.edit.value) == (("claim", 0, "conflicts"), "v")


@pytest.mark.parametrize(
    ("toml", "rule"),
    [
        ('[[claim]]\nid = "a"\ntext = "A."\n', "C004"),
        (claim("a", 'assess = { likelihood = "perhaps" }'), "C010"),
        (claim("a", 'date = "last week"'), "S007"),
        ('[briefing]\nid = "b"\ntitle = "B"\nbluf = "B."\nlang = "en"\n', "B001"),
        (claim("a", "credibility = 7"), "F001"),
        (claim("a", "").replace("[[claim]]", "[[claim]"), "F001"),
    ],
)
def test_what_the_loader_refuses_is_an_error_under_its_rule(checked: Check, toml: str, rule: str) -> None:
    reports = checked(toml)

    assert {(report.rule, report.severity) for report in reports} == {(rule, "error")}
    assert all(report.line and report.remedy for report in reports)
