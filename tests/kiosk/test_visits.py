"""Visits over SSH: reading, leaving, state, commands without a terminal, and what is refused."""

import asyncio
import base64
import re
import shutil
import socket
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import asyncssh
import pytest

from tests.kiosk.conftest import PATIENCE, Kiosk, Opener, Visitor, terminal_visits, transport_of, until
from tui.kiosk.operations.metrics import Metrics
from tui.kiosk.operations.passwords import hashed
from tui.kiosk.terminal.key_pacer import KeyPacer
from tui.kiosk.visits import exec_session as telling
from tui.kiosk.visits import visitors
from tui.kiosk.visits.exec_commands import Output
from tui.kiosk.visits.visitors import Listener, VisitState
from tui.render.arguments import WRITING
from tui.session.commands import COMMANDS
from tui.session.everything import Everything
from tui.state import outbox
from tui.state.records import Change, StoreError
from tui.state.sqlite import SqliteStore

CLAIM = '[[claim]]\nid = "a"\nby = "x"\ntext = "{}"\n'


async def plain(kiosk: Kiosk, command: str) -> str:
    """Run a command without a terminal, and give all that it wrote."""
    async with kiosk.connect() as connection:
        result = await asyncio.wait_for(connection.run(command), 10)
    return f"{result.stdout!s}{result.stderr!s}"


async def test_a_visitor_reads_and_leaves(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    terminal.type("\r")
    await terminal.until("Two counts disagree")
    terminal.type("2")
    await terminal.until("The book has seven swans.")
    terminal.type("q")
    said = await terminal.until_over()
    assert said.endswith("\x1b[?1049l\x1b[?25hGood-bye.\r\n")
    await until(lambda: kiosk.lines.of("left"))
    assert "reason=left" in kiosk.lines.of("left")[0]
    await until(lambda: "closed" in kiosk.told)
    assert ["greeted", "keys-exchanged", "logged-in", "opened", "closed"] == kiosk.told


async def test_keys_before_the_first_frame_are_kept(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = asyncio.Event()
    feed, load = KeyPacer.feed, VisitState.load

    def feed_and_set(pacer: KeyPacer, data: bytes) -> None:
        feed(pacer, data)
        typed.set()

    async def load_late(state: VisitState, listener: Listener) -> None:
        await typed.wait()
        await load(state, listener)

    monkeypatch.setattr(KeyPacer, "feed", feed_and_set)
    monkeypatch.setattr(VisitState, "load", load_late)
    terminal = await visit(await open_kiosk(), username="sample")
    terminal.type("2")
    await terminal.until("The book has seven swans.")


async def test_the_cursor_stands_at_the_current_entry(open_kiosk: Opener, visit: Visitor) -> None:
    """For a visitor's screen reader or Braille line; where one types it stands there."""
    kiosk = await open_kiosk()
    terminal = await visit(kiosk, username="sample")
    await terminal.until("Two counts disagree")
    terminal.type("2j")
    await terminal.until("2/3")
    await terminal.until_quiet()
    cursor = terminal.screen.cursor
    row = terminal.screen.display[cursor.y]
    assert row[cursor.x :].startswith("C2")
    assert "▌" in row
    terminal.type("/")
    await terminal.until("find here")
    await terminal.until_quiet()
    assert " / " in terminal.screen.display[cursor.y]


async def test_the_user_name_opens_a_briefing_and_takes_colours_away(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    colourful = await visit(kiosk, username="sample")
    await colourful.until("Two counts disagree")
    await colourful.until_quiet()
    assert b"38;5;" in colourful.raw
    plain = await visit(kiosk, username="mono+sample")
    await plain.until("Two counts disagree")
    await plain.until_quiet()
    assert not re.search(rb"\x1b\[[0-9;]*[34]8;", plain.raw)


@pytest.mark.parametrize(
    ("term", "env", "codes"),
    [
        ("xterm-256color", {}, b"38;5;"),
        ("xterm-256color", {"COLORTERM": "truecolor"}, b"38;2;"),
        ("xterm-256color", {"COLORTERM": "truecolor", "NO_COLOR": "1"}, b""),
        ("linux", {}, b""),
    ],
)
async def test_each_session_has_the_colours_of_its_terminal(
    open_kiosk: Opener, visit: Visitor, term: str, env: dict[str, str], codes: bytes
) -> None:
    kiosk = await open_kiosk()
    other = await visit(kiosk, env={"COLORTERM": "truecolor"})
    await other.until("Swans on a pond")
    terminal = await visit(kiosk, term=term, env=env)
    await terminal.until("Swans on a pond")
    await terminal.until_quiet()
    found = set(re.findall(rb"38;[25];", terminal.raw))
    assert found == ({codes} if codes else set())


async def test_nothing_that_touches_the_machine_is_there(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk, username="sample")
    await terminal.until("Two counts disagree")
    [app] = kiosk.host.apps()
    machine = {command.name for command in COMMANDS if command.needs == "machine"}
    assert machine >= {"edit", "quote"}
    assert not machine & app.session.keymap.keys.keys()
    assert "address" == app.session.keymap.command("u", "u")
    goals = Everything(app.session, app.reader.location).found("")
    assert not {f"command:{name}" for name in machine} & {goal.leads for goal in goals}
    for name in machine:
        app.reader.run_command(name)  # as the list of goals would
    terminal.type("Ec")
    await terminal.until_quiet()
    assert not kiosk.lines.of("fault")
    terminal.type("q")
    await terminal.until_over()


async def test_copying_and_addresses_go_through_the_terminal(open_kiosk: Opener, visit: Visitor) -> None:
    """What is copied is handed to it (OSC 52), an address is a link there (OSC 8), a text, and on demand a QR code."""
    kiosk = await open_kiosk()
    terminal = await visit(kiosk, size=(120, 50), username="sample")
    await terminal.until("Two counts disagree")
    terminal.type("2y")
    await terminal.until("to the terminal (OSC 52)")
    [copied] = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)", terminal.raw)
    assert "The book has seven swans." in base64.b64decode(copied).decode()
    terminal.type("5")
    await terminal.until("https://")
    assert b"\x1b]8;;https://" in terminal.raw
    terminal.type("u")
    assert re.search("[\u2580\u2584\u2588]{4}", await terminal.until("\u2588"))
    assert "https://" in terminal.text


async def test_a_key_sends_only_what_it_changes(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk(keys_at_once=1000)
    terminal = await visit(kiosk, size=(120, 40), username="sample")
    await terminal.until("Two counts disagree")
    terminal.type("2")
    await terminal.until("The book has seven swans.")
    await terminal.until_quiet()
    sizes = []
    for _ in range(2):
        terminal.type("j")
        sizes.append(len(await terminal.until_quiet()))
    assert all(0 < size <= 4096 for size in sizes), sizes
    terminal.type(b"\x0c")
    assert len(await terminal.until_quiet()) > 4096  # Ctrl+L paints all


async def test_visitors_share_what_is_read_and_nothing_of_their_own(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    one, other = await visit(kiosk, username="sample"), await visit(kiosk, username="sample")
    await one.until("Two counts disagree")
    await other.until("Two counts disagree")
    apps = kiosk.host.apps()
    assert 2 == len(apps)
    assert apps[0].session.shared is apps[1].session.shared
    assert apps[0].reader.typesetter is apps[1].reader.typesetter
    one.type("2")
    await one.until("The book has seven swans.")
    one.type("*B")
    await one.until("Marks and bookmarks")
    other.type("B")
    await other.until("No marks yet")


async def test_who_has_a_key_finds_places_again_and_who_has_none_does_not(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk(access="any-key")
    mine, another = asyncssh.generate_private_key("ssh-ed25519"), asyncssh.generate_private_key("ssh-ed25519")
    first = await visit(kiosk, username="sample", client_keys=[mine])
    await first.until("Two counts disagree")
    first.type("2")
    await first.until("The book has seven swans.")
    first.type("*q")
    await first.until_over()
    again = await visit(kiosk, username="sample", client_keys=[mine])
    await again.until("The book has seven swans.")
    stranger = await visit(kiosk, username="sample", client_keys=[another])
    await stranger.until("Two counts disagree")


async def test_lines_filters_and_goals_are_for_visitors_too_and_a_key_keeps_them(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "LOGIN_WAIT", 30.0)  # a busy machine reads the store late
    kiosk = await open_kiosk(access="any-key")
    mine = asyncssh.generate_private_key("ssh-ed25519")
    first = await visit(kiosk, username="sample", client_keys=[mine])
    await first.until("Two counts disagree")
    first.type("\x10edit\r")  # no command that touches the machine is a goal
    await first.until("Go to: edit")
    first.type("\x1b")
    await first.until_quiet()
    first.type("\x10claims\r")
    await first.until("The book has seven swans.")
    first.type("z&disputed\r")
    await first.until("only disputed")
    [app] = kiosk.host.apps()
    assert app.reader.view.page.compact
    first.type("q")
    await first.until_over()
    again = await visit(kiosk, username="sample", client_keys=[mine])
    await again.until("only disputed")
    [app] = kiosk.host.apps()
    assert app.reader.view.page.compact
    assert app.reader.location.page == "claims/has:conflict"


async def test_a_state_that_cannot_be_written_is_logged_without_its_content(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_store: SqliteStore, _changes: Sequence[Change]) -> None:
        raise StoreError("no room for sample", "SQLITE_FULL")

    monkeypatch.setattr(SqliteStore, "write", fail)
    monkeypatch.setattr(outbox, "_AGAIN", 0.01)
    kiosk = await open_kiosk(access="any-key")
    terminal = await visit(kiosk, username="sample", client_keys=[asyncssh.generate_private_key("ssh-ed25519")])
    await terminal.until("Two counts disagree")
    terminal.type("2*q")
    await terminal.until_over()
    await until(lambda: kiosk.lines.of("unwritten"), "the line in the log")
    [line] = kiosk.lines.of("unwritten")
    assert re.search(r" unwritten changes=\d+ reason=SQLITE_FULL$", line)


@pytest.mark.parametrize(("access", "wait"), [("open", 30.0), ("any-key", 30.0), ("any-key", 0.0)])
async def test_a_briefing_that_is_named_opens_where_its_visitor_left_it(
    open_kiosk: Opener, visit: Visitor, access: str, wait: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the place is kept for the next time, too, though it was not looked at. A state may come late."""
    monkeypatch.setattr(visitors, "LOGIN_WAIT", wait)
    kiosk = await open_kiosk(access=access)
    mine = asyncssh.generate_private_key("ssh-ed25519")
    first = await visit(kiosk, username="me+sample", client_keys=[mine])
    await first.until("Two counts disagree")
    first.type("5jj")
    here = "sample", "sources", "letter"

    def shown() -> list[tuple[str, str, str]]:
        return [app.reader.here[:3] for app in kiosk.host.apps()]

    await until(lambda: shown() == [here])
    first.type("q")
    await first.until_over()
    for _ in range(2):
        again = await visit(kiosk, username="me+sample", client_keys=[mine])
        await again.until("q quit")
        await until(lambda: [here] == shown())
        again.type("q")
        await again.until_over()


@pytest.mark.parametrize(
    ("user", "said"),
    [
        ("smaple", "There is no briefing 'smaple'; did you mean 'sample'?"),
        ("me+zzzzzzzz", "There is no briefing 'zzzzzzzz'; here is the library."),
        ("Ann", "There is no briefing 'Ann'; here is the library."),
        ("kiosk", ""),
        ("mono+me", ""),
    ],
)
async def test_a_name_that_no_briefing_has_is_said_to_be_none(
    open_kiosk: Opener, visit: Visitor, user: str, said: str
) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk, username=user, client_keys=[asyncssh.generate_private_key("ssh-ed25519")])
    await terminal.until("Swans on a pond")
    await terminal.until(said or "q quit")
    assert bool(said) is ("There is no briefing" in terminal.text)


async def test_where_anybody_comes_in_a_word_asks_for_the_key(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    mine = asyncssh.generate_private_key("ssh-ed25519")
    await (await visit(kiosk, username="me", client_keys=[mine])).until("Swans on a pond")
    await (await visit(kiosk, username="kiosk", client_keys=[mine])).until("Swans on a pond")
    known, unknown = kiosk.lines.of("visit")
    assert "key=SHA256:" in known
    assert "key=" not in unknown


@pytest.mark.parametrize(
    ("settings", "said"),
    [({}, "Visit as me@…"), ({"access": "any-key"}, "Your SSH key keeps"), ({"keep_state": False}, "")],
)
async def test_the_help_says_how_places_are_kept(
    open_kiosk: Opener, visit: Visitor, settings: dict[str, object], said: str
) -> None:
    kiosk = await open_kiosk(**settings)
    key = asyncssh.generate_private_key("ssh-ed25519")
    terminal = await visit(kiosk, client_keys=[key], size=(120, 50))
    await terminal.until("q quit")
    terminal.type("?")
    shown = await terminal.until("the mouse work too; ? again: the signs.")
    assert said in shown
    assert ("locations and marks." in shown) is bool(said)


async def test_only_authorized_keys_come_in(open_kiosk: Opener, visit: Visitor, tmp_path: Path) -> None:
    mine, another = asyncssh.generate_private_key("ssh-ed25519"), asyncssh.generate_private_key("ssh-ed25519")
    keys = tmp_path / "keys"
    public = mine.export_public_key().decode().strip()
    keys.write_text(f'# a comment\n\nno-pty,command="true" {public} me\n', encoding="utf-8")
    kiosk = await open_kiosk(access="authorized-keys", authorized_keys=str(keys))
    with pytest.raises(asyncssh.PermissionDenied):
        await visit(kiosk, client_keys=[another])
    await (await visit(kiosk, client_keys=[mine])).until("Swans on a pond")


async def test_the_password_lets_in_and_no_other(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk(access="password", password_hash=hashed("open sesame"))
    with pytest.raises(asyncssh.PermissionDenied):
        await visit(kiosk, password="open says me")  # noqa: S106 -- made here
    await (await visit(kiosk, password="open sesame")).until("Swans on a pond")  # noqa: S106 -- made here


async def test_tries_to_log_in_end_the_connection(open_kiosk: Opener) -> None:
    kiosk = await open_kiosk(access="password", password_hash=hashed("open sesame"), login_tries=3)

    class Guesser(asyncssh.SSHClient):
        tries = 0

        def password_auth_requested(self) -> str:
            Guesser.tries += 1
            return f"guess {Guesser.tries}"

    with pytest.raises(asyncssh.DisconnectError):
        async with kiosk.connect(client_factory=Guesser, preferred_auth="password"):
            pass
    assert Guesser.tries <= 4
    await until(lambda: kiosk.lines.of("unserved"))
    assert "reason=tries" in kiosk.lines.of("unserved")[0]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("list", "Swans on a pond"),
        (None, "Swans on a pond"),
        ("show sample", "The book has seven swans."),
        ("show sample#eleven", "The miller saw eleven swans."),
        ("show 'sample#pond'", "The pond book"),
        *(("help", f"ssh HOST {name} ") for name in WRITING),
        ("search swans", "hits"),
        ("search swans --format json", '"query"'),
        ("search mill", "miller"),
        ("list --format json", '"title": "Swans on a pond"'),
        ("show sample --format=json", '"claim"'),
    ],
)
async def test_commands_without_a_terminal(open_kiosk: Opener, command: str | None, words: str) -> None:
    kiosk = await open_kiosk()
    await until(lambda: kiosk.is_indexed, "the index")
    async with kiosk.connect() as connection:
        result = await asyncio.wait_for(connection.run(command), 10)
    assert words in str(result.stdout)
    assert (0, "") == (result.exit_status, result.stderr)
    assert "\x1b" not in str(result.stdout)


async def test_a_search_that_finds_nothing_says_so_with_its_exit_code(open_kiosk: Opener) -> None:
    kiosk = await open_kiosk()
    await until(lambda: kiosk.is_indexed, "the index")
    async with kiosk.connect() as connection:
        result = await asyncio.wait_for(connection.run("search xyzzyplugh"), 10)
    assert (1, "") == (result.exit_status, result.stderr)
    assert str(result.stdout).startswith("0 hits")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("rm -rf /", "there is no command 'rm' here; there are list, show, cite, search and help"),
        ("show", "the following arguments are required: ID[#ENTRY]; see ssh HOST show --help"),
        ("show sampel", "did you mean 'sample'?"),
        ("show ../../etc/passwd", "there is no briefing"),
        ("show sample#elven", "did you mean 'eleven'?"),
        ("list; id", "there is no command 'list;'"),
        ("cite sample --style apa.csl", "unrecognized arguments: --style"),
        ("cite sample#water", "'water' of 'sample' cites no source"),
        ("list everything", "unrecognized arguments: everything; see ssh HOST list --help"),
        ("search", "the following arguments are required: QUERY"),
        ('search "', "a quotation mark is not closed"),
        ("search a OR", "at character"),
        ("search author:kim", "there is no field 'author'; did you mean by: ?"),
        ("search foo:", "there is no field 'foo'"),
        ("search a --format xml", "argument --format: invalid choice: 'xml'"),
        ("search a --limt 3", "unrecognized arguments: --limt"),
        ("search a --limit 1001", "--limit is 1000 at most here"),
        ("search a --offset 10001", "--offset is 10000 at most here"),
        ("search a --content /", "unrecognized arguments: --content"),
        ("show sample --pane nothing", "there is no pane 'nothing'; write one of: overview, "),
        ("\x1b[31mred", "there is no command"),
        ("scp -t /tmp", "there is no command 'scp'"),
    ],
)
async def test_what_is_no_command_is_refused_politely_and_told(open_kiosk: Opener, command: str, said: str) -> None:
    kiosk = await open_kiosk()
    async with kiosk.connect() as connection:
        result = await asyncio.wait_for(connection.run(command), 10)
    assert 2 == result.exit_status
    assert said in str(result.stderr)
    assert "\x1b" not in str(result.stderr)
    assert "" == result.stdout
    assert kiosk.lines.of("refused")


async def test_the_output_of_a_command_is_bounded(open_kiosk: Opener) -> None:
    kiosk = await open_kiosk(exec_bytes=1024)
    async with kiosk.connect() as connection:
        result = await asyncio.wait_for(connection.run("show sample"), 10)
    assert str(result.stdout).endswith("the rest is too long for a command.\n")
    assert len(str(result.stdout).encode()) < 1200


async def test_a_dumb_terminal_has_the_plain_mode(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    said = await (await visit(kiosk, term="dumb")).until_over()
    assert "This terminal shows no screen" in said
    assert "Swans on a pond" in said
    assert "\x1b" not in said


async def test_forwards_subsystems_and_a_second_session_are_refused_and_the_visit_goes_on(
    open_kiosk: Opener, visit: Visitor
) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    connection = terminal.connection
    for attempt in (
        lambda: connection.open_connection("127.0.0.1", 22),
        lambda: connection.open_unix_connection("/tmp/socket"),
        lambda: connection.create_process("list"),
        connection.start_sftp_client,
    ):
        with pytest.raises(asyncssh.ChannelOpenError):
            await attempt()
    listening: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: connection.forward_remote_port("", 0, "127.0.0.1", 22),
        lambda: connection.forward_remote_path("/tmp/x", "/tmp/y"),
    )
    for listen in listening:
        with pytest.raises(asyncssh.ChannelListenError):
            await listen()
    terminal.type("\r")
    await terminal.until("Two counts disagree")
    told = " ".join(kiosk.lines.of("refused"))
    for kind in ("forward", "unix-forward", "session", "remote-forward", "remote-unix-forward"):
        assert f"request={kind} " in f"{told} "


async def test_a_subsystem_agent_and_x11_are_refused_in_a_session(open_kiosk: Opener) -> None:
    kiosk = await open_kiosk()
    async with kiosk.connect() as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.start_sftp_client()
    assert "request=subsystem what=sftp" in kiosk.lines.of("refused")[0]


async def test_variables_are_refused_before_they_are_kept(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    many = {f"V{number}": "x" * 1000 for number in range(50)} | {
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "x" * 30_000,
        "LC_TIME": "C",
    }
    terminal = await visit(kiosk, env=many)
    await terminal.until("Swans on a pond")
    [running] = terminal_visits(kiosk)
    assert {"LANG": "de_DE.UTF-8", "LC_TIME": "C"} == dict(running._channel.get_environment())  # noqa: SLF001 -- what came with the channel is given to nobody
    assert 1 == len(kiosk.lines.of("refused"))


async def test_a_changed_briefing_appears_with_the_place_kept_and_a_broken_one_leaves_the_last(
    open_kiosk: Opener, visit: Visitor, sample_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "own" / "sample"
    shutil.copytree(sample_folder, folder)
    file = folder / "briefing.toml"
    kiosk = await open_kiosk(root=folder.parent)
    one, other = await visit(kiosk, username="sample"), await visit(kiosk)
    await one.until("Two counts disagree")
    await other.until("Swans on a pond")
    one.type("2j")
    await one.until("2/3")
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("saw eleven swans", "saw twelve swans"), encoding="utf-8")
    await one.until("The miller saw twelve swans.")
    assert "2/3" in one.text
    file.write_text(good.replace('title = "Swans on a pond"', 'titel = "x"'), encoding="utf-8")
    await until(lambda: kiosk.lines.of("broken"), "the broken edit")
    other.type("\r2")
    await other.until("The miller saw twelve swans.")


async def test_a_broken_edit_of_what_nobody_had_open_leaves_the_last_good_edition_too(
    open_kiosk: Opener, visit: Visitor, tmp_path: Path, tiny: Callable[..., str]
) -> None:
    """Whether on the screen, in the list, in the search or as a plain text; and each such edit is logged once."""
    root = tmp_path / "own"
    for number in range(52):  # more than a worker opens ahead
        (root / f"b{number}").mkdir(parents=True)
        text = tiny(CLAIM.format("The heron has gone."), id=f"b{number}", title=f"Number {number}")
        (root / f"b{number}" / "briefing.toml").write_text(text, encoding="utf-8")
    kiosk = await open_kiosk(root=root)
    last = kiosk.host.shared.catalogue.rows(51, 1)[0]
    assert last.id not in kiosk.host.shared.opened
    good = last.path.read_text(encoding="utf-8")
    last.path.write_text(f"{good}[[claim]]\ntitel = 1\n", encoding="utf-8")
    await until(lambda: kiosk.lines.of("broken"), "the broken edit")
    assert "The heron has gone." in await plain(kiosk, f"show {last.id}")
    assert last.title in await plain(kiosk, "list")
    assert "52 hits in 52 briefings" in await plain(kiosk, "search heron")
    terminal = await visit(kiosk, username=last.id)
    await terminal.until(last.title)
    last.path.write_text(f"{good}[[claim]]\ntitel = 2 3\n", encoding="utf-8")
    await until(lambda: len(kiosk.lines.of("broken")) == 2, "the next broken edit")
    assert all(f"briefing={last.id} " in line and "briefing.toml:" in line for line in kiosk.lines.of("broken"))
    last.path.write_text("titel = 2 3\n", encoding="utf-8")  # whether it still is public cannot be read
    await until(lambda: kiosk.lines.of("publication"), "the briefing without a header")
    assert "there is no briefing" in await plain(kiosk, f"show {last.id}")


async def test_a_content_folder_that_is_away_is_logged_and_its_briefings_are_read_on(
    open_kiosk: Opener, tmp_path: Path, tiny: Callable[..., str]
) -> None:
    root = tmp_path / "own"
    (root / "tiny").mkdir(parents=True)
    (root / "tiny" / "briefing.toml").write_text(tiny(CLAIM.format("The heron has gone."), id="tiny"), encoding="utf-8")
    kiosk = await open_kiosk(root=root)
    root.rename(tmp_path / "elsewhere")
    root.symlink_to(root)  # a folder that is there and cannot be read, whoever asks
    await until(lambda: kiosk.lines.of("content-away"), "the line in the log")
    assert f'folder={root} reason="too many levels of symbolic links"' in kiosk.lines.of("content-away")[0]
    assert "The heron has gone." in await plain(kiosk, "show tiny")
    assert not kiosk.lines.of("removed")
    root.unlink()
    (tmp_path / "elsewhere").rename(root)
    await until(lambda: kiosk.lines.of("content-back"), "the line in the log")
    assert len(kiosk.lines.of("content-away")) == 1


def _remove_folder(file: Path, _roots: list[Path], _kiosk: Kiosk) -> None:
    shutil.rmtree(file.parent)


def _remove_file(file: Path, _roots: list[Path], _kiosk: Kiosk) -> None:
    file.unlink()


def _rename(file: Path, _roots: list[Path], _kiosk: Kiosk) -> None:
    file.parent.rename(file.parents[1] / "renamed")
    _give_another_id(file.parents[1] / "renamed" / file.name, _roots, _kiosk)


def _give_another_id(file: Path, _roots: list[Path], _kiosk: Kiosk) -> None:
    text = file.read_text(encoding="utf-8").replace('id = "secret"', 'id = "renamed"')
    file.write_text(text.replace("pelican", "duck").replace("The secret one", "Another one"), encoding="utf-8")


def _drop_its_folder(_file: Path, roots: list[Path], kiosk: Kiosk) -> None:
    kiosk.host.shared.catalogue.change_roots(roots[:1])


@pytest.mark.parametrize("remove", [_remove_folder, _remove_file, _rename, _give_another_id, _drop_its_folder])
async def test_what_was_taken_away_is_gone_by_every_way_and_its_reader_is_told(
    open_kiosk: Opener,
    visit: Visitor,
    tmp_path: Path,
    tiny: Callable[..., str],
    remove: Callable[[Path, list[Path], Kiosk], None],
) -> None:
    roots = [tmp_path / "one", tmp_path / "two"]
    for root, name, word in zip(roots, ("open", "secret"), ("heron", "pelican"), strict=True):
        (root / name).mkdir(parents=True)
        text = tiny(CLAIM.format(f"The {word} has gone."), id=name, title=f"The {name} one")
        (root / name / "briefing.toml").write_text(text, encoding="utf-8")
    kiosk = await open_kiosk(root=roots[0])
    kiosk.host.shared.catalogue.change_roots(roots)
    await until(lambda: kiosk.host.shared.catalogue.find("secret"), "the other folder")
    reader, other = await visit(kiosk, username="secret"), await visit(kiosk, username="open")
    reader.type("2")
    await reader.until("The pelican has gone.")
    await other.until("The open one")
    async with asyncio.timeout(PATIENCE):
        while "1 hit" not in await plain(kiosk, "search pelican"):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)

    remove(roots[1] / "secret" / "briefing.toml", roots, kiosk)
    await reader.until("was removed; here is the library")
    assert "pelican" not in reader.text
    await until(lambda: kiosk.lines.of("removed"), "the line in the log")
    assert ["briefing=secret" in line for line in kiosk.lines.of("removed")] == [True]
    newcomer = await visit(kiosk, username="secret")
    await newcomer.until("The open one")
    for command in ("list", "list --format json", "show secret", "show secret --format json", "search pelican"):
        text = await plain(kiosk, command)
        assert "pelican" not in text.replace("“pelican”", "")
        assert '"id": "secret"' not in text
        assert "The secret one" not in text
    assert "pelican" not in await plain(kiosk, "search pelicam")  # nor as the nearest spelling
    reader.type("\x7f\x7f>")
    await reader.until_quiet()
    assert "pelican" not in reader.text
    assert "The open one" in other.text
    assert not kiosk.lines.of("fault")


async def test_a_briefing_that_never_was_good_is_hidden_from_strangers(
    open_kiosk: Opener, visit: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "own" / "bad-one").mkdir(parents=True)
    (tmp_path / "own" / "bad-one" / "briefing.toml").write_text("titel = 1\n", encoding="utf-8")
    kiosk = await open_kiosk(root=tmp_path / "own")
    assert kiosk.lines.of("broken")
    terminal = await visit(kiosk, username="bad-one")
    shown = [await terminal.until("No briefings yet")]
    shown += [
        await plain(kiosk, command) for command in ("list", "list --format json", "search x", "search --format json x")
    ]
    assert "There is no briefing 'bad-one'" in shown[0]
    assert not [text for text in shown[1:] if "bad-one" in text]
    assert not [text for text in shown if "titel" in text]
    async with kiosk.connect() as connection:
        done = await connection.run("show bad-one")
    assert done.stderr == "briefing: there is no briefing 'bad-one'; see list\n"


async def test_a_briefing_that_never_was_good_shows_its_problems_and_no_folder_of_the_machine(
    open_kiosk: Opener, visit: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "inner-name" / "bad").mkdir(parents=True)
    (tmp_path / "inner-name" / "bad" / "briefing.toml").write_text("titel = 1\n", encoding="utf-8")
    kiosk = await open_kiosk(root=tmp_path / "inner-name", show_broken=True)
    assert kiosk.lines.of("broken")
    terminal = await visit(kiosk)
    shown = [await terminal.until("bad/briefing.toml:1:1")]
    terminal.type("\r")
    shown.append(await terminal.until("bad cannot be opened"))
    shown += [*[await plain(kiosk, command) for command in ("show bad", "list", "list --format json")]]
    assert all("bad/briefing.toml" in text and "inner-name" not in text for text in shown)


async def test_an_empty_library_names_no_folder_of_the_machine(
    open_kiosk: Opener, visit: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "inner-name").mkdir()
    terminal = await visit(await open_kiosk(root=tmp_path / "inner-name"))
    await terminal.until("No briefings yet.")
    assert "inner-name" not in terminal.text


async def test_the_notice_and_the_banner_are_shown(open_kiosk: Opener, visit: Visitor, tmp_path: Path) -> None:
    (tmp_path / "banner").write_text("Welcome,\nread on.\n\x1b[31m", encoding="utf-8")
    (tmp_path / "notice").write_text("Closed on Monday.\nMore.", encoding="utf-8")
    kiosk = await open_kiosk(banner=str(tmp_path / "banner"), notice=str(tmp_path / "notice"))
    banners: list[str] = []

    class Client(asyncssh.SSHClient):
        def auth_banner_received(self, msg: str, lang: str) -> None:
            banners.append(msg)

    terminal = await visit(kiosk, client_factory=Client)
    await terminal.until("Closed on Monday.")
    assert ["Welcome,\nread on.\n[31m"] == banners


@pytest.mark.parametrize("counts", [True, False])
async def test_what_is_read_and_searched_is_counted_only_where_it_is_asked_for(
    open_kiosk: Opener, visit: Visitor, *, counts: bool
) -> None:
    kiosk = await open_kiosk()
    kiosk.host.metrics = Metrics(reading=counts)
    await until(lambda: kiosk.is_indexed, "the index")
    terminal = await visit(kiosk, username="sample")
    await terminal.until("Two counts disagree")
    terminal.type("3")
    await terminal.until_quiet()
    for command in ("search swans", "search xyzzyplugh"):
        async with kiosk.connect() as connection:
            await asyncio.wait_for(connection.run(command), 10)
    found = kiosk.host.metrics.snapshot()
    if counts:
        assert {("sample",): (1.0,)} == found["briefing_kiosk_read_total"]
        assert {("yes",): (1.0,), ("no",): (1.0,)} == found["briefing_kiosk_searches_total"]
    else:
        assert not [name for name in found if "read" in name or "searches" in name]
    [started] = found["briefing_kiosk_start_seconds"].values()
    assert 1 == sum(started[:-1])


async def test_what_a_slow_line_takes_is_whole(open_kiosk: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = await open_kiosk()
    lines = [f"{number} {'swan ' * 200}" for number in range(900)]

    async def run(*_arguments: object) -> Output:
        return Output(iter(lines))

    monkeypatch.setattr(telling, "run", run)
    monkeypatch.setattr(telling, "_GONE_AFTER", 0.5)
    with socket.create_connection(("127.0.0.1", kiosk.port)) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        async with kiosk.connect(sock=line) as connection:
            process = await connection.create_process("list", window=2**24)
            transport = transport_of(connection)
            assert transport is not None
            transport.pause_reading()
            await asyncio.sleep(1.5)
            transport.resume_reading()
            done = await process.wait()
    assert 0 == done.exit_status
    assert lines == [line.removesuffix("\n") for line in str(done.stdout).splitlines()]
