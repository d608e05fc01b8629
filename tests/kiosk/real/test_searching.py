"""Searching in a real kiosk, and the process that does it."""

import asyncio
from pathlib import Path

import asyncssh
import psutil

from tests.kiosk.real.serving import Serving, answered, until

SEARCH_KEY = b"\x0b"


def seekers(kiosk: Serving) -> list[psutil.Process]:
    """Give the search processes."""
    return [child for worker in kiosk.workers() for child in worker.children()]


async def test_visitors_search_in_a_process_of_its_own(tmp_path: Path) -> None:
    """They find; when the process is killed they read on, and find again; it does not outlive its worker."""
    with Serving(tmp_path) as kiosk:
        async with kiosk.visitor() as visitor, kiosk.visitor() as other:
            assert await until(lambda: len(seekers(kiosk)) == 1)
            [process] = seekers(kiosk)
            visitor.press(SEARCH_KEY)
            await visitor.shows("Tab completes")
            visitor.press(b"missile")
            await visitor.shows("hits in 2 briefings")
            process.kill()
            assert await answered(other) < 3
            kiosk.logged("search-died .*SIGKILL")
            visitor.press(b"s")
            await visitor.shows("missiles")
            await visitor.shows("hits in 2 briefings")
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
