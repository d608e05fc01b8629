"""Where one came from, and where one stands: sources, entities, the library, marks, and a briefing that changes."""

from pathlib import Path

import pytest

from tests.reader.pilot.driving import Driver, reading
from tests.reader.pilot.test_reloading import _edit, _look_often
from tui.library.catalogue import Catalogue, Result
from tui.state.records import Location
from tui.state.stores import open_state

__all__ = ["_look_often"]


def gutter(reader: Driver, words: str, below: int = 0) -> str:
    """Return the sign in the gutter of the row that has some words, or of one below it."""
    spot = reader.find(words)
    return reader.rows[spot.y + below][reader.screen.view.region.x :][:2].strip(" ▌")


@pytest.mark.parametrize("size", [(50, 14), (80, 24), (120, 36), (200, 50)])
async def test_a_source_opens_at_the_quote_one_came_from(swans: Catalogue, size: tuple[int, int]) -> None:
    async with reading(swans, Location("sample", "claims", "eleven"), size=size) as reader:
        reader.screen.follow("#miller")
        await reader.press()
        assert reader.page == "source:miller"
        volume = reader.screen.volume
        assert volume is not None
        place = int(reader.block.removeprefix("use:"))
        assert volume.links.citing(volume.sources["miller"])[place][0].id == "eleven"
        assert "C2" in reader.words


async def test_of_two_quotes_it_is_the_one_at_which_the_reader_stands(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "entry:seven"), size=(100, 60)) as reader:
        volume = reader.screen.volume
        assert volume is not None
        for number, note in enumerate(volume.entries["seven"].notes, 1):
            await reader.press("g", *["j"] * number, "enter")
            assert reader.page == f"source:{note.source}"
            place = int(reader.block.removeprefix("use:"))
            holder, used = volume.links.citing(volume.sources[note.source])[place]
            assert (holder.id, used) == ("seven", note)
            await reader.press("ctrl+o")


async def test_entities_have_title_trail_and_tab(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
        assert "e Entities" not in reader.rows[1]
        await reader.press("e")
        assert "Swans on a pond › Entities" in reader.rows[0]
        assert "e Entities" in reader.rows[1]
        lit = [text for text, style, _ in reader.segments[1] if style and style.underline]
        assert "".join(lit).strip().startswith("e Entities")
        await reader.press("enter")
        assert reader.page.startswith("entity:")
        assert "Swans on a pond › Ann Keeper" in reader.rows[0]
        lit = [text for text, style, _ in reader.segments[1] if style and style.underline]
        assert "".join(lit).strip().startswith("e Entities")


async def test_the_library_tells_how_far_one_has_come(
    own_copy: tuple[Catalogue, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, path = own_copy
    state = open_state(None)
    async with reading(catalogue, state=state) as reader:
        assert "new · as of" in reader.words
        assert "unread" not in reader.words
        await reader.press("enter", "2", "j", "j", "L")
        volume = catalogue.open(path).volume
        assert volume is not None
        left = len(volume.edition.entries) - 3
        assert f"{left} unread · continue at C3" in reader.words
    _edit(path, "The book has seven swans.", "The book has 7 swans.")
    catalogue.refresh()
    opened: list[Path] = []

    def opening(path: Path) -> Result:
        opened.append(path)
        return Catalogue.open(catalogue, path)

    monkeypatch.setattr(catalogue, "open", opening)
    async with reading(catalogue, state=state) as reader:
        assert f"{left} unread · 1 changed · continue at C3" in reader.words
        assert not opened  # it is told from what is kept
    state.close()


async def test_marks_and_bookmarks_are_seen_on_the_page(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(80, 40)) as reader:
        await reader.press("j", "*")
        assert gutter(reader, "C2   The miller") == "•"
        assert gutter(reader, "C2   The miller", below=1) == "*"
        await reader.press("k", "m", "q")
        assert gutter(reader, "C2   The miller") == "*"  # it was read meanwhile, and nothing else stands there
        assert gutter(reader, "C1   The book") == "q"
        await reader.press("2", "j", "enter")
        assert "*" in [row[:1] for row in reader.rows]  # on its own page too
        await reader.press("question_mark")
        assert "sign:*" in reader.screen.view.page.ids
        await reader.press("escape", "escape", "*")
        assert "*" not in [row[:1] for row in reader.rows]


async def test_the_list_of_marks_names_no_ids(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "entry:seven"), size=(80, 24)) as reader:
        await reader.press("*", "B")
        assert "Swans on a pond · Entry" in reader.words
        assert "sample" not in reader.words
        assert "entry:seven" not in reader.words


async def test_a_deleted_entry_leaves_the_reader_at_its_neighbour(own_copy: tuple[Catalogue, Path]) -> None:
    catalogue, path = own_copy
    async with reading(catalogue, Location("sample", "claims", "geese"), size=(80, 40)) as reader:
        text = path.read_text("utf-8")
        start = text.index('[[claim]]\nid = "geese"')
        end = text.index("[[", start + 2)
        if "geese" in text.replace(text[start:end], ""):
            rest = text[:start] + text[end:]
            assert '"geese"' not in rest, "others name it"
        _edit(path, text[start:end], "")
        await reader.until(lambda: reader.said)
        assert (reader.page, reader.block) == ("claims", "eleven")


async def test_a_renamed_entry_is_the_same_one(own_copy: tuple[Catalogue, Path]) -> None:
    catalogue, path = own_copy
    async with reading(catalogue, Location("sample", "claims"), size=(80, 40)) as reader:
        await reader.press("G", "k", "j")
        assert reader.block == "geese"
        await reader.press("k", "j")
        before = dict(reader.screen.session.state.read_digests("sample"))
        assert "geese" in before
        text = path.read_text("utf-8")
        path.with_suffix(".new").write_text(text.replace('"geese"', '"ganders"'), "utf-8")
        path.with_suffix(".new").replace(path)
        await reader.until(lambda: reader.said)
        assert (reader.page, reader.block) == ("claims", "ganders")
        volume = reader.screen.volume
        assert volume is not None
        assert reader.screen.session.state.read_digests("sample")["ganders"] == volume.entries["ganders"].digest
