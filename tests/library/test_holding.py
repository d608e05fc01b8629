"""Holding a text: kept under its hash, and the quotes written down; whole or not at all."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.briefing import lock
from tui.briefing.lock import LOCK_NAME, LockedQuote, LockedText, QuoteKey
from tui.library import holding
from tui.library.holding import HoldError, hold

TEXT = "A title\n\nThere were seven swans on the pond.\n"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
CLAIM = """
[[claim]]
id = "seven"
by = "book"
text = "Seven."
cite = [{ source = "pond", quote = "seven swans" }]
"""


class Desk:
    """A briefing with one source, a text for it, and a folder for held texts."""

    def __init__(self, folder: Path, tiny: Callable[..., str]) -> None:
        self.path = folder / "content" / "tiny" / "briefing.toml"
        self.path.parent.mkdir(parents=True)
        self.held = folder / "data" / "held"
        self.file = folder / "text.txt"
        self.lock = self.path.parent / LOCK_NAME
        self._tiny = tiny
        self.write(f'sha256 = "{SHA256}"')
        self.file.write_text(TEXT, encoding="utf-8")

    def write(self, keys: str) -> None:
        """Write the briefing with these keys in its source."""
        source = f'[[source]]\nid = "pond"\ntitle = "A title"\ntype = "book"\nreliability = "B"\n{keys}\n'
        self.path.write_text(self._tiny(source + CLAIM), encoding="utf-8")

    def hold(self, source: str | None = "pond") -> list[str]:
        """Hold the text of the source, or write the lock alone."""
        return list(hold(self.path, self.held, source, self.file if source else None))

    def refused(self, source: str | None = "pond") -> str:
        """Hold the text and give why that failed."""
        with pytest.raises(HoldError) as caught:
            self.hold(source)
        return str(caught.value)

    def files(self) -> set[str]:
        """Name all files beside the briefing and among the held texts."""
        return {path.name for folder in (self.path.parent, self.held) if folder.exists() for path in folder.iterdir()}


@pytest.fixture
def desk(tmp_path: Path, tiny: Callable[..., str]) -> Desk:
    """Give a briefing whose source names the hash of a text."""
    return Desk(tmp_path, tiny)


def test_the_right_text_is_kept_under_its_hash_and_its_quotes_are_locked(desk: Desk) -> None:
    said = desk.hold()
    assert [f"Held the text of pond as {SHA256}.txt.", "sources.lock: 1 quotes found; texts held or locked: 1."] == said
    assert TEXT.encode() == (desk.held / f"{SHA256}.txt").read_bytes()
    start = TEXT.index("seven swans")
    expected = lock.Lock(
        {"pond": LockedText(SHA256, len(TEXT), 1)},
        {QuoteKey("pond", "seven swans"): LockedQuote(1, start, start + len("seven swans"))},
    )
    assert expected == lock.read(desk.lock)


def test_holding_again_changes_nothing(desk: Desk) -> None:
    desk.hold()
    before = desk.lock.read_bytes()
    desk.hold()
    assert before == desk.lock.read_bytes()
    assert {"briefing.toml", LOCK_NAME, f"{SHA256}.txt"} == desk.files()


def test_held_texts_are_the_readers_alone(desk: Desk) -> None:
    desk.hold()
    assert desk.held.stat().st_mode & 0o777 == 0o700


def test_a_text_of_another_hash_is_refused_and_both_are_told(desk: Desk) -> None:
    desk.file.write_text("Other words.\n", encoding="utf-8")
    other = hashlib.sha256(b"Other words.\n").hexdigest()
    expected = f"{desk.file}: its sha256 is {other}, the source 'pond' names {SHA256}; give that text"
    assert expected == desk.refused()
    assert {"briefing.toml"} == desk.files()


def test_a_source_without_a_hash_is_told_the_line_to_add(desk: Desk) -> None:
    desk.write("")
    assert f"the source 'pond' names no text yet; add to it: sha256 = \"{SHA256}\"" == desk.refused()


def test_an_unknown_source_is_told_the_known_ones(desk: Desk) -> None:
    assert "there is no source 'pnod'; the sources are: pond" == desk.refused("pnod")


def test_a_text_that_is_not_utf8_is_refused(desk: Desk) -> None:
    desk.file.write_bytes(b"caf\xe9")
    assert f"{desk.file}: is not UTF-8; save it as UTF-8" == desk.refused()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda _path: None, "there is no such file; check its name"),
        (lambda path: path.mkdir(), "is a folder; put a regular file there"),
        (os.mkfifo, "is a FIFO; put a regular file there"),
    ],
    ids=["missing", "folder", "fifo"],
)
def test_a_text_that_is_no_file_is_refused(desk: Desk, make: Callable[[Path], object], reason: str) -> None:
    desk.file.unlink()
    make(desk.file)
    assert f"{desk.file}: {reason}" == desk.refused()


def test_every_problem_of_a_broken_briefing_is_told(desk: Desk) -> None:
    desk.write('sha256 = 1\ncolour = "red"')
    assert len(desk.refused().splitlines()) == 2
    assert {"briefing.toml"} == desk.files()


def test_the_lock_alone_is_written_without_a_source(desk: Desk) -> None:
    desk.held.mkdir(parents=True)
    (desk.held / f"{SHA256}.txt").write_text(TEXT, encoding="utf-8")
    assert ["sources.lock: 1 quotes found; texts held or locked: 1."] == desk.hold(None)
    assert {"pond"} == lock.read(desk.lock).texts.keys()


def test_what_was_locked_stays_while_the_text_is_away(desk: Desk) -> None:
    desk.hold()
    before = lock.read(desk.lock)
    (desk.held / f"{SHA256}.txt").unlink()
    desk.hold(None)
    assert before == lock.read(desk.lock)


def test_a_held_text_that_changed_is_told_and_not_locked(desk: Desk) -> None:
    desk.write(f'sha256 = "{SHA256}"\nheld = "pond.txt"')
    held = desk.path.parent / "held" / "pond.txt"
    held.parent.mkdir()
    held.write_text("Other words.\n", encoding="utf-8")
    other = hashlib.sha256(b"Other words.\n").hexdigest()
    last = f"pond: the text held has sha256 {other}, the briefing names {SHA256}; it was not locked."
    assert last == desk.hold(None)[-1]
    assert lock.EMPTY == lock.read(desk.lock)


def test_a_folder_of_held_texts_that_cannot_be_made_is_told(desk: Desk) -> None:
    desk.held.parent.write_text("a file in the way", encoding="utf-8")
    assert f"{desk.held}: cannot be made: Not a directory" == desk.refused()


def test_a_briefing_folder_that_cannot_be_written_is_told(
    tiny: Callable[..., str], public_folder: Path, without_rights: Callable[[], None]
) -> None:
    desk = Desk(public_folder, tiny)
    desk.lock.write_text("the old lock", encoding="utf-8")
    desk.path.parent.chmod(0o555)
    without_rights()
    assert f"{desk.lock}: cannot be written: Permission denied" == desk.refused()
    assert "the old lock" == desk.lock.read_text(encoding="utf-8")
    assert {"briefing.toml", LOCK_NAME, f"{SHA256}.txt"} == desk.files()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_the_lock_is_written_whole_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A disk that fills up leaves the old lock and no scraps."""
    desk.hold()
    before = desk.lock.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(holding.os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    assert f"{desk.lock}: cannot be written: No space left on device" == desk.refused(None)
    assert before == desk.lock.read_bytes()
    assert {"briefing.toml", LOCK_NAME, f"{SHA256}.txt"} == desk.files()
