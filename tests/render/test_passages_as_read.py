"""A quote that is read over line ends and unseen signs is marked whole in its text, and found by a search."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.briefing.canonical import canonical
from tui.library.compiling import compile_file
from tui.library.volume import Volume
from tui.render.notes import footnote_block
from tui.render.page import Block
from tui.render.pages import text_page
from tui.search.index.passages import paragraphs_of

TEXT = "A note\n\nThe council had no plans for an\nemergency meeting. It co\u00adoperates with Cafe\u0301\u00a0Point.\n\nThe end.\n"
QUOTES = ("no plans for an emergency meeting", "cooperates with Café Point")


@pytest.fixture
def volume(tmp_path: Path, tiny: Callable[..., str]) -> Volume:
    """Open a briefing that holds the text."""
    source = f'[[source]]\nid = "s"\ntype = "report"\nheld = "t.txt"\nsha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"\n'
    cite = ", ".join(f'{{ source = "s", quote = "{quote}" }}' for quote in QUOTES)
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / "t.txt").write_text(TEXT, encoding="utf-8", newline="\n")
    (tmp_path / "briefing.toml").write_text(
        tiny(f'{source}\n[[claim]]\nid = "c"\ntext = "So."\ncite = [{cite}]\n'), encoding="utf-8"
    )
    edition = compile_file(tmp_path / "briefing.toml", tmp_path).edition
    assert edition is not None
    return Volume(edition, tmp_path / "briefing.toml")


def marked(*blocks: Block) -> list[str]:
    return [
        canonical(span.text)
        for block in blocks
        for para in block.paras
        for span in para.spans
        if span.role == "passage"
    ]


def test_every_footnote_marks_its_quote_whole(volume: Volume) -> None:
    notes = volume.entries["c"].notes

    assert [[quote] for quote in QUOTES] == [marked(footnote_block(volume, note, 1)) for note in notes]
    assert ["exact", "exact"] == [note.state for note in notes]


def test_so_does_the_whole_text(volume: Volume) -> None:
    page = text_page(volume, volume.sources["s"])

    assert list(QUOTES) == marked(*(page.block(place) for place in range(len(page))))


def test_a_search_reads_the_text_like_that_too(volume: Volume) -> None:
    words = " ".join(text for _, text in paragraphs_of(volume, volume.sources["s"]))

    assert all(quote in words for quote in QUOTES)
