"""The host's key, visitors' keys, passwords and user names."""

import asyncio
import base64
import hashlib
import subprocess
import threading
import time
from pathlib import Path

import asyncssh
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programs import program
from tui.kiosk.operations import passwords
from tui.kiosk.operations.config import read_settings
from tui.kiosk.operations.passwords import agrees, hashed, is_hash
from tui.kiosk.operations.settings import Settings
from tui.kiosk.ssh.access import Access, Wish, wish
from tui.kiosk.ssh.host_keys import HostKeyError, certified, host_key
from tui.kiosk.ssh.proofs import Proof


def test_the_host_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = host_key(None, tmp_path / "data")
    assert first == host_key(None, tmp_path / "data")
    assert 0o600 == first.path.stat().st_mode & 0o777
    assert [first.path] == list(first.path.parent.iterdir())
    assert first.path.read_text(encoding="utf-8").startswith("-----BEGIN OPENSSH PRIVATE KEY-----")


def test_openssh_tells_the_same_fingerprint_and_record(tmp_path: Path) -> None:
    program("ssh-keygen")
    key = host_key(None, tmp_path)
    told = subprocess.run(
        ["ssh-keygen", "-lf", key.path], capture_output=True, text=True, check=True, timeout=10
    ).stdout
    assert key.fingerprint in told
    record = subprocess.run(
        ["ssh-keygen", "-r", "h", "-f", key.path], capture_output=True, text=True, check=True, timeout=10
    ).stdout
    assert key.sshfp in record


def test_a_certificate_that_clients_would_refuse_is_told(tmp_path: Path) -> None:
    key, other, authority = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(3))
    path, file = tmp_path / "key", tmp_path / "key-cert.pub"
    key.write_private_key(str(path))
    public, now = key.convert_to_public(), int(time.time())
    for certificate, said in (
        (authority.generate_host_certificate(public, "h", principals=["a.example"]), ""),
        (authority.generate_host_certificate(other.convert_to_public(), "h"), "of another key"),
        (authority.generate_host_certificate(public, "h", valid_before=now - 1, valid_after=0), "has expired"),
        (authority.generate_host_certificate(public, "h", valid_after=now + 90), "is not valid yet"),
        (authority.generate_user_certificate(public, "h"), "is a certificate of a visitor"),
        (None, "is no certificate"),
    ):
        file.write_bytes(certificate.export_certificate() if certificate else public.export_public_key())
        if not said:
            assert certified(file, path) == "a.example"
            continue
        with pytest.raises(HostKeyError, match=said):
            certified(file, path)


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ("no key", 0o600, "is no private key"),
        ("no key", 0o644, "is no private key"),
        ("public", 0o644, "is a public key; name the private one"),
        ("private", 0o640, "others can read this private key; write: chmod 600"),
    ],
)
def test_a_key_that_will_not_do_is_told(tmp_path: Path, text: str, mode: int, said: str) -> None:
    made = asyncssh.generate_private_key("ssh-ed25519")
    written = {"public": made.export_public_key(), "private": made.export_private_key()}
    path = tmp_path / "key"
    path.write_bytes(written.get(text, text.encode()))
    path.chmod(mode)
    with pytest.raises(HostKeyError, match=said):
        host_key(path, tmp_path)


def test_a_key_that_is_not_there_or_has_a_passphrase_is_told(tmp_path: Path) -> None:
    with pytest.raises(HostKeyError, match="No such file"):
        host_key(tmp_path / "none", tmp_path)
    path = tmp_path / "key"
    path.write_bytes(asyncssh.generate_private_key("ssh-ed25519").export_private_key("pkcs8-pem", passphrase="x"))  # noqa: S106 -- made here
    path.chmod(0o600)
    with pytest.raises(
        HostKeyError, match="is locked with a passphrase, which nobody could type; name a key without one"
    ):
        host_key(path, tmp_path)


def test_of_a_public_key_that_is_named_the_private_one_beside_it_is_told(tmp_path: Path) -> None:
    made = host_key(None, tmp_path).path
    public = made.with_name(f"{made.name}.pub")
    public.write_bytes(asyncssh.read_private_key(made).export_public_key())
    with pytest.raises(HostKeyError) as told:
        host_key(public, tmp_path)
    assert str(told.value) == f"{public}: is a public key; name {made}"


def test_a_folder_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(HostKeyError, match=": is a folder; "):
        host_key(tmp_path, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "scrypt", "$2b$12$abcdefghijklmnopqrstuuBOe5uYEG1vQF0pN1l8yWcD9HkVn0F8i", "scrypt$32768$8$1$AAAA$AAAA",
        "scrypt$32767$8$1${salt}${hash}", "scrypt$0$8$1${salt}${hash}", "scrypt$32768$0$1${salt}${hash}",
        "scrypt$8388608$999$1${salt}${hash}", "scrypt$32768$8$1${salt}${hash}x", "scrypt$32768$8$1$====${hash}",
    ],
)  # fmt: skip
def test_what_hash_password_has_not_written_is_no_hash(text: str) -> None:
    *_, salt, digest = hashed("x").split("$")
    written = text.replace("{salt}", salt).replace("{hash}", digest)
    assert not is_hash(written)
    _, [problem] = read_settings(None, {"access": "password", "password_hash": written})
    assert "--password-hash: " in str(problem)
    assert "`briefing kiosk --hash-password`" in str(problem)


def test_a_password_agrees_with_its_hash_alone() -> None:
    written = hashed("täuschend")
    assert is_hash(written)
    assert agrees("täuschend", written)
    assert not agrees("taeuschend", written)
    assert written != hashed("täuschend")


@pytest.mark.parametrize(
    "written",
    ["", "scrypt$1$1$1$x$y", "plain", "scrypt$7$8$1$c2FsdA==$aGFzaA==", "scrypt$1048576$99$9$c2FsdA==$aGFzaA=="],
)
def test_a_hash_that_is_none_lets_nobody_in(written: str) -> None:
    assert not agrees("", written)


def test_a_password_of_a_megabyte_is_not_looked_at() -> None:
    assert not agrees("x" * 1_000_000, hashed("x"))


def test_the_hash_is_that_of_scrypt() -> None:
    name, cost, block, parallel, salt, derived = hashed("x").split("$")
    found = hashlib.scrypt(
        b"x", salt=base64.b64decode(salt), n=int(cost), r=int(block), p=int(parallel), maxmem=2**28, dklen=32
    )
    assert ("scrypt", found) == (name, base64.b64decode(derived))


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ("kiosk", Wish("kiosk")),
        ("dprk-missiles", Wish("dprk-missiles")),
        ("mono+dprk-missiles", Wish("dprk-missiles", mono=True)),
        ("me", Wish(me=True)),
        ("me+mono+a", Wish("a", mono=True, me=True)),
        ("../../etc/passwd", Wish(unknown="../../etc/passwd")),
        ("", Wish()),
        ("A B\x1b", Wish(unknown="A B\x1b")),
        ("me+Ann", Wish(unknown="Ann", me=True)),
    ],
)
def test_user_names_choose_a_start(user: str, expected: Wish) -> None:
    assert expected == wish(user)


@given(st.text(max_size=300))
def test_whatever_a_user_is_called_it_is_read(user: str) -> None:
    assert len(wish(user).briefing) <= 64


def test_keys_that_are_none_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("# fine\nssh-ed25519 AAAA broken\n", encoding="utf-8")
    with pytest.raises(ValueError, match="keys:2: is no public key"):
        Access(Settings(access="authorized-keys", authorized_keys=str(path)))


async def test_passwords_are_tried_one_at_a_time_and_not_in_the_threads_of_everybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[str] = []

    def tried(_password: str, _written: str) -> bool:
        threads.append(threading.current_thread().name)
        time.sleep(0.01)
        return True

    monkeypatch.setattr(passwords, "agrees", tried)
    right = hashed("x")
    access = Access(Settings(access="password", password_hash=right))
    proofs = await asyncio.gather(*(access.tries_password("x") for _ in range(4)))
    assert proofs == [Proof(passwords=frozenset({right}))] * 4
    assert set(threads) == {"passwords_0"}
