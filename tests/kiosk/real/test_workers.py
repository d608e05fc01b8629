"""Workers of a real kiosk that die, signals to its parent, and content that changes or means harm."""

import asyncio
import re
import shutil
import signal
import socket
import time
from pathlib import Path

import asyncssh
import pytest

from tests.kiosk.real.serving import Serving, answered, until

LETS_THROUGH = re.compile(
    rb"\x1b\[[\d;]*[mHJKXC]|\x1b\[\?(?:1049|25|7|2004|2026|1000|1006)[hl]|\x1b\[\?2026\$p|\x1b\]8;;(?:https?://[\x21-\x7e]*)?\x1b\\"
)
"""All that a visit may send to a terminal besides text: styles, the cursor, the modes it takes and gives back, links."""


async def test_a_killed_worker_takes_only_its_own_visitors(tmp_path: Path) -> None:
    """With kill -9 of one worker, who is in the other reads on; a new one comes, and the log says why."""
    with Serving(tmp_path, workers=2, visits_by_address=100) as kiosk:
        async with kiosk.visitor() as one, kiosk.visitor() as other:
            victim = kiosk.workers()[0]
            victim.kill()
            assert await until(lambda: one.gone is not other.gone)
            assert await answered(other if one.gone else one) < 3
            match = kiosk.logged(r"^.*worker.*(?:died|killed|ended|lost).*$")
            assert "9" in match[0] or "SIGKILL" in match[0]
            assert await until(lambda: len(kiosk.workers()) == 2)
            assert victim.pid not in {worker.pid for worker in kiosk.workers()}
        for _ in range(4):
            async with kiosk.visitor() as visitor:
                await answered(visitor)


async def test_the_parent_is_killed(tmp_path: Path) -> None:
    """Its workers do not stay behind as servers that nobody can end."""
    with Serving(tmp_path, workers=2) as kiosk:
        workers = kiosk.workers()
        kiosk.tree()[0].kill()
        assert await until(lambda: not any(worker.is_running() for worker in workers)), "a worker outlived its parent"


async def test_sigterm_drains(tmp_path: Path) -> None:
    """Nobody new comes in, who is in is told, and at the deadline it ends."""
    with Serving(tmp_path, drain_seconds=4) as kiosk:
        assert kiosk.process
        async with kiosk.visitor() as visitor:
            began = time.monotonic()
            kiosk.signal(signal.SIGTERM)
            await visitor.shows("about to end", 5)
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", kiosk.port)
            await answered(visitor)
            process = kiosk.process
            assert await until(lambda: process.poll() == 0)
            assert 3 < time.monotonic() - began < 12


async def test_sighup_rereads(tmp_path: Path) -> None:
    """New settings hold for new visits; a wrong file is told, and changes nothing."""
    with Serving(tmp_path) as kiosk:
        banner = tmp_path / "notice"
        banner.write_text("Closed on Sundays\n", encoding="utf-8")
        kiosk.settings["notice"] = str(banner)
        kiosk.write_config()
        kiosk.signal(signal.SIGHUP)
        kiosk.logged(" changed")
        await asyncio.sleep(0.5)
        async with kiosk.visitor(seen=False) as visitor:
            await visitor.shows("Closed on Sundays")
        kiosk.config.write_text("visits = 'many'\n", encoding="utf-8")
        kiosk.signal(signal.SIGHUP)
        kiosk.logged(" unchanged .*visits")
        async with kiosk.visitor(seen=False) as visitor:
            await visitor.shows("Closed on Sundays")
            await answered(visitor)


async def test_sighup_rereads_the_keys(tmp_path: Path) -> None:
    """Who was added comes in from then on, and who was taken out does not; a wrong file changes nothing."""
    mine, other = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    keys = tmp_path / "keys"
    keys.write_bytes(mine.export_public_key())
    settings = {"access": "authorized-keys", "authorized_keys": str(keys), "visits_a_minute": 10_000}
    with Serving(tmp_path, **settings) as kiosk:

        async def comes_in(key: asyncssh.SSHKey) -> bool:
            try:
                async with asyncssh.connect(
                    "127.0.0.1", kiosk.port, username="x", client_keys=[key], known_hosts=None, config=None
                ) as connection:
                    return (await connection.run("help")).exit_status == 0
            except asyncssh.PermissionDenied:
                return False

        async def are_in(now: tuple[bool, bool]) -> None:
            until = time.monotonic() + 20
            while (await comes_in(mine), await comes_in(other)) != now:
                assert time.monotonic() < until, now
                await asyncio.sleep(0.2)

        await are_in((True, False))
        keys.write_bytes(other.export_public_key())
        kiosk.signal(signal.SIGHUP)
        await are_in((False, True))
        keys.write_text("ssh-ed25519 none\n", encoding="utf-8")
        kiosk.signal(signal.SIGHUP)
        kiosk.logged(" unchanged .*keys:1: is no public key")
        assert await comes_in(other)


async def test_visitors_come_by_ipv6(tmp_path: Path) -> None:
    """All addresses of a /64 are one; whoever comes by IPv4 at the same socket is counted by that."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("there is no IPv6 here")
    with Serving(tmp_path, host="::", visits_by_address=1) as kiosk:
        async with asyncssh.connect("::1", kiosk.port, known_hosts=None, config=None, client_keys=None) as connection:
            assert (await connection.run("help")).exit_status == 0
            with pytest.raises((asyncssh.Error, OSError)):
                await asyncssh.connect("::1", kiosk.port, known_hosts=None, config=None, client_keys=None)
            async with kiosk.visitor() as visitor:
                await answered(visitor)
        assert re.search(r" visit address=127\.0\.0\.1 ", kiosk.log), kiosk.log
        assert " exec address=::1 " in kiosk.log


HOSTILE = """\
format = 1
[briefing]
id = "hostile"
title = "{title}"
bluf = "Nothing here means well."
lang = "en"
as_of = "2026-11-22"
[[source]]
id = "note"
title = "A note"
type = "report"
url = "{url}"
[[claim]]
id = "one"
text = "{text}"
cite = [{{ source = "note" }}]
"""
MARKS = ["\\u001b[2J", "\\u009b2J", "\\u202e", "\\u001b]52;c;eA==\\u0007", "\\u200b", "\\u0000"]


async def test_content_that_means_harm(tmp_path: Path) -> None:
    """Escape sequences and overrides in titles, texts and addresses reach no terminal, on the screen or without one."""
    content = tmp_path / "content"
    for place, mark in enumerate(MARKS):
        for field in ("title", "text", "url"):
            folder = content / f"bad-{field}-{place}"
            folder.mkdir(parents=True)
            words = {"title": "Fine", "text": "Fine.", "url": "https://example.org/"}
            text = HOSTILE.format(**(words | {field: words[field] + mark}))
            (folder / "briefing.toml").write_text(text, encoding="utf-8")
    raw = content / "raw"
    raw.mkdir()
    (raw / "briefing.toml").write_bytes(HOSTILE.format(title="\x1b[31mred", text="x", url="javascript:x").encode())
    with Serving(tmp_path, content=[str(content)]) as kiosk:
        async with kiosk.visitor() as visitor:
            for key in b"j", b"\r", b"2", b"\x0f", b"j", b"j", b"\r":
                visitor.press(key)
                await visitor.byte(3)
                await visitor.settle(0.2)
            sent = LETS_THROUGH.sub(b"", visitor.sent)
        assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]", sent), sent[:500]
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", sent.decode("utf-8", "strict"))
        assert b"]8;;javascript" not in visitor.sent


async def test_a_change_of_content_reaches_a_visitor(tmp_path: Path) -> None:
    """Within two seconds; a broken edit leaves the last good one, and the log tells of it."""
    content = tmp_path / "content" / "news"
    content.mkdir(parents=True)
    file = content / "briefing.toml"
    written = HOSTILE.format(title="News", text="It is raining.", url="https://example.org/")
    file.write_text(written.replace("hostile", "news"), encoding="utf-8")
    with Serving(tmp_path, content=[str(content.parent)]) as kiosk:
        async with kiosk.visitor("news") as visitor:
            await visitor.settle(0.3)
            visitor.press(b"2")
            await visitor.shows("It is raining.")
            began = time.monotonic()
            file.write_text(
                written.replace("hostile", "news").replace("It is raining.", "Snow fell at night."), encoding="utf-8"
            )
            await visitor.shows("Snow fell")
            assert time.monotonic() - began < 2.5
            file.write_text(f"{written.replace('hostile', 'news')}[[claim]]\nformat = ", encoding="utf-8")
            kiosk.logged("briefing.toml")
            await answered(visitor)


async def test_a_new_worker_has_the_last_good_edition_too(tmp_path: Path) -> None:
    """Of a file that was broken before the worker came; on the screen and without one."""
    folder = tmp_path / "content" / "news"
    folder.mkdir(parents=True)
    written = HOSTILE.format(title="News", text="It is raining.", url="https://example.org/").replace("hostile", "news")
    (folder / "briefing.toml").write_text(written, encoding="utf-8")
    with Serving(tmp_path, content=[str(folder.parent)]) as kiosk:
        (folder / "briefing.toml").write_text(f"{written}[[claim]]\nformat = ", encoding="utf-8")
        kiosk.logged(" broken briefing=news ")
        [victim] = kiosk.workers()
        victim.kill()
        kiosk.logged(" worker-died ")
        assert "It is raining." in await told(kiosk, "show news")
        async with kiosk.visitor("news") as visitor:
            visitor.press(b"2")
            await visitor.shows("It is raining.")


async def told(kiosk: Serving, command: str) -> str:
    """Run a command without a terminal, as soon as somebody serves again."""
    until = time.monotonic() + 20
    while True:
        try:
            async with asyncssh.connect(
                "127.0.0.1", kiosk.port, known_hosts=None, config=None, client_keys=None
            ) as one:
                return str((await one.run(command)).stdout)
        except (asyncssh.Error, ConnectionError):
            assert time.monotonic() < until, "nobody serves"
            await asyncio.sleep(0.2)


def _news(folder: Path, name: str, text: str) -> Path:
    """Put a briefing into a content folder."""
    path = folder / name / "briefing.toml"
    path.parent.mkdir(parents=True)
    written = HOSTILE.format(title=f"The {name}", text=text, url="https://example.org/").replace("hostile", name)
    path.write_text(written, encoding="utf-8")
    return path


async def test_what_is_removed_is_gone_within_two_seconds(tmp_path: Path) -> None:
    """By every worker, and by the searches of each; the log tells of it once."""
    content = tmp_path / "content"
    _news(content, "other", "It is raining.")
    secret = _news(content, "secret", "The pelican is at the pier.")
    with Serving(tmp_path, content=[str(content)], workers=2, visits_a_minute=1000) as kiosk:
        async with kiosk.visitor("secret") as one, kiosk.visitor("secret") as two:
            for visitor in (one, two):
                visitor.press(b"2")
                await visitor.shows("The pelican is at the pier.")
            until = time.monotonic() + 20
            while "1 hit" not in await told(kiosk, "search pelican"):
                assert time.monotonic() < until
                await asyncio.sleep(0.1)
            shutil.rmtree(secret.parent)
            began = time.monotonic()
            for visitor in (one, two):
                await visitor.shows("was removed; here is the library", began + 2.0 - time.monotonic())
            await asyncio.sleep(max(0.0, began + 2.0 - time.monotonic()))
            for _ in range(4):  # both workers
                said = [await told(kiosk, words) for words in ("list", "show secret --format json", "search pelican")]
                assert not [text for text in said if "pier" in text or "The secret" in text or "1 hit" in text]
        kiosk.logged(" removed briefing=secret")
        assert len(re.findall(" removed ", kiosk.log)) == 1


async def test_an_id_that_another_file_takes_is_shown_at_once(tmp_path: Path) -> None:
    """As when two briefings are exchanged: nobody reads on in what stood under that id, and each is told."""
    content = tmp_path / "content"
    old = _news(content, "old", "The pelican is at the pier.")
    new = _news(content, "new", "A heron has come.")
    texts = old.read_text(encoding="utf-8"), new.read_text(encoding="utf-8")
    with Serving(tmp_path, content=[str(content)]) as kiosk:
        async with kiosk.visitor("old") as visitor:
            visitor.press(b"2")
            await visitor.shows("The pelican is at the pier.")
            old.write_text(texts[0].replace('id = "old"', 'id = "new"'), encoding="utf-8")
            new.write_text(texts[1].replace('id = "new"', 'id = "old"'), encoding="utf-8")
            await visitor.shows("A heron has come.", 4)
            await visitor.shows("Reloaded: ", 2)
        kiosk.logged(' reloaded briefing=old said="Reloaded: ')


async def test_sighup_applies_content_and_names_what_needs_a_restart(tmp_path: Path) -> None:
    """Also to the search, to a worker that comes later, and in what systemd is told."""
    _news(tmp_path / "one", "other", "It is raining.")
    _news(tmp_path / "two", "secret", "The pelican is at the pier.")
    _news(tmp_path / "three", "fresh", "A heron has come.")
    roots = [str(tmp_path / name) for name in ("one", "two", "three")]
    with Serving(tmp_path, content=roots[:2]) as kiosk:
        async with kiosk.visitor("secret") as visitor:
            visitor.press(b"2")
            await visitor.shows("The pelican is at the pier.")
            kiosk.settings |= {"content": [roots[0], roots[2]], "port": 1, "workers": 2, "visits": 30}
            kiosk.write_config()
            kiosk.signal(signal.SIGHUP)
            await visitor.shows("was removed; here is the library")
        kiosk.logged(' not-applied settings="port workers" reason="needs a restart"')
        kiosk.logged(" removed briefing=secret")
        assert "A heron has come." in await told(kiosk, "show fresh")
        assert "pier" not in await told(kiosk, "show secret")
        until = time.monotonic() + 20
        while "1 hit" not in await told(kiosk, "search heron"):
            assert time.monotonic() < until
            await asyncio.sleep(0.1)
        assert "pier" not in await told(kiosk, "search pelican")
        [victim] = kiosk.workers()
        victim.kill()
        kiosk.logged(" worker-died ")
        assert "A heron has come." in await told(kiosk, "show fresh")
        assert "pier" not in await told(kiosk, "show secret")
