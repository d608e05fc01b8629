"""The map of the code, tui/README.md: what it names exists, and every room is on it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
TUI = TOP / "tui"
MAP = (TUI / "README.md").read_text(encoding="utf-8")
HOW_TO = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:[\w.-]+/)*\w+\.py)(?:::([A-Za-z_][\w.]*))?`")
"""A file, with or without a name in it. The path is below `tui/`, or below the top."""
MOST_LINES = 250


def named(text: str) -> list[tuple[str, str]]:
    """Return the files of a page, each with the name in it if there is one."""
    return sorted({(found[1], found[2] or "") for found in NAMED.finditer(text)})


def file_of(name: str) -> Path:
    """Return the file that a page means."""
    return next(filter(Path.exists, (TUI / name, TOP / name)), TUI / name)


def definitions(body: list[ast.stmt], before: str = "") -> Iterator[str]:
    """Yield the names that a module or a class defines: functions, classes, constants, attributes."""
    for node in body:
        targets: list[ast.expr] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield before + node.name
            if isinstance(node, ast.ClassDef):
                yield from definitions(node.body, f"{before}{node.name}.")
        elif isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        yield from (before + target.id for target in targets if isinstance(target, ast.Name))


@pytest.mark.parametrize(("file", "name"), named(f"{MAP}\n{HOW_TO}"), ids=str)
def test_a_named_file_and_name_exist(file: str, name: str) -> None:
    path = file_of(file)
    is_there = path.is_file()
    assert is_there, f"there is no {file}"
    is_defined = not name or name in set(definitions(ast.parse(path.read_text(encoding="utf-8")).body))
    assert is_defined, f"{file} defines no {name}"


def test_every_room_with_modules_is_on_the_map() -> None:
    rooms = {
        f"{path.parent.relative_to(TUI)}/"
        for path in TUI.rglob("*.py")
        if path.parent != TUI and path.name != "__init__.py"
    }
    rows = set(re.findall(r"^\| (?:· )?`([\w/]+/)` \|", MAP, re.MULTILINE))
    assert rooms == rows


def test_every_folder_that_is_named_exists() -> None:
    folders = set(re.findall(r"`((?:\w+/)+)`", MAP))
    assert folders
    assert set() == {name for name in folders if not (TUI / name).is_dir()}


def test_rooms_stand_in_the_order_of_the_contract() -> None:
    """The table says that a room imports only rooms below it."""
    contract = (TOP / "pyproject.toml").read_text(encoding="utf-8").partition('"Every import points down the house"')[2]
    layers = re.findall(r'^    "(\w+)",$', contract.partition("]")[0], re.MULTILINE)
    rooms = [layer for layer in layers if (TUI / layer).is_dir()]
    assert rooms == re.findall(r"^\| `(\w+)/` \|", MAP, re.MULTILINE)


def test_the_map_has_six_walks_of_six_to_twelve_steps() -> None:
    walks = re.split(r"^### ", MAP.partition("\n## Six walks\n")[2].partition("\n## ")[0], flags=re.MULTILINE)[1:]
    steps = [len(re.findall(r"^\d+\. ", walk, re.MULTILINE)) for walk in walks]
    assert len(walks) == 6
    assert [] == [number for number in steps if not 6 <= number <= 12]


def test_the_map_can_be_read_at_one_sitting() -> None:
    assert len(MAP.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("anchor", re.findall(r"\]\(\.\./CONTRIBUTING\.md#([\w-]+)\)", MAP))
def test_a_link_to_a_heading_leads_there(anchor: str) -> None:
    headings = re.findall(r"^#+ (.+)$", HOW_TO, re.MULTILINE)
    assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
