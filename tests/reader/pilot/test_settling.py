"""The drafts page: the words in their paragraph, and a key for each answer, which is in the file at once."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.reader.pilot.driving import Driver, reading, workers_done
from tui.briefing.loader import load_file
from tui.cli import main
from tui.library.catalogue import Catalogue
from tui.library.paths import user_folders
from tui.reader.drafts_screen import SETTLING, DraftsScreen
from tui.reader.launch import make_keymap
from tui.render.arguments import WRITING
from tui.session.config import Config
from tui.session.everything import Everything
from tui.session.permissions import LOCAL_KIOSK, OWN_MACHINE, REMOTE_KIOSK, Allowances
from tui.state.records import Location

HARBOUR = Path(__file__).parents[2] / "importing" / "texts" / "harbour.txt"


@pytest.fixture
def harbour(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Give a briefing that was imported."""
    assert 0 == main(["import", str(HARBOUR), "--as", "harbour", "--in", str(tmp_path / "own")])
    capsys.readouterr()
    return tmp_path / "own" / "harbour" / "briefing.toml"


@asynccontextmanager
async def settling(path: Path, block: str = "claim-1", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Open the drafts page at a draft."""
    catalogue = Catalogue(None, [path.parents[1]], user_folders().held)
    catalogue.refresh()
    async with reading(catalogue, Location(path.parent.name, "claims", block), size=size) as reader:
        await reader.press("D")
        await reader.until(lambda: isinstance(reader.app.screen, DraftsScreen) and reader.app.screen.is_mounted)
        await reader.pilot.pause()
        yield reader


def page_of(reader: Driver) -> DraftsScreen:
    assert isinstance(reader.app.screen, DraftsScreen)
    return reader.app.screen


def passage(reader: Driver) -> str:
    """Return the words that are marked in their paragraph."""
    page = page_of(reader).view.page
    spans = [span for place in range(len(page)) for para in page.block(place).paras for span in para.spans]
    return " ".join(span.text for span in spans if span.role == "passage")


async def test_a_draft_stands_with_its_words_in_their_paragraph(harbour: Path) -> None:
    loaded = load_file(harbour).briefing
    assert loaded is not None
    claim = loaded.claim[0]
    async with settling(harbour) as reader:
        assert claim.cite[0].quote == passage(reader)
        assert "Claim  claim-1" in reader.text
        assert claim.cite[0].page is not None
        assert claim.cite[0].page in reader.text
        assert "Proposed as" not in reader.text
        await reader.press("n")
        assert loaded.claim[1].cite[0].quote == passage(reader)


async def test_each_answer_is_in_the_file_at_once(harbour: Path) -> None:
    before = harbour.read_bytes()
    async with settling(harbour) as reader:
        number = page_of(reader).settling.left
        await reader.press("a")
        assert "Accepted claim-1; u undoes it." == page_of(reader).status.message
        read = load_file(harbour).briefing
        assert read is not None
        assert (False, True) == (read.claim[0].draft, read.claim[1].draft)
        assert "Proposed" not in read.claim[0].text
        await reader.press("d")
        read = load_file(harbour).briefing
        assert read is not None
        assert "claim-2" not in {claim.id for claim in read.claim}
        assert f"/{number:,}, {number - 2:,} left" in reader.text
        await reader.press("t", "v")
        read = load_file(harbour).briefing
        assert read is not None
        assert "claim-3" in {view.id for view in read.view}
        assert "is proposed as expert view now" in page_of(reader).status.message
        await reader.press("u", "u", "u")
        assert before == harbour.read_bytes()
        assert "claim-1" == (page_of(reader).draft or page_of(reader).settling.drafts[-1]).id
        await reader.press("u")
        assert "There is nothing to undo." == page_of(reader).status.message


async def test_back_in_the_reader_the_answers_are_shown(harbour: Path) -> None:
    async with settling(harbour) as reader:
        await reader.press("d")
        reader.app.updates.look_at_files()  # as the clock does; nothing is loaded anew while one settles
        assert not [worker for worker in reader.app.workers if worker.group == "reload"]
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await workers_done(reader.app, "reload")
        await reader.until(lambda: "Reloaded: " in reader.said)
        assert "1 removed" in reader.said


async def test_a_file_changed_outside_is_noticed_and_not_written_over(harbour: Path) -> None:
    async with settling(harbour) as reader:
        with harbour.open("a") as file:
            file.write("# mine\n")
        theirs = harbour.read_bytes()
        await reader.press("a")
        assert theirs == harbour.read_bytes()
        assert "Your answer was not written: give it again" in page_of(reader).status.message
        await reader.press("a")
        assert harbour.read_text().endswith("# mine\n")
        with harbour.open("a") as file:
            file.write("[[claim\n")
        page_of(reader).look_at_file()
        assert "cannot be read" in page_of(reader).status.message
        theirs = harbour.read_bytes()
        await reader.press("a", "d")
        assert "e opens the editor" in page_of(reader).status.message
        assert theirs == harbour.read_bytes()
        harbour.write_bytes(theirs.removesuffix(b"[[claim\n"))
        page_of(reader).look_at_file()
        await reader.press("a")
        assert page_of(reader).status.message.startswith("Accepted")


async def test_keys_move_without_an_answer(harbour: Path) -> None:
    async with settling(harbour) as reader:
        before, first = harbour.read_bytes(), page_of(reader).at
        await reader.press("j", "down", "n", "k", "space", "b", "t", "escape", "t", "x")
        assert first + 2 == page_of(reader).at
        await reader.press("escape") if page_of(reader).helps else None
        await reader.press("g")
        assert 0 == page_of(reader).at
        await reader.press("G")
        assert len(page_of(reader).settling.drafts) - 1 == page_of(reader).at
        await reader.press("question_mark")
        assert all(command.words in reader.text for command in SETTLING)
        await reader.press("escape")
        assert isinstance(reader.app.screen, DraftsScreen)
        assert before == harbour.read_bytes()


async def test_when_all_is_settled_it_says_so(tmp_path: Path, tiny: Callable[..., str]) -> None:
    path = tmp_path / "own" / "b" / "briefing.toml"
    path.parent.mkdir(parents=True)
    path.write_text(tiny('[[claim]]\nid = "c"\ntext = "T."\nby = "x"\ndraft = true\n', id="b"))
    async with settling(path, "c") as reader:
        assert "It cites no source." in reader.text
        await reader.press("a")
        assert "every draft is settled; Esc goes back" in page_of(reader).status.message
        await reader.press("a")
        assert "It is accepted already" in page_of(reader).status.message
        await reader.press("q")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await workers_done(reader.app, "reload")
        await reader.until(lambda: "Reloaded" in reader.said)
        await reader.press("D")
        assert "This briefing has no drafts: every entry of it is settled." == reader.said


async def test_the_editor_opens_at_the_draft(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[Path, str]] = []

    def edits(_: object, path: Path, thing: str) -> str:
        opened.append((path, thing))
        path.write_text(path.read_text().replace("Proposed as a claim from", "Put in my words, from", 1))
        return ""

    monkeypatch.setattr("tui.reader.drafts_screen.run_editor", edits)
    async with settling(harbour) as reader:
        await reader.press("e")
        assert [(harbour, "claim-1")] == opened
        assert "Put in my words" in reader.text
        assert "Edited; the file was read again." == page_of(reader).status.message


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50), (40, 8), (20, 4)])
async def test_every_size_has_room_for_the_draft(harbour: Path, size: tuple[int, int]) -> None:
    async with settling(harbour, size=size) as reader:
        assert "Claim" in reader.text
        await reader.press("a")
        assert page_of(reader).status.message.startswith("Accepted")


async def test_what_a_file_holds_cannot_act_on_the_terminal(tmp_path: Path, tiny: Callable[..., str]) -> None:
    path = tmp_path / "own" / "b" / "briefing.toml"
    path.parent.mkdir(parents=True)
    good = tiny('[[claim]]\nid = "c"\ntext = "T."\nby = "x"\ndraft = true\n', id="b")
    path.write_text(good)
    async with settling(path, "c") as reader:
        path.write_text(good.replace('"T."', '"one \\u001b[31mtwo\\u202e"').replace('"x"', '"x\\u009b"'))
        page_of(reader).look_at_file()
        await reader.pilot.pause()
        assert "one [31mtwo" in reader.text
        assert not {"\x1b", "\u202e", "\x9b"} & {*reader.text}


@pytest.mark.parametrize("allowances", [LOCAL_KIOSK, REMOTE_KIOSK])
def test_the_kiosk_has_no_such_key(allowances: Allowances) -> None:
    keymap = make_keymap(Config(), allowances)
    assert "drafts" not in keymap.keys
    assert not {"add", "rename", "import", "edit", "new", "hold"} & WRITING.keys()  # what ssh HOST COMMAND may be
    assert keymap.command("D", "D") == "drafts"  # which leads to a message alone
    assert "drafts" in make_keymap(Config(), OWN_MACHINE).keys


async def test_a_visitor_who_presses_the_key_or_names_the_command_gets_nothing(harbour: Path) -> None:
    catalogue = Catalogue(None, [harbour.parents[1]], user_folders().held)
    catalogue.refresh()
    before = harbour.read_bytes()
    async with reading(catalogue, Location("harbour", "claims", "claim-1"), allowances=LOCAL_KIOSK) as reader:
        await reader.press("D", "a", "d")
        reader.screen.run_command("drafts")
        await reader.pilot.pause()
        assert reader.app.screen is reader.screen
        goals = Everything(reader.app.session, Location()).found("drafts")
        assert not [goal for goal in goals if goal.leads == "command:drafts"]
    assert before == harbour.read_bytes()
