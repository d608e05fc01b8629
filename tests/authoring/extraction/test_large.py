"""Ten megabytes of text are read and held in bounded time and memory, whatever file they come as."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.authoring.extraction.pdfs import pdf_of_pages

_SECONDS: Final = 60
"""Of a processor: a machine that does other things too is not measured."""
_MEGABYTES: Final = 200
_BYTES: Final = 10_000_000
"""Of a PDF a quarter, in a quarter of the time: of all files it takes the longest."""
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


@pytest.mark.parametrize(("name", "made", "share"), [("a.txt", _plain, 1), ("a.html", _page, 1), ("a.pdf", _pdf, 0.25)])
def test_it_is_held(
    tmp_path: Path, tiny: Callable[..., str], name: str, made: Callable[[list[str]], bytes], share: float
) -> None:
    lines = [_LINE.format(number) for number in range(int(share * _BYTES) // len(_LINE) + 1)]
    file = tmp_path / name
    file.write_bytes(made(lines))
    briefing = tmp_path / "tiny" / "briefing.toml"
    briefing.parent.mkdir()
    quotes = "".join(
        f'[[background]]\nid = "b{at}"\ntext = "B."\ncite = [{{ source = "pond", quote = "street {at:,} was closed" }}]\n'
        for at in range(1000, len(lines), 10_000)
    )
    source = '[[source]]\nid = "pond"\ntitle = "A title"\ntype = "book"\nreliability = "B"\n'
    briefing.write_text(tiny(source + quotes), encoding="utf-8")
    command: list[str | Path] = [*_FORKED, sys.executable, "-c", _MEASURED, briefing, tmp_path / "held", file]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    measured = json.loads(done.stdout)
    number = quotes.count("[[background]]")
    assert number > 1
    assert f"sources.lock: quotes found: {number}; texts held or locked: 1." in measured["said"]
    assert measured["seconds"] < share * _SECONDS
    assert measured["kilobytes"] < _MEGABYTES * 1024
