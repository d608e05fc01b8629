"""Our notes beside those of pandoc, for all bundled sources and the awkward records."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.citing import oracle
from tests.citing.varied import varied
from tui.briefing import lock
from tui.briefing.loader import load_bytes
from tui.citing import csl_json
from tui.citing.unsaid import untitled
from tui.library.compiling import compile_edition, compile_file
from tui.library.records import Source
from tui.library.volume import Volume
from tui.render.chicago_figures import date_words
from tui.render.citation import citation
from tui.render.citation_marks import stopped
from tui.render.cite_formats import record_of
from tui.render.works import signed

AWKWARD: Final = Path(__file__).with_name("awkward.toml")
CONTENT: Final = Path(__file__).parents[2] / "content"
_LESS: Final = "\ue000"
"""Stands for a `<` of a title, which pandoc reads as markup."""


class Compared(NamedTuple):
    """A source's two notes."""

    name: str
    """Briefing and source: `handbook#edtf`."""
    ours: str
    theirs: str


def volumes() -> Iterator[Volume]:
    """Yield all bundled briefings, and the one of awkward records."""
    for path in (*sorted(CONTENT.glob("*/briefing.toml")), AWKWARD):
        compiled = compile_file(path, path.parent / "nothing-held")
        if compiled.edition is None:
            raise AssertionError(compiled.problems)
        yield Volume(compiled.edition, path)


def compared() -> list[Compared]:
    """Set the notes of all sources twice."""
    return compared_in(volumes())


def compared_in(opened: Iterable[Volume]) -> list[Compared]:
    """Set the notes of the sources of some briefings twice."""
    rows = [(volume, source) for volume in opened for source in volume.edition.sources]
    items = [_item(volume, source) | {"id": f"n{place}"} for place, (volume, source) in enumerate(rows)]
    theirs = oracle.notes(items)
    if len(theirs) != len(rows):
        raise AssertionError(f"pandoc set {len(theirs)} notes of {len(rows)}")
    return [
        Compared(f"{volume.edition.id}#{source.id}", _ours(volume, source), note.replace(_LESS, "<").replace("__", ""))
        for (volume, source), note in zip(rows, theirs, strict=True)
    ]


def varied_volume() -> Volume:
    """Return a briefing of varied records."""
    header = AWKWARD.read_text(encoding="utf-8").partition("[[entity]]")[0]
    loaded = load_bytes("\n".join([header, *varied(each=8, seed=1)]).encode(), "varied.toml")
    if loaded.briefing is None:
        raise AssertionError(loaded.problems)
    return Volume(compile_edition(loaded.briefing, lock.EMPTY, {}), AWKWARD)


def _ours(volume: Volume, source: Source) -> str:
    """Return our note, without those through whom the source is known."""
    spans = stopped(citation(volume, source))
    return "".join(f"_{span.text}_" if span.role == "emphasis" else span.text for span in spans)


def _item(volume: Volume, source: Source) -> dict[str, Any]:
    """Return a source as pandoc takes it.

    The author is that of our note, an agency too, which the formats keep as the publisher. Titles keep their case. Dates that are no plain days are the words of our notes. What stands for a title that is
    not known is the genre, which the style sets without quotation marks, or italics turned back in a hearing.
    """
    record = record_of(volume, signed(source))
    item = csl_json.item(record)
    item.pop("note", None)
    if not source.title and source.type == "hearing":
        item["title"] = f"<i>{untitled('hearing').capitalize()}</i>"
    elif not source.title:
        item.setdefault("genre", untitled(source.type))
        del item["title"]
    else:
        item["title"] = source.title.replace("<", _LESS)
    for key in ("title", "container-title"):
        if key in item:
            item[key] = f'<span class="nocase">{item[key]}</span>'
    for key, date in record.dates.items():
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}\??", date) or date[5:7] > "12":
            words = date_words(date, "day")
            item[key] = {"literal": words.strip("[?]"), "circa": True} if words.endswith("?]") else {"literal": words}
    return item
