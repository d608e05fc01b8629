"""The bars of the heuristics: a warning is right nine times out of ten, and four hedges out of five are found."""

from typing import Final

import pytest

from tests.checks.precision import (
    BAR,
    HEDGE_RECALL,
    INDEPENDENT,
    KEPT_OUT,
    READING_LANGUAGE,
    Outcome,
    outcomes,
    score,
    table,
)
from tui.checks.rules import RULES

_MEASURED: Final = {rule.id: rule for rule in RULES if rule.id in READING_LANGUAGE}
_INDEPENDENT: Final = ("C005", "C009", "Q004", "S004", "S007", "V003")
"""The rules for which there are independent labels."""


@pytest.fixture(scope="module")
def results() -> list[Outcome]:
    return list(outcomes())


@pytest.fixture(scope="module")
def independent() -> list[Outcome]:
    return list(outcomes(INDEPENDENT))


@pytest.fixture(scope="module")
def kept_out() -> list[Outcome]:
    return list(outcomes(KEPT_OUT))


def _of(results: list[Outcome], rule: str) -> list[Outcome]:
    return [one for one in results if one.rule == rule]


def test_the_set_is_large_and_has_both_kinds(results: list[Outcome]) -> None:
    """Over 200 cases, and each rule has some that should fire and some that should not."""
    assert len({one.case for one in results}) >= 200
    for rule in _MEASURED:
        assert {True, False} == {one.wanted for one in _of(results, rule)}, rule


def test_the_independent_set_is_large_and_has_both_kinds(independent: list[Outcome]) -> None:
    assert len({one.case for one in independent if one.rule == "hedge"}) >= 300
    assert {*_INDEPENDENT, "hedge"} == {one.rule for one in independent}
    for rule in _INDEPENDENT:
        assert {True, False} == {one.wanted for one in _of(independent, rule)}, rule


@pytest.mark.parametrize("rule", _MEASURED)
def test_a_warning_holds_the_bar(results: list[Outcome], rule: str) -> None:
    """A rule below the bar has to be information."""
    mine = score(_of(results, rule))

    assert mine.precision >= BAR or _MEASURED[rule].severity == "info"
    assert mine.recall >= 0.6


@pytest.mark.parametrize("rule", _INDEPENDENT)
def test_a_warning_holds_the_bar_on_sentences_of_others(independent: list[Outcome], rule: str) -> None:
    mine = _of(independent, rule)
    kept_out = score([one for one in mine if one.held_out])

    assert score(mine).precision >= BAR or _MEASURED[rule].severity == "info"
    assert score(mine).recall >= 0.6
    assert kept_out.precision >= BAR


@pytest.mark.parametrize("rule", ["C009", "S004", "S007"])
def test_a_warning_holds_the_bar_on_sentences_that_were_kept_out(kept_out: list[Outcome], rule: str) -> None:
    mine = score(_of(kept_out, rule))

    assert mine.precision >= BAR
    assert mine.recall >= 0.6


def test_hedges_are_found(results: list[Outcome], independent: list[Outcome], kept_out: list[Outcome]) -> None:
    mine = _of(independent, "hedge")
    for cases in (mine, [one for one in mine if one.held_out], _of(results, "hedge"), _of(kept_out, "hedge")):
        assert score(cases).recall >= HEDGE_RECALL
        assert score(cases).precision >= 0.85


def test_the_table_names_every_rule_that_reads_language(results: list[Outcome]) -> None:
    lines = list(table(results))

    assert [*sorted(_MEASURED), "hedge"] == [line.split()[0] for line in lines[2:]]
