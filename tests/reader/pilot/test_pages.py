"""The pages behind the panes: entries, sources, texts, entities, help; and back and forward over all of them."""

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.session.own_pages import help_rows
from tui.state.records import Location


class TestEntryPage:
    async def test_shows_relations_both_ways_with_their_reasons(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(90, 60)) as reader:
            await reader.press("enter")
            assert reader.page == "entry:seven"
            for words in (
                "⇄ conflicts with C2 The miller saw eleven swans Eleven is not seven.",
                "← supported by C3 Some of the swans may be geese Geese are not counted.",
                "← relied on by R1 Count again",
                "about Quillby Pond, C2",
                "spoken of in Q1",
                "It was misty.",
                "3 footnotes",
                "¶1 There were seven swans on the pond.",
            ):
                assert words in reader.words

    async def test_the_other_side_shows_the_same_relations(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "entry:geese", "geese"), size=(90, 60)) as reader:
            assert "→ supports C1" in reader.words
            assert "→ attacks C2" in reader.words
            assert "→ undercuts A1" in reader.words
            assert "→ rests on B1" in reader.words
        async with reading(swans, Location("sample", "entry:swans-stay", "swans-stay"), size=(90, 60)) as reader:
            assert "← undercut by C3" in reader.words
            assert "← supported by V1" in reader.words

    async def test_a_relation_leads_to_the_other_entry(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "entry:seven", "seven"), size=(90, 60)) as reader:
            await reader.click("R1")
            assert (reader.page, reader.block) == ("recommendations", "count-again")

    @pytest.mark.parametrize("width", [80, 100])
    async def test_the_tab_of_the_entities_leaves_the_others_their_names(self, swans: Catalogue, width: int) -> None:
        async with reading(swans, Location("sample", "entities"), size=(width, 24)) as reader:
            for name in ("Overview", "Background", "Claims", "Views", "Sources", "Evidence", "Questions", "Entities"):
                assert name in reader.rows[1]

    async def test_the_masthead_says_where_one_is(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "entry:seven", "seven"), size=(90, 30)) as reader:
            assert "Swans on a pond › Claim C1" in reader.rows[0]
            assert reader.style_at(reader.find("2 Claims", "masthead")).underline

    async def test_escape_leads_back(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("enter", "escape")
            assert (reader.page, reader.block) == ("claims", "eleven")


class TestSourcePage:
    async def test_lists_all_that_cites_it(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "sources"), size=(90, 60)) as reader:
            await reader.press("enter")
            assert reader.page == "source:pond"
            for words in (
                "Cited by 9 entries",
                "B1 The setting",
                "C1 The book has seven swans “seven swans” Checked: the quote stands in paragraph 1",
                "C3 Some of the swans may be geese “no such words” The quote no longer stands in the text",
                "V1 The swans will probably stay",
                "R1 Count again",
                "Ann Keeper “Nobody counted the geese”",
                "Known only through it The miller",
                "The whole text, ",
            ):
                assert words in reader.words

    async def test_leads_to_what_cites_it_and_to_its_text(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "source:pond"), size=(90, 60)) as reader:
            await reader.click("V1 The swans")
            assert (reader.page, reader.block) == ("views", "keeper-view")
            await reader.press("ctrl+o", "g", "j", "enter")
            assert reader.page == "text:pond"


class TestTextPage:
    async def test_numbers_paragraphs_and_marks_every_quote(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "text:pond")) as reader:
            marked = " ".join(reader.marked("#3d4426"))
            for words in ("seven swans", "The swans were white", "some said", "I saw eleven swans"):
                assert words in marked
            assert "¶1 There were" in reader.words

    async def test_a_text_that_is_not_held_says_so(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "text:stray")) as reader:
            assert "The text is not held here any more." in reader.words


class TestEntities:
    async def test_the_index_counts(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("e")
            assert reader.page == "entities"
            assert "Ann Keeper person · keeper of the book · the mill speaker of 3 entries" in reader.words
            assert "Quillby Pond place subject of 3 entries" in reader.words

    async def test_a_page_has_all_that_is_said_by_and_about(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "entities"), size=(90, 60)) as reader:
            await reader.press("enter")
            assert reader.page == "entity:keeper"
            assert "She wrote it all down." in reader.words
            assert "Said by Ann Keeper C1 The book has seven swans" in reader.words
            assert "C2 The miller saw" in reader.words
            assert "V1 Ann Keeper, keeper of the book" in reader.words
            await reader.press("ctrl+o", "j", "enter")
            assert "Said about Quillby Pond B1 The setting" in reader.words

    async def test_an_entry_on_it_is_current_and_can_be_opened(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "entity:keeper"), size=(120, 60)) as reader:
            await reader.press("j", "j")
            assert reader.block == "said:eleven"
            assert "The miller" in reader.beside
            await reader.press("enter")
            assert (reader.page, reader.block) == ("claims", "eleven")


class TestHistory:
    async def test_back_and_forward_over_everything(self, swans: Catalogue) -> None:
        keys = ("enter", "2", "enter", "5", "enter", "j", "enter", "e", "enter", "question_mark", "B")
        async with reading(swans) as reader:
            been = [(reader.page, reader.block)]
            for key in keys:
                await reader.press(key)
                been.append((reader.page, reader.block))
            pages = [page for page, _ in been]
            assert pages == [
                "library", "overview", "claims", "entry:seven", "sources", "source:pond", "source:pond",
                "text:pond", "entities", "entity:keeper", "help", "bookmarks",
            ]  # fmt: skip
            # One step was no visit: j on the page of the source.
            del been[5]
            walked = [been[-1]]
            for key in ("ctrl+o", "backspace", "alt+left", "ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o"):
                await reader.press(key)
                walked.append((reader.page, reader.block))
            for _ in range(2):
                await reader.press("ctrl+o")
                walked.append((reader.page, reader.block))
            assert walked == been[::-1]
            forward = [walked[-1]]
            for key in ("alt+right", ">", ">", ">", ">", ">", ">", ">", ">", ">"):
                await reader.press(key)
                forward.append((reader.page, reader.block))
            assert forward == been

    async def test_says_where_it_ends(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("ctrl+o")
            assert reader.said == "This is where you began."
            await reader.press(">")
            assert reader.said == "There is nothing ahead."

    async def test_back_returns_to_the_very_rows(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "background")) as reader:
            await reader.press("ctrl+d", "ctrl+d", "ctrl+d", "j")
            before, rows = reader.screen.here, reader.rows
            await reader.press("5", "j", "j", "ctrl+o")
            assert reader.screen.here == before
            assert [row[2:] for row in reader.rows] == [row[2:] for row in rows]

    async def test_a_new_way_forgets_what_lay_ahead(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "overview")) as reader:
            await reader.press("1", "2", "ctrl+o", "3", ">")
            assert reader.said == "There is nothing ahead."
            assert reader.page == "views"


class TestHelp:
    async def test_tells_every_command_on_one_screen(self, swans: Catalogue) -> None:
        async with reading(swans, size=(80, 30)) as reader:
            await reader.press("question_mark")
            assert reader.page == "help"
            for row in help_rows(reader.app.session.keymap):
                assert f"{row.keys} {row.words}" in reader.words
            for key in ("j k", "Ctrl+d Ctrl+u", "0–7", "Ctrl+p", "Tab Shift+Tab"):
                assert key in reader.words
            for title in ("Move", "Panes", "Go", "Footnotes", "Find", "Keep", "Screen"):
                assert title in reader.words
            assert "the mouse work too" in reader.words

    async def test_f1_opens_it_and_escape_leads_back(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("f1")
            assert reader.page == "help"
            await reader.press("f1", "escape")
            assert (reader.page, reader.block) == ("claims", "eleven")

    async def test_on_a_narrow_screen_it_scrolls(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(50, 14)) as reader:
            await reader.press("question_mark")
            seen = reader.words
            for _ in range(8):
                await reader.press("space")
                seen += reader.words
            assert "the mouse work too" in " ".join(seen.replace("║", "").split())
