"""The words of a text: folded alike wherever they come from, and each with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.language.tokens import tokens, words_of

ODD = st.text(
    st.sampled_from("aB9_é\u0301ﬁßŁ-‐’'\u00ad\u200b 北ガか\u3099한가ᄒ\u1161\u11ab½＆ＫＮकि्😀\n٣"), max_size=20
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KN-23 Missile’s", "kn 23 missile s"),
        ("ＫＮ－２３", "kn 23"),
        ("mis\u00adsile", "missile"),
        ("Łódź Straße ﬁle", "lodz strasse file"),
        ("U\u0308ber über", "uber uber"),
        ("미사일", "미 사 일"),
        ("\u1106\u1175\u1109\u1161\u110b\u1175\u11af", "미 사 일"),
        ("北朝鮮のKN-23", "北 朝 鮮 の kn 23"),
        ("“quoted” «words»", "quoted words"),
        ("a_b\tc\nd", "a b c d"),
        ("😀 …", ""),
        ("Ким Чен Ын", "ким чен ын"),
    ],
)
def test_words_are_folded(text: str, words: str) -> None:
    assert words == words_of(text)


@given(st.one_of(ODD, st.text(max_size=20)))
def test_words_and_their_places_agree(text: str) -> None:
    found = tokens(text)
    assert words_of(text).split() == [token.text for token in found]
    ends = [(token.start, token.end) for token in found]
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert sorted(ends) == ends
