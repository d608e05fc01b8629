"""``python -m tests.importing`` prints what the import found and missed in the labelled texts.

Of the texts that are held out it prints the figures alone: who changes the rules is not to see what they miss there.
"""

import sys

from tests.importing import matching
from tests.importing.measuring import TABLES, labelled, measure, total


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Print a row a text and kind, then all that was missed or proposed wrongly."""
    rows = []
    for labels in labelled():
        rows += measure(labels)
    for row in [*rows, *(total(rows, table) for table in TABLES)]:
        counted = f"{len(row.found)} found, {len(row.missed)} missed, {len(row.wrong)} wrong"
        _say(f"{row.text:<12} {row.table:<15} precision {row.precision:.2f}  recall {row.recall:.2f}  ({counted})")
    for row in rows:
        for words in row.missed:
            _say(f"missed {row.table} in {row.text}: {words}")
        for words in row.wrong:
            _say(f"wrong {row.table} in {row.text}: {words[:110]}")
    _independent()


def _independent() -> None:
    results = matching.results()
    _say("\nThe independent texts, clause by clause")
    for held_out, name in ((False, "read"), (True, "held out"), (None, "all")):
        rows = [row for row in results if held_out is None or row.held_out is held_out]
        for aspect, score in matching.total(rows).items():
            counted = f"{score.right} right, {score.wrong} wrong, {score.missed} missed"
            _say(f"{name:<9} {aspect:<15} precision {score.precision:.2f}  recall {score.recall:.2f}  ({counted})")
    for row in results:
        for error in row.errors if not row.held_out else ():
            _say(f"{row.text}: {error}")


if __name__ == "__main__":
    main()
