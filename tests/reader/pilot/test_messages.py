"""Messages: cut in the status line, whole on their page, and nobody else's."""

from tests.reader.pilot.driving import reading, settled
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


async def test_progress_covers_no_message_and_takes_none_away(swans: Catalogue) -> None:
    """As the end of an index does, which comes whenever it likes."""
    async with reading(swans, Location("sample", "claims")) as reader:
        screen = reader.screen
        for told, said in (
            ("Indexing 1 of 3", ""),
            ("Indexing 2 of 3", ""),
            ("", ""),
            ("Opening …", "Copied."),
            ("", "Copied."),
        ):
            if said:
                screen.say(said)
            screen.say_progress(told)
            assert reader.said == (said or told)
        await reader.press("slash", "s")
        screen.find_bar.answer("", warns=False)
        screen.say("“s”: 1 of 3", passing=True)
        screen.say_progress("")
        await settled(reader.pilot)
        assert "“s”: 1 of 3" in reader.text


async def test_a_click_ends_a_message_as_a_key_does(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
        await reader.press("m")
        assert reader.said
        await reader.click("Sources", "masthead")
        assert (reader.page, reader.said, reader.screen.awaited) == ("sources", "", None)
