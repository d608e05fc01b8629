"""What is known of words before they are quoted."""

import tomli
from hypothesis import given
from hypothesis import strategies as st

from tui.authoring.quotations import quotation, trimmed
from tui.briefing import anchors
from tui.briefing.canonical import Canonical, canonical

TEXT = "Title\n\nThe keeper said that there may be seven swans. He saw seven geese.\n\nNobody\tcame. " + "word " * 30
PARTS = anchors.paragraphs(TEXT, "Title")
READ = Canonical(TEXT)


def remarks(words: str, lang: str = "en") -> str:
    start = TEXT.index(words)
    return " ".join(quotation(READ, PARTS, "pond", (start, start + len(words)), lang).remarks)


def test_good_words_have_no_remarks() -> None:
    found = quotation(READ, PARTS, "pond", (TEXT.index("He saw"), TEXT.index("He saw") + 18))
    assert ('{ source = "pond", quote = "He saw seven geese" }', 4, 1, 1, ()) == found


def test_a_hedge_that_is_left_out_is_told() -> None:
    assert "hedged by “may”, and the quote is not (Q004)" in remarks("seven swans")
    assert "" == remarks("may be seven swans")
    assert "" == remarks("seven swans", "xx")


def test_the_hedge_of_another_paragraph_is_none() -> None:
    text = "It names the firm for the work, Marlin Inc.\n    It will begin in May\nif it gets the stone, she said.\n"
    parts = anchors.paragraphs(text)
    found = {
        words: anchored.remarks
        for words in ("the work", "begin in May")
        for at in [text.index(words)]
        for anchored in [quotation(Canonical(text), parts, "pond", (at, at + len(words)))]
    }

    assert not found["the work"]
    assert "hedged by “if”" in found["begin in May"][0]


def test_length_paragraphs_and_forbidden_characters() -> None:
    assert "longer than 20 words (Q006)" in remarks("word " * 21)
    assert "over the end of a paragraph (Q003)" in remarks("geese.\n\nNobody")
    assert "" == remarks("Nobody\tcame")


def test_a_footnote_is_written_as_it_is_read() -> None:
    text = "It co\u00adoperates\u00a0well\nwith Cafe\u0301 \u202e Point."
    read, parts = Canonical(text), anchors.paragraphs(text)

    found = quotation(read, parts, "pond", (0, text.index(" \u202e")))
    assert '{ source = "pond", quote = "It cooperates well with Café" }' == found.line
    assert "forbidden character U+202E" in " ".join(quotation(read, parts, "pond", (0, len(text))).remarks)


def test_words_that_nothing_tells_apart_have_no_line() -> None:
    start = TEXT.index("word word") + 60
    found = quotation(READ, PARTS, "pond", (start, start + 4))
    assert ("", 30) == (found.line, found.occurrences)
    assert "choose more words" in found.remarks[0]


def test_trimming() -> None:
    assert (1, 4) == trimmed("“one,”", 0, 6)
    assert (0, 3) == trimmed("...", 0, 3)


@given(st.text(min_size=1, max_size=40), st.data())
def test_any_words_of_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = quotation(Canonical(text), anchors.paragraphs(text), "pond", (start, end))
    if found.line:
        cited = tomli.loads(f"a = {found.line}")["a"]
        (place,) = anchors.find(Canonical(text), cited["quote"], cited.get("prefix", ""), cited.get("suffix", ""))
        assert place[0] <= end
        assert start < place[1]
    else:
        assert found.remarks or not canonical(text[start:end]).strip()  # nothing of it is read
