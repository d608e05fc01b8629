"""What was renamed is found by what the reader kept of it: addresses, marks, bookmarks."""

import pytest

from tests.reader.pilot.driving import reading
from tests.session.conftest import Workshop
from tui.authoring.renames import rename
from tui.state.records import Location
from tui.state.stores import open_state

TABLES = (
    '[[claim]]\nid = "seven"\ntext = "Seven swans."\nby = "a man"\n\n[[claim]]\nid = "two"\ntext = "T."\nby = "a"\n'
)
WAS = TABLES.replace('id = "two"', 'id = "two"\nwas = ["first", "one"]')


@pytest.fixture(autouse=True)
def _lake(workshop: Workshop) -> None:
    """Lay down a briefing of which everything was renamed."""
    path = workshop.put(WAS, "lake", id="lake")
    workshop.write(path.read_text().replace("[briefing]", '[briefing]\nwas = ["pond"]'), "lake")
    workshop.catalogue.refresh()


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (Location("pond", "claims", "first"), ("lake", "claims", "two")),
        (Location("lake", "entry:one", "one"), ("lake", "entry:two", "two")),
        (Location("pond"), ("lake", "overview", "")),
    ],
)
async def test_a_former_address_leads_to_it(
    workshop: Workshop, location: Location, shown: tuple[str, str, str]
) -> None:
    location = location._replace(page="overview") if location.page == "library" else location
    async with reading(workshop.catalogue, location) as reader:
        assert shown == reader.screen.location[:3]
        assert reader.block == (shown[2] or reader.block)


async def test_marks_lead_to_it(workshop: Workshop) -> None:
    state = open_state(None)
    state.mark("a", Location("pond", "claims", "one"), "words")
    state.mark("*", Location("pond", "claims", "one"), "words")
    state.flush()
    async with reading(workshop.catalogue, Location("lake", "claims"), state=state) as reader:
        await reader.press("apostrophe", "a")
        assert ("lake", "claims", "two") == reader.screen.here[:3]
        await reader.press("g", "B", "G", "enter")
        assert ("lake", "claims", "two") == reader.screen.here[:3]
        await reader.press("asterisk")
        assert "Removed the bookmark." == reader.said
    state.close()


@pytest.mark.parametrize("moves", [False, True], ids=["in its folder", "with its folder"])
async def test_who_reads_it_while_it_is_renamed_reads_on(workshop: Workshop, moves: bool) -> None:
    path = workshop.put(TABLES, "sea", id="sea")
    workshop.catalogue.refresh()
    async with reading(workshop.catalogue, Location("sea", "claims", "two")) as reader:
        rename(path, "", "ocean")
        if moves:
            path.parent.rename(path.parents[1] / "ocean")
        await reader.until(lambda: reader.screen.location.briefing == "ocean")
        assert ("claims", "two") == reader.screen.here[1:3]
        assert "removed" not in reader.said
        await reader.press("k")
        assert "seven" == reader.block
