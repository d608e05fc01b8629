"""Taking the text from a file: what it is, what it says, and what it could do."""

import hashlib
import io
import quopri
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.authoring.extraction.pdfs import bomb, pdf
from tui.authoring.extraction import extract as taking
from tui.authoring.extraction.extract import TakingError, take
from tui.authoring.extraction.file_kinds import SUFFIXES, UnknownKindError, kind_of
from tui.briefing.characters import FORBIDDEN
from tui.briefing.files import MAX_HELD_BYTES

ARTICLE = """<!DOCTYPE html><html><head><title>Swans</title><style>p {{ color: red }}</style></head><body>
<nav><a href="/">Home</a> <a href="/news">All the news</a></nav>
<article><h1>Swans on the pond</h1>
<p>There were seven swans on the pond on Sunday, the keeper of the mill said in a note that he pinned to the door.</p>
<p>The miller, who {word} the pond from his window every day, holds that there were eleven, and that nobody counted.</p>
<p>Nobody else was at the pond on that day, and the two have not spoken since the note was found by the children.</p>
</article>
<script>document.write("injected by a script")</script><footer>Copyright, terms and cookies</footer></body></html>"""


def made(tmp_path: Path, data: bytes | str, name: str = "file.txt") -> Path:
    """Write a file."""
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def refused(path: Path) -> str:
    """Give why no text can be taken from a file; always one line."""
    with pytest.raises(TakingError) as caught:
        take(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestPlain:
    def test_it_is_taken_byte_for_byte(self, tmp_path: Path) -> None:
        data = "Tabs\tand\r\nline ends\r\nstay, naïvely.\n".encode()
        taken = take(made(tmp_path, data))
        assert (data, None, 0) == (taken.data, taken.original, taken.dropped)
        assert hashlib.sha256(data).hexdigest() == taken.sha256

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (
                "seven\nswans \u202eesrever".encode(),
                "line 2, column 7: holds the forbidden character U+202E; delete it",
            ),
            (b"", "has no words"),
            (b" \n\t\r\n\x0c", "has no words"),
            (b"\xef\xbb\xbf\r\n", "has no words"),
            (b"one\x1b[2Jtwo", "line 1, column 4: holds the forbidden character U+001B"),
            (b"one\x00", "line 1, column 4: holds the forbidden character U+0000"),
            (
                b"caf\xe9 in Latin 1",
                "line 1, column 4: the byte 0xE9 is not UTF-8; name the encoding of the file, such",
            ),
            ("swans".encode("utf-16"), "is UTF-16; take it with: --encoding utf-16"),
        ],
    )
    def test_what_could_deceive_or_is_no_text_is_refused_with_its_place(
        self, tmp_path: Path, data: bytes, said: str
    ) -> None:
        assert refused(made(tmp_path, data)).startswith(said)

    def test_what_is_normal_in_such_files_stays(self, tmp_path: Path) -> None:
        """Form feeds, marks of direction, of byte order and of no width, and separators of lines: byte for byte."""
        data = "\ufeffPage one\f\r\nשלום\u200f, \u200ea\u200bb\u2060c\u061c\u2028d\u2029e\r\n".encode()
        taken = take(made(tmp_path, data))
        assert (data, None) == (taken.data, taken.original)

    def test_a_flood_is_refused(self, tmp_path: Path) -> None:
        assert "is larger than 16 MiB" in refused(made(tmp_path, b"a" * (MAX_HELD_BYTES + 1)))
        path = made(tmp_path, b"")
        with path.open("r+b") as file:
            file.truncate(taking.MAX_ORIGINAL_BYTES + 1)
        assert "is larger than 64 MiB" in refused(path)


class TestEncoding:
    def test_a_text_is_decoded_and_its_original_kept(self, tmp_path: Path) -> None:
        data = "naïve œuvre – 5 €".encode("windows-1252")
        taken = take(made(tmp_path, data), "windows-1252")
        assert "naïve œuvre – 5 €".encode() == taken.data
        assert taken.original == taking.Original(
            data, "text/plain", hashlib.sha256(data).hexdigest(), "decoded from windows-1252"
        )
        assert "windows-1252" == taking.encoding_of(taken.original.by)

    def test_it_counts_for_more_than_what_a_page_declares(self, tmp_path: Path) -> None:
        page = ARTICLE.format(word="überwacht").replace("<head>", '<head><meta charset="ascii">')
        taken = take(made(tmp_path, page.encode("cp850"), "page.html"), "cp850")
        assert "who überwacht the pond" in taken.data.decode()
        assert taken.original is not None
        assert "cp850" == taking.encoding_of(taken.original.by)

    @pytest.mark.parametrize(
        ("data", "encoding", "said"),
        [
            (b"seven", "windows-1253x", "there is no encoding 'windows-1253x'; write one such as windows-1252"),
            (b"seven", "hex", "there is no encoding 'hex'"),
            (b"one\nt\x81wo", "windows-1252", "line 2, column 2: the byte 0x81 is not windows-1252; name another"),
            (b"\xd8\x00", "utf-16-be", "line 1, column 1: the byte 0xD8 is not utf-16-be; name another"),
            ("a\u202eb".encode("utf-16"), "utf-16", "line 1, column 2: holds the forbidden character U+202E"),
        ],
    )
    def test_what_is_not_so_encoded_is_refused(self, tmp_path: Path, data: bytes, encoding: str, said: str) -> None:
        with pytest.raises(TakingError) as caught:
            take(made(tmp_path, data), encoding)
        assert str(caught.value).startswith(said)


class TestStandardInput:
    def given(self, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
        """Let this come on the standard input."""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    def test_a_text_and_a_page_are_taken_from_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.given(monkeypatch, b"seven swans")
        assert b"seven swans" == take(taking.STANDARD_INPUT).data
        self.given(monkeypatch, ARTICLE.format(word="sees").encode())
        assert "who sees the pond" in take(taking.STANDARD_INPUT).data.decode()

    def test_a_flood_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(taking, "MAX_ORIGINAL_BYTES", 10)
        self.given(monkeypatch, b"a" * 11)
        assert "is larger than" in refused(taking.STANDARD_INPUT)


class TestNoText:
    """What is no text is named as what it is, with the way that there is."""

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("a.ris", b"", "is a list of references (RIS); add its records to a briefing as sources: briefing import "),
            ("a", b"TY  - JOUR\nAU  - Keeper\n", "is a list of references (RIS)"),
            ("a.bib", b"", "is a list of references (BibTeX)"),
            ("a.txt", b"% mine\n@article{keeper2024,\n title = {Swans}}", "is a list of references (BibTeX)"),
            ("a.json", b"{}", "is data (JSON); save the text that is in it as plain text"),
            ("a", b'[{"title": "Swans"}]', "is data (JSON)"),
            (
                "a.rtf",
                b"",
                "is rich text (RTF); let Pandoc write its text, and give that: pandoc -t plain --wrap=none ",
            ),
            ("a", b"{\\rtf1 swans}", "is rich text (RTF)"),
            ("a.docx", b"PK\x03\x04...word/document.xml", "is a Word document; let Pandoc write its text"),
            ("a.zip", b"PK\x03\x04...word/document.xml", "is a Word document"),
            ("a", b"PK\x03\x04mimetypeapplication/epub+zip", "is an e-book (EPUB); let Pandoc"),
            ("a.epub", b"PK\x03\x04", "is an e-book (EPUB)"),
            ("a.odt", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "is an OpenDocument text"),
            ("a.xlsx", b"PK\x03\x04xl/workbook.xml", "is a workbook; save it as PDF: libreoffice"),
            ("a.doc", b"\xd0\xcf\x11\xe0", "is an old office document"),
            ("a.warc", b"WARC/1.1\r\n", "is an archive of web pages (WARC); take the page out of it"),
            ("a.warc.gz", b"\x1f\x8b", "is an archive of web pages (WARC)"),
            ("a.png", b"\x89PNG\r\n", "is a picture; have its words recognised (OCR)"),
            ("a.mp3", b"ID3", "is a recording; write down what is said"),
            ("a.zip", b"PK\x03\x04 nothing known", "is an archive; unpack it"),
        ],
    )
    def test_it_is_named(self, tmp_path: Path, name: str, data: bytes, said: str) -> None:
        assert refused(made(tmp_path, data, name)).startswith(said)

    def test_the_way_names_the_file_as_it_was_given(self, tmp_path: Path) -> None:
        file = made(tmp_path, b"{\\rtf1 swans}", "my notes.rtf")
        assert f"pandoc -t plain --wrap=none '{file}' > text.txt" in refused(file)

    @pytest.mark.parametrize(
        "text", ["[1] A note.", "{a brace", "From: Ann\nTo: Ben\n\nA memorandum.", "@home in 2024"]
    )
    def test_a_text_that_looks_a_little_like_it_is_a_text(self, tmp_path: Path, text: str) -> None:
        assert text.encode() == take(made(tmp_path, text)).data


MESSAGE = """From: Ann Keeper <ann@example.org>
To: ben@example.org
Subject: =?utf-8?q?Swans_on_the_p=C3=B6nd?=
Date: Fri, 3 May 2024 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset="iso-8859-1"; format=flowed
Content-Transfer-Encoding: quoted-printable

{plain}
--b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

<html><body><p>There were seven swans on the pönd, he said, and eleven<sup>3</sup> geese, and nobody counted.</p></body></html>
--b--
"""
ARCHIVE = """From: <Saved by a browser>
Snapshot-Content-Location: https://example.org/
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/

{page}
--b
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--
"""


class TestMessages:
    def test_a_message_is_read_with_its_head(self, tmp_path: Path) -> None:
        plain = "There were seven swans on the p=F6nd, =\nhe said, and \neleven geese, and nobody counted."
        for name in ("note.eml", "note.txt"):
            taken = take(made(tmp_path, MESSAGE.format(plain=plain), name))
            assert taken.data.decode() == (
                "From: Ann Keeper <ann@example.org>\nTo: ben@example.org\nDate: Fri, 03 May 2024 10:00:00 +0000\n"
                "Subject: Swans on the pönd\n\n"
                "There were seven swans on the pönd, he said, and eleven geese, and nobody counted.\n"
            )
            assert taken.original is not None
            assert "message/rfc822" == taken.original.kind

    def test_its_head_tells_of_it(self, tmp_path: Path) -> None:
        about = take(made(tmp_path, MESSAGE.format(plain="Seven swans."), "note.eml")).about
        assert about[:4] == ("Swans on the pönd", ("Ann Keeper",), "", "2024-05-03")
        assert about.unknown == ()

    @pytest.mark.parametrize(
        ("head", "author", "unknown"),
        [
            ("From: ann@example.org\nDate: soon", ("ann@example.org",), ("title", "issued")),
            ("To: ben@example.org\nSubject: Hi", (), ("author", "issued")),
        ],
    )
    def test_what_its_head_lacks_is_unknown(
        self, tmp_path: Path, head: str, author: tuple[str, ...], unknown: tuple[str, ...]
    ) -> None:
        about = take(made(tmp_path, f"{head}\n\nSeven swans.".encode(), "note.eml")).about
        assert about.author == author
        assert about.unknown == unknown

    def test_its_page_counts_where_its_plain_text_says_less(self, tmp_path: Path) -> None:
        taken = take(made(tmp_path, MESSAGE.format(plain="See the page."), "note.eml"))
        assert "swans on the pönd, he said, and eleven³ geese" in taken.data.decode()

    def test_the_page_of_an_archive_is_read(self, tmp_path: Path) -> None:
        page = quopri.encodestring(ARTICLE.format(word="überwacht").encode()).decode()
        for name in ("page.mhtml", "page.mht", "page"):
            taken = take(made(tmp_path, ARCHIVE.format(page=page), name))
            assert "who überwacht the pond" in taken.data.decode()
            assert taken.original is not None
            assert "multipart/related" == taken.original.kind

    @pytest.mark.parametrize(
        ("name", "data"), [("a.mhtml", b"From: x\n\nnothing"), ("a.eml", b""), ("a.eml", b"\n\n \n")]
    )
    def test_what_has_no_text_is_refused(self, tmp_path: Path, name: str, data: bytes) -> None:
        assert refused(made(tmp_path, data, name))


class TestHtml:
    def test_the_article_is_taken_and_nothing_round_it(self, tmp_path: Path) -> None:
        taken = take(made(tmp_path, ARTICLE.format(word="watches"), "page.html"))
        text = taken.data.decode()
        assert "seven swans on the pond on Sunday" in text
        assert "\n\nThe miller, who watches the pond" in text
        for unwanted in ("injected", "color", "Copyright", "All the news", "<"):
            assert unwanted not in text
        assert taken.original is not None
        assert "text/html" == taken.original.kind

    @pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
    def test_the_encoding_that_a_page_declares_is_heeded(self, tmp_path: Path, encoding: str) -> None:
        page = ARTICLE.format(word="überwacht").replace("<head>", f'<head><meta charset="{encoding}">')
        assert "who überwacht the pond" in take(made(tmp_path, page.encode(encoding), "page.html")).data.decode()

    def test_what_acts_on_a_terminal_is_left_out(self, tmp_path: Path) -> None:
        page = ARTICLE.format(word="w\u202eat&#27;c&#x200b;h\u00ades")
        assert FORBIDDEN.search(take(made(tmp_path, page, "page.html")).data.decode().replace("\n", "")) is None

    def test_a_page_is_told_by_its_content_too(self, tmp_path: Path) -> None:
        assert take(made(tmp_path, ARTICLE.format(word="sees"), "page.txt")).original is not None

    @pytest.mark.parametrize("page", ["<html></html>", "<html><script>x()</script></html>", "<html>"])
    def test_a_page_without_text_is_refused(self, tmp_path: Path, page: str) -> None:
        assert "has no text" in refused(made(tmp_path, page, "page.html"))

    def test_a_deep_page_ends_in_time(self, tmp_path: Path) -> None:
        page = "<html><body>" + "<div>" * 200_000 + "deep down are seven swans"
        try:
            take(made(tmp_path, page, "page.html"))
        except TakingError as error:
            assert "\n" not in str(error)  # noqa: PT017 (either is right; a traceback or a hang is not)


class TestPdf:
    def test_its_lines_are_joined_to_paragraphs(self, tmp_path: Path) -> None:
        lines = [
            "There were seven swans on the pond that day, the",
            "keeper said. The miller holds that there were",
            "eleven.",
            "Nobody else was there, and nobody has counted the",
            "geese.",
        ]
        taken = take(made(tmp_path, pdf(lines), "note.pdf"))
        assert taken.data.decode() == (
            "There were seven swans on the pond that day, the keeper said. The miller holds that there were eleven.\n\n"
            "Nobody else was there, and nobody has counted the geese.\n"
        )
        assert taken.original is not None
        assert taken.original.by.startswith("pypdfium2 5.")

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (pdf(["secret"], locked=True), "is locked by a password"),
            (pdf([]), "has pictures of pages and no text"),
            (b"%PDF-1.4\nrubbish", "is no PDF that can be read"),
            (pdf(["cut"])[:300], ""),
            (pdf(["many"], pages=5001), "has more than 5,000 pages"),
        ],
        ids=["locked", "scanned", "rubbish", "cut", "long"],
    )
    def test_what_gives_no_text_is_refused(self, tmp_path: Path, data: bytes, said: str) -> None:
        assert refused(made(tmp_path, data, "note.pdf")).startswith(said)

    def test_a_bomb_is_refused_within_its_limits(self, tmp_path: Path) -> None:
        """1.7 GB of blanks in 1.7 MB: the process that unpacks them ends, and this one only hears of it."""
        assert refused(made(tmp_path, bomb(1700), "bomb.pdf"))


class TestTheProcess:
    """Whatever becomes of the process that reads a file, one line says so."""

    @pytest.fixture
    def page(self, tmp_path: Path) -> Path:
        """Give a page."""
        return made(tmp_path, ARTICLE.format(word="sees"), "page.html")

    def _done(self, monkeypatch: pytest.MonkeyPatch, code: int, out: bytes) -> None:
        monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, code, out))

    def test_without_the_library_it_says_what_to_install(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._done(monkeypatch, 0, b'{"missing": "trafilatura"}')
        assert "needs 'trafilatura' to be read; install it with: pip install 'briefing-browser[hold]'" == refused(page)

    @pytest.mark.parametrize(("code", "out"), [(-9, b""), (1, b"{}"), (0, b"not json"), (0, b"")])
    def test_a_process_that_ends_badly(
        self, page: Path, monkeypatch: pytest.MonkeyPatch, code: int, out: bytes
    ) -> None:
        self._done(monkeypatch, code, out)
        assert refused(page).startswith("cannot be read within the limits of time and memory")

    def test_a_process_that_does_not_end(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(taking, "_SECONDS", 0.01)
        assert "seconds to be read" in refused(page)

    def test_too_much_text_is_refused(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(taking, "MAX_HELD_BYTES", 10)
        assert "MiB of text; split it" in refused(page)


@given(st.binary(max_size=200), st.sampled_from(["a.html", "a.pdf", "a.txt", "a"]))
def test_any_file_has_a_kind_or_is_refused(data: bytes, name: str) -> None:
    try:
        assert kind_of(data, name) in SUFFIXES
    except UnknownKindError as error:
        assert "; " in str(error)  # noqa: PT017 (either is right)
