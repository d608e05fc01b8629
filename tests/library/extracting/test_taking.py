"""Taking the text from a file: what it is, what it says, and what it could do."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.extracting.pdfs import bomb, pdf
from tui.briefing.characters import FORBIDDEN
from tui.library.extracting import taking
from tui.library.extracting.kinds import kind_of
from tui.library.extracting.taking import TakingError, take

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
            (b"\xef\xbb\xbfseven", "begins with a byte order mark; save it as UTF-8 without one"),
            (b"", "has no words"),
            (b" \n\t\r\n", "has no words"),
            (b"one\x1b[2Jtwo", "line 1, column 4: holds the forbidden character U+001B"),
            (b"one\x00", "line 1, column 4: holds the forbidden character U+0000"),
            (b"caf\xe9 in Latin 1", "line 1, column 4: the byte 0xE9 is not UTF-8; save it as UTF-8"),
            ("swans".encode("utf-16"), "is UTF-16; save it as UTF-8"),
            (b"PK\x03\x04 a Word document", "is an archive or an office document; save its text"),
            (b"\xd0\xcf\x11\xe0 an old one", "is an archive or an office document; save its text"),
        ],
    )
    def test_what_could_deceive_or_is_no_text_is_refused_with_its_place(
        self, tmp_path: Path, data: bytes, said: str
    ) -> None:
        assert refused(made(tmp_path, data)).startswith(said)

    def test_a_flood_is_refused(self, tmp_path: Path) -> None:
        assert "is larger than 16 MiB" in refused(made(tmp_path, b"a" * (taking.MAX_HELD_BYTES + 1)))
        path = made(tmp_path, b"")
        with path.open("r+b") as file:
            file.truncate(taking.MAX_ORIGINAL_BYTES + 1)
        assert "is larger than 64 MiB" in refused(path)


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
    if not data.startswith((b"PK", b"\x1f", b"7z", b"Rar", b"\xd0")):
        assert kind_of(data, name) in {"text/plain", "text/html", "application/pdf"}
