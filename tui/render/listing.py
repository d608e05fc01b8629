"""The library as a list: text, Markdown or JSON."""

import json
from collections.abc import Iterator, Sequence

from tui.briefing import edtf, prose
from tui.library.rows import Row
from tui.render.library import counts_words, library_block
from tui.render.markdown import escaped
from tui.render.plain import blocks_text
from tui.render.words import count


def listing(rows: Sequence[Row], written_as: str, width: int) -> Iterator[str]:
    """List briefings; `written_as` is text, markdown or json."""
    if written_as == "json":
        yield json.dumps([_record(row) for row in rows], ensure_ascii=False, indent=2)
    elif written_as == "markdown":
        for row in rows:
            said = f"cannot be opened: {count(len(row.problems), 'problem')}" if row.problems else counts_words(row)
            yield f"- **{escaped(row.title)}** (`{row.id}`, {edtf.in_words(row.as_of)}): {said}".replace("\u00a0", " ")
    elif rows:
        for number, row in enumerate(rows):
            if number:
                yield ""
            yield row.id
            # What is new is the reader's own matter, and not the list's.
            yield from blocks_text([library_block(row, {row.id: row.digest})], width)
    else:
        yield "No briefings."


def _record(row: Row) -> dict[str, object]:
    return {
        "id": row.id,
        "title": row.title,
        "bluf": prose.plain(row.bluf),
        "as_of": row.as_of,
        "counts": row.counts,
        "problems": [str(problem) for problem in row.problems],
    }
