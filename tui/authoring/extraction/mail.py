"""The text of messages. A web archive in one file (MHTML) is a message too."""

import codecs
import re
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from typing import Final

from tui.authoring.extraction.description import About, line_of

_TOLD: Final = ("From", "To", "Date", "Subject")
_FLOWED: Final = re.compile(r"(?<!^--) \r?\n(?!>)", re.MULTILINE)
_LEAST: Final = 0.5
"""The plain text of a message counts as complete from this share of the words of the message's HTML page."""


def page_in(data: bytes) -> bytes | None:
    """Return the page of a web archive; None where there is none."""
    parts = [part for part in _read(data).walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    return _as_utf8(parts[0]) if parts else None


def message_in(data: bytes) -> tuple[str, str, bytes | None]:
    """Return a message's header lines, its plain text and its page.

    A missing text is empty; a missing page is None.
    """
    message = _read(data)
    head = "\n".join(f"{name}: {' '.join(str(message[name]).split())}" for name in _TOLD if message[name])
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    return head, _plain(plain), _as_utf8(page) if page else None


def about_message(data: bytes) -> About:
    """Read the particulars of a message from its header."""
    message = _read(data)
    senders, sent = message["From"], message["Date"]
    names = [one.display_name or one.addr_spec for one in getattr(senders, "addresses", ())]
    day = getattr(sent, "datetime", None)
    return About(
        line_of(str(message["Subject"] or "")),
        tuple(filter(None, map(line_of, names))),
        issued=day.date().isoformat() if day else "",
        looked_for=("title", "author", "issued"),
    )


def is_whole(plain: str, page: str) -> bool:
    """Whether a message's plain text is as complete as its page."""
    return len(plain.split()) >= _LEAST * len(page.split())


def _read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 (the policy makes no other)
    return message


def _plain(part: "MIMEPart | None") -> str:
    if part is None:
        return ""
    text = _decoded(part)
    return _FLOWED.sub(" ", text) if part.get_param("format") == "flowed" else text


def _decoded(part: MIMEPart) -> str:
    data = part.get_payload(decode=True)
    found = data if isinstance(data, bytes) else b""
    for name in (part.get_content_charset("utf-8"), "utf-8"):
        try:
            return found.decode(name)
        except (LookupError, ValueError):
            continue
    return found.decode("windows-1252", "replace")


def _as_utf8(part: MIMEPart) -> bytes:
    """Return a page as UTF-8 where the message states its encoding.

    The message's statement has priority over the page's own declaration.
    """
    data = part.get_payload(decode=True)
    if part.get_content_charset() is None and isinstance(data, bytes):
        return data
    return codecs.BOM_UTF8 + _decoded(part).encode("utf-8", "replace")
