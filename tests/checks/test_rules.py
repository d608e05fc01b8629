"""Every rule: its id and severity as they were asked for, an example that fires, and a near miss that does not."""

import re
from collections.abc import Callable

import pytest

from tui.checks.report import Report
from tui.checks.rule import Rule
from tui.checks.rules import BY_ID, FAMILIES, RULES

WANTED = {
    "error": "Q001 Q002 S002 S005 C004 C010 J001",
    "warning": "Q003 Q004 Q005 Q006 Q007 Q008 S001 S003 S004 S006 S007 C001 C002 C003 C005 C006 C008 C009 C011 C012 C016 V001 V003 R001"
    " R003 R004 R005 R006 B001 A002 C013 C014 C015 J002 J003 J004 J005 J006 J007 J008 J009 F003 S012",
    "info": "B003 B004 S008 S009 S010 S011 C007 V002 V004 R002 A001 F002 T001",
}
HEURISTIC = "A002 C014 C016 J002 J004 Q004 Q005 Q008 S004 S007 C001 C003 C005 C006 C007 C009 V003 R001 R002 T001"
"""The rules that read language."""

Check = Callable[..., list[Report]]


def test_every_rule_that_was_asked_for_is_there_with_its_severity() -> None:
    wanted = {rule: severity for severity, rules in WANTED.items() for rule in rules.split()}

    assert wanted == {rule: BY_ID[rule].severity for rule in wanted}


def test_ids_are_unique_and_sorted() -> None:
    ids = [rule.id for rule in RULES]

    assert ids == sorted(set(ids))
    assert [] == [name for name in ids if not re.fullmatch("[A-Z][0-9]{3}", name) or name[0] not in FAMILIES]


def test_no_heuristic_is_an_error() -> None:
    """What is certain alone may fail a check; what reads language may only warn."""
    assert [] == [name for name in HEURISTIC.split() if BY_ID[name].severity == "error"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
class TestEach:
    def test_its_example_fires(self, rule: Rule, checked: Check) -> None:
        assert rule.id in {report.rule for report in checked(rule.example, rule.text)}

    def test_its_near_miss_does_not(self, rule: Rule, checked: Check) -> None:
        """It loads, and the rule is silent on it."""
        found = {report.rule for report in checked(rule.near_miss, rule.text)}

        assert not {rule.id, "F001"} & found

    def test_it_says_what_why_and_what_instead(self, rule: Rule) -> None:
        for words in (rule.title, rule.why, rule.remedy):
            assert words
            assert "\n" not in words
        assert len(rule.title) <= 90
        assert rule.why.endswith(".")

    def test_it_is_fixable_if_a_finding_of_it_can_be(self, rule: Rule, checked: Check) -> None:
        if any(report.edit for report in checked(rule.example, rule.text) if report.rule == rule.id):
            assert rule.fixable
