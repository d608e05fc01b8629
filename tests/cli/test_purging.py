"""`briefing purge`: after it no file of the program has the words."""

import ast
import importlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tests.cli.purged import ENTRY, GONE, OTHER, SHA, SPOKEN, TABLES, TEXT
from tui.cli import kept
from tui.cli.kept import KEPT, files_kept, row_of
from tui.library.paths import Folders, package_folder, user_folders
from tui.search.index.library_index import SearchIndex
from tui.search.index.schema import VERSION
from tui.state.records import Location, Mark
from tui.state.stores import FILE_NAME, open_state

Run = Callable[..., Done]


@pytest.fixture
def pond(tmp_path: Path, tiny: Callable[..., str], run: Run) -> Path:
    """Give a content folder whose entry and text stand in all that is kept."""
    shelf = tmp_path / "shelf"
    (shelf / "pond").mkdir(parents=True)
    (shelf / "pond/briefing.toml").write_text(tiny(TABLES, id="pond"))
    held = user_folders().held
    held.mkdir(parents=True)
    (held / f"{SHA}.txt").write_text(TEXT)
    assert 0 == run("search", "--content", shelf, GONE).code
    assert 0 == run("search", "--content", shelf, SPOKEN).code
    assert 0 == run("export", "--content", shelf, tmp_path / "site", "--to", "html").code
    mark(user_folders().state / FILE_NAME)
    mark(user_folders().state / "visitors/0123.sqlite")
    return shelf


def mark(path: Path) -> None:
    """Set marks at the entry, at the text and at the entry that stays."""
    state = open_state(path)
    state.mark("a", Location("pond", "claims", "goes"), f"A {GONE} flower.")
    state.mark("b", Location("pond", "overview", "front:bluf"), f"See the {GONE} …")
    state.mark("c", Location("pond", "text:notes", "1"), f"A {SPOKEN} tree stands …")
    state.mark("d", Location("pond", "claims", "stays"), f"The {OTHER} is heard.")
    state.close()


def remove_entry(shelf: Path) -> None:
    """Take the entry out of its file."""
    file = shelf / "pond/briefing.toml"
    file.write_text(file.read_text().replace(ENTRY, ""))


def files_with(word: str) -> list[Path]:
    """Return the files of the program that have a word, and the indexes that do.

    The words of an index share their letters, so that its files are read as tantivy does.
    """
    found = [path for _, path in files_kept(user_folders()) if path.is_file() and word.encode() in path.read_bytes()]
    for folder in user_folders().cache.glob(f"search-{VERSION}/*"):
        view = SearchIndex(folder).view()
        assert view is not None
        fields = ("words", "heading", "quote", "names", "tags")
        if any(view.searcher.terms_with_prefix(field, word[:4]) for field in fields):
            found.append(folder)
        segments = {
            one["segment_id"].replace("-", "") for one in json.loads((folder / "meta.json").read_text())["segments"]
        }
        others = {path.name for path in folder.iterdir() if path.name.partition(".")[0] not in segments}
        assert others <= {
            "lock",
            "meta.json",
            "stamps.json",
            ".managed.json",
            ".tantivy-meta.lock",
            ".tantivy-writer.lock",
        }
    return found


def marks_of(path: Path) -> dict[str, str]:
    """Return the words of the marks of a state."""
    state = open_state(path)
    found = {one.letter: one.words for one in state.marks()}
    state.close()
    return found


def test_no_file_has_the_words_of_a_purged_entry(pond: Path, run: Run) -> None:
    found = files_with(GONE)
    assert {"catalogue.sqlite", FILE_NAME, "0123.sqlite"} <= {path.name for path in found}
    assert any(path.is_dir() for path in found)
    remove_entry(pond)
    done = run("purge", "--content", pond, "pond#goes", "--yes")
    assert (0, "") == (done.code, done.err)
    assert not files_with(GONE)
    assert "Not touched: the author's TOML" in done.out
    assert 2 == done.out.count("1 state rebuilt, and 2 marks without words now.")
    for path in (user_folders().state / FILE_NAME, user_folders().state / "visitors/0123.sqlite"):
        assert {"a": "", "b": "", "c": f"A {SPOKEN} tree stands …", "d": f"The {OTHER} is heard."} == marks_of(path)
    assert 0 == run("search", "--content", pond, OTHER).code
    assert 1 == run("search", "--content", pond, GONE).code
    assert files_with(SPOKEN)


def test_no_file_has_the_words_of_a_purged_text(pond: Path, run: Run) -> None:
    original = user_folders().held / f"{SHA}.html"
    original.write_text(TEXT)
    done = run("purge", "--content", pond, "--text", SHA, "--yes")
    assert (0, "") == (done.code, done.err)
    assert not files_with(SPOKEN)
    assert files_with(GONE)
    assert 1 == run("search", "--content", pond, SPOKEN).code


def test_what_a_file_would_bring_back_is_refused(pond: Path, run: Run, tiny: Callable[..., str]) -> None:
    done = run("purge", "--content", pond, "pond#goes", "--yes")
    assert 1 == done.code
    assert "still has goes; remove it from the file first" in done.err
    assert files_with(GONE)
    file = pond / "pond/briefing.toml"
    sound = file.read_text()
    file.write_text(sound.replace('id = "goes"', 'id = "went"\nwas = ["goes"]'))
    assert "still has goes, as went" in run("purge", "--content", pond, "pond#goes", "--yes").err
    file.write_text("format = ")
    assert "while it does not load it may still have goes" in run("purge", "--content", pond, "pond#goes", "--yes").err
    file.write_text(tiny(id="renamed", was="").replace('was = ""', 'was = ["pond"]') + ENTRY)
    assert "still has goes" in run("purge", "--content", pond, "pond#goes", "--yes").err
    (pond / "pond/held").mkdir()
    (pond / "pond/held/anything.txt").write_text(TEXT)
    done = run("purge", "--content", pond, "--text", SHA, "--yes")
    assert (1, True) == (done.code, "held/anything.txt: still holds the text" in done.err)
    assert files_with(SPOKEN)


def test_an_entry_of_another_content_folder_or_of_a_file_that_was_read_by_its_path_is_found(
    pond: Path, run: Run, tmp_path: Path
) -> None:
    """The cache knows them, whatever --content says now."""
    (tmp_path / "empty").mkdir()
    assert "still has goes" in run("purge", "--content", tmp_path / "empty", "pond#goes", "--yes").err
    apart = tmp_path / "apart.toml"
    apart.write_text((pond / "pond/briefing.toml").read_text())
    assert 0 == run("show", apart).code
    remove_entry(pond)
    assert f"{apart}: still has goes" in run("purge", "--content", tmp_path / "empty", "pond#goes", "--yes").err
    apart.unlink()
    assert 0 == run("purge", "--content", tmp_path / "empty", "pond#goes", "--yes").code
    assert not files_with(GONE)


def test_a_briefing_that_is_gone_with_its_folder_leaves_nothing(pond: Path, run: Run, tmp_path: Path) -> None:
    pond.rename(tmp_path / "elsewhere")
    assert 0 == run("purge", "pond#goes", "--yes").code
    assert not files_with(GONE)


def test_what_earlier_removals_left_behind_goes_too(pond: Path, run: Run) -> None:
    """Freed pages, files of merged indexes, indexes of earlier versions, damaged states and files of later versions."""
    folders = user_folders()
    with sqlite3.connect(folders.cache / "catalogue.sqlite") as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("DELETE FROM edition")
    database.close()
    for name in ("cache/search-1/abc/x.term", "cache/frames/first", "state/reader.sqlite.damaged-1"):
        kind, _, rest = name.partition("/")
        path: Path = getattr(folders, kind) / rest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GONE)
    remove_entry(pond)
    assert 0 == run("purge", "--content", pond, "pond#goes", "--yes").code
    assert not files_with(GONE)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pond"], "names no entry"),
        (["pond#"], "names no entry"),
        (["#goes"], "names no briefing"),
        (["pond#goes#more"], "names no entry"),
        (["--text", "abc"], "is no SHA-256"),
        (["--text", ""], "is no SHA-256"),
        ([], "required"),
        (["pond#goes", "--text", "0" * 64], "not allowed"),
        (["pond#goes"], "write --yes"),
    ],
)
def test_a_wrong_use_is_one_line(run: Run, words: list[str], said: str, tmp_path: Path) -> None:
    done = run("purge", "--content", tmp_path, *words)
    assert (2, "") == (done.code, done.out)
    assert said in done.err
    assert 1 == done.err.count("\n")


def test_a_file_that_cannot_be_written_is_told(pond: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> int:
        raise OSError(13, "Permission denied", "somewhere")

    remove_entry(pond)
    monkeypatch.setattr(kept, "rebuild_all", fails)
    done = run("purge", "--content", pond, "pond#goes", "--yes")
    assert (1, "briefing: not all is removed: somewhere: Permission denied\n") == (done.code, done.err)
    assert "Purged" not in done.out


def test_an_id_that_no_briefing_has_is_told(pond: Path, run: Run) -> None:
    """A misspelt ID looks like a removal that is done."""
    remove_entry(pond)
    assert "" == run("purge", "--content", pond, "pond#goes", "--yes").err
    done = run("purge", "--content", pond, "pnod#goes", "--yes")
    assert "briefing: no briefing here has the ID of pnod#goes; if it is misspelt, its words stay\n" == done.err


# The table of what is kept


def below_folders() -> Iterator[tuple[str, str, str]]:
    """Yield module, folder and name of each path that the code names below a folder of the user."""
    for file in sorted(package_folder().rglob("*.py")):
        module = ".".join(("tui", *file.relative_to(package_folder()).with_suffix("").parts))
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)):
                continue
            left, right = node.left, node.right
            folder = left.attr if isinstance(left, ast.Attribute) else left.id if isinstance(left, ast.Name) else ""
            if folder not in {"state", "data"}:
                continue
            if isinstance(right, ast.Name):
                source, name = imported.get(right.id, (module, right.id))
                yield module, folder, str(getattr(importlib.import_module(source), name, right.id))
            elif isinstance(right, ast.Constant):
                yield module, folder, str(right.value)


def test_each_file_that_the_code_names_below_a_folder_has_a_row() -> None:
    """Of the cache a row takes whatever no other does, so that nothing in it can be forgotten."""
    named = list(below_folders())
    assert len(named) >= 8
    missing = [each for each in named if not any(row_of(each[1], f"{each[2]}{end}") for end in ("", "/x", "/x.sqlite"))]
    assert not missing, "add a row to cli/kept.py::KEPT"
    assert any((row.folder, row.pattern) == ("cache", "*") for row in KEPT)


def test_each_file_of_a_used_program_has_a_row(pond: Path) -> None:
    assert pond.is_dir()
    assert not [path for row, path in files_kept(user_folders()) if row is None]
    used = {row.pattern for row, _ in files_kept(user_folders()) if row}
    assert {"catalogue.sqlite*", "search-*", "held/*", "visitors*/*.sqlite*", f"{FILE_NAME}*"} <= used


def test_each_folder_and_pattern_can_match() -> None:
    for row in KEPT:
        assert row.folder in Folders._fields
        assert row_of(row.folder, re.sub(r"\*", "x", row.pattern)) is row
    assert not Mark("a", Location(), "").words
