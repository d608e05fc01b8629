"""The reader where something cannot be read or kept: it says so, goes on, and shows nothing as absent that is not."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.reader.pilot.driving import reading
from tests.unprivileged import bound_by_permissions
from tui.library.catalogue import Catalogue
from tui.library.published_catalogue import PublishedCatalogue
from tui.session.permissions import LOCAL_KIOSK
from tui.state.records import Location

CLAIM = '[[claim]]\nid = "a"\nby = "x"\ntext = "A swan on the pond."\n'


class House:
    """A library on a disk on which permissions count."""

    def __init__(self, folder: Path, tiny: Callable[..., str], closed: ExitStack) -> None:
        self.cache = folder / "cache"
        self.root = folder / "content"
        self._closed = closed
        for name in ("one", "two"):
            (self.root / name).mkdir(parents=True)
            (self.root / name / "briefing.toml").write_text(tiny(CLAIM, id=name, title=f"On {name}"), encoding="utf-8")

    def forbid(self, path: Path) -> None:
        """Take every permission of a path until the test is over."""
        path.mkdir(exist_ok=True)
        path.chmod(0)
        self._closed.callback(path.chmod, 0o700)

    def open(self, *others: Path, kind: type[Catalogue] = Catalogue) -> Catalogue:
        """Open the library, with other folders too."""
        found = kind(self.cache / "catalogue.sqlite", [self.root, *others], self.root / "nothing")
        self._closed.callback(found.close)
        return found


@pytest.fixture
def house(tmp_path: Path, tiny: Callable[..., str]) -> Iterator[House]:
    """Give a library whose permissions count."""
    with ExitStack() as closed, bound_by_permissions():
        yield House(tmp_path, tiny, closed)


class TestCache:
    async def test_one_that_cannot_be_entered_is_said_once_and_searched_in_memory(self, house: House) -> None:
        house.forbid(house.cache)
        async with reading(house.open()) as reader:
            await reader.until(lambda: "On two" in reader.text)
            assert "The cache cannot be kept on disk" in reader.said
            await reader.press("ctrl+k")
            assert not reader.said
            await reader.write("swan")
            await reader.until(lambda: "2 hits" in reader.text)
            assert "cannot be kept" not in reader.text
            assert not reader.app.fault

    async def test_a_stranger_is_not_told(self, house: House) -> None:
        house.forbid(house.cache)
        catalogue = house.open(kind=PublishedCatalogue)
        async with reading(catalogue, allowances=LOCAL_KIOSK) as reader:
            await reader.until(lambda: "On two" in reader.text)
            assert "disk" not in reader.text


class TestContent:
    async def test_a_folder_that_cannot_be_read_stands_above_the_others(self, house: House, tmp_path: Path) -> None:
        house.forbid(tmp_path / "away")
        async with reading(house.open(tmp_path / "away"), size=(120, 36)) as reader:
            await reader.until(lambda: "away: the folder cannot be read: permission denied" in reader.words)
            assert "On two" in reader.text
            (tmp_path / "away").chmod(0o700)
            await reader.press("enter")
            reader.app.updates.refresh_library()
            await reader.until(lambda: "cannot be read" not in reader.words)

    async def test_a_library_of_which_nothing_can_be_read_is_not_empty(self, house: House) -> None:
        house.forbid(house.root)
        async with reading(house.open(), size=(120, 36)) as reader:
            await reader.until(lambda: "the folder cannot be read" in reader.words)
            assert "No briefings yet" not in reader.words

    async def test_a_folder_that_is_not_there_is_told(self, house: House, tmp_path: Path) -> None:
        async with reading(house.open(tmp_path / "nowhere"), size=(120, 36)) as reader:
            await reader.until(lambda: "nowhere: there is no such folder" in reader.words)

    async def test_strangers_are_told_no_folders(self, house: House, tmp_path: Path) -> None:
        house.forbid(tmp_path / "away")
        house.forbid(tmp_path / "far")
        async with reading(
            house.open(tmp_path / "away", tmp_path / "far", kind=PublishedCatalogue), size=(120, 36)
        ) as reader:
            await reader.until(lambda: "A part of this library cannot be read at present." in reader.words)
            assert reader.words.count("cannot be read") == 1
            assert "away" not in reader.words

    async def test_a_briefing_that_cannot_be_read_is_named(self, house: House) -> None:
        house.forbid(house.root / "one")
        async with reading(house.open(), size=(120, 36)) as reader:
            await reader.until(lambda: "one/briefing.toml: cannot be read: permission denied" in reader.words)
            await reader.press("ctrl+k")
            await reader.write("swan")
            await reader.until(lambda: "1 hit in 1 briefing" in reader.text)
            assert "since broken: one" in reader.text

    async def test_opening_it_by_its_name(self, house: House) -> None:
        house.forbid(house.root / "one")
        async with reading(house.open(), Location("one", "overview")) as reader:
            assert "cannot be opened" in reader.words
