"""Handing the terminal to the author's own editor."""

import os
from pathlib import Path

from textual.app import App

from tui.library.paths import not_yours


def run_editor(app: App[None], path: Path, thing: str) -> str:
    """Open a briefing's file in `$VISUAL` or `$EDITOR` at an entry, and wait; return what went wrong."""
    import subprocess

    from textual.app import SuspendNotSupported

    from tui.authoring.editors import EditorError, editor_command, editor_words, line_of

    if said := not_yours(path):
        return said
    try:
        command = editor_command(editor_words(os.environ), path, line_of(path, thing) or 1)
        with app.suspend():
            code = subprocess.run(command, check=False).returncode  # noqa: S603 (the author's own choice)
    except (EditorError, SuspendNotSupported, OSError) as error:
        return f"The editor cannot be opened: {error}"
    app.refresh(layout=True)
    return f"The editor ended with {code}." if code else ""
