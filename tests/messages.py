"""The English of messages and comments, as far as a rule can be mechanical."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

TUI: Final = Path(__file__).parents[1] / "tui"
ROOMS: Final = ("kiosk", "reader", "session", "state", "cli", "search", "render", "evidence", "authoring")
DIALECT: Final = {
    r"\banew\b": "again",
    r"\bwhoever\b": "the person, by the glossary's noun",
    r"\bfor want of\b": "without",
    r"\b(?:that|which) (?:is|are) none\b": "is no …",
    r"\b(?:took|takes?) (?:it|\w+ \w+ \w+) back\b": "undo",
    r"(?<!in )(?<!takes )(?<!took )(?<!the )(?<!its )\bplaces?\b(?! of)": "location, index, offset, position or passage",
}
"""Patterns of words that have one modern word each, with that word."""


QUOTED: Final = re.compile(r"`[^`]*`|\"[^\"]*\"")
"""Code within a text, and values of TOML, which have names of their own."""


class Words(NamedTuple):
    """A message or a comment."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(TUI)}:{self.line}: {self.text!r}"


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that are no docstring, each with its line. A value in one becomes «{}»."""
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    inner |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, text_of(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.lineno, node.value


def text_of(node: ast.expr) -> str:
    """Return the text of a string or an f-string; empty for any other expression."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def offences(room: str) -> Iterator[str]:
    """Yield the messages and comments of a room that have a word of the dialect, each with the remedy."""
    for words in (*messages(room), *comments(room)):
        plain = QUOTED.sub("", words.text)
        if not re.fullmatch(r"[a-z ]+", words.text):
            yield from (
                f"{words}: write {instead}" for pattern, instead in DIALECT.items() if re.search(pattern, plain)
            )


def messages(room: str) -> Iterator[Words]:
    """Yield the strings of a room that look like sentences."""
    for file in sorted((TUI / room).rglob("*.py")):
        for number, text in strings(ast.parse(file.read_text(encoding="utf-8"))):
            if len(re.findall(r"[a-z]{2,}", text)) > 2 and "\n" not in text.strip("\n"):
                yield Words(file, number, text)


def comments(room: str) -> Iterator[Words]:
    """Yield the comments of a room."""
    for file in sorted((TUI / room).rglob("*.py")):
        for token in tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline):
            if token.type == tokenize.COMMENT:
                yield Words(file, token.start[0], token.string)


def calls(room: str, name: str) -> Iterator[Words]:
    """Yield the first arguments of the calls of a function or method that are texts."""
    for file in sorted((TUI / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and (text := text_of(node.args[0])):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    yield Words(file, node.lineno, text)
