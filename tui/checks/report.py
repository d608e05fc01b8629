"""A finding with its place in a file."""

from typing import NamedTuple

from tui.checks.rule import Edit, Severity


class Report(NamedTuple):
    """A finding with a position. Reports sort by file, line and column."""

    file: str
    """The file, as it was named."""
    line: int
    """Counted from 1; 0 where the whole file is meant."""
    column: int
    """Counted from 1 in characters; 0 where the whole file is meant."""
    end_line: int
    end_column: int
    """The column behind the last character."""
    rule: str
    """The id of the rule."""
    severity: Severity
    key: str
    """The key path, such as ``claim[3].cite[1].quote``; empty where no key is meant."""
    message: str
    """The fault."""
    remedy: str
    """The text to write instead."""
    edit: Edit | None = None
    """The edit that `--fix` makes."""
