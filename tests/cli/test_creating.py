"""`briefing new`: a skeleton that loads, that the library shows, and that overwrites nothing."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Done
from tui.authoring.additions import addition
from tui.authoring.skeleton import Beginning, skeleton
from tui.briefing.loader import load_bytes, load_file
from tui.briefing.schema import schema_text
from tui.checks.families.drafts import PLACEHOLDERS, is_placeholder
from tui.library.paths import user_folders

Run = Callable[..., Done]


def test_the_skeleton_goes_where_the_library_looks_for_it(run: Run) -> None:
    done = run("new", "pond")
    path = user_folders().own_content / "pond" / "briefing.toml"
    assert (0, "") == (done.code, done.err)
    assert done.out.splitlines() == [str(path), "Read it: briefing pond", "Edit it: briefing edit pond"]
    assert () == load_file(path).problems
    assert "pond" in run("list").out
    assert "Write here what the source states" in run("show", "pond#first-claim").out


def test_words_that_were_left_in_a_skeleton_are_told_and_nothing_else(run: Run) -> None:
    run("new", "pond")
    found = json.loads(run("check", "pond", "--format", "json").out)["findings"]
    assert {"D001", "D002"} == {one["rule"] for one in found if one["severity"] != "info"}
    assert (0, 1) == (run("check", "pond").code, run("check", "--strict", "pond").code)


def test_every_word_of_a_skeleton_is_known_as_its_own() -> None:
    """A string of it that is not, is an id, a word of the format, or true of any briefing."""
    whole = tomli.loads(skeleton(Beginning("pond", "T"), date(2026, 11, 22)))
    rows = [row for tables in whole.values() if isinstance(tables, list) for row in tables] + [whole["briefing"]]
    told = {"title", "bluf", "url", "name", "role", "text", "affiliation", "action", "actor"}
    said = {row[key] for row in rows for key in told & row.keys()} - {"T"}
    assert all(map(is_placeholder, said))
    assert PLACEHOLDERS <= said | {"whoever says so"}
    assert "whoever says so" in addition({}, "claim", "one").tables


def test_editors_find_the_schema_that_it_names(run: Run) -> None:
    run("new", "pond")
    path = user_folders().own_content / "pond" / "briefing.toml"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = (path.parent / first.removeprefix("#:schema ")).resolve()
    assert schema_text() == named.read_text(encoding="utf-8")


def test_a_schema_that_is_there_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.schema.json").write_text("{}", encoding="utf-8")
    assert run("new", "pond", "--in", tmp_path).code == 0
    assert "{}" == (tmp_path / "briefing.schema.json").read_text(encoding="utf-8")


def test_title_scale_and_folder_are_chosen(run: Run, tmp_path: Path) -> None:
    done = run("new", "pond", "--title", ' "Swans" \\ \n geese', "--scale", "phia", "--in", tmp_path / "notes")
    loaded = load_file(tmp_path / "notes" / "pond" / "briefing.toml").briefing
    assert loaded is not None
    assert ('"Swans" \\ geese', "phia") == (loaded.briefing.title, loaded.briefing.scale)
    assert f"Read it: briefing {tmp_path / 'notes' / 'pond'}" in done.out


def test_the_first_claim_is_laid_to_the_first_source_alone(run: Run, tmp_path: Path) -> None:
    """Nobody has said that the second source states it too."""
    run("new", "pond", "--claim", "Seven swans were seen.", "--in", tmp_path)
    loaded = load_file(tmp_path / "pond" / "briefing.toml").briefing
    assert loaded is not None
    (claim,) = loaded.claim
    assert ("Seven swans were seen.", ["first-source"]) == (claim.text, [one.source for one in claim.cite])


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    run("new", "pond", "--in", tmp_path)
    path = tmp_path / "pond" / "briefing.toml"
    path.write_text("mine", encoding="utf-8")
    done = run("new", "pond", "--in", tmp_path)
    assert (1, "") == (done.code, done.out)
    assert done.err == f"briefing: {path} exists already and stays as it is; choose another id or folder\n"
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["", "Pond", "a/b", "../a", "-a", "a" * 65, "ä"])
def test_what_cannot_be_an_id_is_refused(run: Run, name: str) -> None:
    done = run("new", "--", name)
    assert (2, 1) == (done.code, len(done.err.splitlines()))
    assert "is no id" in done.err


def test_a_command_is_no_id(run: Run) -> None:
    """`briefing check` would never open it."""
    said = "briefing: 'check' is a command of this program; choose another id\n"
    assert Done(2, "", said) == run("new", "check")


def test_an_id_of_the_library_is_refused(run: Run) -> None:
    done = run("new", "handbook")
    assert done.code == 2
    assert "has a briefing 'handbook' already" in done.err


def test_a_title_that_deceives_is_refused_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    done = run("new", "pond", "--title", "a\u202eb", "--in", tmp_path / "in")
    assert done.code == 1
    assert "forbidden character U+202E" in done.err
    assert not (tmp_path / "in").exists()


def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("new", "pond", "--in", tmp_path / "file")
    assert (1, 1) == (done.code, len(done.err.splitlines()))


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn"]), min_size=1).filter(str.strip))
def test_any_title_makes_a_sound_skeleton(title: str) -> None:
    text = skeleton(Beginning("pond", title), date(2026, 11, 22))
    assert title == tomli.loads(text)["briefing"]["title"]
    assert () == load_bytes(text.encode(), "x").problems
