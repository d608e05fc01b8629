"""Bibliographic records as CSL-JSON, RIS, BibLaTeX and BibTeX: what goes out comes in again whole."""

import json
import time
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.citing.forms import BROKEN, FORMS, Form, biber_warnings, broken_file
from tests.citing.schemas import CSL_JSON, faults
from tests.programs import program
from tui.briefing.source import SourceType
from tui.citing import csl_json
from tui.citing.bibtex_values import joined
from tui.citing.names import Name
from tui.citing.record import DATES, NAMES, TEXTS, Record

forms = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)

words = (
    st.text(alphabet="abcdeABC öÅ한국.-’'&%$#_{}~^\\\"«“,:;/", min_size=1, max_size=14)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(sign.isalnum() for sign in text))
)
parts = st.from_regex(r"[A-Z][a-zö]{1,6}( [A-Z][a-z]{1,5})?", fullmatch=True).filter(
    lambda text: text not in {"Jr", "Sr", "Esq"}
)
people = st.tuples(
    parts, parts, st.sampled_from(["", "van", "de la"]), st.sampled_from(["", "Jr.", "III"]), st.just("")
).map(Name._make)
bodies = words.filter(lambda text: not set("{}\\") & set(text)).map(lambda text: Name(literal=text))
days = st.sampled_from(
    ["2024", "2024-04", "2024-04-10", "2024-21", "202X", "20XX", "2024?", "2024~", "2024-04-10%", "2024/2025", "2024-04/..",
     "../2024", "/2024", "2025-XX", "2024-04-XX", "2024/", "2024-21/2024-22"]
)  # fmt: skip
free = [name for name in TEXTS if name not in {"title", "url", "lang", "page"}]
texts = st.fixed_dictionaries(
    {"title": words},
    optional={
        **dict.fromkeys(free, words),
        "url": st.sampled_from(["https://a.b/c%20d_e~x#y", "http://x.org/?q=1&b=2"]),
        "lang": st.just("ko"),
        "page": st.one_of(
            words, st.sampled_from(["12-34", "7", "xii", "A1-A2", "12 - 34", "1--2", "3 & 4", "5%", "A\\"])
        ),
    },
)
records = st.builds(
    Record,
    st.just("key-1"),
    st.sampled_from(get_args(SourceType)),
    st.dictionaries(st.sampled_from(NAMES), st.lists(st.one_of(people, bodies), min_size=1, max_size=3).map(tuple)),
    st.dictionaries(st.sampled_from(DATES), days),
    texts,
    st.lists(
        st.lists(
            st.one_of(words, st.sampled_from(["US forces", "ER -", "@book{x,", "Genre: x"])), min_size=1, max_size=2
        ).map("\n".join),
        max_size=2,
    ).map(tuple),
)


@forms
@settings(max_examples=60, deadline=None)
@given(record=records)
def test_no_field_is_lost(form: Form, record: Record) -> None:
    found = form.read("\n".join(form.write([record])))
    assert () == found.problems
    assert [record] == [one._replace(names=dict(one.names)) for one in found.records]


def of(text: str, form: str) -> Record:
    """Read the one record of a text."""
    (record,) = FORMS[form].read(text).records
    return record


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("biblatex", "@book{k, author = {Byrne, Jr., James and de la Fuente, Ana and {A and B}}, title = {T}, date = {1999}}",
         (Name("Byrne", "James", "", "Jr."), Name("Fuente", "Ana", "de la"), Name(literal="A and B"))),
        ("biblatex", r"@book{k, author = {M{\"u}ller, J{\o}rgen and others}, title = {T}}", (Name("Müller", "Jørgen"),)),
        ("biblatex", "@book{k, author = {Ludwig van Beethoven}, title = {T}}", (Name("Beethoven", "Ludwig", "van"),)),
        ("ris", "TY  - BOOK\nAU  - Byrne, James, Jr.\nA1  - Associated Press\nTI  - T\nER  - \n",
         (Name("Byrne", "James", "", "Jr."), Name(literal="Associated Press"))),
        ("csl-json", '[{"type": "book", "title": "T", "author": [{"family": "Gogh", "non-dropping-particle": "van", "given":'
         ' "V."}, {"name": "UN"}, {"literal": "AP"}]}]', (Name("Gogh", "V.", "van"), Name(literal="UN"), Name(literal="AP"))),
    ],
)  # fmt: skip
def test_names_of_other_programs(form: str, text: str, expected: tuple[Name, ...]) -> None:
    assert expected == of(text, form).names["author"]


@pytest.mark.parametrize(
    ("form", "text", "issued"),
    [
        ("csl-json", '[{"type": "book", "title": "T", "issued": {"raw": "2024-04"}}]', "2024-04"),
        ("csl-json", '[{"type": "book", "title": "T", "issued": {"date-parts": [["2024", 4, "9"]]}}]', "2024-04-09"),
        ("csl-json", '[{"type": "book", "title": "T", "issued": {"date-parts": [[2024]], "season": 1}}]', "2024-21"),
        ("csl-json", '[{"type": "book", "title": "T", "issued": {"literal": "10 April 2025"}}]', "2025-04-10"),
        ("ris", "TY  - BOOK\nTI  - T\nY1  - 2024/03//\nER  - \n", "2024-03"),
        ("ris", "\ufeffTY  - BOOK\r\nTI  - T\r\nPY  - 2024\r\n", "2024"),
        ("biblatex", "@book{k, title = {T}, year = 2024, month = mar}", "2024-03"),
        ("biblatex", "@book{k, title = {T}, date = {2024-04-10/2024-05}}", "2024-04-10/2024-05"),
    ],
)
def test_dates_of_other_programs(form: str, text: str, issued: str) -> None:
    assert issued == of(text, form).dates["issued"]


def test_latex_is_read_in_prose_and_not_in_addresses() -> None:
    text = r"@article{k, title = {A {\'E}cole \& 50\% -- ``so''}, url = {http://a.b/c%20d_e}, doi = {10.1/a_b%c}, note = {x & y}}"
    record = of(text, "biblatex")
    assert {"title": "A École & 50% – “so”", "url": "http://a.b/c%20d_e", "DOI": "10.1/a_b%c"} == dict(record.texts)
    assert ("x & y",) == record.notes


def test_strings_and_what_fits_nowhere() -> None:
    text = '@string{p = "My Press"}\n@book{k, title = {T}, publisher = p, foo = {bar}}'
    record = of(text, "biblatex")
    assert "My Press" == record.texts["publisher"]
    assert ("foo: bar",) == record.notes


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('p # ", " # {Bonn}', "My Press, Bonn"),
        ("{A # B}", "A # B"),
        ('"A {"}#{"} B"', 'A {"}#{"} B'),
        ("{{A} \\} # B}", r"{A} \} # B"),
        ("unknown", "unknown"),
    ],
)
def test_values_are_joined(value: str, expected: str) -> None:
    told: list[str] = []
    assert expected == joined(value, {"p": "My Press"}, told.append)
    assert (value == "unknown") == bool(told)


def test_strings_of_strings_stay_bounded() -> None:
    bomb = "@string{s0 = {ha}}\n" + "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 60))
    record = of(f"{bomb}@book{{k, title = {{T}}, publisher = s59}}", "biblatex")
    assert len(record.texts["publisher"]) <= 100_000


def test_a_chapter_takes_what_it_lacks_from_its_book() -> None:
    text = """@incollection{c, title = {C}, author = {Doe, Jane}, crossref = {B}, pages = {1--2}}
@incollection{d, title = {D}, crossref = {gone}}
@book{b, title = {Essays}, editor = {Roe, R.}, publisher = {P}, year = 2001, month = mar # "~3", doi = {10.1/b}, crossref = {c}}"""
    chapter, lost, book = FORMS["biblatex"].read(text).records
    assert {"title": "C", "container": "Essays", "publisher": "P", "page": "1-2"} == dict(chapter.texts)
    assert (Name("Roe", "R."),) == chapter.names["editor"]
    assert "2001-03-03" == chapter.dates["issued"] == book.dates["issued"]
    assert ("crossref: gone",) == lost.notes


def test_a_key_that_stands_twice_loses_nothing() -> None:
    found = FORMS["biblatex"].read("@book{a, title = {A}}\n@book{a, title = {B}, title = {C}}\n@book{a, title = {D}}")
    assert ["A", "B", "D"] == [record.texts["title"] for record in found.records]
    assert ("title: C",) == found.records[1].notes
    assert [2, 3] == [problem.line for problem in found.problems]


def test_a_month_or_day_that_cannot_be_read_leaves_the_year() -> None:
    record = of("@book{k, title = {T}, year = 2001, month = {Hilary}}", "biblatex")
    assert ("2001", ("month: Hilary",)) == (record.dates["issued"], record.notes)
    record = of("TY  - BOOK\nTI  - T\nPY  - 2001\nDA  - 2001/13/45\nER  - ", "ris")
    assert ("2001", ("DA: 2001/13/45",)) == (record.dates["issued"], record.notes)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("ris", "TY  - BOOK\nTI  - T\nPY  - 0000///\nER  - "),
        ("biblatex", "@book{k, title = {T}, year = {0000}}"),
        ("csl-json", '[{"type": "book", "title": "T", "issued": {"raw": "0000"}}]'),
    ],
)
def test_the_year_0000_is_no_date(form: str, text: str) -> None:
    found = FORMS[form].read(text)
    assert ((), {}) == (found.problems, found.records[0].dates)


def test_empty_parts_of_a_date_are_no_parts() -> None:
    record = of('[{"type": "book", "title": "T", "issued": {"date-parts": [["1999", "", null]]}}]', "csl-json")
    assert "1999" == record.dates["issued"]


def test_what_begins_no_entry_is_told() -> None:
    found = FORMS["biblatex"].read(
        "Some words, a@b.example {x}\n@book{k, title = {T}}\nwords\n@my type{lost, title = {L}}\n@comment{\n@old x{}}"
    )
    assert (["T"], [4]) == ([one.texts["title"] for one in found.records], [one.line for one in found.problems])


def test_a_second_address_becomes_a_note() -> None:
    record = of("TY  - BOOK\nTI  - T\nUR  - http://a.b/1\nUR  - http://a.b/2\nER  - ", "ris")
    assert ("http://a.b/1", ("UR: http://a.b/2",)) == (record.texts["url"], record.notes)


def test_a_date_without_end_is_no_date() -> None:
    found = FORMS["csl-json"].read('[{"type": "book", "title": "T", "issued": {"date-parts": [[Infinity]]}}]')
    assert ({}, 1) == (found.records[0].dates, len(found.records[0].notes))


def test_an_unsigned_article_keeps_its_newspaper() -> None:
    texts = {"title": "T", "container": "The Times", "url": "https://a.b/c"}
    written = "\n".join(FORMS["biblatex"].write([Record("k", "article-newspaper", {}, {}, texts)]))
    assert "titleaddon = {The Times}" in written
    assert texts == dict(of(written, "biblatex").texts)


@forms
@pytest.mark.parametrize("text", ["A--", "12 - 34", "1--2", "3 & 4", "5%", "A\\", "A'' b", "S. 12{", "p-- q"])
def test_signs_of_latex_come_back_from_titles_and_pages(form: Form, text: str) -> None:
    record = Record("k", "article", texts={"title": text, "page": text, "publisher": text})
    assert [record] == list(form.read("\n".join(form.write([record]))).records)


@pytest.mark.parametrize(
    ("kind", "field"), [("report", "institution"), ("book", "publisher"), ("webpage", "organization")]
)
def test_a_body_with_and_in_its_name_is_one(kind: str, field: str) -> None:
    texts = {
        "title": "T",
        "publisher": "Strategic and Other Studies",
        "publisher_place": "Bonn AND Rome",
        "url": "https://a.b",
    }
    record = Record("k", kind, {"author": (Name("Ng", "Ada"),)}, {"issued": "2024"}, texts)
    written = "\n".join(FORMS["biblatex"].write([record]))
    assert f"{field} = {{{{Strategic and Other Studies}}}}" in " ".join(written.split())
    assert record == of(written, "biblatex")


def test_a_paper_that_publishes_itself_is_set_once() -> None:
    texts = {"title": "T", "container": "The Times", "publisher": "The Times", "url": "https://a.b/c"}
    written = "\n".join(FORMS["biblatex"].write([Record("k", "article-newspaper", {}, {}, texts)]))
    assert "  titleaddon = {The Times}," in written
    assert "organization" not in written
    assert texts == dict(of(written, "biblatex").texts)


def test_that_there_are_other_authors_is_kept() -> None:
    assert ("and others (author)",) == of("@misc{k, title = {T}, author = {Doe, Jane and others}}", "biblatex").notes


@pytest.mark.parametrize("name", BROKEN)
def test_195_of_200_are_taken_and_5_lines_are_named(name: str) -> None:
    text, sound = broken_file(name)
    found = FORMS[name].read(text)
    assert sound == [record.id for record in found.records]
    lines = {problem.line for problem in found.problems}
    assert 5 == len(lines)
    assert lines.isdisjoint(found.lines)


@forms
@given(st.text(max_size=200))
def test_nothing_makes_a_reader_fail(form: Form, text: str) -> None:
    form.read(text)


def test_biber_finds_nothing_wrong(tmp_path: Path) -> None:
    sources = [
        Record("a", "article-newspaper", {}, {"issued": "2024-04-10"}, {"title": "T", "container": "Paper", "url": "http://a.b/c_d"}),
        Record("b", "article-journal", {"author": (Name("Ng", "A."),)}, {"issued": "2024-21"}, {"title": "T", "container": "J"}),
        Record("c", "report", {"author": (Name(literal="UN"),)}, {"issued": "202X"}, {"title": "T & {x}", "number": "7"}),
        Record("d", "hearing", {}, {"issued": "2024/2025", "accessed": "2025"}, {"title": "T_x", "event_title": "E", "medium": "M"}),
        Record("e", "webpage", {}, {}, {"title": "T", "url": "https://a.b"}),
        Record("f", "thesis", {"author": (Name("Ng", "A."),)}, {}, {"title": "T", "genre": "G", "publisher": "P"}),
    ]  # fmt: skip
    assert [] == biber_warnings(sources, program("biber"), tmp_path)


def test_a_name_with_a_line_break_is_one_line() -> None:
    authors = [{"family": "van\nder Lee", "given": " Ann\r\n"}, "The\nBoard", {"literal": "The\nPort\nOffice"}]
    found = csl_json.read(json.dumps([{"id": "a", "type": "report", "title": "T", "author": authors}]))
    assert [name.natural for name in found.records[0].names["author"]] == [
        "Ann van der Lee",
        "The Board",
        "The Port Office",
    ]


def test_the_places_of_many_records_are_found_in_linear_time() -> None:
    """Line and column of each key are looked up, and not counted from the beginning."""
    many = (
        "["
        + ",\n".join(f'{{"id": "{at}", "type": "book", "title": "T{at}", "author": [{{}}]}}' for at in range(20_000))
        + "]"
    )
    began = time.process_time()
    found = csl_json.read(many)
    assert time.process_time() - began < 20
    assert found.lines[-1] == 20_000
    assert found.problems[-1].line == 20_000


@pytest.mark.parametrize("key", ["items", "references"])
def test_csl_json_may_stand_in_an_object(key: str) -> None:
    assert "T" == of(f' {{ "{key}" : [ {{"type": "book", "title": "T"}} ] }}', "csl-json").texts["title"]


def test_csl_json_is_one_array() -> None:
    assert [] == json.loads("\n".join(csl_json.write([])))
    two = [Record("a", "book", texts={"title": "A"}), Record("b", "book", texts={"title": "B"})]
    assert ["a", "b"] == [item["id"] for item in json.loads("\n".join(csl_json.write(two)))]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("csl-json", '[{"type": "book", "title": "T", "issued": {"literal": "n.d."}}]'),
        ("ris", "TY  - BOOK\nTI  - T\nPY  - n.d.\nER  - \n"),
        ("biblatex", "@book{k, title = {T}, date = {XXXX}}"),
        ("bibtex", "@book{k, title = {T}, year = {[n. d.]}}"),
    ],
)
def test_no_date_is_no_fault(form: str, text: str) -> None:
    found = FORMS[form].read(text)
    assert () == found.problems
    assert {} == found.records[0].dates


@forms
def test_signs_that_a_format_reads_as_markup_come_back(form: Form) -> None:
    record = Record("k", "book", texts={"title": "On <i>Anser</i> & {more} <b>", "publisher": "<sup>2</sup> Press"})
    (found,) = form.read("\n".join(form.write([record]))).records
    assert record.texts == found.texts


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ({"id": "a", "type": "book", "title": "T"}, False),
        ({"id": "a", "type": "tome", "title": "T"}, True),
        ({"type": "book"}, True),
        ({"id": "a", "type": "book", "container": "B"}, True),
        ({"id": "a", "type": "book", "author": ["Ng"]}, True),
        ({"id": "a", "type": "book", "issued": {"date-parts": [[2024], [2025], [2026]]}}, True),
    ],
)
def test_the_schema_of_items_refuses_what_is_wrong(item: dict[str, object], fault: bool) -> None:
    assert fault == bool(faults(CSL_JSON, [item]))


@settings(max_examples=60, deadline=None)
@given(record=records)
def test_every_item_is_valid(record: Record) -> None:
    assert [] == faults(CSL_JSON, [csl_json.item(record)])
