"""The search over everything: what is shown, where it leads and how one comes back, facets, mistakes, hostile queries."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual import events

from tests.reader.pilot.driving import Driver, reading, workers_done
from tests.reader.pilot.test_finding import FOUND, HERE
from tui.briefing.characters import FORBIDDEN
from tui.library.catalogue import Catalogue
from tui.search.index.library_index import SearchIndex
from tui.search.query import MAX_LENGTH, Parsed, parse
from tui.session.search.locations import query_of
from tui.session.search.search_session import Outcome, SearchSession
from tui.state.queries import Queries
from tui.state.records import Location
from tui.state.stores import open_state


@asynccontextmanager
async def searching(catalogue: Catalogue, words: str = "", **options: Any) -> AsyncIterator[Driver]:
    """Open the search over the claims, with its index up to date, and type a query."""
    location = options.pop("location", Location("sample", "claims"))
    async with reading(catalogue, location, **options) as reader:
        await reader.press("ctrl+k")
        await answered(reader)
        await ask(reader, words)
        yield reader


async def ask(reader: Driver, words: str) -> None:
    """Type a query and wait for its answer."""
    await reader.write(words)
    await answered(reader)


async def answered(reader: Driver) -> None:
    """Wait until all that was asked is answered and shown."""
    for _ in range(3):
        await workers_done(reader.app)
        await reader.pilot.pause()


async def test_the_open_briefing_comes_first(make_library: Callable[..., Catalogue]) -> None:
    claim = '[[claim]]\nid = "c"\ntext = "TEXT"\nby = "x"'
    texts = {"a": "missiles missiles", "b": "missiles"}
    catalogue = make_library(**{name: claim.replace("TEXT", text) for name, text in texts.items()})
    for words in ("how many missiles", "missiles"):
        for location, first in ((Location("b", "claims"), "b"), (Location("a", "claims"), "a")):
            async with searching(catalogue, words, location=location) as reader:
                outcome = reader.screen.searches.pane.results.outcome
                assert outcome
                assert first == outcome.hits[0].briefing


def below(reader: Driver) -> str:
    """Give the lines below the box, on one line."""
    room = reader.screen.searches.pane.region
    return " ".join(" ".join(reader.rows[room.y + 1 : room.bottom]).split())


def box(reader: Driver) -> str:
    """Give what stands in the box."""
    return reader.screen.searches.pane.line.text


async def paste(reader: Driver, text: str) -> None:
    """Paste a text into the box."""
    focused = reader.app.focused
    assert focused is not None
    focused.post_message(events.Paste(text))
    await reader.pilot.pause()
    await answered(reader)


class TestOpening:
    @pytest.mark.parametrize(
        "location", [Location(), Location("sample", "claims"), Location("sample", "source:pond"), Location("", "help")]
    )
    async def test_opens_over_any_page_and_escape_goes_back(self, swans: Catalogue, location: Location) -> None:
        async with reading(swans, location) as reader:
            await reader.press("ctrl+k")
            assert reader.page == "search"
            await reader.write("qj2")
            assert box(reader) == "qj2"
            await reader.press("escape")
            assert (reader.screen.location.briefing, reader.page) == (location.briefing, location.page)
            assert not reader.screen.searches.pane.display

    async def test_the_footer_and_the_help_tell_the_key(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            assert "Ctrl+k search all" in reader.text
            await reader.press("f1")
            assert "find here, search all" in reader.text

    @pytest.mark.parametrize("words", ["-", "stance:"])
    async def test_enter_on_a_query_that_is_only_begun_says_what_it_lacks(self, swans: Catalogue, words: str) -> None:
        """Rather than open what stands below the box."""
        async with searching(swans, words) as reader:
            await reader.press("enter")
            error = parse(words).error
            assert error is not None
            assert error.message in below(reader)
            assert (reader.page, box(reader)) == ("search", words)

    async def test_over_an_open_find_bar(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("slash", "g", "ctrl+k")
            await answered(reader)
            assert reader.page == "search"
            assert not reader.screen.find_bar.display

    async def test_a_second_time_it_selects_the_query(self, swans: Catalogue) -> None:
        async with searching(swans, "swans") as reader:
            await reader.press("down", "ctrl+k")
            await ask(reader, "geese")
            assert box(reader) == "geese"
            await reader.press("down", "slash")
            await ask(reader, "miller")
            assert box(reader) == "miller"

    async def test_says_that_it_is_indexing_and_is_usable_meanwhile(
        self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        goes_on = threading.Event()
        update = SearchSession.update

        async def slowly(self: SearchSession, progress: Callable[[int, int], None], *others: Any) -> bool:
            progress(1, 3)
            await asyncio.to_thread(goes_on.wait, 10)
            return await update(self, progress, *others)

        monkeypatch.setattr(SearchSession, "update", slowly)
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("ctrl+k")
            await reader.until(lambda: reader.said.startswith("Indexing ████░░░░░░░░ 1 of 3"))
            await reader.write("swans")
            assert box(reader) == "swans"
            goes_on.set()
            await answered(reader)
            await reader.until(lambda: "hits in 1 briefing" in below(reader))
            assert "not up to date" not in below(reader)
            assert reader.said == ""


class TestAnswer:
    async def test_tells_the_number_and_what_was_searched(self, bundled: Catalogue) -> None:
        async with searching(bundled, "missile", location=Location()) as reader:
            outcome = reader.screen.session.search.kept("missile")
            assert outcome is not None
            searched = outcome.answer.searched
            said = f"{outcome.answer.total.number} hits in {searched.briefings} briefings, {searched.entries} entries,"
            assert said in below(reader)
            assert f"{searched.texts_not_held} source texts not held" in below(reader)
            await ask(reader, "qqqq")
            assert below(reader).startswith(f"0 hits in {searched.briefings} briefings")

    async def test_shows_hits_by_briefing_with_kind_number_rating_and_the_words(self, swans: Catalogue) -> None:
        async with searching(swans, "eleven") as reader:
            assert "The miller saw eleven swans." in reader.words
            assert "C2" in reader.words
            assert "claim · " in reader.words
            assert "hit" in reader.words
            assert "eleven" in reader.marked(FOUND)

    async def test_refines_while_one_types_and_takes_a_letter_back(self, swans: Catalogue) -> None:
        async with searching(swans, "eleve") as reader:
            first = below(reader)
            await ask(reader, "nz")
            assert below(reader).startswith("0 hits")
            await reader.press("backspace", "backspace")
            await answered(reader)
            assert below(reader) == first

    async def test_the_values_to_filter_by_are_as_many_as_the_terminal_has_room_for(
        self, make_library: Callable[..., Catalogue], claims: Any
    ) -> None:
        """Also once it has another width."""
        catalogue = make_library(**{f"many-{number}": claims(3) for number in range(9)})
        async with searching(catalogue, "number", location=Location()) as reader:
            await reader.press("down")
            await reader.press("]")
            seen = []
            for width in (50, 200, 80):
                await reader.resize(width, 30)
                seen.append(sum(f"many-{number}" in row for row in reader.rows[:5] for number in range(9)))
            assert seen[0] < seen[2] < seen[1] == 9

    async def test_more_hits_come_as_one_goes_on(self, make_library: Callable[..., Catalogue], claims: Any) -> None:
        catalogue = make_library(many=claims(130))
        async with searching(catalogue, "number", location=Location()) as reader:
            assert "130 hits in 1 briefing, 130 entries" in below(reader)
            await reader.press("down")
            assert len(reader.screen.view.page) == 51
            assert "1/130" in reader.text
            for _ in range(3):
                await reader.press("end")
                await answered(reader)
            assert len(reader.screen.view.page) == 130
            assert "130/130" in reader.text
            assert len(set(reader.screen.view.page.ids)) == 130

    async def test_nothing_found_offers_the_nearest_spellings_marked_as_such(self, swans: Catalogue) -> None:
        async with searching(swans, "milller") as reader:
            assert below(reader).startswith("0 hits in 1 briefing")
            assert "Nothing is found as it is written" in reader.words
            await reader.click("miller")
            await answered(reader)
            assert box(reader) == "miller"
            assert "Nothing is found" not in reader.words

    async def test_what_is_unread_is_told_from_the_readers_own_state(self, swans: Catalogue) -> None:
        async with searching(swans, "is:unread kind:claim") as reader:
            before = below(reader)
            await reader.press("down", "enter", "j")
            await reader.press("ctrl+k")
            await ask(reader, "is:unread kind:claim")
            assert below(reader) != before

    async def test_a_briefing_that_changed_is_found_again(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with searching(catalogue, "pelicans") as reader:
            assert below(reader).startswith("0 hits")
            path.write_text(path.read_text().replace("eleven swans", "eleven pelicans"), encoding="utf-8")
            reader.app.updates.refresh_library()
            await reader.until(lambda: below(reader).startswith("1 hit in"))


class TestGoing:
    async def test_enter_goes_to_the_entry_in_its_pane_with_the_words_marked(self, swans: Catalogue) -> None:
        async with searching(swans, "kind:claim miller eleven", location=Location()) as reader:
            await reader.press("enter")
            assert (reader.screen.location.briefing, reader.page, reader.block) == ("sample", "claims", "eleven")
            assert "eleven" in reader.marked(FOUND) + reader.marked(HERE)
            assert reader.said.startswith("“kind:claim miller eleven”: ")

    async def test_enter_pressed_before_the_answer_waits_for_it(self, swans: Catalogue) -> None:
        async with searching(swans, "seven", location=Location()) as reader:
            await reader.press("ctrl+u")
            await reader.pilot.press(*"eleven", "enter")
            await reader.until(lambda: reader.page != "search" and not reader.page.startswith("search:"))
            assert reader.block == "eleven"

    async def test_to_the_page_of_a_source_and_a_paragraph_of_a_text(self, swans: Catalogue) -> None:
        async with searching(swans, "kind:source pond", location=Location()) as reader:
            await reader.press("enter")
            assert reader.page.startswith("source:")
            await reader.press("ctrl+k")
            await ask(reader, "kind:text swans")
            await reader.press("enter")
            assert reader.page == "text:pond"
            assert "swans" in [text.lower() for text in reader.marked(FOUND) + reader.marked(HERE)]

    async def test_back_comes_to_the_same_list_at_the_same_place(self, bundled: Catalogue) -> None:
        async with searching(bundled, "missile", location=Location()) as reader:
            await reader.press("down", "j", "j", "j", "j", "j")
            before, rows = reader.screen.here, reader.rows
            await reader.press("enter")
            assert not reader.screen.searches.pane.display
            await reader.press("j", "ctrl+o")
            assert reader.screen.here == before
            assert box(reader) == "missile"
            assert [row for row in reader.rows if "move" not in row] == [row for row in rows if "move" not in row]

    async def test_each_search_of_the_history_has_its_own_query(self, swans: Catalogue) -> None:
        async with searching(swans, "eleven", location=Location()) as reader:
            await reader.press("enter", "ctrl+k")
            await ask(reader, "geese")
            await reader.press("enter", "ctrl+o")
            assert (box(reader), reader.page) == ("geese", "search:geese")
            await reader.press("ctrl+o", "ctrl+o")
            assert (box(reader), reader.page) == ("eleven", "search:eleven")
            await reader.press("alt+right")
            assert reader.block == "eleven"

    async def test_n_goes_on_from_the_hit(self, swans: Catalogue) -> None:
        async with searching(swans, "swans", location=Location()) as reader:
            await reader.press("enter")
            assert "“swans”: " in reader.said
            await reader.press("n")
            assert "“swans”: " in reader.said

    async def test_a_hit_with_fields_alone_marks_nothing_and_leads_on_to_the_next(self, swans: Catalogue) -> None:
        async with searching(swans, "kind:claim", location=Location()) as reader:
            await reader.press("enter")
            assert reader.page == "claims"
            assert not reader.marked(FOUND)
            assert reader.said == "“kind:claim”: 1 of 3"
            before = reader.block
            await reader.press("n")
            assert reader.said == "“kind:claim”: 2 of 3"
            assert reader.block != before

    async def test_a_mistake_goes_with_the_letter_that_mends_it(self, swans: Catalogue) -> None:
        """Also where both come at once."""
        async with searching(swans, "swans", size=(120, 36)) as reader:
            reader.screen.searches.pane.put('swans "book')
            reader.screen.searches.pane.put('swans "book"')
            await reader.until(lambda: "hit" in below(reader))
            assert "is not closed" not in below(reader)


class TestFacets:
    async def test_a_digit_filters_and_takes_the_filter_away(self, swans: Catalogue) -> None:
        async with searching(swans, "swans", size=(120, 36)) as reader:
            whole = below(reader)
            assert " kind 1 " in f" {whole}"
            await reader.press("down", "1")
            await answered(reader)
            assert box(reader).startswith("kind:")
            assert box(reader).endswith(" swans")
            assert "1✓ " in below(reader)
            assert int(below(reader).split()[0]) < int(whole.split()[0])
            await reader.press("1")
            await answered(reader)
            assert box(reader) == "swans"
            assert below(reader) == whole

    async def test_brackets_turn_to_other_fields(self, bundled: Catalogue) -> None:
        async with searching(bundled, "missile", size=(120, 36), location=Location()) as reader:
            await reader.press("down")
            seen = []
            for _ in range(3):
                seen.append(reader.screen.searches.pane.below.pieces(120)[0].text.strip())
                await reader.press("right_square_bracket")
            assert len(set(seen)) == 3
            await reader.press("left_square_bracket")
            assert reader.screen.searches.pane.below.pieces(120)[0].text.strip() == seen[2]

    async def test_are_clicked(self, swans: Catalogue) -> None:
        async with searching(swans, "swans", size=(120, 36)) as reader:
            await reader.click(" 2 ", within="below")
            await answered(reader)
            assert box(reader).startswith("kind:")


class TestMistakes:
    async def test_points_at_the_character_and_keeps_the_last_hits(self, swans: Catalogue) -> None:
        async with searching(swans, "swans") as reader:
            hits = reader.words
            await ask(reader, " )")
            row = reader.rows[1]
            assert row.index("^") == len(" Search swans ")
            assert "this parenthesis closes nothing" in row
            # The pointer takes a row from the list.
            assert hits.startswith(reader.words[:200])
            assert "hits in 1 briefing" in below(reader)
            await reader.press("backspace")
            assert "▲" not in reader.text

    @pytest.mark.parametrize(
        ("words", "said"), [("author:kim", "did you mean by: ?"), ("foo:", "there is no field 'foo'")]
    )
    async def test_a_field_that_there_is_not_is_explained(self, swans: Catalogue, words: str, said: str) -> None:
        async with searching(swans, words, size=(200, 24)) as reader:
            assert said in below(reader)

    async def test_a_mistake_comes_no_nearer_to_the_terminal_than_its_words(self, swans: Catalogue) -> None:
        async with searching(swans, "kind:claims") as reader:
            assert "did you mean claim?" in below(reader)


class TestQueries:
    async def test_up_brings_back_what_was_asked(self, swans: Catalogue) -> None:
        state = open_state(None)
        async with searching(swans, "eleven", state=state) as reader:
            await reader.press("enter", "ctrl+k")
            await ask(reader, "geese")
            await reader.press("enter", "ctrl+k")
            await reader.write("se")
            await reader.press("up")
            await answered(reader)
            assert box(reader) == "geese"
            await reader.press("up", "up", "down", "down")
            assert box(reader) == "se"
            assert Queries(state).recent() == ["geese", "eleven"]
        state.close()

    async def test_are_saved_by_a_key_and_offered_by_an_empty_box(self, swans: Catalogue) -> None:
        state = open_state(None)
        async with searching(swans, "kind:claim swans", state=state) as reader:
            await reader.press("down", "asterisk")
            assert reader.said == "Saved; an empty box lists saved queries."
            await reader.press("escape", "ctrl+k")
            assert "Saved queries" in reader.words
            await reader.press("enter")
            await answered(reader)
            assert box(reader) == "kind:claim swans"
            await reader.press("down", "asterisk")
            assert reader.said == "No longer saved."
            assert Queries(state).saved() == []
        state.close()


class TestCompletion:
    async def test_tab_completes_fields_and_values_and_goes_round(self, swans: Catalogue) -> None:
        async with searching(swans, "kin") as reader:
            assert "Tab kind:" in below(reader)
            await reader.press("tab")
            assert box(reader) == "kind:"
            await ask(reader, "cl")
            await reader.press("tab")
            await answered(reader)
            assert box(reader) == "kind:claim"
            assert "hits in 1 briefing" in below(reader)
            await reader.press("ctrl+u")
            await reader.write("kind:")
            await reader.press("tab", "tab", "shift+tab")
            assert box(reader) == "kind:background"

    async def test_values_come_from_the_library(self, swans: Catalogue) -> None:
        async with searching(swans, "in:sa") as reader:
            await reader.press("tab")
            assert box(reader) == "in:sample"

    async def test_nothing_to_complete_changes_nothing(self, swans: Catalogue) -> None:
        async with searching(swans, "swans") as reader:
            await reader.press("tab")
            assert box(reader) == "swans"


class TestHelp:
    async def test_f1_and_a_question_mark_tell_the_grammar(self, swans: Catalogue) -> None:
        async with searching(swans, "swans", size=(80, 50)) as reader:
            await reader.press("f1")
            assert reader.page == "grammar"
            assert '"exact phrase"' in reader.words
            assert "reliability:A..C" in reader.words
            await reader.press("ctrl+o", "question_mark")
            assert reader.page == "grammar"
            await reader.press("question_mark")
            assert reader.page == "help"
            await reader.press("ctrl+k", "question_mark")
            assert reader.page == "grammar"


class TestUpdates:
    async def test_look_at_what_changed_alone_but_finish_what_was_begun(
        self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[set[Path] | None] = []
        real = SearchSession.update

        async def slow(self: SearchSession, progress: Any, only: Iterable[Path] | None = None) -> bool:
            seen.append(None if only is None else set(only))
            self.is_used = True
            if len(seen) == 1:
                await asyncio.sleep(10)
            return await real(self, progress, only)

        monkeypatch.setattr(SearchSession, "update", slow)
        one, other = Path("one/briefing.toml"), Path("other/briefing.toml")
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("ctrl+k")
            await reader.until(lambda: seen)
            reader.screen.searches.library_changed(one)  # the first, of everything, is abandoned for it
            await answered(reader)
            reader.screen.searches.library_changed(other)
            await answered(reader)
            assert seen == [None, None, {other}]

    async def test_follow_a_change_of_the_open_briefing(
        self, tmp_path: Path, tiny: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        claim = '[[claim]]\nid = "c"\ntext = "{}"\nby = "somebody"\n'
        file = tmp_path / "content" / "tiny" / "briefing.toml"
        file.parent.mkdir(parents=True)
        file.write_text(tiny(claim.format("Geese graze."), id="tiny"))
        catalogue = Catalogue(None, [tmp_path / "content"], tmp_path / "held")
        async with reading(catalogue, Location("tiny", "claims")) as reader:
            await reader.press("ctrl+k")
            await answered(reader)
            await reader.press("escape")
            asked: list[Any] = []
            real = SearchSession.update

            def update(*arguments: Any) -> Any:
                asked.append(arguments[-1])
                return real(*arguments)

            monkeypatch.setattr(SearchSession, "update", update)
            file.write_text(tiny(claim.format("Pelicans dive."), id="tiny"))
            await reader.until(lambda: asked)
            await answered(reader)
            assert asked == [frozenset({file})]
            await reader.press("ctrl+k")
            await ask(reader, "pelicans")
            assert "1 hit in 1 briefing" in below(reader)
        catalogue.close()


class TestNeverBlocks:
    async def test_an_older_query_is_abandoned_for_the_newer(
        self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        goes_on = threading.Event()
        real = SearchSession.ask

        async def slow(self: SearchSession, parsed: Parsed, read: Any, before: Outcome | None = None) -> Outcome:
            if parsed.text == "e":
                await asyncio.to_thread(goes_on.wait, 10)
            return await real(self, parsed, read, before)

        async with searching(swans) as reader:
            monkeypatch.setattr(SearchSession, "ask", slow)
            await reader.write("eleven")
            assert box(reader) == "eleven"
            await reader.until(lambda: "1 hit" in below(reader) or "hits in" in below(reader))
            assert reader.page == "search:eleven"
            goes_on.set()
            await answered(reader)
            assert reader.page == "search:eleven"
            assert reader.screen.session.search.kept("e") is None

    async def test_a_fault_of_the_index_is_said(self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(_self: SearchIndex) -> None:
            raise ValueError("the index says no\nat length")

        async with searching(swans) as reader:
            monkeypatch.setattr(SearchIndex, "view", broken)
            await ask(reader, "x")
            assert reader.said == "This cannot be searched: the index says no"


NASTY = [
    '"', '""', "((((((", "))))", "-", "--", "- -", "OR OR", "OR", "a OR", "(a OR", "*", "a*b*", "kind:", "kind:x:y", ":::",
    "date:9999-99..", "rating:Z9", '"unclosed', "\\", "a\tb", "a\nb\x1b[2J\x07", "\u202egnp.exe", "שלום עולם", "👩‍👩‍👧 family",
    "é\u0301\u0301\u0301", "%s{}[bold]x[/bold]", "[/]", "'; DROP TABLE query; --", "(a+)+$", "北京" * 200, "\ufeff\u200b",
    "a" * 5000, "(" * 3000, "a " * 2500, "in:=", 'quote:"', "is:unread is:changed", "\ud800",
]  # fmt: skip


class TestHostileQueries:
    async def test_leave_the_terminal_whole(self, swans: Catalogue) -> None:
        async with searching(swans, size=(50, 14)) as reader:
            for text in (*NASTY, "x" * 100_000):
                await reader.press("ctrl+u")
                await paste(reader, text)
                assert len(box(reader)) <= MAX_LENGTH + 1
                assert all(not FORBIDDEN.search(row) for row in reader.rows), text[:40]
            await reader.press("ctrl+u")
            await ask(reader, "swans")
            assert "hits in 1 briefing" in below(reader)

    async def test_too_long_a_query_says_so(self, swans: Catalogue) -> None:
        async with searching(swans) as reader:
            await paste(reader, "x" * 100_000)
            assert "a query has at most 4,000 characters" in below(reader)


class TestSizes:
    @pytest.mark.parametrize(
        "size", [(200, 50), (120, 36), (80, 24), (60, 16), (50, 14), (30, 10), (20, 6), (10, 3), (2, 2), (1, 1)]
    )
    async def test_no_size_breaks_it(self, bundled: Catalogue, size: tuple[int, int]) -> None:
        async with searching(bundled, "missile", size=size, location=Location()) as reader:
            await ask(reader, ' "')
            await reader.press("backspace", "backspace", "down", "j", "1")
            await answered(reader)
            assert all(len(row) <= 2 * size[0] for row in reader.rows)
            await reader.resize(80, 24)
            await reader.until(lambda: "hit" in below(reader))

    async def test_narrow_screens_have_the_whole_number_and_a_hit(self, bundled: Catalogue) -> None:
        async with searching(bundled, "missile", size=(50, 14), location=Location()) as reader:
            assert "source texts not held" in below(reader)
            assert " hits" in reader.words
            assert "B44 Kim ordered more missile production" in reader.words

    async def test_monochrome_marks_by_weight_and_underline(self, swans: Catalogue) -> None:
        async with searching(swans, "eleven", theme="mono") as reader:
            style = reader.style_at(reader.find("eleven"))
            assert style.bold
            assert style.underline


async def test_enter_before_the_index_is_built_opens_the_first_hit_once(
    make_library: Callable[..., Catalogue], may_go_on: threading.Event
) -> None:
    """A key in between takes that back."""
    catalogue = make_library(a='[[claim]]\nid = "c"\ntext = "Nine geese came."\nby = "x"\n', b="")
    for then, page in (((), "claims"), (("down",), "search:geese"), (("s",), "search:geeses")):
        may_go_on.clear()
        async with reading(catalogue, Location("b", "claims")) as reader:
            await reader.press("ctrl+k")
            await reader.write("geese")
            await reader.press("enter", *then)
            await reader.until(lambda: "nothing is searched yet" in reader.text)
            assert "0 hits" not in reader.text
            may_go_on.set()
            await answered(reader)
            await reader.until(partial(lambda there, page: there.location.page == page, reader.screen, page))


@pytest.mark.parametrize("first", ["", "gee"])
async def test_a_page_shown_anew_takes_nothing_from_a_query_that_awaits_its_answer(
    make_library: Callable[..., Catalogue], monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """As after the first look at the library: over the first page, and over other hits. Enter was pressed already."""
    goes_on, real = threading.Event(), SearchSession.ask

    async def slow(self: SearchSession, parsed: Parsed, read: Any, before: Outcome | None = None) -> Outcome:
        if parsed.text != first:
            await asyncio.to_thread(goes_on.wait, 10)
        return await real(self, parsed, read, before)

    monkeypatch.setattr(SearchSession, "ask", slow)
    catalogue = make_library(a='[[claim]]\nid = "c"\ntext = "Nine geese came."\nby = "x"\n', b="")
    async with searching(catalogue, first, location=Location("b", "claims")) as reader:
        await reader.write("geese"[len(first) :])
        await reader.press("enter")
        reader.screen.searches.library_changed()
        await reader.pilot.pause()
        assert (query_of(reader.screen.location), box(reader)) == (first, "geese")
        goes_on.set()
        await reader.until(lambda: reader.screen.location[:3] == ("a", "claims", "c"))
