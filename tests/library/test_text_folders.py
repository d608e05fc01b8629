"""Source texts in folders of others: found by hash, hashed once, bounded, and gone when they are deleted."""

import hashlib
import json
import os
import shutil
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import HEADER
from tests.unprivileged import bound_by_permissions
from tui.briefing.files import MAX_HELD_BYTES
from tui.library import text_folders, text_scans
from tui.library.catalogue import Catalogue
from tui.library.stamps import unchanged
from tui.library.text_folders import PACKAGES, TextFolders, package_folders, samples_to_install, user_texts
from tui.search.index.library_index import SearchIndex
from tui.search.query import parse
from tui.search.run import search

WORDS = "Seven swans were seen.\n"
HASH = hashlib.sha256(WORDS.encode()).hexdigest()
BRIEFING = f"""{HEADER}
[[source]]
id = "book"
title = "The pond book"
type = "book"
sha256 = "{HASH}"
[[claim]]
id = "seven"
text = "The book tells of seven swans."
cite = [{{ source = "book", quote = "Seven swans" }}]
"""


class Place:
    """A folder with texts, a cache, and a briefing that names a text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "texts"
        self.folder.mkdir()
        self.cache = folder / "cache"
        self.briefing = folder / "content" / "tiny" / "briefing.toml"
        self.briefing.parent.mkdir(parents=True)
        self.briefing.write_text(BRIEFING, encoding="utf-8")

    def put(self, name: str = "book.txt", words: str = WORDS) -> Path:
        """Put a text into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
        return path

    def texts(self, *, stored: bool = True) -> TextFolders:
        """Return the folders as another process would see them."""
        return TextFolders([self.folder], self.cache if stored else None)

    def catalogue(self) -> Catalogue:
        """Return a catalogue as another process would open it."""
        root = self.briefing.parents[1]
        return Catalogue(self.cache / "library.sqlite", [root], root / "nothing", (), self.texts())


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return an empty folder of texts."""
    return Place(tmp_path)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record which files are hashed by scans."""
    names: list[str] = []
    real = text_scans.hash_of

    def record(name: str) -> str:
        names.append(Path(name).name)
        return real(name)

    monkeypatch.setattr(text_scans, "hash_of", record)
    return names


@pytest.fixture
def always_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each look be one that also finds what changed in its place."""
    monkeypatch.setattr(text_folders, "IN_PLACE", 0.0)


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record which folders are scanned."""
    names: list[str] = []
    real = text_scans.scan

    def record(root: Path, known: Mapping[str, tuple[str, str]]) -> text_scans.Scan:
        names.append(root.name)
        return real(root, known)

    monkeypatch.setattr(text_folders, "scan", record)
    return names


def held(catalogue: Catalogue, place: Place) -> tuple[str, str]:
    """Return the file of the source's text and the state of its quote."""
    volume = catalogue.open(place.briefing).volume
    assert volume
    text = volume.text_of(volume.sources["book"])
    assert (text is not None) == bool(volume.sources["book"].held)
    return Path(volume.sources["book"].held).name, volume.entries["seven"].notes[0].state


class TestLookUp:
    @pytest.mark.parametrize("name", ["book.txt", "no suffix", "deep/er/still/ü.md"])
    def test_a_text_is_found_by_its_hash_whatever_it_is_called(self, place: Place, name: str) -> None:
        path = place.put(name)
        text, inputs = place.texts().look_up(HASH, "The pond book")
        assert text
        assert (text.text, text.sha256, text.path, text.title) == (WORDS, HASH, path, "The pond book")
        assert list(inputs) == [str(path)]

    def test_another_text_and_no_hash_are_not_found(self, place: Place) -> None:
        place.put(words="Eleven swans.\n")
        assert place.texts().look_up(HASH).text is None
        assert place.texts().look_up(None) == (None, {})

    def test_the_second_folder_is_looked_into_too(self, place: Place, tmp_path: Path) -> None:
        place.put()
        assert TextFolders([tmp_path / "missing", place.folder]).look_up(HASH).text

    def test_nothing_is_written_into_the_folder(self, place: Place) -> None:
        place.put()
        before = {path: path.stat() for path in (place.folder, *place.folder.rglob("*"))}
        place.texts().look_up(HASH)
        assert [path.name for path in place.folder.iterdir()] == ["book.txt"]
        assert {path: path.stat().st_mtime_ns for path in before} == {
            path: status.st_mtime_ns for path, status in before.items()
        }


class TestIndex:
    def test_a_file_is_hashed_once_also_by_the_next_process(self, place: Place, hashed: list[str]) -> None:
        place.put()
        place.put("other.txt", "Geese.\n")
        for _ in range(3):
            assert place.texts().look_up(HASH).text
            place.texts().refresh()
        assert sorted(hashed) == ["book.txt", "other.txt"]

    @pytest.mark.usefixtures("always_due")
    def test_size_and_time_decide_whether_it_is_hashed_again(self, place: Place, hashed: list[str]) -> None:
        path = place.put(words="Eleven swans were seen, and some geese.\n")
        place.put("other.txt", "Geese.\n")
        texts = place.texts()
        texts.refresh()
        hashed.clear()
        place.put()
        os.utime(path, ns=(1, 1))
        texts.refresh()
        assert hashed == ["book.txt"]
        assert texts.look_up(HASH).text

    def test_folders_that_have_not_changed_are_not_scanned_each_time(
        self, place: Place, scans: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = place.put("deep/book.txt", "Not yet.\n")
        texts = place.texts()
        for _ in range(5):
            texts.refresh()
        assert len(scans) == 1
        path.write_text(WORDS, encoding="utf-8")  # no folder tells of this
        texts.refresh()
        assert len(scans) == 1
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + text_folders.IN_PLACE)
        before = texts.stamp
        texts.refresh()
        assert len(scans) == 2
        assert texts.stamp != before
        path.unlink()
        texts.refresh()
        assert len(scans) == 3
        assert texts.look_up(HASH).text is None

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 1, "path": 5}', '{"version": 0}'])
    def test_a_damaged_index_counts_as_absent(self, place: Place, content: str) -> None:
        place.put()
        place.texts().refresh()
        [index] = (place.cache / "texts").iterdir()
        index.write_text(content)
        assert place.texts().look_up(HASH).text

    @pytest.mark.parametrize("key", ["files", "folders", "trouble"])
    def test_an_index_without_a_part_counts_as_absent(self, place: Place, key: str) -> None:
        place.put()
        place.texts().refresh()
        [index] = (place.cache / "texts").iterdir()
        stored = json.loads(index.read_text())
        index.write_text(json.dumps(stored | {key: 5}))
        assert place.texts().look_up(HASH).text

    def test_an_index_that_tells_untruths_shows_no_wrong_text(self, place: Place) -> None:
        path = place.put(words="Something else.\n")
        place.texts().refresh()
        [index] = (place.cache / "texts").iterdir()
        index.write_text(index.read_text().replace(hashlib.sha256(path.read_bytes()).hexdigest(), HASH))
        assert place.texts().look_up(HASH).text is None

    def test_without_a_place_for_the_index_texts_are_found_all_the_same(self, place: Place) -> None:
        place.put()
        assert place.texts(stored=False).look_up(HASH).text
        place.cache.write_text("a file where the folder should be")
        assert place.texts().look_up(HASH).text


class TestHostileFolders:
    def test_links_fifos_sockets_and_large_files_are_left_out_in_one_line(self, place: Place, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "secret.txt").write_text(WORDS)
        (place.folder / "file").symlink_to(outside / "secret.txt")
        (place.folder / "folder").symlink_to(outside)
        (place.folder / "circle").symlink_to(place.folder)
        os.mkfifo(place.folder / "fifo")
        bound = socket.socket(socket.AF_UNIX)
        bound.bind(str(place.folder / "socket"))
        with (place.folder / "huge").open("wb") as file:
            file.truncate(MAX_HELD_BYTES + 1)
        texts = place.texts()
        began = time.monotonic()
        assert texts.look_up(HASH).text is None
        assert time.monotonic() - began < 5
        bound.close()
        said = "left out: 3 links, 2 things that are no files, 1 file above 16 MiB"
        lines = list(texts.news())
        assert len(lines) == 1
        assert lines[0].startswith(f"{place.folder}: left out: ")
        assert sorted(lines[0].partition("left out: ")[2].split(", ")) == sorted(
            said.partition("left out: ")[2].split(", ")
        )
        assert not list(texts.news())

    def test_unreadable_files_and_folders_are_told(self, place: Place) -> None:
        place.put()
        place.put("closed.txt", "Closed.\n").chmod(0)
        place.put("closed/x.txt").parent.chmod(0)
        with bound_by_permissions():
            texts = place.texts()
            assert texts.look_up(HASH).text
        (place.folder / "closed").chmod(0o700)
        assert list(texts.news()) == [f"{place.folder}: left out: 2 unreadable files or folders"]

    def test_a_folder_that_cannot_be_read_is_told(self, place: Place, tmp_path: Path) -> None:
        place.put()
        place.folder.chmod(0)
        with bound_by_permissions():
            texts = place.texts()
            assert texts.look_up(HASH).text is None
        place.folder.chmod(0o700)
        remedy = "mend it, or name another folder"
        assert list(texts.news()) == [f"{place.folder}: cannot be read: permission denied; {remedy}"]
        texts = TextFolders([tmp_path / "missing"])
        texts.refresh()
        assert list(texts.news()) == [f"{tmp_path / 'missing'}: cannot be read: no such file or directory; {remedy}"]

    def test_a_missing_folder_is_told_although_nothing_is_looked_for(self, place: Place, tmp_path: Path) -> None:
        """As when all that is shown is in a cache; also where the folder went after it was read."""
        missing = tmp_path / "missing"
        for _ in range(2):
            [said] = TextFolders([missing], tmp_path / "cache").news()
            assert said.startswith(f"{missing}: cannot be read: no such file or directory")
        place.put()
        TextFolders([place.folder], tmp_path / "cache").refresh()
        assert not list(TextFolders([place.folder], tmp_path / "cache").news())
        shutil.rmtree(place.folder)
        assert list(TextFolders([place.folder], tmp_path / "cache").news())

    def test_names_that_are_no_text_do_no_harm(self, place: Place) -> None:
        (place.folder / os.fsdecode(b"\xff.txt")).write_text(WORDS)
        assert place.texts().look_up(HASH).text
        assert held(place.catalogue(), place)[1] == "exact"
        assert held(place.catalogue(), place)[1] == "exact"

    def test_a_text_that_is_no_utf_8_is_not_found(self, place: Place) -> None:
        data = b"Seven \xff swans"
        (place.folder / "book.txt").write_bytes(data)
        assert place.texts().look_up(hashlib.sha256(data).hexdigest()).text is None

    def test_hidden_files_are_left_alone(self, place: Place, hashed: list[str]) -> None:
        place.put(".git/objects/x")
        place.put(".hidden")
        assert place.texts().look_up(HASH).text is None
        assert not hashed

    def test_a_scan_is_bounded_in_number(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(text_scans, "MOST_FILES", 5)
        for number in range(20):
            place.put(f"{number % 3}/{number}.txt", f"{number}")
        texts = place.texts()
        texts.refresh()
        [said] = texts.news()
        assert said == f"{place.folder}: holds more than 5 files; the rest was left out; name a smaller folder"

    def test_a_scan_is_bounded_in_size(self, place: Place, monkeypatch: pytest.MonkeyPatch, hashed: list[str]) -> None:
        monkeypatch.setattr(text_scans, "MOST_BYTES", 3 << 20)
        for number in range(5):
            place.put(f"{number}.txt", str(number) * (1 << 20))
        texts = place.texts()
        for _ in range(3):  # what was hashed before does not make room for more
            texts.refresh()
        assert hashed == ["0.txt", "1.txt", "2.txt"]
        [said] = texts.news()
        assert said == f"{place.folder}: holds more than 3 MiB; the rest was left out; name a smaller folder"

    def test_a_file_that_changes_while_it_is_read_shows_no_wrong_text(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = place.put()
        real = text_scans.hash_of

        def change(name: str) -> str:
            found = real(name)
            path.write_text(path.read_text() + "And geese.\n")
            return found

        monkeypatch.setattr(text_scans, "hash_of", change)
        assert place.texts().look_up(HASH).text is None


class TestCatalogue:
    def test_a_reader_finds_the_text_and_its_quote(self, place: Place) -> None:
        place.put("some.txt")
        assert held(place.catalogue(), place) == ("some.txt", "exact")

    def test_a_deleted_text_is_gone(self, place: Place) -> None:
        path = place.put()
        catalogue = place.catalogue()
        assert held(catalogue, place)[1] == "exact"
        path.unlink()
        assert held(catalogue, place) == ("", "unlisted")
        assert held(place.catalogue(), place) == ("", "unlisted")

    def test_another_copy_takes_the_place_of_a_deleted_one(self, place: Place) -> None:
        first, _ = place.put("a.txt"), place.put("b/c.txt")
        catalogue = place.catalogue()
        held(catalogue, place)
        first.unlink()
        assert held(catalogue, place) == ("c.txt", "exact")

    def test_a_changed_text_is_gone(self, place: Place) -> None:
        path = place.put()
        catalogue = place.catalogue()
        assert held(catalogue, place)[1] == "exact"
        path.write_text("Seven geese were seen.\n")
        assert held(catalogue, place) == ("", "unlisted")

    @pytest.mark.parametrize("name", ["late.txt", "deep/late.txt"])
    def test_a_text_that_comes_later_is_found(self, place: Place, name: str) -> None:
        (place.folder / "deep").mkdir()
        catalogue = place.catalogue()
        assert held(catalogue, place) == ("", "unlisted")
        place.put(name)
        assert held(catalogue, place) == ("late.txt", "exact")
        assert held(place.catalogue(), place) == ("late.txt", "exact")

    @pytest.mark.usefixtures("always_due")
    def test_a_file_that_becomes_the_text_in_its_place_is_found_after_a_refresh(self, place: Place) -> None:
        place.put(words="Not yet.\n")
        catalogue, other = place.catalogue(), place.catalogue()
        catalogue.refresh()
        assert held(catalogue, place) == ("", "unlisted")
        assert held(other, place) == ("", "unlisted")
        place.put()
        catalogue.refresh()
        assert held(catalogue, place) == ("book.txt", "exact")
        assert held(other, place) == ("book.txt", "exact")

    def test_a_refresh_says_that_texts_have_changed(self, place: Place) -> None:
        catalogue = place.catalogue()
        catalogue.refresh()
        before = catalogue.held_stamp
        assert not catalogue.refresh()
        place.put()
        assert catalogue.refresh()
        assert catalogue.held_stamp != before
        assert not catalogue.refresh()

    def test_a_text_of_the_briefings_own_comes_first(self, place: Place) -> None:
        place.put("elsewhere.txt")
        own = place.briefing.parent / "held" / f"{HASH}.txt"
        own.parent.mkdir()
        own.write_text(WORDS)
        assert held(place.catalogue(), place)[0] == own.name

    def test_a_missing_text_depends_on_the_folders(self, place: Place) -> None:
        inputs = place.catalogue().open(place.briefing).inputs
        assert str(place.folder) in inputs
        assert unchanged(inputs)

    def test_a_missing_folder_stands_for_its_files(self, place: Place) -> None:
        """So a kiosk looks at one place a second, and not at each text that nobody holds."""
        own = place.briefing.parent / "held"
        inputs = place.catalogue().open(place.briefing).inputs
        assert [name for name in inputs if name.startswith(str(own))] == [str(own)]
        own.mkdir()
        assert not unchanged(inputs)
        inputs = place.catalogue().open(place.briefing).inputs
        (own / f"{HASH}.txt").write_text(WORDS)
        assert not unchanged(inputs)

    def test_files_behind_the_one_that_is_found_decide_nothing(self, place: Place) -> None:
        own = place.briefing.parent / "held" / f"{HASH}.txt"
        own.parent.mkdir()
        own.write_text(WORDS)
        inputs = place.catalogue().open(place.briefing).inputs
        assert [name for name in inputs if name.endswith(".txt")] == [str(own)]
        own.unlink()
        assert not unchanged(inputs)


class TestPackages:
    def test_their_folders_are_found_without_an_import(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for package in PACKAGES:
            (tmp_path / package.name / package.folder).mkdir(parents=True)
            (tmp_path / package.name / "__init__.py").write_text("raise RuntimeError\n")
            monkeypatch.delitem(sys.modules, package.name, raising=False)
        monkeypatch.syspath_prepend(tmp_path)
        assert list(package_folders()) == [tmp_path / package.name / package.folder for package in PACKAGES]
        assert not samples_to_install([PACKAGES[0].site])

    def test_without_them_one_command_brings_what_their_sites_have(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for package in PACKAGES:
            monkeypatch.setitem(sys.modules, package.name, None)
        assert not list(package_folders())
        assert samples_to_install(["https://example.org/", None, f"{PACKAGES[0].site}x"]) == (
            "pip install 'briefing-browser[samples]'"
        )
        assert not samples_to_install(["https://example.org/", None])

    def test_a_missing_folder_of_a_package_is_not_told(self, tmp_path: Path) -> None:
        texts = TextFolders(packages=[tmp_path / "missing"])
        texts.refresh()
        assert not list(texts.news())

    def test_the_user_has_his_folders_first(self, place: Place) -> None:
        found = user_texts([place.folder], place.cache)
        assert found.paths[0] == place.folder
        assert found.paths[1:] == tuple(package_folders())


def test_ten_thousand_files_are_looked_at_in_little_time(place: Place) -> None:
    for number in range(2_000):
        (place.folder / f"{number}.txt").write_text(str(number))
    texts = place.texts()
    texts.refresh()
    began = time.process_time()
    texts.refresh()
    assert time.process_time() - began < 0.5
    assert text_folders.NO_FOLDERS.look_up(HASH) == (None, {})


def test_the_search_finds_the_text_until_it_is_deleted(place: Place) -> None:
    catalogue = place.catalogue()
    index = SearchIndex(None)

    def totals() -> tuple[int, int]:
        catalogue.refresh()
        index.update(catalogue)
        answer = search(index, catalogue, parse('"swans were"'))
        return answer.total.number, answer.searched.texts_not_held

    assert totals() == (0, 1)
    path = place.put()
    assert totals() == (1, 0)
    path.unlink()
    assert totals() == (0, 1)
