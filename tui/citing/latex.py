"""LaTeX in the values of a bibliography: escaping, and reading."""

import re
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

_ESCAPES: Final = MappingProxyType(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        # BibTeX counts braces behind a backslash too.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_SPECIAL: Final = re.compile(r"[&%$#_{}\\~^]")
_LIGATURE: Final = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)")
_COMMANDS: Final = MappingProxyType(
    {written: chr(0xE000 + place) for place, written in enumerate(sorted(set(_ESCAPES.values()))) if "text" in written}
)
"""A private sign for each command. pylatexenc reads ^ and braces otherwise."""
_MARKED: Final = re.compile(r"[\\{}$~%^]|--|``|''")
_BARE_AND: Final = re.compile(r"(?<!\\)&")
_CAPITAL: Final = re.compile(r"[\w’'.-]*[^\W\d_a-z][\w’'.-]*")


def escaped(text: str) -> str:
    """Escape the signs that LaTeX treats as its own. Letters of all scripts stay."""
    return _LIGATURE.sub("{}", _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text))


def title(text: str) -> str:
    """Escape a title. Braces protect words with capital letters from styles."""
    parts, at = [], 0
    for match in _CAPITAL.finditer(text):
        if match[0].lower() == match[0]:
            continue
        word = match[0] if match.start() == 0 and match[0][1:] == match[0][1:].lower() else f"{{{escaped(match[0])}}}"
        parts += [escaped(text[at : match.start()]), word]
        at = match.end()
    return "".join([*parts, escaped(text[at:])])


def read(text: str) -> str:
    """Return the text that a value of LaTeX says.

    Raises:
        ModuleNotFoundError: pylatexenc, which bibtexparser brings, is not installed.
    """
    if not _MARKED.search(text):
        return text
    latex_to_text: Any = import_module("pylatexenc.latex2text").LatexNodes2Text  # it has no types

    text = _BARE_AND.sub(r"\&", text)  # an error in LaTeX, and common
    for command, sign in _COMMANDS.items():
        text = text.replace(command, sign)
    read_text = str(latex_to_text(keep_comments=True, strict_latex_spaces=True).latex_to_text(text))
    for sign, written in _ESCAPES.items():
        read_text = read_text.replace(_COMMANDS.get(written, sign), sign)
    return read_text
