"""Creates the files of a new briefing. An existing file is never overwritten."""

import contextlib
import re
from pathlib import Path

from tui.briefing.fields import ID_PATTERN
from tui.briefing.files import FILE_NAME
from tui.briefing.loader import load_bytes
from tui.briefing.schema import schema_text

SCHEMA_NAME = "briefing.schema.json"


class CreateError(Exception):
    """A briefing cannot be created. The message is one line and states the remedy."""


def check_id(name: str) -> None:
    """Check the id of a new briefing.

    Raises:
        CreateError: the id is not valid.
    """
    if not re.fullmatch(ID_PATTERN, name):
        raise CreateError(
            f"{name!r} is no id; write at most 64 of the letters a to z, digits and hyphens, a letter or digit first"
        )


def create(root: Path, name: str, text: str) -> Path:
    """Write the TOML of a new briefing into a content folder.

    The schema for editors is written beside the briefings where there is none.

    Args:
        root: the content folder; created where it does not exist.
        name: the briefing's id, checked by `check_id`.
        text: the TOML.

    Returns:
        The path of the TOML.

    Raises:
        CreateError: the briefing exists already, the folder cannot be written, or the text has a problem.
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
        raise CreateError(f"{taken} exists already and stays as it is; choose another id or folder") from error
    except OSError as error:
        raise CreateError(f"{path}: cannot be written: {error.strerror}") from error
    # An author may have put another schema there. Without any schema, an editor only lacks completion.
    with contextlib.suppress(OSError), (root / SCHEMA_NAME).open("x", encoding="utf-8") as file:
        file.write(schema_text())
    return path
