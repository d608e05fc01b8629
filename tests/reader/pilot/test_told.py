"""Keys that are told work, and the cursor stands only where Enter does something."""

from collections.abc import Callable

import pytest

from tests.reader.pilot.driving import Driver, reading, settled
from tui.library.catalogue import Catalogue
from tui.session.links import follow
from tui.state.records import Location

BAR = "▌"
SIZES = [(50, 14), (80, 24), (120, 36)]
PAGES = ("overview", "claims", "entry:seven", "source:pond", "entity:keeper", "text:pond", "evidence:spread",
         "evidence:provenance", "evidence:coverage", "evidence:timeline", "evidence:judgments", "entities")  # fmt: skip


def has_bar(reader: Driver) -> bool:
    region = reader.screen.view.region
    return any(BAR in row[region.x : region.right] for row in reader.rows[region.y : region.bottom])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", PAGES)
async def test_where_the_cursor_stands_enter_does_something(
    bundled: Catalogue, page: str, size: tuple[int, int]
) -> None:
    names = {"seven": "pond-eleven", "pond": "note-a", "keeper": ""}
    kind, _, name = page.partition(":")
    if name in names:
        volume = bundled.open(bundled.roots[0] / "handbook" / "briefing.toml").volume
        assert volume is not None
        page = f"{kind}:{names[name] or next(iter(volume.entities))}"
    async with reading(bundled, Location("handbook", page), size=size) as reader:
        for _ in range(8):
            here = reader.screen.here
            target = reader.screen.view.target
            leads = bool(target) and (target.startswith("note:") or bool(follow(reader.screen.session, target, here)))
            assert has_bar(reader) == leads, (here, target)
            await reader.press("j")


async def test_no_text_is_jumped_over(bundled: Catalogue) -> None:
    """Every paragraph of a text is seen on the way down, and on the way up."""
    async with reading(bundled, Location("handbook", "text:note-a"), size=(50, 14)) as reader:
        number = len(reader.screen.view.page)
        for key in ("j", "k"):
            seen = set()
            for _ in range(4 * number):
                seen |= {place for (place, _) in reader.screen.view.window.visible()}
                await reader.press(key)
            assert seen == set(range(number))


async def test_a_paragraph_leads_to_what_quotes_it(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "text:pond")) as reader:
        await reader.press("j")
        assert has_bar(reader)
        await reader.press("enter")
        assert reader.page != "text:pond"


@pytest.mark.parametrize("place", ["entry:seven", "source:pond", "entity:keeper"])
async def test_enter_on_the_head_of_a_page_does_nothing(swans: Catalogue, place: str) -> None:
    async with reading(swans, Location("sample", "claims")) as reader:
        reader.screen.go(Location("sample", place))
        await reader.press(*["enter"] * 5)
        assert reader.page == place
        await reader.press("ctrl+o")
        assert reader.page == "claims"


async def test_f_opens_the_current_footnote_on_the_page_of_an_entry(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "entry:seven", "note:2"), size=(80, 24)) as reader:
        await reader.press("f")
        assert reader.screen.notes.opened == 2
        assert (reader.block, has_bar(reader)) == ("note:2", True)
        await reader.press("f")
        assert reader.screen.notes.opened == 3
        await reader.press("escape", "g", "tab", "f")
        assert reader.screen.notes.opened == 1


async def test_a_footnotes_number_is_followed_on_the_page_of_its_entry(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "entry:seven"), size=(80, 24)) as reader:
        await reader.click("⁵")
        assert reader.block.startswith("note:")
        assert reader.block != "note:1"


async def test_f_says_where_an_entry_has_no_footnotes(make_library: Callable[..., Catalogue]) -> None:
    library = make_library(bare='[[claim]]\nid = "c"\ntext = "A claim."\nby = "x"\n')
    async with reading(library, Location("bare", "entry:c")) as reader:
        await reader.press("f")
        assert reader.said == "This has no footnotes."


@pytest.mark.parametrize("size", [(50, 14), (30, 10), (59, 30), (100, 15), (24, 8)])
async def test_a_small_screen_tells_the_way_to_the_keys_and_marks_the_current_entry(
    swans: Catalogue, size: tuple[int, int]
) -> None:
    async with reading(swans, Location("sample", "claims"), size=size) as reader:
        assert reader.rows[-1].strip() == "1/3  ? keys"
        assert has_bar(reader)


async def test_what_may_follow_a_key_is_said(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(60, 14)) as reader:
        await reader.press("m")
        assert "Mark with which letter? a–z here, A–Z everywhere." in reader.rows[-1]
        await reader.press("k", "apostrophe")
        assert reader.said == "Go to mark: k"
        await reader.press("escape", "L", "apostrophe")
        assert reader.said == "Go to mark: none is set here; B lists all."


async def test_the_outline_tells_at_once_why_it_does_not_come(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(200, 50)) as reader:
        await reader.press("+", "t")
        assert reader.said == "The page stands alone; + brings the rest back."
        await reader.press("+")
        assert reader.screen.outline.display
        await reader.press("L", "t")
        assert reader.said.startswith("Open a briefing first")


@pytest.mark.parametrize(("page", "tabs"), [("entry:two-voices", 4), ("questions", 8), ("overview", 7)])
async def test_a_message_moves_the_page_no_farther_than_it_needs(bundled: Catalogue, page: str, tabs: int) -> None:
    """It takes a row from a small screen: the chosen link stays in view, and all is as before when it is gone."""
    async with reading(bundled, Location("handbook", page), size=(50, 14)) as reader:
        await reader.press(*["tab"] * tabs)
        view = reader.screen.view
        place, row = view.spot.current, view.standing.y
        before, rows = reader.screen.here, reader.rows[:-1]
        assert row == view.room - 1, "the chosen link is in the last row"
        await reader.press("t")
        assert reader.said.startswith("The outline needs")
        assert (view.spot.current, view.standing.y) == (place, row - 1)
        reader.screen.say("")
        await settled(reader.pilot)
        assert (reader.screen.here, reader.rows[:-1]) == (before, rows)


async def test_without_a_terminal_nothing_is_suspended(swans: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The group of an app without a terminal is that of whoever runs it: a suite of tests once stopped for good."""
    stopped: list[int] = []
    monkeypatch.setattr("os.killpg", lambda group, _signal: stopped.append(group))
    async with reading(swans) as reader:
        await reader.press("ctrl+z")
        assert reader.said.startswith("There is no shell that could resume")
        for box in ("slash", "ctrl+k", "ctrl+p"):
            await reader.press(box, "s")
            reader.screen.say("")
            await reader.press("ctrl+z")
            assert reader.said.startswith("There is no shell that could resume"), box
            await reader.press("escape", "escape")
    assert stopped == []


@pytest.mark.parametrize(
    ("page", "key", "said"),
    [
        ("claims", "+", "Nothing stands beside the page here: it is alone."),
        ("claims", "J", "No footnote is open; f opens one."),
        ("claims", "K", "No footnote is open; f opens one."),
        ("claims", "shift+tab", "No link is before this one."),
        ("background", "tab", "No further link is here."),
        *(("", key, "Open a briefing first: Enter opens the current one.") for key in ("e", ")", "(", "h", "l", "D")),
    ],
)
async def test_a_key_that_does_nothing_here_says_why(
    make_library: Callable[..., Catalogue], page: str, key: str, said: str
) -> None:
    library = make_library(bare='[[claim]]\nid = "c"\ntext = "A claim."\nby = "x"\n')
    place = Location("bare", page) if page else Location("", "library")
    async with reading(library, place, size=(80, 24)) as reader:
        before = reader.rows[:-2]
        await reader.press(key)
        assert (reader.said, reader.rows[:-2]) == (said, before)


async def test_who_wants_the_page_alone_where_it_is_gets_the_rest_on_a_wider_screen(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(80, 24)) as reader:
        await reader.press("+")
        assert not reader.screen.zoomed


@pytest.mark.parametrize("size", [(50, 14), (38, 12), (50, 24)])
@pytest.mark.parametrize("key", ["m", "t", "c"])
async def test_a_message_is_said_whole(swans: Catalogue, key: str, size: tuple[int, int]) -> None:
    """On as many rows as it needs; with the next one the page has them again."""
    async with reading(swans, Location("sample", "claims"), size=size) as reader:
        rows = reader.screen.view.size.height
        await reader.press(key)
        assert len(reader.said) > size[0] - 8
        assert reader.said in " ".join(reader.text.split())
        await reader.press("escape")
        assert reader.screen.view.size.height == rows


async def test_a_message_without_end_is_cut(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(50, 14)) as reader:
        rows = reader.screen.view.size.height
        reader.screen.say("漢字 words " * 50)
        await reader.press()
        assert reader.screen.view.size.height == rows - 2
        assert reader.rows[-1].rstrip().endswith("…")


async def test_the_footer_of_the_search_has_the_keys_that_work_now(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(80, 24)) as reader:
        await reader.press("ctrl+k", *"swan")
        assert "↓ to the hits · Enter go there · Esc leave · F1 syntax" in reader.rows[-1]
        await reader.press("down")
        assert "j k move" in reader.rows[-1]
        await reader.press("ctrl+k")
        assert "to the hits" in reader.rows[-1]
        await reader.press("escape")
        assert "j k move" in reader.rows[-1]
