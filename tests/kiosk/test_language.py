"""One language: what is written over SSH is what the local command writes, word for word."""

import asyncio
import re
import shlex
from pathlib import Path

import pytest

from tests.kiosk.conftest import Opener, until
from tui import cli
from tui.briefing.kinds import PANES
from tui.kiosk.visits.exec_commands import CommandRefused, run
from tui.library.catalogue import Catalogue
from tui.library.published_catalogue import PublishedCatalogue
from tui.render.hits import searched_words
from tui.render.selection import pane_named, pane_names, view_names
from tui.render.views import VIEWS
from tui.search.answers import Searched, Total
from tui.search.service import Written
from tui.session.shared import SharedContent


@pytest.mark.parametrize(
    "command",
    [
        "list", "list --format markdown", "list --format=json",
        "show sample --pane claims", "show sample --pane evidence:assessments --format markdown",
        "show sample --pane 'Expert views'", "show sample#eleven --format json",
        "search swans --limit 1", "search --limit 1 --offset 1 swans", "search swans -pond", "search swans --limit 0",
        "search swans --format json --limit 2",
    ],
)  # fmt: skip
async def test_a_command_says_the_same_over_ssh(
    open_kiosk: Opener,
    sample_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    kiosk = await open_kiosk()
    await until(lambda: kiosk.is_indexed, "the index")
    async with kiosk.connect() as connection:
        over_ssh = await asyncio.wait_for(connection.run(command), 10)
    name, *rest = shlex.split(command)
    code = await asyncio.to_thread(cli.main, [name, "--content", str(sample_folder.parent), *rest])
    local = capsys.readouterr()
    assert (code, local.out, local.err) == (over_ssh.exit_status, over_ssh.stdout, over_ssh.stderr)
    assert local.out


@pytest.mark.parametrize("name", ["list", "show", "search"])
async def test_the_help_of_a_command_has_its_options_over_ssh(
    open_kiosk: Opener, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    kiosk = await open_kiosk()
    async with kiosk.connect() as connection:
        done = await asyncio.wait_for(connection.run(f"{name} --help"), 10)
    over_ssh = str(done.stdout)
    assert (0, "") == (done.exit_status, done.stderr)
    assert over_ssh.startswith(f"usage: ssh HOST {name} ")
    with pytest.raises(SystemExit):
        cli.main([name, "--help"])
    options = set(re.findall(r"--[a-z]+", capsys.readouterr().out)) - {"--content"}
    assert options == set(re.findall(r"--[a-z]+", over_ssh))


class UnreadySearch:
    """A search service that has found so much in a part of the library."""

    def __init__(self, number: int, searched: Searched) -> None:
        self._total = Total(number, searched)

    async def write(self, _request: object) -> Written:
        return Written(self._total, (searched_words(self._total),))


@pytest.mark.parametrize("form", ["text", "json"])
async def test_a_search_before_the_index_is_built_finds_no_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    shared = SharedContent(Catalogue(None, [], tmp_path))
    answered: list[Total] = []
    monkeypatch.setattr(shared, "answered", answered.append)
    monkeypatch.setattr(shared, "search_service", UnreadySearch(0, Searched(0, 0, 0, 0, listed=False)))
    output = await run(f"search swans --format {form}", shared, 9999)
    assert (1, True) == (output.code, "being built, and nothing is searched yet" in "".join(output.lines))
    assert not answered
    monkeypatch.setattr(shared, "search_service", UnreadySearch(3, Searched(1, 9, 2, 0, waiting=1)))
    output = await run("search swans", shared, 9999)
    assert (1, ["3 hits in 1 briefing, 9 entries, 2 sources; 1 briefing not indexed yet"]) == (
        output.code,
        list(output.lines),
    )


@pytest.mark.parametrize("form", ["text", "json"])
async def test_a_list_of_what_could_not_be_read_is_not_empty(tmp_path: Path, sample_folder: Path, form: str) -> None:
    missing = tmp_path / "missing"
    unread = PublishedCatalogue(None, [missing], tmp_path)
    with pytest.raises(CommandRefused, match="still being read; list again in a moment"):
        await run(f"list --format {form}", SharedContent(unread), 9999)
    unread.refresh()
    with pytest.raises(CommandRefused, match=r"A part of this library cannot be read at present\."):
        await run(f"list --format {form}", SharedContent(unread), 9999)
    partly = PublishedCatalogue(None, [sample_folder.parent, missing], tmp_path)
    partly.refresh()
    output = await run(f"list --format {form}", SharedContent(partly), 9999)
    written = "\n".join(output.lines)
    assert output.code == 1
    assert "Swans on a pond" in written
    assert written.endswith("A part of this library cannot be read at present.") is (form == "text")
    assert str(missing) not in written


@pytest.mark.parametrize("word", ["help", "--help", "-h"])
async def test_the_help_of_all_is_there_under_each_of_its_names(open_kiosk: Opener, word: str) -> None:
    kiosk = await open_kiosk()
    async with kiosk.connect() as connection:
        said = str((await asyncio.wait_for(connection.run(word), 10)).stdout)
    assert "ssh HOST list" in said
    assert "ssh me@HOST" in said


def test_every_title_as_it_is_shown_names_its_pane() -> None:
    for name in (*pane_names(), *view_names()):
        assert name == pane_named(name)
    for name, title in ((pane.name, title) for pane in PANES.values() for title in (pane.title, pane.short)):
        assert {name} == {pane_named(spelled) for spelled in (title, title.upper(), f" {title.replace(' ', '-')} ")}
    for view in VIEWS:
        spelled = [form for word in (view.name, view.title) for form in (word, f"evidence:{word}", f"Evidence: {word}")]
        assert {f"evidence:{view.name}"} == set(map(pane_named, spelled))
    assert {None} == set(map(pane_named, ("", "nothing", "evidence:nothing", "claims:x", "\x1b")))
