"""Lists of keys in the form of authorized_keys, and lists of revoked keys and certificates."""

import datetime as dt
import random
import re
import subprocess
from pathlib import Path

import asyncssh
import pytest

from tests.programs import program
from tui.kiosk.ssh.host_keys import fingerprint
from tui.kiosk.ssh.key_lists import KeyList, read_keys
from tui.kiosk.ssh.proofs import Certificate, Proof, key_names
from tui.kiosk.ssh.revocations import read_revocations

KEY = asyncssh.generate_private_key("ssh-ed25519")
OTHER = asyncssh.generate_private_key("ssh-ed25519")
PUBLIC = KEY.export_public_key().decode("ascii").strip()
NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC).timestamp()


def listed(folder: Path, options: str) -> KeyList:
    """Read a list with one key."""
    (folder / "keys").write_text(f"# ours\n\n{options}{PUBLIC}\n", encoding="utf-8")
    return read_keys(folder / "keys")


def proof(address: str = "192.0.2.7", key: asyncssh.SSHKey = KEY) -> Proof:
    """Return the proof of a key."""
    return Proof(fingerprint(key), key_names(key), address=address)


def certified(key_id: str = "bob", serial: int = 7) -> Proof:
    """Return the proof of another key's certificate by the key."""
    ours = Certificate(key_names(KEY), ("staff",), serial, key_id, 0, int(NOON) + 60)
    return Proof(fingerprint(OTHER), key_names(OTHER), ours, address="192.0.2.7")


@pytest.mark.parametrize(
    ("options", "admitted", "refused"),
    [
        ("", ["192.0.2.7", "2001:db8::1", ""], []),
        ('from="192.0.2.7" ', ["192.0.2.7"], ["192.0.2.8", "2001:db8::1", ""]),
        (
            'from="192.0.2.0/24,2001:db8::/32" ',
            ["192.0.2.7", "192.0.2.255", "2001:db8::1"],
            ["192.0.3.1", "2001:db9::"],
        ),
        ('from="192.0.2.0/24,!192.0.2.7" ', ["192.0.2.8"], ["192.0.2.7", "198.51.100.1"]),
        ('from="!192.0.2.7,192.0.2.*" ', ["192.0.2.8"], ["192.0.2.7", "192.0.3.8"]),
        ('from="!192.0.2.7" ', [], ["192.0.2.7", "192.0.2.8"]),
        ('from="192.0.2.?" ', ["192.0.2.7"], ["192.0.2.77"]),
        ('from="*" ', ["192.0.2.7", "2001:db8::1"], []),
        ('no-pty,from="192.0.2.7",command="a \\"b\\", c" ', ["192.0.2.7"], ["192.0.2.8"]),
        ('FROM="192.0.2.7" ', ["192.0.2.7"], ["192.0.2.8"]),
        ('from="host.example" ', [], ["192.0.2.7"]),
    ],
)
def test_a_key_counts_from_its_addresses_alone(
    tmp_path: Path, options: str, admitted: list[str], refused: list[str]
) -> None:
    keys = listed(tmp_path, options)
    assert admitted == [one for one in (*admitted, *refused) if keys.admits(proof(one), NOON)]
    assert not keys.admits(proof(key=OTHER), NOON)
    assert not keys.admits(Proof(), NOON)


@pytest.mark.parametrize(
    ("time", "ends"),
    [
        ("20261127Z", dt.datetime(2026, 11, 27, tzinfo=dt.UTC)),
        ("202611271200Z", dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)),
        ("20261127120001Z", dt.datetime(2026, 11, 27, 12, 0, 1, tzinfo=dt.UTC)),
        ("20261127", dt.datetime(2026, 11, 27).astimezone()),
        ("20261127120001", dt.datetime(2026, 11, 27, 12, 0, 1).astimezone()),
    ],
)
def test_a_key_counts_until_its_time(tmp_path: Path, time: str, ends: dt.datetime) -> None:
    keys = listed(tmp_path, f'expiry-time="{time}" ')
    assert keys.admits(proof(), ends.timestamp() - 1)
    assert not keys.admits(proof(), ends.timestamp())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('expiry-time="tomorrow" KEY', "keys:1: expiry-time is no time; write it as 20261127"),
        ('expiry-time="20261340" KEY', "keys:1: expiry-time is no time"),
        ('expiry-time="" KEY', "keys:1: expiry-time is no time"),
        ('principals="a" KEY', "keys:1: has principals without cert-authority"),
        ('from="192.0.2.7 KEY', "keys:1: is no public key"),
        ("from=192.0.2.7 KEY", "keys:1: is no public key"),
        ("CUT", "keys:1: is no public key"),
        ("ssh-ed25519", "keys:1: is no public key"),
        ("\x00\xff" * 50, "keys:1: is no public key"),
    ],
)
def test_a_wrong_line_is_told_and_lets_nobody_in(tmp_path: Path, line: str, said: str) -> None:
    line = line.replace("KEY", PUBLIC).replace("CUT", PUBLIC[:-20])
    (tmp_path / "keys").write_text(f"{line}\n", encoding="latin-1")
    with pytest.raises(ValueError, match=said):
        read_keys(tmp_path / "keys")


def krl(folder: Path, *lines: str) -> Path:
    """Write a list of revocations by OpenSSH."""
    (folder / "ca.pub").write_text(PUBLIC, encoding="utf-8")
    (folder / "lines").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    words = ["-q", "-k", "-f", "krl", "-s", "ca.pub", "lines"]
    subprocess.run([program("ssh-keygen"), *words], check=True, timeout=60, cwd=folder)
    return folder / "krl"


def test_a_list_of_openssh_revokes_what_it_names(tmp_path: Path) -> None:
    other = OTHER.export_public_key().decode("ascii").strip()
    for lines, revoked in (
        (["serial: 7"], True), (["serial: 5-9"], True), (["serial: 8"], False), (["serial: 1", "serial: 7"], True),
        (["id: bob"], True), (["id: eve"], False), ([other], True), ([f"sha1: {other}"], True), ([f"sha256: {other}"], True),
        ([f"serial: {number}" for number in range(1, 64, 2)], True), ([f"serial: {number}" for number in range(2, 64, 2)], False),
    ):  # fmt: skip
        found = read_revocations(krl(tmp_path, *lines))
        assert revoked == found.has(certified()), lines
        assert not found.has(proof()), lines
        (tmp_path / "krl").unlink()


def revokes(path: Path) -> bool | None:
    """Return whether a list revokes the certificate; None for a list that is refused in one line."""
    try:
        return read_revocations(path).has(certified())
    except ValueError as error:
        said = str(error)
    assert re.fullmatch(r"revoked .*: is a damaged KRL \(.*\); write it again with ssh-keygen -k", said)
    return None


def test_a_damaged_list_is_one_line_and_never_shorter_than_it_was(tmp_path: Path) -> None:
    """A cut or changed list must not silently revoke less, so that each piece of it is refused, or revokes the same."""
    whole = krl(tmp_path, "serial: 7", "id: bob", OTHER.export_public_key().decode("ascii").strip()).read_bytes()
    path = tmp_path / "damaged"
    short = []
    for length in range(8, len(whole)):
        path.write_bytes(whole[:length])
        short += [length] if revokes(path) is False else []
    # Where a list ends between two sections, nothing tells of those that are missing: it is as OpenSSH reads it.
    assert len(short) <= 3
    rng = random.Random(18)  # noqa: S311 - a test's
    for _ in range(500):
        data = bytearray(whole)
        data[rng.randrange(8, len(data))] = rng.randrange(256)
        path.write_bytes(data)
        revokes(path)


@pytest.mark.parametrize(
    "line",
    [
        "serial:",
        "serial: x",
        "serial: 3-",
        "serial: 3-x",
        "nonsense",
        "hash",
        "hash: SHA256:x",
        "id:",
        "key: none",
        "CUT",
        "\x00",
    ],
)
def test_a_wrong_line_of_a_text_is_told_with_its_remedy(tmp_path: Path, line: str) -> None:
    (tmp_path / "revoked").write_text(f"# left\n{line.replace('CUT', PUBLIC[:-30])}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"revoked:2: is nothing that can be revoked; write a public key"):
        read_revocations(tmp_path / "revoked")


def test_a_text_revokes_what_it_names(tmp_path: Path) -> None:
    for line, revoked in (
        ("serial: 7", True), ("serial: 0x7", True), ("serial: 3-6", False), ("id: bob", True), ("ID:  bob ", True),
        (f"hash: {fingerprint(OTHER)}", True), (f"sha256: {fingerprint(OTHER)}", True),
        (OTHER.export_public_key().decode("ascii"), True), (PUBLIC, True),
    ):  # fmt: skip
        (tmp_path / "revoked").write_text(f"{line}\n", encoding="utf-8")
        assert revoked == read_revocations(tmp_path / "revoked").has(certified()), line
