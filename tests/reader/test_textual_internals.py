"""The private names of Textual: each is there, no other module uses one, and the widgets that stand on them paint."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from textual import _ansi_sequences, _compositor, _context, _keyboard_protocol
from textual._compositor import Compositor
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.css.stylesheet import Stylesheet
from textual.design import ColorSystem
from textual.dom import DOMNode
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.reader.textual_internals import SelfPainted, SizedScreen, TextualApp

TUI = Path(__file__).parents[2] / "tui"
INTERNALS = tuple((TUI / "reader" / "textual_internals").glob("*.py"))
MEMBERS: dict[type, str] = {
    XTermParser: "_parse_extended_key _sequence_to_key_events",
    Driver: "_app _loop",
    LinuxDriver: "_file _mouse _must_signal_resume _sigcont_application _enable_mouse_support"
    " _query_in_band_window_resize _get_terminal_size _run_input_thread",
    Compositor: "_dirty_regions",
    Screen: "_compositor _dirty_widgets _on_timer_update _update_timer _screen_resized",
    Widget: "_repaint_regions",
    DOMNode: "_pruning",
    Stylesheet: "_parse_cache",
    MessagePump: "_closing _closed _running _is_mounted _context _close_messages_no_wait",
    App: "_driver _filters _exit _batch_count _sync_available _capture_stdout _capture_stderr"
    " _fatal_error _handle_exception _display _background_screens",
}
"""The private names that the reader uses, by the class of Textual that has them."""
MODULES = {
    _ansi_sequences: "ANSI_SEQUENCES_KEYS",
    _compositor: "ChopsUpdate Compositor CompositorUpdate LayoutUpdate",
    _context: "active_message_pump visible_screen_stack",
    _keyboard_protocol: "FUNCTIONAL_KEYS",
}


def sources(kind: type) -> Iterator[str]:
    """Yield the source of a class and of its bases, as far as they are Textual's."""
    for base in kind.__mro__:
        if base.__module__.startswith("textual."):
            yield inspect.getsource(base)


def private_names(tree: ast.AST) -> set[str]:
    """Return the private names that are used or defined as members."""
    attributes = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    methods = (
        part.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return {name for name in (*attributes, *methods) if re.match("_[a-z]", name)}


def all_members(kinds: Iterable[type]) -> set[str]:
    return {
        name for kind in kinds for text in sources(kind) for name in re.findall(r"(?:self\.|def )(_[a-z]\w*)", text)
    }


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in MEMBERS.items() for name in names.split()], ids=str
)
def test_textual_has_each_private_member(kind: type, name: str) -> None:
    assigned = re.compile(rf"self\.{name}\b[^=\n]*=[^=]")
    assert hasattr(kind, name) or any(assigned.search(text) for text in sources(kind))


def test_textual_has_each_private_module() -> None:
    for module, names in MODULES.items():
        assert all(hasattr(module, name) for name in names.split())


def test_the_table_has_every_name_that_the_module_uses() -> None:
    tree = ast.parse("\n".join(path.read_text(encoding="utf-8") for path in INTERNALS))
    tabled = {name for names in MEMBERS.values() for name in names.split()}
    assert private_names(tree) & all_members(MEMBERS) == tabled
    imported = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and "._" in node.module
        for name in node.names
    }
    assert imported == {name for names in MODULES.values() for name in names.split()} | {"XTermParser"}


@pytest.mark.parametrize("room", ["reader", "kiosk"])
def test_no_other_module_uses_a_private_name(room: str) -> None:
    """A private name on `self` may be the module's own: it is one of Textual's if no class there defines or assigns it."""
    members = all_members(MEMBERS)
    for path in (TUI / room).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path in INTERNALS or "textual" not in text:
            continue
        own = set(re.findall(r"self\.(_[a-z]\w*)\b[^=\n]*=[^=]", text))
        used = private_names(ast.parse(text)) & members - own
        assert not used, path
        assert not re.search(r"(from|import) textual[.\w]*\._", text), path


class Counter(SelfPainted):
    """Shows how often it was painted."""

    DEFAULT_CSS = "Counter { height: 1; }"
    painted = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        self.painted += 1
        return [Strip.blank(crop.width)] * crop.height


class Plain(SizedScreen):
    """Two counters, one of them in a box."""

    def compose(self) -> ComposeResult:
        yield Counter(id="alone")
        yield Vertical(Counter(id="inner"))


class Bare(App[None]):
    """An app with that screen."""

    def get_default_screen(self) -> Plain:
        return Plain()


async def test_it_is_painted_once_however_often_it_is_told() -> None:
    async with Bare().run_test() as pilot:
        alone, inner = pilot.app.screen.query_one("#alone", Counter), pilot.app.screen.query_one("#inner", Counter)
        await pilot.pause(0.1)
        before = alone.painted
        for _ in range(5):
            alone.refresh()
        await pilot.pause(0.1)
        assert alone.painted == before + 1
        inner.display = False
        await pilot.pause(0.1)
        hidden = inner.painted
        inner.refresh()
        await pilot.pause(0.1)
        assert inner.painted == hidden
        inner.display = True
        await pilot.pause(0.1)
        assert inner.painted > hidden


async def test_what_was_taken_away_may_be_told_still() -> None:
    async with Bare().run_test() as pilot:
        inner = pilot.app.screen.query_one("#inner", Counter)
        await pilot.app.screen.query_one(Vertical).remove()
        before = inner.painted
        inner.refresh()
        Counter().refresh()
        await pilot.pause()
        assert inner.painted == before


class Coloured(TextualApp[None]):
    """An app of one line in the colours of a theme."""

    CSS = "Screen { background: $paper; } Vertical { color: $paper; }"

    def __init__(self, paper: str) -> None:
        super().__init__()
        self.wear(paper)

    def wear(self, paper: str) -> None:
        """Take another colour."""
        self.css_variables = ColorSystem("red").generate() | {"paper": paper}
        self.stylesheet.set_variables(self.get_css_variables())

    def compose(self) -> ComposeResult:
        yield Vertical()


async def test_apps_of_one_theme_share_their_rules_and_others_keep_their_own() -> None:
    one, like, other = Coloured("#010203"), Coloured("#010203"), Coloured("#a0b0c0")
    async with one.run_test(), like.run_test(), other.run_test():
        assert all(rule is same for rule, same in zip(one.stylesheet.rules, like.stylesheet.rules, strict=True))
        assert ["#010203", "#010203", "#A0B0C0"] == [app.screen.styles.background.hex for app in (one, like, other)]
        like.wear("#a0b0c0")
        like.within(like.refresh_css)
        assert ["#010203", "#A0B0C0", "#A0B0C0"] == [app.screen.styles.background.hex for app in (one, like, other)]
        assert like.stylesheet.rules[-1] is other.stylesheet.rules[-1]
