"""Nothing of a bibliography is lost: what has no field is in the note, or is told at its place."""

from typing import get_args

import pytest

from tests.citing.forms import FORMS
from tests.citing.losing import losses
from tui.briefing.source import SourceType
from tui.citing.names import Name
from tui.citing.record import Record


@pytest.mark.parametrize("form", FORMS)
def test_no_word_of_a_mutated_record_is_lost(form: str) -> None:
    assert [] == list(losses(form, 60))


def of_ris(lines: str) -> str:
    """Return a record of RIS with some lines."""
    return f"TY  - BOOK\nTI  - T\n{lines}\nER  - "


def of_bib(fields: str) -> str:
    """Return an entry of BibTeX with some fields."""
    return f"@book{{k, title = {{T}},\n{fields}}}"


def of_csl(keys: str) -> str:
    """Return an item of CSL-JSON with some keys."""
    return f'[{{"type": "book", "title": "T",\n{keys}}}]'


@pytest.mark.parametrize(
    ("form", "text", "notes"),
    [
        ("biblatex", of_bib("keywords = {a, b}, file = {/x/y_z.pdf}"), ("keywords: a, b", "file: /x/y_z.pdf")),
        ("biblatex", of_bib("groups = {g}, timestamp = {2020-01-01}"), ("groups: g", "timestamp: 2020-01-01")),
        ("biblatex", of_bib("publisher = {P}, school = {S}"), ("school: S",)),
        ("biblatex", of_bib("year = {in press}"), ("year: in press",)),
        ("biblatex", of_bib("year = {forthcoming}, month = may"), ("month: may", "year: forthcoming")),
        ("biblatex", of_bib("date = {2020}, year = {1999}"), ("year: 1999",)),
        ("biblatex", "@mvproceedings{k, title = {T}}", ("entry type: mvproceedings",)),
        ("ris", of_ris("PY  - n.d."), ("PY: n.d.",)),
        ("ris", of_ris("DA  - 2024///Easter"), ("DA: 2024///Easter",)),
        ("ris", of_ris("DA  - 2024/04/10\nPY  - 1999"), ("PY: 1999",)),
        ("ris", of_ris("L1  - file://x.pdf\nST  - Short\nJ2  - J."), ("L1: file://x.pdf", "ST: Short", "J2: J.")),
        ("ris", of_ris("SN  - 1\nSN  - 2"), ("SN: 2",)),
        ("ris", "TY  - CHART\nTI  - T\nER  - ", ("TY: CHART",)),
        ("ris", of_ris("PB  - Wiley\nN1  - Publisher: Elsevier"), ("Publisher: Elsevier",)),
        ("ris", of_ris("PB  - Wiley\nM2  - Publisher: Elsevier"), ("Publisher: Elsevier",)),
        ("csl-json", of_csl('"custom": {"a": 1}, "categories": ["x", "y"]'), ('custom: {"a": 1}', "categories: x; y")),
        ("csl-json", of_csl('"issued": {"literal": "in press"}'), ("issued: in press",)),
        ("csl-json", of_csl('"issued": {"date-parts": [[2024]], "season": "Lent"}'), ('issued: {"season": "Lent"}',)),
        ("csl-json", of_csl('"volume": "1", "volume": "2"'), ("volume again: 2",)),
        ("csl-json", of_csl('"author": [{"family": "Ng", "ORCID": "0"}]'), ("author Ng, ORCID: 0",)),
        ("csl-json", of_csl('"x": 1.10'), ("x: 1.10",)),
    ],
)  # fmt: skip
def test_what_has_no_field_is_in_the_note(form: str, text: str, notes: tuple[str, ...]) -> None:
    found = FORMS[form].read(text)
    assert ((), notes) == (found.problems, found.records[0].notes)


@pytest.mark.parametrize(
    ("form", "text", "place", "said"),
    [
        ("biblatex", of_bib("publisher = undefined"), (2, 1), "'undefined' is no string of this file"),
        ("biblatex", of_bib("publisher = {A} # nowhere"), (2, 1), "'nowhere' is no string of this file"),
        ("biblatex", of_bib("publisher = {A} junk"), (2, 1), "'{A} junk' is no string of this file"),
        ("biblatex", of_bib(r"publisher = {A \undefinedmacro{B} C}"), (2, 1), r"\undefinedmacro is no known command"),
        ("biblatex", of_bib(r"publisher = {\input{x}}"), (2, 1), r"\input is no known command"),
        ("biblatex", of_bib(r"publisher = {\def\x{Y}}"), (2, 1), r"\def is no known command"),
        ("biblatex", of_bib(r"publisher = {\href{http://a}{b}}"), (2, 1), r"\href is no known command"),
        ("biblatex", of_bib("author = { and A and }"), (2, 1), "this is no name of author; it was left out: empty"),
        ("biblatex", "book{k,\n  title = {T}\n}\n" + of_bib(""), (1, 1), "this begins no entry"),
        ("biblatex", "\n@commentary{k, title = {A}}\n" + of_bib(""), (2, 1), "this begins no entry"),
        ("ris", of_ris("AU  - ,"), (3, 7), "this is no name of author; it was left out: ,"),
        ("ris", of_ris("PY  - 19x9"), (3, 7), "this is no date; it stands in the note: 19x9"),
        ("ris", of_ris("") + "words", (4, 7), "this stands behind the ER of a record"),
        ("ris", of_ris("PB  - A\x1bB"), (3, 8), "U+001B is forbidden; U+FFFD stands for it"),
        ("csl-json", of_csl(f'"issued": {{"date-parts": [[{"9" * 5000}]]}}'), (2, 1), "this is no date"),
        ("csl-json", of_csl(r'"publisher": "A\u001bB"'), (2, 16), "U+001B is forbidden"),
        ("csl-json", of_csl(r'"publisher": "A\ud800B"'), (2, 16), "U+D800 is forbidden"),
        ("csl-json", of_csl('"author": [{"family": ""}]'), (2, 1), "this is no name of author"),
        ("csl-json", of_csl('"author": "A"') + ' {"type": "book"}', (2, 17), "this stands behind the list"),
        ("csl-json", '[{"type": "book", "title": "T"}', (1, 31), "the list does not end with ]"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_at_its_place(form: str, text: str, place: tuple[int, int], said: str) -> None:
    found = FORMS[form].read(text)
    assert ["T"] == [record.texts["title"] for record in found.records]
    assert any(said in problem.message and place == problem[:2] for problem in found.problems), found.problems
    assert not any(name.is_empty for names in found.records[0].names.values() for name in names)


def test_the_words_of_unknown_commands_stay() -> None:
    (record,) = FORMS["biblatex"].read(of_bib(r"publisher = {A \foo{B} C, \emph{D} \'e \today}")).records
    assert "A B C, D é today" == record.texts["publisher"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("ris", of_ris("N1  - Title: my notes\nAB  - Genre: a novel\nN2  - Type: thesis")),
        ("biblatex", of_bib("note = {Title: my notes}, abstract = {Genre: a novel\nType: thesis}")),
        ("csl-json", of_csl('"note": "Title: my notes", "abstract": "Genre: a novel", "annote": "Type: thesis"')),
    ],
)
def test_a_note_replaces_no_field_and_an_abstract_sets_none(form: str, text: str) -> None:
    (record,) = FORMS[form].read(text).records
    assert {"title": "T"} == dict(record.texts)
    assert record.type != "thesis"
    assert {"Title: my notes", "Genre: a novel", "Type: thesis"} == set("\n".join(record.notes).split("\n"))


@pytest.mark.parametrize("form", FORMS)
def test_a_note_that_looks_like_a_variable_stays_a_note(form: str) -> None:
    record = Record("k", "book", texts={"title": "T"}, notes=("Genre: a novel", "Publisher: unknown"))
    assert (record,) == FORMS[form].read("\n".join(FORMS[form].write([record]))).records


@pytest.mark.parametrize(
    ("written", "tag"),
    [("English", "en"), ("ngerman", "de"), ("eng", "en"), ("en_US", "en-US"), ("ko", "ko"), ("Klingon", "Klingon")],
)
@pytest.mark.parametrize("form", ["biblatex", "ris", "csl-json"])
def test_a_language_is_a_tag(form: str, written: str, tag: str) -> None:
    texts = {
        "biblatex": of_bib(f"language = {{{written}}}"),
        "ris": of_ris(f"LA  - {written}"),
        "csl-json": of_csl(f'"language": "{written}"'),
    }
    assert tag == FORMS[form].read(texts[form]).records[0].texts["lang"]


@pytest.mark.parametrize("sign", [r"\~{}", r"\~", r"{\~}", r"\textasciitilde{}", r"{\textasciitilde}", r"$\sim$"])
def test_the_tilde_of_an_address(sign: str) -> None:
    (record,) = FORMS["biblatex"].read(of_bib(f"url = {{http://a.b/{sign}x/%20}}")).records
    assert "http://a.b/~x/%20" == record.texts["url"]


@pytest.mark.parametrize("authors", ["Ng, A. and", "and Ng, A.", "Ng, A. and and"])
def test_an_and_beside_no_name_is_no_name(authors: str) -> None:
    found = FORMS["biblatex"].read(of_bib(f"author = {{{authors}}}"))
    assert (Name("Ng", "A."),) == found.records[0].names["author"]
    assert {"this is no name of author; it was left out: empty"} == {one.message for one in found.problems}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "note",
    [
        "First\nUS forces came\nAU the end",
        "a\nER -\nTY - BOOK\nTI - evil",
        "UN",
        "x\n@book{k2, title={Evil}}",
        "Genre: x\nmore",
    ],
)
def test_a_note_of_several_lines_stays_whole(form: str, note: str) -> None:
    record = Record("k", "book", texts={"title": "T"}, notes=(note,))
    found = FORMS[form].read("\n".join(FORMS[form].write([record])))
    assert ((), (record,)) == (found.problems, found.records)


def test_each_line_of_ris_has_a_tag() -> None:
    names = {"author": (Name(literal="Ng, Ada and Bo"), Name("Ng", "Ada"))}
    texts = {"title": "T", "medium": "podcast", "chapter_number": "3"}
    written = list(FORMS["ris"].write([Record("k", "broadcast", names, {"issued": "202X"}, texts, ("A note.",))]))
    assert all(line[2:5] == "  -" for line in written if line)
    assert 6 == sum(line.startswith("M2  - ") for line in written)


def test_a_line_of_ris_goes_on_with_a_word_in_capitals() -> None:
    found = FORMS["ris"].read(of_ris("AB  - Of the\nUS forces and the\nEU"))
    assert ((), ("Of the\nUS forces and the\nEU",)) == (found.problems, found.records[0].notes)


def test_a_command_without_words_leaves_its_name() -> None:
    found = FORMS["biblatex"].read(of_bib(r"publisher = {The {\TeX}book, \foo, {\LaTeX} \href{http://a.b}{here}}"))
    assert r"The TeXbook, foo, LaTeX http://a.b here" == found.records[0].texts["publisher"]
    said = [problem.message.partition(" is")[0] + problem.message.partition("its")[2] for problem in found.problems]
    assert [r"\foo name was taken", r"\href words were taken"] == said


@pytest.mark.parametrize(
    ("fields", "url", "notes"),
    [
        (r"howpublished = {\url{http://a.b/c\_d\%20}}", "http://a.b/c_d%20", ()),
        ("howpublished = {Letter}", None, ("howpublished: Letter",)),
        (r"howpublished = {http://a.b}, url = {\url{http://a.b/2}}", "http://a.b", ("url: http://a.b/2",)),
    ],
)
def test_an_address_is_found_where_bibtex_puts_it(fields: str, url: str | None, notes: tuple[str, ...]) -> None:
    (record,) = FORMS["biblatex"].read(of_bib(fields)).records
    assert (url, notes) == (record.texts.get("url"), record.notes)


def test_values_of_xdata_are_taken() -> None:
    text = """@xdata{x, publisher = {Press}, xdata = {y}}
@xdata{y, location = {Bonn}, title = {Never}}
@xdata{z, title = {Alone}}
@book{k, title = {T}, xdata = {X, gone}}"""
    alone, book = FORMS["biblatex"].read(text).records
    assert {"title": "T", "publisher": "Press", "publisher_place": "Bonn"} == dict(book.texts)
    assert ("xdata: gone",) == book.notes
    assert "Alone" == alone.texts["title"]


@pytest.mark.parametrize(
    ("form", "text", "issued", "notes"),
    [
        ("biblatex", of_bib("year = {c. 1890}"), "1890~", ()),
        ("csl-json", of_csl('"issued": {"literal": "circa 1890"}'), "1890~", ()),
        ("csl-json", of_csl('"issued": "2020-05-06T12:00:00Z"'), "2020-05-06", ("issued: 2020-05-06T12:00:00Z",)),
        ("ris", of_ris("PY  - 2020 May 6"), "2020-05-06", ()),
        ("biblatex", of_bib("year = {1999--2000}"), "1999/2000", ()),
        ("csl-json", of_csl('"issued": {"raw": "1999-2000"}'), "1999/2000", ()),
        ("ris", of_ris("PY  - 2020, May"), "2020-05", ()),
    ],
)
def test_dates_in_words_and_times(form: str, text: str, issued: str, notes: tuple[str, ...]) -> None:
    found = FORMS[form].read(text)
    assert ((), issued, notes) == (found.problems, found.records[0].dates["issued"], found.records[0].notes)


@pytest.mark.parametrize(
    "written", ["10.1/Ab", "doi:10.1/Ab", "https://doi.org/10.1/Ab", "http://dx.doi.org/10.1/Ab", "DOI 10.1/Ab"]
)
@pytest.mark.parametrize("form", ["biblatex", "ris", "csl-json"])
def test_a_doi_is_bare(form: str, written: str) -> None:
    texts = {
        "biblatex": of_bib(f"doi = {{{written}}}"),
        "ris": of_ris(f"DO  - {written}"),
        "csl-json": of_csl(f'"DOI": "{written}"'),
    }
    assert "10.1/Ab" == FORMS[form].read(texts[form]).records[0].texts["DOI"]


def test_what_tells_a_program_how_to_set_a_name_is_no_note() -> None:
    name = '{"family": "King", "suffix": "Jr.", "comma-suffix": true, "parse-names": true}'
    found = FORMS["csl-json"].read(of_csl(f'"author": [{name}], "editor": null'))
    assert ((), ()) == (found.problems, found.records[0].notes)


def test_the_whole_name_of_a_journal_counts() -> None:
    (record,) = FORMS["ris"].read("TY  - JOUR\nTI  - T\nJO  - J. Foo\nJF  - Journal of Foo\nER  - ").records
    assert ("Journal of Foo", ("JO: J. Foo",)) == (record.texts["container"], record.notes)


def test_a_season_beside_a_month_is_kept() -> None:
    (record,) = FORMS["csl-json"].read(of_csl('"issued": {"date-parts": [[2020, 4]], "season": 2}')).records
    assert ("2020-04", ('issued: {"season": 2}',)) == (record.dates["issued"], record.notes)


def test_a_key_of_biblatex_for_a_thesis_is_in_words() -> None:
    (record,) = FORMS["biblatex"].read("@thesis{k, title = {T}, type = {phdthesis}}").records
    assert "PhD thesis" == record.texts["genre"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [("A $5 rise", "A $5 rise"), ("From $5 to $6 a day", "From $5 to $6 a day"), ("On $x^2$ and $y$", "On x^2 and y")],
)
def test_dollars_are_no_formula(written: str, expected: str) -> None:
    (record,) = FORMS["biblatex"].read(of_bib(f"publisher = {{{written}}}")).records
    assert expected == record.texts["publisher"]


def test_strings_that_grow_too_large_are_told() -> None:
    bomb = "@string{s0 = {ha}}\n" + "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 20))
    found = FORMS["biblatex"].read(f"{bomb}{of_bib('publisher = s19')}")
    assert any("its strings make more than 100,000 characters" in problem.message for problem in found.problems)


RIS_TYPES = [
    "ABST",
    "ADVS",
    "AGGR",
    "ANCIENT",
    "ART",
    "BILL",
    "BLOG",
    "BOOK",
    "CASE",
    "CHAP",
    "CHART",
    "CLSWK",
    "COMP",
    "CONF",
    "CPAPER",
    "CTLG",
    "DATA",
    "DBASE",
    "DICT",
    "EBOOK",
    "ECHAP",
    "EDBOOK",
    "EJOUR",
    "ELEC",
    "ENCYC",
    "EQUA",
    "FIGURE",
    "GEN",
    "GOVDOC",
    "GRANT",
    "HEAR",
    "ICOMM",
    "INPR",
    "JFULL",
    "JOUR",
    "LEGAL",
    "MANSCPT",
    "MAP",
    "MGZN",
    "MPCT",
    "MULTI",
    "MUSIC",
    "NEWS",
    "PAMP",
    "PAT",
    "PCOMM",
    "RPRT",
    "SER",
    "SLIDE",
    "SOUND",
    "STAND",
    "STAT",
    "THES",
    "UNBILL",
    "UNPB",
    "UNPD",
    "VIDEO",
    "WEB",
]
BIB_TYPES = [
    "article",
    "book",
    "mvbook",
    "inbook",
    "bookinbook",
    "suppbook",
    "booklet",
    "collection",
    "mvcollection",
    "incollection",
    "suppcollection",
    "dataset",
    "manual",
    "misc",
    "online",
    "patent",
    "periodical",
    "suppperiodical",
    "proceedings",
    "mvproceedings",
    "inproceedings",
    "reference",
    "mvreference",
    "inreference",
    "report",
    "set",
    "software",
    "thesis",
    "unpublished",
    "artwork",
    "audio",
    "bibnote",
    "image",
    "jurisdiction",
    "legislation",
    "legal",
    "letter",
    "movie",
    "music",
    "performance",
    "review",
    "standard",
    "video",
    "conference",
    "electronic",
    "mastersthesis",
    "phdthesis",
    "techreport",
    "www",
]


@pytest.mark.parametrize(
    ("form", "text"),
    [*(("ris", f"TY  - {kind}\nTI  - T\nER  - ") for kind in RIS_TYPES),
     *(("biblatex", f"@{kind}{{k, title = {{T}}}}") for kind in BIB_TYPES),
     *(("csl-json", f'[{{"type": "{kind}", "title": "T"}}]') for kind in get_args(SourceType))],
)  # fmt: skip
def test_every_type_is_known(form: str, text: str) -> None:
    found = FORMS[form].read(text)
    assert ((), 1) == (found.problems, len(found.records))


BIB_LACKS = {
    "article", "article-magazine", "article-newspaper", "bill", "broadcast", "classic", "collection", "entry",
    "entry-dictionary", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "map",
    "motion_picture", "musical_score", "performance", "personal_communication", "post", "post-weblog", "regulation",
    "review", "review-book", "song", "speech", "standard", "treaty",
}  # fmt: skip
LACKS = {
    "csl-json": set[str](),
    "ris": {"broadcast", "collection", "entry", "event", "interview", "performance", "regulation", "review", "review-book",
            "treaty"},
    # biber's data model has no field for @legislation, @movie and their kin.
    "biblatex": BIB_LACKS,
    "bibtex": BIB_LACKS | {"dataset", "entry-encyclopedia", "patent", "periodical", "software", "webpage"},
}  # fmt: skip
"""The types that a format has no word for, or none with fields; their note says them."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", get_args(SourceType))
def test_a_type_goes_out_and_comes_in(form: str, kind: str) -> None:
    names = {"author": (Name("Ng", "Ada"),), "editor": (Name("Ng", "Bo"),)}
    record = Record(
        "k", kind, names, {"issued": "2024"}, {"title": "T", "container": "C", "url": "https://a.b", "number": "7"}
    )
    written = "\n".join(FORMS[form].write([record]))
    assert (record,) == FORMS[form].read(written).records
    assert (kind in LACKS[form]) == ("Type: " in written)


@pytest.mark.parametrize(
    ("lines", "biblatex", "bibtex"),
    [
        ("AU  - Ng, A.\nPB  - UN", "@report", "@techreport"),
        ("AU  - Ng, A.", "@report", "@techreport"),
        ("PB  - UN", "@manual", "@techreport"),
        ("", "@manual", "@techreport"),
    ],
)
def test_a_report_stays_one(lines: str, biblatex: str, bibtex: str) -> None:
    (record,) = FORMS["ris"].read(f"TY  - RPRT\nTI  - T\n{lines}\nER  - ").records
    for form, entry in (("biblatex", biblatex), ("bibtex", bibtex), ("ris", "TY  - RPRT")):
        written = "\n".join(FORMS[form].write([record]))
        assert written.startswith(entry)
        assert "Type:" not in written
        assert (record,) == FORMS[form].read(written).records
