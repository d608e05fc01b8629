"""Searching in a real kiosk, and the process that does it."""

import asyncio
import hashlib
from pathlib import Path

import asyncssh
import psutil

from tests.conftest import HEADER
from tests.kiosk.real.serving import Serving, answered, until

SEARCH_KEY = b"\x0b"


def seekers(kiosk: Serving) -> list[psutil.Process]:
    """Give the search processes."""
    return [child for worker in kiosk.workers() for child in worker.children()]


async def test_texts_of_a_folder_in_the_settings_are_found_and_shown(tmp_path: Path) -> None:
    """By the worker and by its search process; a deleted one is gone. The folder itself stays as it was."""
    words = "Seven swans were seen. The miller kept geese.\n"
    texts, content = tmp_path / "texts", tmp_path / "shelf" / "tiny"
    texts.mkdir()
    content.mkdir(parents=True)
    (texts / "book.txt").write_text(words)
    (content / "briefing.toml").write_text(
        f"""{HEADER}
[[source]]
id = "book"
type = "book"
title = "The pond book"
sha256 = "{hashlib.sha256(words.encode()).hexdigest()}"
[[claim]]
id = "seven"
text = "The book tells of seven swans."
cite = [{{ source = "book", quote = "Seven swans" }}]
"""
    )
    with Serving(tmp_path, content=[str(content.parent)], texts=[str(texts)]) as kiosk:

        async def shows(words: str, command: str) -> bool:
            for _ in range(60):
                async with asyncssh.connect(
                    "127.0.0.1", kiosk.port, username="reader", known_hosts=None, client_keys=None, config=None
                ) as client:
                    if words in str((await asyncio.wait_for(client.run(command), 20)).stdout):
                        return True
                await asyncio.sleep(0.5)
            return False

        assert await shows("1 hit in 1 briefing", "search miller")
        assert await shows("Checked: the quote stands", "show tiny#seven")
        (texts / "book.txt").unlink()
        assert await shows("0 hits in 1 briefing", "search miller")
        assert await shows("Not checked: the text is not held here", "show tiny#seven")


async def test_visitors_search_in_a_process_of_its_own(tmp_path: Path) -> None:
    """They find; when the process is killed they read on, and find again; it does not outlive its worker."""
    with Serving(tmp_path) as kiosk:
        async with kiosk.visitor() as visitor, kiosk.visitor() as other:
            assert await until(lambda: len(seekers(kiosk)) == 1)
            [process] = seekers(kiosk)
            visitor.press(SEARCH_KEY)
            await visitor.shows("Tab completes")
            visitor.press(b"missile")
            await visitor.shows("hits in 3 briefings")
            process.kill()
            assert await answered(other) < 3
            kiosk.logged("search-died .*SIGKILL")
            visitor.press(b"s")
            await visitor.shows("missiles")
            await visitor.shows("hits in 3 briefings")
            assert await until(lambda: len(seekers(kiosk)) == 1)
            [process] = seekers(kiosk)
            async with asyncssh.connect(
                "127.0.0.1", kiosk.port, username="reader", known_hosts=None, client_keys=None, config=None
            ) as client:
                done = await asyncio.wait_for(client.run("search missile"), 20)
            assert 0 == done.exit_status
            assert "could not be read" not in str(done.stdout)  # the operator need not have briefings of her own
            assert "missile" not in kiosk.log
            kiosk.workers()[0].kill()
            assert await until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, 5)
