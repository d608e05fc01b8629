"""Making a briefing name another text for a source, in place."""

import tomli

from tui.briefing.toml_edits import Put, edited
from tui.briefing.toml_text import basic_string


def with_sha256(text: str, source: str, sha256: str) -> str:
    """Return the TOML of a briefing with another `sha256` in the table of a source.

    Raises:
        ValueError: there is no such table, or it cannot be edited in place.
    """
    places = [place for place, table in enumerate(tomli.loads(text).get("source", ())) if table.get("id") == source]
    if not places:
        msg = f"there is no source {source!r}"
        raise ValueError(msg)
    return edited(text, [Put(("source", places[0], "sha256"), basic_string(sha256))])
