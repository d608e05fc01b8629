"""The catalogue: a cache that is never trusted, and never needed."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.library.shelf import Shelf
from tests.unprivileged import bound_by_permissions
from tui.library import catalogue as module
from tui.library import database, known_files
from tui.library.catalogue import Catalogue
from tui.library.stamps import ABSENT, stamp
from tui.library.summaries import counts_of
from tui.library.volume import Volume

Tiny = Callable[..., str]
_TICK = 0.01
"""Seconds within which two changes of a file may have one time."""
CLAIM = '[[claim]]\nid = "a"\nby = "x"\ntext = "{}"\n'


@pytest.fixture
def shelf(tmp_path: Path, tiny: Tiny) -> Iterator[Shelf]:
    """Give an empty shelf."""
    found = Shelf(tmp_path, tiny)
    yield found
    found.close()


def ids(catalogue: Catalogue) -> list[str]:
    """Give the ids of all rows, in their order."""
    return [row.id for row in catalogue.rows(0, 1000)]


class TestRefresh:
    def test_new_folders_are_found(self, shelf: Shelf) -> None:
        shelf.put("one")
        catalogue = shelf.open()

        assert catalogue.refresh()
        assert ids(catalogue) == ["one"]
        assert catalogue.count() == 1

    def test_the_newest_file_tells_how_old_the_library_is(self, shelf: Shelf) -> None:
        catalogue = shelf.open()
        catalogue.refresh()
        assert catalogue.newest() is None
        for name, moment in (("one", 2_000_000_000.25), ("two", 1_000_000_000.0)):
            os.utime(shelf.put(name), (moment, moment))
        catalogue.refresh()
        assert catalogue.newest() == pytest.approx(2_000_000_000.25, abs=0.001)

    def test_nothing_new_is_nothing_done(self, shelf: Shelf) -> None:
        shelf.put("one")
        catalogue = shelf.open()
        catalogue.refresh()

        assert not catalogue.refresh(lambda _done, _all: pytest.fail("nothing is to be compiled"))

    def test_a_content_folder_inside_another_keeps_its_briefings(self, shelf: Shelf) -> None:
        shelf.put("one")
        shelf.put("inner/two", id="two")
        shelf.put("inner/three", id="three")
        catalogue = shelf.open(None, shelf.root, shelf.root / "inner")

        for _ in range(3):
            catalogue.refresh()
            assert sorted(ids(catalogue)) == ["one", "three", "two"]
        assert not catalogue.refresh(lambda _done, _all: pytest.fail("nothing is to be compiled"))

    def test_changed_folders_are_compiled_anew(self, shelf: Shelf) -> None:
        shelf.put("one", title="Before")
        shelf.put("two")
        catalogue = shelf.open()
        catalogue.refresh()
        shelf.put("one", title="After and longer")
        told: list[tuple[int, int]] = []

        def progress(done: int, number: int) -> bool:
            told.append((done, number))
            return True

        assert catalogue.refresh(progress)
        assert told == [(1, 1)]
        assert {row.title for row in catalogue.rows(0, 9)} == {"After and longer", "A tiny briefing"}

    def test_removed_folders_are_forgotten(self, shelf: Shelf) -> None:
        path = shelf.put("one")
        catalogue = shelf.open()
        catalogue.refresh()
        shutil.rmtree(path.parent)

        assert catalogue.refresh()
        assert ids(catalogue) == []
        assert catalogue.find("one") is None

    def test_it_can_be_broken_off_and_goes_on_the_next_time(self, shelf: Shelf) -> None:
        for name in ("one", "two", "three"):
            shelf.put(name)
        catalogue = shelf.open()

        assert catalogue.refresh(lambda _done, _all: False)
        assert catalogue.count() == 1
        assert catalogue.refresh()
        assert catalogue.count() == 3

    def test_what_is_no_briefing_is_passed_over(self, shelf: Shelf) -> None:
        shelf.put("one")
        shelf.put(".hidden")
        (shelf.root / "empty").mkdir()
        (shelf.root / "file").touch()
        (shelf.root / "dangling").symlink_to("nowhere")
        catalogue = shelf.open()
        catalogue.refresh()

        assert ids(catalogue) == ["one"]

    def test_a_folder_whose_name_is_no_text_is_passed_over(self, shelf: Shelf) -> None:
        shelf.put("one")
        strange = os.fsencode(shelf.root) + b"/\xff"
        try:
            Path(os.fsdecode(strange)).mkdir()
        except OSError:
            pytest.skip("this file system has no such names")
        shutil.copy(shelf.root / "one" / "briefing.toml", os.fsdecode(strange))
        catalogue = shelf.open()
        catalogue.refresh()

        assert ids(catalogue) == ["one"]
        assert catalogue.open(Path(os.fsdecode(strange)) / "briefing.toml").volume is not None

    def test_a_content_folder_that_is_not_there(self, shelf: Shelf) -> None:
        """That it is not there is news once."""
        catalogue = shelf.open()

        assert catalogue.refresh()
        assert not catalogue.refresh()
        assert catalogue.count() == 0

    def test_several_content_folders(self, shelf: Shelf, tmp_path: Path) -> None:
        """Each catalogue shows its own, though they share one file."""
        shelf.put("one")
        shutil.copytree(shelf.root, tmp_path / "more")
        both, one = shelf.open(None, shelf.root, tmp_path / "more"), shelf.open()
        both.refresh()

        assert both.count() == 2
        assert one.count() == 1
        assert one.refresh(lambda _done, _all: pytest.fail("nothing is to be compiled"))


class TestBroken:
    def test_a_broken_briefing_beside_good_ones(self, shelf: Shelf) -> None:
        """The good ones open, and the broken one is shown with its problems."""
        shelf.put("good")
        shelf.put("broken", "[[claim]]\nid = 3\n")
        catalogue = shelf.open()
        catalogue.refresh()

        rows = {row.id: row for row in catalogue.rows(0, 9)}

        assert rows["good"].problems == ()
        assert [str(problem).partition(";")[0] for problem in rows["broken"].problems] == [
            "content/broken/briefing.toml:8:1: claim[1].text: the key 'text' is missing",
            "content/broken/briefing.toml:8:1: claim[1]: the claim is nobody’s",
            "content/broken/briefing.toml:9:6: claim[1].id: is a number",
        ]
        assert (rows["broken"].title, rows["broken"].counts) == ("broken", {})

    def test_opening_it_gives_its_problems(self, shelf: Shelf) -> None:
        path = shelf.put("broken", "[[claim]]\nid = 3\n")
        result = shelf.open().open(path)

        assert result.volume is None
        assert len(result.problems) == 3

    def test_a_briefing_that_is_mended(self, shelf: Shelf) -> None:
        shelf.put("one", "x = 1\n")
        catalogue = shelf.open()
        catalogue.refresh()
        shelf.put("one")

        assert catalogue.refresh()
        assert catalogue.rows(0, 1)[0].problems == ()

    def test_a_briefing_that_is_broken_later(self, shelf: Shelf) -> None:
        """Its old edition is not shown any more."""
        path = shelf.put("one")
        catalogue = shelf.open()
        catalogue.refresh()
        shelf.put("one", "x = 1\n")

        assert catalogue.open(path).volume is None
        assert catalogue.rows(0, 1)[0].problems != ()

    @pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "fifo"])
    def test_something_else_than_a_file(self, shelf: Shelf, make: Callable[[Path], None]) -> None:
        shelf.put("good")
        (shelf.root / "strange").mkdir()
        make(shelf.root / "strange" / "briefing.toml")
        catalogue = shelf.open()
        catalogue.refresh()

        assert {row.id: len(row.problems) for row in catalogue.rows(0, 9)} == {"good": 0, "strange": 1}

    def test_a_held_text_that_was_missing_and_comes(self, shelf: Shelf) -> None:
        """The briefing is whole again, though its own file did not change."""
        path = shelf.put("one", f'[[source]]\nid = "s"\ntype = "book"\nheld = "a.txt"\nsha256 = "{"0" * 64}"\n')
        catalogue = shelf.open()
        catalogue.refresh()
        assert catalogue.rows(0, 1)[0].problems != ()

        (path.parent / "held").mkdir()
        (path.parent / "held" / "a.txt").write_text("text")

        assert catalogue.refresh()
        assert catalogue.rows(0, 1)[0].problems == ()

    @pytest.mark.parametrize("name", ["briefing.toml", "sources.lock", "held", "held/a.txt", "held/more/b.txt"])
    @pytest.mark.parametrize("how", ["permission", "content"])
    def test_a_file_that_is_damaged_in_place_and_mended(self, shelf: Shelf, name: str, how: str) -> None:
        """Its problem is listed as long as it is there, and not longer: for each file that may break a briefing."""
        sources = "".join(
            f'[[source]]\nid = "{held[-5]}"\ntype = "book"\nheld = "{held}"\nsha256 = "{"0" * 64}"\n'
            for held in ("a.txt", "more/b.txt")
        )
        damaged = shelf.put("one", sources).parent / name
        (shelf.root / "one/held/more").mkdir(parents=True)
        for each in ("held/a.txt", "held/more/b.txt", "sources.lock"):
            (shelf.root / "one" / each).write_text("format = 1\n")
        if how == "content" and damaged.is_dir():
            pytest.skip("a folder has no content of its own")
        catalogue = shelf.open()
        mode, whole = damaged.stat().st_mode, b"" if damaged.is_dir() else damaged.read_bytes()

        def problems() -> int:
            time.sleep(_TICK)
            catalogue.refresh()
            [row] = catalogue.rows(0, 9)
            return len(row.problems)

        with bound_by_permissions():
            found = [problems()]
            damaged.chmod(0) if how == "permission" else damaged.write_bytes(b"\xff" * len(whole))
            found.append(problems())
            damaged.chmod(mode) if how == "permission" else damaged.write_bytes(whole)
            found.append(problems())

        assert [bool(number) for number in found] == [False, True, False]


class TestOpen:
    def test_an_unchanged_briefing_comes_from_the_cache(self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
        path = shelf.put("one", CLAIM.format("t"))
        first = shelf.open().open(path)
        monkeypatch.setattr(Catalogue, "_compile", lambda *_: pytest.fail("it is in the cache"))

        second = shelf.open().open(path)

        assert first.volume is not None
        assert second.volume is not None
        assert first.volume.edition == second.volume.edition
        assert first.inputs == second.inputs

    def test_a_changed_briefing_is_compiled(self, shelf: Shelf) -> None:
        path = shelf.put("one", CLAIM.format("before"))
        catalogue = shelf.open()
        catalogue.open(path)
        shelf.put("one", CLAIM.format("after it"))

        volume = catalogue.open(path).volume

        assert volume is not None
        assert volume.entries["a"].text == "after it"

    @pytest.mark.parametrize("where", ["user", "own"])
    def test_a_held_text_that_appears_and_vanishes(self, shelf: Shelf, where: str) -> None:
        """The quote is checked, and not checked any more."""
        sha = "0" * 64
        source = f'[[source]]\nid = "s"\ntype = "book"\nsha256 = "{sha}"\n'
        cite = '[[claim]]\nid = "a"\ntext = "t"\ncite = [{ source = "s", quote = "swans" }]\n'
        path = shelf.put("one", source + cite)
        folder = shelf.user if where == "user" else path.parent / "held"
        catalogue = shelf.open()

        def state() -> str:
            volume = catalogue.open(path).volume
            assert volume is not None
            return volume.entries["a"].notes[0].state

        assert state() == "unlisted"
        folder.mkdir()
        (folder / f"{sha}.txt").write_text("two swans")
        assert state() == "exact"
        (folder / f"{sha}.txt").unlink()
        assert state() == "unlisted"

    def test_a_lock_that_appears(self, shelf: Shelf) -> None:
        path = shelf.put("one")
        before = shelf.open().open(path).inputs
        (path.parent / "sources.lock").touch()

        assert before[str(path.parent / "sources.lock")] == ABSENT
        assert shelf.open().open(path).inputs != before

    def test_a_briefing_outside_of_every_content_folder(self, shelf: Shelf, tmp_path: Path, tiny: Tiny) -> None:
        """It opens, and is no row of the library."""
        path = tmp_path / "elsewhere" / "briefing.toml"
        path.parent.mkdir()
        path.write_text(tiny("x = 1\n"))
        catalogue = shelf.open()

        assert str(catalogue.open(path).problems[0]).startswith(f"{path}:8:1: ")
        assert catalogue.count() == 0

    def test_a_file_that_is_not_there(self, shelf: Shelf) -> None:
        result = shelf.open().open(shelf.root / "none" / "briefing.toml")

        assert [problem.message for problem in result.problems] == ["there is no such file; check its name"]

    @pytest.mark.parametrize(
        ("column", "value"),
        [("body", "[]"), ("body", "{"), ("body", "null"), ("inputs", "["), ("inputs", "[]"), ("inputs", "3")],
    )
    def test_a_damaged_row_is_compiled_anew(self, shelf: Shelf, column: str, value: str) -> None:
        path = shelf.put("one")
        shelf.open().open(path)
        with sqlite3.connect(shelf.cache) as connection:
            connection.execute(f"UPDATE edition SET {column} = ?", (value,))
        connection.close()

        assert shelf.open().open(path).volume is not None


class TestRows:
    def test_the_newest_come_first_then_by_title(self, shelf: Shelf) -> None:
        shelf.put("a", as_of="2024", title="Z")
        shelf.put("b", as_of="2026-01", title="B")
        shelf.put("c", as_of="2026-01", title="A")
        catalogue = shelf.open()
        catalogue.refresh()

        assert ids(catalogue) == ["c", "b", "a"]

    def test_a_window_of_them(self, shelf: Shelf) -> None:
        for number in range(5):
            shelf.put(f"b{number}", title=f"T{number}")
        catalogue = shelf.open()
        catalogue.refresh()

        assert [row.id for row in catalogue.rows(1, 2)] == ["b1", "b2"]
        assert [row.id for row in catalogue.rows(4, 10)] == ["b4"]
        assert catalogue.rows(5, 10) == ()

    def test_what_a_row_tells(self, shelf: Shelf, sample_folder: Path, sample: Volume) -> None:
        shutil.copytree(sample_folder, shelf.root / "sample")
        catalogue = shelf.open()
        catalogue.refresh()

        (row,) = catalogue.rows(0, 9)

        assert row.path == shelf.root / "sample" / "briefing.toml"
        assert (row.id, row.title, row.as_of) == ("sample", "Swans on a pond", "2026-11-22")
        assert row.digest == sample.edition.digest
        assert row.counts == counts_of(sample.edition) == {
            "background": 1, "claim": 3, "view": 2, "recommendation": 2, "assumption": 2, "question": 1,
            "source": 6, "entity": 2, "conflict": 1,
        }  # fmt: skip


class TestFind:
    def test_by_the_name_of_the_folder(self, shelf: Shelf) -> None:
        """Before anything was refreshed."""
        path = shelf.put("one")

        assert shelf.open().find("one") == path

    def test_by_an_id_that_is_not_the_folders(self, shelf: Shelf) -> None:
        path = shelf.put("folder", id="another")
        catalogue = shelf.open()
        assert catalogue.find("another") is None
        catalogue.refresh()

        assert catalogue.find("another") == path

    @pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../content/one", "x" * 300, "a\x00b", "a\udcff", "none"])
    def test_what_is_no_name_of_one(self, shelf: Shelf, name: str) -> None:
        shelf.put("one")

        assert shelf.open().find(name) is None


class TestCacheFile:
    def fill(self, shelf: Shelf, number: int = 1) -> None:
        """Make a cache of some briefings."""
        for place in range(number):
            shelf.put(f"b{place}", CLAIM.format("x" * 2000))
        catalogue = shelf.open()
        catalogue.refresh()
        catalogue.close()

    def test_it_is_kept(self, shelf: Shelf) -> None:
        self.fill(shelf)

        assert ids(shelf.open()) == ["b0"]

    @pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
    def test_a_damaged_one_is_made_anew(self, shelf: Shelf, content: bytes) -> None:
        self.fill(shelf)
        shelf.cache.write_bytes(content)
        catalogue = shelf.open()

        assert catalogue.refresh()
        assert ids(catalogue) == ["b0"]
        assert ids(shelf.open()) == ["b0"]

    @pytest.mark.parametrize("ask", ["count", "refresh", "rows", "find", "open"])
    def test_one_that_proves_damaged_only_when_read(self, shelf: Shelf, ask: str) -> None:
        """A sound first page says nothing of the others."""
        self.fill(shelf, 40)
        data = shelf.cache.read_bytes()
        shelf.cache.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))
        catalogue = shelf.open()
        path = shelf.root / "b3" / "briefing.toml"

        questions: dict[str, Callable[[], object]] = {
            "count": catalogue.count,
            "refresh": catalogue.refresh,
            "rows": lambda: catalogue.rows(0, 99),
            "find": lambda: catalogue.find("unknown"),
            "open": lambda: catalogue.open(path),
        }
        questions[ask]()

        assert catalogue.open(path).volume is not None
        catalogue.refresh()
        assert catalogue.count() == 40
        assert shelf.open().count() == 40

    def test_one_that_proves_damaged_only_when_written(self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fill(shelf)
        catalogue = shelf.open()

        class Damaged:
            """A connection that finds its file damaged."""

            def __enter__(self) -> None:
                raise sqlite3.DatabaseError

            def __exit__(self, *_: object) -> None:
                """Never come to."""

            def close(self) -> None:
                """Nothing to close."""

        real = catalogue.cache._database  # noqa: SLF001 -- the one that a damaged one takes the place of
        monkeypatch.setattr(catalogue.cache, "_database", Damaged())
        catalogue.cache.write([("SELECT 1", ())])
        real.close()

        assert catalogue.count() == 0
        assert catalogue.refresh()

    def test_one_that_was_cut_off(self, shelf: Shelf) -> None:
        self.fill(shelf, 20)
        os.truncate(shelf.cache, shelf.cache.stat().st_size // 2)
        catalogue = shelf.open()
        catalogue.refresh()
        catalogue.refresh()

        assert catalogue.count() == 20

    def test_another_programs_is_not_kept(self, shelf: Shelf) -> None:
        """Our cache folder is ours."""
        shelf.cache.parent.mkdir()
        connection = sqlite3.connect(shelf.cache)
        connection.executescript("CREATE TABLE briefing (x); PRAGMA user_version = 1;")
        connection.close()
        shelf.put("one")
        catalogue = shelf.open()
        catalogue.refresh()

        assert ids(catalogue) == ["one"]

    def test_one_of_an_older_version_is_made_anew(self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fill(shelf)
        monkeypatch.setattr(module, "VERSION", 99)
        catalogue = shelf.open()

        assert catalogue.count() == 0
        assert catalogue.refresh()
        assert ids(catalogue) == ["b0"]

    def test_a_folder_that_cannot_be_made(self, shelf: Shelf, tmp_path: Path) -> None:
        """A file stands where the folder should: the catalogue lives in memory."""
        (tmp_path / "file").touch()
        shelf.put("one")
        catalogue = shelf.open(tmp_path / "file" / "library.sqlite")
        catalogue.refresh()

        assert ids(catalogue) == ["one"]
        assert (tmp_path / "file").stat().st_size == 0

    def test_a_folder_where_the_file_should_be(self, shelf: Shelf) -> None:
        shelf.cache.mkdir(parents=True)
        shelf.put("one")
        catalogue = shelf.open()
        catalogue.refresh()

        assert ids(catalogue) == ["one"]

    def test_a_folder_that_may_not_be_written(self, shelf: Shelf) -> None:
        shelf.cache.parent.mkdir(mode=0o500)
        shelf.put("one")
        with bound_by_permissions():
            catalogue = shelf.open()
            catalogue.refresh()

        assert ids(catalogue) == ["one"]

    def test_a_damaged_file_that_cannot_be_removed(self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fill(shelf)
        shelf.cache.write_bytes(b"damaged" * 1000)

        def unlink(_self: Path) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "unlink", unlink)
        catalogue = shelf.open()
        catalogue.refresh()

        assert ids(catalogue) == ["b0"]

    def test_a_file_that_is_locked_is_not_waited_for_long(self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
        """Another process that does not let go is no reason not to start."""
        monkeypatch.setattr(database, "_BUSY_MILLISECONDS", 1)
        shelf.put("one")
        shelf.cache.parent.mkdir()
        connection = sqlite3.connect(shelf.cache, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        catalogue = shelf.open()
        catalogue.refresh()
        connection.close()

        assert ids(catalogue) == ["one"]

    def test_a_cache_that_cannot_be_written_now(self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
        """A full disk or a lock of another's: the briefing opens all the same."""
        monkeypatch.setattr(database, "_BUSY_MILLISECONDS", 1)
        path = shelf.put("one")
        catalogue = shelf.open()
        connection = sqlite3.connect(shelf.cache, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")

        assert catalogue.open(path).volume is not None
        assert catalogue.count() == 1
        assert "locked" in catalogue.cache.news()
        assert not catalogue.cache.news()
        connection.close()

    def test_a_closed_one_is_a_mistake_of_ours(self, shelf: Shelf) -> None:
        """Errors other than damage are not taken for it."""
        catalogue = shelf.open()
        catalogue.close()

        with pytest.raises(sqlite3.ProgrammingError):
            catalogue.count()

    def test_two_catalogues_on_one_file(self, shelf: Shelf) -> None:
        """What the one finds, the other shows."""
        shelf.put("one")
        first, second = shelf.open(), shelf.open()
        first.refresh()
        assert ids(second) == ["one"]

        shelf.put("two")
        second.refresh()

        assert sorted(ids(first)) == ["one", "two"]
        assert first.refresh(lambda _done, _all: pytest.fail("nothing is to be compiled"))
        assert not first.refresh()

    def test_another_process_was_faster(self, shelf: Shelf) -> None:
        """Of two that lay out the tables, the second finds them."""
        self.fill(shelf)
        connection = sqlite3.connect(shelf.cache)
        database.make(connection, module.VERSION, module.SCHEMA)
        connection.close()

        assert ids(shelf.open()) == ["b0"]

    def test_none_at_all(self, shelf: Shelf) -> None:
        shelf.put("one")
        catalogue = Catalogue(None, (shelf.root,), shelf.user)
        catalogue.refresh()

        assert ids(catalogue) == ["one"]
        assert not catalogue.cache.news()
        catalogue.close()


def test_a_library_of_300(shelf: Shelf) -> None:
    """Refreshed once, found all, and the second look compiles nothing."""
    for number in range(300):
        shelf.put(f"b{number:03}", CLAIM.format(number), title=f"Title {number:03}")
    catalogue = shelf.open()
    catalogue.refresh()

    assert catalogue.count() == 300
    assert ids(catalogue) == [f"b{number:03}" for number in range(300)]
    assert not shelf.open().refresh()


def test_the_bundled_content_has_no_problem(shelf: Shelf, content: Path) -> None:
    catalogue = shelf.open(None, content)
    catalogue.refresh()

    assert {row.id: row.problems for row in catalogue.rows(0, 99)} == {
        path.parent.name: () for path in content.glob("*/briefing.toml")
    }


def test_a_stamp_tells_whether_a_file_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    before = stamp(tmp_path / "a")
    assert before == stamp(str(tmp_path / "a"))
    (tmp_path / "a").write_text("ab")

    assert before != stamp(tmp_path / "a")
    assert stamp(tmp_path / "none") == ABSENT
    assert stamp("a\x00b") == ABSENT


class TestIdleRefresh:
    """A kiosk looks every second, and mostly nothing has changed."""

    def test_asks_the_disk_for_three_files_of_each_briefing_and_for_little_else(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in "ab":
            shelf.put(name)
        (shelf.root / "briefing.schema.json").write_text("{}")
        catalogue = shelf.open()
        catalogue.refresh()
        catalogue.refresh()
        looked, asked = [], []
        stat, access, ask = os.stat, os.access, database.Cache.ask

        def looking(path: str | Path, **options: Any) -> os.stat_result:
            looked.append(str(path))
            return stat(path, **options)

        def trying(path: str | Path, mode: int, **options: Any) -> bool:
            looked.append(str(path))
            return access(path, mode, **options)

        def asking(cache: database.Cache, *query: Any) -> list[Any]:
            asked.append(query)
            return ask(cache, *query)

        with monkeypatch.context() as patch:
            patch.setattr(os, "stat", looking)
            patch.setattr(os, "access", trying)
            patch.setattr(database.Cache, "ask", asking)
            assert not catalogue.refresh()
        assert len(looked) == 2 + 2 * 3, looked
        assert len(asked) == 1, asked

    def test_sees_what_another_process_wrote(self, shelf: Shelf) -> None:
        shelf.put("a")
        one, two = shelf.open(), shelf.open()
        one.refresh()
        two.refresh()
        assert [two.refresh(), two.refresh()] == [False, False]
        shelf.put("b")
        assert one.refresh()
        assert (two.refresh(), two.count()) == (True, 2)
        shutil.rmtree(shelf.root / "b")
        assert one.refresh()
        assert (two.refresh(), two.count()) == (True, 1)

    def test_keeps_no_rows_of_a_large_library(self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(known_files, "_MOST", 1)
        for name in "ab":
            shelf.put(name)
        catalogue = shelf.open()
        catalogue.refresh()
        assert not catalogue.refresh()
        shelf.touch(shelf.put("b", title="Another"))
        assert catalogue.refresh()

    def test_finds_a_linked_folder_and_no_file(self, shelf: Shelf, tmp_path: Path) -> None:
        shelf.put("a")
        elsewhere = shelf.put("b").parent.rename(tmp_path / "elsewhere")
        (shelf.root / "b").symlink_to(elsewhere)
        (shelf.root / "c").symlink_to(tmp_path / "nowhere")
        (shelf.root / "d").symlink_to(shelf.root / "d")
        catalogue = shelf.open()
        catalogue.refresh()
        assert {row.path.parent.name for row in catalogue.rows(0, 9) if not row.problems} == {"a", "b"}
        assert [row.path.parent.name for row in catalogue.broken()] == ["d"]
