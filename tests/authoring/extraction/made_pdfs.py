"""PDFs whose text is known, each made by another typesetter: groff, Typst, cairo (by librsvg) and Chromium."""

import subprocess
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from tests.programs import program

_SECONDS: Final = 60.0
_CHROMIUM: Final = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --no-pdf-header-footer"
)
_HEAD: Final = "Bridge notices"
"""The running head of every page, which is none of the text."""
_TALE: Final = """The bridge at the mill was closed on 3 May 2024 because of the flood, the mayor said in a statement \
that was read to the extraordinary assembly of the neighbourhood association, which had asked for an understanding of the \
responsibilities.
In self-defence the well-known committee counted 1,250 cars in the season of 2024-25, and non-state actors counted anti-aircraft \
guns, although international communication about the infrastructure was considered insufficient by all who were present.
The keeper wrote that 17 swans had left the pond, that 23 geese had come instead, and that nobody had understood the \
administrative consequences of the neighbouring reconstruction, which the municipality had recommended in 1998.
A repeated paragraph stands twice, as it does on the page, and says so in as many words as it needs for two lines of text.
A repeated paragraph stands twice, as it does on the page, and says so in as many words as it needs for two lines of text."""
_ENTRIES: Final = ("1. One thing is the stone.", "2. Another thing is the water.", "3. The third is the mill.")
_ROWS: Final = ("Bridge Closed Cars", "Stone 3 May 1,250", "Wood 14 June 830")


class Made(NamedTuple):
    """A PDF with its text: one paragraph each, in their order."""

    path: Path
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """Notes at the foot of a page, which stand behind the paragraph that they interrupt."""
    pages: int = 1
    """The least number of pages that it has."""


def _paragraphs(times: int) -> tuple[str, ...]:
    told = _TALE.split("\n")
    return tuple(
        part if time == 0 else f"Part {time * 10 + number}. {part}"
        for time in range(times)
        for number, part in enumerate(told)
    )


def groff(folder: Path) -> Iterator[Made]:
    """Make letters with the ms macros: justified and hyphenated, with a page number at the head and notes at the foot."""
    tale = _paragraphs(6)
    yield _groff(folder, "short", "", _paragraphs(1))
    yield _groff(folder, "long", ".ds LH\n.ds CH\n.ds RH Bridge notices - %\n.ds CF\n", tale)
    two = ".nr LL 6i\n.de BODY\n.2C\n..\n"
    yield _groff(folder, "columns", f"{two}.BODY\n", _paragraphs(3))


def _groff(folder: Path, name: str, before: str, tale: tuple[str, ...]) -> Made:
    body = "".join(f".PP\n{part}\n" for part in tale)
    source = f"{before}.TL\nThe bridge of the town\n.LP\nThe first words.\\**\n.FS\nTown hall, 2024.\n.FE\n{body}"
    program("gropdf")  # the base package of groff goes without
    made = subprocess.run(
        [program("groff"), "-ms", "-Tpdf", "-P-pa5"],
        input=source.encode(),
        capture_output=True,
        timeout=_SECONDS,
        check=True,
    )
    path = folder / f"groff-{name}.pdf"
    path.write_bytes(made.stdout)
    return Made(path, ("The bridge of the town", "The first words.¹", *tale), notes=("¹ Town hall, 2024.",))


def typst(folder: Path) -> Iterator[Made]:
    """Make pages with a running head, a page number, notes and superscripts, in one column and in two."""
    for name, columns, times in (("short", 1, 1), ("long", 1, 6), ("columns", 2, 4)):
        tale = _paragraphs(times)
        head = f"[{_HEAD}]" if times > 1 else "none"
        rows = ", ".join(f"[{cell}]" for cell in ("Bridge", "Closed", "Stone", "3 May"))
        source = f"""#set page(paper: "a5", columns: {columns}, header: {head}, footer: context align(center, counter(page).display()))
#set par(justify: true)
#set text(hyphenate: true, lang: "en", size: 9pt)
= The bridge of the town
The keeper counted 11#super[3] swans.

+ One thing is the stone.
+ Another thing is the water.

{chr(10).join(f"{part}{chr(10)}" for part in tale)}

#table(columns: 2, {rows})
"""
        path = folder / f"typst-{name}.pdf"
        path.write_bytes(_typst(source))
        before = ("The bridge of the town", "The keeper counted 11³ swans.", "1. One thing is the stone.")
        yield Made(path, (*before, "2. Another thing is the water.", *tale, "Bridge Closed", "Stone 3 May"))


def _typst(source: str) -> bytes:
    import typst as typesetter

    return bytes(typesetter.compile(source.encode()))


def cairo(folder: Path) -> Iterator[Made]:
    """Make pages line by line, as programs do that draw: nothing says what a paragraph is but where the lines stand."""
    yield _cairo(folder, "indented", _paragraphs(3), indent=18, gap=0)
    yield _cairo(folder, "parted", _paragraphs(3), indent=0, gap=8)
    yield _cairo(folder, "listed", (*_paragraphs(1), *_ENTRIES), indent=0, gap=8)


def _cairo(folder: Path, name: str, tale: tuple[str, ...], *, indent: int, gap: int) -> Made:
    pages: list[list[str]] = [[]]
    at = 80
    for part in tale:
        for number, words in enumerate(_wrapped(part, 62)):
            if at > 500:
                pages.append([])
                at = 80
            left = 50 + (indent if number == 0 else 0)
            pages[-1].append(f'<text x="{left}" y="{at}">{escape(words)}</text>')
            at += 14
        at += gap
    files = []
    for number, lines in enumerate(pages, 1):
        head = f'<text x="50" y="40">{_HEAD}</text><text x="380" y="40">{number}</text>' if len(pages) > 1 else ""
        drawn = f"""<svg xmlns="http://www.w3.org/2000/svg" width="420" height="595" font-family="DejaVu Sans Mono" font-size="8">
{head}{"".join(lines)}</svg>"""
        files.append(folder / f"{name}-{number}.svg")
        files[-1].write_text(drawn, encoding="utf-8")
    path = folder / f"cairo-{name}.pdf"
    subprocess.run([program("rsvg-convert"), "-f", "pdf", "-o", path, *files], timeout=_SECONDS, check=True)
    return Made(path, tale, pages=len(pages))


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Wrap a text; a word is parted at a hyphen of its own, and some at one that is not its own."""
    line = ""
    for word in text.split(" "):
        pieces = word.replace("communication", "communica~tion").replace("extraordinary", "extraordi~nary")
        parts = [f"{part}-" for part in pieces.replace("~", "-~").split("-")]
        parts[-1] = parts[-1][:-1]
        for index, part in enumerate(parts):
            soft = part.startswith("~")
            piece = part.removeprefix("~")
            glue = "" if index or not line else " "
            if soft:
                line = line.removesuffix("-")
            if len(line) + len(glue) + len(piece) > width:
                yield f"{line}-" if soft else line
                line = piece
            else:
                line += glue + piece
    yield line


def chromium(folder: Path) -> Iterator[Made]:
    """Print pages of the web, with running heads by CSS, hyphens, lists and tables."""
    style = f'@page{{size:A5;margin:22mm;@top-center{{content:"{_HEAD}"}}@bottom-center{{content:counter(page)}}}}'
    kinds = {
        "justified": "p{text-align:justify;hyphens:auto}",
        "indented": "p{text-indent:2em;margin:0}",
        "columns": "body{columns:2} p{hyphens:auto;font-size:8pt}",
    }
    for name, rules in kinds.items():
        tale = _paragraphs(4)
        items = "".join(f"<li>{entry.partition(' ')[2]}</li>" for entry in _ENTRIES)
        rows = "<tr><td>Bridge</td><td>Closed</td></tr><tr><td>Stone</td><td>3 May</td></tr>"
        page = folder / f"{name}.html"
        body = "".join(f"<p>{escape(part)}</p>" for part in tale)
        page.write_text(
            f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{style}{rules}</style><h1>The bridge</h1><p>The keeper '
            f"counted 11<sup>3</sup> swans.</p>{body}<ol>{items}</ol><table>{rows}</table></html>",
            encoding="utf-8",
        )
        path = folder / f"chromium-{name}.pdf"
        own = f"--user-data-dir={folder / 'browser'}"
        command = [program("chromium"), *_CHROMIUM.split(), own, f"--print-to-pdf={path}", page.as_uri()]
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
        yield Made(path, ("The bridge", "The keeper counted 11³ swans.", *tale, *_ENTRIES, "Bridge Closed Stone 3 May"))


TYPESETTERS: Final[dict[str, Callable[[Path], Iterator[Made]]]] = {
    "groff": groff,
    "typst": typst,
    "cairo": cairo,
    "chromium": chromium,
}
