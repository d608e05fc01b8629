"""A socket that was opened before the kiosk started, as systemd hands it on, and the words that systemd is told."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import asyncssh

# What systemd does between fork and exec: the socket becomes descriptor 3, and the variables name the process.
_LAUNCHER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "tui", "kiosk", "--workers", "1", "--content", sys.argv[2]])
"""


async def test_a_passed_socket_is_served_and_systemd_is_told(tmp_path: Path, sample_folder: Path) -> None:
    folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CACHE", "STATE", "DATA", "CONFIG")}
    environment = os.environ | folders | {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "400000"}
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify,
    ):
        notify.bind(str(tmp_path / "notify"))
        notify.settimeout(30)
        port = listener.getsockname()[1]
        with subprocess.Popen(  # noqa: ASYNC220 - it runs beside the loop
            [sys.executable, "-c", _LAUNCHER, str(listener.fileno()), str(sample_folder.parent)],
            env=environment,
            pass_fds=(listener.fileno(),),
            stdout=subprocess.PIPE,
            text=True,
        ) as kiosk:
            try:
                said = [notify.recv(200).decode()]
                while not {"READY=1", "WATCHDOG=1"} <= set(said):
                    said.append(notify.recv(200).decode())
                assert said[0].startswith("EXTEND_TIMEOUT_USEC=")
                assert kiosk.stdout is not None
                lines = [kiosk.stdout.readline() for _ in range(3)]
                assert re.search(rf"^ready at 127.0.0.1 port {port}$", lines[-1])
                async with asyncssh.connect(
                    "127.0.0.1", port, username="kiosk", known_hosts=None, client_keys=None, config=[], agent_path=None
                ) as connection:
                    result = await connection.run("list", timeout=20)
                assert "Swans on a pond" in str(result.stdout)
            finally:
                kiosk.terminate()
                kiosk.wait(20)
        words = [notify.recv(200).decode()]
        while words[-1] == "WATCHDOG=1":
            words.append(notify.recv(200).decode())
        assert "STOPPING=1" == words[-1]
