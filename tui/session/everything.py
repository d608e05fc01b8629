"""The goals of one reader, with synonyms. Those of the open briefing come first."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final

from tui.briefing.characters import cleaned
from tui.briefing.kinds import KINDS, PANE_OF, PANES
from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume, brief
from tui.render.views import VIEWS
from tui.search.answers import Shown
from tui.search.index.passages import called
from tui.session.commands import COMMANDS, Command
from tui.session.find.finder import named
from tui.session.goals import Goal, Goals
from tui.session.keymap import Keymap, shown
from tui.session.own_pages import mark_words, page_words
from tui.session.session import Session
from tui.state.records import Location

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "quit": ("exit",),
        "help": ("keys", "shortcuts", "manual", "signs", "legend"),
        "back": ("return", "previous page", "undo"),
        "search": ("find everywhere", "look up", "full text"),
        "find": ("search here", "look for"),
        "library": ("home", "briefings", "catalogue", "start"),
        "entities": ("people", "persons", "names", "glossary", "who is who"),
        "theme": ("colours", "colors", "dark", "light", "contrast", "appearance"),
        "monochrome": ("no colour", "black and white"),
        "copy-citation": ("cite", "reference", "bibtex"),
        "copy": ("clipboard", "yank"),
        "address": ("url", "link", "qr"),
        "bookmarks": ("favourites", "favorites", "saved"),
        "bookmark": ("favourite", "favorite", "star", "save"),
        "next-fresh": ("new", "news", "what changed"),
        "compact": ("short", "list", "dense", "one line"),
        "zoom": ("full screen", "focus", "screen reader", "linear", "read aloud"),
        "edit": ("editor", "change"),
        "redraw": ("repaint", "refresh"),
        "pane-0": ("summary", "front page", "bottom line", "start"),
        "pane-1": ("context", "history"),
        "pane-2": ("statements", "facts", "findings"),
        "pane-3": ("opinions", "experts", "assessments of experts"),
        "pane-4": ("actions", "what to do", "policy", "advice"),
        "pane-5": ("bibliography", "references", "literature", "citations", "works"),
        "pane-6": ("proof", "analysis"),
        "pane-7": ("unknown", "gaps", "open questions", "intelligence gaps"),
        "view-matrix": ("table", "grid", "for and against", "claims against sources"),
        "view-conflicts": ("contradictions", "conflicts", "disagreements", "controversies"),
        "view-provenance": ("origins", "primary sources", "chain"),
        "view-traceability": ("what it rests on", "reasons", "support"),
        "view-spread": ("consensus", "opinions", "range of views"),
        "view-timeline": ("chronology", "dates", "when", "history"),
        "view-judgments": ("uncertain", "uncertainty", "likelihood", "probability", "confidence", "assessment"),
        "view-figures": ("numbers", "quantities", "how many", "chart"),
        "view-watch": ("indicators", "warnings", "what to watch", "signs to watch for"),
        "view-coverage": ("quality", "gaps in the evidence", "completeness"),
    }
)
"""Other words for commands, panes and views, by the command's name."""


class Everything:
    """The goals of one reader at one location."""

    def __init__(self, session: Session, here: Location, acts: Callable[[Command], bool] = lambda _: True) -> None:
        """Prepare the goals; those of a large briefing are made by `read`.

        Args:
            session: the reader's session.
            here: the reader's location.
            acts: whether a command has something to do here.
        """
        self._session, self._acts = session, acts
        self._volume = volume = session.volume(here.briefing)
        self._briefing = here.briefing if volume else ""
        self._own = Goals(())
        self.is_read = volume is None or len(volume.entries) < _MANY
        """Whether the names of the open briefing are known; else `read` is to be called."""
        if self.is_read:
            self.read()

    def read(self) -> None:
        """Fold the names of the open briefing, in any thread."""
        if self._volume is not None:
            self._own = self._volume.derived(goals_in)
        self.is_read = True

    @cached_property
    def _common(self) -> Goals:
        """The panes, views, marks and commands."""
        return Goals([*_ways(self._session.keymap, self._briefing, self._acts), *_marks(self._session)])

    def found(self, text: str) -> list[Goal]:
        """Return the goals for a text, the best first. An empty text has the ways on."""
        if not text.strip():
            return list(self._common.all)
        # Of few ways, all that begin so are worth more than any of many entries.
        ranked = [(rank - 0.5 * (rank < 3), goal) for rank, goal in self._common.best(text)]
        ranked += [(float(rank), goal) for rank, goal in self._own.best(text)]
        if not self.is_read and self._volume and (exact := named(self._volume, text.strip(), by_id=True)):
            volume, name = self._volume, exact[0]
            item = volume.entries.get(name) or volume.sources.get(name) or volume.entities[name]
            ranked.append((0.0, _goal_in(volume, item)))
        return [goal for _, goal in sorted(ranked, key=lambda one: one[0])]


_MANY: Final = 1_000
"""Entries from which on their names are folded in a thread."""


def goals_in(volume: Volume) -> Goals:
    """Return the names, the entries and the sources of a briefing."""
    edition = volume.edition
    return Goals(
        _goal_in(volume, item) for items in (edition.entities, edition.entries, edition.sources) for item in items
    )


def _goal_in(volume: Volume, item: Entry | Entity | Source) -> Goal:
    briefing, name = volume.edition.id, item.id
    if isinstance(item, Entity):
        return Goal(
            item.name, item.type, Location(briefing, f"entity:{name}", name), (*item.names[1:], *called(item)), (name,)
        )
    if isinstance(item, Source):
        label = item.label if item.label == item.title else f"{item.label}: {item.title}".rstrip(": ")
        page = Location(briefing, f"source:{name}", name)
        return Goal(label, f"source {item.number}", page, (item.label, item.title), (name,))
    location = Location(briefing, PANE_OF[item.table], name)
    kind = KINDS[item.table].title.lower()
    return Goal(f"{item.number} {brief(item)}", kind, location, (item.number, *_names(volume, item)), (name,))


def _names(volume: Volume, entry: Entry) -> tuple[str, ...]:
    speaker = (volume.name_of(entry.by),) if entry.table == "view" and entry.by else ()
    return tuple(filter(None, (brief(entry, 200), entry.title, *speaker)))


def _ways(keymap: Keymap, briefing: str, acts: Callable[[Command], bool]) -> Iterator[Goal]:
    """Yield the panes and views of an open briefing, then the commands."""
    named: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    named |= {f"pane-{number}": (pane.title, "pane", (pane.short,)) for number, pane in enumerate(PANES.values())}
    named |= {f"view-{view.name}": (view.title, "view", view.was) for view in VIEWS}
    pages = {f"pane-{number}": f"page:{name}" for number, name in enumerate(PANES)}
    for command in sorted(COMMANDS, key=lambda one: one.name not in named):
        offered = command.words and command.name in keymap.keys and command.name != "go-to"
        if not offered or (command.beneath and not briefing) or not (command.name in named or acts(command)):
            continue
        words, kind, names = named.get(command.name, (command.words, "command", ()))
        keys = " ".join(map(shown, keymap.keys[command.name][:2]))
        leads = pages.get(command.name, f"command:{command.name}")
        also = (*names, command.name.replace("-", " "), *SYNONYMS.get(command.name, ()))
        yield Goal(words[:1].upper() + words[1:], f"{kind} · {keys}" if keys else kind, leads, also)


def _marks(session: Session) -> Iterator[Goal]:
    """Yield the marks and bookmarks in briefings that are there."""
    for mark in session.state.marks():
        is_there = session.has(mark.location.briefing) and session.kept.is_there(mark.location, opens=False)
        if is_there is not False:
            kind = "bookmark" if mark.letter == "*" else f"mark {mark.letter}"
            words = cleaned(mark_words(session, mark, is_there=is_there)) or page_words(mark.location.page)
            yield Goal(words, kind, f"mark:{mark.key}")


def goal_of(hit: Shown, location: Location, volume: Volume | None) -> Goal:
    """Return a hit of the search as a goal. Hits of the open briefing show their kind."""
    if hit.hit.kind == "briefing":
        return Goal(hit.briefing, "briefing", f"briefing:{hit.hit.briefing}")
    is_here = volume is not None and volume.edition.id == hit.hit.briefing
    entry = volume.entries.get(hit.id) if volume and is_here else None
    said = brief(entry) if entry else hit.heading or next(iter(hit.texts), "")
    words = " ".join(cleaned(f"{hit.number} {said}").split())
    return Goal(words[:200], hit.hit.kind if is_here else hit.briefing, location)
