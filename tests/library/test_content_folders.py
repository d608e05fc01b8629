"""The register: what was removed is gone, what cannot be read is not, and a folder that is away keeps its briefings."""

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.programs import program
from tui.library.catalogue import Catalogue
from tui.library.content_folders import SECOND_SCAN, ScanSchedule, scan_folder, scan_folders
from tui.library.published_catalogue import PublishedCatalogue
from tui.library.stamps import briefing_stamp, list_briefings
from tui.render.search_command import write_answer
from tui.search.facets import facets, listed
from tui.search.index.documents import order_of
from tui.search.index.library_index import SearchIndex
from tui.search.query import parse
from tui.search.run import search
from tui.search.service import WriteRequest
from tui.session.shared import SharedContent

CLAIM = '[[claim]]\nid = "a"\nby = "x"\ntext = "A heron stands there."\n'


class Library:
    """Two content folders with a briefing each, and a catalogue over them."""

    def __init__(self, folder: Path, tiny: Callable[..., str], kind: type[Catalogue]) -> None:
        self.folder, self._tiny = folder, tiny
        self.roots = [folder / "one", folder / "two"]
        self.secret, self.other = self.put(self.roots[0], "secret"), self.put(self.roots[1], "other")
        self.catalogue = kind(folder / "cache" / "library.sqlite", self.roots, folder / "held")
        self.catalogue.refresh()
        self.shared = SharedContent(self.catalogue)
        assert self.shared.open("secret")
        assert self.shared.open("other")
        self.index = SearchIndex(folder / "index")
        self.index.update(self.catalogue)

    def put(self, root: Path, name: str, **header: str) -> Path:
        """Add a briefing."""
        path = root / name / "briefing.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._tiny(CLAIM, **({"id": name} | header)), encoding="utf-8")
        return path

    def seen(self) -> set[str]:
        """Return by which ways the secret briefing is still found, each of which asks the register."""
        catalogue = self.catalogue
        _, lines = write_answer(self.index, catalogue, WriteRequest("heron", "text", 9))
        told = {
            "list": "secret" in {row.id for row in catalogue.rows(0, 99)},
            "ids": "secret" in catalogue.ids(),
            "find": catalogue.find("secret") is not None,
            "open": catalogue.open_named("secret") is not None,
            "held open": self.shared.volume("secret") is not None,
            "id of its file": catalogue.id_of(self.secret) == "secret",
            "search": any("secret" in line for line in lines),
        }
        return {way for way, is_seen in told.items() if is_seen}


WAYS = {"list", "ids", "find", "open", "held open", "id of its file", "search"}


@pytest.fixture(params=[Catalogue, PublishedCatalogue])
def library(request: pytest.FixtureRequest, tmp_path: Path, tiny: Callable[..., str]) -> Iterator[Library]:
    """Give a library, as its author and as strangers have it."""
    found = Library(tmp_path, tiny, request.param)
    assert found.seen() == WAYS
    yield found
    found.catalogue.close()


def remove_folder(library: Library) -> None:
    shutil.rmtree(library.secret.parent)


def remove_file(library: Library) -> None:
    library.secret.unlink()


def rename(library: Library) -> None:
    library.put(library.roots[0], "secret", id="changed")
    library.secret.parent.rename(library.roots[0] / "changed")


def give_another_id(library: Library) -> None:
    library.put(library.roots[0], "secret", id="changed")


def put_another_in_its_place(library: Library) -> None:
    library.put(library.roots[0], "secret", id="other")


def drop_the_folder(library: Library) -> None:
    library.catalogue.change_roots(library.roots[1:])


def delete_the_content_folder(library: Library) -> None:
    shutil.rmtree(library.roots[0])


def rename_the_content_folder(library: Library) -> None:
    library.roots[0].rename(library.folder / "elsewhere")


REMOVALS = (
    remove_folder, remove_file, rename, give_another_id, put_another_in_its_place, drop_the_folder,
    delete_the_content_folder, rename_the_content_folder,
)  # fmt: skip


@pytest.mark.parametrize("remove", REMOVALS, ids=lambda remove: str(remove.__name__))
def test_what_was_taken_away_is_gone_by_every_way(library: Library, remove: Callable[[Library], None]) -> None:
    remove(library)
    assert library.catalogue.refresh()
    assert library.shared.close_gone().gone == ("secret",)
    library.index.update(library.catalogue)
    assert library.seen() == set()
    assert library.catalogue.find("other")
    assert library.shared.volume("other")
    assert not library.catalogue.refresh()


@pytest.mark.parametrize("remove", REMOVALS, ids=lambda remove: str(remove.__name__))
def test_no_hit_of_it_is_shown_before_the_index_has_forgotten_it(
    library: Library, remove: Callable[[Library], None]
) -> None:
    remove(library)
    library.catalogue.refresh()
    _, lines = write_answer(library.index, library.catalogue, WriteRequest("heron", "text", 9))
    assert not [line for line in lines if "secret" in line]


def test_a_start_that_looks_at_nothing_first_finds_it_by_no_way(library: Library) -> None:
    """Whoever opens a briefing by its id has the truth of its file."""
    give_another_id(library)
    assert library.catalogue.open_named("secret") is None
    fresh = type(library.catalogue)(None, library.roots, library.folder / "held")
    assert fresh.open_named("secret") is None
    fresh.close()


def test_a_file_that_is_only_being_written_anew_is_not_gone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    written = library.secret.read_bytes()
    library.secret.unlink()
    waited: list[float] = []

    def write(seconds: float) -> None:
        waited.append(seconds)
        library.secret.write_bytes(written)

    monkeypatch.setattr("time.sleep", write)
    library.catalogue.refresh()
    assert waited == [SECOND_SCAN]
    assert library.shared.close_gone().gone == ()
    assert library.seen() == WAYS


def test_only_what_is_missing_at_both_looks_is_gone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    root, other = library.secret.parents[1], library.secret.parents[1] / "other" / library.secret.name
    known = {str(path): str(root) for path in (library.secret, other)}
    written = library.secret.read_bytes()
    library.secret.unlink()
    monkeypatch.setattr("time.sleep", lambda _seconds: library.secret.write_bytes(written))
    scans, gone = scan_folders([root], known, {})
    assert (str(library.secret) in scans.present, gone) == (True, {str(other)})


def test_a_file_that_is_missing_at_present_writes_nothing_into_the_catalogue(library: Library) -> None:
    """Opening it in this moment neither breaks it for the others nor makes it known."""
    library.secret.unlink()
    assert library.catalogue.open(library.secret).volume is None
    assert library.catalogue.broken() == ()


class TestAway:
    @pytest.mark.parametrize("reason", [errno.EIO, errno.ESTALE, errno.EACCES, errno.ENOTCONN])
    def test_a_folder_that_cannot_be_read_keeps_its_briefings(
        self, library: Library, reason: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.fail(library.roots[0], reason, monkeypatch)
        library.catalogue.refresh()
        assert not library.catalogue.refresh()
        assert library.catalogue.away == {str(library.roots[0]): os.strerror(reason).lower()}
        assert library.shared.close_gone().gone == ()
        assert library.seen() == WAYS
        monkeypatch.undo()
        remove_folder(library)
        library.catalogue.refresh()
        library.shared.close_gone()
        assert library.catalogue.away == {}
        assert library.seen() <= {"search"}

    @staticmethod
    def fail(root: Path, reason: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let a folder with all that is in it fail, as a network file system does that has lost its server."""
        whole = {"scandir": os.scandir, "stat": os.stat}

        def failing(name: str) -> Callable[..., object]:
            def call(path: object, *args: object, **options: object) -> object:
                if isinstance(path, str | Path) and Path(path).is_relative_to(root):
                    raise OSError(reason, os.strerror(reason), str(path))
                return whole[name](path, *args, **options)  # type: ignore[operator]  # two functions of os

            return call

        for name in whole:
            monkeypatch.setattr(os, name, failing(name))

    def test_a_briefing_that_cannot_be_looked_at_is_not_missing(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.fail(library.secret.parent, errno.EACCES, monkeypatch)
        library.catalogue.refresh()
        assert library.catalogue.find("secret") == library.secret
        assert library.shared.close_gone().gone == ()
        monkeypatch.undo()
        library.catalogue.refresh()
        assert library.seen() == WAYS

    @pytest.mark.parametrize("there", ["empty", "deleted", "deleted with the folder above"])
    def test_another_device_in_its_place_is_away_and_the_same_is_not(self, tmp_path: Path, there: str) -> None:
        root = tmp_path / "volume" / "content"
        (root / "one").mkdir(parents=True)
        (root / "one" / "briefing.toml").touch()
        before = scan_folder(root).devices
        assert list(before) == [str(folder) for folder in (root, *root.parents)]
        shutil.rmtree({"empty": root / "one", "deleted": root}.get(there, root.parent))
        assert scan_folder(root, before).away == ""
        assert (
            scan_folder(root, {folder: device + 1 for folder, device in before.items()}).away
            == "its volume is not mounted"
        )

    def test_a_volume_that_is_mounted_again_is_there_under_another_number(self, tmp_path: Path) -> None:
        """A folder with a briefing in it is no empty mount point; what it lacks is gone."""
        (tmp_path / "one").mkdir()
        (tmp_path / "one" / "briefing.toml").touch()
        known = {str(tmp_path / name / "briefing.toml"): str(tmp_path) for name in ("one", "two")}
        devices = {str(tmp_path): {str(tmp_path): 1 + tmp_path.stat().st_dev}}
        scans, gone = scan_folders([tmp_path], known, devices)
        assert scans.away == {}
        assert gone == {str(tmp_path / "two" / "briefing.toml")}

    def test_a_volume_that_is_unmounted(self, tmp_path: Path, tiny: Callable[..., str]) -> None:
        """With real mounts, in a namespace of their own, also for a process that comes meanwhile."""
        program("unshare")
        script = f"""
import subprocess
from pathlib import Path
from tui.library.published_catalogue import PublishedCatalogue
from tui.library.stamps import briefing_stamp, list_briefings
root = Path({str(tmp_path / "volume" / "content")!r})
volume = root.parent
def come():
    found = PublishedCatalogue(Path({str(tmp_path / "cache.sqlite")!r}), [root], volume.parent / "held")
    found.refresh()
    return found
def mount():
    subprocess.run(["mount", "-t", "tmpfs", "none", volume], check=True)
    (root / "tiny").mkdir(parents=True)
volume.mkdir()
mount()
(root / "tiny" / "briefing.toml").write_text({tiny(id="tiny")!r})
first = come()
print("there", first.count(), dict(first.away))
subprocess.run(["umount", volume], check=True)
for catalogue in (first, come()):
    catalogue.refresh()
    print("unmounted", catalogue.count(), bool(catalogue.open_named("tiny").volume), list(catalogue.away.values()))
mount()
(root / "tiny" / "briefing.toml").write_text({tiny(id="other")!r})
first.refresh()
print("mounted again", sorted(first.ids()), dict(first.away))
"""
        done = subprocess.run(
            ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"]), sys.executable, "-c", script],
            cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        if "unshare" in done.stderr or "mount:" in done.stderr:
            pytest.skip(f"no mounts here: {done.stderr.strip()[:80]}")
        away = "unmounted 1 True ['its volume is not mounted']"
        assert done.stdout.splitlines() == ["there 1 {}", away, away, "mounted again ['other'] {}"], done.stderr


def test_a_look_at_all_files_notices_every_change_and_no_other(tmp_path: Path) -> None:
    """The stamps of a folder are those of its briefings, each looked at by itself."""
    folder = tmp_path / "content" / "pond"
    folder.mkdir(parents=True)
    file, lock, held, elsewhere = folder / "briefing.toml", folder / "sources.lock", folder / "held", tmp_path / "lock"

    def told() -> str:
        found = list_briefings(folder.parent).briefings
        assert found == {str(file): briefing_stamp(file)}
        assert found == list_briefings(folder.parent).briefings
        return found[str(file)]

    def another_of_the_same_size_and_time() -> None:
        status = file.stat()
        file.write_text("b")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    def a_copy() -> None:
        shutil.copy2(file, folder / "copy")
        (folder / "copy").replace(file)

    def a_link() -> None:
        elsewhere.write_text("a lock elsewhere")
        lock.symlink_to(elsewhere)

    file.write_text("a")
    seen = [told()]
    changes: list[Callable[[], object]] = [
        another_of_the_same_size_and_time,
        lambda: lock.write_text("a lock"),
        lambda: lock.write_text("a longer lock"),
        lock.unlink,
        held.mkdir,
        lambda: (held / "text.txt").write_text("a text"),
        lambda: (held / "text.txt").write_text("another text"),
        (held / "text.txt").unlink,
        a_copy,
        a_link,
        lambda: elsewhere.write_text("a longer lock elsewhere"),
    ]
    for change in changes:
        time.sleep(0.02)  # a system's clock for files moves by steps
        change()
        seen.append(told())
        assert seen[-1] != seen[-2], change
    (folder / "notes.txt").write_text("no part of the briefing")
    assert told() == seen[-1]


def test_a_held_text_that_was_deleted_in_a_folder_of_its_own_is_noticed(library: Library) -> None:
    text = library.secret.parent / "held" / "letters" / "one.txt"
    text.parent.mkdir(parents=True)
    text.write_text("words")
    library.catalogue.refresh()
    assert not library.catalogue.refresh()
    text.unlink()
    assert library.catalogue.refresh()


def test_a_text_that_the_user_holds_no_more_is_news(library: Library) -> None:
    """So the index is told, although no briefing's own files have changed."""
    held = library.folder / "held"
    held.mkdir()
    assert library.catalogue.refresh()
    (held / "a.txt").touch()
    assert library.catalogue.refresh()
    (held / "a.txt").unlink()
    assert library.catalogue.refresh()
    assert not library.catalogue.refresh()


def test_a_look_is_due_when_a_folder_comes_or_goes_and_else_rarely(library: Library) -> None:
    schedule = ScanSchedule(library.catalogue)
    assert schedule.is_due()

    def idle() -> bool:
        time.sleep(0.05)
        return False

    assert not schedule.run(idle)
    assert not schedule.is_due()
    remove_folder(library)
    assert schedule.is_due()


def test_a_briefing_that_has_moved_under_its_id_is_not_gone(library: Library) -> None:
    library.secret.parent.rename(library.roots[1] / "moved")
    library.catalogue.refresh()
    assert library.shared.close_gone().gone == ()
    assert library.catalogue.find("secret") == library.roots[1] / "moved" / "briefing.toml"
    assert library.shared.volume("secret")


def test_a_briefing_that_was_opened_by_its_path_closes_with_its_file(library: Library, tmp_path: Path) -> None:
    path = library.put(tmp_path / "apart", "mine")
    library.shared.put("mine", library.catalogue.open(path))
    assert library.shared.close_gone().gone == ()
    path.unlink()
    assert library.shared.close_gone().gone == ("mine",)


def test_no_hit_is_lost_where_two_briefings_share_a_place_in_the_order(
    tmp_path: Path, tiny: Callable[..., str]
) -> None:
    """The place comes from the day and a few bits of the path; among this many of one day some share it."""
    for number in range(60):
        path = tmp_path / "own" / f"b{number}" / "briefing.toml"
        path.parent.mkdir(parents=True)
        path.write_text(tiny(CLAIM, id=f"b{number}"), encoding="utf-8")
    catalogue = Catalogue(None, [tmp_path / "own"], tmp_path / "held")
    catalogue.refresh()
    index = SearchIndex(None)
    index.update(catalogue)
    paths = list(catalogue.stamps())
    assert len({order_of("2026-11-22", path) for path in paths}) < len(paths)
    found = search(index, catalogue, parse("heron"), limit=60)
    assert len({hit.briefing for hit in found.hits}) == found.total.number == 60
    catalogue.close()


@pytest.mark.parametrize("updated", [True, False])
@pytest.mark.parametrize("folder", [None, "index"])
def test_words_of_what_was_removed_are_neither_offered_nor_suggested(
    tmp_path: Path, tiny: Callable[..., str], folder: str | None, *, updated: bool
) -> None:
    """Although the dictionary of the index has them until its files are merged, and the index itself until its update."""
    for name, word in (("one", "heron"), ("two", "heron"), ("secret", "pelican")):
        path = tmp_path / "own" / name / "briefing.toml"
        path.parent.mkdir(parents=True)
        table = f'[[claim]]\nid = "a"\nby = "The {word}"\ntext = "A {word} stands there."\n'
        path.write_text(tiny(table, id=name), encoding="utf-8")
    catalogue = Catalogue(None, [tmp_path / "own"], tmp_path / "held")
    index = SearchIndex(tmp_path / folder if folder else None)
    catalogue.refresh()
    index.update(catalogue)
    assert search(index, catalogue, parse("pelicam")).suggestions == ("pelican",)
    assert listed(index, catalogue, "by").known == ("The heron", "The pelican")
    shutil.rmtree(tmp_path / "own" / "secret")
    catalogue.refresh()
    if updated:
        index.update(catalogue)
    for query in ("pelicam", "pelicam stands heron", "pelican"):
        assert search(index, catalogue, parse(query)).suggestions == ()
    assert listed(index, catalogue, "by").known == ("The heron",)
    assert listed(index, catalogue, "in").known == ("one", "two")
    for query in ("stands", "s", "kind:claim", "heron OR pelican"):
        parsed = parse(query, typing=True)
        answer = search(index, catalogue, parsed, limit=1)
        assert (answer.total.number, answer.searched.briefings, answer.searched.entries) == (2, 2, 2)
        assert facets(index, catalogue, parsed)["in"] == [("one", 1), ("two", 1)]
    catalogue.close()
