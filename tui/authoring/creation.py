"""Creates the files of a new briefing. An existing file is never overwritten."""

import contextlib
from pathlib import Path

from tui.authoring.errors import AuthoringError
from tui.briefing.files import FILE_NAME
from tui.briefing.loader import load_bytes
from tui.briefing.schema import schema_text

SCHEMA_NAME = "briefing.schema.json"


def create(root: Path, name: str, text: str) -> Path:
    """Write the TOML of a new briefing into a content folder.

    The schema for editors is written beside the briefings where there is none.

    Args:
        root: the content folder; created where it does not exist.
        name: the briefing's id, checked by `fault_of_id`.
        text: the TOML.

    Returns:
        The path of the TOML.

    Raises:
        AuthoringError: the briefing exists already, the folder cannot be written, or the text has a problem.
    """
    path = root / name / FILE_NAME
    if problems := load_bytes(text.encode(), str(path)).problems:
        raise AuthoringError(str(problems[0]))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        taken = error.filename or path
        raise AuthoringError(f"{taken} exists already and stays as it is; choose another id or folder") from error
    except OSError as error:
        raise AuthoringError(f"{path}: cannot be written: {error.strerror}") from error
    # An author may have put another schema there. Without any schema, an editor only lacks completion.
    with contextlib.suppress(OSError), (root / SCHEMA_NAME).open("x", encoding="utf-8") as file:
        file.write(schema_text())
    return path
