"""``python -m tests.importing`` prints what the import found and missed in the labelled texts."""

import sys

from tests.importing.measuring import TABLES, labelled, measure, total


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Print a row a text and kind, then all that was missed or proposed wrongly."""
    rows = []
    for labels in labelled():
        measured = measure(labels)
        if measured is None:
            _say(f"{labels.stem}: its text is not shipped and not there")
        rows += measured or []
    for row in [*rows, *(total(rows, table) for table in TABLES)]:
        counted = f"{len(row.found)} found, {len(row.missed)} missed, {len(row.wrong)} wrong"
        _say(f"{row.text:<12} {row.table:<15} precision {row.precision:.2f}  recall {row.recall:.2f}  ({counted})")
    for row in rows:
        for words in row.missed:
            _say(f"missed {row.table} in {row.text}: {words}")
        for words in row.wrong:
            _say(f"wrong {row.table} in {row.text}: {words[:110]}")


if __name__ == "__main__":
    main()
