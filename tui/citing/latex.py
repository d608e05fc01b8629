"""LaTeX in the values of a bibliography: escaping, and reading."""

import re
import unicodedata
from collections.abc import Callable
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
_COMMAND: Final = re.compile(r"\\([A-Za-z@]+)\*?(?=(\s*[{\[])?)|\\(.)", re.DOTALL)
"""A command; the second group tells whether words of its own follow."""
_BESIDE: Final = re.compile(r"\\([A-Za-z@]+)\s*\{[^{}]*\}(?=\{)")
"""A command with words, and further words beside them."""
_LOGOS: Final = frozenset({"TeX", "LaTeX", "LaTeXe", "BibTeX", "BibLaTeX", "XeTeX", "XeLaTeX", "LuaTeX", "ConTeXt"})
"""Commands that write their own name."""
_SILENT: Final = frozenset(
    {"-", "/", "@", "textsuperscript", "textsubscript", "textup", "textmd", "textnormal", "texttt", "mbox",
     "protect", "relax", "it", "bf", "em", "rm", "sc", "sl", "tt", "itshape", "bfseries", "scshape", "rmfamily",
     "normalfont", "mkbibemph", "mkbibbold", "mkbibitalic"}
)  # fmt: skip
"""Commands for the look alone."""
_LOSING: Final = frozenset(
    {"input", "include", "title", "author", "date", "maketitle", "item", "href", "texorpdfstring", "part",
     "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "includegraphics",
     "exercise", "uebung", "today", "hspace", "ref", "autoref", "cref", "Cref", "eqref", "cite", "citet",
     "citep"}
)  # fmt: skip
"""Commands of which pylatexenc makes other words, or none."""
_MATHS: Final = re.compile(r"(?<!\\)\$(?:(?=\S)((?:[^$\\]|\\.)*?)(?<=\S)\$(?!\d))?", re.DOTALL)
"""A formula; a sign of dollars that begins none stands alone."""
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
        word, is_plain = escaped(match[0]), match.start() == 0 and match[0][1:] == match[0][1:].lower()
        parts += [escaped(text[at : match.start()]), word if is_plain else f"{{{word}}}"]
        at = match.end()
    return "".join([*parts, escaped(text[at:])])


def read(text: str, tell: Callable[[str], None]) -> str:
    """Return the text that a value of LaTeX says. No word of it is lost.

    Args:
        text: the value.
        tell: takes each command that is not known, as a problem.

    Raises:
        ModuleNotFoundError: pylatexenc, which bibtexparser brings, is not installed.
    """
    if not _MARKED.search(text):
        return text
    latex_to_text: Any = import_module("pylatexenc.latex2text")  # it has no types

    plain = _BARE_AND.sub(r"\&", text)  # an error in LaTeX, and common
    plain = _MATHS.sub(lambda match: match[0] if match[1] else match[0].replace("$", "\\$"), plain)
    for command, sign in _COMMANDS.items():
        plain = plain.replace(command, sign)
    plain = _known_alone(plain, latex_to_text.get_default_latex_context_db(), tell)
    read_text = str(latex_to_text.LatexNodes2Text(keep_comments=True, strict_latex_spaces=True).latex_to_text(plain))
    if not _holds(read_text, _COMMAND.sub("", plain)):
        tell("this LaTeX could not be read; it was taken as it is written")
        return text
    for sign, written in _ESCAPES.items():
        read_text = read_text.replace(_COMMANDS.get(written, sign), sign)
    return read_text


def _known_alone(text: str, specs: Any, tell: Callable[[str], None]) -> str:
    """Return LaTeX with the commands that pylatexenc knows. Words or names of the others stay."""

    def is_known(name: str) -> bool:
        return name not in _LOSING and bool(specs.get_macro_spec(name) or name in " \n")

    def known(match: re.Match[str]) -> str:
        name = match[1] or match[3]
        if name in _SILENT:
            return ""
        if name in _LOGOS:
            return name
        if is_known(name):
            return match[0]
        own = match[3] or ("" if match[2] else name)
        tell(f"\\{name} is no known command of LaTeX; its {'name was' if own else 'words were'} taken")
        return own

    return _COMMAND.sub(known, _BESIDE.sub(lambda match: match[0] + " " * (not is_known(match[1])), text))


def _holds(text: str, other: str) -> bool:
    """Whether a text has the letters of another in their order."""
    letters = iter(unicodedata.normalize("NFKD", text))
    return all(letter in letters for letter in unicodedata.normalize("NFKD", other) if letter.isalnum())
