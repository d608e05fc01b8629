"""Finding words: folded, across line breaks, counted, and round again."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import effort
from tui.briefing.kinds import ENTRY_PANES
from tui.language.tokens import words_of
from tui.library.volume import Volume
from tui.render import pages
from tui.render.page import Block, Page, fixed, line
from tui.search.query import parse
from tui.session.find.finder import Finder
from tui.session.find.matches import Match, Matches

Made = Callable[..., Volume]
CLAIM = '[[claim]]\nid = "a"\nby = "x"\n'


def page(*texts: str) -> Page:
    """Make a page of a block for each text, a paragraph for each of its lines."""
    return fixed("Page", [Block(str(n), tuple(line(row) for row in text.split("\n"))) for n, text in enumerate(texts)])


def test_words_of_a_huge_paragraph_are_found_where_they_stand() -> None:
    """It is read in pieces, and no word is parted by them."""
    text = "Ä first. " + "wide water " * 60_000 + "one swan here " + "x" * 500_000 + " last word"
    assert ["one swan here"] == found_in('"one swan here"', text)
    assert ["last word"] == found_in('"last word"', text)
    assert ["first. wide"] == found_in('"first wide"', text)
    assert 60_000 == len(found_in('"wide water"', text))


def words_at(finder: Finder, match: Match) -> str:
    """Give the words that a match marks."""
    found = dict(finder.pages)[match.page].block(match.block).paras[match.para].text
    return found[match.start : match.end]


def found_in(words: str, *texts: str) -> list[str]:
    """Find words in texts and give what is marked."""
    finder = Finder([("page", page(*texts))])
    return [words_at(finder, match) for match in found_by(finder, words)]


def found_by(finder: Finder, words: str) -> Matches:
    """Find words while they are being typed."""
    return finder.find(parse(words, typing=True))


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("swans", "Seven swans, and SWANS again", ["swans", "SWANS"]),
        ("SWANS", "seven swans", ["swans"]),
        ("aa", "aaaaa baa", ["aaaaa"]),
        ("swan", "a swan's swans; swanlike", ["swan", "swans", "swanlike"]),
        ("swan ", "a swan's swans; swanlike", ["swan", "swans"]),
        ("cafe", "a Café, a cafe\u0301 and a cafe", ["Café", "cafe\u0301", "cafe"]),
        ("café", "a cafe", ["cafe"]),
        ("don't", "they don’t", ["don’t"]),
        ('"no"', "he said “no” and «no»; none", ["no", "no"]),
        ('"white swans"', "White swans, swans, white", ["White swans"]),
        ("swans OR geese", "Swans\nand geese", ["Swans", "geese"]),
        ("swans -geese", "Swans\nand geese", []),
        ("swans -geese ", "Swans", ["Swans"]),
        ("kind:claim swans", "Swans", []),
        ("-kind:claim swans", "Swans", ["Swans"]),
        ("kind:claim", "Swans", []),
        ('"unclosed', "unclosed", []),
        ("北京", "他在北京市", ["北京"]),
        ("kn-23", "the KN‑23 and the ＫＮ－２３", ["KN‑23", "ＫＮ－２３"]),
        ("missile", "a mis\u00adsile", ["mis\u00adsile"]),
        ("a  b", "a b", ["a", "b"]),
        ("strasse", "Straße", ["Straße"]),
        ("geese", "seven swans", []),
        ("", "seven swans", []),
        ("   ", "seven swans", []),
        ("\u00ad", "seven swans", []),
    ],
)
def test_words_are_found_however_they_are_written(words: str, text: str, marked: list[str]) -> None:
    assert marked == found_in(words, text)


@pytest.mark.parametrize(
    ("words", "text", "marked", "spelling"),
    [
        ("gesse", "seven geese", ["geese"], "geese"),
        ("seven gesse", "seven geese", ["seven", "geese"], "seven geese"),
        ("ช่อง", "ไทยไม่มีช่องว่าง", ["ช่อง"], ""),
        ("صواريخ", "وصلت الصواريخ", ["الصواريخ"], ""),
        ("geese", "seven geese", ["geese"], ""),
        ("xylophone", "seven geese", [], ""),
    ],
)
def test_words_have_the_spellings_of_the_search_over_everything(
    words: str, text: str, marked: list[str], spelling: str
) -> None:
    found = found_by(finder := Finder([("page", page(text))]), words)
    assert [words_at(finder, match) for match in found] == marked
    assert found.spelling == spelling


@pytest.mark.timed
def test_a_misspelt_word_is_answered_within_the_bar_of_a_key() -> None:
    """In a large vocabulary, once it has been read."""
    finder = Finder([("page", page(*(f"word{number} of geese{number % 97}" for number in range(20_000))))])
    assert found_by(finder, "geese1 ")
    assert effort(lambda: found_by(finder, "geeese11 ").spelling) < 100


def test_a_phrase_never_runs_from_one_paragraph_into_the_next() -> None:
    assert [] == found_in('"swans geese"', "swans\ngeese")
    assert [] == found_in('"swans geese" swans', "swans\ngeese")


def test_all_words_are_required_of_an_entry_and_not_of_each_of_its_paragraphs() -> None:
    assert ["swans", "geese"] == found_in("swans geese", "swans\ngeese", "swans", "geese")


def test_matches_come_in_reading_order_with_their_places() -> None:
    finder = Finder([("b", page("x", "no\nx x")), ("a", page("x"))])
    expected = [
        Match("b", 0, 0, 0, 1),
        Match("b", 1, 1, 0, 1),
        Match("b", 1, 1, 2, 3),
        Match("a", 0, 0, 0, 1),
    ]
    assert expected == list(found_by(finder, "x"))
    assert expected == list(found_by(finder, "X"))


def test_words_are_found_across_the_line_breaks_of_the_toml(made: Made) -> None:
    volume = made(f'{CLAIM}text = """Seven\nlarge   white\n   swans, and  more."""')
    finder = Finder([("claims", pages.pane_page(volume, "claims"))])
    found = found_by(finder, '"seven large white swans"')
    assert ["Seven large white swans"] == [" ".join(words_at(finder, match).split()) for match in found]
    assert 1 == len(found_by(finder, '"swans, and more"'))


def test_words_are_found_across_the_lines_of_the_screen_and_across_emphasis(made: Made) -> None:
    volume = made(f'{CLAIM}text = "Seven *large* **white** swans."')
    finder = Finder([("claims", pages.pane_page(volume, "claims"))])
    found = found_by(finder, '"seven large white swans"')
    assert ["Seven large white swans"] == [words_at(finder, match) for match in found]


def test_a_search_that_is_cancelled_gives_nothing_and_spoils_nothing() -> None:
    finder = Finder([("page", page("x", "x", "x"))])
    asked = iter([False, True])
    assert not finder.find(parse("x"), cancelled=lambda: next(asked))
    assert 3 == len(found_by(finder, "x"))


def test_every_pane_of_a_briefing_is_searched(volume: Volume) -> None:
    finder = Finder([(name, pages.pane_page(volume, name)) for name in [*ENTRY_PANES, "sources"]])
    for name, one in finder.pages:
        for place in range(len(one)):
            first = words_of(one.block(place).text).split()[0]
            assert any((name, place) == (match.page, match.block) for match in found_by(finder, first))


# Going round

FOUND = found_by(Finder([("b", page("one x", "no", "no\nx")), ("a", page("x"))]), "x")


@pytest.mark.parametrize(
    ("after", "forwards", "backwards"),
    [
        ((0, 0, 0, 0, 0), 0, 2),
        ((0, 0, 0, 0, 4), 1, 2),
        ((0, 0, 0, 0, 5), 1, 0),
        ((0, 2, 0, 1, 0), 2, 0),
        ((1, 0, 0, 0, 0), 0, 1),
        ((1, 9, 0, 9, 9), 0, 2),
        ((-1, 0, 0, 0, 0), 0, 2),
    ],
)
def test_the_next_match_goes_round_both_ways(
    after: tuple[int, int, int, int, int], forwards: int, backwards: int
) -> None:
    assert [Match("b", 0, 0, 4, 5), Match("b", 2, 1, 0, 1), Match("a", 0, 0, 0, 1)] == list(FOUND)
    assert (forwards, backwards) == (FOUND.next(after, 1), FOUND.next(after, -1))


@given(st.integers(1, 12), st.sampled_from([1, -1]))
def test_going_on_visits_every_match_once_before_it_comes_round(number: int, step: int) -> None:
    matches = found_by(Finder([("a", page(*["x x\nx"] * number))]), "x")
    number *= 3
    at = 0
    seen = []
    for match in matches:
        assert match in matches.at("a", match.block)
        assert 3 == len(matches.at("a", match.block))
    for _ in matches:
        match = matches[at]
        at = matches.next((0, match.block, 0, match.para, match.start), step)
        seen.append(at)
    assert at == 0
    assert list(range(number)) == sorted(seen)
