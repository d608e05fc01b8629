"""Folding: what is found, and where it stands in the original."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.language.folding import fold, fold_query

# Characters that folding takes apart, drops or widens, among ordinary ones.
ODD = st.text(st.sampled_from("aAeßﬁİéÉe\u0301\u0308\u00ad ‘’“”«»‐–—−ｅＦ…한가がか\u3099Σςǅ½\n\t\u00a0x"), max_size=12)
TEXTS = st.one_of(ODD, st.text(max_size=12))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("KN-23 Missile", "kn-23 missile"),
        ("Ünïcödé Łódź", "unicode łodz"),
        ("U\u0308ni\u0308", "uni"),
        ("ＫＮ－２３", "kn-23"),
        ("‘a’ ‚b‛ ʼc` ´d′", "'a' 'b' 'c' 'd'"),
        ("“a” „b‟ «c» ″", '"a" "b" "c" "'),
        ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
        ("mis\u00adsile", "missile"),
        ("one\ntwo\tthree\u00a0four\u202ffive\u3000six", "one two three four five six"),
        ("one\ntwo`", "one two'"),
        ("Straße", "strasse"),
        ("ﬁle", "file"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("…", "..."),
        ("two  spaces \n and\u00a0 more", "two spaces and more"),
        ("été  \u00ad x", "ete x"),
        ("", ""),
    ],
)
def test_what_is_alike_folds_alike(written: str, folded: str) -> None:
    assert folded == fold(written).text


def test_ascii_keeps_its_offsets_without_a_table() -> None:
    folded = fold("Swans On A Pond")
    assert folded.origins is None
    assert (6, 8) == folded.original(6, 8)


@pytest.mark.parametrize(
    ("text", "words", "original"),
    [
        ("a missile café", "cafe", "café"),
        ("a cafe\u0301 here", "cafe", "cafe\u0301"),
        ("a cafe\u0301", "cafe", "cafe\u0301"),
        ("a cafe\u0301\u0308", "e", "e\u0301\u0308"),
        ("mis\u00adsile", "missile", "mis\u00adsile"),
        ("mis\u00adsile", "mis", "mis\u00ad"),
        ("ab\u00ad", "ab", "ab\u00ad"),
        ("Straße", "s", "S"),
        ("Maße", "ass", "aß"),
        ("Maße", "se", "ße"),
        ("ﬁle", "i", "ﬁ"),
        ("he said “no”", '"no"', "“no”"),
        ("a  b", "a b", "a  b"),
        ("one \n two", "one ", "one \n "),
    ],
)
def test_a_match_is_shown_in_whole_characters(text: str, words: str, original: str) -> None:
    folded = fold(text)
    at = folded.text.index(words)
    start, end = folded.original(at, at + len(words))
    assert original == text[start:end]


@given(TEXTS, st.data())
@example("e\u0301", None)
def test_the_original_of_any_match_folds_to_what_holds_it(text: str, data: st.DataObject | None) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(folded.text))) if data else len(folded.text)
    first, behind = folded.original(start, end)
    assert 0 <= first < behind <= len(text)
    assert folded.text[start:end] in fold(text[first:behind]).text


@given(TEXTS)
def test_the_whole_folded_text_comes_from_the_whole_text(text: str) -> None:
    folded = fold(text)
    if folded.text:
        start, end = folded.original(0, len(folded.text))
        assert fold(text[start:end]).text == folded.text
        assert end == len(text)


@given(TEXTS, TEXTS)
def test_a_text_is_found_wherever_it_stands(one: str, other: str) -> None:
    assert fold_query(one) in fold(f"{other}{one}{other}").text


@pytest.mark.parametrize(
    ("typed", "query"),
    [("  Two   words ", "two words"), ("a\nb", "a b"), ("", ""), (" \t\n", ""), ("\u00ad", ""), ("«Né»", '"ne"')],
)
def test_a_query_is_folded_and_its_spaces_are_one(typed: str, query: str) -> None:
    assert query == fold_query(typed)
