"""The worker process that takes a text from a source's file.

`main` reads the file from the standard input and writes JSON on the standard output. Parsers of untrusted files are the
most likely part of a program to break. So the worker has its own limits, and if it fails in any way, the program that
started it only finds that no text came.
"""

import contextlib
import json
import resource
import sys
from typing import Final

from tui.authoring.extraction.description import LARGE, About, about_page, share_of_page, share_of_pages

CPU_SECONDS: Final = 55
MEMORY_BYTES: Final = 1536 * 1024 * 1024
RULES: Final = 3
"""The version of the extraction rules. Another version may take another text from the same file."""
_MOST_PAGES: Final = 5000
_PDF_PASSWORD: Final = 4
"""FPDF_ERR_PASSWORD of PDFium."""


_NOTHING: Final = (
    "has no text that could be taken from it: none of its {:,} bytes are words on the page; "
    "where a script writes them, save the page from a browser"
)


class NoTextError(Exception):
    """No text can be taken from a file. The message states the reason and the remedy."""


def main() -> None:
    """Take the text from the standard input. The first argument is the file's kind."""
    from tui.authoring.extraction.reflow import tidied

    _limit()
    data = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        text, by = TAKERS[sys.argv[1]](data)
        about, share = _DESCRIBERS[sys.argv[1]](data, text)
        text, dropped = tidied(text)
        answer = {"text": text, "by": by, "dropped": dropped, "about": about._asdict(), "share": share}
        if not text.strip():
            answer = {"error": _NOTHING.format(len(data))}
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
        # Not every system has or allows each limit. The starting process limits the time as well.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(which, (most, most))


def _from_html(data: bytes) -> tuple[str, str]:
    from importlib.metadata import version

    from tui.authoring.extraction.elements import page_of
    from tui.authoring.extraction.main_part import leave, main_part
    from tui.authoring.extraction.markup import text_of

    page = page_of(data)
    by = f"trafilatura {version('trafilatura')}, rules {RULES}"
    if page is None:
        return "", by
    text = "\n\n".join(text_of(part, leave, page.get("lang") or "") for part in main_part(page, data))
    return text or text_of(page, _nothing), by


def _from_archive(data: bytes) -> tuple[str, str]:
    from tui.authoring.extraction.mail import page_in

    page = page_in(data)
    if page is None:
        msg = "has no page in it; save the page as HTML"
        raise NoTextError(msg)
    return _from_html(page)


def _from_message(data: bytes) -> tuple[str, str]:
    from tui.authoring.extraction.mail import is_whole, message_in

    head, text, page = message_in(data)
    by = f"rules {RULES}"
    if page:
        shown, how = _from_html(page)
        text, by = (text, by) if is_whole(text, shown) else (shown, how)
    return "\n\n".join(filter(None, (head, text if text.strip() else ""))), by


def _nothing(_: object) -> bool:
    return False


def _from_pdf(data: bytes) -> tuple[str, str]:
    import pypdfium2

    from tui.authoring.extraction.pdf import lines_of
    from tui.authoring.extraction.reflow import text_of_pages

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > _MOST_PAGES:
            msg = f"has more than {_MOST_PAGES:,} pages; split it"
            raise NoTextError(msg)
        pages = [lines_of(page) for page in document]
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PDF_PASSWORD:
            msg = "is locked by a password; unlock it first"
            raise NoTextError(msg) from error
        msg = "is no PDF that can be read; it may be damaged"
        raise NoTextError(msg) from error
    if not any(pages):
        msg = "has pictures of pages and no text; have its words recognised (OCR) first"
        raise NoTextError(msg)
    return text_of_pages(pages), f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}, rules {RULES}"


def _of_page(data: bytes, text: str) -> tuple[About, str]:
    from tui.authoring.extraction.elements import page_of
    from tui.authoring.extraction.markup import text_of

    about = about_page(data)
    if len(data) >= LARGE:  # the whole page beside its text would exceed `MEMORY_BYTES`
        return about, ""
    page = page_of(data)
    return about, share_of_page(text, "" if page is None else text_of(page, _nothing))


def _of_pdf(_: bytes, text: str) -> tuple[About, str]:
    return About(), share_of_pages([bool(page.strip()) for page in text.split("\f")])


def _of_archive(data: bytes, text: str) -> tuple[About, str]:
    from tui.authoring.extraction.mail import page_in

    return _of_page(page_in(data) or b"", text)


def _of_message(data: bytes, _: str) -> tuple[About, str]:
    from tui.authoring.extraction.mail import about_message

    return about_message(data), ""


_DESCRIBERS: Final = {
    "text/html": _of_page,
    "application/pdf": _of_pdf,
    "multipart/related": _of_archive,
    "message/rfc822": _of_message,
}
TAKERS: Final = {
    "text/html": _from_html,
    "application/pdf": _from_pdf,
    "multipart/related": _from_archive,
    "message/rfc822": _from_message,
}
