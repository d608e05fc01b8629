"""Ten megabytes of text in several kinds of file, and the processor time and memory that holding them takes."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tests.authoring.extraction.pdfs import pdf_of_pages

SECONDS: Final = 60
"""Of a processor: a machine that does other things too is not measured."""
MEGABYTES: Final = 200
BYTES: Final = 10_000_000
_ON_A_PAGE: Final = 50
_LINE: Final = (
    "The bridge of street {:,} was closed on 3 May 2024 for 1,250 cars, and the well-known mayor said no more."
)
_MEASURED: Final = """
import json, resource, sys
from pathlib import Path
from tui.authoring.held_texts import hold
said = list(hold(Path(sys.argv[1]), Path(sys.argv[2]), "pond", Path(sys.argv[3])))
children, own = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
seconds = sum(use.ru_utime + use.ru_stime for use in (children, own))
print(json.dumps({"said": said, "seconds": seconds, "kilobytes": max(children.ru_maxrss, own.ru_maxrss)}))
"""
_FORKED: Final = ("sh", "-c", '"$@"; exit $?', "sh")
"""A process takes over the peak of the one that started it, and that of the tests is none of its own."""


def _plain(lines: list[str]) -> bytes:
    return "\n\n".join(lines).encode()


def _page(lines: list[str]) -> bytes:
    return f"<html><body><main>{''.join(f'<p>{line}</p>' for line in lines)}</main></body></html>".encode()


def _pdf(lines: list[str]) -> bytes:
    return pdf_of_pages([lines[at : at + _ON_A_PAGE] for at in range(0, len(lines), _ON_A_PAGE)])


MAKERS: Final[Mapping[str, Callable[[list[str]], bytes]]] = {"a.txt": _plain, "a.html": _page, "a.pdf": _pdf}
"""The makers of a file from lines, by the file's name."""
_SOURCE: Final = '[[source]]\nid = "pond"\ntitle = "A title"\ntype = "book"\nreliability = "B"\n'


class Held(NamedTuple):
    """The result of holding a large file."""

    quotes: int
    """The quotes of the briefing."""
    said: list[str]
    """The lines of the command."""
    seconds: float
    """Of processors, with all child processes."""
    megabytes: float
    """The peak of the largest process."""


def hold(folder: Path, header: Callable[[str], str], name: str, size: int = BYTES) -> Held:
    """Hold a file of so many bytes of text for a briefing with quotes from all over the text.

    Args:
        folder: an empty folder.
        header: makes a briefing of the tables behind the header.
        name: a name of `MAKERS`.
        size: the bytes of the text; the file itself may be larger.
    """
    lines = [_LINE.format(number) for number in range(size // len(_LINE) + 1)]
    file = folder / name
    file.write_bytes(MAKERS[name](lines))
    briefing = folder / "tiny" / "briefing.toml"
    briefing.parent.mkdir()
    quoted = range(1000, len(lines), 10_000)
    quotes = "".join(
        f'[[background]]\nid = "b{at}"\ntext = "B."\ncite = [{{ source = "pond", quote = "street {at:,} was closed" }}]\n'
        for at in quoted
    )
    briefing.write_text(header(_SOURCE + quotes), encoding="utf-8")
    command: list[str | Path] = [*_FORKED, sys.executable, "-c", _MEASURED, briefing, folder / "held", file]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    measured = json.loads(done.stdout)
    return Held(len(quoted), measured["said"], measured["seconds"], measured["kilobytes"] / 1024)
