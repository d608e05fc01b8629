"""The handbook's chapter on the rules: ``python -m tests.rules_page`` writes it, its hash and the lock anew."""

import hashlib
import re
from pathlib import Path
from typing import Final

from tui.authoring.holding import hold
from tui.checks.explanations import page

HANDBOOK: Final = Path(__file__).parent.parent / "content" / "handbook"
CHAPTER: Final = HANDBOOK / "held" / "rules.txt"


def with_hash(toml: str, text: str) -> str:
    """Put the chapter's hash into the text of the handbook's TOML."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return re.sub(r'(sha256 *= *)"[0-9a-f]{64}"(\nheld *= *"rules\.txt")', rf'\1"{digest}"\2', toml)


if __name__ == "__main__":
    briefing = HANDBOOK / "briefing.toml"
    CHAPTER.write_text(page(), encoding="utf-8")
    briefing.write_text(with_hash(briefing.read_text(encoding="utf-8"), page()), encoding="utf-8")
    list(hold(briefing, Path(), None, None))
