"""The text of PDFs that is known before, whoever set them: words, figures, order and paragraphs are those of the page."""

from pathlib import Path

import pytest

from tests.authoring.extraction.made_pdfs import TYPESETTERS, Made
from tests.authoring.extraction.test_pages import words_of
from tui.authoring.extraction import worker
from tui.authoring.extraction.reflow import tidied
from tui.briefing.page_breaks import PAGE


@pytest.fixture(params=list(TYPESETTERS))
def made(request: pytest.FixtureRequest, tmp_path: Path) -> list[Made]:
    """Return three PDFs of a typesetter."""
    found = list(TYPESETTERS[request.param](tmp_path))
    assert len(found) == 3
    return found


def without_notes(text: str, notes: tuple[str, ...]) -> str:
    """Return a text without the notes of its pages, each of which stands in it once, as a paragraph."""
    parts = text.split("\n\n")
    for note in notes:
        assert 1 == parts.count(note)
        parts.remove(note)
    return "\n\n".join(parts)


def test_the_text_is_that_of_the_pages(made: list[Made]) -> None:
    for one in made:
        text = tidied(worker.TAKERS["application/pdf"](one.path.read_bytes())[0])[0]
        assert text.count(PAGE) >= one.pages - 1
        text = without_notes(text.strip(), one.notes)
        assert words_of(" ".join(one.paragraphs)) == words_of(text), one.path.name
        assert list(one.paragraphs) == [" ".join(part.split()) for part in text.split("\n\n")], one.path.name
