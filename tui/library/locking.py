"""Writing down where every quote stands in the texts that are held."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tui.briefing import anchors
from tui.briefing.lock import Lock, LockedOriginal, LockedQuote, LockedText, QuoteKey
from tui.briefing.model import Briefing
from tui.briefing.sheets import Sheets
from tui.library.held import HeldText
from tui.library.located import Located, located


def lock_for(
    briefing: Briefing,
    before: Lock,
    texts: Mapping[str, HeldText],
    originals: Mapping[str, LockedOriginal] = MappingProxyType({}),
    quotes: Iterable[Located] | None = None,
) -> Lock:
    """Make the lock for the texts that are held now and are the ones that the briefing names.

    What was locked of texts that are not held now stays as it was, and so does the original of a text that is the same,
    and each place of it at which a quote stands still.

    Args:
        briefing: the briefing.
        before: the lock as it was.
        texts: the texts that are held, by source id.
        originals: the files that some of them have just been taken from.
        quotes: the quotes in these texts, where they are located already.
    """
    named = {one.id: one for one in briefing.source if one.id in texts and texts[one.id].sha256 == one.sha256}
    ids = {source.id for source in briefing.source}
    locked_texts = {name: text for name, text in before.texts.items() if name in ids and name not in named}
    locked_quotes = {key: place for key, place in before.quotes.items() if key.source in locked_texts}
    same = {name for name in named if name in before.texts and before.texts[name].sha256 == texts[name].sha256}
    for name, source in named.items():
        original = originals.get(name) or (before.texts[name].original if name in same else None)
        parts = anchors.paragraphs(texts[name].text, source.title)
        count = parts[-1].number if parts else 0
        locked_texts[name] = LockedText(texts[name].sha256, len(texts[name].text), count, original)
    sheets = {name: Sheets(texts[name].text) for name in named}
    if quotes is None:
        quotes = located(briefing, {name: text.text for name, text in texts.items()})
    for quote in quotes:
        if quote.carrier in named:
            key = QuoteKey(quote.carrier, quote.quote, quote.prefix, quote.suffix)
            known = before.quotes.get(key) if quote.carrier in same else None
            if place := _place(quote, known, sheets[quote.carrier]):
                locked_quotes[key] = place
    return Lock(locked_texts, locked_quotes)


def _place(quote: Located, known: LockedQuote | None, sheets: Sheets) -> LockedQuote | None:
    """Return where a quote stands: where it stood, else its only place."""
    before = (known.start, known.end) if known else None
    found = anchors.settled(quote.held.read, quote.held.parts, quote.quote, quote.spans, before)
    if found.start < 0:
        return None
    return LockedQuote(found.paragraph, found.start, found.end, sheets.page_of(found.start))
