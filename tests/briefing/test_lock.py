"""``sources.lock``: written to be read again, and worth nothing where it is damaged."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing import lock
from tui.briefing.characters import FORBIDDEN
from tui.briefing.lock import EMPTY, Lock, LockedQuote, LockedText, QuoteKey, UnreadableLockError

LOCK = Lock(
    {"b": LockedText("b" * 64, 20, 2), "a": LockedText("a" * 64, 10, 1)},
    {
        QuoteKey("b", "later"): LockedQuote(1, 9, 14),
        QuoteKey("b", "earlier", "pre", "suf"): LockedQuote(1, 2, 9),
        QuoteKey("a", 'with "quotes"\nand \\'): LockedQuote(0, 0, 18),
    },
)


def read(tmp_path: Path, text: str | bytes) -> Lock:
    path = tmp_path / "sources.lock"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return lock.read(path)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    assert read(tmp_path, lock.written(LOCK)) == LOCK


def test_it_is_written_sorted(tmp_path: Path) -> None:
    """By source, then by place, whatever the order in memory: a revision shows as a small difference."""
    shuffled = Lock(dict(reversed(LOCK.texts.items())), dict(reversed(LOCK.quotes.items())))

    text = lock.written(LOCK)

    assert text == lock.written(shuffled)
    assert [line for line in text.splitlines() if line.startswith(("source =", "quote ="))] == [
        'source = "a"',
        'source = "b"',
        'source = "a"',
        'quote = "with \\"quotes\\"\\nand \\\\"',
        'source = "b"',
        'quote = "earlier"',
        'source = "b"',
        'quote = "later"',
    ]
    assert text == lock.written(read(tmp_path, text))


def test_the_empty_lock(tmp_path: Path) -> None:
    assert read(tmp_path, lock.written(EMPTY)) == EMPTY
    assert lock.written(EMPTY).startswith("# Written by `briefing hold`; do not edit.")


def test_a_lock_that_is_not_there(tmp_path: Path) -> None:
    assert lock.read(tmp_path / "sources.lock") == EMPTY


@pytest.mark.parametrize(
    "damaged",
    [
        b"\xff",
        "[[text",
        "x = " + "[" * 10_000,
        "x = " + "1" * 5000,
        "text = 3",
        "text = [3]",
        "[text]\nsource = 3",
        '[[text]]\nsource = "a"',
        '[[text]]\nsource = ["a"]\nsha256 = "x"\nlength = 1\nparagraphs = 1',
        '[[text]]\nsource = "a"\nsha256 = "x"\nlength = "1"\nparagraphs = 1',
        '[[text]]\nsource = "a"\nsha256 = "x"\nlength = 1\nparagraphs = 1\n[[quote]]\nsource = "a"\nquote = "x"',
        "text = []\nquote = [3]",
        "text = []\nquote = 3",
        'text = []\n[[quote]]\nsource = "a"\nquote = "x"\nparagraph = 1\nstart = 1.5\nend = 2',
        "text = []\n[[quote]]\nsource = 'a'\nquote = {}\nparagraph = 1\nstart = 1\nend = 2",
    ],
)
def test_a_damaged_lock_is_no_empty_one(tmp_path: Path, damaged: str | bytes) -> None:
    """What it vouches for is not known, and so it is told with its place where it has one."""
    with pytest.raises(UnreadableLockError) as caught:
        read(tmp_path, damaged)

    said = str(caught.value.problem("x/sources.lock"))
    assert said.startswith("x/sources.lock:")
    assert "sources.lock cannot be read: " in said
    assert said.endswith("let briefing hold write it anew")


@pytest.mark.parametrize("target", ["nowhere", "sources.lock"])
def test_a_link_to_no_lock_is_no_empty_one(tmp_path: Path, target: str) -> None:
    (tmp_path / "sources.lock").symlink_to(target)

    with pytest.raises(UnreadableLockError):
        lock.read(tmp_path / "sources.lock")


@pytest.mark.parametrize("table", ["text", "quote"])
def test_a_lock_that_was_merged_by_lines_is_no_lock(tmp_path: Path, table: str) -> None:
    """Of two texts of one source, nobody knows whose the quotes are."""
    head, *tables = lock.written(LOCK).split("\n[[")

    with pytest.raises(UnreadableLockError, match="it records a text or a quote twice"):
        read(tmp_path, "\n[[".join([head, *tables, next(one for one in tables if one.startswith(table))]) + "\n")


def test_a_lock_that_may_not_be_read_is_no_empty_one(tmp_path: Path) -> None:
    (tmp_path / "sources.lock").mkdir()

    with pytest.raises(UnreadableLockError, match="is a folder"):
        lock.read(tmp_path / "sources.lock")


def test_a_lock_that_was_cut_off(tmp_path: Path) -> None:
    """Any beginning of a lock says nothing else than the whole, or that it cannot be read."""
    text = lock.written(LOCK)

    for end in range(len(text)):
        with contextlib.suppress(UnreadableLockError):
            found = read(tmp_path, text[:end])
            assert found.texts.items() <= LOCK.texts.items()
            assert found.quotes.items() <= LOCK.quotes.items()


PHRASES = st.text(min_size=1, max_size=30).filter(lambda text: not FORBIDDEN.search(text))


@given(
    st.dictionaries(PHRASES, st.builds(LockedText, PHRASES, st.integers(0, 10**9), st.integers(0, 999)), max_size=3),
    st.dictionaries(
        st.builds(QuoteKey, PHRASES, PHRASES, PHRASES | st.just(""), PHRASES | st.just("")),
        st.builds(LockedQuote, st.integers(0, 99), st.integers(0, 999), st.integers(0, 999)),
        max_size=4,
    ),
)
def test_any_lock_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, LockedText], quotes: dict[QuoteKey, LockedQuote]
) -> None:
    """Whatever the loader lets pass, a lock can hold."""
    written = lock.written(Lock(texts, quotes))
    path = tmp_path_factory.getbasetemp() / "any.lock"
    path.write_text(written, encoding="utf-8", newline="\n")

    assert lock.read(path) == Lock(texts, quotes)
