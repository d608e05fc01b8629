"""What the tests of search share: a small library with its index."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui.library.catalogue import Catalogue
from tui.library.paths import bundled_content
from tui.search.answers import Answer
from tui.search.in_process import HitReader
from tui.search.index.library_index import SearchIndex
from tui.search.query import parse
from tui.search.run import search

CLAIM = '[[claim]]\nid = "{id}"\ntext = "{text}"\nby = "somebody"\n'


class Library:
    """A folder of briefings with its catalogue and its index."""

    def __init__(self, folder: Path, tiny: Callable[..., str], index_folder: Path | None) -> None:
        self.root = folder / "content"
        self.root.mkdir()
        self.tiny = tiny
        self.catalogue = Catalogue(folder / "catalogue.sqlite", [self.root], folder / "held")
        self.index = SearchIndex(index_folder)
        self.reader = HitReader(self.catalogue)

    def put(self, name: str, tables: str = "", **header: str) -> Path:
        """Write a briefing."""
        path = self.root / name / "briefing.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(self.tiny(tables, id=name, **header), encoding="utf-8")
        return path

    def claims(self, name: str, *texts: str) -> Path:
        """Write a briefing of claims."""
        return self.put(name, "".join(CLAIM.format(id=f"c{place}", text=text) for place, text in enumerate(texts)))

    def update(self) -> bool:
        """Bring catalogue and index up to date."""
        self.catalogue.refresh()
        return self.index.update(self.catalogue)

    def search(self, text: str, *, typing: bool = False, limit: int = 50, offset: int = 0) -> Answer:
        """Search."""
        return search(self.index, self.catalogue, parse(text, typing=typing), limit=limit, offset=offset)

    def found(self, text: str, *, typing: bool = False) -> list[str]:
        """Give the addresses of what is found, in order."""
        return self.addresses(self.search(text, typing=typing))

    def addresses(self, answer: Answer) -> list[str]:
        """Give the addresses of an answer's hits."""
        reader = HitReader(self.catalogue)
        shown = [reader.show(hit) for hit in answer.hits]
        return [f"{one.hit.briefing}#{one.id}" for one in shown if one]


@pytest.fixture
def library(tmp_path: Path, tiny: Callable[..., str]) -> Iterator[Library]:
    """Give an empty library whose index is on the disk."""
    made = Library(tmp_path, tiny, tmp_path / "index")
    yield made
    made.catalogue.close()


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory, tiny: Callable[..., str]) -> Library:
    """Give the bundled content, indexed; not to be changed."""
    made = Library(tmp_path_factory.mktemp("bundled"), tiny, None)
    for path in bundled_content().iterdir():
        (made.root / path.name).symlink_to(path)
    made.update()
    return made


@pytest.fixture(scope="session")
def swans(tmp_path_factory: pytest.TempPathFactory, tiny: Callable[..., str], sample_folder: Path) -> Library:
    """Give the made-up briefing with every feature, indexed; not to be changed."""
    made = Library(tmp_path_factory.mktemp("swans"), tiny, None)
    (made.root / "sample").symlink_to(sample_folder)
    made.update()
    return made
