"""The particulars of a source, read from its own page."""

import json
import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from tui.briefing.characters import FORBIDDEN

LOOKED_FOR: Final = ("title", "author", "publisher", "issued", "url")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS: Final = 12
_ADDRESS: Final = re.compile(r"https?://[^\s\"<>\\^`{|}]+")
_VOCABULARY: Final = "https://schema.org"
_LONGEST: Final = 300
LARGE: Final = 4_000_000
"""Bytes of a page beyond which only its beginning is read, since trafilatura takes many times a page's memory."""
_HEAD: Final = 500_000
_WORD: Final = re.compile(r"\w+")
_LITTLE: Final = 0.3
"""A smaller share of a page's words is reported, since more than menus may have been left out."""


class About(NamedTuple):
    """The particulars of a source; empty where they were not found."""

    title: str = ""
    author: tuple[str, ...] = ()
    publisher: str = ""
    issued: str = ""
    url: str = ""
    lang: str = ""
    looked_for: tuple[str, ...] = ()
    """The names of the particulars that were looked for; none in a plain text or a PDF."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """The particulars that were looked for and are not there."""
        return tuple(name for name in self.looked_for if not getattr(self, name))


def about_page(data: bytes) -> About:
    """Read the particulars of a web page from its own elements."""
    from trafilatura import extract_metadata

    from tui.authoring.extraction.elements import page_of

    page = page_of(data if len(data) < LARGE else data[:_HEAD])
    if page is None:
        return About(looked_for=LOOKED_FOR)
    lang = page.get("lang") or next(iter(page.xpath("//meta[@http-equiv='content-language']/@content")), "")
    scripts = page.xpath("//script[@type='application/ld+json']")
    for script in scripts:
        script.text = _with_context(script.text or "")
    # The extensive search would take any date in the text for the date of publication.
    found = extract_metadata(page, extensive=False)
    canonical = next(iter(page.xpath("//link[@rel='canonical']/@href")), "")
    bases = (*page.xpath("//base/@href"), *page.xpath("//meta[@property='og:url']/@content"))
    base = next(filter(_ADDRESS.match, map(str, bases)), "")
    told = found.url or _address_in_data(script.text for script in scripts) or str(canonical)
    url = _joined(base, told.strip())
    publisher = line_of(found.sitename)
    return About(
        line_of(found.title),
        tuple(name for name in map(line_of, (found.author or "").split(";")) if name),
        "" if publisher.lower().removeprefix("www.") == _host(url) else publisher,
        date_told(found.date or "", data[:LARGE].decode("utf-8", "replace")),
        url,
        str(lang) if _LANGUAGE.fullmatch(str(lang)) else "",
        LOOKED_FOR,
    )


def share_of_page(text: str, whole: str) -> str:
    """Return a notice where a text is little of its page.

    The notice is empty where `_LITTLE` or more of the page's words are in the text.
    """
    taken, there = (sum(1 for _ in _WORD.finditer(words)) for words in (text, whole))
    if taken >= _LITTLE * there:
        return ""
    return f"Took {taken:,} of the {there:,} words on the page; the others seemed to be menus and the like."


def share_of_pages(pages: list[bool]) -> str:
    """Return a notice that lists the pages of a PDF without text.

    The notice is empty where each page has some text.

    Args:
        pages: whether each page has text.
    """
    bare = [str(number) for number, has_text in enumerate(pages, 1) if not has_text]
    if not bare:
        return ""
    listed = ", ".join(bare[:10]) + (" …" if len(bare) > 10 else "")
    name = "page" if len(bare) == 1 else "pages"
    return f"Found text on {len(pages) - len(bare):,} of {len(pages):,} pages; {name} {listed} may be pictures: have their words recognised (OCR)."


def _joined(base: str, address: str) -> str:
    """Resolve an address. The result is empty where it is relative to nothing known."""
    try:
        found = urljoin(base, address) if address else ""
    except ValueError:
        return ""
    return found if _ADDRESS.fullmatch(found) else ""


def _with_context(script: str) -> str:
    """Add the vocabulary to JSON-LD. Without a vocabulary trafilatura reads no data."""
    try:
        told = json.loads(script)
    except (ValueError, RecursionError):
        return script
    found = told if isinstance(told, list) else [told]
    if not all(isinstance(one, dict) for one in found) or all("@context" in one for one in found):
        return script
    named = [{"@context": _VOCABULARY, **one} for one in found]
    return json.dumps(named if isinstance(told, list) else named[0])


def _address_in_data(scripts: Iterable[str]) -> str:
    """Return an article's address from its data for search engines (JSON-LD)."""
    for script in scripts:
        try:
            told = json.loads(script)
        except (ValueError, RecursionError):
            continue
        found = told.get("@graph", told) if isinstance(told, dict) else told
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, dict) and "headline" in one:
                main = one.get("mainEntityOfPage")
                url = one.get("url") or (main.get("@id") if isinstance(main, dict) else main)
                return url if isinstance(url, str) else ""
    return ""


def date_told(found: str, page: str) -> str:
    """Return a date as exactly as its page states it.

    trafilatura fills in a day or a month that the page lacks. Such a part is removed, so that the result is a day, a
    month, a year or nothing.
    """
    if not (match := _DAY.fullmatch(found)):
        return ""
    year, month, day = match[1], rf"0?{int(match[2])}", rf"0?{int(match[3])}(?:st|nd|rd|th|er|º|ª)?"
    named = r"[^\W\d]{3,12}"
    by = r"[-/.\s年月,]{1,3}(?:de\s)?"
    # 2/3/2026 is a day in February or in March.
    one_way = int(match[3]) > _MONTHS or match[2] == match[3]
    days = (
        rf"{year}{match[2]}{match[3]}",
        rf"{year}{by}(?:{month}|{named}){by}{day}",
        rf"{day}{by}(?:of\s)?{named}{by}{year}",
        rf"{named}{by}{day}{by}{year}",
        rf"{day}\.\s?{month}\.\s?{year}",
        *((rf"{day}[-/]{month}[-/]{year}", rf"{month}[-/]{day}[-/]{year}") if one_way else ()),
    )
    months = (rf"{year}[-/.年]{month}", rf"(?<![-/.]){month}[-/.]{year}", rf"{named}{by}{year}", rf"{year}{by}{named}")
    for told, forms in ((found, days), (found[:7], months), (year, (year,))):
        if re.search(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)", page):
            return told
    return ""


def line_of(words: str | None) -> str:
    """Return words on one line without forbidden characters.

    The result is empty where the words are too long for a particular.
    """
    said = " ".join(FORBIDDEN.sub(" ", words or "").split())
    return said if len(said) <= _LONGEST else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
