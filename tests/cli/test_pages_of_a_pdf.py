"""Pages of a PDF: the lock, the draft, the picked quote and the citation know them."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.authoring.extraction.pdfs import pdf_of_pages
from tests.cli.conftest import Done
from tui.briefing.files import LOCK_NAME
from tui.library.paths import user_folders

Run = Callable[..., Done]


@pytest.fixture
def drafted(run: Run, tmp_path: Path) -> Path:
    """Draft a briefing from a PDF of six pages; return the folder of the briefing."""
    file = tmp_path / "note.pdf"
    words = ("first", "second", "third", "fourth", "fifth", "sixth")
    lines = [[f"Officials said that the {word} swan may leave the pond by itself.", "Nobody knows."] for word in words]
    file.write_bytes(pdf_of_pages(lines))
    assert run("import", file, "--as", "note").code == 0
    return user_folders().own_content / "note"


def test_a_page_is_in_the_lock_the_draft_and_the_citation(run: Run, drafted: Path) -> None:
    lock = tomllib.loads((drafted / LOCK_NAME).read_text(encoding="utf-8"))
    assert {1, 2, 3, 4, 5, 6} == {row["page"] for row in lock["quote"]}
    draft = tomllib.loads((drafted / "briefing.toml").read_text(encoding="utf-8"))
    assert ["1", "2", "3", "4", "5", "6"] == [entry["cite"][0]["page"] for entry in draft["claim"]]
    assert ", p. 6" in " ".join(run("show", "note#claim-6").out.split())


def test_a_page_that_nobody_wrote_is_known_by_the_text_and_without_it_by_the_lock(run: Run, drafted: Path) -> None:
    path = drafted / "briefing.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(', page = "6"', ""), encoding="utf-8")
    assert ", p. 6" in " ".join(run("show", "note#claim-6").out.split())
    for text in user_folders().held.glob("*.txt"):
        text.unlink()
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert ", p. 6" in " ".join(run("show", "note#claim-6").out.split())


@pytest.mark.usefixtures("drafted")
def test_a_picked_quote_has_its_page(run: Run) -> None:
    assert run("quote", "note", "note", "the sixth swan").out.rstrip().endswith(', page = "6" }')
