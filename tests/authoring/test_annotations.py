"""Annotations of other programs become quotes of held sources, exact or refused."""

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.authoring.annotation_quotes import Quoted, quoted
from tui.authoring.annotations import NoAnnotationsError, read
from tui.briefing.fields import Citation
from tui.briefing.loader import load_bytes
from tui.briefing.lock import EMPTY
from tui.briefing.salvage import salvaged
from tui.briefing.syntax import parsed
from tui.briefing.toml_edits import edited
from tui.briefing.toml_text import basic_string
from tui.library.compiling import compile_edition
from tui.library.source_texts import SourceText
from tui.library.volume import Volume
from tui.render.exports import EXPORTS
from tui.render.selection import Selection

TEXT = """\
The pond book

The swans came in March. There were seven swans on the pond.

The swans left in  May, and “nobody” saw them go. The swans came back.
"""
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
URL = "https://example.org/pond"
SOURCES = f"""
[[source]]
id = "book"
type = "webpage"
title = "The pond book"
url = "{URL}/"
sha256 = "{SHA256}"

[[source]]
id = "letter"
type = "webpage"
url = "https://example.org/letter"
unknown = ["title"]

[[source]]
id = "unaddressed"
type = "document"
unknown = ["title", "url"]
cited_in = "book"
"""


def selected(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    """Give a selector of words."""
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def hypothesis(exact: str, comment: str = "", url: str = URL, **more: Any) -> dict[str, Any]:
    """Give an annotation as the API of Hypothesis has it."""
    target = {
        "source": url,
        "selector": [
            {"type": "RangeSelector"},
            {"type": "TextPositionSelector", "start": 3, "end": 9},
            selected(exact),
        ],
    }
    return {"id": "x", "uri": url, "text": comment, "tags": [], "target": [target], "user": "acct:a@b"} | more


def w3c(selector: Any, source: Any = URL, **more: Any) -> dict[str, Any]:
    """Give an annotation of the W3C model."""
    context = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://a.org/1", "type": "Annotation"}
    return context | {"target": {"source": source, "selector": selector}} | more


def taken(data: Any, tables: str = "") -> tuple[Quoted, str]:
    """Add annotations to a briefing; return what was added, and the file."""
    header = 'format = 2\n[briefing]\nid = "pond"\ntitle = "P"\nbluf = "B."\nlang = "en"\nas_of = "2026-11-22"\n'
    text = header + SOURCES + tables
    briefing = salvaged(text).briefing
    held = SourceText(TEXT, SHA256, Path("book.txt"), "The pond book")
    found = quoted(
        read(json.dumps(data)), briefing, parsed(text)[0], lambda source: held if source.id == "book" else None
    )
    return found, edited(text, list(found.edits)) if found.edits else text


def citations(text: str) -> list[Citation]:
    """Load a file, and return its citations."""
    loaded = load_bytes(text.encode(), "pond.toml")
    assert [*map(str, loaded.problems)] == []
    assert loaded.briefing is not None
    return [one for claim in loaded.briefing.claim for one in claim.cite]


EXACT = "There were seven swans"


@pytest.mark.parametrize(
    "data",
    [
        hypothesis(EXACT),
        {"total": 1, "rows": [hypothesis(EXACT)]},
        {"export_date": "2026-11-27", "client_version": "1", "annotations": [hypothesis(EXACT)]},
        [hypothesis(EXACT)],
        w3c(selected(EXACT)),
        w3c([selected(EXACT)], {"id": URL, "type": "Text"}),
        w3c({"type": "FragmentSelector", "value": "x", "refinedBy": selected(EXACT)}, "http://www.example.org/pond#part"),
        {"type": "AnnotationPage", "items": [w3c(selected(EXACT))]},
        {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [w3c(selected(EXACT))]}},
        w3c({"type": "TextPositionSelector", "start": TEXT.index(EXACT), "end": TEXT.index(EXACT) + len(EXACT)}, f"urn:sha256:{SHA256}"),
        w3c(selected(EXACT), {"id": "https://moved.org", "dcterms:identifier": f"urn:sha256:{SHA256}"}),
        w3c(selected(EXACT), "briefing:pond#book"),
        {"@context": "http://www.w3.org/ns/anno.jsonld", "@graph": [w3c(selected(EXACT))]},
    ],
)  # fmt: skip
def test_each_form_becomes_a_quote(data: Any) -> None:
    found, text = taken(data)
    assert ((), (), ("annotation-1",)) == (found.refused, found.doubles, found.ids)
    (one,) = citations(text)
    assert ("book", EXACT, None, None) == (one.source, one.quote, one.prefix, one.suffix)
    assert "draft = true" in text
    assert "Proposed as a claim from ¶1: “There were seven swans”" in text


def test_a_file_may_have_a_value_on_each_line() -> None:
    one, other = json.dumps(hypothesis(EXACT)), json.dumps(w3c(selected("Seven")))
    assert [1, 2] == [each.number for each in read(f"{one}\n\n{other}\n").found]
    with pytest.raises(NoAnnotationsError) as raised:
        read(f"{one}\n{other[:-1]}\n")
    assert raised.value.place.startswith("2:")


def test_context_chooses_among_occurrences() -> None:
    found, text = taken([w3c(selected("The swans came", "", " back")), w3c(selected("The swans", "March. There "))])
    (one,) = citations(text)
    assert ("go.", None) == (one.prefix, one.suffix)
    assert [2] == [each.number for each in found.refused]
    assert "its words stand 3 times, and prefix and suffix do not tell which" in found.refused[0].reason


def test_the_place_in_the_same_text_chooses_too() -> None:
    at = TEXT.rindex("The swans")
    placed = [selected("The swans"), {"type": "TextPositionSelector", "start": at, "end": at + 9}]
    found, _ = taken(w3c(placed, {"id": URL, "dcterms:identifier": f"urn:sha256:{SHA256}"}))
    assert () == found.refused
    found, _ = taken(w3c(placed))  # the place of another text says nothing
    assert 1 == len(found.refused)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (hypothesis("eleven swans"), "its words do not stand in the text of the source 'book'"),
        (hypothesis("seven", url="https://other.org/"), "no source has the address 'https://other.org/'"),
        (hypothesis("seven", url="https://example.org/letter"), "the text of the source 'letter' is not held here"),
        (hypothesis("seven") | {"target": [{"source": URL}]}, "quotes nothing"),
        (hypothesis("seven") | {"target": [], "references": ["y"]}, "is a reply"),
        ("words", "is no object"),
        (w3c({"type": "TextPositionSelector", "start": 3, "end": 9}), "quotes nothing"),
        (w3c({"type": "TextPositionSelector", "start": 3, "end": 9999}, f"urn:sha256:{SHA256}"), "names offsets alone"),
    ],
)
def test_what_is_refused_has_its_reason(value: Any, reason: str) -> None:
    found, text = taken([hypothesis("seven swans"), value])
    assert [(2, True)] == [(one.number, reason in one.reason) for one in found.refused]
    assert 1 == len(citations(text))


def test_the_words_are_those_of_the_text() -> None:
    """Compared in the canonical form, and written as the text has them, with single blanks."""
    _, text = taken(hypothesis("left  in\nMay, and “nobody” saw"))
    (one,) = citations(text)
    assert "left in May, and “nobody” saw" == one.quote


def test_the_comment_is_the_note() -> None:
    bodies = [
        {"type": "TextualBody", "value": "Is it <b>so</b> &amp; why?", "format": "text/html", "purpose": "commenting"},
        {"type": "TextualBody", "value": "swan", "purpose": "tagging"},
        {"type": "TextualBody", "value": "Seven were there.", "purpose": "describing"},
    ]
    _, text = taken(
        [
            hypothesis(EXACT, "See [[nowhere]] and *this*.\n\nTwo.", tags=["a b", "c"]),
            w3c(selected("came in March"), body=bodies),
        ]
    )
    loaded = load_bytes(text.encode(), "pond.toml")
    assert loaded.briefing is not None
    one, other = loaded.briefing.claim
    assert "See nowhere and this .\n\nTwo.\n\nTags: a b, c." == one.note
    assert ("Seven were there.", "Is it so & why?\n\nTags: swan.") == (
        other.text,
        " ".join((other.note or "").split(" ")).replace("  ", " "),
    )


def test_nothing_is_added_twice() -> None:
    data = [hypothesis(EXACT, "one"), hypothesis(EXACT, "two"), hypothesis(EXACT, "one")]
    first, text = taken(data)
    assert (2, [3]) == (len(first.ids), [one.number for one in first.doubles])
    added = text.partition(SOURCES)[2]
    again, same = taken(data, added)
    assert ((), 3, text) == (again.ids, len(again.doubles), same)
    assert "quotes the words of 'annotation-1'; it was not added" == again.doubles[0].reason


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=30)


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, int, int]:
    """Draw a statement of words of the text that stand there once."""
    start = draw(st.integers(15, len(TEXT) - 12))
    end = draw(st.integers(start + 6, min(len(TEXT), start + 40)))
    return draw(words.filter(lambda text: any(sign.isalnum() for sign in text))), start, end


@given(st.lists(spans(), min_size=1, max_size=4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_our_own_export_comes_back_whole(drawn: list[tuple[str, int, int]]) -> None:
    """Out of one briefing and into another: the same words of the same sources; and no more into its own."""
    made, text = taken([w3c(selected(TEXT[a:b], TEXT[max(0, a - 20) : a], TEXT[b : b + 20]), body={"type": "TextualBody", "value": said, "purpose": "describing"}) for said, a, b in drawn])  # fmt: skip
    volume = compiled(text)
    page = json.loads("".join(EXPORTS["web-annotation"].briefing(Selection(volume), 80)))
    assert len(page["items"]) == len(made.ids)
    back, copy = taken(page)
    assert () == back.refused == back.doubles
    assert citations(copy) == citations(text)
    assert [claim.text for claim in compiled(copy).pane("claims")] == [claim.text for claim in volume.pane("claims")]
    own, same = taken(page, text.partition(SOURCES)[2])
    assert ((), (), text) == (own.ids, own.refused, same)


def compiled(text: str) -> Volume:
    """Compile a file with its held text."""
    loaded = load_bytes(text.encode(), "pond.toml")
    assert loaded.briefing is not None
    held = {"book": SourceText(TEXT, SHA256, Path("book.txt"), "The pond book")}
    return Volume(compile_edition(loaded.briefing, EMPTY, held), Path("pond.toml"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(EXACT) | st.just(URL),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["rows", "items", "first", "annotations", "target", "source", "selector", "exact", "prefix", "suffix", "start", "end",
             "type", "@type", "id", "uri", "text", "tags", "body", "value", "purpose", "refinedBy", "references", "bodyValue"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=30,
)  # fmt: skip


@given(json_values)
def test_any_json_is_read_or_refused_in_a_line(value: Any) -> None:
    with contextlib.suppress(NoAnnotationsError):
        found, text = taken(value)
        assert all("\n" not in one.reason for one in found.refused)
        citations(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", '{"rows": [', "[" * 200_000, '{"target":' * 100_000, "9" * 6000, "null", "3", '{"items": [{"type": "book"}]}', '"x"', "[[]]", "\x00", '{"a": "\\ud800"}',
    ],
)  # fmt: skip
def test_garbage_is_refused_in_a_line(text: str) -> None:
    with pytest.raises(NoAnnotationsError, match=r"\A[^\n]{5,200}\Z"):
        read(text)


def test_ten_megabytes_are_read() -> None:
    value = json.dumps({"rows": [hypothesis("x" * 1000)] * 8_000})
    assert 10_000_000 < len(value)
    assert 8_000 == len(read(value).found)


def test_basic_strings_are_used_for_all_words() -> None:
    """So that no comment ends its string."""
    _, text = taken(hypothesis(EXACT, 'He said "no"\\'))
    assert basic_string('He said "no"\\') in text
