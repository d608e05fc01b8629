"""What the reader keeps from strangers: the machine, and each other."""

from pathlib import Path

import pytest

from tests.reader.pilot.driving import settled, workers_done
from tui.library.catalogue import Catalogue
from tui.reader import guarded_app
from tui.reader.app import BriefingApp
from tui.reader.launch import make_app, make_keymap
from tui.session.address_page import qr_rows
from tui.session.commands import COMMANDS
from tui.session.config import Config
from tui.session.everything import Everything
from tui.session.own_pages import help_rows, hinted, told_of
from tui.session.permissions import LOCAL_KIOSK, OWN_MACHINE, REMOTE_KIOSK, Allowances
from tui.state.records import Location
from tui.state.stores import open_state


@pytest.fixture
def kiosk(swans: Catalogue) -> BriefingApp:
    """Give a reader for strangers."""
    return make_app(swans, open_state(None), Location("sample", "claims"), Config(), "dark", allowances=LOCAL_KIOSK)


async def test_no_action_of_textual_s_touches_the_machine(
    kiosk: BriefingApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", lambda *_args: pytest.fail("a browser was opened"))
    async with kiosk.run_test() as pilot:
        for action in ("screenshot", "suspend_process", "quit", "toggle_dark"):
            assert not kiosk.check_action(action, ())
            await kiosk.run_action(action)
        kiosk.open_url("https://example.org")
        assert kiosk.deliver_text(str(tmp_path / "x")) is None
        assert kiosk.deliver_binary(str(tmp_path / "x")) is None
        kiosk.deliver_screenshot()
        await pilot.press("ctrl+q", "ctrl+z", "ctrl+c")
        await pilot.pause()
        assert kiosk.is_running
    assert not list(tmp_path.iterdir())


async def test_a_broken_edit_is_not_a_stranger_s_matter(
    own_copy: tuple[Catalogue, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """He reads on in the last good edition; an edit that is whole is shown and said as ever."""
    monkeypatch.setattr("tui.reader.updates._EVERY", 0.02)
    catalogue, path = own_copy
    app = make_app(catalogue, open_state(None), Location("sample", "claims"), Config(), "dark", allowances=LOCAL_KIOSK)
    async with app.run_test() as pilot:
        good = path.read_text(encoding="utf-8")
        path.write_text("titel = 1\n", encoding="utf-8")
        await pilot.pause(0.5)
        assert app.reader.status.message == ""
        assert app.session.volume("sample")
        path.write_text(good.replace("The book has seven swans.", "The book has 7 swans."), encoding="utf-8")
        for _ in range(100):
            await pilot.pause(0.05)
            if app.reader.status.message:
                break
        assert app.reader.status.message == "Reloaded: 1 changed."


async def test_on_one_s_own_machine_they_are_there(swans: Catalogue) -> None:
    app = make_app(swans, open_state(None), Location(), Config(), "dark")
    async with app.run_test():
        assert app.check_action("screenshot", ())


async def test_a_reader_whom_nobody_uses_leaves(kiosk: BriefingApp, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(guarded_app, "monotonic", lambda: now)
    monkeypatch.setattr(guarded_app, "_LOOK_EVERY", 0.02)
    kiosk.note_presence()
    async with kiosk.run_test() as pilot:
        now = 119.0
        await pilot.press("j")
        now = 230.0
        await pilot.pause(0.1)
        assert kiosk.is_running
        now = 240.0
        await pilot.pause(0.1)
        assert kiosk.return_code is not None


async def test_a_command_that_is_not_allowed_is_nowhere(monkeypatch: pytest.MonkeyPatch, swans: Catalogue) -> None:
    commands = tuple(
        command._replace(needs="machine") if command.name in {"find", "copy", "copy-citation"} else command
        for command in COMMANDS
    )
    for module in ("tui.reader.launch", "tui.session.own_pages", "tui.session.everything"):
        monkeypatch.setattr(f"{module}.COMMANDS", commands)
    ours, theirs = make_keymap(Config(), OWN_MACHINE), make_keymap(Config(keys={"copy": ("c",)}), REMOTE_KIOSK)
    assert "copy" in ours.keys
    assert "copy" not in theirs.keys
    assert theirs.command("/", "/") == "find"  # so that the key says that it is not offered
    assert "find" not in {name for _, _, name in told_of(hinted(theirs))}
    words = {row.words for row in help_rows(theirs)}
    assert not {said for said in words if "copy" in said}
    assert "search everything" in words  # told by itself, since its partner is missing
    app = make_app(swans, open_state(None), Location(), Config(), "dark", allowances=LOCAL_KIOSK)
    goals = Everything(app.session, Location()).found("")
    assert not {goal.leads for goal in goals} & {"command:find", "command:copy", "command:copy-citation"}
    async with app.run_test() as pilot:
        app.reader.run_command("find")
        await pilot.pause()
        assert not app.reader.find_bar.display
        assert app.reader.status.message == "Not offered here: find in this briefing."


@pytest.mark.parametrize("over", [(), ("slash",), ("ctrl+k",), ("ctrl+p",)], ids=str)
@pytest.mark.parametrize("allowances", [LOCAL_KIOSK, REMOTE_KIOSK], ids=str)
async def test_each_key_that_is_not_offered_says_so(
    swans: Catalogue, allowances: Allowances, over: tuple[str, ...]
) -> None:
    location = Location("sample", "claims")
    app = make_app(swans, open_state(None), location, Config(), "dark", allowances=allowances)
    withheld = [command for command in COMMANDS if not allowances.permits(command.needs)]
    assert {"c", "E", "D", "ctrl+z"} == {key for command in withheld for key in command.keys}
    async with app.run_test(size=(50, 14)) as pilot:
        await pilot.press(*over)
        for command in withheld:
            if over and len(command.keys[0]) == 1:  # a letter of the text
                continue
            said = f"Not offered here: {command.words}."
            await pilot.press(command.keys[0])
            await settled(pilot)
            assert app.reader.status.message == said
            await workers_done(app)  # the end of other work, such as the search's index, takes no message away
            await settled(pilot)
            assert app.reader.status.message == said
        assert app.reader.location.kind in {"claims", "search"}


def test_every_need_is_an_allowance() -> None:
    assert {command.needs for command in COMMANDS} <= {"", *Allowances._fields}


async def test_a_reader_that_was_started_ahead_takes_who_comes(swans: Catalogue) -> None:
    app = make_app(swans, open_state(None), Location(), Config(), "dark")
    async with app.run_test() as pilot:
        await pilot.press("enter", "*")
        newcomer = open_state(None)
        app.welcome(newcomer, lambda: Location("sample", "claims"), "light")
        await pilot.pause()
        assert "light" == app.themes.current.name
        assert Location("sample", "claims") == app.reader.location
        assert app.reader.history.behind is None
        await pilot.press("B")
        assert not app.session.state.marks()
        assert app.session.state is newcomer is app.session.search.queries.state


async def test_the_address_is_shown_with_a_code_that_a_phone_reads(own_copy: tuple[Catalogue, Path]) -> None:
    app = make_app(own_copy[0], open_state(None), Location("sample", "source:pond", "pond"), Config(), "dark")
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("u")
        page = app.reader.view.page
        assert "Address" == page.title
        assert page.block(0).text.startswith("https://example.org/pond\n")
        assert "█" in page.block(0).text
        await pilot.press("escape")
        assert "source:pond" == app.reader.location.page


@pytest.mark.parametrize("size", [(24, 24), (50, 14), (80, 24), (80, 20), (100, 40), (200, 50)], ids=str)
async def test_the_code_is_whole_or_not_there(own_copy: tuple[Catalogue, Path], size: tuple[int, int]) -> None:
    app = make_app(own_copy[0], open_state(None), Location("sample", "source:pond", "pond"), Config(), "dark")
    async with app.run_test(size=size) as pilot:
        await pilot.press("u")
        for length in (0, 30, 60, 200, 5000):
            address = app.own_pages.address = f"https://example.org/pond{'/x' * (length // 2)}"
            app.session.forget_pages("")
            app.reader.show(app.reader.location)
            view, code = app.reader.view, qr_rows(address)
            seen = [strip.text.rstrip() for strip in view.render_lines(view.size.region)]
            shown = [row for row in seen if "█" in row or "▀" in row or "▄" in row]
            if shown:
                assert len(shown) == len(code)
                assert all(row in line for row, line in zip(code, shown, strict=True))
                assert size != (24, 24)
            else:
                assert any(why in view.page.block(0).text for why in ("window is too small", "address is too long"))
                assert size not in {(200, 50), (100, 40)} or length >= 200


async def test_where_there_is_no_address_it_is_said(swans: Catalogue) -> None:
    app = make_app(swans, open_state(None), Location(), Config(), "dark")
    async with app.run_test() as pilot:
        await pilot.press("u")
        assert "There is no address here." == app.reader.status.message


async def test_a_window_that_is_too_narrow_has_the_address_alone(swans: Catalogue) -> None:
    app = make_app(swans, open_state(None), Location("sample", "source:pond", "pond"), Config(), "dark")
    async with app.run_test(size=(24, 24)) as pilot:
        await pilot.press("u")
        assert "█" not in app.reader.view.page.block(0).text


def test_the_code_says_the_address() -> None:
    """Two modules a character, light ones filled: the corner is a dark square of seven in a light margin of two."""
    rows = qr_rows("https://example.org/pond")
    assert "█" * len(rows[0]) == rows[0]
    assert rows[1].startswith("██ ▄▄▄▄▄ █")
    assert 1 == len({len(row) for row in rows})


def test_a_text_that_is_too_long_has_no_code() -> None:
    assert [] == qr_rows("x" * 5000)
