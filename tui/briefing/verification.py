"""The verification of quotes, by a held text or by a lock."""

from collections.abc import Container, Mapping
from typing import Literal, NamedTuple

from tui.briefing.fields import Citation
from tui.briefing.lock import Lock, LockedQuote, QuoteKey
from tui.briefing.provenance import chain


class Voucher(NamedTuple):
    """The verification of a quote."""

    by: Literal["text", "lock", "nothing", "no-text"]
    """The verifier. `nothing`: a named text is not held, and its lock lacks the quote; `no-text`: no text is named."""
    source: str
    """The source whose text it is, or would be."""
    place: LockedQuote | None = None
    """The location of the quote in the lock; None for an unlisted quote."""


class Vouching:
    """Finds the verification of quotes."""

    def __init__(self, through: Mapping[str, str], named: Mapping[str, str], lock: Lock, held: Container[str]) -> None:
        """Prepare for the quotes of a briefing.

        Args:
            through: for each source the id of the one through which alone it is known, or nothing.
            named: the SHA-256 of the text that each source names; sources that name none are left out.
            lock: what ``sources.lock`` records.
            held: the sources whose texts are held.
        """
        self._through, self._named, self._lock, self._held = through, named, lock, held
        self._known: dict[str, _Text] = {}

    def of(self, citation: Citation) -> Voucher:
        """Return the verification of a citation's quote."""
        text = self._known.get(citation.source) or self._known.setdefault(citation.source, self._text(citation.source))
        if not (text.held or text.locked):
            return text.otherwise
        key = QuoteKey(text.held, citation.quote or "", citation.prefix or "", citation.suffix or "")
        if text.held:
            return Voucher("text", text.held, self._lock.quotes.get(key))
        places = ((link, self._lock.quotes.get(key._replace(source=link))) for link in text.locked)
        return next((Voucher("lock", link, place) for link, place in places if place), text.otherwise)

    def _text(self, source: str) -> "_Text":
        trail = chain(source, self._through)
        held = next((link for link in trail if link in self._held), "")
        # A lock for another text than the one that the source names now says nothing of it.
        known = ((link, self._lock.texts.get(link)) for link in trail)
        locked = tuple(link for link, text in known if text and text.sha256 == self._named.get(link))
        names = next((link for link in trail if link in self._named), "")
        return _Text(held, locked, Voucher("nothing", names) if names else Voucher("no-text", trail[-1]))


class _Text(NamedTuple):
    """The knowledge of the text behind a source, for all its quotes."""

    held: str
    """The source whose text is held; empty where none is."""
    locked: tuple[str, ...]
    """The sources of which the lock is one for the text that they name."""
    otherwise: Voucher
    """The verification of a quote that neither the text nor the lock has."""
