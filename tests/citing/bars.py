"""The bars of citations and bibliographies, each measured: ``python -m tests.citing`` prints them."""

import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, get_args

from tests.citing import oracle
from tests.citing.comparison import AWKWARD, compared, compared_in, varied_volume, volumes
from tests.citing.differences import MOST, REASONS
from tests.citing.forms import BROKEN, FORMS, biber_warnings, broken_file
from tests.citing.schemas import ANNOTATIONS, CSL_JSON, faults
from tui.authoring.bibliographies import added
from tui.briefing.source import SourceType
from tui.citing import csl_json
from tui.citing.names import Name
from tui.citing.record import DATES, NAMES, TEXTS, Record
from tui.library.volume import Volume
from tui.render.cite_formats import FORMATS, Cited, CiteFormat, record_of
from tui.render.exports import EXPORTS
from tui.render.selection import Selection

RECORDS: Final = 10_000
SECONDS: Final = 1.0
"""The processor time in which so many records are written."""

_START: Final = """
import asyncio, sys
from pathlib import Path
from tui.library.catalogue import Catalogue
from tui.library.paths import bundled_content
from tui.reader.launch import make_app
from tui.session.config import Config
from tui.state.records import Location
from tui.state.stores import open_state

async def start():
    catalogue = Catalogue(None, [bundled_content()], Path(sys.argv[1]))
    app = make_app(catalogue, open_state(None), Location("handbook", "claims"), Config(), "dark")
    async with app.run_test() as pilot:
        await pilot.pause()
    catalogue.close()

asyncio.run(start())
aside = ("tui.citing", "tui.render.chicago", "tui.render.works", "bibtexparser", "pylatexenc", "pypandoc")
print(*sorted(name for name in sys.modules if name.startswith(aside)))
"""
"""Opens the reader, and names the modules of citations that are there."""


class Bar(NamedTuple):
    """A bar and its figure."""

    name: str
    figure: str
    is_met: bool


def bars(biber: str) -> Iterator[Bar]:
    """Measure every bar, one by one. `biber` is the path of the program; empty for none."""
    opened = list(volumes())
    records = [record_of(volume, source) for volume in opened for source in volume.edition.sources]
    yield chicago()
    yield chicago_varied()
    yield from round_trips(records)
    yield from imported(opened)
    yield validated(records, biber)
    yield items_valid(records)
    yield annotations_valid(opened)
    yield from taken()
    yield from written(opened)
    yield loaded()


def chicago() -> Bar:
    """Compare the notes with those of the style."""
    rows = compared()
    differing = {row.name for row in rows if row.ours != row.theirs}
    style = f"{oracle.edition()}, pandoc {oracle.pandoc()[1]}"
    figure = (
        f"{len(rows) - len(differing)} of {len(rows)} alike, {len(differing & REASONS.keys())} differ with a reason,"
        f" {len(differing - REASONS.keys())} without; {style}"
    )
    return Bar("Chicago notes", figure, differing <= REASONS.keys() and len(differing) <= MOST * len(rows))


def chicago_varied() -> Bar:
    """Compare the notes of records that were made by chance."""
    rows = compared_in([varied_volume()])
    differing = sum(row.ours != row.theirs for row in rows)
    return Bar(
        "Chicago notes, by chance", f"{len(rows) - differing} of {len(rows)} alike", differing <= MOST * len(rows)
    )


def round_trips(records: list[Record]) -> Iterator[Bar]:
    """Write and read all records in each format."""
    named = [record._replace(id=f"key-{place}") for place, record in enumerate(records)]
    for name, form in FORMS.items():
        found = form.read("\n".join(form.write(named)))
        changed = [one.id for one, other in zip(named, found.records, strict=False) if one != other]
        lost = len(named) - len(found.records) + len(changed) + len(found.problems)
        yield Bar(f"{name}: out and in", f"{lost} of {len(named)} changed; in the note: {in_note(name)}", lost == 0)


def imported(opened: list[Volume]) -> Iterator[Bar]:
    """Add the sources of each bundled briefing to an empty one, in each format."""
    bundled = [
        [record_of(volume, source) for source in volume.edition.sources] for volume in opened if volume.path != AWKWARD
    ]
    for name, form in FORMS.items():
        taken = sum(len(added(form.read("\n".join(form.write(records))), {}).ids) for records in bundled)
        count = sum(map(len, bundled))
        yield Bar(f"{name}: into a briefing", f"{taken} of {count} added", taken == count)


def in_note(form: str) -> str:
    """Return the variables that a format has no field for, with the types if they are not all."""
    kinds = get_args(SourceType)
    lacking: dict[str, list[str]] = defaultdict(list)
    for kind in kinds:
        full = Record(
            "k", kind, {key: (Name("Ng", "Ada"),) for key in NAMES}, dict.fromkeys(DATES, "2024-04-10"),
            {key: f"value {place}" for place, key in enumerate(TEXTS)} | {"lang": "ko", "url": "https://a.b"},
        )  # fmt: skip
        text = "\n".join(FORMS[form].write([full]))
        # A variable without a field is written as a line of the note, behind its name.
        (read,) = FORMS[form].read(without_note(text, form)).records
        for key in (*NAMES, *DATES, *TEXTS):
            if key not in {**read.names, **read.dates, **read.texts}:
                lacking[key].append(kind)
        if read.type != kind:
            lacking["type"].append(kind)
    said = [key if len(of) == len(kinds) else f"{key} ({len(of)} types)" for key, of in lacking.items()]
    return ", ".join(said) or "nothing"


def without_note(text: str, form: str) -> str:
    """Return a written record without its note."""
    if form == "csl-json":
        return json.dumps([{key: value for key, value in one.items() if key != "note"} for one in json.loads(text)])
    lines, inside = [], False
    for line in text.split("\n"):
        begins = line.startswith("M2  - ") or line.lstrip().startswith(("annotation ", "annote "))
        ends = line == "ER  - " if form == "ris" else line == "}" or " = " in line
        inside = begins or (inside and not ends)
        lines += [] if inside else [line]
    return "\n".join(lines)


def validated(records: list[Record], biber: str) -> Bar:
    """Have biber validate all records as BibLaTeX."""
    if not biber:
        return Bar("biber's data model", "biber is not installed", is_met=False)
    named = [record._replace(id=f"key-{place}") for place, record in enumerate(records)]
    with tempfile.TemporaryDirectory(prefix="briefing-biber-") as folder:
        warnings = biber_warnings(named, biber, Path(folder))
    undated = sum("issued" not in record.dates for record in records)
    return Bar(
        "biber's data model", f"{len(warnings)} warnings on {len(named)} records, {undated} undated", not warnings
    )


def items_valid(records: list[Record]) -> Bar:
    """Check all items of CSL-JSON against its schema."""
    found = faults(CSL_JSON, [csl_json.item(record) for record in records])
    return Bar("CSL-JSON by its schema", f"{len(found)} faults in {len(records)} items", not found)


def annotations_valid(opened: list[Volume]) -> Bar:
    """Check all annotations against the W3C's model."""
    pages = [
        json.loads("".join(EXPORTS["web-annotation"].briefing(Selection(volume, None, ""), 80))) for volume in opened
    ]
    found = [fault for page in pages for fault in faults(ANNOTATIONS, page)]
    count = sum(len(page["items"]) for page in pages)
    return Bar("annotations by the W3C's model", f"{len(found)} faults in {count}", not found)


def taken() -> Iterator[Bar]:
    """Read a file with five broken records in each format."""
    for name in BROKEN:
        text, sound = broken_file(name)
        found = FORMS[name].read(text)
        lines = {problem.line for problem in found.problems}
        is_met = [record.id for record in found.records] == sound and len(lines) == len(BROKEN[name])
        yield Bar(f"{name}: 200 with 5 broken", f"{len(found.records)} taken, {len(lines)} lines named", is_met)


def written(opened: list[Volume]) -> Iterator[Bar]:
    """Write many sources in each format."""
    for name, row in FORMATS.items():
        seconds, lines = writing(opened, row, RECORDS)
        figure = f"{seconds:.2f} s of the processor, {lines:,} lines"
        yield Bar(f"{name}: {RECORDS:,} records out", figure, seconds <= SECONDS)


def writing(opened: list[Volume], row: CiteFormat, number: int) -> tuple[float, int]:
    """Write so many sources, and return the seconds of the processor and the lines."""
    sources = itertools.cycle(source for volume in opened for source in volume.edition.sources)
    many = tuple(
        source._replace(id=f"s{place}", number=place, cited_in="")
        for place, source in zip(range(1, number + 1), sources, strict=False)
    )
    entities = tuple(entity for volume in opened for entity in volume.edition.entities)
    volume = Volume(opened[-1].edition._replace(sources=many, entities=entities), AWKWARD)
    lines, seconds = 0, float("inf")
    for _ in range(3):  # others on the machine cost processor time too
        start = time.process_time()
        lines = sum(1 for _ in row.write(volume, (Cited(source) for source in many)))
        seconds = min(seconds, time.process_time() - start)
    return seconds, lines


def loaded() -> Bar:
    """Open the reader, and look for modules of citations behind its first frame."""
    with tempfile.TemporaryDirectory(prefix="briefing-start-") as folder:
        done = subprocess.run(
            [sys.executable, "-c", _START, folder], capture_output=True, text=True, timeout=60, check=True
        )
    found = done.stdout.split()
    return Bar("loaded at the first frame", ", ".join(found) or "nothing of it", not found)
