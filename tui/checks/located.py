"""Where the quotes of a briefing stand in the texts that are held."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tui.briefing import anchors
from tui.briefing.model import Briefing
from tui.briefing.problems import KeyPath
from tui.briefing.provenance import carrier
from tui.checks.walking import citations


class Located(NamedTuple):
    """A quote with the text that carries it."""

    path: KeyPath
    """The key path of the quote."""
    quote: str
    prefix: str
    suffix: str
    carrier: str
    """The id of the source in whose text it is looked for."""
    text: str
    starts: tuple[int, ...]
    """Where it stands in the text with its prefix and suffix, in code points."""


def located(briefing: Briefing, texts: Mapping[str, str]) -> Iterator[Located]:
    """Look for every quote whose text is held; the texts are given by source id."""
    if not texts:
        return
    through = {source.id: source.cited_in or "" for source in briefing.source}
    for path, citation, _ in citations(briefing):
        name = carrier(citation.source, through, texts)
        text = texts.get(name)
        if citation.quote and text is not None:
            prefix, suffix = citation.prefix or "", citation.suffix or ""
            starts = anchors.find(text, citation.quote, prefix, suffix)
            yield Located((*path, "quote"), citation.quote, prefix, suffix, name, text, starts)
