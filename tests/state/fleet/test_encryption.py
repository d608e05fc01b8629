"""A connection to another machine: the server proves its name, or nothing is sent."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import PASSWORD, Postgres, postgres
from tests.programs import program
from tui.state.fleet.address import FleetError, parameters
from tui.state.fleet.database import FleetDatabase
from tui.state.fleet.schema import TablesError


@pytest.fixture(scope="module")
def encrypted() -> Iterator[Postgres]:
    """Run a server with a certificate for db.example, which refuses connections in clear."""
    with postgres() as server:
        server.kill()
        folder = server.folder
        command = [
            program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-days", "2", "-subj", "/CN=db.example", "-addext", "subjectAltName=DNS:db.example",
            "-keyout", str(folder / "server.key"), "-out", str(folder / "server.crt"),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        server.own(folder / "server.key")
        with (folder / "data" / "postgresql.conf").open("a", encoding="ascii") as file:
            file.write(f"ssl = on\nssl_cert_file = '{folder}/server.crt'\nssl_key_file = '{folder}/server.key'\n")
        hba = folder / "data" / "pg_hba.conf"
        hba.write_text("local all all scram-sha-256\nhostssl all all 127.0.0.1/32 scram-sha-256\n", encoding="ascii")
        server.start()
        yield server


def connect(server: Postgres, folder: Path, name: str, root: Path) -> FleetDatabase:
    password = folder / "password"
    password.write_text(PASSWORD, encoding="ascii")
    # libpq looks the name up by `host`, and connects to `hostaddr`, as with an entry in the hosts file.
    address = f"host={name} port={server.port} user=kiosk dbname=postgres sslrootcert={root}"
    found = parameters(address, password)
    assert found["sslmode"] == "verify-full"
    return FleetDatabase(lambda: found | {"hostaddr": "127.0.0.1"}, "one", hears=True)


def test_a_server_with_its_name_is_reached(encrypted: Postgres, tmp_path: Path) -> None:
    database = connect(encrypted, tmp_path, "db.example", encrypted.folder / "server.crt")
    with pytest.raises(TablesError, match="--migrate"):  # so far, and no tables were made
        database.check()


def test_another_name_or_another_authority_is_refused(encrypted: Postgres, tmp_path: Path) -> None:
    other = tmp_path / "other.crt"
    command = [
        program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
        "2", "-subj", "/CN=db.example", "-keyout", str(tmp_path / "other.key"), "-out", str(other),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    for name, root in (("evil.example", encrypted.folder / "server.crt"), ("db.example", other)):
        database = connect(encrypted, tmp_path, name, root)
        with pytest.raises(FleetError) as caught:
            database.check()
        assert not isinstance(caught.value, TablesError)
        assert PASSWORD not in str(caught.value)
