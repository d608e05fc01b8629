"""`briefing import`: a text becomes a draft that loads, with its text held."""

import hashlib
import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.authoring.extraction.pdfs import pdf
from tests.cli.conftest import Done
from tui.briefing.loader import load_file
from tui.cli.progress import Progress
from tui.library.paths import user_folders

Run = Callable[..., Done]
HARBOUR = Path(__file__).parents[1] / "importing" / "texts" / "harbour.txt"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Give a text of our own."""
    return Path(shutil.copy(HARBOUR, tmp_path / "harbour.txt"))


def test_a_text_becomes_a_draft_whose_quotes_are_found(run: Run, text: Path) -> None:
    done = run("import", text, "--as", "harbour")
    path = user_folders().own_content / "harbour" / "briefing.toml"
    sha256 = hashlib.sha256(text.read_bytes()).hexdigest()
    assert (0, "") == (done.code, done.err)
    assert done.out.splitlines()[0] == str(path)
    assert "Proposed, every one a draft for you to settle: " in done.out
    assert "Settle the drafts: the key D in the reader" == done.out.splitlines()[-1]
    assert f"Held the text of harbour as {user_folders().held / sha256}.txt." in done.out
    loaded = load_file(path)
    assert loaded.briefing is not None
    assert all(entry.draft for entry in loaded.briefing.entries())
    shown = run("show", "harbour", "--pane", "claims").out
    assert "Draft, to be settled" in shown
    assert "drafts to be settled" in run("show", "harbour", "--pane", "overview").out
    assert "Checked: the quote stands in paragraph 3 of the text" in run("show", "harbour#claim-1").out


def test_the_draft_has_no_error_and_every_entry_is_reported(run: Run, text: Path) -> None:
    run("import", text, "--as", "harbour")
    done = run("check", "harbour", "--format", "json")
    assert done.code == 0
    loaded = load_file(user_folders().own_content / "harbour" / "briefing.toml").briefing
    assert loaded is not None
    assert done.out.count('"D001"') >= len(loaded.entries())


def test_a_draft_keeps_every_hedge_of_its_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "quay.txt"
    file.write_text(
        "He reckons the quay is safe, his spokeswoman said. The data suggest that it sinks. It was built c. 1840, he said."
        "\n\nTraders at the quay called the whole sum cheap and said that the mole could hold another winter, or perhaps two"
        " of them if the storms stay away.\n",
        encoding="utf-8",
    )
    assert run("import", file, "--as", "quay").code == 0
    assert run("check", "quay", "--select", "Q004,Q008").out == "Nothing found in 1 file.\n"


def test_a_pdf_is_drafted_from_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "note.pdf"
    file.write_bytes(pdf(["Officials said that the swans may leave the pond.", "Nobody has counted them."]))
    assert run("import", file, "--as", "note").code == 0
    assert (
        "“the swans may leave the pond” ¹\n     Draft, to be settled; Officials; hedge “may”"
        in run("show", "note", "--pane", "claims").out
    )


def test_nothing_is_overwritten(run: Run, text: Path, tmp_path: Path) -> None:
    run("import", text, "--as", "harbour", "--in", tmp_path)
    before = (tmp_path / "harbour" / "briefing.toml").read_bytes()
    done = run("import", text, "--as", "harbour", "--in", tmp_path)
    assert (1, 1) == (done.code, len(done.err.splitlines()))
    assert before == (tmp_path / "harbour" / "briefing.toml").read_bytes()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere.txt", "--as", "x"], 1, "there is no such file"),
        (["nowhere.txt", "--as", "X"], 2, "is no id"),
        (["nowhere.txt", "--as", "handbook"], 2, "has a briefing 'handbook' already"),
        (["nowhere.txt"], 2, "one of the arguments --as --into is required"),
    ],
)
def test_wrong_uses(run: Run, words: list[str], code: int, said: str) -> None:
    done = run("import", *words)
    assert (code, "", 1) == (done.code, done.out, len(done.err.splitlines()))
    assert said in done.err


def test_a_text_that_deceives_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("seven \u202esnaws", encoding="utf-8")
    done = run("import", file, "--as", "swans", "--title", "Swans")
    assert done.code == 1
    assert "U+202E" in done.err
    assert not user_folders().own_content.exists()


def test_a_language_without_lists(run: Run, text: Path) -> None:
    said = run("import", text, "--as", "h", "--lang", "xx").out
    assert "claims 0, views 0, recommendations 0, paragraphs as background 14." in said
    assert "There are no word lists for 'xx', so no claims were looked for." in said


def test_a_title_of_ones_own(run: Run, text: Path) -> None:
    run("import", text, "--as", "harbour", "--title", "Mud")
    assert run("show", "harbour").out.startswith("Mud\n")


def pdf_of_pages(*lines: str) -> bytes:
    """Make a PDF of which each page has a line of its own."""
    numbers = range(len(lines))
    pages = " ".join(f"{3 + 2 * number} 0 R" for number in numbers)
    fonts = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [f"<< /Type /Pages /Kids [{pages}] /Count {len(lines)} >>"]
    for number, line in zip(numbers, lines, strict=True):
        content = f"BT /F1 12 Tf 50 700 Td ({line}) Tj ET"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + 2 * number} 0 R {fonts} >>"
        objects += [page, f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"]
    written = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(["<< /Type /Catalog /Pages 2 0 R >>", *objects], 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(places) + 1
    return (
        written
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
            f"startxref\n{len(written)}\n%%EOF\n"
        ).encode()
    )


class TestInto:
    """`--into`: a source and its drafts, behind what the briefing has."""

    @pytest.fixture
    def pond(self, shelf: Callable[..., Path], tiny: Callable[..., str]) -> Path:
        """Give a briefing with a source, and entries under the ids that drafts would have."""
        tables = (
            '# mine\n[[source]]\nid = "harbour"\ntype = "report"\ntitle = "Another one"\n\n'
            '[[claim]]\nid = "claim-1"\ntext = "One."\nby = "x" # of one\n\n'
            '[[question]]\nid = "claim-3"\ntext = "Why?"\n# the end\n'
        )
        return shelf(pond=tiny(tables, id="pond")) / "pond" / "briefing.toml"

    def test_drafts_stand_behind_the_present_entries(self, run: Run, text: Path, pond: Path) -> None:
        before = pond.read_text()
        done = run("import", text, "--into", "pond", "--content", pond.parents[1])
        assert (0, "") == (done.code, done.err)
        loaded = load_file(pond)
        assert loaded.briefing is not None
        assert ["harbour", "harbour-2"] == [source.id for source in loaded.briefing.source]
        first, *drafts = loaded.briefing.claim
        assert ("claim-1", False) == (first.id, first.draft)
        assert all(entry.draft for entry in drafts)
        assert ["claim-2", "claim-4"] == [entry.id for entry in drafts[:2]]
        assert {"harbour-2"} == {cited.source for entry in drafts for cited in entry.cite}
        # What was there is there, line for line.
        left = iter(pond.read_text().splitlines())
        assert all(line in left for line in before.splitlines())
        assert "Checked: the quote stands" in run("show", "pond#claim-2", "--content", pond.parents[1]).out

    def test_the_same_text_is_not_added_twice(self, run: Run, text: Path, pond: Path) -> None:
        run("import", text, "--into", "pond", "--content", pond.parents[1])
        before = pond.read_bytes()
        done = run("import", text, "--into", "pond", "--content", pond.parents[1])
        assert 1 == done.code
        assert "is the text of the source 'harbour-2' already" in done.err
        assert before == pond.read_bytes()

    def test_a_text_that_is_held_and_not_quoted_gets_drafts(self, run: Run, text: Path, pond: Path) -> None:
        """Whoever holds a text first can have its drafts all the same, under the source that is there."""
        where = ("--content", pond.parents[1])
        assert run("hold", "pond", "harbour", text, *where).code == 0
        done = run("import", text, "--into", "pond", *where)
        assert (0, "") == (done.code, done.err)
        loaded = load_file(pond).briefing
        assert loaded is not None
        assert [("harbour", "Another one")] == [(source.id, source.title) for source in loaded.source]
        assert loaded.claim[1].draft
        assert {"harbour"} == {cited.source for claim in loaded.claim for cited in claim.cite}
        assert "Checked: the quote stands" in run("show", "pond#claim-2", *where).out

    @pytest.mark.parametrize(
        ("only", "kinds"), [("claims", {"claim"}), ("view,recommendations", {"view", "recommendation"})]
    )
    @pytest.mark.parametrize("way", ["--into", "--as"])
    def test_only_some_kinds(self, run: Run, text: Path, pond: Path, only: str, kinds: set[str], way: str) -> None:
        name = "pond" if way == "--into" else "other"
        assert 0 == run("import", text, way, name, "--only", only, "--content", pond.parents[1]).code
        loaded = load_file(pond.parents[1] / name / "briefing.toml").briefing
        assert loaded is not None
        assert kinds == {type(entry).__name__.lower() for entry in loaded.entries() if entry.draft}

    @pytest.mark.parametrize(
        ("pages", "said"),
        [("2-3", ["two", "three"]), ("1,3", ["one", "three"]), ("3", ["three"]), ("3–9", ["three"])],
    )
    def test_only_some_pages_of_a_pdf(self, run: Run, tmp_path: Path, pond: Path, pages: str, said: list[str]) -> None:
        file = tmp_path / "note.pdf"
        file.write_bytes(
            pdf_of_pages(*(f"Officials said that page {word} may have geese." for word in ("one", "two", "three")))
        )
        done = run("import", file, "--into", "pond", "--only", "claims", "--pages", pages, "--content", pond.parents[1])
        assert (0, "") == (done.code, done.err)
        loaded = load_file(pond).briefing
        assert loaded is not None
        quotes = [claim.cite[0].quote or "" for claim in loaded.claim if claim.draft]
        assert said == [
            word for word in ("one", "two", "three") if any(f"page {word} may" in quote for quote in quotes)
        ]
        assert len(said) == len(quotes)

    @pytest.mark.parametrize(
        ("pages", "said"),
        [
            ("9", "there is no page 9; the text has 2"),
            ("2-1", "the first one first"),
            ("0", "count from 1"),
            ("two", "'two' is no range of pages"),
            ("", "'' is no range of pages"),
        ],
    )
    def test_pages_that_are_none(self, run: Run, tmp_path: Path, pond: Path, pages: str, said: str) -> None:
        file = tmp_path / "note.pdf"
        file.write_bytes(pdf_of_pages("Officials said that they may have geese.", "Nobody counted them."))
        before = pond.read_bytes()
        done = run("import", file, "--into", "pond", "--pages", pages, "--content", pond.parents[1])
        assert 2 == done.code
        assert said in done.err
        assert before == pond.read_bytes()

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("--into", "pond", "--pages", "1"), 2, "the text has no pages to choose from"),
            (("--into", "pond", "--only", "claims,sorrows"), 2, "'sorrows' is no kind"),
            (("--into", "pond", "--as", "other"), 2, "not allowed with"),
            (("--into", "pond", "--in", "."), 2, "--in is for a new briefing"),
            (("--into", "nowhere"), 2, "there is no briefing 'nowhere'"),
            ((), 2, "one of the arguments --as --into is required"),
        ],
    )
    def test_what_is_wrong_is_said(
        self, run: Run, text: Path, pond: Path, words: tuple[str, ...], code: int, said: str
    ) -> None:
        before = pond.read_bytes()
        done = run("import", text, *words, "--content", pond.parents[1])
        assert code == done.code
        assert said in done.err
        assert before == pond.read_bytes()


def test_a_text_comes_on_the_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch, text: Path) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.read_bytes())))
    done = run("import", "-", "--as", "harbour")
    assert (0, "") == (done.code, done.err)
    assert f"{hashlib.sha256(text.read_bytes()).hexdigest()}.txt." in done.out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.read_bytes())))
    assert run("hold", "harbour", "text", "-").code == 0


def test_a_text_of_another_encoding_is_named_held_and_kept(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("Officials said that the café may close.".encode("windows-1252"))
    refused = run("import", file, "--as", "cafe")
    assert refused.err.rstrip().endswith("name the encoding of the file, such as: --encoding windows-1252")
    done = run("import", file, "--as", "cafe", "--encoding", "windows-1252")
    assert (0, "") == (done.code, done.err)
    assert "it was decoded from windows-1252." in done.out
    assert {".original", ".txt"} == {path.suffix for path in user_folders().held.iterdir()}
    assert "café may close" in run("show", "cafe", "--pane", "claims").out
    again = run("hold", "cafe", "a", "--again")
    assert "a: taken again, the text is the same." in again.out


def test_again_wants_a_source(run: Run) -> None:
    assert run("hold", "handbook", "--again").code == 2


def test_a_page_tells_its_own_particulars(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    paragraph = "<p>قالت الهيئة إن الجسر مغلق حتى الربيع وفق إشعار نشر اليوم في المدينة.</p>"
    head = "<title>عنوان</title><meta name='author' content='Ann Lee'><meta property='og:site_name' content='The Pond'>"
    file.write_text(
        f"<!doctype html><html lang='ar'><head><meta charset='utf-8'>{head}</head><body><article>{paragraph * 4}</article></body></html>",
        encoding="utf-8",
    )
    said = run("import", file, "--as", "bridge").out
    assert "There are no word lists for 'ar', so no claims were looked for." in said
    loaded = load_file(user_folders().own_content / "bridge" / "briefing.toml").briefing
    assert loaded is not None
    assert (loaded.briefing.lang, loaded.briefing.title) == ("ar", "عنوان")
    assert (loaded.source[0].author, loaded.source[0].publisher) == (("Ann Lee",), "The Pond")
    assert loaded.source[0].unknown == ("issued", "url")


def test_a_limit_stands_in_the_first_line(run: Run, text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.authoring.drafts.MOST_PARAGRAPHS", 3)
    assert run("import", text, "--as", "harbour").out.splitlines()[0] == "3 of 14 paragraphs read"


def test_pages_without_text_are_told_and_the_source_is_an_excerpt(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(pdf_of_pages("Officials said that they may have geese.", "", "Nobody counted them."))
    said = run("import", file, "--as", "scan").out
    assert said.count("Found text on 2 of 3 pages; page 2 may be pictures") == 1
    loaded = load_file(user_folders().own_content / "scan" / "briefing.toml").briefing
    assert loaded is not None
    assert loaded.source[0].seen == "excerpt"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_told_on_a_terminal_alone() -> None:
    """The line is taken away at the end, so that nothing of it stays among the messages."""
    for stream, told in ((_Terminal(), "\r\x1b[KReading …\r\x1b[K"), (io.StringIO(), "")):
        with Progress(stream) as progress:
            progress.tell("Reading …", at_once=True)
            progress.tell("Reading paragraph 2 …")
        assert stream.getvalue() == told


def test_a_missing_bibliography_is_no_matter_of_encoding(run: Run, tmp_path: Path) -> None:
    run("new", "pond", "--in", tmp_path)
    done = run("import", tmp_path / "none.json", "--into", "pond", "--content", tmp_path)
    assert done.code == 1
    assert "there is no such file" in done.err
    assert "--encoding" not in done.err
