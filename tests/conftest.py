"""What the tests share: an environment of their own, small briefings, and the bundled ones."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tui.briefing import lock
from tui.library.catalogue import Catalogue
from tui.library.compiling import compile_edition, compile_file
from tui.library.volume import Volume

_EXAMPLES = int(os.environ.get("BRIEFING_TESTS_EXAMPLES", "60"))
settings.register_profile("suite", deadline=None, max_examples=_EXAMPLES, database=None, print_blob=True)
settings.load_profile("suite")

CONTENT = Path(__file__).parents[1] / "content"

HEADER = """\
format = 1
[briefing]
id = "tiny"
title = "A tiny briefing"
bluf = "There is little in it."
lang = "en"
as_of = "2026-11-22"
"""

POND = """\
The pond book

There were seven swans on the pond. The swans were white.

Nobody counted the geese, though some said that there were geese.

The miller said: “I saw eleven swans.”
"""

SAMPLE = """\
#:schema ../briefing.schema.json
format = 1

[briefing]
id = "sample"
title = "Swans on a pond"
bluf = "Two counts *disagree*; see [[seven]]."
lang = "en"
as_of = "2026-11-22"
scale = "icd203"
authors = ["A. Author", "B. Author"]
note = "Made up from end to end."

[[source]]
id = "pond"
title = "The pond book"
short = "Pond book"
type = "chapter"
author = ["Ann Keeper"]
container = "The books of the mill"
publisher = "Mill Press"
issued = "2026-11"
accessed = "2026-11-20"
url = "https://example.org/pond"
lang = "en"
sha256 = "{sha256}"
held = "pond.txt"
origin = ["mill"]
seen = "full"
reliability = "B"
descriptor = "A book that was kept at the mill."

[[source]]
id = "miller"
short = "The miller"
type = "interview"
author = "The Miller"
unknown = ["title", "issued"]
cited_in = "pond"
reliability = "F"

[[source]]
id = "letter"
title = "A letter"
type = "personal_communication"
cited_in = "miller"
seen = "not-found"
reliability = "E"

[[source]]
id = "stray"
title = "Swans of the world"
type = "book"
author = ["Ann One", "Ben Two", "Cid Three", "Dee Four"]
publisher = "World Press"
issued = "1999?"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
seen = "excerpt"
reliability = "A"

[[source]]
id = "twin"
title = "Swans again"
type = "article-newspaper"
publisher = "The Daily Swan"
issued = "2026-11-09"
origin = ["pond", "unnamed"]
reliability = "C"

[[source]]
id = "idle"
type = "report"
unknown = ["title"]

[[entity]]
id = "keeper"
name = "Ann Keeper"
type = "person"
role = "keeper of the book"
affiliation = "the mill"
aka = ["the keeper"]
text = "She wrote *it all* down."
cite = [{{ source = "pond", quote = "Nobody counted the geese" }}]

[[entity]]
id = "water"
name = "Quillby Pond"
type = "place"

[[background]]
id = "setting"
title = "The setting"
text = "A pond, and on it:\\n\\n- swans\\n- geese\\n\\nSee [[water|the pond]] and [[pond]]."
cite = [{{ source = "pond" }}]
about = ["water"]

[[claim]]
id = "seven"
text = "The book has seven swans."
kind = "report"
by = "the keeper"
hedge = "there were"
date = "2026-11-08"
cite = [
  {{ source = "pond", quote = "seven swans", note = "On its *first* page.", page = "p. 1" }},
  {{ source = "pond", quote = "The swans were white" }},
  {{ source = "twin", origin = ["pond", "unnamed"] }},
]
about = ["water", "eleven"]
quantity = {{ of = "swans", min = 7, max = 7, note = "seven" }}
credibility = 2
conflicts = ["eleven"]
assess = {{ likelihood = "likely", confidence = "low", why = "It was misty." }}

[[claim]]
id = "eleven"
text = "The miller saw eleven swans."
kind = "statement"
by = "keeper"
cite = [{{ source = "miller", quote = "I saw eleven swans", direct = true }}]
quantity = {{ of = "swans", min = 11, unit = "head" }}
conflicts = [{{ to = "seven", why = "Eleven is not seven." }}]

[[claim]]
id = "geese"
text = "Some of the swans may be geese."
by = "letter writers"
cite = [
  {{ source = "letter", quote = "geese" }},
  {{ source = "pond", quote = "no such words" }},
  {{ source = "pond", quote = "swans on the" }},
  {{ source = "pond", quote = "some said" }},
  {{ source = "stray", quote = "Swans are birds" }},
  {{ source = "stray", quote = "Birds have feathers" }},
]
supports = [{{ to = "seven", why = "Geese are not counted." }}]
attacks = ["eleven"]
undercuts = ["swans-stay"]
rests_on = ["setting"]

[[view]]
id = "keeper-view"
who = "keeper"
text = "The swans will probably stay."
kind = "prediction"
stance = "hopeful"
via = "pond"
cite = [{{ source = "pond" }}]
credibility = 6
supports = ["swans-stay"]

[[view]]
id = "other-view"
who = "Somebody Else"
role = "passer-by"
text = "They will go."

[[recommendation]]
id = "count-again"
action = "Count again."
actor = "keeper"
actor_implied = true
modal = "ought to"
by = "the book"
text = "Two counts are better than one."
cite = [{{ source = "pond" }}]
rests_on = ["seven", "eleven"]

[[recommendation]]
id = "look"
action = "Look."
actor = "everybody"

[[assumption]]
id = "swans-stay"
text = "Swans stay where they are."
assess = {{ confidence = "moderate" }}

[[assumption]]
id = "swans-swim"
text = "Swans swim."
assess = {{ why = "They were seen to." }}

[[question]]
id = "how-many"
text = "How many?"
about = ["seven", "eleven", "water"]
"""


@pytest.fixture(autouse=True)
def _catalogues_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what a test opened: Python 3.13 tells of each database that is left open."""
    opened: list[Catalogue] = []
    make = Catalogue.__init__

    def remembered(self: Catalogue, *arguments: Any, **options: Any) -> None:
        make(self, *arguments, **options)
        opened.append(self)

    monkeypatch.setattr(Catalogue, "__init__", remembered)
    yield
    for catalogue in opened:
        catalogue.close()


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the developer's own configuration, state and cache."""
    for name in [name for name in os.environ if name.startswith(("XDG_", "BRIEFING_"))] + [
        "NO_COLOR",
        "COLUMNS",
        "LINES",
    ]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("CACHE", "STATE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))


@pytest.fixture(scope="session")
def content() -> Path:
    """Give the folder of the bundled briefings."""
    return CONTENT


@pytest.fixture(scope="session")
def tiny() -> Callable[..., str]:
    """Give a builder of small valid briefings: `tiny(tables, id=…)`, `tiny(tables, format="2")`."""

    def build(tables: str = "", **header: str) -> str:
        written = HEADER.replace("1", header.pop("format", "1"), 1)
        lines = [line for line in written.splitlines() if line.partition(" ")[0] not in header]
        return "\n".join([*lines, *(f'{key} = "{value}"' for key, value in header.items()), tables]) + "\n"

    return build


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay down a made-up briefing that has every feature, with its held text and its lock."""
    folder = tmp_path_factory.mktemp("content") / "sample"
    (folder / "held").mkdir(parents=True)
    (folder / "held" / "pond.txt").write_text(POND, encoding="utf-8")
    sha256 = hashlib.sha256(POND.encode()).hexdigest()
    (folder / "briefing.toml").write_text(SAMPLE.format(sha256=sha256), encoding="utf-8")
    places = {
        lock.QuoteKey("pond", "some said"): lock.LockedQuote(1, 3, 12),
        lock.QuoteKey("pond", "no such words"): lock.LockedQuote(2, 40, 53),
        lock.QuoteKey("stray", "Swans are birds"): lock.LockedQuote(3, 100, 115),
    }
    texts = {"pond": lock.LockedText(sha256, len(POND), 3), "stray": lock.LockedText("0" * 64, 1000, 9)}
    (folder / "sources.lock").write_text(lock.written(lock.Lock(texts, places)), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> Volume:
    """Open the made-up briefing that has every feature."""
    return _opened(sample_folder)


@pytest.fixture(scope="session")
def handbook() -> Volume:
    """Open the bundled handbook."""
    return _opened(CONTENT / "handbook")


@pytest.fixture(scope="session")
def missiles() -> Volume:
    """Open the bundled briefing on missile transfers, without its article."""
    return _opened(CONTENT / "dprk-missiles")


@pytest.fixture(scope="session", params=["sample", "handbook", "missiles"])
def volume(request: pytest.FixtureRequest) -> Volume:
    """Give each of the briefings in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Volume)
    return found


@pytest.fixture(scope="session")
def made(tiny: Callable[..., str]) -> Callable[..., Volume]:
    """Give a maker of volumes from the tables of a small briefing."""
    from tui.briefing.loader import load_bytes

    def make(tables: str = "", **header: str) -> Volume:
        loaded = load_bytes(tiny(tables, **header).encode(), "tiny.toml")
        assert loaded.problems == ()
        assert loaded.briefing is not None
        return Volume(compile_edition(loaded.briefing, lock.EMPTY, {}), Path("tiny.toml"))

    return make


@pytest.fixture(scope="session")
def quay(made: Callable[..., Volume]) -> Volume:
    """Give a small briefing of format 2 with a dispute."""
    from tests.evidence.quay import QUAY

    return made(QUAY, format="2")


def _opened(folder: Path) -> Volume:
    opened = compile_file(folder / "briefing.toml", folder / "nothing-held")
    assert opened.problems == ()
    assert opened.edition is not None
    return Volume(opened.edition, folder / "briefing.toml")


_NOBODY = 65534


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Give a folder that everybody may enter and write, which pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def without_rights() -> Iterator[Callable[[], None]]:
    """Give what takes the superuser's rights away for the rest of the test."""
    root = os.geteuid() == 0

    def drop() -> None:
        if root:
            os.seteuid(_NOBODY)

    yield drop
    if root:
        os.seteuid(0)
