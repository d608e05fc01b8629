"""What the benchmarks of one run share: the temporary folder, the libraries in it, and the number of runs."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from tests.bench import generate
from tests.bench.home import Home, briefing

_PATIENCE: Final = 600.0
"""Seconds for compiling a large library; it takes about half a minute."""


class Bench:
    """One run of the benchmarks."""

    def __init__(
        self, folder: Path, runs: int, briefings: int, passages: int, visits: int, seconds: float = 20.0, *,
        alone: bool = False,
    ) -> None:  # fmt: skip
        """Begin.

        Args:
            folder: a temporary folder of its own.
            runs: how often each thing is measured.
            briefings: how many the large library has.
            passages: how many passages are searched.
            visits: how many visitors of the kiosk read.
            seconds: for how long they press keys.
            alone: whether to measure the kiosk without OpenSSH beside it.
        """
        self.folder = folder
        self.runs = runs
        self.briefings = briefings
        self.passages = passages
        self.visits = visits
        self.seconds = seconds
        self.alone = alone
        self._homes: dict[str, Home] = {}
        self._began = time.monotonic()

    def say(self, words: str) -> None:
        """Tell on stderr how far it is."""
        sys.stderr.write(f"\r\x1b[K[{time.monotonic() - self._began:4.0f} s] {words}")
        sys.stderr.flush()

    def home(self, name: str) -> Home:
        """Give a home by its name."""
        if name not in self._homes:
            self._homes[name] = Home(self.folder / "homes" / name)
        return self._homes[name]

    def library(self, number: int) -> Path:
        """Give a library of so many briefings, written when it is first wanted."""
        folder = self.folder / f"library-{number}"
        if not folder.exists():
            for done in generate.library(folder, number):
                if done % 500 == 0:
                    self.say(f"writing a library of {number:,}: {done:,}")
        return folder

    def filled_home(self, name: str, content: Path | None = None) -> Home:
        """Give a home whose cache knows a content folder, or the bundled content, from end to end."""
        home = self.home(name)
        if not any(home.cache.iterdir()):
            self.say(f"filling the cache of {name}")
            command = briefing("list", *(("--content", str(content)) if content else ()))
            subprocess.run(
                command,
                env=home.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                check=True,
                timeout=_PATIENCE,
            )
        return home

    def long_briefing(self, entries: int, sources: int = 0) -> Path:
        """Give a content folder with one briefing of so many claims, and of so many sources where a number is given."""
        folder = self.folder / f"long-{entries}-{sources}"
        file = folder / "trade" / "briefing.toml"
        if not file.exists():
            file.parent.mkdir(parents=True)
            file.write_text(generate.briefing("trade", "Accounts of a trade", entries, among=sources), encoding="utf-8")
        return folder
