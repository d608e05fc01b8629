"""The parts of the search's screen that need no screen: filters, facets, completion, pointing, recalling, pages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.reader.launch import make_keymap
from tui.render.page import Page
from tui.search.answers import Answer, Hit, Searched, Shown, Total
from tui.search.facets import toggled, without
from tui.search.fields import FIELDS, GRAMMAR
from tui.search.matcher import Matcher
from tui.search.query import parse
from tui.search.run import grouped
from tui.search.service import Values
from tui.session.config import Config
from tui.session.permissions import OWN_MACHINE
from tui.session.search.completion import TypingAid, completion
from tui.session.search.hints import (
    POINTER,
    completion_pieces,
    facet_fields,
    facet_pieces,
    found_words,
    pointing,
    wrapped,
)
from tui.session.search.locations import location_of, query_of
from tui.session.search.pages import grammar_page, page_location, results_page, start_page
from tui.state.records import Location

SEARCHED = Searched(12, 431, 84, 71)


def hit(briefing: str, item: int, kind: str = "claim") -> Hit:
    """Make a hit."""
    return Hit(briefing, Path(f"/{briefing}"), kind, item, 3 if kind == "text" else -1, 1.0)


def shown(one: Hit, *texts: str, heading: str = "") -> Shown:
    """Make what is shown of a hit."""
    return Shown(one, one.briefing.title(), f"i{one.index}", f"C{one.index}", heading, texts, "B2", "claims", "b")


def text_of(page: Page) -> str:
    """Give a page as text."""
    return "\n".join(page.block(place).text for place in range(len(page)))


class TestFilters:
    @pytest.mark.parametrize(
        ("text", "filter_text", "after"),
        [
            ("swans", "kind:claim", "kind:claim swans"),
            ("", "kind:claim", "kind:claim "),
            ("kind:claim swans", "kind:claim", "swans"),
            ("kind:claim swans", "kind:view", "kind:view swans"),
            ("kind:claim in:=a swans", "in:=a", "kind:claim swans"),
            ("swans OR geese", "kind:claim", "kind:claim (swans OR geese)"),
            ('likelihood:"very likely" swans', 'likelihood:"very likely"', "swans"),
            ("-kind:view swans", "kind:view", "kind:view -kind:view swans"),
        ],
    )
    def test_are_put_into_the_query_and_taken_out_again(self, text: str, filter_text: str, after: str) -> None:
        assert after == toggled(text, filter_text)

    @given(st.text(alphabet='ab ("):-ORkindclaim', max_size=30))
    def test_twice_is_not_at_all(self, text: str) -> None:
        parsed = parse(text, typing=True)
        if parsed.error is None and "kind" not in parsed.fields:
            again = parse(toggled(toggled(text, "kind:claim"), "kind:claim"), typing=True)
            assert again.error is None
            assert "kind" not in again.fields

    def test_are_left_out_to_count_the_others(self) -> None:
        assert "in:=a swans" == without(parse("kind:claim in:=a swans"), "kind")


KEYMAP = make_keymap(Config(), OWN_MACHINE)


class TestFacets:
    COUNTS = {"kind": [("claim", 1234), ("view", 7)], "in": [("a", 1241)], "rating": [("B2", 3), ("F6", 1)]}

    def test_only_what_parts_the_hits_or_is_filtered_by_is_offered(self) -> None:
        assert ("kind", "rating") == facet_fields(self.COUNTS, [])
        assert ("kind", "in", "rating") == facet_fields(self.COUNTS, ["in"])

    def test_each_value_has_a_key_and_its_count(self) -> None:
        pieces = facet_pieces(self.COUNTS, ("kind", "rating"), 0, [], width=60, keymap=KEYMAP)
        assert " kind  1 claim 1,234 2 view 7  ] next: rating" == "".join(piece.text for piece in pieces)
        assert {"facet:1", "facet:2", "command:next-pane"} == {piece.target for piece in pieces if piece.target}

    def test_the_chosen_one_is_marked_by_a_glyph(self) -> None:
        pieces = facet_pieces(self.COUNTS, ("kind", "rating"), 3, ["F6"], width=60, keymap=KEYMAP)
        assert " rating  1 B2 3 2✓ F6 1  ] next: kind" == "".join(piece.text for piece in pieces)

    @given(st.integers(1, 90))
    def test_fits_any_width(self, width: int) -> None:
        counts = {"by": [(f"somebody {number}", number) for number in range(20)], "in": [("x", 1), ("y", 2)]}
        cells = sum(
            cell_len(piece.text) for piece in facet_pieces(counts, ("by", "in"), 0, [], width=width, keymap=KEYMAP)
        )
        assert cells <= max(width, 12)

    def test_nothing_to_filter_by_is_nothing(self) -> None:
        assert [] == facet_pieces({}, (), 0, [], width=60, keymap=KEYMAP)


class TestCompletion:
    def test_goes_round_both_ways(self) -> None:
        found = completion("ki swans", 2, lambda _name: Values())
        assert found is not None
        assert ("kind: swans", 5) == (found.turned(1).text, found.turned(1).cursor)
        values = completion("kind:c", 6, lambda _name: Values())
        assert values is not None
        assert ("kind:claim",) == values.candidates
        assert "kind:claim" == values.turned(1).turned(1).text == values.turned(-1).text

    def test_takes_values_from_the_library_by_any_of_their_words(self) -> None:
        found = completion("by:pap", 6, lambda name: Values(("samuel paparo", "papua", "who") if name == "by" else ()))
        assert found is not None
        assert ("by:papua", 'by:"samuel paparo"') == found.candidates

    def test_nothing_fits(self) -> None:
        assert completion("swans", 5, lambda _name: Values()) is None
        assert completion("kind:claim", 10, lambda _name: Values()) is None

    @pytest.mark.parametrize(
        ("text", "told"), [("k", False), ("kin", True), ("-kind:", True), ("a in:h", True), ("", False), ("a ", False)]
    )
    def test_is_told_unasked_only_when_it_helps(self, text: str, told: bool) -> None:
        assert told == (TypingAid(lambda _name: Values(("handbook",)), list).candidates(text, len(text)) is not None)

    def test_is_told_as_far_as_there_is_room(self) -> None:
        found = completion("kind:", 5, lambda _name: Values())
        assert found is not None
        said = "".join(piece.text for piece in completion_pieces(found, 40))
        assert said.startswith(" Tab  kind:background ")
        assert said.endswith(" …")
        assert cell_len(said) <= 40


class TestPointing:
    def test_points_at_the_cell(self) -> None:
        assert "    ^ wrong" == pointing("wrong", 4, 40)

    def test_stands_before_the_pointer_where_there_is_more_room(self) -> None:
        said = pointing("quite wrong", 36, 40)
        assert 36 == said.index(POINTER)
        assert said.endswith("quite wrong ^")

    @given(st.text(max_size=60), st.integers(-9, 300), st.integers(1, 120))
    def test_fits_any_width(self, message: str, at: int, width: int) -> None:
        said = pointing(message, at, width)
        assert POINTER in said
        assert cell_len(said) <= max(width, 2)

    def test_a_long_line_is_wrapped(self) -> None:
        said = "0 hits in 12 briefings, 431 entries, 84 sources; 71 source texts not held"
        assert said == " ".join(wrapped(said, 30))
        assert all(len(row) <= 30 for row in wrapped(said, 30))


class TestRecall:
    def test_goes_back_and_forth_and_ends_at_what_was_typed(self) -> None:
        aid = TypingAid(lambda _name: Values(), lambda: ["c", "typed", "b", "a"])
        aid.typed("typed")
        assert [("c", 1), ("b", 1), ("a", 1), None] == [aid.answer("up", "", 0) for _ in range(4)]
        assert [("b", 1), ("c", 1), ("typed", 5), None] == [aid.answer("down", "", 0) for _ in range(4)]

    def test_nothing_was_asked_yet(self) -> None:
        aid = TypingAid(lambda _name: Values(), list)
        assert aid.answer("up", "", 0) is None
        assert aid.answer("down", "", 0) is None


class TestPlaces:
    def test_hold_their_query(self) -> None:
        assert "kind:claim swans" == query_of(location_of("kind:claim swans"))
        assert "" == query_of(location_of(""))
        assert query_of(Location("sample", "search")) is None
        assert query_of(Location()) is None

    def test_of_hits(self) -> None:
        claim = shown(hit("a", 1), "x")
        assert Location("a", "claims", "b") == page_location(claim)
        assert Location("a", "source:i2", "b") == page_location(shown(hit("a", 2, "source"), "x"))
        assert Location("a", "entity:i3", "b") == page_location(shown(hit("a", 3, "entity"), "x"))


class TestPages:
    def test_hits_of_a_briefing_stand_together_and_the_best_one_first(self) -> None:
        hits = [hit("b", 1), hit("a", 1), hit("b", 2)]
        assert [("b", 1), ("b", 2), ("a", 1)] == [(one.briefing, one.index) for one in grouped(hits)]

    def test_a_hit_shows_what_it_is_and_its_words(self) -> None:
        hits = (hit("b", 1), hit("b", 2), hit("a", 1))
        answer = Answer(hits, Total(9, SEARCHED))
        matcher = Matcher(parse("swans").node)
        asked = []

        def show(one: Hit) -> Shown:
            asked.append(one)
            return shown(one, "Geese came. Seven swans stay. More came.", heading="Birds")

        page = results_page(answer, hits, show, matcher, {"b": 5}.get)  # type: ignore[arg-type]  # a dict for a function
        assert [] == asked
        assert 4 == len(page)
        first = page.block(0)
        assert "B  5\u00a0hits\n\nBirds\n… Seven swans stay. …\nclaim · B2 · Claims" == first.text
        assert ["swans"] == [span.text for para in first.paras for span in para.spans if span.role == "passage"]
        assert "Birds\n… Seven swans stay. …\nclaim · B2 · Claims" == page.block(1).text
        assert page.block(2).text.startswith("A\n")
        assert "… 6 more hits" == page.block(3).text
        assert hits[0] in asked

    def test_an_address_is_shown_only_where_nothing_else_has_the_words(self) -> None:
        one = hit("a", 1, "source")
        matcher = Matcher(parse("swans").node)
        answer = Answer((one,), Total(1, SEARCHED))
        sourced = shown(one, "Swans", "https://swans.example/swans-swans")
        assert (
            "Swans\nsource"
            in results_page(answer, (one,), lambda _hit: sourced, matcher, lambda _name: 0).block(0).text
        )

    def test_what_it_says_is_shown_also_where_the_words_stand_elsewhere(self) -> None:
        one = hit("a", 1)
        matcher = Matcher(parse("paparo").node)
        said = shown(one, "They will come.", "Samuel Paparo")
        page = results_page(Answer((one,), Total(1, SEARCHED)), (one,), lambda _hit: said, matcher, lambda _name: 0)
        assert "They will come.\nSamuel Paparo\nclaim" in page.block(0).text

    def test_what_has_changed_says_so(self) -> None:
        one = hit("a", 1)
        page = results_page(
            Answer((one,), Total(1, SEARCHED)), (one,), lambda _hit: None, Matcher(None), lambda _name: 0
        )
        assert "a\n\nThis has changed since it was indexed." == page.block(0).text
        assert "" == page.block(0).target

    def test_what_only_resembles_is_marked_as_such(self) -> None:
        one = hit("a", 1)
        answer = Answer((one,), Total(0, SEARCHED), ("swans",), fuzzy=True, alike=1)
        page = results_page(answer, (one,), lambda _hit: shown(one, "x"), Matcher(None), lambda _name: 0)
        assert page.block(0).text.startswith("Nothing is found as it is written. These only resemble it")
        assert "query:swans" in [span.target for para in page.block(0).paras for span in para.spans]
        assert "0 hits in 12 briefings, 431 entries, 84 sources; 71 source texts not held · 1 hit" in found_words(
            answer
        )

    def test_nothing_found_offers_spellings(self) -> None:
        page = results_page(
            Answer((), Total(0, SEARCHED), ("swans",)), (), lambda _hit: None, Matcher(None), lambda _name: 0
        )
        assert "query:swans" == page.block(0).target
        bare = results_page(Answer((), Total(0, SEARCHED)), (), lambda _hit: None, Matcher(None), lambda _name: 0)
        assert bare.block(0).text.startswith("Nothing is found.")

    def test_nothing_found_says_which_value_nothing_has(self) -> None:
        line = "by: nothing here has 'waden'; did you mean warden?"
        for suggestions in ((), ("by:warden",)):
            answer = Answer((), Total(0, SEARCHED), suggestions, unmet=(line,))
            page = results_page(answer, (), lambda _hit: None, Matcher(None), lambda _name: 0)
            assert line in page.block(0).text
            assert [f"query:{query}" for query in suggestions] == [
                page.block(place).target for place in range(1, len(page))
            ]

    def test_the_start_lists_saved_and_recent_queries(self) -> None:
        page = start_page(["saved one"], ["recent one"])
        assert ["query:saved one", "query:recent one", "page:grammar"] == [
            page.block(place).target for place in range(len(page))
        ]

    def test_the_help_has_every_field_and_every_rule(self) -> None:
        text = text_of(grammar_page(KEYMAP))
        markers = [para.marker.text for para in grammar_page(KEYMAP).block(0).paras if para.marker]
        assert all(field.example in markers and field.meaning in text for field in FIELDS.values())
        assert all(written in markers and meaning in text for written, meaning in GRAMMAR)
