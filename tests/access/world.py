"""A library for several roles, and for each role a twin without what is not theirs.

Whatever a visitor may ask, the library and the twin must answer alike: then nothing tells of what is for others.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from tui.briefing.publication import STRANGER, Publication, Reader
from tui.library.latest_time import LatestTime
from tui.library.published_catalogue import PublishedCatalogue
from tui.library.publishing import Rule, Rules
from tui.search.in_process import InProcessSearch
from tui.session.session import Session
from tui.session.shared import SharedContent
from tui.state.reader_state import ReaderState
from tui.state.records import Location
from tui.state.stores import open_state

NOON: Final = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
ROLES: Final = ((), ("staff",), ("press",), ("press", "staff"))
HEADERS: Final = {
    "pond": "", "lake": "", "marsh": 'status = "unlisted"', "river": 'status = "withdrawn"', "creek": 'status = "draft"',
    "delta": "from = 2026-11-28T12:00:00Z", "fjord": "until = 2026-11-26T12:00:00Z", "inlet": "", "islet": "",
    "basin": 'status = "unlisted"', "brook": "", "brink": 'status = "draft"\nx = 1', "ponds": "",
}  # fmt: skip
"""The briefings with lines of their headers."""
RULES: Final = Rules(
    (
        Rule(briefings=frozenset({"inlet", "basin", "ponds"}), readers=frozenset({"staff"})),
        Rule(briefings=frozenset({"islet"}), readers=frozenset({"staff", "press"})),
        Rule(briefings=frozenset({"brook", "brink"}), publication=Publication("draft")),
    )
)
LANGUAGES: Final = {"inlet": "de", "creek": "fr"}
TABLES: Final = """
[[entity]]
id = "{name}-guard"
name = "Guard of {Name}"
type = "person"

[[source]]
id = "{name}-notes"
type = "webpage"
title = "Notes on {name}"
lang = "{lang}"
url = "https://example.org/{name}"
unknown = ["author", "publisher", "issued"]

[[claim]]
id = "{name}-claim"
by = "{name}-guard"
text = "Swans were counted at {name}; the {name}ish heron was {mark}."
cite = [{{ source = "{name}-notes", quote = "the {name}ish heron" }}]
about = ["{name}-guard"]
{more}
"""


def text_of(name: str) -> str:
    """Return a briefing with words of its own, and a few that all have."""
    lang = LANGUAGES.get(name, "en")
    # Briefings of one day are ordered by their paths, which differ between the library and a twin.
    day = dt.date(2026, 11, 1 + list(HEADERS).index(name)).isoformat()
    header = (
        f'format = 2\n[briefing]\nid = "{name}"\ntitle = "The waters of {name}"\nbluf = "Swans are at {name}."\n'
        f'lang = "{lang}"\nas_of = "{day}"\nwas = ["old-{name}"]\n{HEADERS[name]}\n'
    )
    # Forbidden briefings have the frequent words often, so that they would change ranks, spellings and counts.
    more = "".join(
        f'\n[[claim]]\nid = "{name}-{number}"\nby = "x"\ntext = "Herons and swans of {name}, {number}."\n'
        for number in range(1 + 3 * (name not in {"pond", "lake"}))
    )
    return header + TABLES.format(name=name, Name=name.title(), lang=lang, mark=f"seen{name}", more=more)


class Visitor(NamedTuple):
    """A visitor with everything that may be asked."""

    catalogue: PublishedCatalogue
    shared: SharedContent
    session: Session
    search: InProcessSearch


class World:
    """A library, and its readers."""

    def __init__(self, folder: Path, names: tuple[str, ...], rules: Rules) -> None:
        """Write and read some briefings."""
        for name in names:
            (folder / name).mkdir(parents=True)
            (folder / name / "briefing.toml").write_text(text_of(name), encoding="utf-8")
        self.catalogue = PublishedCatalogue(None, [folder], folder / "none")
        self.catalogue.publishing.clock = LatestTime(None, lambda: NOON)
        self.catalogue.publishing.rules = rules
        self.catalogue.refresh()

    def visitor(self, groups: tuple[str, ...], write: Callable[..., object]) -> Visitor:
        """Return a visitor of some groups, who has marks and locations in every briefing from earlier days."""
        catalogue = self.catalogue.seen_by(Reader(frozenset(groups)) if groups else STRANGER)
        shared = SharedContent(catalogue)
        search = InProcessSearch(catalogue, write)  # type: ignore[arg-type]  # the writer of the program
        shared.search_service = search
        search.update_now(lambda _done, _all: None, lambda: False)
        return Visitor(catalogue, shared, Session(shared, _state_of_earlier_days()), search)


def _state_of_earlier_days() -> ReaderState:
    seconds = iter(range(1, 1_000_000))
    state = open_state(None, lambda: float(next(seconds)))
    for number, name in enumerate(HEADERS):
        here = Location(name, "claims", f"{name}-claim")
        state.mark(chr(ord("A") + number), here, f"The {name}ish heron")
        state.remember(here)
        state.visited(name, "digest of earlier days")
        state.mark_read(name, [(f"{name}-claim", "digest")])
    return state


def theirs(groups: tuple[str, ...]) -> tuple[str, ...]:
    """Return the briefings that a role may read or see a notice of, by hand."""
    for_all = ("pond", "lake", "marsh", "river")
    staff, either = ("inlet", "basin", "ponds"), ("islet",)
    return for_all + (staff if "staff" in groups else ()) + (either if groups else ())


@contextmanager
def worlds(folder: Path, write: Callable[..., object]) -> Iterator[dict[tuple[str, ...], tuple[Visitor, Visitor]]]:
    """Give each role its visitor of the library, and its visitor of the twin."""
    whole = World(folder / "whole" / "content", tuple(HEADERS), RULES)
    twins = {
        groups: World(folder / "-".join(("twin", *groups)) / "content", theirs(groups), Rules()) for groups in ROLES
    }
    try:
        yield {groups: (whole.visitor(groups, write), twin.visitor((), write)) for groups, twin in twins.items()}
    finally:
        for world in (whole, *twins.values()):
            world.catalogue.close()
