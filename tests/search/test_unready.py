"""What was not searched is said wherever hits are counted, and nothing searched is no zero."""

import ast
import json
import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tui
from tests.search.conftest import Library
from tui.render.exports import EXPORTS
from tui.render.hits import SearchResult, absence_words, gap_words, searched_words
from tui.search.answers import Answer, Hit, Searched, Total
from tui.search.matcher import Matcher
from tui.search.query import parse
from tui.search.service import Values
from tui.session.search.completion import completion
from tui.session.search.hints import completion_pieces, found_words
from tui.session.search.pages import results_page

SEARCHED: Final = st.builds(
    Searched,
    st.integers(0, 3),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 9),
    unread=st.sampled_from(((), ("lost",))),
    waiting=st.integers(0, 2),
    outdated=st.integers(0, 2),
    listed=st.booleans(),
    failed=st.booleans(),
    away=st.integers(0, 1),
)
COUNTED: Final = {
    "render/hits.py",
    "render/formats/json.py",
    "search/answers.py",
    "search/run.py",
    "kiosk/search/responder.py",
}
"""The modules that take the bare number out of a total: to say it, or to reckon with it."""


def answers(total: Total) -> dict[str, Answer]:
    """Make an answer of each shape with this total, by its name."""
    hit = Hit("pond", Path("pond"), "claim", 0, -1, 1.0)
    found = (hit,) * min(total.number, 3)
    most = parse("swan").node
    return {
        "found": Answer(found, total, node=most),
        "resembling": Answer((hit,), Total(0, total.searched), fuzzy=True, alike=1, suggestions=("swans",)),
        "spelt": Answer((), Total(0, total.searched), suggestions=("swans",)),
        "none": Answer((), Total(0, total.searched)),
    }


def told(answer: Answer) -> dict[str, str]:
    """Return what each consumer says of an answer."""
    result = SearchResult("swan", answer, lambda _hit: None, dict)
    page = results_page(answer, answer.hits, lambda _hit: None, Matcher(None), lambda _name: 0)
    words = "\n".join(page.block(index).text for index in range(len(page)))
    return {
        **{name: "\n".join(export.answer(result, 80)) for name, export in EXPORTS.items() if "answer" in export.writes},
        "screen": f"{found_words(answer)}\n{words}",
    }


@given(number=st.integers(0, 3), searched=SEARCHED)
def test_each_consumer_says_what_was_not_searched(number: int, searched: Searched) -> None:
    for shape, answer in answers(Total(number, searched)).items():
        for consumer, said in told(answer).items():
            for gap in gap_words(searched):
                assert gap in said, (shape, consumer)
            if gap_words(searched):
                assert "Nothing is found." not in said, (shape, consumer)
                assert "Not found as written." not in said, (shape, consumer)
            if searched.is_nothing and consumer != "json":
                assert not re.search(r"\b\d+ hits? in\b", said), (shape, consumer)


@given(number=st.integers(0, 3), searched=SEARCHED)
def test_a_program_that_reads_json_is_told_as_well(number: int, searched: Searched) -> None:
    read = json.loads(told(answers(Total(number, searched))["found"])["json"])
    assert read["total"] == number
    assert read["searched"]["complete"] is searched.complete
    assert read["searched"]["complete"] is not bool(read["searched"]["missing"])
    assert read["searched"]["missing"] == list(gap_words(searched))


def test_a_whole_library_has_no_gap_and_a_true_zero() -> None:
    total = Total(0, Searched(2, 9, 1, 0))
    assert (total.is_absence, gap_words(total.searched)) == (True, ())
    assert absence_words(total) == "Nothing is found."
    assert searched_words(total) == "0 hits in 2 briefings, 9 entries, 1 source"


@pytest.mark.parametrize(
    ("searched", "said"),
    [
        (Searched(0, 0, 0, 0, listed=False), "The index is being built, and nothing is searched yet."),
        (Searched(0, 0, 0, 0, waiting=2), "The index is being built, and nothing is searched yet."),
        (Searched(0, 0, 0, 0, away=1), "Nothing was searched."),
        (Searched(0, 0, 0, 0, waiting=2, failed=True), "Nothing was searched."),
        (Searched(1, 9, 1, 0, waiting=1), "Nothing is found in what is searched so far: 1 briefing not indexed yet."),
        (Searched(1, 9, 1, 0, away=1), "Nothing is found in what is searched: 1 content folder could not be read."),
    ],
)
def test_nothing_is_found_only_where_everything_was_searched(searched: Searched, said: str) -> None:
    assert absence_words(Total(0, searched)) == said
    assert not Total(0, searched).is_absence or not searched.is_growing


def test_a_total_has_no_text_of_its_own() -> None:
    total = Total(0, Searched(0, 0, 0, 0, listed=False))
    for write in (str, "{}".format, lambda it: f"{it}"):
        with pytest.raises(TypeError):
            write(total)


def test_few_modules_take_the_number_out_of_a_total() -> None:
    top = Path(tui.__file__).parent
    found = {
        str(path.relative_to(top))
        for path in top.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "number" and ast.unparse(node.value).endswith("total")
    }
    assert found == COUNTED


def test_values_that_are_not_all_known_say_so() -> None:
    for known in ((), ("warden",)):
        values = Values(known, is_whole=False)
        found = completion("by:", 3, {"by": values}.__getitem__)
        assert found
        assert "the index is being built" in "".join(piece.text for piece in completion_pieces(found, 80))
    whole = completion("by:", 3, lambda _name: Values(("warden",)))
    assert whole
    assert "built" not in "".join(piece.text for piece in completion_pieces(whole, 80))
    assert completion("by:x", 4, lambda _name: Values(("warden",))) is None


class TestIndex:
    """What an index has is compared with the library, and nobody's word is taken for it."""

    def test_before_the_first_look_nothing_is_known(self, library: Library) -> None:
        library.claims("a", "one")
        searched = library.search("one").searched
        assert (searched.is_nothing, searched.listed) == (True, False)

    def test_a_library_that_is_half_read_is_not_complete(self, library: Library) -> None:
        for name in "abc":
            library.claims(name, "one")
        seen = []

        def stop(_done: int, _all: int) -> bool:
            library.index.update(library.catalogue)
            seen.append(library.search("two"))
            return False

        library.catalogue.refresh(stop)
        [answer] = seen
        assert (answer.searched.briefings, answer.searched.waiting) == (1, 2)
        assert not answer.total.is_absence
        library.update()
        assert library.search("two").total.is_absence

    def test_a_view_from_before_the_end_of_an_update_is_not_complete(self, library: Library) -> None:
        library.claims("a", "one")
        library.update()
        library.claims("b", "two")
        library.catalogue.refresh()
        library.index.complete = True  # as another thread may set it between the view and the question
        assert library.search("two").searched.waiting == 1

    def test_a_changed_briefing_is_outdated_until_it_is_indexed(self, library: Library) -> None:
        library.claims("a", "one")
        library.update()
        library.claims("a", "two words")
        library.catalogue.refresh()
        searched = library.search("two").searched
        assert (searched.waiting, searched.outdated, searched.complete) == (0, 1, False)
        library.update()
        assert library.search("two").searched.complete
