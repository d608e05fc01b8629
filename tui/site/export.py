"""The export of a library to a site."""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from tui.briefing.kinds import KINDS
from tui.briefing.problems import Problem
from tui.briefing.publication import AUTHOR, Showing
from tui.library.child_process import ChildProcess
from tui.library.paths import package_folder
from tui.library.published_catalogue import PublishedCatalogue
from tui.library.summaries import Summary
from tui.library.volume import Volume
from tui.site import frame
from tui.site.addresses import FEED, INDEX, SEARCH
from tui.site.briefing_files import briefing_files
from tui.site.elements import document, xml
from tui.site.feeds import library_feed
from tui.site.library_page import PAGE, Card, library_pages
from tui.site.notice_pages import withdrawn_page
from tui.site.search_index import about_index, bucket_count, bucket_files, bucket_of, documents
from tui.site.search_page import search_page
from tui.site.showing import Shown, remarks, shown
from tui.site.writing import Changes, Files, Site

_ASSETS: Final = (frame.STYLE, frame.SCRIPT)
_MANY: Final = 100
"""Briefings from which on several processes make them."""
_IN_FEED: Final = 50
"""The newest briefings, which the feed of the library has."""


class Exported(NamedTuple):
    """The result of an export."""

    changes: Changes
    briefings: int
    remarks: tuple[str, ...]
    """Lines about briefings that were left out, or that the clock will change."""
    problems: tuple[Problem, ...]
    """The problems of briefings that were left out, or exported as they were before."""


def export(catalogue: PublishedCatalogue, folder: Path, named: Sequence[str], memory: Path | None = None) -> Exported:
    """Write the site of a library or of some briefings.

    Args:
        catalogue: the library as a stranger may see it.
        folder: the folder of the site.
        named: the ids of the briefings; empty for all that are listed.
        memory: the folder in which the state of sites is kept.

    Raises:
        NotOursError: the folder is not ours to write.
    """
    return _Export(catalogue, Site(folder, memory), named).result()


class _Export:
    """One export."""

    def __init__(self, catalogue: PublishedCatalogue, site: Site, named: Sequence[str]) -> None:
        self._catalogue, self._site = catalogue, site
        self._whole = catalogue.seen_by(AUTHOR)
        self._named = {path for name in named if (path := self._whole.find(name))}
        self._keys: dict[Path, str] = {}
        self._cards: dict[Path, Card] = {}
        self._open: dict[Path, Volume | None] = {}

    def result(self) -> Exported:
        """Make all parts of the site that have changed."""
        code = _code_key()
        self._site.make("assets", code, assets)
        rows = self._rows()
        each = list(shown(rows, self._catalogue.sight, self._named))
        stamps, held = self._whole.stamps(), self._whole.held_stamp
        self._keys = {row.path: f"{code} {held} {stamps.get(str(row.path), '')}" for row in rows}
        self._cards = {one.row.path: card for one in each if one.showing.opens and (card := self._card(one))}
        listed = [one.row for one in each if one.showing.is_listed and one.row.path in self._cards]
        languages = sorted({self._cards[row.path].lang for row in listed}) or ["en"]
        buckets = bucket_count(sum(sum(row.counts.values()) + 4 for row in listed))
        grouped: defaultdict[int, list[Shown]] = defaultdict(list)
        for one in each:
            grouped[bucket_of(one.row.id, buckets)].append(one)
        self._buckets([grouped[bucket] for bucket in range(buckets)], languages)
        self._library(listed, about_index(buckets, _counts(listed), languages))
        told = tuple(remarks(each, self._catalogue.publishing.clock.instant().now))
        broken = (row for row in self._whole.broken() if row.path in self._named or not self._named)
        problems = tuple(problem for row in broken for problem in row.problems)
        return Exported(self._site.finish(), sum(one.showing.opens for one in each), told, problems)

    def _rows(self) -> list[Summary]:
        """Return the briefings that are asked for, each id once."""
        rows = self._whole.rows(0, max(1, self._whole.count()))
        wanted = self._named or set(self._whole.ids().values())
        return [row for row in rows if row.path in wanted and row.digest]

    def _card(self, one: Shown) -> Card | None:
        """Return the card of a briefing. A known one opens no briefing."""
        facts = self._site.facts(one.row.id, self._key(one))
        if isinstance(facts, list):
            return Card(*facts)
        volume = self._volume(one.row.path)
        return Card(volume.edition.lang) if volume else None

    def _volume(self, path: Path) -> Volume | None:
        if path not in self._open:
            if len(self._open) > 256:
                self._open.clear()
            self._open[path] = self._whole.open(path).volume
        return self._open[path]

    def _buckets(self, each: Sequence[Sequence[Shown]], languages: Sequence[str]) -> None:
        """Make all buckets, many of them in several processes."""
        stale = sum(self._site.is_stale(one.row.id, self._key(one)) for some in each for one in some)
        turns = (os.cpu_count() or 1) if stale >= _MANY and self._whole.cache_folder else 1
        work = [partial(self._made_apart, each, turn, turns, languages) for turn in range(1, turns)]
        children = [ChildProcess(one) for one in work]
        self._some_buckets(each, 0, turns, languages)
        for turn, child in enumerate(children, 1):
            if (state := child.take()) is None:
                self._some_buckets(each, turn, turns, languages)
            else:
                self._site.add(state)

    def _some_buckets(self, each: Sequence[Sequence[Shown]], turn: int, turns: int, languages: Sequence[str]) -> None:
        for bucket in range(turn, len(each), turns):
            self._bucket(bucket, each[bucket], languages)

    def _made_apart(self, each: Sequence[Sequence[Shown]], turn: int, turns: int, languages: Sequence[str]) -> str:
        """Make some buckets in a child process."""
        self._whole = self._whole.in_child()
        self._site.emptied()
        self._some_buckets(each, turn, turns, languages)
        return self._site.state()

    def _key(self, one: Shown) -> str:
        return f"{self._keys[one.row.path]} {one.showing.value}"

    def _bucket(self, bucket: int, each: Sequence[Shown], languages: Sequence[str]) -> None:
        """Make the pages of a bucket's briefings, then its index."""
        for one in each:
            self._site.make(one.row.id, self._key(one), partial(self._files, one), self._cards.get(one.row.path))
        found = [one.row.path for one in each if one.showing.is_listed and one.row.path in self._cards]

        def files() -> Files:
            volumes = filter(None, map(self._volume, found))
            return bucket_files(bucket, [*chain.from_iterable(map(documents, volumes))], languages)

        self._site.make(f"bucket {bucket}", f"{_hashed(self._keys[path] for path in found)} {languages}", files)

    def _files(self, one: Shown) -> Files:
        if one.showing is Showing.NOTICE:
            return [(f"{one.row.id}/{INDEX}", document(withdrawn_page(one.row.id)))]
        volume = self._volume(one.row.path) if one.showing.opens else None
        return briefing_files(volume, is_listed=one.showing.is_listed) if volume else ()

    def _library(self, rows: Sequence[Summary], about: tuple[str, bytes]) -> None:
        """Make the pages about the whole library."""
        for number, some in enumerate(_parted(rows), 1):
            key = f"{_hashed(f'{row.path} {self._keys[row.path]}' for row in some)} {len(rows)}"
            self._site.make(f"list {number}", key, partial(library_pages, number, some, self._cards, len(rows)))
        newest, code = rows[:_IN_FEED], _code_key()
        key = _hashed([code, *(self._keys[row.path] for row in newest)])
        self._site.make("feed", key, lambda: [(FEED, xml(library_feed(newest)))])
        self._site.make("search", _hashed([code, repr(about)]), lambda: [(SEARCH, document(search_page())), about])


def _parted(rows: Sequence[Summary]) -> Iterator[Sequence[Summary]]:
    """Yield the rows of each page of the library."""
    for start in range(0, max(1, len(rows)), PAGE):
        yield rows[start : start + PAGE]


def _counts(rows: Sequence[Summary]) -> dict[str, int]:
    entries = sum(row.counts.get(kind, 0) for row in rows for kind in KINDS)
    return {"briefings": len(rows), "entries": entries, "sources": sum(row.counts.get("source", 0) for row in rows)}


def _hashed(texts: Iterator[str] | Sequence[str]) -> str:
    return blake2b("\n".join(texts).encode(errors="surrogateescape"), digest_size=16).hexdigest()


@cache
def _code_key() -> str:
    """Return a key that changes with the program."""
    files = sorted(package_folder().rglob("*.*"))
    return _hashed(
        [f"{file.name} {file.stat().st_mtime_ns}" for file in files if file.suffix in {".py", ".css", ".js", ".toml"}]
    )


def assets() -> Files:
    """Return the style and the script of every page."""
    return [(name, (package_folder() / "site" / "assets" / name).read_bytes()) for name in _ASSETS]
