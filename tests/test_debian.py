"""The Debian package is built, and installed by dpkg on a copy of this system that is thrown away."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.programs import program
from tui.cli.manual_pages import pages

TOP = Path(__file__).parents[1]
SERVE = """
set -e
mount -t tmpfs tmpfs {folder}
mkdir {folder}/upper {folder}/work {folder}/system
mount -t overlay overlay -o lowerdir=/,upperdir={folder}/upper,workdir={folder}/work {folder}/system
mount --bind /dev {folder}/system/dev
mount -t proc proc {folder}/system/proc
cat > {folder}/system/package.deb
exec chroot {folder}/system /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 bash -c {commands}
"""
COMMANDS = r"""
cd /
set -ex
dpkg -i /package.deb > /log || { cat /log; exit 1; }
briefing --version
briefing list
briefing check handbook
man -w briefing briefing-kiosk
logrotate -d /etc/logrotate.d/briefing-kiosk 2>&1
systemd-analyze verify /usr/lib/systemd/system/briefing-kiosk.service
ls -ld /etc/briefing-kiosk/kiosk.toml
grep -rIl --exclude-dir=__pycache__ package.deb /usr/lib/briefing-browser || echo clean
bash -c '. /usr/share/bash-completion/completions/briefing; complete -p briefing'

# The kiosk, by the unit's own command, as its user; a visitor comes by ssh.
command=$(sed -n 's/^ExecStart=//p' /usr/lib/systemd/system/briefing-kiosk.service)
install -d -o briefing-kiosk /var/lib/briefing-kiosk
as="setpriv --reuid briefing-kiosk --regid briefing-kiosk --clear-groups env HOME=/var/lib/briefing-kiosk"
$as $command --port 0 --workers 1 > /kiosk.log 2>&1 &
kiosk=$!
timeout 60 sh -c 'until grep -q "^ready at" /kiosk.log; do sleep 0.1; done' || { cat /kiosk.log; exit 1; }
port=$(sed -n 's/^ready at .* port //p' /kiosk.log)
timeout 60 ssh -n -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BatchMode=yes -p "$port" x@127.0.0.1 list
kill -TERM "$kiosk"; wait "$kiosk" || true

# What an operator changed outlives another installation; a removal leaves it, and a purge takes it.
echo '# mine' >> /etc/briefing-kiosk/kiosk.toml
dpkg -i /package.deb > /log
tail -1 /etc/briefing-kiosk/kiosk.toml
dpkg -r briefing-browser > /log
ls /etc/briefing-kiosk /usr/bin/briefing || true
dpkg -P briefing-browser > /log
ls -d /etc/briefing-kiosk /var/lib/briefing-kiosk || true
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package."""
    for name in ("dpkg-deb", "man", "logrotate", "adduser", "setpriv", "systemd-analyze", "ssh", "unshare", "mount"):
        program(name)
    folder = tmp_path_factory.mktemp("debian")
    done = subprocess.run([".ci/debian", folder], cwd=TOP, capture_output=True, text=True, check=False, timeout=540)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_it_serves_from_an_installed_package(package: Path, tmp_path: Path) -> None:
    script = SERVE.format(folder=tmp_path, commands=shlex.quote(COMMANDS))
    namespace = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
    done = subprocess.run(
        [*namespace, "bash", "-c", script],
        input=package.read_bytes(), capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    said, told = done.stdout.decode(), done.stderr.decode()
    if done.returncode and re.search(r"unshare: .*not permitted", told):
        pytest.skip("only root can install it on a copy of the system")
    assert done.returncode == 0, said + told
    assert said.count("tariffs-1887") == 2  # the reader's own list, and the visitor's
    assert "No findings in what could be checked of 1 file." in said
    assert "/usr/share/man/man1/briefing-kiosk.1.gz" in said
    assert re.search(r"^-rw-r----- 1 root briefing-kiosk ", said, re.MULTILINE)
    assert "complete -o default -F _briefing briefing" in said
    assert "# mine" in said
    assert told.count("cannot access") == 3  # the program after its removal; settings and states after the purge
    assert "kiosk.toml" in said


def test_the_package_says_what_it_needs(package: Path) -> None:
    fields = subprocess.run(
        ["dpkg-deb", "--field", package, "Depends", "Version"], capture_output=True, text=True, check=True, timeout=30
    ).stdout
    assert re.search(r"python3 \(>= (3)\.(\d+)~\), python3 \(<< 3\.\d+~\)", fields)
    assert f'version = "{re.search(r"Version: (.*)", fields)[1]}"' in (TOP / "pyproject.toml").read_text("utf-8")  # type: ignore[index]  # a match


@pytest.mark.parametrize(("name", "text"), list(pages()), ids=lambda value: value[:24])
def test_manual_pages_are_set_without_a_warning(name: str, text: str) -> None:
    done = subprocess.run(
        [program("groff"), "-man", "-ww", "-Kutf8", "-Tutf8"],
        input=text, capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    assert done.stderr == ""
    assert f"{name.removesuffix('.1')} - " in re.sub(
        "\x1b\\[[0-9;]*m|.\b|\u2010", lambda m: "-" * (m[0] == "\u2010"), done.stdout
    )
