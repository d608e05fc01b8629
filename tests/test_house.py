"""The house: what stands at its top, what its files are like, and what a warm start goes without."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import docstrings, messages

TOP = Path(__file__).parent.parent
ALLOWED = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "content", "pyproject.toml", "tests", "tui"}
MOST_LINES = 300
"""Lines of a module."""
MOST_METHODS = 20
"""Methods and properties of a class, private ones included."""
ASIDE = (
    "tui.kiosk", "tui.checks", "tui.evidence", "tui.authoring.extraction", "tui.authoring.", "tui.reader.evidence",
    "tui.reader.quoting", "tui.reader.drafts_screen", "tui.render.drafts", "tui.reader.handover", "tui.session.address_page", "tui.render.evidence", "asyncssh", "segno", "tui.briefing.model",
)  # fmt: skip
"""The modules of the kiosk, the checks, the Evidence pane, writing, quoting and the QR code, which a start does without."""
SEARCHING = (
    "tantivy", "tui.reader.search.find", "tui.reader.search.search_pane", "tui.reader.search.search_requests", "tui.reader.widgets.query_field", "tui.session.find.finder", "tui.language.tokens", "tui.render.hits",
    "tui.search.",
)  # fmt: skip
"""The modules of searching and finding, which a start does without."""


def modules_after(code: str) -> set[str]:
    """Give the modules that a fresh process has loaded after some code."""
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=TOP, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_top_level() -> None:
    """Nothing stands at the top but what the design names."""
    listed = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    names = {name.partition("/")[0] for name in listed.stdout.splitlines()}
    assert ALLOWED == {name for name in names if not name.startswith(".")}


def test_modules_and_classes_are_small() -> None:
    """A module has one page of thought, a class one responsibility."""
    large = []
    for file in sorted((TOP / "tui").rglob("*.py")):
        name, text = str(file.relative_to(TOP)), file.read_text(encoding="utf-8")
        sizes = [(name, len(text.splitlines()), MOST_LINES)]
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                methods = sum(isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) for one in node.body)
                sizes.append((f"{name} {node.name}", methods, MOST_METHODS))
        large += [f"{what}: {size}, at most {most}" for what, size, most in sizes if size > most]
    assert not large, "\n".join(large)


def test_docstrings_keep_their_rule() -> None:
    """As ``python -m tests.docstrings`` lists it."""
    found = [
        f"{one.file.relative_to(TOP)}:{one.number}: {fault}: {one.first_line}"
        for one in docstrings.docstrings()
        for fault in docstrings.faults(one)
    ]
    assert not found, "\n".join(found)


def test_messages_and_comments_have_no_word_of_the_dialect() -> None:
    found = [offence for room in messages.ROOMS for offence in messages.offences(room)]
    assert not found, "\n".join(found)


def test_each_exception_to_the_linters_has_its_reason() -> None:
    """Beside the mark, for whoever would take it away."""
    bare = re.compile(r"# (?:noqa(?:: [A-Z0-9, ]+)?|type: ignore(?:\[[^]]*\])?)\s*$", re.MULTILINE)
    found = [
        f"{file.relative_to(TOP)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for room in ("tui", "tests")
        for file in sorted((TOP / room).rglob("*.py"))
        for text in [file.read_text(encoding="utf-8")]
        for match in bare.finditer(text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("package", ["briefing", "library", "render"])
def test_lower_rooms_know_no_textual(package: str) -> None:
    """The format, the library and the renderer load without Textual."""
    files = sorted(path for path in (TOP / "tui" / package).glob("*.py") if path.stem != "__init__")
    code = "\n".join(f"import tui.{package}.{path.stem}" for path in files)
    assert not {name for name in modules_after(code) if name.partition(".")[0] == "textual"}


def test_a_warm_start_goes_without_pydantic(tmp_path: Path) -> None:
    """A briefing that the catalogue has already is opened and set without pydantic, its models or tomli."""
    code = f"""
from pathlib import Path
from tui.library.catalogue import Catalogue
from tui.library.paths import bundled_content
from tui.state.records import Location
from tui.state.stores import open_state
from tui.session.config import Config
from tui.reader.launch import make_app
from tui.render.pages import page_of

catalogue = Catalogue(Path({str(tmp_path / "catalogue.sqlite")!r}), [bundled_content()], Path({str(tmp_path)!r}))
app = make_app(catalogue, open_state(None), Location("handbook", "claims"), Config(), "dark")
page = page_of(app.session.volume("handbook"), "claims")
assert page.block(0).text
"""
    assert "pydantic" in modules_after(code)
    warm = modules_after(code)
    assert set() == warm & {"pydantic", "pydantic_core", "tomli", "tui.briefing.model", "tui.briefing.loader"}
    assert not {name for name in warm if name.startswith(SEARCHING)}


def test_opening_the_reader_loads_nothing_of_the_search(tmp_path: Path) -> None:
    """What searches and finds comes with the first Ctrl+K or slash, and not with the first frame."""
    code = f"""
import asyncio
from pathlib import Path
from tui.library.catalogue import Catalogue
from tui.library.paths import bundled_content
from tui.state.records import Location
from tui.state.stores import open_state
from tui.session.config import Config
from tui.reader.launch import make_app

async def read(*keys):
    catalogue = Catalogue(None, [bundled_content()], Path({str(tmp_path)!r}))
    app = make_app(catalogue, open_state(None), Location("handbook", "claims"), Config(), "dark")
    async with app.run_test() as pilot:
        await pilot.press("j", "2", "enter", "escape", *keys)
        await pilot.pause()
"""
    opened = modules_after(f"{code}\nasyncio.run(read())")
    assert "tui.reader.screen" in opened
    assert not {name for name in opened if name.startswith(SEARCHING)}
    # Without a cache the start above has compiled and checked the briefing; what is left is the reader's own.
    assert not {name for name in opened if name.startswith(ASIDE)} - modules_after("import tui.library.compiling")
    assert "tui.reader.search.find" in modules_after(f"{code}\nasyncio.run(read('slash', 'a'))")
    assert "tui.reader.search.search_pane" in modules_after(f"{code}\nasyncio.run(read('ctrl+k'))")
