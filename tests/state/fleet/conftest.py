"""A PostgreSQL for the tests of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import OWNER, PASSWORD, Postgres, postgres
from tui.state.fleet.address import Parameters, parameters
from tui.state.fleet.schema import migrate


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """Run a server with the tables, which the role `kiosk` may use."""
    with postgres() as server:
        password = tmp_path_factory.mktemp("owner") / "password"
        password.write_text(f"{OWNER}\n", encoding="ascii")
        assert migrate(parameters(server.owner_url, password), "kiosk") == "the tables have version 1 now"
        assert migrate(parameters(server.owner_url, password), "kiosk") == "the tables have version 1 already"
        yield server


@pytest.fixture
def kiosk(server: Postgres, tmp_path: Path) -> Parameters:
    """Return the parameters of a kiosk's connection."""
    password = tmp_path / "password"
    password.write_text(PASSWORD, encoding="ascii")
    return parameters(server.url, password)
