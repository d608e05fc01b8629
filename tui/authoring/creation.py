"""Creates the files of a new briefing. An existing file is never overwritten."""

import contextlib
import json
from pathlib import Path
from typing import Final

from tui.authoring.errors import AuthoringError
from tui.briefing.files import FILE_NAME
from tui.briefing.formats import FORMATS, NEWEST
from tui.briefing.loader import load_bytes
from tui.briefing.schema import schema_text
from tui.library.atomic_write import write_new

_SCHEMA: Final = "briefing.schema.json"
_NEWER_SCHEMA: Final = f"briefing.schema-{NEWEST}.json"
"""The name of the schema where that of an older format has the first name."""


def create(root: Path, name: str, text: str) -> Path:
    """Write the TOML of a new briefing into a content folder.

    The schema for editors is written beside the briefings where there is none of the newest format.

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
        write_new(path, text.replace(f"../{_SCHEMA}", f"../{newest_schema(root)}", 1).encode())
    except FileExistsError as error:
        taken = error.filename or path
        raise AuthoringError(f"{taken} exists already and stays as it is; choose another id or folder") from error
    except OSError as error:
        raise AuthoringError(f"{path}: cannot be written: {error.strerror}") from error
    return path


def newest_schema(folder: Path) -> str:
    """Write the schema of the newest format into a folder. Return its name."""
    name = _NEWER_SCHEMA if is_of_older_format(folder / _SCHEMA) else _SCHEMA
    # An author may have put another schema there. Without any schema, an editor only lacks completion.
    with contextlib.suppress(OSError):
        write_new(folder / name, schema_text().encode())
    return name


def is_of_older_format(schema: Path) -> bool:
    """Whether a file is the schema of an older format."""
    try:
        return json.loads(schema.read_bytes())["properties"]["format"]["const"] in FORMATS[:-1]
    except (OSError, ValueError, LookupError, TypeError):
        return False
