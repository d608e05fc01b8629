"""Where the quotes of a briefing stand in the texts that are held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tui.briefing import anchors
from tui.briefing.canonical import Canonical, Span
from tui.briefing.model import Briefing
from tui.briefing.problems import KeyPath
from tui.briefing.provenance import carrier
from tui.briefing.walk import citations


@dataclass(frozen=True)
class ReadText:
    """A held text that is looked through for quotes."""

    text: str
    title: str | None

    @cached_property
    def read(self) -> Canonical:
        """The text as a person reads it."""
        return Canonical(self.text)

    @cached_property
    def parts(self) -> tuple[anchors.Paragraph, ...]:
        """Its paragraphs."""
        return anchors.paragraphs(self.text, self.title)


class Located(NamedTuple):
    """A quote with the text that carries it."""

    path: KeyPath
    """The key path of the quote."""
    quote: str
    prefix: str
    suffix: str
    carrier: str
    """The id of the source in whose text it is looked for."""
    held: ReadText
    spans: tuple[Span, ...]
    """Where it stands in the text with its prefix and suffix, in code points."""

    @property
    def text(self) -> str:
        """The whole text."""
        return self.held.text


def located(briefing: Briefing, texts: Mapping[str, str]) -> Iterator[Located]:
    """Look for every quote whose text is held; the texts are given by source id."""
    if not texts:
        return
    through = {source.id: source.cited_in or "" for source in briefing.source}
    held = {source.id: ReadText(texts[source.id], source.title) for source in briefing.source if source.id in texts}
    for path, citation, _ in citations(briefing):
        name = carrier(citation.source, through, held)
        if citation.quote and name in held:
            words = citation.quote, citation.prefix or "", citation.suffix or ""
            spans = anchors.find(held[name].read, *words)
            yield Located((*path, "quote"), *words, name, held[name], spans)
