"""The publication in a briefing's file, which may be broken elsewhere."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.briefing.decoding import decoded
from tui.briefing.files import MAX_BRIEFING_BYTES, UnreadableFileError, read_bounded
from tui.briefing.misspelt_keys import CorrectedKeys
from tui.briefing.problems import Problem
from tui.briefing.publication import UNREADABLE, Publication, publication_of
from tui.briefing.syntax import parse

_HEADER: Final = ("briefing",)
_NAMED: Final = re.compile(r"^[ \t]*\[*[ \t]*[\"']?briefing[\"']?[ \t]*[\].=]", re.MULTILINE)
"""A place at which the header may be written."""


def publication_in(data: bytes) -> Publication | None:
    """Read the publication in a file. Return None where that cannot be told for certain.

    A misspelt key counts as the key that it resembles, and a value that is refused as a draft.
    """
    problems: list[Problem] = []
    text = decoded(data, "", problems)
    if text is None:
        return None
    document = parse(text, "", problems)
    header = CorrectedKeys(document.data).data.get("briefing")
    is_lost = _HEADER in document.set_aside or () in document.set_aside
    # Of a file with errors of syntax another header may be in a part that was set aside.
    if not isinstance(header, dict) or is_lost or (problems and len(_NAMED.findall(text)) != 1):
        return None
    return publication_of(header)[0]


def header_line(path: Path) -> str:
    """Return the publication in a broken file, as a line."""
    with suppress(UnreadableFileError):
        if publication := publication_in(read_bounded(path, MAX_BRIEFING_BYTES)):
            return publication.as_text()
    return UNREADABLE
