"""Sources in each format and back: every key goes out in its own variable, and comes in again."""

import time
from collections.abc import Mapping
from typing import Final, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.citing import oracle
from tests.citing.comparison import AWKWARD, varied_volume, volumes
from tests.citing.forms import FORMS, Form
from tests.citing.test_formats import words
from tui.authoring.bibliographies import added, source_table
from tui.briefing import lock
from tui.briefing.loader import load_bytes
from tui.briefing.source import CSL, SourceType
from tui.briefing.toml_text import basic_string
from tui.citing.names import parsed
from tui.citing.record import NAMES, Bibliography, Record
from tui.citing.unsaid import stated, title_for
from tui.library.compiling import compile_edition
from tui.library.records import Source
from tui.library.volume import Volume
from tui.render.cite_formats import record_of

forms = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
_PLACED: Final = frozenset({"article-newspaper", "article-magazine", "article-journal"})
"""The types whose publisher's paper is their container."""


def shelf() -> list[Volume]:
    return [*volumes(), varied_volume()]


def volume_of(tables: list[str]) -> Volume:
    """Return a briefing of some sources."""
    header = AWKWARD.read_text(encoding="utf-8").partition("[[entity]]")[0]
    loaded = load_bytes("\n".join([header, *tables]).encode(), "sources.toml")
    assert loaded.briefing is not None, loaded.problems
    return Volume(compile_edition(loaded.briefing, lock.EMPTY, {}), AWKWARD)


def records_of(volume: Volume) -> list[Record]:
    """Return the records of all sources under ids that every format holds."""
    sources = volume.edition.sources
    return [record_of(volume, source)._replace(id=f"key-{place}") for place, source in enumerate(sources)]


def values(source: Source) -> dict[str, str]:
    """Return what a source says in each variable of text or date, and what it leaves unsaid."""
    further = {one.name: one.values[0].replace("–", "-") for one in source.csl if one.name not in NAMES}
    own = {key: str(getattr(source, key)) for key in ("publisher", "url", "lang", "issued", "accessed")}
    container = source.container or (source.publisher if source.type in _PLACED else "")
    said = further | own | {"title": source.title or title_for(source.type), "container": container}
    return {key: value for key, value in said.items() if value}


def names(volume: Volume, source: Source) -> dict[str, list[set[str]]]:
    """Return the names of a source in each variable, each with all its forms."""
    variables = {one.name: one.values for one in source.csl if one.name in NAMES} | {"author": source.author}
    return {
        key: [
            {parsed(form).natural for form in (volume.entities[name].names if name in volume.entities else (name,))}
            for name in listed
        ]
        for key, listed in variables.items()
        if listed
    }


def test_every_key_is_in_its_own_variable() -> None:
    for volume in shelf():
        for source in volume.edition.sources:
            record = record_of(volume, source)
            assert values(source) == {**record.dates, **record.texts}
            expected = names(volume, source)
            assert expected.keys() == record.names.keys()
            for key, listed in record.names.items():
                assert len(listed) == len(expected[key])
                assert all(name.natural in forms for name, forms in zip(listed, expected[key], strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_another_program_reads_every_source(form: str) -> None:
    """The publishers too, as one body each."""
    for volume in volumes():
        sent = records_of(volume)
        found = {item["id"]: item for item in oracle.items_of("\n".join(FORMS[form].write(sent)), form)}
        assert found.keys() == {record.id for record in sent}
        for record in sent:
            said = found[record.id].get("publisher", record.texts.get("publisher"))
            assert said == record.texts.get("publisher")


@forms
def test_every_source_comes_in_as_it_went_out(form: Form) -> None:
    for volume in shelf():
        sent = records_of(volume)
        assert sent == _again(form, sent)


@forms
def test_a_bundled_briefing_s_sources_are_all_added(form: Form) -> None:
    """Those that a briefing tells apart are no doubles to `briefing import`."""
    for volume in volumes():
        sent = [record_of(volume, source) for source in volume.edition.sources]
        found = added(form.read("\n".join(form.write(sent))), {})
        assert ((), ()) == (found.doubles, found.problems)
        taken = volume_of([edit.tables for edit in found.edits])
        assert sent == [record_of(taken, source) for source in taken.edition.sources]


@pytest.mark.parametrize(
    ("second", "is_double"),
    [
        ({}, True),
        ({"url": "http://www.a.b/1/"}, True),
        ({"url": "https://c.d/2"}, True),
        ({"container": "Post"}, True),
        ({"url": "https://c.d/2", "container": "Post"}, False),
        ({"url": "https://c.d/2", "publisher": "Post"}, False),
        ({"DOI": "https://doi.org/10.1/A"}, True),
        ({"DOI": "10.1/b"}, False),
        ({"title": "“Swans”!"}, True),
        ({"title": "Geese"}, False),
    ],
)
def test_one_title_is_no_double_at_another_place(second: dict[str, str], is_double: bool) -> None:
    first = {"title": "Swans", "url": "https://a.b/1", "DOI": "10.1/a", "container": "Times"}
    records = (
        Record("k", "article-newspaper", {}, {"issued": "2024"}, first),
        Record("l", "article-newspaper", {}, {"issued": "2024"}, {"title": "Swans"} | second),
    )
    assert is_double == bool(added(Bibliography(records, (1, 2), ()), {}).doubles)


def test_many_works_of_one_title_are_told_apart_in_linear_time() -> None:
    records = tuple(
        Record("k", "webpage", {}, {}, {"title": "Editorial", "container": f"C{place}", "url": f"https://a.b/{place}"})
        for place in range(3_000)
    )
    began = time.process_time()
    assert 3_000 == len(added(Bibliography(records, tuple(range(3_000)), ()), {}).ids)
    assert time.process_time() - began < 5


def test_works_without_a_title_are_no_doubles() -> None:
    texts = ({"title": title_for("webpage"), "url": f"https://a.b/{place}"} for place in range(3))
    records = tuple(Record("k", "webpage", {}, {}, one) for one in texts)
    assert 3 == len(added(Bibliography(records, (1, 2, 3), ()), {}).ids)


def _again(form: Form, sent: list[Record]) -> list[Record]:
    """Return the records of sources that were written, read and added."""
    read = form.read("\n".join(form.write(sent)))
    assert () == read.problems
    return records_of(volume_of([source_table(stated(record), record.id) for record in read.records]))


lines = words.filter(lambda text: "[[" not in text)
keys = [key for key in ("publisher", "container", *CSL) if key not in NAMES]
tables = st.fixed_dictionaries(
    {"type": st.sampled_from(get_args(SourceType))},
    optional={
        **dict.fromkeys(keys, lines),
        "title": lines,
        "author": st.lists(lines.map(lambda text: f"{{{text.strip('{}')}x}}"), min_size=1, max_size=2),
        "issued": st.sampled_from(["2024", "2024-04-10", "2024-21"]),
        "accessed": st.just("2025-01-02"),
        "url": st.just("https://a.b/c"),
        "note": st.sampled_from(["One.\n\nTwo\nUS forces", "Genre: x", "ER -\nDOI: 10.1/a"]),
    },
)


def _table(table: Mapping[str, str | list[str]]) -> str:
    unknown = {} if "title" in table else {"unknown": ["title"]}
    return "\n".join(
        ["[[source]]", 'id = "key-0"', *(f"{key} = {_toml(value)}" for key, value in {**table, **unknown}.items())]
    )


def _toml(value: str | list[str]) -> str:
    return basic_string(value) if isinstance(value, str) else f"[{', '.join(map(basic_string, value))}]"


@forms
@settings(max_examples=40, deadline=None)
@given(table=tables)
def test_any_source_comes_in_as_it_went_out(form: Form, table: Mapping[str, str | list[str]]) -> None:
    volume = volume_of([_table(table)])
    sent = records_of(volume)
    assert sent == _again(form, sent)
    said = {key: value for key, value in table.items() if key in keys or key == "title"}
    assert said.items() <= sent[0].texts.items()
