"""Keys in texts come from the keymap alone, whatever the reader chose."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui
from tui.library.catalogue import Catalogue
from tui.reader.launch import make_keymap
from tui.render.page import Page
from tui.session.commands import COMMANDS
from tui.session.config import Config
from tui.session.keymap import Keymap, shown
from tui.session.masthead import tabs_of
from tui.session.outline import outline_page
from tui.session.own_pages import bookmarks_page, help_page, plain_page
from tui.session.permissions import OWN_MACHINE
from tui.session.search.pages import grammar_page
from tui.session.session import Session
from tui.session.shared import SharedContent
from tui.state.reader_state import ReaderState
from tui.state.records import Location

ROOT = Path(tui.__file__).parent.parent
NAMED = r"(?:Ctrl|Alt|Shift)\+\S+|Esc|Enter|Tab|PgDn|PgUp|Backspace|F\d{1,2}"
# The letters a and A are words as well.
SINGLE = "".join(sorted({key for one in COMMANDS for key in one.keys if len(key) == 1} - {"a", "A"})) + "←→↑↓"
KEY_IN_TEXT = re.compile(rf"(?:(?<=[\s(])|^)(?:{NAMED}|[{re.escape(SINGLE)}])(?=[\s,;.:)]|$)")
PROSE = re.compile(r"(?<!\S)[A-Za-z][a-z]+(?!\S)")
STYLES = re.compile(r"[^{}]*\{[^}]*:[^}]*\}", re.DOTALL)
TABLES = {
    "tui/render/arguments.py": "what commands of a shell take",
    "tui/session/keymap.py": "the names of keys",
    "tui/session/commands.py": "the table of commands",
    "tui/reader/quoting/pick_screen.py": "the picker's own table",
    "tui/reader/drafts_screen.py": "the drafts' own table",
}
CHOSEN = {command.name: (chr(0x4E00 + place),) for place, command in enumerate(COMMANDS)}


def literals(text: str) -> Iterator[tuple[int, str]]:
    """Give the texts of a module that may come on a screen; what an f-string puts in is a word."""
    tree = ast.parse(text)
    aside = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    aside |= {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "Xx" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in aside:
            yield node.lineno, node.value


def keys_in(text: str) -> list[str]:
    """Give the keys that a text of a module names itself."""
    said = re.sub(r"\{[a-z0-9-]+\}", "Xx", STYLES.sub("", text))
    return KEY_IN_TEXT.findall(said) if PROSE.search(said) else []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Open a briefing first: Enter opens the current one.", ["Enter"]),
        ("Bookmarked; B lists all bookmarks.", ["B"]),
        ("picked from its text (5, then Enter).", ["5", "Enter"]),
        ("No marks yet. m and a letter; * bookmarks.", ["m", "*"]),
        ("go on with Ctrl+k", ["Ctrl+k"]),
        ("Marked x; ' and x come back", ["'"]),
        ("{bookmarks} lists them, {open} opens one.", []),
        ("A mark is a letter.", []),
        ("Box { height: 3; }", []),
    ],
)
def test_a_key_in_a_text_is_known(text: str, found: list[str]) -> None:
    assert found == keys_in(text)


@pytest.mark.parametrize("room", ["reader", "render"])
def test_no_text_of_the_program_names_a_key(room: str) -> None:
    found = [
        (name, line, text)
        for path in sorted((ROOT / "tui" / room).rglob("*.py"))
        if (name := path.relative_to(ROOT).as_posix()) not in TABLES
        for line, text in literals(path.read_text(encoding="utf-8"))
        if keys_in(text)
    ]
    assert not found, "\n".join(map(str, found))


def test_a_sentence_has_the_keys_that_were_chosen_and_names_a_command_without_one() -> None:
    keymap = Keymap(
        [("open", ("enter",)), ("find", ("/",)), ("view-matrix", ("M",))], {"view-matrix": ("f5",), "find": ()}
    )
    assert "Enter, F5, the command “find”, {Not} {}" == keymap.words("{open}, {view-matrix}, {find}, {Not} {}")


@pytest.fixture
def other(shelf: Catalogue, state: ReaderState) -> Session:
    """Give a session of a reader who has other keys for everything."""
    keymap = make_keymap(Config(keys=CHOSEN), OWN_MACHINE)
    return Session(SharedContent(shelf), state, {"bookmarks": bookmarks_page}, keymap)


def markers(page: Page) -> list[str]:
    """Give what stands before the paragraphs of a page."""
    blocks = [page.block(place) for place in range(len(page))]
    return [para.marker.text.strip() for block in blocks for para in block.paras if para.marker]


def told(page: Page) -> str:
    """Give all text of a page."""
    return "\n".join([*markers(page), *(page.block(place).text for place in range(len(page)))])


def test_tabs_outline_and_evidence_tell_the_chosen_keys(other: Session) -> None:
    volume = other.volume("sample")
    assert volume
    views = [CHOSEN[one.name][0] for one in COMMANDS if one.name.startswith("view-")]
    panes = [CHOSEN[one.name][0] for one in COMMANDS if one.name.startswith("pane-")]
    assert panes == [tab.key for tab in tabs_of(volume, other.keymap)]
    location = Location("sample", "evidence")
    assert views == markers(outline_page(other, volume, location)[0])
    assert views == markers(other.page(location))


def test_pages_of_the_reader_tell_the_chosen_keys(other: Session) -> None:
    keymap = other.keymap
    usual = {shown(key) for one in COMMANDS for key in one.keys if len(shown(key)) > 1}
    for page in (
        help_page(keymap, 200), bookmarks_page(other), plain_page((str,), keymap), grammar_page(keymap),
    ):  # fmt: skip
        words = set(re.findall(r"[^\s,;.]+", told(page)))
        # The box of the search has keys of its own.
        assert not words & usual - {"Tab", "↑", "↓"}, page.title
