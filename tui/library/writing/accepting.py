"""Making a briefing name another text for a source, its comments and layout kept."""

from pathlib import Path

from tui.briefing.loader import load_bytes


def with_sha256(text: str, source: str, sha256: str) -> str:
    """Give the TOML of a briefing with another `sha256` in the table of a source.

    Raises:
        ValueError: there is no such table, or the result would not load.
    """
    import tomlkit

    document = tomlkit.parse(text)
    tables = [table for table in document.get("source", ()) if table.get("id") == source]
    if not tables:
        msg = f"there is no source {source!r}"
        raise ValueError(msg)
    table = tables[0]
    if "sha256" in table:
        table["sha256"] = sha256
    else:
        # What follows the last key, a blank line or a comment, belongs to the table behind it.
        body = table.value.body
        following = []
        while body and body[-1][0] is None:
            following.append(body.pop()[1])
        table.add("sha256", sha256)
        for item in reversed(following):
            table.add(item)
    written = tomlkit.dumps(document)
    if problems := load_bytes(written.encode(), str(Path("briefing.toml"))).problems:
        raise ValueError(str(problems[0]))
    return written
