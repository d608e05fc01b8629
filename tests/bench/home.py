"""A reader's home in a temporary folder, and the commands that are run in it."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bench.terminal import BenchError, Terminal

APPS: Final = Path(__file__).parent / "apps"
TOP: Final = Path(__file__).parents[2]
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR")


class Home:
    """HOME and every XDG folder of one subject; neither subject sees another's cache, or the user's."""

    def __init__(self, folder: Path) -> None:
        """Make the folders."""
        self.folder = folder
        self.cache, self.state, self._kept_state = folder / "cache", folder / "state", folder / "state.kept"
        self.environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {
            "HOME": str(folder), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
            "XDG_CACHE_HOME": str(self.cache), "XDG_STATE_HOME": str(self.state),
            "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
        }  # fmt: skip
        for path in (self.cache, self.state, folder / "data", folder / "config", folder / "run"):
            path.mkdir(parents=True, mode=0o700, exist_ok=True)

    def open(self, command: Sequence[str], *, mute: bool = False) -> Terminal:
        """Start a command in a terminal, which answers questions or is mute."""
        return Terminal(command, self.environment, mute=mute)

    def keep_state(self) -> None:
        """Remember the reader's state as it is now, for every run to begin with."""
        shutil.copytree(self.state, self._kept_state, dirs_exist_ok=True)

    def renew(self, *, cold: bool = False) -> None:
        """Bring back the state that was kept, and empty the cache for a cold start."""
        if self._kept_state.exists():
            shutil.rmtree(self.state)
            shutil.copytree(self._kept_state, self.state)
        if cold:
            shutil.rmtree(self.cache)
            self.cache.mkdir(mode=0o700)


def briefing(*words: str) -> list[str]:
    """Give the command as it was installed beside this Python."""
    command = Path(sys.executable).parent / "briefing"
    if not command.exists():
        raise BenchError(f"{command} is not there; install the program into this environment")
    return [str(command), *words]


def bare(app: str, *words: str) -> list[str]:
    """Give the command of a bare app, by the same Python."""
    return [sys.executable, str(APPS / f"{app}.py"), *words]
