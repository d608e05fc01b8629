"""Laying down a new briefing; nothing that is there already is ever overwritten."""

import contextlib
import re
from pathlib import Path

from tui.briefing.fields import ID_PATTERN
from tui.briefing.files import FILE_NAME
from tui.briefing.loader import load_bytes
from tui.briefing.schema import schema_text

SCHEMA_NAME = "briefing.schema.json"


class CreateError(Exception):
    """A briefing that cannot be laid down; the message is one line and says what to do."""


def check_id(name: str) -> None:
    """Refuse what cannot be a briefing's id.

    Raises:
        CreateError: it cannot.
    """
    if not re.fullmatch(ID_PATTERN, name):
        raise CreateError(
            f"{name!r} is no id; write at most 64 of the letters a to z, digits and hyphens, a letter or digit first"
        )


def create(root: Path, name: str, text: str) -> Path:
    """Write the TOML of a new briefing into a content folder, and the schema for editors beside the briefings.

    Args:
        root: the content folder; made where it is not there.
        name: the briefing's id, which `check_id` lets pass.
        text: the TOML.

    Returns:
        The path of the TOML.

    Raises:
        CreateError: there is such a briefing already, the folder cannot be written, or the text has a problem.
    """
    path = root / name / FILE_NAME
    if problems := load_bytes(text.encode(), str(path)).problems:
        raise CreateError(str(problems[0]))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        taken = error.filename or path
        raise CreateError(f"{taken} is there already and stays as it is; choose another id or folder") from error
    except OSError as error:
        raise CreateError(f"{path}: cannot be written: {error.strerror}") from error
    # An author may have put a schema of their own there, and without any one only goes without completion.
    with contextlib.suppress(OSError), (root / SCHEMA_NAME).open("x", encoding="utf-8") as file:
        file.write(schema_text())
    return path
