"""What visitors do who mean no good, or whose terminal or line is broken: each is borne, and the others go on reading."""

import asyncio
import gc
import time
from pathlib import Path

import asyncssh
import pytest
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from tests.kiosk.conftest import Opener, Visitor, terminal_visits, transport_of, until
from tui.kiosk.policies.quotas import Quotas
from tui.kiosk.visits import app_pool as pool
from tui.kiosk.visits import exec_session as telling
from tui.kiosk.visits.visit_app import VisitApp
from tui.kiosk.visits.visitors import Visitors
from tui.reader.page_screen import PageScreen
from tui.reader.screen import ReaderScreen
from tui.reader.terminal.input import LONGEST_QUERY


def reason_of(lines: list[str]) -> str:
    """Give the reason of the last line."""
    return next(fact.partition("=")[2] for fact in lines[-1].split() if fact.startswith("reason="))


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (100_000, 100_000)])
async def test_a_window_of_any_size_is_served(open_kiosk: Opener, visit: Visitor, size: tuple[int, int]) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    terminal.process.change_terminal_size(*size)
    [app] = kiosk.host.apps()
    await until(lambda: app.line.size != (100, 30))
    terminal.process.change_terminal_size(90, 25)
    await until(lambda: app.size == (90, 25))


async def test_a_storm_of_sizes_ends_in_the_last(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    for number in range(500):
        terminal.process.change_terminal_size(60 + number % 40, 20 + number % 10)
    terminal.process.change_terminal_size(77, 33)
    [app] = kiosk.host.apps()
    await until(lambda: app.size == (77, 33))


async def test_two_sizes_on_their_way_do_not_chase_each_other(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    [app] = kiosk.host.apps()
    laid_out: list[object] = []
    usual = type(app.reader)._refresh_layout  # noqa: SLF001 -- a fault in the midst of Textual

    def lay_out(screen: ReaderScreen, size: Size | None = None, scroll: bool = False) -> None:
        laid_out.append(size)
        usual(screen, size, scroll)

    monkeypatch.setattr(ReaderScreen, "_refresh_layout", lay_out)
    for number in range(6):
        size = Size(60 + number % 2, 20)
        app.reader.post_message(events.Resize(size, size))
        app.reader.post_message(events.Key("j", "j"))
    terminal.process.change_terminal_size(77, 33)
    await until(lambda: app.size == (77, 33))
    await asyncio.sleep(0.5)
    before = len(laid_out)
    await asyncio.sleep(0.5)
    assert before == len(laid_out)
    assert (77, 33) == app.reader.size


async def test_a_flood_of_keys_is_dropped_and_the_neighbour_reads_on(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    flooding, reading = await visit(kiosk), await visit(kiosk)
    await flooding.until("Swans on a pond")
    await reading.until("Swans on a pond")
    flooding.type(b"j" * 200_000)
    began = time.monotonic()
    reading.type("\r")
    await reading.until("Two counts disagree")
    assert time.monotonic() - began < 3

    def came() -> int:
        return max(int(policies[Quotas].bytes_in) for policies in kiosk.policies.values())

    await until(lambda: came() > 20_000)
    await asyncio.sleep(0.5)
    assert came() < 60_000  # the rest waits at the visitor's end
    [(keys,)] = kiosk.host.metrics.snapshot()["briefing_kiosk_keys_total"].values()
    assert keys <= 40 + 25 * (time.monotonic() - began) + 1


async def test_a_pasted_megabyte_is_borne(open_kiosk: Opener, visit: Visitor) -> None:
    """Little of it is kept, others read on at once, and the visit goes on behind it."""
    kiosk = await open_kiosk(bytes_a_second_in=1_000_000)
    pasting, reading = await visit(kiosk), await visit(kiosk, size=(90, 25))
    await pasting.until("Swans on a pond")
    await reading.until("Swans on a pond")
    [app] = [app for app in kiosk.host.apps() if app.line.size == (100, 30)]
    pasting.type(b"\x0b")
    await until(lambda: app.screen.focused is not None, "the search")
    box = app.screen.focused
    paste = b"\x1b[200~" + b"swans " * 200_000 + b"\x1b[201~"
    began = time.monotonic()
    pasting.type(paste)
    reading.type("\r")
    await reading.until("Two counts disagree")
    assert time.monotonic() - began < 3

    def came() -> int:
        return max(int(policies[Quotas].bytes_in) for policies in kiosk.policies.values())

    await until(lambda: came() > len(paste), "the whole paste")
    await until(lambda: getattr(box, "value", ""), "a query")
    assert "swans swans" in getattr(box, "value", "")
    assert len(getattr(box, "value", "")) <= LONGEST_QUERY
    await asyncio.sleep(2.1)  # keys count again a moment after a flood
    pasting.type(b"\x1b")
    await until(lambda: app.screen.focused is not box, "the end of the search")
    pasting.type(b"q")
    await pasting.until_over()
    await until(lambda: kiosk.lines.of("left"))
    assert "left" == reason_of(kiosk.lines.of("left"))
    assert not kiosk.lines.of("fault")


@pytest.mark.parametrize(
    "hostile",
    [
        b"\x1b[:7R\x1b[99999999999u",
        b"\x1b[48;100000;100000;0;0t",
        b"\xff\xfe\x80",
        b"\x1b[<0;99999;99999M\x1b[<0;99999;99999m",
        b"\x1b[200~never ending",
        b"\x1b]52;c;?\x07\x1b[6n\x00\x00",
    ],
    ids=["parser", "resize", "bytes", "mouse", "paste", "osc"],
)
async def test_hostile_input_is_borne(open_kiosk: Opener, visit: Visitor, hostile: bytes) -> None:
    kiosk = await open_kiosk(bytes_a_second_in=1_000_000)
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    terminal.type(hostile)
    [app] = kiosk.host.apps()
    terminal.type(b"\x1b[201~")
    await asyncio.sleep(0.3)
    assert (100, 30) == app.size
    assert not kiosk.lines.of("fault")
    terminal.type("q")
    await terminal.until_over()


async def test_who_reads_nothing_is_held_and_then_shown_out(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk(
        stalled_bytes=4096,
        stalled_seconds=1,
        keys_at_once=10_000,
        keys_a_second=10_000,
        idle_seconds=60,
        idle_warning_seconds=1,
    )
    terminal = await visit(kiosk, size=(200, 60), username="sample")
    await terminal.until("Two counts disagree")
    [serving] = terminal_visits(kiosk)
    transport = transport_of(terminal.connection)
    assert transport is not None
    transport.pause_reading()
    deadline = time.monotonic() + 20
    while not kiosk.lines.of("left"):
        assert time.monotonic() < deadline, "it goes on"
        terminal.type(b"\x0c")
        await asyncio.sleep(0.01)
    assert "stalled" == reason_of(kiosk.lines.of("left"))
    assert serving.session.unsent() < 4_000_000


async def test_who_is_away_is_warned_and_then_shown_out(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk(idle_seconds=3, idle_warning_seconds=2)
    terminal = await visit(kiosk)
    await terminal.until("Are you still there?")
    terminal.type("j")
    await terminal.until_quiet()
    said = await terminal.until_over()
    assert "You were away" in said
    assert 2 == said.count("Are you still there?")
    assert "idle" == reason_of(kiosk.lines.of("left"))


async def test_a_visit_has_a_longest_time(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk(total_seconds=1.5)
    terminal = await visit(kiosk)
    said = await terminal.until_over()
    assert "has reached its longest time" in said


async def test_a_connection_without_a_session_ends(open_kiosk: Opener) -> None:
    kiosk = await open_kiosk(login_seconds=1)
    ends: list[Exception | None] = []

    class Client(asyncssh.SSHClient):
        def connection_lost(self, exc: Exception | None) -> None:
            ends.append(exc)

    await kiosk.connect(client_factory=Client)
    await until(lambda: ends, "the end")
    assert "no-session" == reason_of(kiosk.lines.of("unserved"))


async def test_a_silent_connection_ends(open_kiosk: Opener) -> None:
    kiosk = await open_kiosk(login_seconds=1)
    reader, writer = await asyncio.open_connection("127.0.0.1", kiosk.port)
    said = await asyncio.wait_for(reader.read(), 10)
    assert said.startswith(b"SSH-2.0-briefing")
    writer.close()
    await until(lambda: "closed" in kiosk.told)


async def test_rekeying_without_end_ends_the_connection(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk(rekeyings_a_minute=3)
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    for _ in range(10):
        if terminal.connection.is_closed():
            break
        if terminal.connection._kex is None:  # noqa: SLF001 -- asyncssh rekeys by itself alone
            terminal.connection._send_kexinit()  # noqa: SLF001 -- likewise
            terminal.connection._kexinit_sent = True  # noqa: SLF001 -- likewise
        await asyncio.sleep(0.1)
    await until(lambda: kiosk.lines.of("left"))
    assert terminal.connection.is_closed()


async def test_a_fault_ends_one_visit_with_a_reference_and_tells_nothing_of_what_was_typed(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = await open_kiosk()
    one, other = await visit(kiosk), await visit(kiosk)
    await one.until("Swans on a pond")
    await other.until("Swans on a pond")
    apps = kiosk.host.apps()

    def fail(_screen: PageScreen, name: str) -> None:
        if name == "help":
            secret = "my secret words"
            raise ValueError(secret)

    monkeypatch.setattr(PageScreen, "run_command", fail)
    one.type("?")
    said = await one.until_over()
    assert "Something went wrong here" in said
    assert "Traceback" not in said
    assert "secret" not in said
    await until(lambda: kiosk.lines.of("left"))
    assert "fault" == reason_of(kiosk.lines.of("left"))
    [fault] = kiosk.lines.of("fault")
    reference = fault.split("reference=")[1].split()[0]
    assert reference in said
    assert "ValueError" in fault
    assert "test_abuse.py" in fault
    assert "my secret words" not in " ".join(kiosk.lines).replace('secret = \\"my secret words\\"', "")
    assert 1 == len(kiosk.host.apps()) < len(apps)
    monkeypatch.undo()
    other.type("\r")
    await other.until("Two counts disagree")


async def test_a_fault_in_a_closing_screen_ends_no_visit_and_is_logged_without_what_was_typed(
    open_kiosk: Opener, visit: Visitor
) -> None:
    kiosk = await open_kiosk()
    visitor = await visit(kiosk)
    await visitor.until("Swans on a pond")
    [app] = kiosk.host.apps()
    closing = Screen[None]()
    _ = app.within(lambda: app.push_screen(closing))
    await until(lambda: app.screen is closing and closing.is_running)
    gone = asyncio.Event()

    async def late() -> None:
        await gone.wait()
        secret = "my secret words"
        raise ValueError(secret)

    closing.call_later(late)
    await asyncio.sleep(0.01)
    _ = app.within(app.pop_screen)
    gone.set()
    await until(lambda: kiosk.lines.of("fault-borne"))
    [line] = kiosk.lines.of("fault-borne")
    assert "ValueError" in line
    assert "test_abuse.py" in line
    assert "my secret words" not in line.replace('secret = \\"my secret words\\"', "")
    visitor.type("\r")
    await visitor.until("Two counts disagree")
    assert not kiosk.lines.of("left")


async def test_who_leaves_while_the_reader_starts_leaves_nothing_behind(open_kiosk: Opener) -> None:
    kiosk = await open_kiosk()
    for _ in range(5):
        connection = await kiosk.connect()
        await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
        connection.abort()
    await until(lambda: 5 == kiosk.told.count("closed"))
    await asyncio.wait_for(kiosk.host.until_empty(10), 12)
    assert not kiosk.host.visits
    assert not kiosk.policies
    assert not kiosk.lines.of("fault")


async def test_visits_in_a_row_leave_no_readers_behind(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    for _ in range(6):
        terminal = await visit(kiosk)
        await terminal.until("Swans on a pond")
        terminal.type("q")
        await terminal.until_over()
    await asyncio.wait_for(kiosk.host.until_empty(10), 12)
    await until(lambda: 6 == kiosk.told.count("closed"))
    await kiosk.host.pool.close()
    await asyncio.sleep(0.2)
    gc.collect()
    assert not [thing for thing in gc.get_objects() if isinstance(thing, VisitApp) and thing._closed]  # noqa: SLF001 -- no other sign of an app that is done with


async def test_content_full_of_control_characters_is_refused_when_it_is_read(
    open_kiosk: Opener, tmp_path: Path
) -> None:
    folder = tmp_path / "evil" / "tiny"
    folder.mkdir(parents=True)
    text = 'format = 1\n[briefing]\nid = "tiny"\ntitle = "A\\u001b[31m\\u202eB"\nbluf = "x"\nlang = "en"\nas_of = "2026-11-22"\n'
    (folder / "briefing.toml").write_text(text, encoding="utf-8")
    kiosk = await open_kiosk(root=folder.parent)
    async with kiosk.connect() as connection:
        result = await connection.run("list")
        opened = await connection.run("show tiny")
    [broken] = kiosk.lines.of("broken")
    assert "briefing.title" in broken
    assert "no briefing" in str(opened.stderr)
    assert "tiny" not in str(result.stdout)
    assert "\x1b" not in str(result.stdout)
    assert "\u202e" not in str(result.stdout)


@pytest.mark.parametrize("of_app", [False, True], ids=["screen", "app"])
async def test_a_reader_that_hears_nothing_any_more_ends_with_a_reference(
    open_kiosk: Opener, visit: Visitor, *, of_app: bool
) -> None:
    kiosk = await open_kiosk()
    one, other = await visit(kiosk), await visit(kiosk, size=(90, 25))
    await one.until("Swans on a pond")
    await other.until("Swans on a pond")
    [app] = [app for app in kiosk.host.apps() if app.line.size == (100, 30)]
    [running] = [visit.running for visit in terminal_visits(kiosk) if visit.app is app]
    assert running is not None
    task = running.task if of_app else app.reader._task  # noqa: SLF001 -- a task that dies within Textual
    assert task is not None
    task.cancel()
    await until(lambda: app.is_dead)
    said = await one.until_over()
    [fault] = kiosk.lines.of("fault")
    assert "Something went wrong here" in said
    assert fault.split("reference=")[1].split()[0] in said
    await until(lambda: kiosk.lines.of("left"))
    assert "fault" == reason_of(kiosk.lines.of("left"))
    assert 1 == len(kiosk.host.apps())
    await until(lambda: "closed" in kiosk.told)
    await until(lambda: 1 == len(kiosk.tasks))
    other.type("\r")
    await other.until("Two counts disagree")


async def test_a_reader_that_takes_long_to_leave_has_no_fault(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    [serving] = terminal_visits(kiosk)
    assert serving.app
    monkeypatch.setattr(VisitApp, "is_dead", True)  # as between its last message and the end of its task
    serving.app.leave()
    serving.check()
    serving.check()
    assert "Something went wrong here" not in await terminal.until_over()
    await until(lambda: kiosk.lines.of("left"))
    assert "left" == reason_of(kiosk.lines.of("left"))
    assert not kiosk.lines.of("fault")


@pytest.mark.parametrize("command", [None, "list"], ids=["screen", "plain"])
async def test_a_fault_of_the_kiosk_s_own_ends_the_visit_with_a_reference(
    open_kiosk: Opener, monkeypatch: pytest.MonkeyPatch, command: str | None
) -> None:
    kiosk = await open_kiosk()

    def fail(*_arguments: object) -> None:
        secret = "my secret words"
        raise PermissionError(secret)

    async def fill(*_arguments: object, **_options: object) -> None:
        """Start no reader ahead, so that every one is the visit's."""

    monkeypatch.setattr(pool.AppPool, "fill", fill)
    monkeypatch.setattr(telling, "run", fail)
    monkeypatch.setattr(Visitors, "open", fail)
    async with kiosk.connect() as connection:
        done = await asyncio.wait_for(connection.run(command, term_type=None if command else "xterm"), 10)
        said = f"{done.stdout!s}{done.stderr!s}"
    assert 1 == done.exit_status
    [fault] = kiosk.lines.of("fault")
    assert fault.split("reference=")[1].split()[0] in said
    assert "test_abuse.py" in fault
    assert "PermissionError" in fault
    assert "my secret words" not in fault.replace('secret = \\"my secret words\\"', "")
    await until(lambda: not kiosk.tasks)
    assert not kiosk.host.visits
    assert not [thing for thing in gc.get_objects() if isinstance(thing, VisitApp) and thing.is_running]


async def test_a_reader_that_hangs_is_given_up_when_its_visitor_leaves(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")

    async def hang(_app: VisitApp, _event: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(VisitApp, "on_event", hang)
    monkeypatch.setattr(pool, "LEAVE_SECONDS", 0.2)
    terminal.type("?")
    await asyncio.sleep(0.2)
    terminal.connection.abort()
    await until(lambda: not kiosk.tasks)
    assert not kiosk.host.visits
    assert "lost" == reason_of(kiosk.lines.of("left"))
