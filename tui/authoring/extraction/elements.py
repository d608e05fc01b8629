"""Parses the bytes of a web page into elements."""

import codecs
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED: Final = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|^<\?xml[^>]+encoding=["']([\w-]+)""", re.IGNORECASE
)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WITHIN: Final = 4096
"""Bytes in which a page may declare its encoding; the HTML standard asks for 1024."""


def page_of(data: bytes) -> "HtmlElement | None":
    """Return the root element of a page; None for an empty page."""
    from lxml import etree, html

    # Without `huge_tree`, elements nested deeper than 256 would be left out silently.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(_decoded(data).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def _decoded(data: bytes) -> str:
    declared = _DECLARED.search(data[:_WITHIN])
    names = [name for mark, name in _MARKS if data.startswith(mark)]
    names += [(declared[1] or declared[2]).decode()] if declared else []
    names.append("utf-8")
    for name in names:
        try:
            # Browsers read a page that declares Latin 1 as windows-1252 (WHATWG Encoding).
            known = codecs.lookup(name).name
            return data.decode("windows-1252" if known in {"iso8859-1", "ascii"} else known)
        except (LookupError, ValueError):
            continue
    from trafilatura.utils import decode_file  # guesses the encoding, and takes a second to load

    return str(decode_file(data))
