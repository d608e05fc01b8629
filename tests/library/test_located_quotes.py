"""Writing down where quotes stand."""

from pathlib import Path

from tui.briefing.loader import load_file
from tui.briefing.lock import EMPTY, Lock, LockedQuote, LockedText, QuoteKey
from tui.library import source_texts
from tui.library.compiling import compile_file
from tui.library.located_quotes import lock_for
from tui.library.source_texts import SourceText


def lock_of(folder: Path, before: Lock = EMPTY, *, with_text: bool = True) -> Lock:
    """Lock the made-up briefing."""
    briefing = load_file(folder / "briefing.toml").briefing
    assert briefing is not None
    title = next(source.title for source in briefing.source if source.id == "pond")
    text = source_texts.read(folder / "held" / "pond.txt", title)
    assert text is not None
    return lock_for(briefing, before, {"pond": text} if with_text else {})


def test_exact_quotes_are_locked_with_their_places(sample_folder: Path) -> None:
    """In the text that carries them; what is missing or ambiguous is not."""
    locked = lock_of(sample_folder)

    assert list(locked.texts) == ["pond"]
    assert locked.texts["pond"].paragraphs == 3
    assert {key.quote: place.paragraph for key, place in locked.quotes.items()} == {
        "seven swans": 1,
        "The swans were white": 1,
        "I saw eleven swans": 3,
        "swans on the": 1,
        "some said": 2,
        "Nobody counted the geese": 2,
    }
    assert {key.source for key in locked.quotes} == {"pond"}


def test_the_offsets_are_those_of_the_words(sample_folder: Path) -> None:
    text = (sample_folder / "held" / "pond.txt").read_text(encoding="utf-8")

    for key, place in lock_of(sample_folder).quotes.items():
        assert text[place.start : place.end] == key.quote


def test_what_is_not_held_stays_as_it_was(sample_folder: Path) -> None:
    """Somebody held it once, and the lock still says so."""
    before = Lock(
        {"stray": LockedText("0" * 64, 9, 2), "gone": LockedText("1" * 64, 9, 2)},
        {QuoteKey("stray", "x"): LockedQuote(1, 0, 1), QuoteKey("gone", "y"): LockedQuote(1, 0, 1)},
    )

    locked = lock_of(sample_folder, before)

    assert locked.texts["stray"] == before.texts["stray"]
    assert locked.quotes[QuoteKey("stray", "x")] == LockedQuote(1, 0, 1)
    assert "gone" not in locked.texts
    assert QuoteKey("gone", "y") not in locked.quotes


def test_what_was_locked_of_a_held_text_is_made_anew(sample_folder: Path) -> None:
    before = Lock({"pond": LockedText("0" * 64, 1, 1)}, {QuoteKey("pond", "old"): LockedQuote(1, 0, 3)})

    assert lock_of(sample_folder, before) == lock_of(sample_folder)


def test_locking_again_changes_nothing(sample_folder: Path) -> None:
    locked = lock_of(sample_folder)

    assert lock_of(sample_folder, locked) == locked
    assert lock_of(sample_folder, locked, with_text=False) == locked


def test_a_text_other_than_the_one_named_is_not_locked(sample_folder: Path) -> None:
    """Its hash is not the one that the briefing asks for."""
    briefing = load_file(sample_folder / "briefing.toml").briefing
    assert briefing is not None

    assert lock_for(briefing, EMPTY, {"pond": SourceText("seven swans", "f" * 64, Path("x"))}) == EMPTY


def test_a_lock_makes_later_changes_visible(sample_folder: Path) -> None:
    """What was locked exact is exact when it is opened."""
    opened = compile_file(sample_folder / "briefing.toml", sample_folder)

    assert opened.edition is not None
    assert {note.state for entry in opened.edition.entries for note in entry.notes} == {
        "exact", "moved", "changed", "ambiguous", "not-held", "unlisted",
    }  # fmt: skip


class TestHeld:
    def test_the_briefings_own_file_comes_first(self, tmp_path: Path) -> None:
        paths = source_texts.candidates(tmp_path / "b", tmp_path / "user", "a.txt", "f" * 64)

        assert paths == (
            (tmp_path / "b" / "held" / "a.txt").resolve(),
            (tmp_path / "b" / "held" / f"{'f' * 64}.txt").resolve(),
            tmp_path / "user" / f"{'f' * 64}.txt",
        )
        assert source_texts.candidates(tmp_path, tmp_path, None, None) == ()

    def test_a_name_that_leaves_its_folder_holds_nothing(self, tmp_path: Path) -> None:
        assert source_texts.candidates(tmp_path, tmp_path, "../a.txt", None) == ()

    def test_a_link_named_by_hash_that_leaves_holds_nothing(self, tmp_path: Path) -> None:
        """A briefing does not reach the reader's own files by a link with a hash for a name."""
        (tmp_path / "held").mkdir()
        (tmp_path / "held" / f"{'f' * 64}.txt").symlink_to("/etc/passwd")

        paths = source_texts.candidates(tmp_path, tmp_path / "user", None, "f" * 64)

        assert paths == (tmp_path / "user" / f"{'f' * 64}.txt",)

    def test_the_first_that_can_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "bad").write_bytes(b"\xff")
        (tmp_path / "good").write_text("text")

        found = source_texts.find((tmp_path / "none", tmp_path / "bad", tmp_path / "good"))

        assert found is not None
        assert (found.text, found.path) == ("text", tmp_path / "good")
        assert source_texts.find(()) is None
