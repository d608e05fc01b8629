"""What is found is seen: every text of the author's on the screen is found, and every stop has its highlight."""

import re
from collections.abc import Callable

import pytest

from tests.reader.pilot.driving import Driver, reading
from tests.reader.pilot.test_finding import HERE
from tui.library.catalogue import Catalogue
from tui.state.records import Location
from tui.state.stores import open_state

SIZES = [(80, 24), (50, 16), (120, 36), (200, 50)]


async def stops(reader: Driver, words: str) -> list[str]:
    """Look for words, go once round by `n`, and return the places of the stops; each has its words highlighted."""
    await reader.find_words(words)
    said = re.search(r"1?\d* of ([\d,]+)", reader.said)
    assert said, reader.said
    found = []
    for _ in range(int(said[1])):
        marked = " ".join(reader.marked(HERE)).lower()
        assert words.strip('"')[:3] in marked, f"{words!r} is not seen at {reader.screen.here}:\n{reader.text}"
        found.append(f"{reader.page} {reader.block} {reader.said}")
        await reader.press("n")
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "page",
    ["overview", "claims", "sources", "evidence:conflicts", "evidence:timeline", "evidence:matrix:grid", "entities"],
)
@pytest.mark.parametrize("words", ["swans", "pond", "the"])
async def test_every_stop_shows_what_was_found(swans: Catalogue, size: tuple[int, int], page: str, words: str) -> None:
    async with reading(swans, Location("sample", page), size=size) as reader:
        await reader.find_words(words)
        if "not found" in reader.said:
            return
        visited = await stops(reader, words)
        assert len(visited) == len(set(visited))


@pytest.mark.parametrize("size", [(30, 6), (40, 9), (120, 36)])
async def test_the_matrix_shows_a_match_until_one_moves_away_from_it(swans: Catalogue, size: tuple[int, int]) -> None:
    async with reading(swans, Location("sample", "evidence:matrix:grid"), size=size) as reader:
        await reader.find_words("miller")
        assert "miller" in " ".join(reader.marked(HERE)).lower()
        await reader.press("right")
        assert "miller" not in " ".join(reader.marked(HERE)).lower()
        await reader.press("n")
        assert "miller" in " ".join(reader.marked(HERE)).lower()


@pytest.mark.parametrize("size", SIZES)
async def test_the_front_page_its_title_and_footnotes_are_found(
    make_library: Callable[..., Catalogue], size: tuple[int, int]
) -> None:
    tables = """
[[source]]
id = "s"
title = "A book"
type = "book"
reliability = "B"

[[claim]]
id = "c"
text = "Something is said."
by = "x"
cite = [{ source = "s", quote = "the quagga itself", note = "Seen by the okapi." }]
"""
    catalogue = make_library(one=tables)
    path = next(iter(catalogue.files()))
    text = path.read_text().replace(
        'title = "A tiny briefing"', 'title = "The long and winding title of the zorilla"', 1
    )
    text = re.sub(r'bluf = "[^"]*"', 'bluf = "It is the bongo."\\nnote = "Made by the numbat."', text, count=1)
    path.write_text(text)
    catalogue.refresh()
    for start in ("claims", "overview"):
        async with reading(catalogue, Location("one", start), size=size) as reader:
            for word, page in (
                ("zorilla", "overview"), ("bongo", "overview"), ("numbat", "overview"), ("quagga", "claims"), ("okapi", "claims"),
            ):  # fmt: skip
                [stop] = await stops(reader, word)
                assert stop.startswith(page), stop
                await reader.press("escape", "escape")


async def test_what_changed_does_not_move_the_marks(own_copy: tuple[Catalogue, object]) -> None:
    """The reader's own front page has a block that the shared one has not."""
    catalogue, _ = own_copy
    state = open_state(None)
    state.visited("sample", "before")
    state.mark_read("sample", [("seven", "before")])
    async with reading(catalogue, Location("sample", "overview"), state=state) as reader:
        assert "NEW TO YOU" in reader.words
        await stops(reader, "swans")
    state.close()


async def test_a_hit_in_a_note_or_the_title_is_seen_where_the_search_leads(swans: Catalogue) -> None:
    volume = swans.open(next(iter(swans.files()))).volume
    assert volume
    entry = next(entry for entry in volume.edition.entries if any(note.note for note in entry.notes))
    word = next(note.note for note in entry.notes if note.note).split()[-1].strip(".").lower()
    async with reading(swans, Location("sample", entry.table + "s"), size=(120, 36)) as reader:
        await reader.find_words(word)
        assert word in " ".join(reader.marked(HERE)).lower()


async def test_what_is_cut_is_shown_whole_while_something_is_found_in_it(
    make_library: Callable[..., Catalogue],
) -> None:
    long = "A line that is far too long for a window of forty cells ends with a wombat"
    tables = f"""
[[claim]]
id = "short"
text = "It is so."
by = "x"
conflicts = [{{ to = "long" }}]

[[claim]]
id = "long"
text = "{long}."
by = "x"
"""
    catalogue = make_library(one=tables)
    async with reading(catalogue, Location("one", "claims"), size=(40, 24)) as reader:
        before = reader.screen.view.measure(0)
        assert "wombat" not in reader.words.split("C2")[0]
        assert len(await stops(reader, "wombat")) == 3
        assert reader.screen.view.measure(0) > before
        await reader.press("escape", "escape")
        assert reader.screen.view.measure(0) == before
