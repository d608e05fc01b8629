"""Hostile requests at the administrators' socket, seeded: each gets an answer of one line, and none a fault."""

import asyncio
import json
import random
from pathlib import Path
from typing import Any

from tests.kiosk.server.house import House
from tui.kiosk.ipc import LENGTH
from tui.kiosk.operations.admin_commands import ADMIN_COMMANDS, PARSED
from tui.kiosk.server.admin_socket import MOST_BYTES, AdminSocket

_WORDS = (
    "", "1", "0", "-1", "9" * 30, "192.0.2.1", "192.0.2.0/24", "::/0", "0.0.0.0/0", "::ffff:192.0.2.1", "fe80::1%eth0",
    "90m", "1d", "0s", "999999999d", "2026-11-27", "0001-01-01", "9999-12-31", "20261127", "2026-W48-5",
    f"SHA256:{'a' * 43}", "SHA256:", "\x1b]0;x\x07", "\u202egnitseuqer", "\ud800", "\u2028", "a\nb", "é" * 301, "\x00", "x" * 5000,
)  # fmt: skip
"""What arguments may be, right and wrong."""
_THINGS: tuple[Any, ...] = (
    None, True, 0, -1, 1, 10**30, 2**63, -(2**63) - 1, 1.5, 1e308, float("nan"), float("inf"), [], {}, [1], {"a": 1},
)  # fmt: skip


_RIGHT: dict[str, Any] = {
    "text": "We close.", "visit": "1", "network": "192.0.2.0/24", "duration": "1h", "since": "2026-11-27",
    "key": f"SHA256:{'a' * 43}",
}  # fmt: skip


def request(chance: random.Random) -> bytes:
    """Make a request: mostly a command with arguments, at times bytes that are none."""
    if chance.random() < 0.1:
        return _malformed(chance)
    words: dict[str, Any] = dict(_RIGHT) if chance.random() < 0.6 else {}
    words |= {"command": chance.choice([*(command.name for command in ADMIN_COMMANDS), *_THINGS, "rm"])}
    for name in chance.sample([*PARSED, "after", "since", "extra"], chance.randint(0, 3)):
        words[name] = chance.choice(_THINGS if chance.random() < 0.3 else _WORDS)
    data = json.dumps(words).encode()
    return LENGTH.pack(len(data)) + data


def _malformed(chance: random.Random) -> bytes:
    data = chance.choice(
        [chance.randbytes(chance.randint(0, 200)), b"[" * 9000, b"{}", b"[]", b"null", b'{"command":', b"\xff" * 50]
    )
    length = chance.choice([len(data), len(data), 0, MOST_BYTES + 1, 2**32 - 1])
    return LENGTH.pack(length) + data


async def check(folder: Path, seed: int, number: int) -> int:
    """Send requests, each over its own connection. Return the number of those that were carried out.

    Raises:
        AssertionError: a request had a fault, no answer, or an answer of more than a line.
    """
    faults: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: faults.append(context))
    house = House(folder)
    for event, detail in (("logged-in", _RIGHT["key"]), ("opened", "pond"), ("closed", "")):
        house.recorder.handle(1, event, detail)
    socket = AdminSocket(folder / "a.sock", house.administration.answer)
    await socket.start()
    carried_out = 0
    try:
        for each in range(number):
            sent = request(random.Random(f"{seed} {each}"))  # noqa: S311 - no secret
            reader, writer = await asyncio.open_unix_connection(str(folder / "a.sock"))
            writer.write(sent)
            writer.write_eof()
            answer = await asyncio.wait_for(reader.read(), 20)
            writer.close()
            where = f"request {each} of seed {seed}, {sent[:300]!r}: {answer[:300]!r}, {faults}"
            assert not faults, where
            if not answer and len(sent) - LENGTH.size < LENGTH.unpack(sent[: LENGTH.size])[0] <= MOST_BYTES:
                continue  # it ended before its length
            assert LENGTH.unpack(answer[: LENGTH.size])[0] == len(answer) - LENGTH.size, where
            said = json.loads(answer[LENGTH.size :])
            assert isinstance(said, dict), where
            assert "\n" not in str(said.get("error", "")), where
            carried_out += "error" not in said
    finally:
        await socket.close()
    assert all(line.isprintable() for line in house.lines)
    return carried_out
