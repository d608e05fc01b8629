"""A key is told where it has something to do here and now, and a key that has nothing to do says so."""

import pytest

from tests.reader.pilot.driving import Driver, reading, workers_done
from tui.briefing.kinds import PANES
from tui.library.catalogue import Catalogue
from tui.reader.running import word_of
from tui.render.views import PARTS, VIEWS
from tui.session.commands import BY_NAME, COMMANDS
from tui.state.records import Location

SIZES = [(50, 14), (80, 24), (120, 36)]
OWN = (
    "library",
    "help",
    "grammar",
    "messages",
    "bookmarks",
    "sign:•",
    "plain",
    "search:swan",
    "search:nothing-like-it",
    "search",
)
PAGES = (
    *PANES, "entities", "entry:pond-eleven", "entry:judged", "source:note-a", "text:note-a", "entity:",
    *(view.target for view in (*VIEWS, *PARTS)), "evidence:matrix/listed", "evidence:timeline/listed",
)  # fmt: skip
EVERYWHERE = frozenset({"find", "search", "help", "quit"})
"""The commands whose keys are told on every page; they are tried once."""
APART = frozenset({"quit", "edit", "suspend"})
"""The commands that leave the screen."""


def location(reader: Driver, page: str) -> Location:
    """Return the location of a page of the handbook, or of one without a briefing."""
    if page in OWN:
        return Location("", page)
    volume = reader.screen.session.volume("handbook")
    assert volume is not None
    judged = next(entry.id for entry in volume.edition.entries if entry.judgment)
    page = f"{page}{volume.edition.entities[0].id}" if page == "entity:" else page.replace(":judged", f":{judged}")
    return Location("handbook", page)


async def go(reader: Driver, page: str, *keys: str) -> None:
    """Begin at a page, and press keys."""
    reader.screen.peek(0)
    reader.screen.begin(location(reader, page))
    await workers_done(reader.app)
    await reader.press()  # the page is laid out for its whole window first
    await reader.press(*keys)
    reader.screen.say("")
    await reader.press()


def picture(reader: Driver) -> object:
    """Return all that the screen shows, with its styles."""
    return [[(text, style) for text, style, _ in row] for row in reader.segments]


async def changes(reader: Driver, key: str) -> bool:
    """Whether a key changes what the screen shows."""
    before = picture(reader)
    await reader.press(key)
    return picture(reader) != before


@pytest.mark.parametrize("page", [*PAGES, *OWN])
@pytest.mark.parametrize(
    ("size", "pressed"),
    [((80, 24), ("", "j", "tab", "f")), ((50, 14), ("", "j")), ((120, 36), ("", "f"))],
    ids=["80x24", "50x14", "120x36"],
)
async def test_a_key_is_told_exactly_where_it_has_something_to_do(
    bundled: Catalogue, page: str, size: tuple[int, int], pressed: tuple[str, ...]
) -> None:
    async with reading(bundled, Location("handbook"), size=size) as reader:
        for keys in (tuple(filter(None, [key])) for key in pressed):
            await go(reader, page, *keys)
            told = {name for _, _, name in reader.screen.status.hints}
            for command in COMMANDS:
                if not command.here and command.name not in told - EVERYWHERE:
                    continue
                await go(reader, page, *keys)
                here = reader.screen.here, reader.screen.notes.opened, picture(reader)
                changed = await changes(reader, command.keys[0])
                where = page, size, keys, command.name, reader.said
                assert changed, where  # silent nowhere
                if command.name in {"open", "peek"} and command.name not in told:
                    assert reader.said, where
                    assert (here[0][:3], here[1]) == (reader.screen.here[:3], reader.screen.notes.opened), where
                elif command.name == "next" and not reader.screen.searches.is_open:
                    assert command.name in told or reader.said, where
                elif command.name in told:
                    assert not reader.said.startswith(("Nothing", "This has no", "There is no other")), where


@pytest.mark.parametrize(("page", "told"), [
    ("overview", "open"), ("evidence:provenance", "open"), ("evidence:spread", "open"), ("evidence:timeline", "open"),
    ("evidence:judgments", "open"), ("evidence:figures", "open"), ("evidence:watch", "open"), ("evidence:matrix", "open"),
    ("evidence:judgments", "why"), ("entry:judged", "why"), ("entry:pond-eleven", "footnote"),
])  # fmt: skip
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_page_tells_what_its_first_entry_has(
    bundled: Catalogue, page: str, told: str, size: tuple[int, int]
) -> None:
    async with reading(bundled, Location("handbook"), size=size) as reader:
        await go(reader, page)
        if size[1] < 20 and page in {"overview", "evidence:spread"}:  # whose first entries stand below the window
            await reader.press("j", "j")
        assert told in {word for _, word, _ in reader.screen.status.hints}


@pytest.mark.parametrize("page", ["evidence:coverage", "entry:pond-eleven", "sign:•", "messages"])
async def test_enter_is_not_told_where_it_opens_nothing(bundled: Catalogue, page: str) -> None:
    async with reading(bundled, Location("handbook")) as reader:
        await go(reader, page)
        assert "Enter" not in {keys for keys, _, _ in reader.screen.status.hints}
        await reader.press("enter")
        assert reader.said.startswith("Nothing opens here")


@pytest.mark.parametrize("page", ["library", "help", "claims", "search:swan"])
async def test_no_key_is_silent(bundled: Catalogue, page: str) -> None:
    async with reading(bundled, Location("handbook"), size=(100, 30)) as reader:
        for command in COMMANDS:
            if command.name in APART:
                continue
            await go(reader, page)
            key = command.keys[0]
            assert await changes(reader, key), (page, command.name)
            while len(reader.app.screen_stack) > 1:
                await reader.press("escape")
            if reader.screen.searches.typing_line:
                await reader.press("escape")
            reader.screen.awaited = None


async def test_the_word_of_a_command_without_a_condition_is_its_own(swans: Catalogue) -> None:
    async with reading(swans) as reader:
        assert word_of(reader.screen, BY_NAME["find"]) == "find"
