"""The marks of both rankings, by class of queries and overall, and their table."""

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tests.relevance.judging import TUNED, Mark, judged, mark
from tests.relevance.ranking import Rankings

ALL = "all"
SPELT = "all but misspellings"
"""What FTS5 can answer at all, so that it is not beaten by those alone."""
_MISSPELT = "misspellings"


_FIRST: Final = 5


class Compared(NamedTuple):
    """How well both answered one class of queries."""

    kind: str
    ours: tuple[Mark, ...]
    fts5: tuple[Mark, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        pairs = (_ndcg, _first, _missed)
        return (self.kind, str(len(self.ours)), *(show(marks) for show in pairs for marks in (self.ours, self.fts5)))


def compared(rankings: Rankings, file: Path = TUNED) -> tuple[Compared, ...]:
    """Mark all queries of a set; the last rows are those that are rightly spelt, and all of them."""
    queries = judged(file)
    marks = [(query.kind, mark(query, rankings.ours(query)), mark(query, rankings.fts5(query))) for query in queries]
    kinds = dict.fromkeys(query.kind for query in queries)
    groups = {kind: {kind} for kind in kinds} | {SPELT: kinds.keys() - {_MISSPELT}, ALL: set(kinds)}
    return tuple(
        Compared(
            name,
            tuple(ours for kind, ours, _ in marks if kind in group),
            tuple(beside for kind, _, beside in marks if kind in group),
        )
        for name, group in groups.items()
    )


def ndcg(marks: Sequence[Mark]) -> float:
    """Give the mean nDCG@10."""
    return statistics.mean(each.ndcg for each in marks)


def success(marks: Sequence[Mark]) -> float:
    """Give the share of queries with an exact answer among the first five."""
    return statistics.mean(each.first is not None and each.first <= _FIRST for each in marks)


def _ndcg(marks: Sequence[Mark]) -> str:
    return f"{ndcg(marks):.3f}"


def _first(marks: Sequence[Mark]) -> str:
    """Write the mean rank of the first exact answer, where one was found."""
    found = [each.first for each in marks if each.first]
    return f"{statistics.mean(found):.2f}" if found else "none"


def _missed(marks: Sequence[Mark]) -> str:
    return str(sum(each.first is None for each in marks))


def table(rows: Sequence[Compared]) -> str:
    """Write the table in Markdown."""
    head = (
        "queries", "number", "nDCG@10", "FTS5", "rank of the first exact answer", "FTS5", "without one", "FTS5",
    )  # fmt: skip
    cells = [head, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in cells]
    lines.insert(1, f"|{'|'.join('-' * (width + 2) for width in widths)}|")
    return "\n".join(lines)
