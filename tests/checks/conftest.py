"""What the tests of the rules share: checking a TOML text with held texts, without files."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checks import examples
from tui.briefing.loader import load_bytes
from tui.briefing.lock import EMPTY
from tui.checks.briefing_file import subject_of
from tui.checks.report import Report
from tui.checks.run import Choice, check, reports_of
from tui.library.source_texts import SourceText

Check = Callable[..., list[Report]]


@pytest.fixture(scope="session")
def checked() -> Check:
    """Check TOML: a header and the source `note` are put to it where they are missing, and the lock is fresh."""

    def run(toml: str, text: str = "", choice: Choice = Choice()) -> list[Report]:  # noqa: B008 (frozen)
        whole = examples.whole(toml, text)
        loaded = load_bytes(whole.encode(), "b.toml")
        if loaded.briefing is None:
            return reports_of(loaded.problems, choice)
        digest = hashlib.sha256(text.encode()).hexdigest()
        texts = {"note": SourceText(text, digest, Path("note.txt"))} if text else {}
        fresh = subject_of(loaded.briefing, EMPTY, texts).lock_now
        return check(subject_of(loaded.briefing, fresh, texts), whole, "b.toml", choice)

    return run
