"""Citations in any style of CSL, set by pandoc."""

import json
import re
import shutil
import subprocess
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from tui.authoring.errors import AuthoringError

_SECONDS: Final = 60.0
"""Seconds that pandoc has; 10,000 records take it some 20."""
_START: Final = 1 << 20
"""The bytes of a file in which its style must begin."""
_PARENT: Final = re.compile(rb'<link(?=[^>]*"independent-parent")[^>]*href="[^">]*?([^/">]+)"')
"""The style that a style without rules of its own names."""
_ALL: Final = "---\nnocite: '@*'\n---\n"
_NAMES: Final = r"""
function Div(entry)
  if entry.classes:includes("csl-entry") and pandoc.utils.stringify(entry.content) ~= "" then
    io.stderr:write("\n", entry.identifier, "\n")
  end
end
"""
"""Names each entry that pandoc sets. Some styles set none for a type, which older pandocs do not tell."""
_MISSING: Final = "--style needs pandoc; install it, or pip install 'briefing-browser[office]'"


class Styled(NamedTuple):
    """A bibliography in a style."""

    lines: list[str]
    left_out: list[str]
    """The ids of the records for which the style sets nothing."""


def styled(csl_json: str, style: Path) -> Styled:
    """Return the bibliography of records in a style.

    Args:
        csl_json: the records.
        style: a file of the Citation Style Language.

    Raises:
        AuthoringError: pandoc is missing or fails, or the style cannot be read.
    """
    if not style.is_file():
        raise AuthoringError(f"{style}: is no file; --style takes a style of CSL")
    with style.open("rb") as opened:
        start = opened.read(_START)
    if b"<style" not in start:
        raise AuthoringError(f"{style}: is no style of CSL; --style takes a file .csl")
    if parent := _PARENT.search(start):  # pandoc would fetch it from the network
        raise AuthoringError(f"{style}: only points to another style; take {parent[1].decode(errors='replace')}.csl")
    with tempfile.TemporaryDirectory(prefix="briefing-cite-") as folder:
        records = Path(folder) / "records.json"
        records.write_text(csl_json, encoding="utf-8")
        words = [_program(), "--from=markdown", "--to=plain", "--wrap=none", "--citeproc"]
        own_style = Path(folder) / "style.csl"  # pandoc wants this ending
        shutil.copyfile(style, own_style)
        names = Path(folder) / "names.lua"
        names.write_text(_NAMES, encoding="utf-8")
        words += [f"--csl={own_style}", f"--bibliography={records}", f"--lua-filter={names}"]
        try:
            done = subprocess.run(  # noqa: S603 (pandoc, with paths of our own and one that the user gave)
                words, input=_ALL, capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise AuthoringError(f"pandoc did not end well: {error}") from error
    if done.returncode:
        said = done.stderr.strip().partition("\n")[0][:200]
        raise AuthoringError(f"{style}: pandoc cannot use this style: {said}")
    named = set(done.stderr.splitlines())
    left_out = [one["id"] for one in json.loads(csl_json) if f"ref-{one['id']}" not in named]
    return Styled(done.stdout.rstrip("\n").split("\n"), left_out)


def _program() -> str:
    """Return the path of pandoc: the program, or the extra `office`.

    Raises:
        AuthoringError: there is none.
    """
    if found := shutil.which("pandoc"):
        return found
    if find_spec("pypandoc") is None:
        raise AuthoringError(_MISSING)
    try:
        return str(import_module("pypandoc").get_pandoc_path())
    except OSError:
        raise AuthoringError(_MISSING) from None
