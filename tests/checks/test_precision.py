"""The bar for the heuristics: a warning is right four times out of five, over all labelled cases."""

import pytest

from tests.checks.precision import BAR, Outcome, outcomes, score, table
from tui.checks.wording.rules import RULES

_MEASURED = {rule.id: rule for rule in RULES if rule.id not in {"R001", "B002"}}
"""R001 and B002 read no language: they are certain."""


@pytest.fixture(scope="module")
def results() -> list[Outcome]:
    return list(outcomes())


def test_the_set_is_large_and_has_both_kinds(results: list[Outcome]) -> None:
    """Over 200 cases, and each rule has some that should fire and some that should not."""
    assert len({one.case for one in results}) >= 200
    for rule in _MEASURED:
        assert {True, False} == {one.wanted for one in results if one.rule == rule}, rule


@pytest.mark.parametrize("rule", _MEASURED)
def test_a_warning_holds_the_bar(results: list[Outcome], rule: str) -> None:
    """A rule below the bar has to be information."""
    mine = score([one for one in results if one.rule == rule])

    assert mine.precision >= BAR or _MEASURED[rule].severity == "info"
    assert mine.recall >= 0.6


def test_the_table_names_every_rule_that_reads_language(results: list[Outcome]) -> None:
    lines = list(table(results))

    assert [*sorted(_MEASURED), "hedge"] == [line.split()[0] for line in lines[2:]]
