"""What is shown of a hit, read from its briefing when it comes on the screen, and not before."""

from collections import OrderedDict
from typing import NamedTuple

from tui.language.tokens import words_of
from tui.library.catalogue import Catalogue
from tui.library.volume import Volume
from tui.search.answers import Hit
from tui.search.index.passages import entity_texts, entry_texts, fronts, headings_of, paragraphs_of, source_texts
from tui.search.matcher import Matcher


class Shown(NamedTuple):
    """What is shown of a hit."""

    hit: Hit
    briefing: str
    """The briefing's title."""
    id: str
    """The id of the entry, source or entity; for a text, that of its source; empty for the briefing itself."""
    number: str
    """C1, 3, ¶5: what stands before it on its page; empty for an entity."""
    heading: str
    """Its title, name or label; empty where it has none."""
    texts: tuple[str, ...]
    """All in which words were looked for, the text that says most first."""
    rating: str
    """Such as B2; empty where it has none."""
    page: str
    """The page that shows it, such as `claims` or `text:seed`."""
    block: str
    """The block of that page."""

    @property
    def address(self) -> str:
        """The address that opens it."""
        return f"{self.hit.briefing}#{self.id}" if self.id else self.hit.briefing

    @property
    def text(self) -> str:
        """The text that says most."""
        return self.texts[0]

    def best(self, matcher: Matcher) -> str:
        """Give the text that shows best why it was found: the first with the most of what was looked for.

        An address shows it only for want of a text.
        """

        def different(text: str) -> float:
            found = len({words_of(text[start:end]) for start, end in matcher.spans(text)})
            return found - 0.5 * text.startswith(("http://", "https://"))

        return max(self.texts, key=different)


class Shelf:
    """Opens briefings for hits and keeps the last ones open."""

    def __init__(self, catalogue: Catalogue, size: int = 32) -> None:
        """Keep at most so many briefings, and as many texts, open."""
        self._catalogue = catalogue
        self._size = size
        self._volumes: OrderedDict[str, Volume | None] = OrderedDict()
        self._texts: OrderedDict[tuple[str, int], tuple[tuple[int, str], ...]] = OrderedDict()

    def show(self, hit: Hit) -> Shown | None:
        """Read what is shown of a hit; None where its briefing has changed or gone meanwhile."""
        volume = self._volume(hit)
        if volume is None:
            return None
        makers = {"briefing": _front, "text": self._paragraph, "source": _source, "entity": _entity}
        try:
            return makers.get(hit.kind, _entry)(hit, volume)
        except LookupError:
            return None

    def forget(self) -> None:
        """Close everything, since briefings may have changed."""
        self._volumes.clear()
        self._texts.clear()

    def _volume(self, hit: Hit) -> Volume | None:
        key = str(hit.path)
        if key not in self._volumes:
            self._volumes[key] = self._catalogue.open(hit.path).volume
        self._volumes.move_to_end(key)
        while len(self._volumes) > self._size:
            self._volumes.popitem(last=False)
        return self._volumes[key]

    def _paragraph(self, hit: Hit, volume: Volume) -> Shown | None:
        source = volume.edition.sources[hit.item]
        key = (str(hit.path), hit.item)
        if key not in self._texts:
            self._texts[key] = paragraphs_of(volume, source)
        self._texts.move_to_end(key)
        while len(self._texts) > self._size:
            self._texts.popitem(last=False)
        text = dict(self._texts[key])[hit.paragraph]
        number = f"¶{hit.paragraph}" if hit.paragraph else "title"
        shown = Shown(hit, volume.edition.title, source.id, number, source.label, (text,), "", f"text:{source.id}", "")
        return shown._replace(block=str(hit.paragraph), rating=source.reliability)


def _front(hit: Hit, volume: Volume) -> Shown:
    front = fronts(volume)[hit.item]
    return Shown(hit, volume.edition.title, "", "", front.heading, front.texts, "", "overview", front.block)


def _entry(hit: Hit, volume: Volume) -> Shown:
    entry = volume.edition.entries[hit.item]
    heading = next(iter(headings_of(volume, entry)), "")
    texts = tuple(filter(None, entry_texts(volume, entry)))
    rating = volume.rating(entry)
    page = volume.pane_of(entry)
    return Shown(hit, volume.edition.title, entry.id, entry.number, heading, texts, rating, page, entry.id)


def _source(hit: Hit, volume: Volume) -> Shown:
    source = volume.edition.sources[hit.item]
    texts = tuple(source_texts(source))
    number = str(source.number)
    title = volume.edition.title
    return Shown(hit, title, source.id, number, source.label, texts, source.reliability, "sources", source.id)


def _entity(hit: Hit, volume: Volume) -> Shown:
    entity = volume.edition.entities[hit.item]
    texts = tuple(entity_texts(entity))
    title = volume.edition.title
    return Shown(hit, title, entity.id, "", entity.name, texts, "", "entities", entity.id)
