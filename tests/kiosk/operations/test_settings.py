"""Which settings hold without a restart: every setting stands in one table, and what is ignored is named."""

import inspect
import re
import socket
from pathlib import Path

import pytest

from tests.kiosk.conftest import Lines
from tui.kiosk.operations import log
from tui.kiosk.operations.config import Reread
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import RESTART, Settings, unapplied
from tui.kiosk.operations.systemd import Notifier
from tui.kiosk.policies import admission, back_pressure, idle_timeout, quotas
from tui.kiosk.server import dispatcher, recorder, server
from tui.kiosk.server.server import Server
from tui.kiosk.ssh import access, connection, connection_handler
from tui.kiosk.ssh.host_keys import host_key
from tui.kiosk.visits import exec_session, terminal_visit, visitors
from tui.kiosk.worker import host, worker
from tui.library.paths import user_folders

TAKEN = {
    "proxies": dispatcher, "content": server, "access": access, "authorized_keys": access, "rules": access, "password_hash": access,
    "classic_curve25519": connection, "theme": terminal_visit, "banner": host, "notice": host, "show_broken": worker,
    "keep_state": visitors, "state_days": visitors, "states": visitors, "visits": admission,
    "visits_by_address": admission, "visits_a_minute": admission, "waiting": admission, "waiting_by_address": admission,
    "login_seconds": connection_handler, "login_tries": quotas, "idle_seconds": idle_timeout,
    "idle_warning_seconds": idle_timeout, "total_seconds": idle_timeout, "drain_seconds": server, "keys_a_second": quotas,
    "keys_at_once": quotas, "bytes_a_second_in": quotas, "bytes_in": quotas, "bytes_out": quotas,
    "stalled_bytes": back_pressure, "stalled_seconds": back_pressure, "rekeyings_a_minute": quotas, "exec_bytes": exec_session,
    "exec_seconds": exec_session, "log": log, "log_addresses": log, "audit": recorder, "audit_days": recorder,
    "statistics": recorder,
}  # fmt: skip
"""Who reads each setting anew for whoever comes after a change."""


def test_every_setting_is_in_the_table() -> None:
    """A new one has to be decided on: it is read for new visits, or it needs a restart and is named."""
    assert TAKEN.keys() | RESTART == Settings.model_fields.keys()
    assert not TAKEN.keys() & RESTART


@pytest.mark.parametrize("name", TAKEN)
def test_it_is_read_where_the_table_says(name: str) -> None:
    assert re.search(rf"\.{name}\b", inspect.getsource(TAKEN[name]))


def test_what_needs_a_restart_is_named_in_the_log_and_to_systemd(tmp_path: Path) -> None:
    lines, settings = Lines(), Settings(port=0)
    told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told.bind(str(tmp_path / "notify"))
    told.settimeout(10)
    changed = [
        Settings(port=1, host="::1", metrics_port=2, workers=3, host_key="/x", count_reading=True, visits=7),
        Settings(port=0, visits=8),
        Settings(port=4, visits=8),
        None,
    ]
    wanted = iter(Reread(one, () if one else ["kiosk.toml:1:1: wrong"]) for one in changed)
    folders = user_folders({"HOME": str(tmp_path)})
    running = Server(
        settings, host_key(None, tmp_path), folders, Log(lines, settings), reread=lambda: next(wanted),
        notifier=Notifier(str(tmp_path / "notify")),
    )  # fmt: skip
    statuses = []
    for settings_read in changed:
        answer = running.change()
        assert answer["problems"] == ([] if settings_read else ["kiosk.toml:1:1: wrong"])
        heard = [told.recv(4096).decode() for _ in range(3)]
        statuses += [words for words in heard if words.startswith("STATUS=")]
    told.close()
    names = "count_reading, host, host_key, metrics_port, port, workers"
    assert statuses == [
        f"STATUS=Not applied before a restart: {names}",
        "STATUS=All settings are applied",
        "STATUS=Not applied before a restart: port",
        "STATUS=The settings are wrong and were not applied; the log says why",
    ]
    line, _ = lines.of("not-applied")
    assert f'settings="{names.replace(",", "")}" reason="needs a restart"' in line
    assert [line.split(" ", 2)[2] for line in lines.of("changed")] == ["settings=visits", "settings=visits"]
    [line] = lines.of("unchanged")
    assert "no setting that can be applied differs" in line
    now = running._settings  # noqa: SLF001 -- a server shows its settings to nobody
    assert now.visits == 8
    assert unapplied(now, settings) == ()
