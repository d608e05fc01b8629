"""Handshakes a second of a core, beside asyncssh's bare server with the same algorithms."""

import statistics
import subprocess
import time
from typing import Final

from tests.bench.bench import Bench
from tests.bench.figures import Goal, Row
from tests.bench.home import bare
from tests.bench.kiosk.servers import Generator, Kiosk, Server, ready_port

_NUMBER: Final = 100
"""Handshakes of a round."""
_ROUNDS: Final = 5
_SETTLED: Final = 8.0
"""Seconds in which all that the kiosk begins at its start is done."""
_LEAST: Final = 0.9


def row(bench: Bench) -> Row:
    """Let one client log in and hang up again and again, at both servers in turns."""
    with (
        subprocess.Popen(bare("bare_ssh"), stdout=subprocess.PIPE) as process,
        Kiosk(bench.filled_home("kiosk")) as ours,
    ):
        try:
            other = Server("bare", process.pid, ready_port(process), "kiosk", "")
            with Generator(ours) as crowd, Generator(other) as beside:
                for each in (crowd, beside):  # whatever is made once is made
                    each.ask("shake", number=_NUMBER // 5)
                time.sleep(_SETTLED)
                rates: dict[str, list[float]] = {ours.name: [], other.name: []}
                for number in range(_ROUNDS):
                    bench.say(f"kiosk: handshakes, {number + 1} of {_ROUNDS}")
                    for server, visitors in ((ours, crowd), (other, beside)):
                        before = server.cpu()
                        visitors.ask("shake", number=_NUMBER)
                        rates[server.name].append(_NUMBER / (server.cpu() - before))
        finally:
            process.terminate()
    mine, theirs = (statistics.median(rates[server.name]) for server in (ours, other))
    return Row(
        "handshakes a second of a core",
        f"{mine:.0f}",
        f"{theirs:.0f} (asyncssh's bare server)",
        mine / theirs,
        goal=Goal(mine / theirs, _LEAST, "×", least=True),
    )
