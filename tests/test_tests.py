"""The tests themselves: each asserts something, and each reach into private names has its reason."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
MOST_REACHES = 30
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield every function of the tests with its file."""
    for file in sorted(TESTS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, FUNCTIONS):
                yield file, node


def name_of(call: ast.Call) -> str:
    """Return the last name of a call; empty where it has none."""
    called = call.func
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def asserts(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function asserts, expects an exception, or raises a failure itself."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Raise) and node.exc is not None and "AssertionError" in ast.unparse(node.exc):
            return True
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="pytest"), attr="raises" | "warns" | "fail")):
                return True
    return False


def called(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the names of the functions that a function calls."""
    return {name_of(node) for node in ast.walk(function) if isinstance(node, ast.Call)}


def test_every_test_asserts_something() -> None:
    """By itself, or by a helper that does."""
    everything = list(functions())
    helping = {function.name for _, function in everything if asserts(function)}
    calls = {id(one): called(one) for _, one in everything}
    while more := {one.name for _, one in everything if one.name not in helping and calls[id(one)] & helping}:
        helping |= more
    idle = [
        f"{file.relative_to(TESTS.parent)}:{one.lineno}: {one.name}"
        for file, one in everything
        if one.name.startswith("test_") and not asserts(one) and not calls[id(one)] & helping
    ]
    assert not idle, "\n".join(idle)


def test_private_reaches_are_few_and_each_has_its_reason() -> None:
    """Ruff refuses a reach without a mark; the mark says why there is no public way."""
    reaches = [
        (f"{file.relative_to(TESTS.parent)}:{number}", line.partition("SLF001")[2].strip(" -,"))
        for file in sorted(TESTS.rglob("*.py"))
        if file != Path(__file__)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"# noqa: [A-Z0-9, ]*SLF001", line)
    ]
    assert not [place for place, reason in reaches if not reason]
    assert len(reaches) <= MOST_REACHES
