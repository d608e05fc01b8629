"""``python -m tests.relevance [--each]``: how well ours and FTS5 answer the judged queries, by class and overall."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.relevance.judging import HELD_OUT, REWORDED, judged, mark
from tests.relevance.marks import compared, success, table
from tests.relevance.ranking import Rankings


def main() -> None:
    """Print the table; with ``--each`` a line a query before it."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("--each", action="store_true", help="show how each query was answered")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="briefing-relevance-") as folder:
        rankings = Rankings(Path(folder))
        if options.each:
            for query in (*judged(), *judged(HELD_OUT), *judged(REWORDED)):
                ours, beside = rankings.ours(query), rankings.fts5(query)
                marks = mark(query, ours), mark(query, beside)
                sys.stdout.write(
                    f"{query.text}: ours {marks[0].ndcg:.2f}, first {marks[0].first}; "
                    f"FTS5 {marks[1].ndcg:.2f}, first {marks[1].first}\n  ours {_shown(ours, query.grades)}\n"
                )
                if marks[1].ndcg > marks[0].ndcg:
                    sys.stdout.write(f"  FTS5 {_shown(beside, query.grades)}\n")
        sys.stdout.write(f"{table(compared(rankings))}\n\nHeld out, graded before they were searched:\n\n")
        sys.stdout.write(f"{table(compared(rankings, HELD_OUT))}\n\nIn other words than the content's:\n\n")
        sys.stdout.write(f"{table(compared(rankings, REWORDED))}\n\n")
        found = success([mark(query, rankings.ours(query)) for query in judged(REWORDED)])
        sys.stdout.write(f"An exact answer among the first five: {found:.1%}\n")


def _shown(ranked: list[str], grades: dict[str, int]) -> str:
    return " ".join(f"{address.partition('#')[2]}:{grades.get(address, 0)}" for address in ranked[:10])


if __name__ == "__main__":
    main()
