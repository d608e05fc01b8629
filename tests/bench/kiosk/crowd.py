"""The load generator, a process of its own: ``python -m tests.bench.kiosk.crowd``, told what to do by lines of JSON.

Each line on stdin is a command with its arguments, each line on stdout its answer. Keys that move to the next entry and
back are pressed in turns, so that each has a repaint.
"""

import asyncio
import gc
import json
import random
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from tests.bench.kiosk.visitor import Visitor, connect

_NOTHING_MORE: Final = 1.0
"""Seconds after which a key of one who pages through a text is taken to lead no further."""
_STEPS: Final = 12
"""Keys in one direction before it goes back."""
_UNANSWERED: Final = 4.0
"""Seconds after which a key counts as not answered."""
_BURST: Final = 5
"""Keys of a burst, `_REPEAT` seconds apart, as of a key that is held down."""
_REPEAT: Final = 0.06
_SETTLED: Final = 0.15
"""Seconds without output after which the next of the opening keys is pressed."""
_SEED: Final = 20261122

Answer = dict[str, Any]


class Crowd:
    """Many visitors of one server."""

    def __init__(self, port: int, user: str, key: str) -> None:
        """Begin with nobody."""
        self._port, self._user, self._key = port, user, key
        self._visitors: list[Visitor] = []
        self._random = random.Random(_SEED)  # noqa: S311 - pacing
        self._steps: dict[Visitor, int] = {}

    async def arrive(
        self,
        number: int,
        expected: list[str],
        together: int = 1,
        opening: str = "",
        *,
        stay: bool = True,
    ) -> Answer:
        """Let visitors in, so many at a time; give the seconds of each until logged in and until the first frame.

        Args:
            number: how many.
            expected: words of the first frame.
            together: how many at a time.
            opening: keys that lead to where one reads, pressed one after another.
            stay: whether they stay.
        """
        gate = asyncio.Semaphore(together)

        async def one() -> tuple[float, float, float]:
            async with gate:
                visitor = Visitor()
                await visitor.arrive(self._port, self._user, self._key)
                seen = await visitor.see(expected, 120)
                for key in opening:
                    await visitor.settle(_SETTLED)
                    visitor.press(key.encode())
                    await visitor.byte(_UNANSWERED)
                await visitor.settle(_SETTLED if opening else 0)
                if stay:
                    self._visitors.append(visitor)
                else:
                    await visitor.leave()
                return visitor.opened - visitor.connected, seen - visitor.opened, seen - visitor.connected

        found = await asyncio.gather(*(one() for _ in range(number)))
        gc.collect()
        gc.freeze()
        return {
            "login": [each[0] for each in found],
            "frame": [each[1] for each in found],
            "all": [e[2] for e in found],
        }

    async def shake(self, number: int) -> Answer:
        """Log in and hang up so often, one after another, with the same algorithms whatever the server prefers."""
        for _ in range(number):
            connection = await connect(
                "127.0.0.1", self._port, self._user, self._key, kex_algs=["curve25519-sha256"],
                encryption_algs=["aes256-gcm@openssh.com"],
            )  # fmt: skip
            connection.abort()
            await connection.wait_closed()
        return {"shaken": number}

    async def press(self, number: int, every: float, seconds: float, *, burst: bool = False) -> Answer:
        """Let so many visitors press a key every so often, each in a rhythm of its own.

        Returns:
            The seconds from each key to the first byte of its repaint, how many had none, and bytes of output.
        """
        taken: list[float] = []
        lost = 0
        chosen = self._visitors[:number]
        before = sum(visitor.received for visitor in chosen)
        until = time.perf_counter() + seconds

        async def one(visitor: Visitor) -> None:
            nonlocal lost
            await asyncio.sleep(self._random.uniform(0, every))
            answered: float | None = None
            while time.perf_counter() < until:
                for _ in range(_BURST if burst else 1):
                    answered = await self._key_of(visitor)
                    if answered is None:
                        lost += 1
                    else:
                        taken.append(answered)
                    if burst:
                        await asyncio.sleep(max(0.0, _REPEAT - (answered or 0)))
                pause = every * (_BURST if burst else 1) * self._random.uniform(0.7, 1.3)
                await asyncio.sleep(max(0.01, pause - (answered or 0)))

        await asyncio.gather(*(one(visitor) for visitor in chosen))
        got = sum(visitor.received for visitor in chosen) - before
        return {"taken": taken, "lost": lost, "bytes": got, "gone": sum(visitor.gone for visitor in chosen)}

    async def together(self, number: int) -> Answer:
        """Let so many visitors press a key at one moment; give the seconds until each has its repaint."""
        began = time.perf_counter()
        chosen = self._visitors[:number]
        for visitor in chosen:
            self._send(visitor)
        await asyncio.gather(*(visitor.byte(_UNANSWERED) for visitor in chosen))
        taken = [visitor.first_byte - began for visitor in chosen if visitor.first_byte]
        return {"taken": taken, "lost": len(chosen) - len(taken)}

    async def flood(self, seconds: float) -> Answer:
        """Let one visitor hold down every key at once."""
        return await self._pour(seconds, lambda: b"jkjkjkjk]]]][[[[" * 64)

    async def paste(self, seconds: float, size: int = 10_000_000) -> Answer:
        """Let one visitor paste so many bytes."""
        rest = iter([b"\x1b[200~", *[b"a long text that means nothing. " * 1024] * (size // 32768), b"\x1b[201~"])
        return await self._pour(seconds, lambda: next(rest, b""))

    async def ask(self, seconds: float, words: list[str], rest: float = 0.0) -> Answer:
        """Let one visitor type one query after another, eight keys a second, and look at each for some seconds."""
        visitor = self._visitors[-1]
        visitor.press(b"\x0b")
        until, typed = time.perf_counter() + seconds, 0
        while time.perf_counter() < until:
            for word in words:
                for place, key in enumerate([*word, *["\x7f"] * len(word)]):
                    if time.perf_counter() < until:
                        await asyncio.sleep(rest if place == len(word) else 0)
                        visitor.press(key.encode())
                        typed += 1
                        await asyncio.sleep(0.125)
        return {"typed": typed, "gone": visitor.gone}

    async def walk(self, keys: str, seconds: float) -> Answer:
        """Let one visitor press keys, each when the one before has its repaint; give the seconds of each."""
        visitor = self._visitors[-1]
        until, taken = time.perf_counter() + seconds, []
        for key in keys:
            if visitor.gone or time.perf_counter() > until:
                break
            at = visitor.press(key.encode())
            await visitor.byte(_NOTHING_MORE)
            if visitor.first_byte:
                taken.append(visitor.first_byte - at)
            await visitor.settle(_SETTLED)
        return {"taken": taken, "answered": len(taken), "gone": visitor.gone}

    async def leave(self) -> Answer:
        """Let everybody leave."""
        leaving, self._visitors = self._visitors, []
        self._steps.clear()
        await asyncio.gather(*(visitor.leave() for visitor in leaving))
        return {"left": len(leaving)}

    async def _pour(self, seconds: float, piece: Callable[[], bytes]) -> Answer:
        visitor = self._visitors[-1]
        until, sent = time.perf_counter() + seconds, 0
        while time.perf_counter() < until and not visitor.gone:
            if visitor.waiting < 1 << 16:
                data = piece()
                visitor.press(data)
                sent += len(data)
            await asyncio.sleep(0.01)
        return {"sent": sent, "gone": visitor.gone}

    def _send(self, visitor: Visitor) -> float:
        step = self._steps[visitor] = self._steps.get(visitor, 0) + 1
        return visitor.press(b"j" if (step - 1) // _STEPS % 2 == 0 else b"k")

    async def _key_of(self, visitor: Visitor) -> float | None:
        at = self._send(visitor)
        await visitor.byte(_UNANSWERED)
        return visitor.first_byte - at if visitor.first_byte else None


async def obey(crowd: Crowd) -> None:
    """Read commands until there are no more."""
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        command: dict[str, Any] = json.loads(line)
        do: Callable[..., Awaitable[Answer]] = getattr(crowd, command.pop("do"))
        try:
            answer = await do(**command)
        except (OSError, TimeoutError, EOFError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Serve one benchmark."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 20_000) if most > 0 else 20_000, most))
    gc.set_threshold(50_000, 50, 100)
    asyncio.run(obey(Crowd(int(sys.argv[1]), sys.argv[2], sys.argv[3])))


if __name__ == "__main__":
    main()
