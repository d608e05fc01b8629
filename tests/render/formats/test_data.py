"""The exports for other programs: CSV, and W3C Web Annotations."""

import csv
import json
from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing import prose
from tui.library.records import Footnote, Name
from tui.library.volume import Volume
from tui.render.exports import EXPORTS
from tui.render.selection import Selection

HEADS = {"evidence:figures": "address,number,thing,", "evidence:matrix": "address,number,text,outlets_for,"}
"""How the first line of each view begins."""


def rows(volume: Volume, pane: str | None) -> list[dict[str, str]]:
    """Read the rows of a view as a spreadsheet does."""
    return list(csv.DictReader(EXPORTS["csv"].briefing(Selection(volume, pane), 80)))


@pytest.mark.parametrize("pane", HEADS)
def test_every_row_has_its_columns(volume: Volume, pane: str) -> None:
    lines = list(EXPORTS["csv"].briefing(Selection(volume, pane), 80))
    assert lines[0].startswith(HEADS[pane])
    read = list(csv.reader(lines))
    assert {len(read[0])} == {len(row) for row in read}
    assert all("\n" not in line for line in lines)


def test_figures_have_their_ends_and_their_voice(made: Callable[..., Volume]) -> None:
    volume = made(
        '[[claim]]\nid = "c"\nby = "Ann, of the pond"\ntext = "There are *seven* or more."\n'
        'quantity = { of = "swans seen", min = 7, note = "seven or more" }'
    )
    (row,) = rows(volume, None)
    assert ("swans", "seen", "7", "", "seven or more", "Ann, of the pond", "There are seven or more.") == tuple(
        row[key] for key in ("thing", "group", "min", "max", "words", "by", "text")
    )


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_run_as_a_formula(made: Callable[..., Volume], sign: str) -> None:
    volume = made(f'[[claim]]\nid = "c"\nby = "x"\ntext = "{sign}cmd|calc"\nquantity = {{ of = "{sign}A1", min = -7 }}')
    (figure,), (claim,) = rows(volume, "evidence:figures"), rows(volume, "evidence:matrix")
    assert f"'{sign}" == claim["text"][:2] == figure["text"][:2] == figure["thing"].upper()[:2]
    assert "-7" == figure["min"]


def test_an_entry_has_no_csv() -> None:
    assert "csv has evidence:figures, evidence:matrix alone" in EXPORTS["csv"].refusal(None, "c")
    assert "" == EXPORTS["csv"].refusal(None, "")


def annotations(volume: Volume, pane: str | None = None, entry: str = "") -> list[dict[str, object]]:
    """Return the annotations of a selection."""
    page = json.loads("".join(EXPORTS["web-annotation"].briefing(Selection(volume, pane, entry), 80)))
    assert ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage") == (page["@context"], page["type"])
    found: list[dict[str, object]] = page["items"]
    return found


def test_each_footnote_with_a_quote_is_one_annotation(volume: Volume) -> None:
    notes = [one.notes for one in volume.edition.entries] + [one.notes for one in volume.edition.entities]
    quoted = [note for listed in notes for note in listed if note.quote]
    found = annotations(volume)
    assert len(quoted) == len(found)
    assert len(found) == len({str(one["id"]) for one in found})
    assert all(UUID(str(one["id"]).removeprefix("urn:uuid:")) for one in found)
    assert annotations(volume) == found


def test_the_quotes_of_an_entity_are_its_own(made: Callable[..., Volume]) -> None:
    volume = made(
        '[[entity]]\nid = "ann"\nname = "Ann"\ntype = "person"\ntext = "A keeper."\n'
        'cite = [{ source = "s", quote = "keeps the pond" }]\n'
        '[[source]]\nid = "s"\ntype = "book"\ntitle = "S"'
    )
    (one,) = annotations(volume, entry="ann")
    assert [one] == annotations(volume)
    assert f"{volume.edition.id}#ann" == one["dcterms:identifier"]
    assert "A keeper." in str(one["body"])


def test_an_annotation_has_words_place_and_source(volume: Volume) -> None:
    held = [
        (entry, note, place)
        for entry in volume.edition.entries
        for place, note in enumerate(entry.notes)
        if note.quote and note.start >= 0
    ]
    for entry, note, _ in held[:5]:
        targets = [one["target"] for one in annotations(volume, entry=entry.id)]
        assert {"type": "TextPositionSelector", "start": note.start, "end": note.end} in [
            selector for target in targets if isinstance(target, dict) for selector in target["selector"]
        ]
        assert volume.sources[note.source].url in str(targets)


def test_a_pane_has_its_own_alone(volume: Volume) -> None:
    own = [note for entry in volume.pane("claims") for note in entry.notes if note.quote]
    assert len(own) == len(annotations(volume, "claims"))
    assert [] == annotations(volume, "sources")


SIGNS = st.text(alphabet="=+-@\t\r\n;,'\"a1 ", min_size=1, max_size=8)


@given(text=SIGNS, of=SIGNS, said=SIGNS, name=SIGNS)
def test_no_cell_begins_as_a_formula_does(quay: Volume, text: str, of: str, said: str, name: str) -> None:
    """Whatever a record holds, even what the loader refuses; behind the guard the words stay."""
    entries = tuple(
        entry._replace(text=text, by=Name(name), quantity=entry.quantity and entry.quantity._replace(of=of, words=said))
        for entry in quay.edition.entries
    )
    volume = Volume(quay.edition._replace(entries=entries), quay.path)
    for pane in HEADS:
        lines = list(EXPORTS["csv"].briefing(Selection(volume, pane), 80))
        read = list(csv.reader(lines))
        assert {len(read[0])} == {len(row) for row in read}
        cells = [cell for row in read for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
        assert " ".join(prose.plain(text).split()) in {cell.removeprefix("'") for cell in cells} | set(cells)


def test_annotations_keep_the_model_of_the_w3c(volume: Volume) -> None:
    """The keys that the Web Annotation Data Model wants, each of its type (https://www.w3.org/TR/annotation-model/)."""
    page = json.loads("".join(EXPORTS["web-annotation"].briefing(Selection(volume), 80)))
    assert ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage") == (page["@context"], page["type"])
    for one in page["items"]:
        target, body = one["target"], one["body"]
        assert ("Annotation", "TextualBody") == (one["type"], body["type"])
        assert all(":" in iri and " " not in iri for iri in (page["id"], one["id"], target["source"]["id"]))
        assert body["value"]
        quote, *placed = target["selector"]
        assert "TextQuoteSelector" == quote["type"]
        assert quote["exact"]
        for selector in placed:
            assert "TextPositionSelector" == selector["type"]
            assert 0 <= selector["start"] < selector["end"]


def test_an_annotation_keeps_its_id_where_others_come_before_it(quay: Volume) -> None:
    first = Footnote(1, "gazette", "one cask")
    before, after = (first,), (Footnote(2, "post", "two casks"), first, first)
    (one,), (_, same, other) = (annotations(_noted(quay, notes)) for notes in (before, after))
    assert one["id"] == same["id"] != other["id"]


def _noted(volume: Volume, notes: tuple[Footnote, ...]) -> Volume:
    entry = volume.edition.entries[0]._replace(notes=notes)
    return Volume(volume.edition._replace(entries=(entry,)), volume.path)
