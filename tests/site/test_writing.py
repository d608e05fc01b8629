"""A folder of ours: what changed is written, what somebody changed is told, and nothing else is touched."""

import json
import os
from functools import partial
from pathlib import Path

import pytest

from tui.site.writing import MANIFEST, UNFINISHED, NotOursError, Site


def write(folder: Path, memory: Path | None = None, **files: str) -> tuple[list[str], int, list[str], list[str]]:
    """Write a site of some files, `__` standing for a slash."""
    site = Site(folder, memory)
    for name, text in files.items():
        path = name.replace("__", "/")
        site.make(path, text, partial(_file, path, text))
    changes = site.finish()
    return changes.written, changes.kept, changes.removed, changes.foreign


def _file(path: str, text: str) -> list[tuple[str, bytes]]:
    return [(path, text.encode())]


def texts(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    assert (["index", "pond/index"], 0, [], []) == write(tmp_path / "site", index="a", pond__index="b")
    before = (tmp_path / "site/index").stat().st_mtime_ns
    assert (["pond/index"], 1, [], []) == write(tmp_path / "site", index="a", pond__index="c")
    assert before == (tmp_path / "site/index").stat().st_mtime_ns
    assert {"index": "a", "pond/index": "c"} == texts(tmp_path / "site")


def test_what_is_remembered_is_not_made_again(tmp_path: Path) -> None:
    made = []

    def files() -> list[tuple[str, bytes]]:
        made.append(1)
        return [("index", b"a")]

    def write_once(key: str) -> tuple[int, list[str]]:
        site = Site(tmp_path / "site", tmp_path / "memory")
        site.make("first", key, files, {"fact": 1})
        changes = site.finish()
        return len(made), changes.foreign

    assert (1, []) == write_once("one")
    assert {"fact": 1} == Site(tmp_path / "site", tmp_path / "memory").facts("first", "one")
    assert Site(tmp_path / "site", tmp_path / "memory").facts("first", "two") is None
    assert (1, []) == write_once("one")
    assert (2, []) == write_once("two")
    (tmp_path / "site/index").write_text("mine", encoding="utf-8")
    assert (3, ["index"]) == write_once("two")
    [memory] = (tmp_path / "memory").iterdir()
    memory.write_text("[1]", encoding="utf-8")
    assert (4, []) == write_once("two")


def test_what_is_made_no_longer_goes_even_if_somebody_changed_it(tmp_path: Path) -> None:
    write(tmp_path, index="a", pond__index="b", pond__citations__ris="c")
    (tmp_path / "pond/index").write_text("mine", encoding="utf-8")
    assert ([], 1, ["pond/citations/ris", "pond/index"], ["pond/index"]) == write(tmp_path, index="a")
    assert {"index": "a"} == texts(tmp_path)
    assert not (tmp_path / "pond").exists()


def test_files_of_others_stay(tmp_path: Path) -> None:
    write(tmp_path, pond__index="a")
    (tmp_path / "pond/mine").write_text("mine", encoding="utf-8")
    write(tmp_path, index="b")
    assert {"index": "b", "pond/mine": "mine"} == texts(tmp_path)


def test_a_file_that_somebody_changed_is_told(tmp_path: Path) -> None:
    write(tmp_path, index="a")
    (tmp_path / "index").write_text("mine", encoding="utf-8")
    assert (["index"], 0, [], ["index"]) == write(tmp_path, index="a")
    (tmp_path / "index").unlink()
    assert (["index"], 0, [], []) == write(tmp_path, index="a")


@pytest.mark.parametrize("manifest", [None, "", "{}", '{"version": 1, "files": {"../up": "0"}}', "[]"])
def test_a_folder_without_our_manifest_is_refused(tmp_path: Path, manifest: str | None) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    if manifest is not None:
        (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(NotOursError, match="name an empty folder"):
        write(tmp_path, index="a")
    assert "mine" == (tmp_path / "mine").read_text(encoding="utf-8")
    assert not (tmp_path / "index").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(NotOursError, match="no folder"):
        Site(tmp_path / "mine")


def test_links_are_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write(tmp_path / "site", index="a")
    (tmp_path / "site/pond").symlink_to(elsewhere)
    with pytest.raises(NotOursError, match="is a link"):
        write(tmp_path / "site", index="a", pond__index="b")
    assert [] == list(elsewhere.iterdir())


def test_nothing_is_removed_through_a_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    write(tmp_path / "site", index="a", pond__index="b")
    (tmp_path / "site/pond").rename(elsewhere)
    (tmp_path / "site/pond").symlink_to(elsewhere)
    with pytest.raises(NotOursError, match="is a link"):
        write(tmp_path / "site", index="a")
    assert ["index"] == [path.name for path in elsewhere.iterdir()]
    (tmp_path / "site" / UNFINISHED).unlink()
    (tmp_path / "site" / UNFINISHED).symlink_to(elsewhere / "index")
    with pytest.raises(OSError, match="symbolic"):
        write(tmp_path / "site", index="c")
    assert "b" == (elsewhere / "index").read_text(encoding="utf-8")


def begin(folder: Path, **files: str) -> None:
    """Write files and end before the manifest, in the middle of another file."""
    site = Site(folder)
    for path, text in files.items():
        site.make(path, text, partial(_file, f"{path}/index", text))
    (folder / f"{path}/index.briefing-new").write_text("half", encoding="utf-8")


def test_an_export_that_was_ended_is_made_whole_by_the_next(tmp_path: Path) -> None:
    begin(tmp_path / "site", pond="a", lake="b")
    assert (["pond/index"], 0, ["lake/index", "lake/index.briefing-new"], []) == write(
        tmp_path / "site", pond__index="c"
    )
    assert {"pond/index": "c"} == texts(tmp_path / "site")
    begin(tmp_path / "site", pond="d", lake="secret")
    assert ([], 1, ["lake/index", "lake/index.briefing-new"], []) == write(tmp_path / "site", pond__index="d")
    assert {"pond/index": "d"} == texts(tmp_path / "site")
    assert ([], 1, [], []) == write(tmp_path / "site", pond__index="d")


def test_a_folder_with_no_more_than_a_beginning_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / UNFINISHED).write_text("../up\n", encoding="utf-8")
    with pytest.raises(NotOursError, match="name an empty folder"):
        Site(tmp_path)


def test_a_pipe_in_place_of_a_page(tmp_path: Path) -> None:
    write(tmp_path, index="a")
    (tmp_path / "index").unlink()
    os.mkfifo(tmp_path / "index")
    with pytest.raises(NotOursError, match="where a page belongs"):
        write(tmp_path, index="a")


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, index="a")
    (tmp_path / "pond").write_text("mine", encoding="utf-8")
    with pytest.raises(NotOursError, match="where a folder belongs"):
        write(tmp_path, index="a", pond__index="b")
    assert "mine" == (tmp_path / "pond").read_text(encoding="utf-8")


def test_a_folder_in_place_of_a_page(tmp_path: Path) -> None:
    write(tmp_path, index="a")
    (tmp_path / "pond/index").mkdir(parents=True)
    with pytest.raises(NotOursError, match="is a folder"):
        write(tmp_path, index="a", pond__index="b")


def test_the_manifest_has_the_hashes_in_order(tmp_path: Path) -> None:
    write(tmp_path, b="b", a="a")
    written = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert ["a", "b"] == list(written["files"])
