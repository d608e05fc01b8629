"""What is the reader's own: marks, bookmarks, places, and what was read in which revision."""

from functools import partial
from pathlib import Path

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.reader.launch import start_location
from tui.state.records import Location
from tui.state.stores import open_state


def _glyph(reader: Driver, words: str) -> str:
    """Give the glyph beside an entry: the cell left of the bar."""
    view = reader.screen.view
    return reader.rows[reader.find(words).y][view.region.x + view._column.margin]  # noqa: SLF001 -- the cell of the mark beside the page


class TestMarks:
    async def test_a_letter_marks_and_leads_back(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("m")
            assert reader.said.startswith("Mark with which letter?")
            await reader.press("a")
            assert reader.said == "Marked a; ' and a come back here."
            await reader.press("3", "apostrophe", "a")
            assert (reader.page, reader.block) == ("claims", "eleven")
            await reader.press("ctrl+o")
            assert reader.page == "views"

    async def test_a_small_letter_counts_in_its_briefing_a_capital_everywhere(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "claims", "hedge-kept")) as reader:
            await reader.press("m", "a", "m", "A", "L", "g", "enter")
            assert reader.screen.location.briefing == "tariffs-1887"
            await reader.press("apostrophe", "a")
            assert reader.said == "There is no mark a in this briefing; B lists those of others."
            await reader.press("apostrophe", "b")
            assert reader.said == "There is no mark b."
            await reader.press("apostrophe", "A")
            assert reader.screen.location.briefing == "handbook"
            assert (reader.page, reader.block) == ("claims", "hedge-kept")

    async def test_where_b_lists_a_mark_its_letter_leads_there(self, bundled: Catalogue) -> None:
        """On pages that belong to no briefing, the list of marks itself among them, the newest of a letter counts."""
        state = open_state(None)
        for number, name in enumerate(("handbook", "dprk-missiles")):
            state.clock = partial(float, number)
            state.mark("a", Location(name, "claims"), f"words in {name}")
        state.flush()
        async with reading(bundled, state=state) as reader:
            for keys in ((), ("B",), ("question_mark",)):
                await reader.press("L", *keys, "apostrophe", "a")
                assert reader.screen.location[:2] == ("dprk-missiles", "claims")
            await reader.press("B", "G", "enter")
            assert reader.screen.location[:2] == ("handbook", "claims")
        state.close()

    async def test_a_letter_that_is_none_says_so_and_escape_gives_up(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("m", "3")
            assert reader.said == "A mark is a letter, a–z or A–Z."
            assert reader.page == "claims"
            await reader.press("apostrophe", "3")
            assert reader.said == "A mark is a letter."
            await reader.press("m", "escape", "j")
            assert reader.block == "eleven"
            await reader.press("apostrophe", "j")
            assert reader.said == "There is no mark j."

    async def test_a_mark_in_a_briefing_that_is_gone_says_so(self, swans: Catalogue) -> None:
        state = open_state(None)
        state.mark("Z", Location("gone", "claims", "x"), "words")
        async with reading(swans, Location("sample", "claims"), state=state) as reader:
            await reader.press("apostrophe", "Z")
            assert reader.said == "The mark Z is in “gone”, which is not in this library."
            assert reader.page == "claims"
            await reader.press("B")
            assert "gone · Claims · not in this library" in reader.words
            await reader.press("enter")
            assert reader.page == "bookmarks"
        state.close()


class TestBookmarks:
    async def test_are_toggled_listed_and_followed(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("asterisk")
            assert reader.said == "Bookmarked; B lists all bookmarks."
            await reader.press("3", "asterisk", "m", "q", "B")
            assert reader.page == "bookmarks"
            assert "The miller saw eleven swans" in reader.words
            assert "Swans on a pond · Claims" in reader.words
            assert len(reader.screen.view.page) == 3
            await reader.press("G", "enter")
            assert (reader.page, reader.block) == ("claims", "eleven")
            await reader.press("asterisk")
            assert reader.said == "Removed the bookmark."
            await reader.press("B")
            assert len(reader.screen.view.page) == 2

    async def test_none_says_how_to_make_one(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("B")
            assert "No marks yet." in reader.words
            await reader.press("escape")
            assert reader.page == "library"


class TestPlaces:
    async def test_each_briefing_opens_where_it_was_left(self, bundled: Catalogue, tmp_path: Path) -> None:
        file = tmp_path / "reader.sqlite"
        state = open_state(file)
        async with reading(bundled, state=state) as reader:
            await reader.press("G", "enter", "2", "j", "j", "j", "L", "g", "enter", "3", "j", "L", "q")
        state.close()
        state = open_state(file)
        async with reading(bundled, state=state) as reader:
            assert reader.page == "library"
            await reader.press("G", "enter")
            assert reader.screen.here[:3] == ("handbook", "claims", "shown-not-resolved")
            await reader.press("L", "g", "enter")
            assert reader.screen.location[:2] == ("tariffs-1887", "views")
            assert reader.screen.view.spot.current == 1
        state.close()

    async def test_a_briefing_asked_for_by_name_does_too(self, swans: Catalogue, tmp_path: Path) -> None:
        opened = swans.open_named("sample")
        assert opened
        assert opened.volume
        state = open_state(tmp_path / "reader.sqlite")
        async with reading(swans, start_location(state, opened.volume, ""), state=state) as reader:
            assert reader.page == "overview"
            await reader.press("5", "j", "j", "q")
        state.close()
        state = open_state(tmp_path / "reader.sqlite")
        async with reading(swans, start_location(state, opened.volume, ""), state=state) as reader:
            assert (reader.page, reader.block) == ("sources", "letter")
        async with reading(swans, start_location(state, opened.volume, "geese"), state=state) as reader:
            assert (reader.page, reader.block) == ("entry:geese", "geese")
        async with reading(swans, start_location(state, opened.volume, "letter"), state=state) as reader:
            assert (reader.page, reader.block) == ("source:letter", "letter")
        state.close()

    async def test_what_was_read_and_chosen_is_saved_without_leaving(self, swans: Catalogue, tmp_path: Path) -> None:
        """A kill must not lose more than half a second."""
        state = open_state(tmp_path / "reader.sqlite")
        other = open_state(tmp_path / "reader.sqlite")
        async with reading(swans, Location("sample", "claims"), state=state) as reader:
            await reader.press("j", "f10", "m", "a", "3")
            await reader.until(lambda: not state.unsaved)
            assert set(other.read_digests("sample")) >= {"seven", "eleven"}
            assert other.setting("theme") == reader.screen.theme.name
            assert other.find_mark("a", "sample") is not None
            assert other.location("sample") == Location("sample", "views", "keeper-view", "keeper-view", 0)
        state.close()
        other.close()

    async def test_trouble_with_the_state_is_told(self, swans: Catalogue, tmp_path: Path) -> None:
        file = tmp_path / "reader.sqlite"
        file.write_bytes(b"no database at all" * 100)
        state = open_state(file)
        async with reading(swans, state=state) as reader:
            assert reader.said.startswith("The file of your locations and marks was damaged; it is kept as")
        state.close()


class TestFresh:
    async def test_what_is_unread_has_a_dot_until_one_leaves_it(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 40)) as reader:
            assert _glyph(reader, "C1  ") == "•"
            assert _glyph(reader, "C2  ") == "•"
            await reader.press("j")
            assert _glyph(reader, "C1  ") == " "
            assert _glyph(reader, "C2  ") == "•"

    async def test_what_changed_has_another_glyph(self, swans: Catalogue) -> None:
        state = open_state(None)
        state.mark_read("sample", [("eleven", "an older digest")])
        async with reading(swans, Location("sample", "claims"), size=(80, 40), state=state) as reader:
            assert _glyph(reader, "C2  ") == "±"
            await reader.press("j", "j")
            assert _glyph(reader, "C2  ") == " "
        state.close()

    async def test_parentheses_go_to_what_is_unread_or_changed(self, swans: Catalogue) -> None:
        state = open_state(None)
        digests = {name: digest for name, digest in swans_digests(swans) if name not in {"geese", "other-view"}}
        digests["look"] = "an older digest"
        state.mark_read("sample", digests.items())
        async with reading(swans, Location("sample", "overview"), state=state) as reader:
            seen = []
            for _ in range(3):
                await reader.press("right_parenthesis")
                seen.append((reader.page, reader.block))
            assert seen == [("claims", "geese"), ("views", "other-view"), ("recommendations", "look")]
            await reader.press("left_parenthesis")
            assert reader.said == "Everything here is read."
            assert reader.block == "look"
        state.close()

    async def test_backward(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("left_parenthesis")
            assert reader.block == "seven"
            await reader.press("left_parenthesis")
            assert reader.page == "background"

    async def test_the_overview_says_what_is_new_since_the_last_time(self, swans: Catalogue) -> None:
        state = open_state(None)
        digests = {name: digest for name, digest in swans_digests(swans) if name != "other-view"}
        state.mark_read("sample", (digests | {"eleven": "older"}).items())
        state.visited("sample", "older")
        async with reading(swans, Location("sample", "overview"), size=(80, 50), state=state) as reader:
            assert "NEW TO YOU C2 The miller saw eleven swans changed 1 entry not read yet" in reader.words
        state.close()

    async def test_the_library_knows_after_a_run_that_a_briefing_was_read(self, swans: Catalogue) -> None:
        state = open_state(None)
        async with reading(swans, state=state) as reader:
            assert "new ·" in reader.words
            await reader.press("enter", "q")
        async with reading(swans, state=state) as reader:
            assert "new ·" not in reader.words
        state.close()

    async def test_the_library_knows_at_once_that_a_briefing_was_read(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("enter", "L")
            assert "new ·" not in reader.words


def swans_digests(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Give the id and digest of all that the made-up briefing holds."""
    path = catalogue.find("sample")
    assert path
    volume = catalogue.open(path).volume
    assert volume
    return [(name, thing.digest) for name, thing in volume.things.items()]
