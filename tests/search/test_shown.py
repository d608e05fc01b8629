"""What the author wrote and a page shows is in what is searched, field by field of the records."""

from collections.abc import Iterator
from typing import Any, Final, get_args, get_type_hints

import pytest

from tests.search.conftest import Library
from tui.briefing import prose
from tui.language.tokens import spaced
from tui.library.records import Edition
from tui.library.volume import Volume
from tui.search.index.documents import passages

OTHERWISE: Final = {
    "Edition": {"digest", "lang", "as_of", "scale", "was", "remark", "information_cutoff", "status", "from_", "until"},
    "Entry": {"digest", "table", "kind", "date", "via", "was", "listed"},
    "Source": {"digest", "issued", "accessed", "lang", "unknown", "sha256", "cited_in", "seen", "reliability", "held",
             "held_sha256", "was"},
    "Entity": {"digest", "reliability", "was"},
    "Name": {"entity"},
    "Footnote": {"source", "prefix", "suffix", "state", "checked"},
    "Link": {"relation", "to", "kind", "position"},
    "Assessment": {"likelihood", "confidence"},
    "Revision": {"on"},
    "Variable": {"name"},
    "Alternative": {"likelihood"},
    "Earlier": {"on", "likelihood", "confidence"},
    "Outcome": {"on"},
    "Position": {"id", "entries"},
    "Bearing": {"entry", "speaks_for", "against"},
    "Indicator": {"until", "observed"},
    "Move": {"to", "way"},
}  # fmt: skip
"""The texts that are no words of the author's: references, dates, checksums, and values that a field of the query has."""


def texts_in(record: Any) -> Iterator[tuple[str, str]]:
    """Yield every text of the author's in a record and the records in it, with its field."""
    kind = type(record).__name__
    for name, value in zip(record._fields, record, strict=True):
        if name not in OTHERWISE.get(kind, ()):
            for one in value if type(value) is tuple else (value,):
                if isinstance(one, str) and one:
                    yield f"{kind}.{name}", one
                elif hasattr(one, "_fields"):
                    yield from texts_in(one)


def kinds_in(hint: Any) -> Iterator[Any]:
    """Yield the records that a type holds, and those in them."""
    if hasattr(hint, "_fields"):
        yield hint
    inner = get_type_hints(hint).values() if hasattr(hint, "_fields") else get_args(hint)
    for one in inner:
        yield from kinds_in(one)


def fields() -> list[str]:
    """Return the fields of all records that hold texts of the author's."""
    return [
        f"{kind.__name__}.{name}"
        for kind in dict.fromkeys(kinds_in(Edition))
        for name, hint in get_type_hints(kind).items()
        if hint in {str, tuple[str, ...]} and name not in OTHERWISE.get(kind.__name__, ())
    ]


def filled(record: Any, field: str) -> Any:
    """Return a record with a word in a field that is empty in all records of its kind."""
    kind, _, wanted = field.partition(".")
    if type(record) is tuple:
        return tuple(filled(one, field) for one in record)
    if not hasattr(record, "_fields"):
        return record
    made = record._make(filled(value, field) for value in record)
    if type(record).__name__ != kind:
        return made
    return made._replace(**{wanted: ("zyzzyva",) if type(getattr(made, wanted)) is tuple else "zyzzyva"})


def _volume(library: Library, name: str) -> Volume:
    found = library.catalogue.open(library.root / name / "briefing.toml").volume
    assert found
    return found


@pytest.fixture(scope="module")
def volume(swans: Library) -> Volume:
    """Give the made-up briefing with every feature."""
    return _volume(swans, "sample")


def unsearched(volume: Volume, texts: list[str]) -> list[str]:
    """Return the texts of which a line is in no passage."""
    indexed = [f" {spaced(text)} " for passage in passages(volume) for text in passage.texts]

    def has(line: str) -> bool:
        words = f" {spaced(line)} "
        return not words.strip() or any(words in found for found in indexed)

    return [text for text in texts if not all(map(has, prose.plain(text).splitlines()))]


@pytest.mark.parametrize("field", fields())
def test_every_text_is_searched(volume: Volume, judged: Library, field: str) -> None:
    """A field that is new to a record has to be indexed, or to be named above."""
    volumes = [volume, _volume(judged, "judged")]
    written = [[text for name, text in texts_in(one.edition) if name == field] for one in volumes]
    if not any(written):
        volumes, written = [Volume(filled(volume.edition, field), volume.path)], [["zyzzyva"]]
    assert [] == [text for one, texts in zip(volumes, written, strict=True) for text in unsearched(one, texts)]


def test_the_bottom_line_the_title_and_how_it_was_made_are_found(swans: Library, volume: Volume) -> None:
    edition = volume.edition
    for text, block in ((edition.bluf, "bluf"), (edition.title, "bluf"), (edition.note, "note")):
        words = spaced(prose.plain(text)).split()
        answer = swans.search(f'"{" ".join(words[:6])}" kind:briefing')
        [shown] = [swans.reader.show(hit) for hit in answer.hits]
        assert shown
        assert ("overview", block, "sample") == (shown.page, shown.block, shown.address)


def test_the_briefing_is_found_first_by_its_own_name(bundled: Library) -> None:
    answer = bundled.search("handbook")
    assert ("briefing", "handbook") == (answer.hits[0].kind, answer.hits[0].briefing)


def test_the_front_page_is_nothing_to_be_read(swans: Library) -> None:
    assert not {"briefing", "text"} & {hit.kind for hit in swans.search("is:unread", limit=1000).hits}


def test_origins_and_changes_have_fronts_of_their_own(judged: Library) -> None:
    for query, heading in (("jetty", "Origins"), ("dusk added", "Changes")):
        [shown] = [judged.reader.show(hit) for hit in judged.search(f"{query} kind:briefing").hits]
        assert shown
        assert ("overview", heading) == (shown.page, shown.heading)


def test_a_judgment_is_never_shown_without_its_likelihood(judged: Library) -> None:
    [shown] = [judged.reader.show(hit) for hit in judged.search("Nine October").hits]
    assert shown
    assert ("J2", "very unlikely: Nine by autumn") == (shown.number, shown.heading)
