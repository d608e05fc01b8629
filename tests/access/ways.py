"""The ways to a briefing, and the rows of the program's tables that each covers."""

import asyncio
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from tests.access.world import HEADERS, Visitor
from tui.briefing.kinds import PANES
from tui.kiosk.ssh.access import unknown_name, wish
from tui.kiosk.visits.exec_commands import CommandRefused, run
from tui.library.catalogue_scope import CatalogueScope
from tui.library.published_catalogue import PublishedCatalogue
from tui.reader.launch import make_keymap
from tui.reader.own_pages import OwnPages
from tui.render.arguments import WRITING, Parser
from tui.render.formats.text import page_text
from tui.search.fields import FACETS
from tui.search.service import SearchRequest
from tui.session.config import Config
from tui.session.everything import Everything
from tui.session.links import follow
from tui.session.masthead import facts_of
from tui.session.messages import Messages
from tui.session.permissions import REMOTE_KIOSK
from tui.session.search.completion import completion
from tui.session.shared import SharedContent
from tui.state.records import Location

Way = Callable[[Visitor, str, random.Random], object]
"""Returns what a visitor learns of a target, which may be an id, a misspelt id, or words."""


def targets(rng: random.Random) -> str:
    """Return an id, a former or misspelt one, or words of some briefing."""
    name = rng.choice(list(HEADERS))
    misspelt = name.replace(name[rng.randrange(len(name))], rng.choice("abcdefghijklmnopqrstuvwxyz"), 1)
    words = (f"{name}ish", f"seen{name}", f"Guard of {name}", "swans", "heron", f"{misspelt}ish", f"s{name}")
    return rng.choice((name, name, f"old-{name}", misspelt, rng.choice(words)))


def _formats(command: str) -> tuple[str, ...]:
    parser = Parser()
    WRITING[command].describe(parser)
    choices = next(one.choices for one in parser.arguments if one.dest == "format")
    return tuple(map(str, choices or ()))


def _exec(words: str) -> Way:
    def way(visitor: Visitor, target: str, _rng: random.Random) -> object:
        quoted = "'" + target.replace("'", "") + "'"
        try:
            found = asyncio.run(run(words.format(quoted), visitor.shared, 100_000))
        except CommandRefused as refused:
            return f"refused: {refused}"
        return found.code, list(found.lines)

    return way


def _page(name: str) -> Way:
    def way(visitor: Visitor, target: str, _rng: random.Random) -> object:
        visitor.session.forget_pages("")
        location = Location("", name) if name in _own_pages() or name == "library" else Location(target, name)
        return list(page_text(visitor.session.page(location), 80)), facts_of(visitor.session, None, location)

    return way


def _own_pages() -> Mapping[str, object]:
    return OwnPages(lambda: 80, Messages, tuple).pages()


def _shown_in(visitor: Visitor, target: str, rng: random.Random) -> object:
    page = rng.choice((f"entry:{target}-claim", f"source:{target}-notes", f"entity:{target}-guard", "entities"))
    return list(page_text(visitor.session.page(Location(target, page)), 80)), visitor.session.has(target)


def _followed(visitor: Visitor, target: str, _rng: random.Random) -> object:
    leads = follow(visitor.session, f"briefing:{target}", Location())
    return visitor.session.has(target), leads, visitor.session.front(target)


def _marked(visitor: Visitor, target: str, rng: random.Random) -> object:
    mark = rng.choice(visitor.session.state.marks())
    here = follow(visitor.session, f"mark:{mark.key}", Location())
    return visitor.session.has(mark.location.briefing), here, visitor.session.glyph(target, f"{target}-claim")


def _gone_to(visitor: Visitor, target: str, _rng: random.Random) -> object:
    here = Location("pond", "overview")
    return Everything(visitor.session, here).found(target), _asked(visitor, f"-kind:text {target}")


def _asked(visitor: Visitor, query: str) -> object:
    found = visitor.search.find(SearchRequest(query))
    hits = [(hit.briefing, hit.kind, hit.index, f"{hit.score:.4g}", visitor.search.show(hit)) for hit in found.hits]
    shown = [(*row, one and (one.briefing, one.id, one.heading, one.texts)) for *row, one in hits]
    answer = found.answer
    return shown, answer.total.number, answer.total.searched, answer.suggestions, answer.unmet, answer.languages


def _searched(visitor: Visitor, target: str, _rng: random.Random) -> object:
    return _asked(visitor, target)


def _counted(visitor: Visitor, target: str, _rng: random.Random) -> object:
    return dict(visitor.search.facets(SearchRequest(target)))


def _completed(name: str) -> Way:
    def way(visitor: Visitor, target: str, _rng: random.Random) -> object:
        typed = f"{name}:{target[:2]}"
        return visitor.search.values(name), completion(typed, len(typed), visitor.search.values)

    return way


def _unmet(name: str) -> Way:
    return lambda visitor, target, _rng: _asked(visitor, f'{name}:"{target}"')


def _named(visitor: Visitor, target: str, _rng: random.Random) -> object:
    return unknown_name(wish(target), visitor.catalogue)


def _of_catalogue(visitor: Visitor, target: str, _rng: random.Random) -> object:
    one = visitor.catalogue
    path = one.find(target)
    rows = [(row.id, row.title, row.counts, row.problems, row.publication) for row in one.rows(0, 99)]
    entries = [one.entries_of(row.path) for row in one.rows(0, 99)]
    opened = one.open_named(target)
    return (
        rows, one.count(), one.titles([target]), sorted(one.ids()), path and path.parent.name, path and one.id_of(path),
        len(one.stamps()), bool(path and one.stamp_of(path)), one.is_withdrawn(target), one.is_growing, entries,
        opened and opened.volume and opened.volume.edition,
    )  # fmt: skip


def _of_shared(visitor: Visitor, target: str, _rng: random.Random) -> object:
    shared = visitor.shared
    shared.close(shared.opened)  # by earlier tries
    prepared = shared.prepare(Location(target, "overview"))
    shared.take(prepared)
    volume, page = shared.volume(target), shared.page(Location(target, "claims"))
    opened = sorted(shared.opened)
    shared.close(opened)
    return volume and volume.edition, page and list(page_text(page, 80)), opened, prepared.result is None


WAYS: Final[Mapping[str, Way]] = {
    **{
        f"exec {name} {form}": _exec(f"{name}{'' if name == 'list' else ' {}'} --format {form}")
        for name in WRITING for form in _formats(name)
    },
    **{f"page {name}": _page(name) for name in (*_own_pages(), "library")},
    **{f"pane {name}": _page(name) for name in PANES},
    **{f"complete {name}": _completed(name) for name in FACETS},
    **{f"unmet {name}": _unmet(name) for name in (*FACETS, "quote")},
    "exec help": _exec("help"), "exec nothing": _exec("nothing {}"), "things": _shown_in, "link": _followed,
    "mark": _marked, "go-to": _gone_to, "search": _searched, "facets": _counted, "name": _named,
    "catalogue": _of_catalogue, "shared": _of_shared,
}  # fmt: skip
"""The ways; those of a table are made of its rows, so that a new row has one by itself."""
COMMANDS: Final[Mapping[str, str]] = {
    "library": "page library", "bookmarks": "page bookmarks", "help": "page help", "plain": "page plain",
    "address": "page address", "messages": "page messages", "go-to": "go-to", "search": "search", "open": "link",
    "back": "link", "forward": "link", "close": "link", "mark": "mark", "go-to-mark": "mark", "bookmark": "mark",
}  # fmt: skip
"""The ways of the reader's commands that lead out of the open briefing."""
WITHIN: Final = frozenset(
    [
        "next",
        "previous",
        "half-down",
        "half-up",
        "page-down",
        "page-up",
        "top",
        "end",
        "next-fresh",
        "previous-fresh",
        "next-link",
        "previous-link",
        "peek",
        "notes-down",
        "notes-up",
        "find",
        "next-match",
        "previous-match",
        "next-pane",
        "previous-pane",
        "left",
        "right",
        "sort-rows",
        "sort-columns",
        "group",
        "as-list",
        "compact",
        "filter",
        "copy",
        "copy-citation",
        "outline",
        "zoom",
        "redraw",
        "theme",
        "monochrome",
        "quit",
        "entities",
    ]
)
"""The reader's commands that show the open briefing or the screen alone."""
CATALOGUE: Final = frozenset(
    [
        "rows",
        "count",
        "titles",
        "ids",
        "find",
        "id_of",
        "stamps",
        "stamp_of",
        "is_withdrawn",
        "is_growing",
        "entries_of",
        "open",
        "open_named",
    ]
)
"""The methods of the catalogue that the way of that name asks."""
NOT_ASKED: Final = frozenset(
    [
        "revision",
        "scope",
        "broken",
        "newest",
        "all_rows",
        "cache_folder",
        "held_stamp",
        "open_ahead",
        "settle",
        "refresh",
        "files",
        "close",
        "change_roots",
        "seen_by",
        "in_child",
        "shows_broken",
        "show_broken",
        "sight",
        "moments",
        "listed",
        "roots",
        "root_of",
        "pending",
        "unread",
        "away",
    ]
)
"""Those that no visitor's request reaches: for the log, the metrics, the index and the operator."""
SHARED: Final = frozenset(["volume", "page", "prepare", "take", "opened", "close", "open", "result"])
SHARED_NOT_ASKED: Final = frozenset(
    ["kept", "put", "is_at_hand", "heavy", "close_gone", "edition", "outline", "finder", "search_service"]
)
"""Those that take an open briefing, or are of the process."""


def uncovered() -> Iterable[str]:
    """Yield every row of the program's tables that no way covers."""
    keymap = make_keymap(Config(), REMOTE_KIOSK)
    yield from (
        f"command {name}"
        for name in keymap.keys
        if name not in COMMANDS and name not in WITHIN and not name.startswith(("pane-", "view-", "digit-"))
    )
    yield from (f"way {way} of a command" for way in COMMANDS.values() if way not in WAYS)
    for kind, known in ((PublishedCatalogue, CATALOGUE | NOT_ASKED), (SharedContent, SHARED | SHARED_NOT_ASKED)):
        bases = [one for one in kind.__mro__ if issubclass(one, CatalogueScope | SharedContent)]
        names = {name for one in bases for name in vars(one) if not name.startswith("_")}
        yield from (
            f"{kind.__name__}.{name}" for name in sorted(names - known) if callable(getattr(kind, name)) or
            isinstance(getattr(kind, name), property)
        )  # fmt: skip


def try_one(visitors: tuple[Visitor, Visitor], rng: random.Random) -> str:
    """Try a way at the library and at the twin. Return the difference, or nothing."""
    name, target, seed = rng.choice(list(WAYS)), targets(rng), rng.random()
    whole, twin = (WAYS[name](visitor, target, random.Random(seed)) for visitor in visitors)  # noqa: S311 - a test's
    return "" if repr(whole) == repr(twin) else f"{name} of {target!r}:\n  {whole!r:.2000}\n  {twin!r:.2000}"
