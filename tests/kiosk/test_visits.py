"""Visits over SSH: reading, leaving, state, commands without a terminal, and what is refused."""

import asyncio
import re
import shutil
from pathlib import Path

import asyncssh
import pytest

from tests.kiosk.conftest import Opener, Visitor, until
from tui.kiosk.metrics import Metrics
from tui.kiosk.passwords import hashed
from tui.reader.commands.table import COMMANDS


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
    await until(lambda: "out" in kiosk.told)
    assert ["in", "out"] == kiosk.told


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
    assert not machine & app.keymap.keys.keys()
    assert "address" == app.keymap.command("u", "u")
    assert not [title for title, _, _ in app.palette_rows() if "EDITOR" in title or title.startswith("Quote")]
    for name in machine:
        app.run_command(name)  # as the palette would
    terminal.type("Ec")
    await terminal.until_quiet()
    assert not kiosk.lines.of("fault")
    terminal.type("q")
    await terminal.until_over()


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
    assert apps[0].desk.holdings is apps[1].desk.holdings
    assert apps[0].typesetter is apps[1].typesetter
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


async def test_where_anybody_comes_in_a_word_asks_for_the_key(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    mine = asyncssh.generate_private_key("ssh-ed25519")
    await (await visit(kiosk, username="me", client_keys=[mine])).until("Swans on a pond")
    await (await visit(kiosk, username="kiosk", client_keys=[mine])).until("Swans on a pond")
    known, unknown = kiosk.lines.of("visit")
    assert "key=SHA256:" in known
    assert "key=" not in unknown


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
        await visit(kiosk, password="open says me")  # noqa: S106
    await (await visit(kiosk, password="open sesame")).until("Swans on a pond")  # noqa: S106


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
        ("help", "ssh HOST list"),
        ("search swans", "hits"),
        ("search swans --format json", '"query"'),
        ("search mill", "miller"),
        ("list --format json", '"title": "Swans on a pond"'),
        ("show sample --format=json", '"claim"'),
    ],
)
async def test_commands_without_a_terminal(open_kiosk: Opener, command: str | None, words: str) -> None:
    kiosk = await open_kiosk()
    await until(lambda: kiosk.host.holdings.engine.is_complete, "the index")
    async with kiosk.connect() as connection:
        result = await asyncio.wait_for(connection.run(command), 10)
    assert words in str(result.stdout)
    assert (0, "") == (result.exit_status, result.stderr)
    assert "\x1b" not in str(result.stdout)


async def test_a_search_that_finds_nothing_says_so_with_its_exit_code(open_kiosk: Opener) -> None:
    kiosk = await open_kiosk()
    await until(lambda: kiosk.host.holdings.engine.is_complete, "the index")
    async with kiosk.connect() as connection:
        result = await asyncio.wait_for(connection.run("search xyzzyplugh"), 10)
    assert (1, "") == (result.exit_status, result.stderr)
    assert str(result.stdout).startswith("0 hits")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("rm -rf /", "there is no command 'rm' here; there are list, show, search and help"),
        ("show", "show needs a briefing"),
        ("show sampel", "did you mean 'sample'?"),
        ("show ../../etc/passwd", "there is no briefing"),
        ("show sample#elven", "did you mean 'eleven'?"),
        ("list; id", "there is no command 'list;'"),
        ("list everything", "list takes nothing more"),
        ("search", "search needs words"),
        ('search "', "quotes that do not close"),
        ("search a OR", "at character"),
        ("search a --format xml", "--format is text or json"),
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
    kiosk = await open_kiosk(plain_bytes=1024)
    async with kiosk.connect() as connection:
        result = await asyncio.wait_for(connection.run("show sample"), 10)
    assert str(result.stdout).endswith("the rest is too long for this way.\n")
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
    for listen in (
        lambda: connection.forward_remote_port("", 0, "127.0.0.1", 22),
        lambda: connection.forward_remote_path("/tmp/x", "/tmp/y"),
    ):
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
    [running] = kiosk.host._visits
    assert {"LANG": "de_DE.UTF-8", "LC_TIME": "C"} == dict(running._channel.get_environment())
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
    await until(lambda: kiosk.host.holdings.engine.is_complete, "the index")
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
