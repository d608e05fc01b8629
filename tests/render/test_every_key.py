"""What stands in any key of format 2 is shown: on a page, in JSON, Markdown and plain text, and in the index."""

import copy
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

from tests.checks.generated import written
from tests.whole import WHOLE
from tui.authoring.skeleton import Beginning, skeleton
from tui.briefing import lock
from tui.briefing.fields import keys_of
from tui.briefing.formats import keys_of_other_formats
from tui.briefing.kinds import PANES
from tui.briefing.loader import load_bytes
from tui.briefing.problems import KeyPath
from tui.briefing.validation import TABLE_MODELS
from tui.library.compiling import compile_edition
from tui.library.volume import Volume
from tui.render.exports import EXPORTS
from tui.render.layout import lay_out
from tui.render.pages import page_of
from tui.render.selection import Selection
from tui.render.views import VIEWS
from tui.search.index.documents import passages

DATA: Final = tomli.loads(WHOLE)
WORD: Final = "zyzzyva"
NOWHERE: Final = frozenset({"json", "markdown", "text", "screen", "search"})
OTHERWISE: Final[dict[str, frozenset[str]]] = {
    "briefing.title": frozenset({"screen"}),
    "briefing.ignore_why": NOWHERE,
    "claim.cite.prefix": NOWHERE - {"json"},
    "claim.cite.suffix": NOWHERE - {"json"},
    "view.by": NOWHERE,
}
"""Where a key is not shown.

The title heads the screen, not a page. The reason of an exception is for authors, and what stands around a quote finds its
place. The holder of a view is its speaker.
"""
ADDRESSES: Final = frozenset({"id", "was", "lang", "origin"})
"""Keys whose words are for addresses, or for choosing word lists."""
UNUSED: Final = frozenset({"held", "sha256", "was", "ignore", "ignore_why", "draft"})
"""Keys of many tables that other tests have."""


def leaves(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the key path of each string of a document."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from leaves(inner, (*path, key))
        case list():
            for index, inner in enumerate(value):
                yield from leaves(inner, (*path, index))
        case str():
            yield path


def name_of(path: KeyPath) -> str:
    """Return the names of a key path, without its indices."""
    return ".".join(part for part in path if isinstance(part, str))


def with_word(path: KeyPath) -> Volume | None:
    """Return the briefing with a word in one key; None where it would not load."""
    data = copy.deepcopy(DATA)
    *way, last = path
    holder: Any = data
    for part in way:
        holder = holder[part]
    holder[last] = WORD
    loaded = load_bytes(written(data).encode(), "whole.toml")
    if loaded.briefing is None:
        return None
    return Volume(compile_edition(loaded.briefing, lock.EMPTY, {}), Path("whole.toml"))


PATHS: Final = {
    name: path
    for path in reversed(list(leaves(DATA)))
    if (name := name_of(path)).rpartition(".")[2] not in ADDRESSES and with_word(path)
}
"""A key path of each key that holds free words."""


def exported(kind: str) -> Callable[[Volume], str]:
    """Return a function that writes a briefing out, whole and piece by piece."""

    def write(volume: Volume) -> str:
        edition = volume.edition
        ids = (
            [one.id for one in edition.entries]
            + [one.id for one in edition.sources]
            + [one.id for one in edition.entities]
        )
        chosen = [Selection(volume, None, name) for name in ("", *ids)]
        chosen += [Selection(volume, pane, "") for pane in PANES]
        return " ".join(line for one in chosen for line in EXPORTS[kind].briefing(one, 1000))

    return write


def screen(volume: Volume) -> str:
    """Return the words of all pages."""
    edition = volume.edition
    names = [*PANES, "entities", *(f"evidence/{view.name}" for view in VIEWS)]
    names += [f"entry:{one.id}" for one in edition.entries] + [f"source:{one.id}" for one in edition.sources]
    names += [f"entity:{one.id}" for one in edition.entities]
    pages = [page for name in names if (page := page_of(volume, name))]
    blocks = [page.block(index) for page in pages for index in range(len(page))]
    return " ".join("".join(span.text for span in row.spans) for block in blocks for row in lay_out(block, 300))


def searched(volume: Volume) -> str:
    """Return the words of the index."""
    found = [(*one.texts, one.names, one.tags, *one.headings, *one.quotes) for one in passages(volume)]
    return " ".join(words for one in found for words in one)


SHOWN: Final = {
    "json": lambda volume: " ".join(EXPORTS["json"].briefing(Selection(volume, None, ""), 80)),
    "markdown": exported("markdown"),
    "text": exported("text"),
    "screen": screen,
    "search": searched,
}


@pytest.mark.parametrize("name", sorted(PATHS))
def test_the_words_of_every_key_are_shown(name: str) -> None:
    volume = with_word(PATHS[name])
    assert volume
    missing = {kind for kind, shown in SHOWN.items() if WORD not in shown(volume).casefold()}
    assert missing == OTHERWISE.get(name, frozenset())


def test_the_file_has_every_key_of_the_format() -> None:
    """So that a key that is new is tried here."""
    used: dict[str, set[str]] = {}
    waiting: list[tuple[str, Any]] = [("", DATA)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            used.setdefault(name, set()).update(value)
            waiting += value.items()
        elif isinstance(value, list):
            waiting += ((name, one) for one in value)
    common = set().union(*used.values())
    for name, model in TABLE_MODELS.items():
        known = set(keys_of(model)) - keys_of_other_formats(2, name)
        assert known - common - UNUSED == set(), name
    assert used.keys() | {"assess"} >= TABLE_MODELS.keys()


def test_a_new_briefing_names_every_kind_of_table() -> None:
    text = skeleton(Beginning("b"), date(2026, 11, 27))
    assert [name for name in DATA if isinstance(DATA[name], list) and f"[[{name}]]" not in text] == []


def test_what_a_new_briefing_has_as_comments_is_valid() -> None:
    lines: list[str] = []
    for line in skeleton(Beginning("b", "B"), date(2026, 11, 27)).splitlines():
        key = re.match(r"#   ?(\{|\])|# (\]|\[\[|([a-z_]+) *= )", line)
        bare = line[2:] if key else line
        if bare.startswith("[["):
            lines.append("")
        elif name := re.match(r"[a-z_]+(?= *=)", bare):
            # A key that stands twice is shown in two forms.
            start = max((at for at, one in enumerate(lines) if one.startswith("[")), default=0)
            lines = [one for at, one in enumerate(lines) if at < start or not re.match(rf"{name[0]} *=", one)]
        lines.append(bare.replace("another-claim", "setting") if key else line)
    assert [*map(str, load_bytes("\n".join(lines).encode(), "b.toml").problems)] == []
