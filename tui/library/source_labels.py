"""The short labels of sources, unique within a briefing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from tui.briefing import edtf
from tui.briefing.source import Source

_LONGEST: Final = 28


def labels_of(sources: Iterable[Source]) -> Mapping[str, str]:
    """Return the label of each source by its id. Equal labels get dates or numbers."""
    numbered = list(enumerate(sources, 1))
    plain = {source.id: source.short or _plain(source) for _, source in numbered}
    dated = {source.id: _dated(source, plain[source.id]) for _, source in numbered}
    found = _chosen(plain, dated)
    counted = {source.id: f"{dated[source.id]} ({number})" for number, source in numbered}
    # Twice, since a source may be called what another one's number makes of it.
    return _chosen(_chosen(found, counted), counted)


def _chosen(labels: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Take other labels in the place of those that are alike."""
    counts = Counter(label.casefold() for label in labels.values())
    return {name: label if counts[label.casefold()] == 1 else others[name] for name, label in labels.items()}


def _plain(source: Source) -> str:
    """Return the publisher or first author of a source, else its title."""
    author = source.author[0].split()[-1] if source.author else ""
    name = source.publisher or source.container or author or source.title or source.type
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _dated(source: Source, label: str) -> str:
    words = edtf.in_words(source.issued) if source.issued else ""
    return f"{label}, {words}" if words and words not in label else label
