"""The application of rules: choice, exceptions, and positions of findings."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import Final, NamedTuple

from tui.briefing.decoding import BYTE_ORDER_MARK
from tui.briefing.fields import Ignoring
from tui.briefing.kinds import TABLES
from tui.briefing.model import Briefing
from tui.briefing.positions import Positions
from tui.briefing.problems import KeyPath, Problem, key_text
from tui.checks.report import Report
from tui.checks.rule import Edit, Finding, Rule, Subject
from tui.checks.rules import BY_ID, EVERY_FILE, RULES

_ORDER: Final = itemgetter(*map(Report._fields.index, ("line", "column", "rule", "message")))
"""The order of reports; an index is looked up faster than a name, thousands of times."""


class Choice(NamedTuple):
    """The rules to apply, by ids or beginnings of ids."""

    select: tuple[str, ...] = ()
    """Only these; all where empty."""
    ignore: tuple[str, ...] = ()
    """Not these."""

    def takes(self, rule: str) -> bool:
        """Whether a rule is applied."""
        return (not self.select or rule.startswith(self.select)) and not (self.ignore and rule.startswith(self.ignore))

    def unknown(self) -> tuple[str, ...]:
        """Return the words that match no rule."""
        return tuple(word for word in (*self.select, *self.ignore) if not any(rule.startswith(word) for rule in BY_ID))


class _Exception(NamedTuple):
    """A rule that is ignored in some table."""

    table: KeyPath
    """The key path of the table; empty for the header, whose exceptions hold for the whole briefing."""
    path: KeyPath
    """The key path of the rule's id in `ignore`."""
    rule: str

    def silences(self, rule: str, finding: Finding) -> bool:
        """Whether the exception silences a finding."""
        return rule == self.rule and finding.path[: len(self.table)] == self.table


def check(subject: Subject, text: str, name: str, choice: Choice = Choice()) -> list[Report]:  # noqa: B008 (frozen)
    """Apply the rules to a briefing.

    Args:
        subject: the briefing and the held texts.
        text: the TOML that it was loaded from.
        name: how the reports call the file.
        choice: the rules that are applied.
    """
    rules = [rule for rule in RULES if choice.takes(rule.id)]
    found = [(rule, finding) for rule in rules for finding in rule.check(subject)]
    exceptions = tuple(_exceptions(subject.briefing))
    if exceptions:
        found = list(_without_exceptions(found, exceptions, choice))
    return _placed(found, text, name)


def reports_of(problems: Sequence[Problem], choice: Choice = Choice()) -> list[Report]:  # noqa: B008 (frozen)
    """Return the problems of the loader as reports, each an error.

    They are told whatever is selected, since a file to which no rule was applied must not seem to have passed.
    """
    return [
        Report(
            file=problem.path,
            line=problem.line,
            column=problem.column,
            end_line=problem.line,
            end_column=problem.column,
            rule=rule,
            severity="error",
            key=problem.key,
            message=problem.message,
            # A file that could not be read at all says itself what to do.
            remedy=problem.remedy or (BY_ID[rule].remedy if problem.line else ""),
            edit=Edit("bom") if problem.message == BYTE_ORDER_MARK else None,
        )
        for problem in problems
        for rule in [problem.rule if problem.rule in BY_ID else EVERY_FILE]
        if not (choice.ignore and rule.startswith(choice.ignore))
    ]


def _exceptions(briefing: Briefing) -> Iterator[_Exception]:
    tables: list[tuple[KeyPath, KeyPath, Ignoring]] = [((), ("briefing",), briefing.briefing)]
    for name in TABLES:
        tables += [((name, place), (name, place), table) for place, table in enumerate(briefing.tables(name))]
    for held_in, path, table in tables:
        for place, rule in enumerate(table.ignore):
            yield _Exception(held_in, (*path, "ignore", place), rule)


def _without_exceptions(
    found: Iterable[tuple[Rule, Finding]], exceptions: Sequence[_Exception], choice: Choice
) -> Iterator[tuple[Rule, Finding]]:
    """Yield the findings that no exception silences, and the idle exceptions."""
    useful: set[KeyPath] = set()
    for rule, finding in found:
        silenced_by = [one for one in exceptions if one.silences(rule.id, finding)]
        useful.update(one.path for one in silenced_by)
        if not silenced_by:
            yield rule, finding
    idle = BY_ID["I001"]
    if choice.takes(idle.id):
        for one in exceptions:
            applied = one.rule not in BY_ID or choice.takes(one.rule)
            if applied and one.path not in useful:
                message = f"{one.rule} finds nothing here" if one.rule in BY_ID else f"{one.rule} is no rule"
                yield idle, Finding(one.path, message, edit=Edit("remove", one.path[:-1], one.rule))


def _placed(found: Sequence[tuple[Rule, Finding]], text: str, name: str) -> list[Report]:
    if not found:
        return []
    positions = Positions(text)

    @cache  # several rules object to one value
    def place_of(path: KeyPath, offset: int, length: int) -> tuple[tuple[int, int, int, int], str]:
        return positions.of_words(path, offset, length), key_text(path)

    made = tuple.__new__  # of a report, in half the time, since there are tens of thousands
    reports: list[Report] = []
    for rule, finding in found:
        path, message, remedy, offset, length, edit = finding
        place, key = place_of(path, offset, length)
        row = (name, *place, rule.id, rule.severity, key, message, remedy or rule.remedy, edit)
        reports.append(made(Report, row))
    return sorted(reports, key=_ORDER)
