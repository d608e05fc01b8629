"""Copying to a clipboard. The outcome claims no more than is known."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, Protocol

from tui.reader.guarded_app import GuardedApp

MOST_SENT: Final = 100_000
"""Most bytes that are sent to the terminal. Most terminals take less, and drop a longer text silently."""
_SECONDS: Final = 3.0
"""Seconds that a program has to take a text."""

Run = Callable[[tuple[str, ...], bytes], bool]
"""Runs a program with bytes on its standard input; whether it ended well."""


class Says(Protocol):
    """Shows a message in the status line."""

    def __call__(self, message: str, *, warns: bool = False) -> None:
        """Show the message."""


class Program(NamedTuple):
    """A program that keeps a clipboard."""

    name: str
    command: tuple[str, ...]
    variable: str
    """The environment variable without which the program cannot work; empty where it needs none."""


PROGRAMS: Final = (
    Program("tmux", ("tmux", "load-buffer", "-w", "-"), "TMUX"),
    Program("wl-copy", ("wl-copy",), "WAYLAND_DISPLAY"),
    Program("xclip", ("xclip", "-selection", "clipboard"), "DISPLAY"),
    Program("pbcopy", ("pbcopy",), ""),
)


def programs(variables: Mapping[str, str], find: Callable[[str], str | None]) -> list[Program]:
    """Return the installed clipboard programs that can reach their display or multiplexer.

    Args:
        variables: the environment.
        find: returns the path of a program, as `shutil.which` does.
    """
    return [one for one in PROGRAMS if (not one.variable or variables.get(one.variable)) and find(one.command[0])]


def takers(there: list[Program], text: str, run: Run) -> list[str]:
    """Send a text to programs; return the names of those that succeeded."""
    data = text.encode("utf-8", "replace")
    return [one.name for one in there if run(one.command, data)]


def outcome(what: str, taken: list[str], refused: list[str], *, is_sent: bool) -> str:
    """Return the outcome of copying as a sentence or two.

    Args:
        what: names what was copied, such as `12 characters`.
        taken: the programs that took it.
        refused: those that did not.
        is_sent: whether it was sent to the terminal by OSC 52, to which there is no answer.
    """
    failed = f" Refused by {_names(refused)}." if refused else ""
    if taken:
        return f"Copied {what}: taken by {_names(taken)}.{failed}"
    if is_sent:
        return f"Sent {what} to the terminal (OSC 52), which does not report what it takes.{failed}"
    return f"Did not copy {what}: too long for a terminal’s clipboard.{failed}"


def copy(app: GuardedApp, tell: Says, text: str, what: str, more: str = "") -> None:
    """Copy a text by every allowed way, and show the outcome.

    Args:
        app: the reader; where its machine is not the visitor's, the terminal alone is asked.
        tell: shows the outcome.
        text: the text.
        what: names it, such as `12 characters`.
        more: a further sentence, such as another way to the same words.
    """
    is_sent = len(text) <= MOST_SENT and len(text.encode("utf-8", "replace")) <= MOST_SENT
    if is_sent:
        app.copy_to_clipboard(text)
    there = _here() if app.allowances.machine else []

    def say(taken: list[str]) -> None:
        refused = [one.name for one in there if one.name not in taken]
        said = outcome(what, taken, refused, is_sent=is_sent)
        tell(f"{said} {more}".rstrip(), warns=not (taken or is_sent))

    def hand_over() -> None:
        taken = takers(there, text, _run)
        app.call_from_thread(say, taken)

    if there:
        app.run_worker(hand_over, thread=True, exclusive=True, group="copy")
    else:
        say([])


def _here() -> list[Program]:
    import os
    import shutil

    return programs(os.environ, shutil.which)


def _run(command: tuple[str, ...], data: bytes) -> bool:
    import subprocess

    try:
        # xclip and wl-copy leave a process behind, which must inherit no pipe of ours: it would keep the pipe open.
        nowhere = subprocess.DEVNULL
        done = subprocess.run(command, input=data, stdout=nowhere, stderr=nowhere, timeout=_SECONDS, check=False)  # noqa: S603 - our own table
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _names(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
