"""Reads Markdown back: by markdown-it, and by pandoc."""

import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

ANCHOR = re.compile(r'<(span|div) id="([a-z]+:[a-z0-9:-]+)"></\1>\n?|</span>|<span id="([a-z]+:[a-z0-9:-]+)">')
NOTE = re.compile(r"\[\^([0-9]+)\]: (.*)")
MARK = re.compile(r"(?<!\\)\[\^([0-9]+)\](?!:)")


class Read(NamedTuple):
    """A document of Markdown, as it is read."""

    headings: list[tuple[int, str]]
    words: str
    """All words of the body, with single blanks."""
    notes: dict[int, str]
    """The words of each footnote."""
    marks: list[int]
    """The numbers of footnotes in the body."""
    anchors: list[str]
    links: list[str]
    html: list[str]
    """The markup that is no anchor."""
    tables: int


def read(lines: Iterable[str]) -> Read:
    """Read a document as CommonMark with tables and footnotes."""
    body, notes = _parted(lines)
    tokens = _parsed("\n".join(body))
    found = Read([], one_line(" ".join(_words(tokens))), {}, [], [], [], [], 0)
    for number, said in notes.items():
        inner = _parsed("\n".join(said))
        found.notes[number] = one_line(" ".join(_words(inner)))
        _gather(inner, found)
    found.marks.extend(int(number) for number in MARK.findall("\n".join(body)))
    _gather(tokens, found)
    return found._replace(tables=sum(token.type == "table_open" for token in tokens))


def one_line(text: str) -> str:
    """Return a text with single blanks."""
    return " ".join(text.split())


def _parted(lines: Iterable[str]) -> tuple[list[str], dict[int, list[str]]]:
    body: list[str] = []
    notes: dict[int, list[str]] = {}
    number = 0
    for line in "\n".join(lines).split("\n"):
        if match := NOTE.fullmatch(line):
            number = int(match[1])
            assert number not in notes
            notes[number] = [match[2]]
        elif number and (not line or line.startswith("    ")):
            notes[number].append(line.removeprefix("    "))
        else:
            assert not number, "the footnotes stand last"
            body.append(line)
    return body, notes


def _parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(
                child.content if child.type in {"text", "code_inline"} else " " * (child.type == "softbreak")
                for child in token.children or ()
            )
        elif token.type in {"fence", "code_block"}:
            yield token.content


def _gather(tokens: list[Token], found: Read) -> None:
    for place, token in enumerate(tokens):
        inner = [token, *(token.children or ())]
        if token.type == "heading_open":
            found.headings.append((int(token.tag[1:]), one_line("".join(_words(tokens[place + 1 : place + 2])))))
        found.links.extend(str(one.attrs["href"]) for one in inner if one.type == "link_open")
        for one in inner:
            if one.type in {"html_inline", "html_block"}:
                match = ANCHOR.fullmatch(one.content)
                found.anchors.extend(filter(None, match.groups()[1:]) if match else ())
                found.html.extend([] if match else [one.content])


def pandoc(text: str, form: str, *words: str) -> str:
    """Convert Markdown by the wheel's pandoc, whose version is known."""
    program = import_module("pypandoc").get_pandoc_path()
    done = subprocess.run(
        [program, f"--from={form}", *words], input=text, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    return done.stdout


def pandoc_words(text: str, form: str) -> str:
    """Return all words that pandoc reads in Markdown, with single blanks."""
    return one_line("".join(_of_tree(json.loads(pandoc(text, form, "--to=json"))["blocks"])))


def _of_tree(node: Any) -> Iterator[str]:
    """Yield the words of pandoc's tree; whatever is no text is told by its name."""
    if isinstance(node, list):
        for one in node:
            yield from _of_tree(one)
    elif isinstance(node, dict) and "t" in node:
        kind, held = node["t"], node.get("c")
        yield from _WORDS[kind](held) if kind in _WORDS else [f"<<{kind}>>"]
        yield from [" "] * (kind in {"Para", "Plain", "Header"})


def _markup(held: Any) -> list[str]:
    return [] if ANCHOR.fullmatch(held[1]) else [f"<<{held}>>"]


_WORDS: dict[str, Callable[[Any], Iterable[str]]] = {
    **dict.fromkeys(("Emph", "Strong", "Para", "Plain", "Link", "Span", "Header"), _of_tree),
    **dict.fromkeys(("Space", "SoftBreak"), lambda _: [" "]),
    **dict.fromkeys(("RawInline", "RawBlock"), _markup),
    "Str": lambda held: [held],
    "Code": lambda held: [held[1]],
}
