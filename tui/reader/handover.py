"""Handing the terminal over to the author's editor, or to the shell."""

import os
import signal
from pathlib import Path
from typing import Any

from textual.app import App

from tui.authoring.errors import AuthoringError
from tui.library.paths import not_yours


def run_editor(app: App[Any], path: Path, thing: str) -> str:
    """Edit a briefing's file in `$VISUAL` or `$EDITOR`, and wait.

    Args:
        app: the app, which is suspended meanwhile.
        path: the file.
        thing: the id of the entry or source at which the editor opens; the first line where it is not found.

    Returns:
        The trouble; empty where there was none.
    """
    import subprocess

    from textual.app import SuspendNotSupported

    from tui.authoring.editors import editor_command, editor_words, line_of

    if said := not_yours(path):
        return said
    try:
        command = editor_command(editor_words(os.environ), path, line_of(path, thing) or 1)
        with app.suspend():
            code = subprocess.run(command, check=False).returncode  # noqa: S603 (the author's own choice)
    except (AuthoringError, SuspendNotSupported, OSError) as error:
        return f"The editor cannot be opened: {error}"
    app.refresh(layout=True)
    return f"The editor ended with {code}." if code else ""


def stop_process(app: App[Any]) -> str:
    """Stop the program until the shell resumes it, as Ctrl+Z does.

    Returns:
        The trouble; empty where there was none.
    """
    # Only a shell that has put this program into a process group of its own can resume it. Without a terminal the group
    # belongs to the process that runs the app, such as a test.
    if app.is_headless or os.getsid(0) == os.getpgrp():
        return "There is no shell that could resume the program."
    os.killpg(os.getpgrp(), signal.SIGTSTP)  # a wrapper that started the program stops with it
    return ""
