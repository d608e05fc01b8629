"""Renaming an id: every mention moves, nothing else does, and the old id leads to it still."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CONTENT, SAMPLE
from tui.authoring import own_file
from tui.authoring.errors import AuthoringError
from tui.authoring.renames import Address, rename, rename_addresses
from tui.briefing import lock, prose
from tui.briefing.loader import load_bytes, load_file
from tui.briefing.traversal import rows_of
from tui.library.atomic_write import ChangedFileError, write_whole
from tui.library.catalogue import Catalogue

SAMPLE_IDS = [row.values["id"] for row in rows_of(tomli.loads(SAMPLE.format(sha256="0" * 64)))]


@pytest.fixture
def folder(tmp_path: Path, sample_folder: Path) -> Path:
    """Give a copy of the made-up briefing that has every feature."""
    return Path(shutil.copytree(sample_folder, tmp_path / "sample"))


def test_the_sample_has_every_kind_of_mention() -> None:
    """So that renaming all its ids tries each of them."""
    assert len(SAMPLE_IDS) == 19


@pytest.mark.parametrize("name", SAMPLE_IDS)
def test_every_mention_moves_and_nothing_else_changes(folder: Path, name: str) -> None:
    path = folder / "briefing.toml"
    before = path.read_text()
    rename(path, name, "zz-new")
    loaded = load_file(path)
    assert () == loaded.problems
    # Written with the old id again and without `was`, it is the file that it was, character by character.
    after = path.read_text()
    assert f'was = ["{name}"]\n' in after
    assert before == after.replace(f'was = ["{name}"]\n', "").replace("zz-new", name)


@pytest.mark.parametrize("name", ["handbook", "dprk-missiles"])
def test_every_id_of_the_bundled_briefings_can_be_renamed_and_back(tmp_path: Path, name: str) -> None:
    path = Path(shutil.copytree(CONTENT / name, tmp_path / name)) / "briefing.toml"
    before = path.read_text()
    for number, row in enumerate(list(rows_of(tomli.loads(before)))[::12]):
        thing = row.values["id"]
        rename(path, thing, f"zz-{number}")
        assert thing not in {row.values["id"] for row in rows_of(tomli.loads(path.read_text()))}
        rename(path, f"zz-{number}", thing)
        path.write_text(re.sub(rf'was *= \["zz-{number}"\]\n|, "zz-{number}"(?=\])', "", path.read_text()))
    assert before == path.read_text()


def test_the_briefing_itself_is_renamed_with_its_own_addresses(folder: Path) -> None:
    path = folder / "briefing.toml"
    path.write_text(path.read_text().replace("See [[water|the pond]]", "`show sample#seven`, [[water|the pond]]"))
    assert 1 == rename(path, "", "lake").mentions
    loaded = load_file(path).briefing
    assert loaded is not None
    assert ("lake", ("sample",)) == (loaded.briefing.id, loaded.briefing.was)
    assert "`show lake#seven`" in loaded.background[0].text


def test_renamed_back_an_id_is_no_former_one(folder: Path) -> None:
    path = folder / "briefing.toml"
    rename(path, "seven", "eight")
    rename(path, "eight", "seven")
    loaded = load_file(path).briefing
    assert loaded is not None
    assert ("eight",) == loaded.claim[0].was


def test_the_lock_vouches_for_a_renamed_source(folder: Path) -> None:
    before = lock.read(folder / "sources.lock")
    rename(folder / "briefing.toml", "pond", "zz-pond")
    after = lock.read(folder / "sources.lock")
    assert before.texts["pond"] == after.texts["zz-pond"]
    assert "pond" not in after.texts
    assert {key.source for key in after.quotes} == {"zz-pond", "stray"}
    assert set(before.quotes.values()) == set(after.quotes.values())


def test_killed_before_the_briefing_was_written_the_lock_vouches_for_both(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def dies(path: Path, data: bytes, before: bytes | None = None) -> None:
        if path.name == "briefing.toml":
            raise KeyboardInterrupt
        written.append(path.name)
        write_whole(path, data, before)

    monkeypatch.setattr(own_file, "write_whole", dies)
    with pytest.raises(KeyboardInterrupt):
        rename(folder / "briefing.toml", "pond", "zz-pond")
    assert ["sources.lock"] == written
    assert {"pond", "zz-pond", "stray"} == lock.read(folder / "sources.lock").texts.keys()


@pytest.mark.parametrize(
    ("name", "new", "said"),
    [
        ("seven", "eleven", "the id 'eleven' is taken by a table [[claim]]"),
        ("seven", "seven", "is its id already"),
        ("seven", "No Id", "is no id"),
        ("sevne", "eight", "did you mean 'seven'?"),
    ],
)
def test_what_cannot_be_renamed_is_said_and_nothing_changes(folder: Path, name: str, new: str, said: str) -> None:
    before = (folder / "briefing.toml").read_bytes()
    with pytest.raises(AuthoringError) as refused:
        rename(folder / "briefing.toml", name, new)
    assert said in str(refused.value)
    assert before == (folder / "briefing.toml").read_bytes()


def test_a_former_id_of_something_else_is_not_taken(folder: Path) -> None:
    rename(folder / "briefing.toml", "seven", "eight")
    with pytest.raises(AuthoringError, match="'seven' was the id of 'eight'"):
        rename(folder / "briefing.toml", "eleven", "seven")
    with pytest.raises(AuthoringError, match="it is called 'eight' now"):
        rename(folder / "briefing.toml", "seven", "nine")


def test_a_broken_file_is_not_touched(folder: Path) -> None:
    path = folder / "briefing.toml"
    path.write_text(path.read_text().replace('conflicts = ["eleven"]', 'conflicts = ["twelve"]'))
    with pytest.raises(AuthoringError, match="'twelve' is not there"):
        rename(path, "seven", "eight")


def test_addresses_elsewhere_move_and_other_words_do_not(folder: Path) -> None:
    path = folder / "briefing.toml"
    said = "See pond#seven, `pond#seven`; not pond#seven-b, big-pond#seven, a/pond#seven or [[seven]]."
    path.write_text(path.read_text().replace("A book that was kept at the mill.", said))
    assert 2 == rename_addresses(path, Address("pond", "seven"), "eight").mentions
    now = "See pond#eight, `pond#eight`; not pond#seven-b, big-pond#seven, a/pond#seven or [[seven]]."
    assert now in path.read_text()
    assert 3 == rename_addresses(path, Address("pond"), "lake").mentions
    assert "See lake#eight, `lake#eight`; not lake#seven-b, big-pond#seven, a/pond#seven" in path.read_text()


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"mine")
    with pytest.raises(ChangedFileError):
        write_whole(path, b"ours", b"before")
    assert b"mine" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


ROW = st.sampled_from(
    ["a", "[[x]]", "[[x|w]]", "`c`", "`", "[[y]]", "**s**", "*", "- ", "1. ", " ", "\n", "\n\n", "é", "[[", "]]"]
)


@given(st.lists(ROW, max_size=12).map("".join))
def test_the_places_of_links_are_those_that_prose_has(text: str) -> None:
    spans = list(prose.link_targets(text))
    targets = [run.target for passage in prose.parse(text) for run in passage.runs if run.style == "link"]
    # What begins or ends with a blank is a link over two lines, or no link: neither names an id.
    targets = [target for target in targets if " " not in target]
    spans = [span for span in spans if " " not in text[slice(*span)]]
    assert targets == [text[slice(*span)] for span in spans]


@pytest.mark.parametrize("quotes", ['"{}"', "'{}'", '"""\n{}"""', "'''{}'''", '"""\\\n  {}"""'])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_string_keeps_its_quotes_and_its_line_breaks(
    tmp_path: Path, tiny: Callable[..., str], quotes: str, newline: str
) -> None:
    words = "See [[a]]\n\nand [[a|it]]." if len(quotes) > 5 else "See [[a]] and [[a|it]]."
    tables = f'[[claim]]\nid = "a"\ntext = {quotes.format(words)}\nby = "a man"\n'
    path = tmp_path / "briefing.toml"
    path.write_bytes(tiny(tables).replace("\n", newline).encode())
    before = path.read_bytes()
    rename(path, "a", "zz")
    added = f'was = ["a"]{newline}'.encode()
    assert before == path.read_bytes().replace(added, b"").replace(b"[[zz", b"[[a").replace(b'"zz"', b'"a"')


@pytest.mark.parametrize(
    ("was", "said"),
    [
        ('["b"]', "the former id 'b' is the id of a table"),
        ('["old"]', "the former id 'old' is that of 'b' too"),
        ('["No"]', "'No' does not fit"),
    ],
)
def test_a_former_id_that_would_lead_to_two_places_is_told(tiny: Callable[..., str], was: str, said: str) -> None:
    tables = (
        '[[claim]]\nid = "b"\nwas = ["old"]\ntext = "b"\nby = "x"\n'
        f'[[claim]]\nid = "a"\nwas = {was}\ntext = "a"\nby = "x"\n'
    )
    problems = load_bytes(tiny(tables).encode(), "f").problems
    assert [said] == [one.message for one in problems]


def test_who_names_a_former_id_is_told_the_new_one(tiny: Callable[..., str]) -> None:
    for more, told in (("", "it is called [[b]] now"), ('supports = ["old"]\n', "it is called 'b' now")):
        text = "B." if more else "[[old]]"
        tables = f'[[claim]]\nid = "b"\nwas = ["old"]\ntext = "{text}"\nby = "x"\n{more}'
        problems = load_bytes(tiny(tables).encode(), "f").problems
        assert [told] == [one.remedy for one in problems]


def test_a_former_id_of_a_briefing_finds_it_and_a_present_one_goes_first(
    tmp_path: Path, tiny: Callable[..., str]
) -> None:
    for name, was in (("lake", 'was = ["pond", "sea"]'), ("sea", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "briefing.toml").write_text(tiny(id=name).replace("[briefing]", f"[briefing]\n{was}"))
    catalogue = Catalogue(None, [tmp_path], tmp_path)
    catalogue.refresh()
    assert tmp_path / "lake" / "briefing.toml" == catalogue.find("pond")
    assert tmp_path / "sea" / "briefing.toml" == catalogue.find("sea")
    result = catalogue.open_named("pond")
    assert result is not None
    assert result.volume is not None
    assert "lake" == result.volume.edition.id
    (tmp_path / "lake" / "briefing.toml").write_text(tiny(id="lake"))
    catalogue.refresh()
    assert catalogue.find("pond") is None
    catalogue.close()
