"""Holding a text: kept under its hash, and the quotes written down; whole or not at all."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.authoring import held_texts
from tui.authoring.errors import AuthoringError
from tui.authoring.extraction import extract as taking
from tui.authoring.held_texts import hold
from tui.briefing import lock
from tui.briefing.files import LOCK_NAME
from tui.briefing.lock import LockedQuote, LockedText, QuoteKey

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

    def hold(self, source: str | None = "pond", *, accept: bool = False) -> list[str]:
        """Hold the text of the source, or write the lock alone."""
        return list(hold(self.path, self.held, source, self.file if source else None, accept=accept))

    def refused(self, source: str | None = "pond") -> str:
        """Hold the text and give why that failed."""
        with pytest.raises(AuthoringError) as caught:
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
    assert [
        f"Held the text of pond as {desk.held / SHA256}.txt.",
        "sources.lock: quotes found: 1; texts held or locked: 1.",
    ] == said
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
    first, *others = desk.refused().splitlines()
    assert f"{desk.file}: its sha256 is {other}, the source 'pond' names {SHA256}; give that text" == first
    assert others == [
        "1 of 1 quotes would be lost with it:",
        "  seven: “seven swans”",
        f"to let the briefing name this text from now on: briefing hold {desk.path} pond {desk.file} --accept",
    ]
    assert {"briefing.toml"} == desk.files()


def test_a_source_without_a_hash_gets_it_and_needs_no_leave(desk: Desk) -> None:
    """Nothing is overridden."""
    desk.write("# kept")
    before = desk.path.read_text(encoding="utf-8")
    assert f'pond: the briefing names this text now, sha256 = "{SHA256}".' in desk.hold()
    assert before.replace("\n# kept", f'\nsha256 = "{SHA256}"\n# kept') == desk.path.read_text(encoding="utf-8")


def test_an_unknown_source_is_told_the_known_ones(desk: Desk) -> None:
    assert "there is no source 'pnod'; did you mean pond?" == desk.refused("pnod")


def test_a_text_that_is_not_utf8_is_refused(desk: Desk) -> None:
    desk.file.write_bytes(b"caf\xe9")
    assert (
        f"{desk.file}: line 1, column 4: the byte 0xE9 is not UTF-8; name the encoding of the file, such as: --encoding windows-1252"
        == desk.refused()
    )


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
    assert ["sources.lock: quotes found: 1; texts held or locked: 1."] == desk.hold(None)
    assert {"pond"} == lock.read(desk.lock).texts.keys()


def test_what_was_locked_stays_while_the_text_is_away(desk: Desk) -> None:
    desk.hold()
    before = lock.read(desk.lock)
    (desk.held / f"{SHA256}.txt").unlink()
    desk.hold(None)
    assert before == lock.read(desk.lock)


def test_only_quotes_of_the_briefing_are_counted_as_found(desk: Desk) -> None:
    """A lock keeps the quotes of a text that is away, also one that the author has changed since."""
    desk.hold()
    (desk.held / f"{SHA256}.txt").unlink()
    desk.path.write_text(desk.path.read_text("utf-8").replace("seven swans", "nine swans"), encoding="utf-8")
    assert desk.hold(None) == [
        "sources.lock: quotes found: 0; texts held or locked: 1.",
        "1 quote of 1 source was never checked: the texts are not held, and sources.lock does not list the quotes.",
    ]


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
    desk.lock.write_text("format = 1 # the old lock\n", encoding="utf-8")
    desk.path.parent.chmod(0o555)
    without_rights()
    assert f"{desk.lock}: cannot be written: Permission denied" == desk.refused()
    assert "format = 1 # the old lock\n" == desk.lock.read_text(encoding="utf-8")
    assert {"briefing.toml", LOCK_NAME, f"{SHA256}.txt"} == desk.files()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_the_lock_is_written_whole_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A disk that fills up leaves the old lock and no scraps."""
    desk.hold()
    before = desk.lock.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr("os.fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    assert f"{desk.lock}: cannot be written: No space left on device" == desk.refused(None)
    assert before == desk.lock.read_bytes()
    assert {"briefing.toml", LOCK_NAME, f"{SHA256}.txt"} == desk.files()


class TestAnotherText:
    """A text that is not the one that the briefing names: refused with what it would lose, or accepted on purpose."""

    OTHER = "A title\n\nOn the pond were Seven swans, or so it was said.\n"

    def other(self, desk: Desk, text: str = OTHER) -> str:
        """Give the source another text; give its hash."""
        desk.file.write_text(text, encoding="utf-8")
        return hashlib.sha256(text.encode()).hexdigest()

    def test_a_lost_quote_is_told_with_its_place_before_and_the_nearest_words(self, desk: Desk) -> None:
        desk.hold()
        self.other(desk)
        assert desk.refused().splitlines()[1:4] == [
            "1 of 1 quotes would be lost with it:",
            "  seven, ¶1 before: “seven swans”",
            "    nearest in the new text, only a suggestion, ¶1: “Seven swans”",
        ]

    def test_a_quote_that_would_stand_twice_is_lost_too(self, desk: Desk) -> None:
        self.other(desk, "seven swans and seven swans\n")
        assert "  seven: “seven swans” (it would stand 2 times)" in desk.refused().splitlines()

    def test_a_text_that_keeps_all_quotes_says_so(self, desk: Desk) -> None:
        self.other(desk, TEXT + "\nMore.\n")
        assert "0 of 1 quotes would be lost with it" in desk.refused().splitlines()

    def test_accepting_writes_the_hash_holds_the_text_and_keeps_the_rest_of_the_file(self, desk: Desk) -> None:
        desk.hold()
        before = desk.path.read_text(encoding="utf-8")
        sha256 = self.other(desk)
        said = desk.hold(accept=True)
        assert f'pond: the briefing names this text now, sha256 = "{sha256}".' == said[1]
        assert "1 of 1 quotes are lost with it:" in said
        assert before.replace(SHA256, sha256) == desk.path.read_text(encoding="utf-8")
        assert f"{sha256}.txt" in desk.files()
        assert {"pond": LockedText(sha256, len(self.OTHER), 1)} == lock.read(desk.lock).texts

    def test_accepting_the_first_text_of_a_source(self, desk: Desk) -> None:
        desk.write("# a comment of its own\n\n# what comes next")
        desk.hold(accept=True)
        written = desk.path.read_text(encoding="utf-8")
        assert "# a comment of its own\n\n# what comes next\n" in written
        assert written.index(SHA256) < written.index("# a comment of its own")
        assert {"pond"} == lock.read(desk.lock).texts.keys()

    def test_a_text_that_the_briefing_publishes_is_not_replaced(self, desk: Desk) -> None:
        desk.write(f'sha256 = "{SHA256}"\nheld = "pond.txt"')
        published = desk.path.parent / "held" / "pond.txt"
        published.parent.mkdir()
        published.write_text(TEXT, encoding="utf-8")
        self.other(desk)
        with pytest.raises(AuthoringError, match=r"lies in held/pond\.txt; put the new text there"):
            desk.hold(accept=True)
        assert TEXT == published.read_text(encoding="utf-8")

    def test_a_broken_disk_leaves_the_briefing_as_it_was(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        before = desk.path.read_bytes()
        self.other(desk)
        monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(AuthoringError, match="No space left"):
            desk.hold(accept=True)
        assert before == desk.path.read_bytes()


class TestOriginals:
    """A page of the web or a PDF: its text is held, and the file itself beside it, each by its hash."""

    PAGE = "<html><body><p>There were seven swans on the pond.</p><script>evil()</script></body></html>"

    def test_the_text_of_a_page_is_held_and_its_original_is_locked(self, desk: Desk) -> None:
        desk.write("")
        desk.file = desk.file.with_suffix(".html")
        desk.file.write_text(self.PAGE, encoding="utf-8")
        said = desk.hold(accept=True)
        original = hashlib.sha256(self.PAGE.encode()).hexdigest()
        locked = lock.read(desk.lock).texts["pond"]
        assert locked.original is not None
        assert (original, "text/html") == (locked.original.sha256, locked.original.type)
        assert locked.original.taken_by.startswith("trafilatura 2.")
        assert self.PAGE == (desk.held / f"{original}.html").read_text(encoding="utf-8")
        assert "There were seven swans on the pond.\n" == (desk.held / f"{locked.sha256}.txt").read_text(
            encoding="utf-8"
        )
        assert any(f"Its original is {original}.html" in line for line in said)

    def test_the_lock_keeps_the_original_when_it_is_written_again(self, desk: Desk) -> None:
        self.test_the_text_of_a_page_is_held_and_its_original_is_locked(desk)
        before = lock.read(desk.lock)
        desk.hold(None)
        assert before == lock.read(desk.lock)

    def test_one_file_whose_text_was_taken_otherwise_is_told_apart_from_another_file(self, desk: Desk) -> None:
        self.test_the_text_of_a_page_is_held_and_its_original_is_locked(desk)
        before = lock.read(desk.lock)
        sha256 = before.texts["pond"].sha256
        other = before.texts["pond"]._replace(sha256=SHA256)
        desk.path.write_text(desk.path.read_text(encoding="utf-8").replace(sha256, SHA256), encoding="utf-8")
        desk.lock.write_text(lock.written(lock.Lock({"pond": other}, {})), encoding="utf-8")
        assert "the file is the one that was held before; its text was taken by trafilatura" in desk.refused()


class TestTakenAgain:
    """A held text never changes by itself, and is taken anew on purpose, with what becomes of the quotes."""

    PAGE = "<html><body><main><p>A first paragraph of the page.</p><p>There were seven swans.</p></main></body></html>"

    @pytest.fixture
    def page(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
        """Hold a page; the function that is returned lets the library take another text from it from then on."""

        def taken_as(text: str, by: str) -> None:
            data = text.encode()
            sha256 = hashlib.sha256(data).hexdigest()

            def take(file: Path, encoding: str = "") -> taking.Taken:
                page = file.read_bytes()
                original = taking.Original(page, "text/html", hashlib.sha256(page).hexdigest(), f"{by}{encoding}")
                return taking.Taken(data, sha256, original)

            monkeypatch.setattr(held_texts, "take", take)

        desk.file = desk.file.with_suffix(".html")
        desk.file.write_text(self.PAGE, encoding="utf-8")
        desk.write("")
        taken_as("One.\n\nThere were seven swans.\n", "library 1")
        desk.hold()
        return taken_as

    def again(self, desk: Desk, file: Path | None = None, *, accept: bool = False) -> list[str]:
        """Take the text anew."""
        return list(hold(desk.path, desk.held, "pond", file, again=True, accept=accept))

    def test_the_same_file_keeps_its_text_whatever_would_be_taken_now(
        self, desk: Desk, page: Callable[[str, str], None]
    ) -> None:
        before = desk.path.read_bytes(), desk.lock.read_bytes(), desk.files()
        page("Another.\n\nOne.\n\nThere were seven swans.\n", "library 2")
        said = desk.hold()
        assert said[0] == (
            "pond: this file was held before, and its text stays as it was taken by library 1; "
            f"to take it again: briefing hold {desk.path} pond --again"
        )
        assert before == (desk.path.read_bytes(), desk.lock.read_bytes(), desk.files())

    def test_quotes_that_move_are_listed(self, desk: Desk, page: Callable[[str, str], None]) -> None:
        page("Another.\n\nOne.\n\nThere were seven swans.\n", "library 2")
        said = self.again(desk)
        assert "0 of 1 quotes are lost with it" in said
        assert ["1 of 1 quotes move:", "  seven: ¶2 → ¶3: “seven swans”"] == said[said.index("1 of 1 quotes move:") :][
            :2
        ]
        text = lock.read(desk.lock).texts["pond"]
        assert text.original is not None
        assert "library 2" == text.original.taken_by
        assert text.sha256 in desk.path.read_text(encoding="utf-8")

    def test_quotes_that_are_lost_are_listed_and_must_be_accepted(
        self, desk: Desk, page: Callable[[str, str], None]
    ) -> None:
        before = desk.path.read_bytes()
        page("One.\n\nThere were six swans.\n", "library 2")
        with pytest.raises(AuthoringError) as caught:
            self.again(desk)
        refused = str(caught.value)
        assert "1 of 1 quotes would be lost with it:\n  seven, ¶2 before: “seven swans”" in refused
        assert refused.endswith("pond --again --accept")
        assert before == desk.path.read_bytes()
        assert "1 of 1 quotes are lost with it:" in self.again(desk, accept=True)

    def test_a_text_that_is_the_same_is_said_to_be(self, desk: Desk, page: Callable[[str, str], None]) -> None:
        page("One.\n\nThere were seven swans.\n", "library 2")
        assert "pond: taken again, the text is the same." in self.again(desk)

    def test_the_encoding_is_the_one_that_was_given(self, desk: Desk, page: Callable[[str, str], None]) -> None:
        page("One.\n\nThere were seven swans.\n", "decoded from ")
        list(hold(desk.path, desk.held, "pond", desk.file, encoding="cp850", again=True))
        said = self.again(desk)
        assert any(line.endswith("it was decoded from cp850.") for line in said)

    def test_a_file_that_is_not_kept_must_be_given(self, desk: Desk, page: Callable[[str, str], None]) -> None:
        page("One.\n\nThere were seven swans.\n", "library 2")
        for original in desk.held.glob("*.html"):
            original.unlink()
        with pytest.raises(
            AuthoringError, match=r"is not kept here as .*; give it: briefing hold ID pond FILE --again"
        ):
            self.again(desk)
        assert "pond: taken again, the text is the same." in self.again(desk, desk.file)

    def test_a_text_that_is_the_file_itself_cannot_be_taken_anew(self, desk: Desk) -> None:
        with pytest.raises(AuthoringError, match="no text of 'pond' was held yet"):
            self.again(desk)
        desk.hold()
        with pytest.raises(AuthoringError, match="is the file itself, byte for byte"):
            self.again(desk)
