"""What kind of file a source came as."""

import re
from pathlib import PurePath
from typing import Final, Literal

Kind = Literal["text/plain", "text/html", "application/pdf"]

SUFFIXES: Final[dict[Kind, str]] = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}
_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 1024
"""PDF readers take a file whose header stands within so many bytes (ISO 32000-1, implementation note 13)."""
_HTML_NAMES: Final = frozenset({".html", ".htm", ".xhtml"})
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_ARCHIVES: Final = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0")


class UnknownKindError(Exception):
    """A file that no text can be taken from; the message says what it is and what to do, without the path."""


def kind_of(data: bytes, name: str) -> Kind:
    """Tell what a file is by its content, and by its name only where a page of the web is not to be told by that.

    Raises:
        UnknownKindError: it is an archive or an office document.
    """
    if _PDF in data[:_PDF_WITHIN]:
        return "application/pdf"
    if data.startswith(_ARCHIVES):
        msg = "is an archive or an office document; save its text as plain text, HTML or PDF"
        raise UnknownKindError(msg)
    if PurePath(name).suffix.lower() in _HTML_NAMES or _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return "text/html"
    return "text/plain"
