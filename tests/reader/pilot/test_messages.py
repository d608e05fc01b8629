"""Messages: cut in the status line, whole on their page, and nobody else's."""

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.state.records import Location


async def test_one_key_recalls_what_was_cut_and_is_gone(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(60, 24)) as reader:
        await reader.press("y")
        whole = reader.said
        assert whole not in reader.text
        await reader.press("j", "exclamation_mark")
        assert (reader.page, reader.said) == ("messages", "")
        assert whole in reader.words
        await reader.press("escape")
        assert reader.page == "claims"


async def test_each_look_shows_what_was_said_since(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims")) as reader:
        await reader.press("exclamation_mark")
        assert "Nothing has been said yet." in reader.words
        await reader.press("escape", "asterisk", "exclamation_mark")
        assert "Bookmarked" in reader.words


async def test_progress_and_what_is_found_while_typing_are_not_kept(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims")) as reader:
        await reader.find_words("swans")
        assert len(reader.screen.status.messages) == 0
        await reader.press("n")
        assert len(reader.screen.status.messages) == 1


async def test_another_reader_finds_none_of_them(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims")) as reader:
        await reader.press("y")
        reader.screen.begin(Location("sample", "claims"))
        await reader.press("exclamation_mark")
        assert "Nothing has been said yet." in reader.words
