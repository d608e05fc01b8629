"""`briefing import FILE --into ID`, with a file of annotations."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.authoring.test_annotations import EXACT, SHA256, SOURCES, TEXT, hypothesis
from tests.cli.conftest import Done
from tui.briefing.loader import load_file

Run = Callable[..., Done]


@pytest.fixture
def folder(shelf: Callable[..., Path], tiny: Callable[..., str]) -> Path:
    root = shelf(pond=tiny(SOURCES, id="pond", format="2"), old=tiny(id="old"))
    held = root / "pond" / "held"
    held.mkdir()
    (held / f"{SHA256}.txt").write_text(TEXT, encoding="utf-8")
    return root


@pytest.mark.parametrize("name", ["notes.json", "notes.jsonld"])
def test_quotes_are_added_in_place(run: Run, folder: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(json.dumps({"rows": [hypothesis(EXACT, "Why?"), hypothesis("eleven")]}))
    done = run("import", file, "--into", "pond", "--content", folder)
    assert 1 == done.code
    assert f"briefing: {file}: annotation 2: its words do not stand in the text of the source 'book'\n" == done.err
    assert done.out.splitlines()[0].startswith("1 quote added to ")
    assert "sources.lock: quotes found: 1; texts held or locked: 1." in done.out
    loaded = load_file(folder / "pond" / "briefing.toml")
    assert loaded.briefing is not None
    assert (True, "Why?") == (loaded.briefing.claim[0].draft, loaded.briefing.claim[0].note)
    again = run("import", file, "--into", "pond", "--content", folder)
    assert again.out.startswith("0 quotes added to ")
    assert "annotation 1: quotes the words of 'annotation-1'; it was not added" in again.err


def test_our_own_export_changes_nothing(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text(json.dumps([hypothesis(EXACT, "Why?")]))
    run("import", file, "--into", "pond", "--content", folder)
    before = (folder / "pond" / "briefing.toml").read_bytes()
    file.write_text(run("show", "pond", "--format", "web-annotation", "--content", folder).out)
    done = run("import", file, "--into", "pond", "--content", folder)
    assert (0, before) == (done.code, (folder / "pond" / "briefing.toml").read_bytes())


@pytest.mark.parametrize(
    ("name", "text", "words", "code", "said"),
    [
        ("a.json", "[" + json.dumps(hypothesis("x")) + "]", ("--as", "new"), 2, "is a file of annotations; add it to a briefing"),
        ("a.json", json.dumps(hypothesis("x")), ("--into", "old"), 2, "a file of annotations needs format 2"),
        ("a.jsonld", "{", ("--into", "pond"), 1, "a.jsonld:1:2: is not JSON"),
        ("a.jsonld", "[" * 100_000, ("--into", "pond"), 1, "too deep a nesting"),
        ("a.jsonld", "{}", ("--into", "pond"), 1, "has no annotations"),
        ("a.json", "[" * 100_000, ("--into", "pond"), 1, "a.json:1:2: the item that begins in line 1 cannot be read"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_one_line(
    run: Run, folder: Path, tmp_path: Path, name: str, text: str, words: tuple[str, ...], code: int, said: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    done = run("import", file, *words, "--content", folder)
    assert (code, 1) == (done.code, len(done.err.splitlines()))
    assert said in done.err
