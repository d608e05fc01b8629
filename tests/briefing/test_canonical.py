"""Texts as a person reads them: the form, and the exact way back."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.canonical import Alike, Canonical, canonical

UNSEEN = "\u00ad\u061c\u200b\u200e\u200f\u2060\u2064\ufeff"
TEXTS = st.text(
    st.sampled_from(
        f"aeo5.’'-– \n\t\r\u00a0\u2009\u202f\u2028\u3000{UNSEEN}\u0301\u0323\u0327é\u1e69\uac00\u1100\u1161\u11a8\u0f73\u0f71\u0b47\u0b3e漢\u212b\U0001d15e🦢"
    )
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


def naive(text: str) -> str:
    """Read a text without keeping the way back."""
    seen = "".join(character for character in text if character not in UNSEEN)
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", seen))


@given(TEXTS)
def test_the_form_is_the_naive_one(text: str) -> None:
    kept = "".join(character for character in text if character not in "\u2061\u2062\u2063")

    assert canonical(kept) == naive(kept) == Canonical(kept).text
    assert canonical(canonical(text)) == canonical(text)


@given(TEXTS, st.data())
def test_every_stretch_leads_back_to_what_reads_like_it(text: str, data: st.DataObject) -> None:
    read = Canonical(text)
    if not read.text:
        return
    start = data.draw(st.integers(0, len(read.text) - 1))
    end = data.draw(st.integers(start + 1, len(read.text)))

    first, last = read.back((start, end))

    assert 0 <= first < last <= len(text)
    wider = read.forth((first, last))
    assert wider[0] <= start < end <= wider[1]
    # More than was asked for is meant only where several characters stand for one or several: they count as a whole.
    assert read.back(wider) == (first, last)
    assert canonical(text[first:last]) == read.text[slice(*wider)]


@given(TEXTS)
def test_one_by_one_nothing_is_lost_and_the_order_stays(text: str) -> None:
    read = Canonical(text)
    spans = [read.back((at, at + 1)) for at in range(len(read.text))]

    assert spans == sorted(spans)
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(text[at] in f"{UNSEEN}\u2061\u2062\u2063" for at in range(len(text)) if at not in covered)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("no plans for an\nemergency", "no plans for an emergency"),
        ("5\u00a0%\u2009to \t\r\n\n 6", "5 % to 6"),
        ("co\u00adop\u00ad\u00aderates", "cooperates"),
        ("one \u00ad two\u00ad \u00adthree", "one two three"),
        ("Cafe\u0301 and \u1112\u1161\u11ab", "Café and 한"),
        ("s\u0323\u0307 is s\u0307\u0323", "ṩ is ṩ"),
        ("it’s – “so”…", "it’s – “so”…"),
        ("ﬁve Ⅳ ² ﬀ", "ﬁve Ⅳ ² ﬀ"),
    ],
)
def test_what_makes_no_difference_and_what_does(text: str, form: str) -> None:
    assert canonical(text) == Canonical(text).text == form


def test_the_way_back_is_exact() -> None:
    text = "The  co\u00adop Cafe\u0301\n\nhas\u00a05 %."
    read = Canonical(text)

    def behind(words: str) -> str:
        at = read.text.index(words)
        return text[slice(*read.back((at, at + len(words))))]

    assert behind("coop") == "co\u00adop"
    assert behind("Café has") == "Cafe\u0301\n\nhas"
    assert behind("5 %") == "5 %"
    assert behind("The coop") == "The  co\u00adop"


@pytest.mark.parametrize(
    ("one", "other"),
    [("it’s", "it's"), ("“so”", '"so"'), ("a – b", "a -- b"), ("a…", "a..."), ("می\u200cخواهم", "میخواهم")],
)
def test_signs_that_look_alike(one: str, other: str) -> None:
    assert Alike(one).text == Alike(other).text
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(("one", "other"), [("a, b", "a b"), ("it's", "its"), ("5", "S"), ("'a'", '"a"'), ("а", "a")])
def test_other_signs_and_letters_are_never_alike(one: str, other: str) -> None:
    assert Alike(one).text != Alike(other).text


def test_a_long_text_takes_time_by_its_length_alone() -> None:
    """Marks without end, and runs without end, are read once."""
    for text in (
        "a" + "\u0301" * 200_000 + "\u0323",
        "\u00ad \n" * 100_000,
        "\u1100\u1161\u11a8" * 50_000,
        "e\u0301" * 100_000,
    ):
        read = Canonical(text)
        assert read.text == canonical(text)
        assert read.back((0, len(read.text)))[1] >= len(text) - 3
