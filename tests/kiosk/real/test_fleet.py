"""Real kiosks that share their visitors' states, as the manual's page on many hosts sets them up."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import asyncssh
import pytest

from tests.kiosk.openssh import free_port
from tests.kiosk.real.hosting import HOSTS, hosted, listens
from tests.kiosk.real.serving import FIRST_FRAME, Serving, Watching, until
from tests.postgres import Postgres, postgres
from tests.programs import program
from tests.readme import example
from tui.kiosk.operations.stats import fetch


class House:
    """The folders and addresses of a test, in place of those of the manual."""

    def __init__(self, folder: Path, server: Postgres) -> None:
        self.folder = folder
        self.server = server
        self.port, self.metrics_port, self.front = free_port(), free_port(), free_port()
        for role, words in (("owner", "a long one"), ("kiosk", "another long one")):
            path = folder / f"{role}.password"
            path.write_text(f"{words}\n", encoding="ascii")
            path.chmod(0o600)

    def here(self, text: str) -> str:
        """Return a text of the manual with what there is here."""
        for written, ours in (
            ("db.example/briefing?sslrootcert=/etc/briefing/ca.pem", f"127.0.0.1:{self.server.port}/briefing"),
            ("/etc/briefing/", f"{self.folder}/"),
            ("/srv/", f"{self.folder}/"),
            ("10.0.0.11,10.0.0.12,10.0.0.13", ",".join(HOSTS)),
            ('"10.0.0.10"', '"127.0.0.1"'),
            ("2222", str(self.port)),
            ("9222", str(self.metrics_port)),
            ("> /etc/haproxy/haproxy.cfg", ""),
        ):
            text = text.replace(written, ours)
        return text

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the manual."""
        command = self.here(example(name)).replace("briefing kiosk", f"{sys.executable} -m tui kiosk")
        return subprocess.run(
            ["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder)}, cwd=Path(__file__).parents[3],
        )  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with postgres() as server:
        house = House(tmp_path, server)
        with server.owner() as owner:
            for statement in filter(str.strip, example("fleet-roles").split(";")):
                owner.execute(statement.encode())
        done = house.run("fleet-migrate")
        assert done.stdout == "the tables have version 1 now\n", done.stderr
        yield house


def git(*words: str, cwd: Path) -> None:
    who = ["-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=cwd, check=True, capture_output=True, timeout=60)


def publish(house: House, sample: Path) -> None:
    """Push a briefing to the repository whose hook shows it, as an author does."""
    bare, author = house.folder / "briefings.git", house.folder / "author"
    (house.folder / "briefings").mkdir()
    bare.mkdir()
    git("init", "--bare", cwd=bare)
    hook = bare / "hooks" / "post-receive"
    hook.write_text(house.here(example("fleet-hook")), encoding="ascii")
    hook.chmod(0o755)
    shutil.copytree(sample, author / "sample")
    git("init", cwd=author)
    git("add", ".", cwd=author)
    git("commit", "-m", "Begin", cwd=author)
    git("push", str(bare), "HEAD:main", cwd=author)


async def test_the_manual_s_hosts_share_states_and_one_that_is_killed_loses_nothing(
    house: House, sample_folder: Path
) -> None:
    """What was on the screen two seconds before `kill -9` is there after one reconnect, on another host."""
    publish(house, sample_folder)
    written = house.here(example("fleet-settings"))
    kiosks = hosted(house.folder, len(HOSTS))
    for kiosk, host in zip(kiosks, HOSTS, strict=True):
        own = written.replace('host = "0.0.0.0"', f'host = "{host}"')  # also of the metrics
        kiosk.config.write_text(f'fleet_host = "{host}"\nworkers = 1\n{own}', encoding="utf-8")
    config = house.folder / "kiosk.toml"
    shutil.copy(kiosks[0].config, config)
    printed = house.run("fleet-balancer")
    assert not printed.stderr
    balancer = printed.stdout.replace("bind :22\n", f"bind 127.0.0.1:{house.front}\n").replace(
        "inter 2s", "inter 300ms"
    )
    (house.folder / "haproxy.cfg").write_text(balancer, encoding="utf-8")
    mine = house.folder / "visitor"
    asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(mine))
    with ExitStack() as stack:
        for kiosk in kiosks:
            stack.enter_context(kiosk)
        command = [program("haproxy"), "-db", "-f", str(house.folder / "haproxy.cfg")]
        proxy = stack.enter_context(subprocess.Popen(command))  # noqa: ASYNC220 - it runs beside the loop
        try:
            assert listens(house.front, 15)
            first = await entered(house.front, mine)
            first.press(b"2jj")
            await first.shows("3/3")
            [served] = [kiosk for kiosk in kiosks if " visit " in kiosk.log]
            assert await until(lambda: unsent(served, house.metrics_port) == 0 and bool(rows(house)), 15)
            served.kill()
            assert await until(lambda: first.gone, 10)
            again = await entered(house.front, mine)
            await again.shows("3/3")
            [other] = [kiosk for kiosk in kiosks if kiosk is not served and " visit " in kiosk.log]
            metrics = fetch(other.folder.name, house.metrics_port)
            await again.leave()
            await first.leave()
        finally:
            proxy.terminate()
    logs = "".join(kiosk.log for kiosk in kiosks)
    assert "long one" not in logs + metrics + "".join(rows(house))


async def entered(port: int, key: Path) -> Watching:
    """Enter the sample, with a key."""
    visitor = Watching()
    await visitor.arrive(port, "me+sample", str(key))
    await visitor.shows(FIRST_FRAME, 30)
    return visitor


def rows(house: House) -> list[str]:
    """Return the bodies of locations that the database has."""
    with house.server.owner("briefing") as owner:
        found = owner.execute("SELECT body FROM briefing.record WHERE body LIKE '[\"Location\"%'").fetchall()
    return [body for (body,) in found]


def unsent(kiosk: Serving, port: int) -> int:
    found = re.search(r"^briefing_kiosk_unsent_states (\d+)", fetch(kiosk.folder.name, port), re.MULTILINE)
    return int(found[1]) if found else -1


def test_a_start_is_refused_with_one_line(house: House) -> None:
    """For a secret that others can read, a connection that is not safe, and tables that are newer."""
    password = house.folder / "kiosk.password"
    fleet = f"postgresql://briefing_kiosk@127.0.0.1:{house.server.port}/briefing"

    def started(*words: str) -> tuple[int, list[str]]:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "kiosk", "--port", "0", *words], capture_output=True, text=True, timeout=60,
            check=False, cwd=Path(__file__).parents[3], env={"PATH": "/usr/bin:/bin", "HOME": str(house.folder)},
        )  # fmt: skip
        return done.returncode, (done.stdout + done.stderr).splitlines()

    assert started("--fleet", "postgresql://x@192.0.2.1/x?sslmode=require") == (
        2, ["briefing: fleet: another machine must prove its name; write sslmode=verify-full, and sslrootcert=FILE"],
    )  # fmt: skip
    password.chmod(0o640)
    code, [line] = started("--fleet", fleet, "--fleet-password", str(password))
    assert (code, f"{password}: others can read this file; write: chmod 600 {password}" in line) == (2, True)
    password.chmod(0o600)
    right = password.read_text("ascii")
    password.write_text("a wrong one", encoding="ascii")
    code, [warning, *_] = started("--check", "--fleet", fleet, "--fleet-password", str(password))
    assert (code, "(OperationalError); if it runs, look at address, authority and password" in warning) == (1, True)
    password.write_text(right, encoding="ascii")
    with house.server.owner("briefing") as owner:
        owner.execute("INSERT INTO briefing.meta VALUES (2)")
    code, [line] = started("--fleet", fleet, "--fleet-password", str(password))
    assert line == ("briefing: fleet: the tables are of version 2, and this program knows 1; install the newer program")
    assert code == 2
    done = house.run("fleet-migrate")
    assert (done.returncode, done.stderr.count("\n"), "install the newer program" in done.stderr) == (1, 1, True)


def test_nothing_of_psycopg_is_loaded_without_the_setting(tmp_path: Path) -> None:
    with Serving(tmp_path) as kiosk:
        for process in kiosk.tree():
            maps = Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")
            assert "_asyncio" in maps or "python" in maps
            assert "/psycopg" not in maps
            assert "libpq" not in maps
