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

JUDGED = """
[[revision]]
on = "2026-11-27"
text = "The count at dusk was added."

[[judgment]]
id = "kj-seven"
short = "Seven on the pond in May"
date = "2026-05"
text = "Seven swans were on the pond."
likelihood = "likely"
confidence = "moderate"
why = "One count by daylight."
for = [{ to = "by-day", why = "It was light." }]
against = [{ to = "by-dusk", why = "It was taken later.", weak = true }]
rests_on = [{ to = "stayed", why = "A swan that left was not counted." }]
answers = "how-many#seven"
quantity = { of = "swans afloat", min = 7, max = 7, unit = "birds", words = "half a dozen and one" }
alternatives = [{ text = "Somebody counted geese.", likelihood = "unlikely" }]
so_what = "Buy corn for seven."
previous = [{ on = "2026-04", likelihood = "unlikely", confidence = "low", text = "Nine were there.", why = "April was foggy." }]
outcome = { on = "2026-06", came_true = true, why = "The owner agreed." }
note = "We were not there."

[[judgment]]
id = "kj-nine"
short = "Nine by autumn"
date = "2026-10"
text = "Nine swans will be there in October."
likelihood = "very unlikely"
confidence = "low"
why = "Nobody expects cygnets."
for = []
against = ["by-day"]
rests_on = ["kj-seven"]

[[question]]
id = "how-many"
short = "How many swans?"
text = "How many swans are there?"
key = true
settled_by = "A count at noon."
positions = [
  { id = "seven", text = "seven birds", entries = ["by-day"], note = "By daylight alone." },
  { id = "eleven", text = "eleven birds", entries = ["by-dusk"] },
]
evidence = [{ entry = "quiet", for = ["seven"], against = ["eleven"], why = "Eleven are louder." }]

[[question]]
id = "whose"
text = "Whose swans are they?"

[[indicator]]
id = "recount"
text = "The warden counts again."
outcomes = [{ text = "He finds seven.", moves = [{ to = "kj-seven", way = "up" }] }]
where = "the board at the mill"
until = "2027"
observed = { on = "2026-12", cite = [{ source = "ledger", quote = "counted once more" }] }

[[claim]]
id = "by-day"
short = "Seven by day"
text = "The warden counted seven."
kind = "judgment"
by = "warden"
cite = [{ source = "ledger", quote = "seven at noon" }]
conflicts = [{ to = "by-dusk", kind = "other-count", why = "Two counts of one pond." }]

[[claim]]
id = "by-dusk"
text = "A guest counted eleven."
by = "a guest"
cite = [{ source = "ledger", origin = ["guest-dusk"] }]

[[claim]]
id = "quiet"
text = "The pond was quiet."
by = "a passer-by"
cite = [{ source = "ledger", origin = ["noon"] }]

[[assumption]]
id = "stayed"
text = "No swan left between the counts."

[[entity]]
id = "warden"
name = "Wat Holm"
type = "person"
party = "neutral"
reliability = "B"

[[entity]]
id = "guest"
name = "Gil Perch"
type = "person"
party = "seller of swans"

[[origin]]
id = "noon"
name = "The warden at noon"
by = "warden"
note = "Said on the jetty."

[[origin]]
id = "guest-dusk"
name = "The guest at dusk"
by = "guest"

[[source]]
id = "ledger"
type = "book"
title = "The ledger"
origin = ["noon"]
translator = ["Ann Dell"]
edition = "second"
"""
"""A made-up briefing in format 2 whose every field of judgments, questions and indicators is filled."""


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
def judged(tmp_path_factory: pytest.TempPathFactory, tiny: Callable[..., str]) -> Library:
    """Give the made-up briefing with judgments, a dispute and an indicator, indexed; not to be changed."""
    made = Library(tmp_path_factory.mktemp("judged"), tiny, None)
    path = made.put("judged", JUDGED)
    path.write_text(path.read_text(encoding="utf-8").replace("format = 1", "format = 2", 1), encoding="utf-8")
    made.update()
    return made


@pytest.fixture(scope="session")
def swans(tmp_path_factory: pytest.TempPathFactory, tiny: Callable[..., str], sample_folder: Path) -> Library:
    """Give the made-up briefing with every feature, indexed; not to be changed."""
    made = Library(tmp_path_factory.mktemp("swans"), tiny, None)
    (made.root / "sample").symlink_to(sample_folder)
    made.update()
    return made
