"""What kind of file a source came as."""

import re
from pathlib import PurePath
from typing import Final, Literal

from tui.authoring.extraction.no_text import way_with

Kind = Literal["text/plain", "text/html", "application/pdf", "multipart/related", "message/rfc822"]

SUFFIXES: Final[dict[Kind, str]] = {
    "text/plain": ".original",  # beside the text, which has `.txt`
    "text/html": ".html",
    "application/pdf": ".pdf",
    "multipart/related": ".mhtml",
    "message/rfc822": ".eml",
}
_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 1024
"""PDF readers take a file whose header stands within so many bytes (ISO 32000-1, implementation note 13)."""
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_NAMES: Final[dict[str, Kind]] = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".mhtml": "multipart/related",
    ".mht": "multipart/related",
    ".eml": "message/rfc822",
}
_HEADER: Final = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_OF_A_MESSAGE: Final = re.compile(rb"^(?:mime-version|received|message-id):", re.IGNORECASE | re.MULTILINE)
"""What a message has and a text that begins like one, with a sender and a subject, has not."""
_RELATED: Final = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


class UnknownKindError(Exception):
    """A file that no text can be taken from; the message says what it is and what to do, without the path."""


def kind_of(data: bytes, name: str) -> Kind:
    """Tell what a file is by its content, and by its name where that does not tell it.

    Raises:
        UnknownKindError: it is no text, and nothing from which the program takes one.
    """
    if _PDF in data[:_PDF_WITHIN]:
        return "application/pdf"
    if way := way_with(data, name):
        raise UnknownKindError(way)
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if kind := _NAMES.get(PurePath(name).suffix.lower()):
        return kind
    if _HTML.match(start):
        return "text/html"
    header = _HEADER.match(data[:65536])
    if header and _OF_A_MESSAGE.search(header[0]):
        return "multipart/related" if _RELATED.search(header[0]) else "message/rfc822"
    return "text/plain"
