"""Huge texts in the kiosk: they are opened beside the loop, read in parts, and leave nothing behind."""

import asyncio
import gc
import hashlib
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kiosk.conftest import Opener, Visitor, until
from tui.briefing.memory import Memory
from tui.kiosk.worker import host
from tui.kiosk.worker import housekeeping as closing
from tui.library import source_texts, volume
from tui.library.catalogue import Catalogue

TEXT = "Swans on a pond\n\n" + "wide water " * 9_000 + "with one swan on it, " + "and water " * 9_000
CLAIM = "Water. " + "wide water " * 20_000 + "and land."


@pytest.fixture
def huge(tmp_path: Path, tiny: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a content folder with a briefing that counts as huge."""
    monkeypatch.setattr(volume, "HEAVY", 100_000)
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    folder = tmp_path / "content" / "lake"
    (folder / "held").mkdir(parents=True)
    (folder / "held" / "pond.txt").write_text(TEXT, encoding="utf-8")
    source = (
        f'[[source]]\nid = "pond"\ntitle = "Swans on a pond"\ntype = "book"\nheld = "pond.txt"\nsha256 = "{sha256}"\n'
    )
    claim = f'[[claim]]\nid = "a"\ntext = "{CLAIM}"\ncite = [{{ source = "pond", quote = "one swan on it" }}]\n'
    (folder / "briefing.toml").write_text(tiny(f"{source}\n{claim}", id="lake", title="A lake"), encoding="utf-8")
    return folder.parent


@pytest.fixture
def on_the_loop(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list of what was read or opened in the thread that serves everybody."""
    found: list[str] = []
    loop = threading.get_ident()
    opens, reads = Catalogue.open, source_texts.read

    def noting_open(self: Catalogue, path: Path, memory: Memory | None = None) -> object:
        if threading.get_ident() == loop:
            found.append(f"opened {path.parent.name}")
        return opens(self, path, memory)

    def noting_read(path: Path, title: str | None = None) -> object:
        if threading.get_ident() == loop:
            found.append(f"read {path.name}")
        return reads(path, title)

    monkeypatch.setattr(Catalogue, "open", noting_open)
    monkeypatch.setattr(source_texts, "read", noting_read)
    return found


async def test_nobody_waits_while_a_huge_briefing_is_opened_and_read(
    open_kiosk: Opener, visit: Visitor, huge: Path, on_the_loop: list[str]
) -> None:
    kiosk = await open_kiosk(huge)
    kiosk.host.shared.close(["lake"])
    terminal = await visit(kiosk, username="lake")
    await terminal.until("A lake")
    terminal.type("2")
    await terminal.until("Water. wide water")
    terminal.type("f")
    await terminal.until("stands in paragraph 1")
    terminal.type("\x1b")
    while "stands in paragraph 1" in terminal.text:  # what follows an Esc too soon makes another key of it
        await terminal.hear(0.2)
    terminal.type("5\r")
    await terminal.until("The whole text")
    await terminal.until_quiet()  # the source's page is wholly there
    terminal.type("j\r ")  # the last key is meant for the page that is on its way
    await terminal.until("2/2")  # the text's second paragraph; a frame of the first one may be skipped
    terminal.type("   ")
    await terminal.until_quiet()
    assert [] == on_the_loop
    assert not kiosk.lines.of("fault")


async def test_commands_write_as_much_as_is_allowed_and_no_json_that_would_be_cut(
    open_kiosk: Opener, huge: Path
) -> None:
    kiosk = await open_kiosk(huge, exec_bytes=5000)
    async with kiosk.connect() as connection:
        written = await asyncio.wait_for(connection.run("show lake"), 10)
    assert "Water. wide water" in str(written.stdout)
    assert len(str(written.stdout)) < 6000
    for target in ("lake", "lake#a"):
        async with kiosk.connect() as connection:
            refused = await asyncio.wait_for(connection.run(f"show {target} --format json"), 10)
        assert f"'{target}' is too long to be written as JSON here" in str(refused.stderr)
        assert refused.exit_status == 2


async def test_nothing_of_it_stays_when_its_reader_has_left(
    open_kiosk: Opener, visit: Visitor, huge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "_CHECK_EVERY", 0.05)
    monkeypatch.setattr(closing, "_CLOSED_AFTER", 0.2)
    kiosk = await open_kiosk(huge)
    shared = kiosk.host.shared
    terminal = await visit(kiosk, username="lake")
    await terminal.until("A lake")
    terminal.type("2")
    await terminal.until("Water. wide water")
    one = shared.volume("lake")
    assert one is not None
    there = weakref.ref(one)
    del one
    await asyncio.sleep(0.5)
    assert ("lake",) == shared.heavy, "somebody reads it"
    terminal.type("q")
    await terminal.until_over()
    await until(lambda: not shared.heavy, "closing it")

    def is_gone() -> bool:
        gc.collect()
        return there() is None

    await until(is_gone, "forgetting it")


async def test_a_visitor_may_come_back_to_what_was_closed(
    open_kiosk: Opener, visit: Visitor, huge: Path, on_the_loop: list[str]
) -> None:
    kiosk = await open_kiosk(huge)
    terminal = await visit(kiosk, username="lake")
    await terminal.until("A lake")
    terminal.type("2")
    await terminal.until("Water. wide water")
    terminal.type("L")
    await terminal.until("It is small.") if "It is small." in terminal.text else await terminal.until_quiet()
    kiosk.host.shared.close(["lake"])
    on_the_loop.clear()
    terminal.type("\x0ff")  # the second key waits for the page that the first one opens
    await terminal.until("stands in paragraph 1")
    assert "Water. wide water" in terminal.text
    assert [] == on_the_loop
