"""The index on disk: updated by what changed alone, and safe against all that can befall a cache."""

import itertools
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tantivy import DocAddress

from tests.search.conftest import Library
from tui.library.catalogue import Catalogue
from tui.search.index.ledger import Ledger, Record
from tui.search.index.library_index import BUSY, DAMAGED, OUTDATED, SearchIndex, index_folder
from tui.search.index.store import Store
from tui.search.index.update import Pace, Update

TOP = Path(__file__).parents[2]


def indexed(library: Library, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Update, and tell which briefings were written."""
    written: list[str] = []
    opened = Catalogue.open

    def spy(catalogue: Catalogue, path: Path) -> object:
        written.append(path.parent.name)
        return opened(catalogue, path)

    library.catalogue.refresh()
    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "open", spy)
        library.index.update(library.catalogue)
    return written


def test_only_what_changed_is_indexed_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        library.claims(name, f"word{name}", "same")
    assert ["a", "b", "c"] == sorted(indexed(library, monkeypatch))
    assert [] == indexed(library, monkeypatch)
    library.claims("b", "another", "same")
    assert ["b"] == indexed(library, monkeypatch)
    assert (3, 0, 1) == tuple(library.search(word).total.number for word in ("same", "wordb", "another"))
    (library.root / "a" / "briefing.toml").unlink()
    assert [] == indexed(library, monkeypatch)
    assert (2, 0) == tuple(library.search(word).total.number for word in ("same", "worda"))
    assert 2 == library.search("same").searched.briefings


def test_one_briefing_is_updated_by_name(library: Library) -> None:
    library.claims("a", "one")
    library.claims("b", "two")
    library.update()
    path = library.claims("b", "three")
    library.catalogue.open(path)
    assert library.index.update(library.catalogue, only=[path])
    assert not library.index.update(library.catalogue, only=[path])
    assert (1, 0, 1) == tuple(library.search(word).total.number for word in ("one", "two", "three"))
    path.unlink()
    library.catalogue.refresh()
    library.index.update(library.catalogue, only=[path])
    assert 0 == library.search("three").total.number


def test_one_briefing_by_name_makes_nothing_complete(library: Library) -> None:
    path = library.claims("a", "one")
    library.update()
    library.claims("b", "two")
    library.catalogue.refresh()
    library.index = SearchIndex(library.index.folder)
    library.index.update(library.catalogue, only=[path])
    assert not library.search("one").searched.complete
    assert 1 == library.search("one").searched.waiting
    library.index.update(library.catalogue)
    library.index.update(library.catalogue, only=[path])
    assert library.search("two").searched.complete


@pytest.mark.parametrize("damaged", [False, True])
def test_one_briefing_by_name_where_there_is_no_index_brings_them_all(library: Library, damaged: bool) -> None:
    path = library.claims("a", "one")
    library.claims("b", "two")
    library.catalogue.refresh()
    if damaged:
        library.update()
        folder = library.index.folder
        assert folder
        (folder / "meta.json").write_text("{}")
        library.index = SearchIndex(folder)
    library.index.update(library.catalogue, only=[path])
    answer = library.search("two")
    assert (1, True) == (answer.total.number, answer.searched.complete)


def test_records_that_are_as_they_should_be_are_not_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        library.claims(name, "same")
    library.update()
    read: list[Record] = []
    one = Ledger.read

    def spy(ledger: Ledger, address: DocAddress) -> Record:
        read.append(record := one(ledger, address))
        return record

    monkeypatch.setattr(Ledger, "read", spy)
    library.update()
    assert [] == read
    library.claims("b", "other")
    (library.root / "c" / "briefing.toml").unlink()
    library.update()
    assert {"b", "c"} == {record.id for record in read}


def test_a_broken_briefing_is_told_of_and_comes_back(library: Library) -> None:
    path = library.claims("a", "one")
    library.claims("b", "two")
    library.update()
    whole = path.read_text()
    path.write_text("format = ")
    library.update()
    searched = library.search("one").searched
    assert (1, ("a",)) == (searched.briefings, searched.unread)
    path.write_text(whole)
    library.update()
    assert (1, ()) == (library.search("one").total.number, library.search("one").searched.unread)


def test_a_text_that_is_held_later_is_searched(library: Library, tmp_path: Path) -> None:
    import hashlib

    text = "A paragraph on geese.\n\nAnother on ducks."
    digest = hashlib.sha256(text.encode()).hexdigest()
    library.put("b", f'[[source]]\nid = "s"\ntitle = "S"\ntype = "book"\nsha256 = "{digest}"\n')
    library.update()
    assert (0, 1) == (library.search("ducks").total.number, library.search("ducks").searched.texts_not_held)
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / f"{digest}.txt").write_text(text)
    library.update()
    assert (1, 0) == (library.search("ducks").total.number, library.search("ducks").searched.texts_not_held)


def test_an_index_is_used_again_by_the_next_process(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.claims("a", "one")
    library.update()
    library.index = SearchIndex(library.index.folder)
    assert 1 == library.search("one").total.number
    assert library.search("one").searched.complete  # it has all that the catalogue has, whoever indexed it
    assert [] == indexed(library, monkeypatch)
    assert library.search("one").searched.complete


def test_it_opens_nothing_before_it_is_asked(library: Library) -> None:
    assert library.index.folder
    assert not library.index.folder.exists()
    assert 0 == library.search("one").total.number
    assert not library.index.folder.exists()


def damaged(data: bytes, how: str) -> bytes | None:
    """Damage a file's content; None takes the file away."""
    return {"cut": data[: len(data) // 2], "empty": b"", "zeros": bytes(len(data)), "gone": None, "more": data + b"x"}[
        how
    ]


@pytest.mark.parametrize("how", ["cut", "empty", "zeros", "gone", "more"])
@pytest.mark.parametrize(
    "which", ["meta.json", ".managed.json", "stamps.json", ".term", ".idx", ".pos", ".fast", ".store"]
)
def test_a_damaged_index_is_built_anew_and_said_so(library: Library, which: str, how: str) -> None:
    library.claims("a", "one")
    library.claims("b", "two")
    library.update()
    folder = library.index.folder
    assert folder
    library.index.close()
    for path in [path for path in folder.iterdir() if path.name.endswith(which)]:
        left = damaged(path.read_bytes(), how)
        if left is None:
            path.unlink()
        else:
            path.write_bytes(left)
    library.index = SearchIndex(folder)
    library.search("one")  # finds nothing or something, and does not fail
    library.update()
    assert (1, 1) == (library.search("one").total.number, library.search("two").total.number)
    assert library.index.trouble in {"", DAMAGED}
    if how in {"cut", "zeros"} and which != "stamps.json":
        assert DAMAGED == library.index.trouble
    library.update()
    assert "" == library.index.trouble


def test_a_foreign_index_is_built_anew(library: Library) -> None:
    import tantivy

    folder = library.index.folder
    assert folder
    folder.mkdir()
    (folder / "somebody").mkdir()
    (folder / "somebody" / "file").write_text("else's")
    tantivy.Index(tantivy.SchemaBuilder().add_text_field("other").build(), str(folder))
    library.claims("a", "one")
    library.update()
    assert (DAMAGED, 1) == (library.index.trouble, library.search("one").total.number)


def test_damage_that_shows_only_while_searching_is_no_failure(library: Library) -> None:
    """A byte in the middle that another program changed: the file's stamp tells."""
    library.claims("a", *[f"one {n}" for n in range(200)])
    library.update()
    folder = library.index.folder
    assert folder
    [path] = folder.glob("*.pos")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    library.index = SearchIndex(folder)
    library.update()
    assert (DAMAGED, 200) == (library.index.trouble, library.search("one").total.number)


def test_an_index_that_fails_while_it_is_searched_is_built_anew(library: Library) -> None:
    """The files vanish behind the back of a process that has none of them open yet."""
    library.claims("a", "one two")
    library.update()
    folder = library.index.folder
    assert folder
    library.index = SearchIndex(folder)
    (folder / "stamps.json").unlink()
    for path in folder.glob("*.pos"):
        path.unlink()
    answer = library.search('"one two"')
    assert (1, True, DAMAGED) == (answer.total.number, answer.searched.complete, library.index.trouble)


def test_a_text_that_somebody_else_names_costs_no_new_index(library: Library, tmp_path: Path) -> None:
    source = f'[[source]]\nid = "s"\ntitle = "Geese"\ntype = "book"\nsha256 = "{"0" * 64}"\n'
    library.put("b", source)
    library.update()
    (tmp_path / "held").mkdir()
    assert library.update()
    assert not library.update()
    assert (1, 1) == (library.search("geese").total.number, library.search("geese").searched.briefings)


def beside(library: Library, patience: float) -> Library:
    """Give the library as another process has it."""
    other = Library.__new__(Library)
    other.__dict__ |= library.__dict__ | {"index": SearchIndex(library.index.folder, patience)}
    return other


def test_the_second_process_waits_for_the_first(library: Library) -> None:
    """It is told how far the first one is, and has everything as soon as that is done."""
    library.claims("a", "one")
    library.update()
    library.claims("b", "two")
    library.catalogue.refresh()
    other = beside(library, 60)
    seen: list[tuple[int, int]] = []
    waiting = threading.Event()

    def progress(done: int, whole: int) -> None:
        seen.append((done, whole))
        waiting.set()

    assert library.index.folder
    with ThreadPoolExecutor() as pool:
        with Store(library.index.folder).writing() as mine:
            assert mine
            updated = pool.submit(other.index.update, library.catalogue, progress)
            assert waiting.wait(10)
            assert (BUSY, 1, 1) == (
                other.index.trouble,
                other.search("one").total.number,
                other.search("one").searched.waiting,
            )
        assert updated.result(20)
    assert (1, 2) == seen[0]
    assert ("", 1, True) == (other.index.trouble, other.search("two").total.number, other.index.complete)


def test_what_another_process_has_done_is_not_done_again(library: Library) -> None:
    library.claims("a", "one")
    library.update()
    other = beside(library, 60)
    assert library.index.folder
    with Store(library.index.folder).writing():
        assert not other.index.update(library.catalogue)
    assert ("", True) == (other.index.trouble, other.index.complete)


def test_a_process_that_does_not_go_on_is_not_waited_for(library: Library) -> None:
    """One that was stopped while it wrote keeps nobody from the whole answer."""
    library.claims("a", "one")
    other = beside(library, 0.1)
    assert library.index.folder
    with Store(library.index.folder).writing():
        library.catalogue.refresh()
        assert other.index.update(library.catalogue)
    assert "makes no progress" in other.index.trouble
    assert (1, True) == (other.search("one").total.number, other.search("one").searched.complete)


def test_who_waits_can_be_told_to_stop(library: Library) -> None:
    library.claims("a", "one")
    library.catalogue.refresh()
    other = beside(library, 60)
    assert library.index.folder
    with Store(library.index.folder).writing():
        assert not other.index.update(library.catalogue, cancelled=lambda: True)
    assert not other.index.complete


@pytest.mark.parametrize(
    ("error", "said"), [(MemoryError(), "not enough memory"), (ValueError("no thread\nbacktrace"), "found: no thread")]
)
def test_an_index_that_cannot_be_built_says_so(
    library: Library, error: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object) -> bool:
        raise error

    monkeypatch.setattr(Update, "run", run)
    library.claims("a", "one")
    assert not library.update()
    assert library.index.trouble.endswith((said, f"{said}."))
    assert not library.index.complete


SCRIPT = """
import sys
from pathlib import Path
from tui.library.catalogue import Catalogue
from tui.search.index.library_index import SearchIndex
from tui.search.query import parse
from tui.search.run import search
root, cache, folder = map(Path, sys.argv[1:4])
catalogue = Catalogue(cache, [root], root / "nothing-held")
catalogue.refresh()
index = SearchIndex(folder)
index.update(catalogue, lambda done, _all: print(done, flush=True))
answer = search(index, catalogue, parse("same"))
print("found", answer.total.number, answer.searched.briefings, index.trouble, flush=True)
"""


def process(library: Library, tmp_path: Path, before: str = "") -> subprocess.Popen[str]:
    """Update and search in a process of its own."""
    arguments = [str(library.root), str(tmp_path / "catalogue.sqlite"), str(library.index.folder)]
    command = [sys.executable, "-c", before + SCRIPT, *arguments]
    return subprocess.Popen(command, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def many(library: Library) -> Library:
    """Give a library of 60 briefings."""
    for number in range(60):
        library.claims(f"b{number:02}", *[f"same words {number} {n}" for n in range(20)])
    library.catalogue.refresh()
    return library


def test_two_processes_at_once(many: Library, tmp_path: Path) -> None:
    running = [process(many, tmp_path) for _ in range(3)]
    for one in running:
        out, err = one.communicate(timeout=60)
        assert 0 == one.returncode, err
        assert "found 1200 60 \n" in out
    many.update()
    answer = many.search("same")
    assert ("", 1200, 60) == (many.index.trouble, answer.total.number, answer.searched.briefings)


@pytest.mark.parametrize("after", [1, 7, 30, 59, 60])
def test_killed_while_it_updates(many: Library, tmp_path: Path, after: int) -> None:
    """Whatever was committed counts, the rest is done by the next; never is a briefing there by halves or twice."""
    with process(many, tmp_path) as one:
        assert one.stdout
        for line in one.stdout:
            if line.split()[:1] == [str(after)]:
                one.send_signal(signal.SIGKILL)
                break
        one.communicate()
    many.search("same")
    many.update()
    assert many.index.trouble in {"", DAMAGED}
    answer = many.search("same")
    assert (1200, 60) == (answer.total.number, answer.searched.briefings)


def test_a_full_disk_is_said_and_searched_in_memory(many: Library, tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: writing fails just so."""
    limit = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
    out, err = process(many, tmp_path, limit).communicate(timeout=60)
    assert "found 1200 60 The cache cannot be kept on disk" in out, err
    many.update()
    assert (1200, 60) == (many.search("same").total.number, many.search("same").searched.briefings)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 4096


def test_a_cache_that_cannot_be_written(
    public_folder: Path, tiny: Callable[..., str], without_rights: Callable[[], None]
) -> None:
    library = Library(public_folder, tiny, public_folder / "locked" / "index")
    library.claims("a", "one")
    library.catalogue.refresh()
    (public_folder / "locked").mkdir(mode=0o555)
    without_rights()
    library.index.update(library.catalogue)
    assert "in memory" in library.index.trouble
    assert 1 == library.search("one").total.number
    assert library.search("one").searched.complete


def test_a_cache_that_cannot_be_written_but_has_everything(
    public_folder: Path, tiny: Callable[..., str], without_rights: Callable[[], None]
) -> None:
    library = Library(public_folder, tiny, public_folder / "index")
    library.claims("a", "one")
    library.update()
    for path in (public_folder / "index", *(public_folder / "index").iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    without_rights()
    library.index = SearchIndex(public_folder / "index")
    library.update()
    assert (1, True) == (library.search("one").total.number, library.search("one").searched.complete)


def test_cancelling_keeps_what_was_committed_and_nothing_by_halves(many: Library) -> None:
    seen: list[tuple[int, int]] = []
    many.index.update(many.catalogue, lambda done, whole: seen.append((done, whole)), lambda: len(seen) > 10)
    assert [(n, 60) for n in range(11)] == seen
    assert not many.index.complete
    assert 0 == many.search("same").total.number % 20
    many.update()
    assert 1200 == many.search("same").total.number


def test_searching_goes_on_while_it_is_updated(many: Library) -> None:
    many.update()
    for number in range(60):
        many.claims(f"b{number:02}", *[f"same words changed {number} {n}" for n in range(20)])
    many.catalogue.refresh()
    thread = threading.Thread(target=many.index.update, args=(many.catalogue,))
    thread.start()
    totals = set()
    while thread.is_alive():
        totals.add(many.search("same").total.number)
        time.sleep(0.005)
    thread.join()
    assert {1200} == totals
    assert 1200 == many.search("changed").total.number


def test_each_set_of_folders_has_its_index(tmp_path: Path) -> None:
    one, other = index_folder(tmp_path, [Path("/a")]), index_folder(tmp_path, [Path("/a"), Path("/b")])
    assert one != other
    assert one == index_folder(tmp_path, [Path("/a")])
    assert index_folder(tmp_path, [Path("/b"), Path("/a")]) == other


def test_an_index_of_an_earlier_version_is_built_anew_and_said_so(library: Library, tmp_path: Path) -> None:
    folder = index_folder(tmp_path / "cache", [library.root])
    earlier = folder.parent.with_name("search-1") / folder.name
    library.claims("a", "one")
    for left in (earlier, folder):
        left.mkdir(parents=True)
        library.index = SearchIndex(folder)
        library.update()
        assert library.index.trouble == (OUTDATED if left is earlier else "")
        assert library.found("one") == ["a#c0"]
        library.update()
        assert library.index.trouble == ""
        shutil.rmtree(folder)
        shutil.rmtree(earlier, ignore_errors=True)


def test_an_index_without_a_folder_is_in_memory(library: Library) -> None:
    library.index = SearchIndex(None)
    library.claims("a", "one")
    library.update()
    assert (1, "", True) == (library.search("one").total.number, library.index.trouble, library.index.complete)
    library.claims("a", "two")
    library.update()
    assert (0, 1) == (library.search("one").total.number, library.search("two").total.number)


def test_nothing_wanted_is_false(library: Library) -> None:
    library.claims("a", "one")
    library.update()
    view = library.index.view()
    assert view
    assert not Update(library.catalogue, lambda _done, _all: None, lambda: False, None).wanted(view.ledger)
    assert os.path.isdir(str(library.index.folder))  # noqa: PTH112 (a string is what is at hand)


def test_commits_come_soon_and_then_at_longer_intervals() -> None:
    """Each leaves files that every search looks into; so they become fewer, and never too few."""
    seconds = map(float, range(400))
    pace = Pace(lambda: next(seconds))
    due = [second for second in range(1, 400) if pace.due()]
    gaps = [after - before for before, after in itertools.pairwise([0, *due])]
    assert gaps[0] < 10
    assert gaps == sorted(gaps)
    assert max(gaps) <= 61
