"""The modules that each command may load: a module that is not asked for costs every start of the command."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.cli.conftest import Done
from tests.test_house import TOP

SLOW = frozenset({
    "annotated_types", "asyncio", "dataclasses", "difflib", "hashlib", "importlib.metadata", "inspect", "pydantic", "rich",
    "rich.console", "shutil", "socket", "subprocess", "tantivy", "textual", "tomli", "tomllib", "tui.briefing.canonical",
    "tui.briefing.model", "uuid",
})  # fmt: skip
"""What takes long to load. Of other packages than ours only these may be loaded at all."""
READING = frozenset({"authoring", "briefing", "cli", "library", "render", "session"})
ENTRY = READING | {"citing", "evidence", "language"}
SEARCH = READING | {"language", "search"}

MAY_LOAD = {
    ("--version",): (READING - {"session", "briefing"}, {"importlib.metadata", "shutil", "socket"}),
    ("list",): (READING, {"rich"}),
    ("show", "handbook#pond-eleven"): (ENTRY, {"rich", "hashlib"}),
    ("search", "swans"): (SEARCH, {"rich", "hashlib", "dataclasses", "inspect", "tantivy", "tui.briefing.canonical"}),
    ("completion", "bash"): (READING | {"checks", "citing", "evidence", "search"}, set()),
}
"""Commands, each with the rooms and the slow modules that it may load."""
LOADED = """
import io, json, sys
sys.argv[1:], told, sys.stdout = json.loads(sys.argv[1]), sys.stdout, io.StringIO()
from tui.start import main
try:
    main()
except SystemExit:
    pass
json.dump(sorted(sys.modules), told)
"""


@pytest.mark.parametrize("words", MAY_LOAD, ids=" ".join)
def test_a_command_loads_what_is_asked_for_alone(words: tuple[str, ...], run: Callable[..., Done]) -> None:
    run("search", "swans")  # fills the cache and the index
    command = [sys.executable, "-c", LOADED, json.dumps(words)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    rooms, slow = MAY_LOAD[words]
    assert {name.split(".")[1] for name in loaded if name.startswith("tui.") and name.count(".") > 1} <= rooms
    assert loaded & SLOW <= slow
    others = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert {name for name in others if not name.startswith("_")} <= slow | {
        "tui",
        "distutils-precedence",
        "sitecustomize",
    }
