"""The grammar: what a text means, and where an error is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import effort
from tui.search.fields import FIELDS, SYNONYMS, complete, grammar_help
from tui.search.nodes import And, Field, Node, Not, Or, Phrase, Word, leaves
from tui.search.query import MAX_LENGTH, QueryError, parse

PIECES = st.lists(
    st.sampled_from(
        [
            '"',
            "(",
            ")",
            "-",
            " ",
            "OR",
            ":",
            "kind:",
            "date:",
            "2025",
            "..",
            "claim",
            "a",
            "é",
            "北",
            "*",
            "\x00",
            "“",
            "”",
            "is:",
            "\n",
        ]
    ),
    max_size=30,
).map("".join)
_FROM_VERY_LIKELY = ("very likely", "highly probable", "highly likely", "almost certain", "nearly certain")
"""Of both scales."""
NASTY = (
    '"' * 5000, "(" * 5000, ")" * 3999, "-" * 3999, "(((((" * 7 + "a" + ")))))" * 7, "a" * 100_000, "a " * 2000,
    "\x00\x1b[31m\x07", "\u202eabc\u202c", "👩‍👩‍👧‍👦 🏴‍☠️", "(a+)+$" * 100, ".*" * 1000, "kind:" * 500, "a OR " * 700,
    "date:" + "9" * 1000, "date:0000..9999", "\ud800\udfff", "e" + "\u0301" * 3000, "北" * 3999, 'quote:"' + "x " * 900 + '"',
    "-(" * 30 + "a" + ")" * 30, "*", "* * *", '""', '"" ""', "::", "in:=", 'by:""', "is:", "～！＠＃", "\u200b\u200d\u2060",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("swan", Word("swan", 0, 4)),
        ("swa*", Word("swa", 0, 4, prefix=True)),
        ("two words", And((Word("two", 0, 3), Word("words", 4, 9)), 0, 9)),
        ('"exact phrase"', Phrase("exact phrase", 0, 14)),
        ("“exact phrase”", Phrase("exact phrase", 0, 14)),
        ("a -b", And((Word("a", 0, 1), Not(Word("b", 3, 4), 2, 4)), 0, 4)),
        ("a OR b", Or((Word("a", 0, 1), Word("b", 5, 6)), 0, 6)),
        ("(a)", Word("a", 1, 2)),
        ("a or b", And((Word("a", 0, 1), Word("or", 2, 4), Word("b", 5, 6)), 0, 6)),
        ("KIND:claim", Field("kind", ("claim",), 0, 10)),
        ("rating:b2", Field("rating", ("B2",), 0, 9)),
        ("reliability:A..C", Field("reliability", ("A", "B", "C"), 0, 16)),
        ("rating:B2..C3", Field("rating", ("B2", "B3", "C2", "C3"), 0, 13)),
        ("likelihood:very-likely", Field("likelihood", ("very likely",), 0, 22)),
        ("likelihood:>=very-likely", Field("likelihood", _FROM_VERY_LIKELY, 0, 24)),
        ('likelihood:>="very likely"', Field("likelihood", _FROM_VERY_LIKELY, 0, 26)),
        ('likelihood:"≥very likely"', Field("likelihood", _FROM_VERY_LIKELY, 0, 25)),
        ("likelihood:>highly-likely", Field("likelihood", ("almost certain", "nearly certain"), 0, 25)),
        ("likelihood:<=remote", Field("likelihood", ("remote chance", "almost no chance", "remote"), 0, 19)),
        ("likelihood:likely..probable", Field("likelihood", ("likely", "probable"), 0, 27)),
        ("confidence:<high", Field("confidence", ("low", "moderate"), 0, 16)),
        ("kind:dispute", Field("kind", ("dispute",), 0, 12)),
        ('likelihood:"very likely"', Field("likelihood", ("very likely",), 0, 24)),
        ("date:2025-04..2025-06", Field("date", ("2025-04", "2025-06"), 0, 21)),
        ("date:2025", Field("date", ("2025", "2025"), 0, 9)),
        ("date:2024/..", Field("date", ("2024", ""), 0, 12)),
        ("date:..2024", Field("date", ("", "2024"), 0, 11)),
        ("quote:axis", Field("quote", ("axis",), 0, 10)),
        ("by:paparo", Field("by", ("paparo",), 0, 9)),
        ("https://example.org", Word("https://example.org", 0, 19)),
        ("12:30", Word("12:30", 0, 5)),
    ],
)
def test_what_a_text_means(text: str, node: Node | None) -> None:
    parsed = parse(text)
    assert (node, None) == (parsed.node, parsed.error)


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ('a "b', 2, "not closed"),
        ("(a", 0, "not closed"),
        ("a)", 1, "closes nothing"),
        ("OR a", 0, "nothing stands before"),
        ("a OR", 2, "nothing follows"),
        ("(a OR)", 3, "nothing follows"),
        ("a kind:clam", 7, "did you mean claim?"),
        ("kind:", 5, "needs a value"),
        ("knd:claim", 0, "did you mean kind: ?"),
        ("date:soon", 5, "needs a date"),
        ("reliability:A..Z", 12, "has no value 'Z'"),
        ("reliability:>=B", 12, "has no value '>=B'; there are A, B, C, D, E, F"),
        ("likelihood:>=liekly", 11, "did you mean likely?"),
        ('likelihood:"quite likely"', 11, "there are remote chance"),
        ("confidence:>high", 11, "nothing is > high; there are low, moderate, high"),
        ('likelihood:>="likely', 13, "not closed"),
        ("(" * 60 + "a" + ")" * 60, 40, "deep"),
        ("a" * (MAX_LENGTH + 1), MAX_LENGTH, "at most"),
        ("a " * 100, 128, "at most 64 words"),
    ],
)
def test_an_error_points_at_its_character(text: str, at: int, words: str) -> None:
    parsed = parse(text)
    assert parsed.node is None
    assert parsed.error
    assert at == parsed.error.at
    assert words in parsed.error.message


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("author:kim", 0, "there is no field 'author'; did you mean by: ?"),
        ("swans author: kim", 6, "did you mean by: ?"),
        ("-Speaker:kim", 1, "did you mean by: ?"),
        ("(year:2025)", 1, "did you mean date: ?"),
        ("foo:", 0, "there is no field 'foo'; there are kind, in, by,"),
        ("foo:bar", 0, "quotation marks for words"),
        ("rests_on:x", 0, "there is no field 'rests_on'"),
        ("автор:ким", 0, "there is no field 'автор'"),
        ("knid:claim", 0, "did you mean kind: ?"),
        ('foo:"two words"', 0, "there is no field 'foo'"),
    ],
)
@pytest.mark.parametrize("typing", [False, True])
def test_a_field_that_there_is_not_is_explained(text: str, at: int, words: str, *, typing: bool) -> None:
    error = parse(text, typing=typing).error
    assert error
    assert at == error.at
    assert words in error.message


@pytest.mark.parametrize(
    "text",
    ["https://a.example/b", "doi:10.1000/182", "at 10:30", "KN-23:", "a.example:80/x", '"author: kim"', "mailto:x"],
)
def test_an_address_or_a_time_is_no_field(text: str) -> None:
    assert parse(text).error is None


def test_what_other_programs_call_a_field_is_none_of_ours() -> None:
    assert set() == SYNONYMS.keys() & FIELDS.keys()
    assert SYNONYMS.keys() >= {"author", "type", "briefing"}
    assert set(FIELDS) >= set(SYNONYMS.values())


def test_the_last_word_is_a_prefix_while_typing() -> None:
    assert And((Word("a", 0, 1), Word("mis", 2, 5, prefix=True)), 0, 5) == parse("a mis", typing=True).node
    assert Word("mis", 0, 3) == parse("mis ", typing=True).node
    assert Field("kind", ("claim",), 0, 7, prefix=True) == parse("kind:cl", typing=True).node
    assert Field("likelihood", _FROM_VERY_LIKELY[3:], 0, 16, prefix=True) == parse("likelihood:>=nea", typing=True).node
    assert Field("date", ("2025", "2025"), 0, 11, prefix=True) == parse("date:2025-0", typing=True).node
    assert parse("a kind:", typing=True).error is None
    assert parse("a OR", typing=True).error is None


@given(st.one_of(PIECES, st.text(max_size=60)), st.booleans())
def test_any_text_is_a_tree_or_one_error_with_its_place(text: str, typing: bool) -> None:
    parsed = parse(text, typing=typing)
    if parsed.error:
        assert parsed.node is None
        assert 0 <= parsed.error.at <= len(text)
        assert "\n" not in parsed.error.message
    for leaf in leaves(parsed.node, negated=True):
        assert 0 <= leaf.start < leaf.end <= len(text)


@pytest.mark.timed
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_texts_take_no_time(text: str) -> None:
    assert effort(lambda: parse(text, typing=True)) < 100


def test_the_help_is_made_of_the_grammar() -> None:
    """Every field stands in it by an example that parses."""
    written = [example for example, _ in grammar_help()]
    assert set(FIELDS) == {example.partition(":")[0] for example in written if ":" in example}
    assert not [example for example in written if parse(example).error]


@pytest.mark.parametrize(
    ("text", "start", "candidates"),
    [
        ("ki", 0, ("kind:",)),
        ("swan -r", 6, ("rating:", "reliability:")),
        ("kind:cl", 0, ("kind:claim",)),
        ("(kind:so", 1, ("kind:source",)),
        ("likelihood:very", 0, ('likelihood:"very unlikely"', 'likelihood:"very likely"')),
        ("in:hand", 0, ("in:handbook",)),
        ("nothing:x", 0, ()),
        ("", 0, ()),
    ],
)
def test_fields_and_values_are_completed(text: str, start: int, candidates: tuple[str, ...]) -> None:
    assert (start, candidates) == complete(text, len(text), lambda name: ("handbook",) if name == "in" else ())


@pytest.mark.parametrize("text", ["", "  ", "...", "?!", "()", "-", '""', " · ", "- -"])
def test_a_query_without_a_word_says_so(text: str) -> None:
    at = len(text) - len(text.lstrip()) if text.strip() else 0
    assert parse(text).error == QueryError("there is no word in this to look for", at)


@pytest.mark.parametrize("text", ["", "  ", "-", "(", "kind:", "a -"])
def test_what_is_only_begun_is_no_query_without_a_word(text: str) -> None:
    error = parse(text, typing=True).error
    assert error is None or "no word" not in error.message


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("rating:A", "rating: has no value 'A'; there are A1, A2, A3, A4, A5, A6; reliability:A is the letter alone"),
        ("kind:s", "kind: has no value 's'; there are source, statement"),
        ("has:q", "has: has no value 'q'; there are quote, quantity"),
    ],
)
def test_the_beginning_of_a_value_says_what_there_is(query: str, message: str) -> None:
    error = parse(query).error
    assert error is not None
    assert error.message == message
    assert parse(query, typing=True).error is None
