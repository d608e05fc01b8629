"""The kinds of source files, and a remedy for each unreadable kind."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import PurePath
from typing import Final, Literal, NamedTuple

Kind = Literal["text/plain", "text/html", "application/pdf", "multipart/related", "message/rfc822"]

SUFFIXES: Final[dict[Kind, str]] = {
    "text/plain": ".original",  # beside the text, which has `.txt`
    "text/html": ".html",
    "application/pdf": ".pdf",
    "multipart/related": ".mhtml",
    "message/rfc822": ".eml",
}
_MARK: Final = b"\xef\xbb\xbf"
"""The byte order mark, which many exports begin with."""
_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 1024
"""The bytes within which PDF readers accept the header (ISO 32000-1, implementation note 13)."""
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
"""Headers that only a message has; a plain text may begin with a sender and a subject too."""
_RELATED: Final = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


class UnknownKindError(Exception):
    """A file of a kind without text. The message names the kind and the remedy, without the path."""


def kind_of(data: bytes, name: str) -> Kind:
    """Determine a file's kind by its content, or else by its name.

    Raises:
        UnknownKindError: the file is no text, and of no kind from which the program takes a text.
    """
    if _PDF in data[:_PDF_WITHIN]:
        return "application/pdf"
    if way := way_with(data, name):
        raise UnknownKindError(way)
    start = data[:4096].removeprefix(_MARK)
    if kind := _NAMES.get(PurePath(name).suffix.lower()):
        return kind
    if _HTML.match(start):
        return "text/html"
    header = _HEADER.match(data[:65536])
    if header and _OF_A_MESSAGE.search(header[0]):
        return "multipart/related" if _RELATED.search(header[0]) else "message/rfc822"
    return "text/plain"


_PANDOC: Final = "let Pandoc write its text, and give that: pandoc -t plain --wrap=none {file} > text.txt"
_REFERENCES: Final = "add its records to a briefing as sources: briefing import {file} --into ID"
_OTHER_REFERENCES: Final = "export it as RIS, BibLaTeX or CSL-JSON, which briefing import --into ID reads, by content or as .ris, .bib and .json"
_OFFICE: Final = "save it as PDF: libreoffice --headless --convert-to pdf {file}"
_PICTURE: Final = "have its words recognised (OCR) and give the resulting text or PDF"
_UNPACK: Final = "unpack it and give the file in it that has the text"
_SPOKEN: Final = "write down what is said in it as plain text"
_JSON_WITHIN: Final = 1024 * 1024
"""The largest size in bytes of a file that is parsed to find out whether it is JSON."""


def _begins(pattern: bytes) -> Callable[[bytes], bool]:
    found = re.compile(pattern)
    return lambda data: found.match(data) is not None


def _packs(name: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(b"PK\x03\x04") and name in data


def _is_json(data: bytes) -> bool:
    if len(data) > _JSON_WITHIN or data.lstrip()[:1] not in {b"{", b"["}:
        return False
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return bool(read) and (isinstance(read, dict) or isinstance(read[0], dict))


class _Row(NamedTuple):
    what: str
    way: str
    names: tuple[str, ...]
    """The endings of such files' names."""
    looks: Callable[[bytes], bool]


_ROWS: Final = (
    _Row("is a list of references (RIS)", _REFERENCES, (".ris",), _begins(rb"\s*TY  - ")),
    _Row(
        "is a list of references (BibTeX)",
        _REFERENCES,
        (".bib",),
        _begins(
            rb"(?i)(?:\s|%[^\n]*\n)*@(?:(?:comment|string|preamble)\s*[{(]|[a-z]+\s*[{(]\s*[^,\s{}]+\s*,(?:\s*\n|\s*\w+\s*=))"
        ),
    ),
    _Row(
        "is a list of references in a format that is not read",
        _OTHER_REFERENCES,
        (".enw", ".nbib", ".enl", ".rdf", ".mods"),
        _begins(
            rb"%0 [A-Z]|(?:---\s*\n)?references:\s*\n\s*- |\s*PMID- ?\d|\s*FN (?:Clarivate|Thomson|ISI)|\"Key\",\"Item Type\",|\s*(?:<[?!][^>]*>\s*)*<(?:xml>\s*<records>|modsCollection|rdf:RDF|b:Sources)"
        ),
    ),
    _Row("is rich text (RTF)", _PANDOC, (".rtf",), _begins(rb"\{\\rtf")),
    _Row("is a Word document", _PANDOC, (".docx",), _packs(b"word/document.xml")),
    _Row("is an OpenDocument text", _PANDOC, (".odt",), _packs(b"application/vnd.oasis.opendocument.text")),
    _Row("is an e-book (EPUB)", _PANDOC, (".epub",), _packs(b"application/epub+zip")),
    _Row("is a workbook", _OFFICE, (".xlsx", ".ods"), _packs(b"xl/workbook.xml")),
    _Row("is a presentation", _OFFICE, (".pptx", ".odp"), _packs(b"ppt/presentation.xml")),
    _Row("is an old office document", _OFFICE, (".doc", ".xls", ".ppt"), _begins(rb"\xd0\xcf\x11\xe0")),
    _Row(
        "is an archive of web pages (WARC)",
        "take the page out of it, and give that: warcio extract --payload {file} OFFSET > page.html",
        (".warc", ".warc.gz", ".wacz"),
        _begins(rb"WARC/\d"),
    ),
    _Row(
        "is a picture",
        _PICTURE,
        (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp", ".heic", ".djvu"),
        _begins(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF....WEBP|AT&TFORM"),
    ),
    _Row(
        "is a recording",
        _SPOKEN,
        (".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".webm", ".mkv", ".mov"),
        _begins(rb"ID3|OggS|RIFF....WAVE|....ftyp|\x1aE\xdf\xa3"),
    ),
    _Row(
        "is an archive",
        _UNPACK,
        (".zip", ".gz", ".7z", ".rar", ".tar", ".xz", ".zst", ".bz2"),
        _begins(rb"PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!|\xfd7zXZ|\x28\xb5\x2f\xfd|BZh\d"),
    ),
    _Row(
        "is data (JSON)",
        "save the text that is in it as plain text; a bibliography or annotations are read from .json: briefing import --into",
        (".json", ".jsonl", ".geojson"),
        _is_json,
    ),
)


def references_in(data: bytes) -> str:
    """Return the ending for a list of references by its content. Others have none."""
    return next((row.names[0] for row in _ROWS if row.way == _REFERENCES and row.looks(data)), "")


def way_with(data: bytes, name: str) -> str:
    """Return the kind and the remedy of a file without text.

    The result is empty for all other files.
    """
    ending, data = PurePath(name).name.lower(), data.removeprefix(_MARK)
    # Content first, since a name may lie. But the name of a packed file is more specific than its content.
    known = next((row for row in _ROWS if row.looks(data)), None)
    if known is None or known.way == _UNPACK:
        known = next((row for row in _ROWS if ending.endswith(row.names)), known)
    return f"{known.what}; {known.way.format(file=shlex.quote(name))}" if known else ""
