"""The address of the database: what is refused, and why."""

from pathlib import Path

import pytest

from tui.state.fleet.address import AddressError, parameters


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgresql://kiosk@127.0.0.1/x", "prefer"),
        ("postgresql://kiosk@[::1]:5433/x", "prefer"),
        ("host=/run/postgresql dbname=x", "prefer"),
        ("host=localhost", "prefer"),
        ("host=db.example hostaddr=127.0.0.1", "prefer"),
        ("postgresql://kiosk@db.example/x", "verify-full"),
        ("postgresql://kiosk@127.0.0.1,db.example/x", "verify-full"),
        ("host=localhost hostaddr=192.0.2.1", "verify-full"),
        ("postgresql://kiosk@db.example/x?sslmode=verify-full&sslrootcert=/etc/ca.pem", "verify-full"),
    ],
)
def test_another_machine_proves_its_name(address: str, mode: str) -> None:
    assert parameters(address, None)["sslmode"] == mode


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://kiosk@db.example/x?sslmode=require", "sslmode=verify-full"),
        ("host=192.0.2.1 sslmode=disable", "sslmode=verify-full"),
        ("host=127.0.0.1,192.0.2.1 sslmode=prefer", "sslmode=verify-full"),
        ("postgresql://kiosk:hunter2@localhost/x", "password is not taken"),
        ("host=localhost password=hunter2", "password is not taken"),
        ("host=localhost service=hunter2", "service is not taken"),
        ("host=localhost passfile=/hunter2", "passfile is not taken"),
        ("dbname=x", "names no host"),
        ("host=localhost,,", "names no host"),
        ("hunter2", "is no address"),
        ("host=localhost hunter2=1", "is no address"),
    ],
)
def test_what_is_refused_in_one_line_without_a_secret(address: str, said: str) -> None:
    with pytest.raises(AddressError, match=said) as caught:
        parameters(address, None)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n", b"one\ntwo\n", b"\xff"])
def test_a_file_without_one_password(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "password"
    file.write_bytes(content)
    with pytest.raises(AddressError, match="write the password alone"):
        parameters("host=localhost", file)


def test_the_password_comes_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    with pytest.raises(AddressError, match="No such file"):
        parameters("host=localhost", file)
    file.write_bytes("pass wörd\n".encode())
    assert parameters("host=localhost", file)["password"] == "pass wörd"
