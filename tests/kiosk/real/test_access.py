"""Who may read what, through OpenSSH's own client: keys, certificates, passwords, and revocations."""

import asyncio
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncssh
import pytest

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import Serving
from tests.programs import program
from tui.kiosk.operations.passwords import hashed

PASSWORD = "seven swans"
RULES = """
revoked = "revoked"
[group.staff]
keys = "staff.keys"
[group.press]
password_hash = "{hash}"
[[rule]]
folder = "content/inner"
readers = ["staff"]
[[rule]]
briefings = ["embargo"]
readers = ["staff", "press"]
[[rule]]
briefings = ["gone"]
status = "withdrawn"
"""


class House(Serving):
    """A kiosk with briefings for several audiences, and keys and certificates to come with."""

    def __init__(self, folder: Path, tiny: Callable[..., str]) -> None:
        for name in ("open", "inner", "embargo", "gone"):
            (folder / "content" / name).mkdir(parents=True)
            text = tiny(id=name, title=f"The {name} one")
            (folder / "content" / name / "briefing.toml").write_text(text, encoding="utf-8")
        for name in ("ca", "ann", "bob", "eve"):
            self.keygen("-q", "-t", "ed25519", "-N", "", "-f", str(folder / name))
        public = {name: (folder / f"{name}.pub").read_text(encoding="utf-8") for name in ("ca", "ann")}
        listed = f'{public["ann"]}cert-authority,principals="staff" {public["ca"]}'
        (folder / "staff.keys").write_text(listed, encoding="utf-8")
        (folder / "revoked").touch()
        (folder / "rules.toml").write_text(RULES.format(hash=hashed(PASSWORD)), encoding="utf-8")
        rules, content = str(folder / "rules.toml"), [str(folder / "content")]
        super().__init__(folder, content=content, rules=rules, visits_a_minute=1000, workers=2)

    @staticmethod
    def keygen(*words: str) -> None:
        """Run ssh-keygen."""
        subprocess.run(["ssh-keygen", *words], check=True, timeout=60, capture_output=True)

    def certify(self, name: str, *words: str) -> None:
        """Sign a key by the authority."""
        self.keygen("-q", "-s", str(self.folder / "ca"), "-I", f"id-{name}", *words, str(self.folder / f"{name}.pub"))

    def come(self, user: str, name: str, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as a visitor with a key, and its certificate if there is one."""
        key = self.folder / name
        words = ssh_command(self.folder, self.port, user, key, *command)
        return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL)

    def listed(self, user: str, name: str) -> set[str]:
        """Return the briefings that a visitor lists."""
        found = self.come(user, name, "list").stdout
        return {one for one in ("open", "inner", "embargo", "gone") if f"The {one} one" in found}

    async def until_searched(self) -> None:
        """Wait until a search finds for each visitor what is theirs; a stranger never finds more."""
        for user, hits in (("kiosk", "1 hit "), ("me", "3 hits")):
            until = time.monotonic() + 20
            while hits not in (found := self.come(user, "ann", "search", "little").stdout):
                assert time.monotonic() < until, found
                assert user == "me" or "hits in" not in found.replace("0 hits", "")
                await asyncio.sleep(0.2)

    def reload(self) -> None:
        """Read settings, rules and keys again."""
        before = self.log.count("unchanged")
        self.signal(signal.SIGHUP)
        self.logged(rf"(?s)(?:unchanged.*){{{before + 1}}}")


@pytest.fixture
def house(tmp_path: Path, tiny: Callable[..., str]) -> Iterator[House]:
    """Give a running kiosk with rules."""
    program("ssh-keygen")
    program("ssh")
    with House(tmp_path, tiny) as running:
        yield running


async def test_keys_certificates_and_passwords_open_what_is_theirs(house: House) -> None:
    assert house.listed("kiosk", "ann") == {"open"}  # nobody asked for the key
    assert house.listed("me", "ann") == {"open", "inner", "embargo"}
    assert house.listed("me", "bob") == {"open"}
    house.certify("bob", "-n", "staff,other", "-V", "-1h:+1h", "-z", "7")
    assert house.listed("cert", "bob") == {"open", "inner", "embargo"}
    house.certify("eve", "-n", "press", "-V", "-1h:+1h")
    assert house.come("cert", "eve", "list").returncode == 255
    house.certify("eve", "-n", "staff", "-V", "-2h:-1h")
    assert house.come("cert", "eve", "list").returncode == 255
    house.certify("eve", "-n", "staff", "-O", "source-address=192.0.2.0/24")
    assert house.come("cert", "eve", "list").returncode == 255

    async with asyncssh.connect(
        "127.0.0.1", house.port, username="password", password=PASSWORD, known_hosts=None, config=None, client_keys=None
    ) as connection:
        found = str((await connection.run("list")).stdout)
        assert "The embargo one" in found
        assert "The inner one" not in found
        shown = await connection.run("show embargo")
        assert shown.exit_status == 0
    with pytest.raises(asyncssh.PermissionDenied):
        await asyncssh.connect(
            "127.0.0.1",
            house.port,
            username="password",
            password=PASSWORD[:-1],
            known_hosts=None,
            config=None,
            client_keys=None,
        )

    forbidden, unknown = (house.come("me", "eve", "show", name) for name in ("inner", "innen"))
    assert forbidden.returncode == unknown.returncode == 2
    assert forbidden.stderr.replace("inner", "innen") == unknown.stderr
    withdrawn = house.come("kiosk", "ann", "show", "gone")
    assert (withdrawn.returncode, withdrawn.stderr) == (2, "briefing: 'gone' was withdrawn\n")


async def test_an_open_visit_ends_with_its_groups_and_a_search_keeps_to_them(house: House) -> None:
    async with asyncssh.connect(
        "127.0.0.1", house.port, username="me", client_keys=[str(house.folder / "ann")], known_hosts=None, config=None
    ) as connection:
        screen = await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
        assert b"inner" in await asyncio.wait_for(screen.stdout.readuntil(b"inner"), 20)
        (house.folder / "revoked").write_text((house.folder / "ann.pub").read_text(encoding="utf-8"), encoding="utf-8")
        house.reload()
        left = await asyncio.wait_for(screen.stdout.read(), 20)
        assert b"What you may read has changed; please connect again." in left
    house.logged(r"left .*reason=access")
    (house.folder / "revoked").write_text("", encoding="utf-8")
    house.reload()
    await house.until_searched()


async def test_a_search_keeps_to_the_rules_before_anything_is_read_again(house: House) -> None:
    await house.until_searched()


@pytest.mark.parametrize("how", ["key", "serial", "text"])
def test_a_revoked_key_or_certificate_opens_nothing_more(house: House, how: str) -> None:
    house.certify("bob", "-n", "staff", "-z", "7")
    user, name = ("me", "ann") if how == "key" else ("cert", "bob")
    assert "inner" in house.listed(user, name)
    if how == "text":
        (house.folder / "revoked").write_text("# left\nserial: 7\n", encoding="utf-8")
    else:
        listed = "ann.pub" if how == "key" else "serials"
        (house.folder / "serials").write_text("serial: 7\n", encoding="utf-8")
        ca = ["-s", str(house.folder / "ca.pub")]
        house.keygen("-q", "-k", "-f", str(house.folder / "revoked"), *ca, str(house.folder / listed))
    house.reload()

    assert house.come(user, name, "list").returncode == 255
    assert house.listed("me", "bob") == {"open"}


async def test_rules_keys_and_revocations_hold_within_two_seconds_by_themselves(house: House) -> None:
    """Nobody reloads anything: each file is watched."""
    rules = (house.folder / "rules.toml").read_text(encoding="utf-8")
    public = {name: (house.folder / f"{name}.pub").read_text(encoding="utf-8") for name in ("ann", "bob")}

    async def until_listed(user: str, key: str, *names: str) -> None:
        """Wait until a visitor lists some briefings, who has logged in before."""
        client = {"username": user, "client_keys": [str(house.folder / key)], "known_hosts": None, "config": None}
        began, found = time.monotonic(), ""
        while {name for name in ("open", "inner", "embargo", "gone") if f"The {name} one" in found} != set(names):
            assert time.monotonic() - began < 2.5, found  # two, and the time of the look itself
            try:
                async with asyncssh.connect("127.0.0.1", house.port, **client) as connection:
                    found = str((await connection.run("list")).stdout)
            except asyncssh.PermissionDenied:
                found = ""

    await until_listed("me", "ann", "open", "inner", "embargo")
    (house.folder / "rules.toml").write_text(f'{rules}[[rule]]\nbriefings = ["open"]\nstatus = "draft"\n', "utf-8")
    await until_listed("me", "ann", "inner", "embargo")
    house.logged("publication briefing=open shown=hidden")
    misspelt = rules.replace('"embargo"', '"embarog"')
    (house.folder / "rules.toml").write_text(misspelt, encoding="utf-8")
    house.logged("""rules unused="no briefing has the id 'embarog'; did you mean 'embargo'""")
    (house.folder / "rules.toml").write_text(f'{rules}[[rule]]\nbriefings = ["open"]\nstatus = "draft"\n', "utf-8")
    await until_listed("me", "ann", "inner", "embargo")
    (house.folder / "rules.toml").write_text("[[rule", encoding="utf-8")
    house.logged("rules refused=.*rules.toml")
    await until_listed("me", "ann", "inner", "embargo")
    (house.folder / "rules.toml").write_text(rules, encoding="utf-8")
    await until_listed("me", "ann", "open", "inner", "embargo")
    (house.folder / "staff.keys").write_text(public["bob"], encoding="utf-8")
    await until_listed("me", "ann", "open")
    await until_listed("me", "bob", "open", "inner", "embargo")
    async with asyncssh.connect(
        "127.0.0.1", house.port, username="me", client_keys=[str(house.folder / "bob")], known_hosts=None, config=None
    ) as connection:
        screen = await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
        await asyncio.wait_for(screen.stdout.readuntil(b"inner"), 20)
        (house.folder / "revoked").write_text(public["bob"], encoding="utf-8")
        left = await asyncio.wait_for(screen.stdout.read(), 2.5)
        assert b"What you may read has changed; please connect again." in left
    await until_listed("me", "bob")
    assert 2 == house.log.count("publication briefing=open shown=hidden")
    assert 1 == house.log.count("rules unused=")
