"""Applying the rules: choosing them, exceptions with a reason, places, and what must hold for any briefing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from tests.checks.generated import WORDS, briefings, briefings_of_format_2, written
from tui.briefing.loader import load_bytes
from tui.briefing.lock import EMPTY
from tui.checks.briefing_file import check_file, subject_of
from tui.checks.report import Report
from tui.checks.rule import Subject
from tui.checks.rules import BY_ID
from tui.checks.run import Choice, check
from tui.library.source_texts import SourceText

Check = Callable[..., list[Report]]

DRAFT = '[[background]]\nid = "a"\ntext = "A."\ndraft = true\n'
BROKEN = DRAFT.replace("[[background]]", "[[background]")
HEADER = '[briefing]\nid = "b"\ntitle = "B"\nbluf = "B."\nlang = "en"\nas_of = "2026"\n'


def rules(reports: list[Report]) -> list[str]:
    """Give the rules that fired, as often as they did."""
    return [report.rule for report in reports]


class TestChoice:
    def test_ids_and_beginnings_of_ids(self) -> None:
        assert Choice().takes("Q001")
        assert Choice(select=("Q",)).takes("Q001")
        assert not Choice(select=("Q", "S00")).takes("C001")
        assert not Choice(ignore=("S00",)).takes("S001")
        assert not Choice(select=("S",), ignore=("S001",)).takes("S001")

    def test_what_names_no_rule_is_told(self) -> None:
        assert Choice(("Q", "X"), ("S999", "S")).unknown() == ("X", "S999")

    def test_only_what_is_chosen_is_reported(self, checked: Check) -> None:
        assert rules(checked(DRAFT, choice=Choice(select=("D",)))) == ["D001"]
        assert "D001" not in rules(checked(DRAFT, choice=Choice(ignore=("D001",))))
        assert rules(checked(BROKEN, choice=Choice(select=("D",)))) == ["F001"]  # what does not load never passes
        assert rules(checked(BROKEN, choice=Choice(ignore=("F",)))) == []


class TestExceptions:
    IGNORING = 'ignore = ["D001"]\nignore_why = "It is on its way."\n'

    def test_of_an_entry(self, checked: Check) -> None:
        other = DRAFT.replace('"a"', '"b"')

        assert rules(checked(DRAFT + self.IGNORING + other)).count("D001") == 1

    def test_of_the_header_for_the_whole_briefing(self, checked: Check) -> None:
        assert "D001" not in rules(checked(HEADER + self.IGNORING + DRAFT))

    def test_of_a_source(self, checked: Check) -> None:
        source = '[[source]]\nid = "note"\ntype = "report"\nignore = ["S002"]\nignore_why = "It burnt."\n'

        assert "S002" not in rules(checked(source))

    def test_one_that_silences_nothing_is_told_with_its_place(self, checked: Check) -> None:
        idle = DRAFT.replace("draft = true\n", "") + 'ignore = ["S001", "X999"]\nignore_why = "Once."\n'

        found = [report for report in checked(idle) if report.rule == "I001"]

        assert [report.message for report in found] == ["S001 finds nothing here", "X999 is no rule"]
        assert [report.key for report in found] == ["background[1].ignore[1]", "background[1].ignore[2]"]

    def test_one_whose_rule_is_not_chosen_is_let_alone(self, checked: Check) -> None:
        assert rules(checked(DRAFT + self.IGNORING, choice=Choice(ignore=("D",)))).count("I001") == 0

    def test_of_the_idle_exception_itself(self, checked: Check) -> None:
        """An exception from I001 is never idle, since it would be its own excuse."""
        idle = HEADER + 'ignore = ["I001"]\nignore_why = "Why not."\n'

        assert rules(checked(idle)) == ["I001"]


class TestPlaces:
    def test_a_report_points_at_the_value(self, checked: Check) -> None:
        toml = HEADER + '\n[[claim]]\nid = "a"\ntext = "A."\nby = "B"\ncredibility   =   1   # sure\n'

        [report] = [report for report in checked(toml) if report.rule == "C012"]

        assert (report.file, report.line, report.column, report.end_line, report.end_column) == (
            "b.toml",
            13,
            19,
            13,
            20,
        )

    def test_reports_are_in_the_order_of_the_file(self, checked: Check) -> None:
        toml = "".join(DRAFT.replace('"a"', f'"e{number}"') for number in range(5))
        places = [(report.line, report.column) for report in checked(toml)]

        assert places == sorted(places)

    def test_an_empty_table_of_findings_walks_no_text(self) -> None:
        briefing = load_bytes(f"format = 1\n{HEADER}".encode(), "b").briefing
        assert briefing is not None

        assert check(Subject(briefing), "not even TOML ][", "b") == []


@given(briefings() | briefings_of_format_2(), WORDS)
def test_no_briefing_makes_a_rule_fail(data: dict[str, object], text: str) -> None:
    """Any briefing is checked to the end, twice the same, with every place in the text and every rule in the table."""
    toml = written(data)
    briefing = load_bytes(toml.encode(), "b.toml").briefing
    if briefing is None:  # a link of its prose leads nowhere
        return
    subject = subject_of(briefing, EMPTY, {"s0": SourceText(text, "f" * 64, Path("x"))})
    lines = toml.split("\n")

    found = check(subject, toml, "b.toml")

    assert found == check(Subject(briefing, subject.lock, subject.texts, subject.lock_now), toml, "b.toml")
    for report in found:
        assert report.severity == BY_ID[report.rule].severity
        assert 1 <= report.line <= report.end_line <= len(lines)
        assert 1 <= report.column <= len(lines[report.line - 1]) + 1
        assert 1 <= report.end_column <= len(lines[report.end_line - 1]) + 1
        assert report.message
        assert report.remedy


@pytest.mark.parametrize("name", ["dprk-missiles", "handbook"])
def test_the_bundled_briefings_are_checked_alike_twice(name: str) -> None:
    path = Path(__file__).parents[2] / "content" / name / "briefing.toml"

    assert check_file(path, Path("/nowhere"), name) == check_file(path, Path("/nowhere"), name)
