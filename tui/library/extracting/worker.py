"""The process that takes the text from a page or a PDF: `worker.main()`, the file on its input, JSON on its output.

Parsers of files from strangers are where programs break. This one has limits of its own, and whatever becomes of it, the
program that started it only reads that no text came.
"""

import contextlib
import json
import resource
import sys
from typing import Final

CPU_SECONDS: Final = 30
MEMORY_BYTES: Final = 1536 * 1024 * 1024
_MOST_PAGES: Final = 5000
_PDF_PASSWORD: Final = 4
"""FPDF_ERR_PASSWORD of PDFium."""


class NoTextError(Exception):
    """A file that no text can be taken from; the message says why and what to do."""


def main() -> None:
    """Take the text from the standard input; the first argument is its kind."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        text, by = _TAKERS[sys.argv[1]](data)
        answer = {"text": text, "by": by} if text.strip() else {"error": "has no text that could be taken from it"}
    except ModuleNotFoundError as error:
        answer = {"missing": error.name or str(error)}
    except NoTextError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": f"needs more than {MEMORY_BYTES // 1024**2:,} MiB to be read; save its text as plain text"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit() -> None:
    limits = ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CORE, 0))
    for which, most in limits:
        # Not every system knows or allows each of them; the time is bounded from outside as well.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(which, (most, most))


def _from_html(data: bytes) -> tuple[str, str]:
    import trafilatura

    text = trafilatura.extract(data, include_comments=False, include_tables=True, include_formatting=False)
    # A page of a few words only has no main part to be told apart; then all of it is its text.
    text = text or trafilatura.html2txt(data)
    return "\n\n".join(line for line in text.split("\n") if line.strip()), f"trafilatura {trafilatura.__version__}"


def _from_pdf(data: bytes) -> tuple[str, str]:
    import pypdfium2

    from tui.library.extracting.reflowing import paragraphs_of_lines

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > _MOST_PAGES:
            msg = f"has more than {_MOST_PAGES:,} pages; split it"
            raise NoTextError(msg)
        pages = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PDF_PASSWORD:
            msg = "is locked by a password; unlock it first"
            raise NoTextError(msg) from error
        msg = "is no PDF that can be read; it may be damaged"
        raise NoTextError(msg) from error
    if not any(page.strip() for page in pages):
        msg = "has pictures of pages and no text; have its words recognised (OCR) first"
        raise NoTextError(msg)
    return paragraphs_of_lines(pages), f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}"


_TAKERS: Final = {"text/html": _from_html, "application/pdf": _from_pdf}
