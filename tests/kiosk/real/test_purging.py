"""Words are purged under a running kiosk and a running reader, which go on and show them no more."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.cli.purged import ENTRY, GONE, SHA, SPOKEN, TABLES, TEXT
from tests.kiosk.real.serving import Serving, answered
from tests.reader.running import Terminal


async def test_a_running_kiosk_and_a_running_reader_show_purged_words_no_more(
    tmp_path: Path, tiny: Callable[..., str]
) -> None:
    file = tmp_path / "shelf/pond/briefing.toml"
    file.parent.mkdir(parents=True)
    file.write_text(tiny(TABLES, id="pond"))
    held = tmp_path / "data/briefing/held" / f"{SHA}.txt"
    held.parent.mkdir(parents=True)
    held.write_text(TEXT)
    with Serving(tmp_path, content=[str(tmp_path / "shelf")]) as kiosk:

        def run(*words: str) -> str:
            done = subprocess.run(
                [sys.executable, "-m", "tui", *words], env=dict(kiosk.environment), cwd=kiosk.started_in, timeout=120,
                check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            assert 0 == done.returncode, done.stdout
            return done.stdout

        reader = Terminal("open", "--content", str(tmp_path / "shelf"), "pond#goes", environment=kiosk.environment)
        try:
            async with kiosk.visitor("pond") as visitor:
                visitor.press(b"1")
                await visitor.shows(GONE)
                await asyncio.to_thread(reader.until_shown, GONE)
                file.write_text(file.read_text().replace(ENTRY, ""))
                said = await asyncio.to_thread(run, "purge", "--content", str(tmp_path / "shelf"), "pond#goes", "--yes")
                assert "Purged pond#goes." in said
                said = await asyncio.to_thread(
                    run, "purge", "--content", str(tmp_path / "shelf"), "--text", SHA, "--yes"
                )
                assert f"Deleted {held}." in said
                until = time.monotonic() + 20
                while GONE in "\n".join(visitor.screen.display) or GONE in reader.text:
                    assert time.monotonic() < until
                    reader.look()
                    await asyncio.sleep(0.1)
                await answered(visitor)
            reader.send("q")
            assert 0 == await asyncio.to_thread(reader.until_ended)
        finally:
            reader.close()
        for word in (GONE, SPOKEN):
            folders = (tmp_path / name for name in ("cache", "state", "data"))
            files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
            assert not [path for path in files if word.encode() in path.read_bytes()]
        found = await kiosk_search(kiosk, SPOKEN)
        assert SPOKEN not in found.replace(f"“{SPOKEN}”", "").replace(f"search {SPOKEN}", "") or "Nothing" in found
    assert "Traceback" not in kiosk.log
    assert "fault" not in kiosk.log


async def kiosk_search(kiosk: Serving, word: str) -> str:
    """Search as a visitor does."""
    import asyncssh

    async with asyncssh.connect(
        "127.0.0.1", kiosk.port, username="kiosk", known_hosts=None, config=None, client_keys=None
    ) as connection:
        done = await connection.run(f"search {word}", check=False, timeout=30)
    return f"{done.stdout!s}{done.stderr!s}"
