"""Our ranking of the bundled content, and that of SQLite FTS5 over the same documents, folded the same way."""

import sqlite3
from functools import cached_property
from pathlib import Path
from typing import Final

from tests.relevance.judging import Judged
from tui.language.tokens import words_of
from tui.library.catalogue import Catalogue
from tui.library.volume import Volume
from tui.search.index.documents import Passage, passages, unpacked
from tui.search.index.library_index import SearchIndex
from tui.search.nodes import Field, Leaf, Phrase, leaves
from tui.search.query import parse
from tui.search.run import search

CONTENT: Final = Path(__file__).parents[2] / "content"
JUDGED: Final = ("dprk-missiles", "handbook")
"""The briefings that were judged. Nobody graded what others hold, so they are not searched here."""
_MOST: Final = 20
_NAMES: Final = frozenset({"by", "about", "source", "in"})


class Rankings:
    """The judged briefings, opened for both."""

    def __init__(self, folder: Path) -> None:
        """Read and index it; `folder` is a temporary one."""
        content = folder / "content"
        content.mkdir()
        for name in JUDGED:
            (content / name).symlink_to(CONTENT / name)
        self._catalogue = Catalogue(None, [content], folder / "held")
        self._catalogue.refresh()
        self._index = SearchIndex(None)
        self._index.update(self._catalogue)
        self._volumes = {path: self._catalogue.open(Path(path)).volume for path in self._catalogue.stamps()}

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The addresses of all that can be found."""
        return frozenset(
            _address(volume, passage) for volume in self._volumes.values() if volume for passage in passages(volume)
        )

    def kind_of(self, address: str) -> str:
        """Return the kind of an entry by its address."""
        briefing, _, name = address.partition("#")
        volumes = (volume for volume in self._volumes.values() if volume and volume.edition.id == briefing)
        return next((volume.entries[name].table for volume in volumes if name in volume.entries), "")

    def ours(self, query: Judged) -> list[str]:
        """Search as the program does; what only resembles counts as found, since it is shown, marked as such."""
        parsed = parse(query.text, typing=query.typing)
        answer = search(self._index, self._catalogue, parsed, limit=_MOST)
        found = []
        for hit in answer.hits:
            volume = self._volumes[str(hit.path)]
            if volume:
                found.append(_named(volume, hit.kind, hit.index, hit.paragraph))
        return found

    def fts5(self, query: Judged) -> list[str]:
        """Search with FTS5: all words required, fields by a column of tags that is not ranked by."""
        asked = " AND ".join(filter(None, map(_asked, leaves(parse(query.text, typing=query.typing).node))))
        ranked = "SELECT address FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?"
        return [address for (address,) in self._fts5.execute(ranked, (asked, _MOST))] if asked else []

    @cached_property
    def _fts5(self) -> sqlite3.Connection:
        database = sqlite3.connect(":memory:")
        columns = "words, quotes, tags, names, address UNINDEXED"
        # Folded words have none of these characters, and tags are made of them.
        tokens = "unicode61 remove_diacritics 2 tokenchars ''=_-#@''"
        database.execute(f"CREATE VIRTUAL TABLE passage USING fts5({columns}, tokenize='{tokens}')")
        database.execute("INSERT INTO passage(passage, rank) VALUES ('rank', 'bm25(1.0, 0.0, 0.0, 0.0)')")
        rows = (
            (
                " ".join(map(words_of, passage.texts)),
                " ".join(map(words_of, passage.quotes)),
                passage.tags,
                passage.names,
                _address(volume, passage),
            )
            for volume in self._volumes.values()
            if volume
            for passage in passages(volume)
        )
        database.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?)", rows)
        return database


def _asked(leaf: Leaf) -> str:
    """Write one part of a query for FTS5."""
    if not isinstance(leaf, Field):
        words = words_of(leaf.text)
        prefixed = not isinstance(leaf, Phrase) and leaf.prefix
        return f'words:"{words}"{"*" if prefixed else ""}' if words else ""
    if leaf.name == "quote":
        return f'quotes:"{words_of(leaf.values[0])}"'
    if leaf.name in _NAMES:
        return " AND ".join(f'names:"{leaf.name}={word}"' for word in words_of(leaf.values[0]).split())
    return "(" + " OR ".join(f'tags:"{leaf.name}={value}"' for value in leaf.values) + ")"


def _address(volume: Volume, passage: Passage) -> str:
    return _named(volume, *unpacked(passage.item))


def _named(volume: Volume, kind: str, place: int, paragraph: int) -> str:
    edition = volume.edition
    if kind == "text":
        return f"{edition.id}#{edition.sources[place].id}/{paragraph}"
    if kind == "source":
        return f"{edition.id}#{edition.sources[place].id}"
    if kind == "briefing":
        return f"{edition.id}#/{place}"
    items = edition.entities if kind == "entity" else edition.entries
    return f"{edition.id}#{items[place].id}"
