"""Drafting from a text: whatever the text, the draft loads, asserts nothing, and quotes byte for byte."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.authoring import drafts as drafting
from tui.authoring.drafts import draft, title_of
from tui.authoring.extraction.description import LOOKED_FOR, About
from tui.briefing import anchors
from tui.briefing.canonical import Canonical
from tui.briefing.loader import load_bytes
from tui.briefing.model import Briefing
from tui.briefing.page_breaks import PageBreaks
from tui.checks.families.drafts import is_placeholder
from tui.language.identification import language_among

TEXTS = Path(__file__).parents[1] / "importing" / "texts"
HARBOUR = (TEXTS / "harbour.txt").read_text(encoding="utf-8")
DAY = date(2026, 11, 22)
PIECES = st.sampled_from(
    [
        "Officials said that ", "he may ", "reportedly ", "should stop", "“It could be so for all of us,” ", "argued Ann Lee",
        ".", ". ", "\n", "\n\n", "[[claim]]", "]]", "*", "`", '"""', "\\", "#", " = ", "\t", "\r\n", "\u202e", "\x00", "ä", "?",
        "the swans ", "the swans ", "— ", "“", "”", "1. ", "- ",
    ]
)  # fmt: skip


def drafted(text: str, lang: str = "en", title: str = "") -> Briefing:
    """Draft from a text, and load what was drafted."""
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    loaded = load_bytes(draft(text, sha256, "drafted", lang, DAY, title=title).toml.encode(), "drafted.toml")
    assert loaded.problems == ()
    assert loaded.briefing is not None
    return loaded.briefing


def check(text: str, briefing: Briefing) -> None:
    """Check that every entry is a draft and every quote stands once, in the paragraph that is named."""
    parts = anchors.paragraphs(text, briefing.source[0].title)
    for entry in briefing.entries():
        assert entry.draft
        assert getattr(entry, "assess", None) is None
        assert getattr(entry, "credibility", None) is None
        for _, cited in entry.cited():
            if cited.quote is None:
                continue
            ((at, _),) = anchors.find(Canonical(text), cited.quote, cited.prefix or "", cited.suffix or "")
            sheet = PageBreaks(text).page_of(at)
            assert cited.page == (str(sheet) if sheet else f"¶{anchors.paragraph_of(parts, at)}")


def test_a_draft_of_a_text_of_our_own() -> None:
    briefing = drafted(HARBOUR)
    check(HARBOUR, briefing)
    assert briefing.briefing.title == "Harbour dredging at Orrin Sound draws doubts over cost and mud"
    assert len(briefing.background) == 14
    assert briefing.source[0].unknown == ()
    assert briefing.source[0].accessed == DAY.isoformat()
    assert all(cited.quote for entry in briefing.entries() for _, cited in entry.cited())
    views = {view.who: view.text for view in briefing.view}
    assert "Tove Ansgar" in views
    assert "Proposed as a view from ¶6" in views["Tove Ansgar"]
    assert any(claim.hedge == "reportedly" for claim in briefing.claim)
    assert any(one.by == "The state auditor" for one in briefing.recommendation)


def test_words_in_quotation_marks_are_direct() -> None:
    briefing = drafted("A title\n\n“We have counted all of the swans here twice,” said Ann Lee.")
    assert [(view.who, view.cite[0].direct) for view in briefing.view] == [("Ann Lee", True)]


def test_the_bottom_line_holds_a_place_and_counts_nothing() -> None:
    """What it counted would be wrong with the next text, or the first answer."""
    bluf = drafted("It may rain.").briefing.bluf
    assert is_placeholder(bluf)
    assert bluf == drafted("\n\n".join(f"It may rain on day {number}." for number in range(12))).briefing.bluf


def test_marks_that_prose_reads_as_they_stand_are_kept() -> None:
    """Without its brackets or its star a figure would be another."""
    texts = {
        "In 2025[2] the village had 148[4] people.": "“In 2025[2] the village had 148[4] people”",
        "The tower has 5*3 floors.": "“The tower has 5*3 floors”",
        "It has *5* [[floors]] of `stone`.": "“It has 5 floors of stone”",
    }
    for text, words in texts.items():
        assert drafted(text).background[0].text == f"¶1 begins: {words}"


@pytest.mark.parametrize(
    ("text", "begin", "left_out"),
    [
        ("Bridge | Closed\nStone | 3 May\n\nThe keeper left.", ["The keeper left"], {"table": 1}),
        ("The keeper said | it may close\n\n---\n\nThe keeper left.", ["The keeper left"], {"table": 2}),
        ("- One item\n\n2. Two items\n\nThe keeper left.", ["The keeper left"], {"list": 2}),
        ("- one boat\n- two boats\n- three boats\n\nThe keeper left.", ["The keeper left"], {"list": 1}),
        ("- The keeper left.\n\n(a) the bridge is closed;", ["The keeper left", "the bridge is closed"], {}),
        ("— Perhaps he left. He was old.", ["Perhaps he left"], {}),
        ("Either | or is a choice.\nIt is made at home.\nIt is hard.", ["Either | or is a choice"], {}),
        ("1,204 boats came - no more.", ["1,204 boats came - no more"], {}),
    ],
)
def test_tables_and_lists_without_sentences_are_left_out_and_told(
    text: str, begin: list[str], left_out: dict[str, int]
) -> None:
    briefing = drafted(f"A title\n\n{text}")
    assert [entry.cite[0].quote for entry in briefing.background] == begin
    assert draft(f"A title\n\n{text}", "0" * 64, "drafted", "en", DAY).left_out == left_out
    assert ("being no prose" in (briefing.briefing.note or "")) == bool(left_out)
    assert not any("|" in (claim.cite[0].quote or "") for claim in briefing.claim)


def test_a_quote_keeps_both_its_quotation_marks_or_neither() -> None:
    briefing = drafted("A title\n\n“It may close,” said Ann Lee. The keeper said it was “not yet closed”.")
    assert [claim.cite[0].quote for claim in briefing.claim] == [
        "It may close",
        "it was “not yet closed”",
    ]
    assert briefing.background[0].cite[0].quote == "“It may close,” said Ann Lee"


def test_a_quote_that_stands_twice_gets_its_prefix() -> None:
    text = "T\n\nThe keeper said so.\n\nThen the keeper said so."
    assert drafted(text).background[0].cite[0].quote == "The keeper said so"
    text = "T\n\nHe may go.\n\nNow: he may go.\n\nHe may go."
    check(text, drafted(text))


def test_a_language_without_word_lists_has_its_paragraphs_alone() -> None:
    briefing = drafted("Une voie\n\nIl est possible que les cygnes partent.", "fr")
    assert (1, 0) == (len(briefing.background), len(briefing.claim))
    assert "no word lists for “fr”" in (briefing.briefing.note or "")


def test_a_text_without_a_title_takes_the_id_or_the_one_given() -> None:
    briefing = drafted("This is a sentence and no title. It goes on.")
    assert ("drafted", None) == (briefing.briefing.title, briefing.source[0].title)
    assert "title" in briefing.source[0].unknown
    assert drafted("This is a sentence.", title="Given").briefing.title == "Given"


def test_titles() -> None:
    assert "Swans" == title_of("Swans\n\nThere were seven.")
    assert "" == title_of("There were seven.\n\nMore.")
    assert "" == title_of("")
    assert "" == title_of("a\u202eb\n\nMore.")


def test_a_text_is_read_to_its_end_or_says_first_how_far(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(f"Swan number {number} came." for number in range(2005))
    assert len(drafted(text).background) == 2005
    assert draft(text, "0" * 64, "drafted", "en", DAY).limited == ""
    monkeypatch.setattr(drafting, "MOST_PARAGRAPHS", 2000)
    briefing = drafted(text)
    assert len(briefing.background) == 2000
    assert (briefing.briefing.note or "").startswith("2,000 of 2,005 paragraphs read. ")
    assert draft(text, "0" * 64, "drafted", "en", DAY).limited == "2,000 of 2,005 paragraphs read"


def test_what_the_page_tells_is_written_and_only_what_was_looked_for_is_unknown() -> None:
    about = About("Swans", ("Ann Lee", "Bo Ek"), "The Pond", "2025-04-11", "https://example.org/a", "en", LOOKED_FOR)
    source = loaded_with(about).source[0]
    assert (source.title, source.author, source.publisher) == ("Swans", ("Ann Lee", "Bo Ek"), "The Pond")
    assert (source.issued, source.url, source.lang) == ("2025-04-11", "https://example.org/a", "en")
    assert (source.accessed, source.unknown, source.type) == (DAY.isoformat(), (), "webpage")
    bare = loaded_with(About(looked_for=LOOKED_FOR)).source[0]
    assert bare.unknown == ("title", "author", "publisher", "issued", "url")
    assert loaded_with(About()).source[0].unknown == ("title",)


def test_the_source_has_the_wanted_id_unless_an_entry_has_it() -> None:
    for wanted, got in (("news", "news"), ("background-1", "background-1-text")):
        made = draft("There were seven swans.", "0" * 64, "drafted", "en", DAY, source_id=wanted)
        briefing = load_bytes(made.toml.encode(), "drafted.toml").briefing
        assert briefing is not None
        assert (made.source_id, briefing.source[0].id) == (got, got)
        assert {cited.source for entry in briefing.background for cited in entry.cite} == {got}


def loaded_with(about: About) -> Briefing:
    """Draft from a page that tells of itself, and load what was drafted."""
    toml = draft("There were seven swans.", "0" * 64, "drafted", "en", DAY, about=about).toml
    briefing = load_bytes(toml.encode(), "drafted.toml").briefing
    assert briefing is not None
    return briefing


@pytest.mark.parametrize(
    ("text", "told", "lang"),
    [
        ("The keeper of the mill said that it was not there.", "", "en"),
        ("Der Hüter der Mühle sagte, dass es nicht auf dem Teich war.", "", "de"),
        ("Der Hüter der Mühle sagte, dass es nicht auf dem Teich war.", "en", "de"),
        ("The keeper of the mill said that it was not there.", "en-GB", "en-GB"),
        ("قالت الهيئة إن الجسر مغلق حتى الربيع", "", "und"),
        ("قالت الهيئة إن الجسر مغلق حتى الربيع", "ar", "ar"),
        ("", "", "und"),
    ],
)
def test_the_language_is_that_of_the_page_or_of_its_words(text: str, told: str, lang: str) -> None:
    assert language_among(text, told) == lang


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200), st.sampled_from(["en", "de", "xx", "e\n"]))
def test_any_text_gives_a_draft_that_loads(text: str, lang: str) -> None:
    if "\n" not in lang:
        check(text, drafted(text, lang))
    else:
        assert tomli.loads(draft(text, "0" * 64, "drafted", lang, DAY).toml)
