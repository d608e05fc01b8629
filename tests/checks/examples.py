"""The examples of the rules as whole briefings."""

import hashlib
import re
from typing import Final

_FORMAT: Final = re.compile(r"format = \d\n")
_HEADER: Final = """\
[briefing]
id = "example"
title = "An example"
bluf = "It shows one rule."
lang = "en"
as_of = "2026-11-22"
"""
_NOTE: Final = """
[[source]]
id = "note"
type = "personal_communication"
title = "Note on the door of the town hall"
"""
_ID: Final = re.compile(r'^\s*id\s*=\s*"note"', re.MULTILINE)


def whole(example: str, text: str = "") -> str:
    """Make a rule's example a briefing: with a header, the source `note` where it is cited, and that source's hash.

    Args:
        example: TOML; tables that it has itself are left as they are. Its first line may name the format; else it is 1.
        text: the held text of the source `note`; its hash is put to the source where the example does not write it.
    """
    named = _FORMAT.match(example)
    version = named[0] if named else "format = 1\n"
    example = example.removeprefix(version)
    header = "" if re.search(r"^\[briefing\]", example, re.MULTILINE) else _HEADER
    note = ""
    if not _ID.search(example) and '"note"' in example:
        note = _NOTE + (f'sha256 = "{hashlib.sha256(text.encode()).hexdigest()}"\n' if text else "")
    return f"{version}{header}{example.strip()}\n{note}"
