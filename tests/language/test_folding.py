"""Folding: characters that are written otherwise and found alike."""

import pytest

from tui.language.tokens import folded_character


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
        ("", ""),
    ],
)
def test_what_is_alike_folds_alike(written: str, folded: str) -> None:
    assert folded == "".join(map(folded_character, written))
