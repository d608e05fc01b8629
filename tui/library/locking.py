"""Writing down where every quote stands in the texts that are held."""

from collections.abc import Mapping
from types import MappingProxyType

from tui.briefing import anchors
from tui.briefing.lock import EMPTY, Lock, LockedOriginal, LockedQuote, LockedText, QuoteKey
from tui.briefing.model import Briefing
from tui.briefing.provenance import carrier
from tui.library.compiling import compile_edition
from tui.library.held import HeldText
from tui.library.records import Entity, Entry


def lock_for(
    briefing: Briefing,
    before: Lock,
    texts: Mapping[str, HeldText],
    originals: Mapping[str, LockedOriginal] = MappingProxyType({}),
) -> Lock:
    """Make the lock for the texts that are held now and are the ones that the briefing names.

    What was locked of texts that are not held now stays as it was, and so does the original of a text that is the same.

    Args:
        briefing: the briefing.
        before: the lock as it was.
        texts: the texts that are held, by source id.
        originals: the files that some of them have just been taken from.
    """
    edition = compile_edition(briefing, EMPTY, texts)
    through = {source.id: source.cited_in for source in edition.sources}
    named = {source.id for source in edition.sources if source.held_sha256 and source.held_sha256 == source.sha256}
    locked_texts = {name: text for name, text in before.texts.items() if name in through and name not in named}
    locked_quotes = {key: place for key, place in before.quotes.items() if key.source in locked_texts}
    for source in edition.sources:
        if source.id in named:
            known = before.texts.get(source.id)
            original = originals.get(source.id) or (known.original if known and known.sha256 == source.sha256 else None)
            text = texts[source.id].text
            locked_texts[source.id] = LockedText(source.sha256, len(text), source.paragraphs, original)
    holders: tuple[Entry | Entity, ...] = (*edition.entries, *edition.entities)
    for holder in holders:
        for note in holder.notes:
            carried_by = carrier(note.source, through, texts)
            if note.state == "exact" and carried_by in named:
                start = anchors.find(texts[carried_by].text, note.quote, note.prefix, note.suffix)[0]
                place = LockedQuote(note.paragraph, start, start + len(note.quote))
                locked_quotes[QuoteKey(carried_by, note.quote, note.prefix, note.suffix)] = place
    return Lock(locked_texts, locked_quotes)
