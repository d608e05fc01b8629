"""README.md says what is so: its commands run, its generated parts are up to date, its example is a briefing."""

import asyncio
import importlib.util
import re
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests import pictures, readme
from tests.bench.__main__ import TABLES
from tests.programs import program
from tui.briefing.loader import load_bytes
from tui.session.commands import BY_NAME, COMMANDS
from tui.session.config import parse_config
from tui.session.keymap import shown

TEXT = readme.README.read_text(encoding="utf-8")
TOP = readme.README.parent
CONTRIBUTING = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Give the code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def command(name: str) -> str:
    """Give one of the two commands that README opens with."""
    found = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    return found[1].strip()


def test_the_two_commands_come_first() -> None:
    """README opens with one command that opens the reader and one that passes the tests, each on a line of its own."""
    assert [command("open"), command("test")] == [block.strip() for block in blocks("sh")[:2]]
    assert command("open").endswith(".venv/bin/briefing")
    assert command("test").endswith(".venv/bin/python -m pytest -q")
    assert "\n" not in command("open") + command("test")


def test_the_gate_runs_the_test_command() -> None:
    """`.ci/run` takes README's test command word for word."""
    script = "sed -n '/<!-- command: test -->/,/^```$/p' README.md | sed -e '1,2d' -e '$d'"  # as .ci/run does it
    assert script in (TOP / ".ci/run").read_text(encoding="utf-8")
    found = subprocess.run(["bash", "-c", script], cwd=TOP, capture_output=True, text=True, check=True).stdout
    assert command("test") == found.strip()


@pytest.mark.parametrize("page", readme.PAGES, ids=str)
def test_generated_parts_are_up_to_date(page: Path) -> None:
    """The tables of keys, commands and settings are what `python -m tests.readme` would write."""
    text = page.read_text(encoding="utf-8")
    assert readme.with_parts(text) == text


def test_every_generated_part_stands_somewhere() -> None:
    texts = [page.read_text(encoding="utf-8") for page in readme.PAGES]
    assert [] == [name for name in readme.parts() if not any(f"<!-- {name} -->" in text for text in texts)]


@pytest.mark.parametrize("line", [line for block in blocks("sh")[2:] for line in block.splitlines() if line])
def test_commands_run(line: str) -> None:
    """Every further command of README runs and writes something."""
    words = shlex.split(line)
    assert words[0] == "briefing"
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words[1:]], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.strip()


def test_the_example_is_a_briefing() -> None:
    """The smallest briefing of README loads without a problem."""
    example = next(block for block in blocks("toml") if "[[claim]]" in block)
    assert () == load_bytes(example.encode(), "README.md").problems


def test_the_configuration_is_right() -> None:
    """The configuration that the reader's page shows has no problem."""
    (example,) = re.findall(r"^```toml\n(.*?)^```$", readme.KEYS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert "[keys]" in example
    assert () == parse_config(example, "README.md", frozenset(BY_NAME))[1]


def test_readme_is_short() -> None:
    """README is for newcomers; manuals stand where they belong."""
    assert len(TEXT.splitlines()) <= 200


def test_the_keys_of_readme_are_those_of_the_program() -> None:
    """Each key of README's short table is the default of a command."""
    table = TEXT.partition("| keys | what they do |")[2].partition("\n\n")[0]
    told = set(re.findall(r"`([^`]+)`", table))
    known = {shown(key) for command in COMMANDS for key in command.keys}
    assert told
    assert set() == told - known


@pytest.mark.parametrize("page", readme.MANUALS, ids=lambda page: str(page.relative_to(TOP)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every file that a page links to is there."""
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [] == [target for target in targets if not Path(page.parent, target).exists()]


def test_readme_leads_to_every_manual() -> None:
    links = set(re.findall(r"\]\(([^)#]+)\)", TEXT))
    assert {str(page.relative_to(TOP)) for page in readme.MANUALS} - {"README.md"} <= links


def test_every_table_of_the_benchmarks_has_its_place() -> None:
    """What `--write` would write is not lost."""
    text = (TOP / "tests/bench/README.md").read_text(encoding="utf-8")
    assert [] == [name for name in TABLES if f"<!-- {name} -->" not in text or f"<!-- /{name} -->" not in text]


@pytest.mark.parametrize("name", re.findall(r"`\.venv/bin/python -m (tests[.a-z_]*)", CONTRIBUTING))
def test_commands_of_contributing_are_there(name: str) -> None:
    """Every module that CONTRIBUTING runs exists."""
    assert importlib.util.find_spec(name)


as_drawn = pytest.mark.skipif(version("textual") != "8.2.8", reason="the pictures were drawn with Textual 8.2.8")


@as_drawn
@pytest.mark.parametrize("picture", pictures.PICTURES, ids=lambda picture: picture.name)
def test_pictures_are_up_to_date(picture: pictures.Picture) -> None:
    """The pictures are what `python -m tests.pictures` would draw."""
    drawn = asyncio.run(pictures.draw(picture))
    assert (pictures.FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8") == drawn


@as_drawn
def test_the_picture_of_a_visit_is_up_to_date() -> None:
    """A real kiosk shows what the picture does."""
    program("ssh")
    assert (pictures.FOLDER / f"{pictures.VISIT}.svg").read_text(encoding="utf-8") == pictures.draw_visit()
