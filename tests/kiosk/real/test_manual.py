"""The operator's manual: its rules are served, and its commands run as they stand there."""

import asyncio
import json
import re
import shlex
from pathlib import Path

import asyncssh

from tests import readme
from tests.kiosk.real.serving import Serving
from tui.kiosk.operations.admin_commands import ADMIN_COMMANDS
from tui.kiosk.operations.passwords import hashed

MANUAL = readme.MANUAL.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\| `briefing kiosk ([^`]+)` \|", MANUAL, re.MULTILINE)


async def test_the_commands_of_the_manual_run_as_they_stand_there(tmp_path: Path) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "staff.keys").write_bytes(key.export_public_key())
    (tmp_path / "revoked.krl").touch()
    rules = readme.example("rules").replace("/srv/briefings/inner", str(inner)).replace("scrypt$…", hashed("swans"))
    (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
    settings = {"rules": str(tmp_path / "rules.toml"), "audit": True, "statistics": True, "visits_a_minute": 100}
    kiosk = Serving(tmp_path, **settings)
    with kiosk:

        async def admin(words: str) -> str:
            return await asyncio.to_thread(kiosk.admin, *shlex.split(words), "--config", kiosk.config)

        async with kiosk.visitor("me+handbook", key=key) as visitor:
            [visit] = json.loads(await admin("who --format json"))["visits"]
            run = [
                command
                for command in COMMANDS
                if command.partition(" ")[0] not in {"end", "forget", "upgrade", "drain"}
            ]
            for command in run:
                await admin(command.replace("KEY", visit["key"]))
            await visitor.shows("We close at noon.")
            await admin("blocks")
            await admin("unblock 192.0.2.0/24")
            await admin(next(one for one in COMMANDS if one.startswith("end ")).replace("12", str(visit["visit"])))
        await admin(next(one for one in COMMANDS if one.startswith("forget")).replace("KEY", visit["key"]))
        for line in readme.example("backup").splitlines():
            await asyncio.to_thread(shell, kiosk, line)
        assert "is ending" in await admin("drain")
        assert kiosk.process
        await asyncio.to_thread(kiosk.process.wait, 30)
    [line] = readme.example("restore").splitlines()
    assert "restored states=0" in shell(kiosk, f"{line} --replace")
    # Each command has its row; `blocks` and `unblock` stand in that of `block`.
    assert {command.partition(" ")[0] for command in COMMANDS} == {one.name for one in ADMIN_COMMANDS} - {
        "blocks",
        "unblock",
    }


def shell(kiosk: Serving, line: str) -> str:
    """Run a line of a shell on the host of a kiosk, with folders of the test."""
    words = line.replace("/backup/", f"{kiosk.folder}/")
    data = str(kiosk.folder / "data")
    if words.startswith("cp "):
        source, target = shlex.split(words.replace("~/.local/share", data))[1:]
        copied = Path(target) / Path(source).name
        copied.write_bytes(Path(source).read_bytes())
        return str(copied)
    return kiosk.admin(*shlex.split(words.removeprefix("briefing kiosk ")))
