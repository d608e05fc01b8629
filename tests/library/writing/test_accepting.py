"""Another text for a source: only its hash changes in the file, or nothing does."""

from collections.abc import Callable

import pytest

from tui.library.writing.accepting import with_sha256

SOURCES = """
# kept
[[source]]
id = "one"  # kept too
type = "book"

# ── the other ──
[[source]]
id = "two"
type = "book"
sha256 = "{old}"
"""
OLD, NEW = "0" * 64, "1" * 64


@pytest.fixture
def text(tiny: Callable[..., str]) -> str:
    """Give a briefing of two sources, one with a hash."""
    return tiny(SOURCES.format(old=OLD))


def test_a_hash_is_replaced_in_its_place(text: str) -> None:
    assert text.replace(OLD, NEW) == with_sha256(text, "two", NEW)


def test_a_hash_is_added_at_the_end_of_its_own_table(text: str) -> None:
    line = f'sha256 = "{NEW}"\n'
    assert text.replace('type = "book"\n\n#', f'type = "book"\n{line}\n#', 1) == with_sha256(text, "one", NEW)


def test_what_cannot_be_done_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="there is no source 'three'"):
        with_sha256(text, "three", NEW)
