"""Finding words: while they are typed, counted, round and round, over all panes."""

import threading
import time
from collections.abc import Callable, Sequence

import pytest

from tests.reader.pilot.driving import Spot, reading
from tui.library.catalogue import Catalogue
from tui.search.query import Parsed, parse
from tui.session.find.finder import NO_FIELDS, Finder, Scope
from tui.session.find.matches import Matches
from tui.state.records import Location

FOUND, HERE = "#3d4426", "#7fb4e0"
"""The papers of a match, and of the one that one stands on, in the dark theme."""


class TestFind:
    async def test_finds_while_one_types(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("slash")
            await reader.write("gee")
            assert reader.block == "geese"
            assert reader.said.startswith("“gee”: ")
            assert "geese" in reader.marked(HERE)
            await reader.write("sxyz")
            assert reader.said == "“geesxyz” is not found here."
            assert reader.block == "seven"
            await reader.press("backspace", "backspace", "backspace")
            assert reader.said.startswith("“gees”: ")
            assert reader.block == "geese"

    @pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 14)])
    async def test_the_answer_is_seen_beside_the_words_that_are_typed(
        self, swans: Catalogue, size: tuple[int, int]
    ) -> None:
        """The status line is under the prompt."""
        async with reading(swans, Location("sample", "claims"), size=size) as reader:
            await reader.press("slash")
            await reader.write("gee")
            await reader.until(lambda: "“gee”: " in reader.rows[-1])
            await reader.write("sxy")
            await reader.until(lambda: "“geesxy” is not found here" in reader.rows[-1])
            assert reader.rows[-1].startswith(" / geesxy ")
            await reader.press("escape")
            assert "gee" not in reader.rows[-1]

    @pytest.mark.parametrize("chosen", [True, False])
    async def test_the_bar_and_its_answer_have_the_theme_of_the_page(self, swans: Catalogue, *, chosen: bool) -> None:
        """Whether the reader starts in the theme or takes it later."""
        async with reading(swans, Location("sample", "claims"), theme="dark" if chosen else "light") as reader:
            if chosen:
                await reader.press("f10", "f10")
            await reader.press("slash")
            await reader.write("xyz")
            await reader.until(lambda: "is not found" in reader.rows[-1])
            bar = [reader.style_at(Spot(x, len(reader.rows) - 1)).bgcolor for x in (1, 20, 78)]
            assert all(colour and colour.get_truecolor().red > 200 for colour in bar)

    @pytest.mark.parametrize("words", ["-", "( )", "stance:"])
    async def test_a_query_that_is_only_begun_says_what_it_lacks_when_it_is_settled(
        self, swans: Catalogue, words: str
    ) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.find_words(words)
            error = parse(words).error
            assert error is not None
            assert reader.said == f"At character {error.at + 1}: {error.message}"

    async def test_a_misspelt_word_is_found_as_what_is_nearest_and_that_is_said(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.find_words("gesse")
            assert reader.block == "geese"
            assert reader.said.startswith("“gesse” is not found here; the nearest, “geese”: ")

    @pytest.mark.parametrize(("words", "said"), [("c2", "number"), ("C2", "number"), ("zz-two", "id")])
    async def test_a_number_or_an_id_leads_to_what_has_it(
        self, make_library: Callable[..., Catalogue], words: str, said: str
    ) -> None:
        claim = '[[claim]]\nid = "zz-{0}"\nby = "x"\ntext = "Claim C2 of number {0}."\n'
        catalogue = make_library(tiny=claim.format("one") + claim.format("two"))
        async with reading(catalogue, Location("tiny", "overview")) as reader:
            await reader.find_words(words)
            assert (reader.page, reader.block) == ("claims", "zz-two")
            assert reader.said == f"“{words}” is the {said} of this."

    async def test_takes_the_grammar_of_the_search_over_everything(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.find_words('"seven swans"')
            assert reader.marked(HERE) == ["seven swans"]
            await reader.find_words('"swans seven"')
            assert reader.said == '“"swans seven"” is not found here.'
            await reader.find_words("swans -book")
            assert reader.block != "seven"
            assert "swans" in reader.marked(HERE)

    @pytest.mark.parametrize(
        ("words", "said"), [("author:kim", "did you mean by: ?"), ("foo:", "there is no field 'foo'")]
    )
    async def test_a_field_that_there_is_not_is_explained(self, swans: Catalogue, words: str, said: str) -> None:
        async with reading(swans, Location("sample", "claims"), size=(200, 24)) as reader:
            await reader.find_words(words)
            assert said in reader.said

    async def test_a_mistake_is_said_with_its_place_and_the_last_matches_stay(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("slash")
            await reader.write("geese )")
            assert reader.said == "At character 7: this parenthesis closes nothing"
            assert "geese" in reader.marked(HERE)
            await reader.press("backspace")
            assert reader.said.startswith("“geese ”: ")

    async def test_highlights_every_match_and_the_one_that_one_stands_on(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.find_words("seven")
            assert [text for text in reader.marked(HERE) if text == "seven"] == ["seven"]
            assert reader.marked(FOUND).count("seven") >= 2

    async def test_counts_and_goes_on_and_round_again(self, make_library: Callable[..., Catalogue]) -> None:
        tables = "\n".join(f'[[claim]]\nid = "c{n}"\ntext = "A swan."\nby = "x"' for n in range(3))
        async with reading(make_library(three=tables), Location("three", "claims")) as reader:
            await reader.find_words("swan")
            # The front page has the claims too, by their weight.
            assert reader.said == "“swan”: 4 of 6"
            seen = []
            for _ in range(3):
                await reader.press("n")
                seen.append((reader.block, reader.said))
            assert seen == [
                ("c1", "“swan”: 5 of 6"),
                ("c2", "“swan”: 6 of 6"),
                ("claim:c0", "“swan”: 1 of 6 · round again from the top"),
            ]
            await reader.press("N")
            assert reader.said == "“swan”: 6 of 6 · round again from the end"
            await reader.press("N")
            assert (reader.block, reader.said) == ("c1", "“swan”: 5 of 6")

    async def test_goes_over_all_panes(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.find_words("swan")
            pages = [reader.page]
            for _ in range(60):
                await reader.press("n")
                if reader.page != pages[-1]:
                    pages.append(reader.page)
                if "round again" in reader.said:
                    break
            assert pages[:4] == ["claims", "views", "sources", "questions"]

    async def test_goes_on_from_where_one_has_moved(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.find_words("swans")
            await reader.press("j", "j", "n")
            assert reader.block == "geese"

    async def test_matches_across_line_breaks_and_diacritics(self, make_library: Callable[..., Catalogue]) -> None:
        text = "word " * 30 + "Übergroße Köche in Malmö. " + "word " * 30
        catalogue = make_library(long=f'[[claim]]\nid = "c"\ntext = "{text}"\nby = "x"\n')
        for width in (40, 50, 61, 80):
            async with reading(catalogue, Location("long", "claims"), size=(width, 24)) as reader:
                await reader.find_words('"ubergrosse koche in malmo"')
                assert "2 of 2" in reader.said
                assert " ".join(" ".join(reader.marked(HERE)).split()) == "Übergroße Köche in Malmö"

    async def test_escape_returns_to_where_one_began(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("slash")
            await reader.write("will go")
            assert reader.page == "views"
            await reader.press("escape")
            assert (reader.page, reader.block) == ("claims", "eleven")
            assert not reader.marked(HERE)
            assert not reader.marked(FOUND)
            assert not reader.screen.find_bar.display
            await reader.press("j")
            assert reader.block == "geese"

    async def test_typing_is_one_step_in_the_history(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "overview")) as reader:
            await reader.press("2", "j")
            await reader.find_words("they will go")
            assert (reader.page, reader.block) == ("views", "other-view")
            await reader.press("ctrl+o")
            assert (reader.page, reader.block) == ("claims", "eleven")
            await reader.press("slash")
            await reader.write("they will go")
            await reader.press("escape", "ctrl+o")
            assert reader.page == "overview"

    async def test_what_was_only_passed_while_typing_is_not_read(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("slash")
            await reader.write("they will go")
            await reader.press("escape")
            assert "other-view" not in reader.screen.session.state.read_digests("sample")

    async def test_escape_after_enter_only_clears_the_marks(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.find_words("eleven")
            location = reader.screen.here
            await reader.press("escape")
            assert not reader.marked(HERE)
            assert reader.screen.here == location

    async def test_n_without_words_says_how_to_begin(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("n")
            assert reader.said == "Nothing is looked for yet: / begins."

    async def test_what_is_not_there_is_said_and_moves_nothing(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.find_words("quizzical")
            assert reader.said == "“quizzical” is not found here."
            assert (reader.page, reader.block) == ("claims", "eleven")
            await reader.press("n")
            assert reader.said == "“quizzical” is not found here."

    async def test_in_a_text_and_in_the_library(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "text:text-scales")) as reader:
            await reader.find_words("confidence")
            assert reader.page == "text:text-scales"
            assert "confidence" in " ".join(reader.marked(HERE)).lower()
            await reader.press("L")
            await reader.find_words("swans")
            assert (reader.page, reader.block) == ("library", "handbook")

    async def test_a_match_in_a_tall_entry_is_brought_into_sight(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "background"), size=(60, 16)) as reader:
            await reader.find_words("f is not the worst")
            assert reader.block == "ratings"
            assert reader.marked(HERE)

    async def test_keys_typed_are_no_commands(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("slash")
            await reader.write("qj2")
            assert reader.page == "claims"
            assert reader.screen.searches.find.finding.words == "qj2"

    @pytest.mark.parametrize(
        ("words", "offered"),
        [
            ("rating:A", [" Tab ", " rating:A1 ", " rating:A2 "]),
            ("stance:", [" Tab ", " stance:sceptical "]),
            ("kind:cl", [" Tab ", " kind:claim "]),
            ("foo stan", [" Tab ", " stance: "]),
        ],
    )
    @pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 16)])
    async def test_fields_and_values_are_offered_and_completed(
        self, make_library: Callable[..., Catalogue], words: str, offered: list[str], size: tuple[int, int]
    ) -> None:
        """As in the search over everything, with the values that are here."""
        view = '[[view]]\nid = "v"\nwho = "x"\ntext = "It is so."\nstance = "sceptical"\n'
        async with reading(make_library(one=view), Location("one", "views"), size=size) as reader:
            await reader.press("slash")
            await reader.write(words)
            await reader.until(lambda: "".join(offered) in reader.rows[-1])
            await reader.press("tab")
            completed = offered[1].strip()
            assert reader.screen.find_bar.text == f"{words.rpartition(' ')[0]} {completed}".strip()
            if completed == "stance:sceptical":
                await reader.until(lambda: reader.said.startswith("“stance:sceptical”: 1 of 1"))

    async def test_a_value_that_nothing_here_has_is_explained(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(200, 24)) as reader:
            await reader.find_words("swans rating:F6")
            assert reader.said.startswith("“swans rating:F6” is not found here; rating: nothing here has 'F6'; there")

    async def test_a_mistake_is_said_once_and_not_over_the_matches(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.find_words("geese")
            await reader.find_words('"seven')
            assert reader.said == 'At character 1: this quotation mark is not closed: "seven'
            await reader.press("n")
            assert reader.said.startswith("“geese”: ")


class TestNeverBlocks:
    async def test_what_is_looked_for_is_abandoned_for_the_newer_words(
        self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        abandoned: list[bool] = []
        real = Finder.find

        def slow(
            self: Finder,
            parsed: Parsed,
            languages: Sequence[str] = (),
            cancelled: Callable[[], bool] = bool,
            scope: Scope = NO_FIELDS,
        ) -> Matches:
            until = time.monotonic() + 10
            while parsed.text == "g" and not cancelled() and time.monotonic() < until:
                time.sleep(0.005)
            if parsed.text == "g":
                abandoned.append(cancelled())
            return real(self, parsed, languages, cancelled, scope)

        monkeypatch.setattr(Finder, "find", slow)
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("slash")
            await reader.pilot.press("g")
            assert reader.said == "Looking for “g” …"
            await reader.press("e", "e")
            assert reader.said.startswith("“gee”: ")
            assert abandoned == [True]

    async def test_what_is_pressed_meanwhile_is_done_as_soon_as_it_is_found(
        self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        goes_on = threading.Event()
        real = Finder.find
        monkeypatch.setattr(Finder, "find", lambda *arguments: goes_on.wait(10) and real(*arguments))
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("slash")
            await reader.pilot.press(*"they", "enter", "n", "N")
            assert reader.block == "eleven"
            goes_on.set()
            await reader.press("ctrl+l")
            assert reader.page == "views"
            assert reader.marked(HERE)
            await reader.press("ctrl+o", "ctrl+o", "ctrl+o")
            assert (reader.page, reader.block) == ("claims", "eleven")

    async def test_escape_gives_up_what_is_still_looked_for(
        self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        goes_on = threading.Event()
        real = Finder.find
        monkeypatch.setattr(Finder, "find", lambda *arguments: goes_on.wait(10) and real(*arguments))
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("slash")
            await reader.pilot.press(*"they", "escape")
            goes_on.set()
            await reader.press("ctrl+l")
            assert (reader.page, reader.block) == ("claims", "eleven")
            assert not reader.marked(FOUND)
