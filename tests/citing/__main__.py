"""``python -m tests.citing`` prints the bars of citations and bibliographies; it fails where one is missed."""

import sys

from tests.citing.bars import bars
from tests.programs import found


def main() -> int:
    """Print a line for each bar."""
    missed = 0
    for bar in bars(found("biber") or ""):
        missed += not bar.is_met
        sys.stdout.write(f"{'met   ' if bar.is_met else 'MISSED'}  {bar.name:<30}  {bar.figure}\n")
        sys.stdout.flush()
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
