"""The locations of a briefing's quotes in source texts, and their lock."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from tui.briefing import anchors
from tui.briefing.canonical import Span
from tui.briefing.lock import Lock, LockedOriginal, LockedQuote, LockedText, QuoteKey
from tui.briefing.model import Briefing
from tui.briefing.problems import KeyPath
from tui.briefing.provenance import carrier
from tui.briefing.traversal import citations
from tui.library.source_texts import SourceText


class LocatedQuote(NamedTuple):
    """A quote with the text that carries it."""

    path: KeyPath
    """The key path of the quote."""
    quote: str
    prefix: str
    suffix: str
    carrier: str
    """The id of the source whose text is searched."""
    held: SourceText
    spans: tuple[Span, ...]
    """The spans of the quote with its prefix and suffix, in code points."""

    @property
    def text(self) -> str:
        """The whole text."""
        return self.held.text

    @property
    def key(self) -> QuoteKey:
        """The key of the quote in a lock."""
        return QuoteKey(self.carrier, self.quote, self.prefix, self.suffix)

    def anchor(self, locked: LockedQuote | None) -> anchors.Anchor:
        """Return the anchor of the quote, given its last known location."""
        before = (locked.start, locked.end) if locked else None
        return anchors.anchor(self.held.canonical, self.held.paragraphs, self.quote, self.spans, before)


def locate(briefing: Briefing, texts: Mapping[str, SourceText]) -> Iterator[LocatedQuote]:
    """Search each quote in the text of its carrier, if held.

    This is the one search for the quotes of a briefing: the compiled edition, the lock and the rules take its offsets.
    """
    if not texts:
        return
    through = {source.id: source.cited_in or "" for source in briefing.source}
    for path, citation, _ in citations(briefing):
        name = carrier(citation.source, through, texts)
        if citation.quote and name in texts:
            words = citation.quote, citation.prefix or "", citation.suffix or ""
            yield LocatedQuote((*path, "quote"), *words, name, texts[name], anchors.find(texts[name].canonical, *words))


def lock_for(
    briefing: Briefing,
    before: Lock,
    texts: Mapping[str, SourceText],
    originals: Mapping[str, LockedOriginal] = MappingProxyType({}),
    quotes: Iterable[LocatedQuote] | None = None,
) -> Lock:
    """Create the lock for the held texts that the briefing names.

    What was locked of texts that are not held now stays as it was, and so does the original of a text that is the same,
    and each place of it at which a quote stands still.

    Args:
        briefing: the briefing.
        before: the lock as it was.
        texts: the texts that are held, by source id.
        originals: the files that some of them have just been taken from.
        quotes: the quotes in these texts, where they are located already.
    """
    named = {one.id for one in briefing.source if one.id in texts and texts[one.id].sha256 == one.sha256}
    ids = {source.id for source in briefing.source}
    locked_texts = {name: text for name, text in before.texts.items() if name in ids and name not in named}
    locked_quotes = {key: place for key, place in before.quotes.items() if key.source in locked_texts}
    same = {name for name in named if name in before.texts and before.texts[name].sha256 == texts[name].sha256}
    for name, text in texts.items():
        if name in named:
            original = originals.get(name) or (before.texts[name].original if name in same else None)
            count = text.paragraphs[-1].number if text.paragraphs else 0
            locked_texts[name] = LockedText(text.sha256, len(text.text), count, original)
    for quote in locate(briefing, texts) if quotes is None else quotes:
        if quote.carrier in named:
            found = quote.anchor(before.quotes.get(quote.key) if quote.carrier in same else None)
            if found.start >= 0:
                page = quote.held.page_breaks.page_of(found.start)
                locked_quotes[quote.key] = LockedQuote(found.paragraph, found.start, found.end, page)
    return Lock(locked_texts, locked_quotes)
