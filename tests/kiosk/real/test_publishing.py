"""Status and time of briefings in a running kiosk: within two seconds, and also after a restart."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import asyncssh

from tests.kiosk.real.serving import Serving

LIMIT = 2.5
"""Seconds; two, and the time of the test's own look."""


async def asked(kiosk: Serving, command: str) -> str:
    """Run a command as a stranger, and return what came."""
    async with asyncssh.connect("127.0.0.1", kiosk.port, known_hosts=None, config=None, client_keys=None) as one:
        done = await one.run(command)
    return f"{done.stdout!s}{done.stderr!s}"


async def until_said(kiosk: Serving, command: str, words: str, *, is_there: bool = True) -> float:
    """Wait until a command says some words, or no more, and return the seconds."""
    began = time.monotonic()
    while (words in await asked(kiosk, command)) != is_there:
        assert time.monotonic() - began < 10, f"{command}: {words!r}"
        await asyncio.sleep(0.1)
    return time.monotonic() - began


async def test_status_and_time_hold_within_two_seconds_and_over_a_restart(
    tmp_path: Path, tiny: Callable[..., str]
) -> None:
    file = tmp_path / "content" / "pond" / "briefing.toml"
    file.parent.mkdir(parents=True)

    def write(header: str = "", tables: str = "") -> None:
        text = tiny(f'[[claim]]\nid = "a"\nby = "x"\ntext = "Twelve swans."\n{tables}', id="pond", format="2")
        file.write_text(text.replace("[briefing]\n", f"[briefing]\n{header}\n"), encoding="utf-8")

    write()
    kiosk = Serving(tmp_path, content=[str(tmp_path / "content")], visits_a_minute=10_000)
    with kiosk:
        async with kiosk.visitor("pond") as reader:
            write('status = "withdrawn"')
            assert await until_said(kiosk, "show pond", "'pond' was withdrawn") < LIMIT
            await reader.shows("Library", LIMIT)
        async with kiosk.visitor("pond", seen=False) as late:
            await late.shows("was withdrawn")
        assert "pond" not in await asked(kiosk, "search swans")
        write('status = "draft"')
        assert await until_said(kiosk, "show pond", "there is no briefing 'pond'") < LIMIT
        kiosk.logged("publication briefing=pond shown=hidden")
        write('status = "unlisted"')
        assert await until_said(kiosk, "show pond", "Twelve swans.") < LIMIT
        assert "No briefings." in await asked(kiosk, "list")
        write('status = "unlisted"', "x = 1\n")  # broken, with the same header
        kiosk.logged("broken briefing=pond")
        assert "Twelve swans." in await asked(kiosk, "show pond")
        end = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=3)
        write(f"until = {end.isoformat()}")
        assert await until_said(kiosk, "list", "A tiny briefing") < LIMIT
        await until_said(kiosk, "list", "A tiny briefing", is_there=False)
        assert abs((dt.datetime.now(dt.UTC) - end).total_seconds()) < LIMIT
        kiosk.logged("publication briefing=pond shown=hidden")
    kept = tmp_path / "state" / "briefing" / "latest-time"
    assert dt.datetime.fromisoformat(kept.read_text(encoding="ascii").strip()) >= end
    # As if the clock had been put back: by this mark it is tomorrow already.
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    kept.write_text(f"{tomorrow.isoformat()}\n", encoding="ascii")
    write(f"until = {(tomorrow - dt.timedelta(hours=1)).isoformat()}")
    with kiosk:
        assert "there is no briefing" in await asked(kiosk, "show pond")
        kiosk.logged(" clock said=")
        file.unlink()
        kiosk.logged("removed briefing=pond")
        await asked(kiosk, "list")
        assert "shown=listed" not in kiosk.log.rpartition(" started ")[2]
