"""The formats of bibliographies, with files for their bars."""

import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tui.citing import biblatex, bibtex_reading, csl_json, ris
from tui.citing.names import Name
from tui.citing.record import Bibliography, Record


class Form(NamedTuple):
    """A format: its writer and its reader."""

    write: Callable[[Iterable[Record]], Iterator[str]]
    read: Callable[[str], Bibliography]


FORMS: Final = {
    "csl-json": Form(csl_json.write, csl_json.read),
    "ris": Form(ris.write, ris.read),
    "biblatex": Form(biblatex.write, bibtex_reading.read),
    "bibtex": Form(biblatex.write_bibtex, bibtex_reading.read),
}

BROKEN: Final = {
    "csl-json": ('{"id": "b", "type": "book" "title"', "[7]", '"words"', "{}", '{"id": "x", "type": "book"}'),
    "ris": ("ER  - ", "TI  - lost", "TY  - BOOK\nER  - ", "no line at all", "TY  - NEWS\nPY  - 2024\nER  - "),
    "biblatex": ("@book{a, title={open, \n}", "@book{b title}", "@book{c, author = }", "@misc{d,}", "@article{e, = {x}}"),
}  # fmt: skip
"""Five blocks of each format that cannot be read."""


def broken_file(name: str) -> tuple[str, list[str]]:
    """Return a file of 200 records with the broken ones, and the ids of the others."""
    form = FORMS[name]
    sound = [
        Record(f"key-{n}", "book", {"author": (Name("Ng", f"A. {n}"),)}, {"issued": "2024"}, {"title": f"T {n}"})
        for n in range(195)
    ]
    written = ["\n".join(form.write([record])) for record in sound]
    if name == "csl-json":
        written = [text.strip("[]\n") for text in written]
    for place, text in enumerate(BROKEN[name]):
        written.insert(place * 40 + 7, text)
    text = "[" + ",\n".join(written) + "]" if name == "csl-json" else "\n".join(written)
    return text, [record.id for record in sound]


def biber_warnings(records: Iterable[Record], biber: str, folder: Path) -> list[str]:
    """Return the warnings of biber on the data model of some records."""
    path = folder / "records.bib"
    path.write_text("\n".join(biblatex.write(records)), encoding="utf-8")
    done = subprocess.run(
        [biber, "--tool", "--validate-datamodel", "--nolog", "--output-file", str(folder / "out.bib"), str(path)],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return [line for line in (done.stdout + done.stderr).splitlines() if "WARN - " in line or "ERROR - " in line]
