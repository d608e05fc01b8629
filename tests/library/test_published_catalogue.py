"""The catalogue as readers who are not the authors have it: a broken edit leaves the last good edition."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.library.shelf import Shelf
from tui.library.catalogue import Catalogue
from tui.library.published_catalogue import PublishedCatalogue
from tui.render.search_command import write_answer
from tui.search.index.library_index import SearchIndex
from tui.search.service import WriteRequest
from tui.session.shared import SharedContent

CLAIM = '[[claim]]\nid = "a"\nby = "x"\ntext = "{}"\n'


class House(Shelf):
    """A content folder, and whoever looks at it: each with a catalogue of its own over one cache."""

    def come(self) -> PublishedCatalogue:
        """Return a catalogue for a visitor, who has none open yet."""
        return self.closing(PublishedCatalogue(self.cache, [self.root], self.user))


@pytest.fixture
def house(tmp_path: Path, tiny: Callable[..., str]) -> Iterator[House]:
    """Give a house without a briefing."""
    found = House(tmp_path, tiny)
    yield found
    found.close()


def texts(catalogue: Catalogue, path: Path) -> list[str]:
    """Give the texts of the claims that are shown."""
    volume = catalogue.open(path).volume
    return [entry.text for entry in volume.edition.entries] if volume else []


def test_the_last_good_edition_is_shown_whoever_saw_it(house: House) -> None:
    """Also to a process that came when the file was broken already, and never opened it."""
    path = house.put("one", CLAIM.format("Good."), title="A title")
    house.come().refresh()
    house.put("one", "x = 1\n")
    later = house.come()
    later.refresh()

    assert texts(later, path) == ["Good."]
    [row] = later.rows(0, 9)
    assert (row.id, row.title, row.problems) == ("one", "A title", ())
    [broken] = later.broken()
    assert str(broken.problems[0]).startswith("content/one/briefing.toml:")
    assert later.open(path).problems


def test_breaking_it_further_leaves_it_too(house: House) -> None:
    path = house.put("one", CLAIM.format("Good."))
    catalogue = house.come()
    catalogue.refresh()
    for worse in ("x = 1\n", "[[claim]]\nx = \n", "\x00"):
        house.put("one", worse)
        assert catalogue.refresh()
        assert texts(catalogue, path) == ["Good."]
    house.put("one", CLAIM.format("Better."))
    catalogue.refresh()

    assert texts(catalogue, path) == ["Better."]
    assert catalogue.broken() == ()


def test_an_author_sees_the_problems(house: House) -> None:
    path = house.put("one", CLAIM.format("Good."))
    house.come().refresh()
    house.put("one", "x = 1\n")
    author = house.open()
    author.refresh()

    assert author.open(path).volume is None
    assert author.rows(0, 9)[0].problems


def test_what_was_never_good_is_hidden(house: House) -> None:
    """As if it were not there, by every way; also before anybody has looked at it."""
    path = house.put("one", "x = 1\n")
    stranger = house.come()
    assert stranger.open_named("one") is None
    stranger.refresh()
    assert (stranger.count(), stranger.rows(0, 9), stranger.ids(), stranger.stamps()) == (0, (), {}, {})
    assert (stranger.find("one"), stranger.open_named("one"), stranger.id_of(path)) == (None, None, "")
    assert stranger.open(path).problems == ()
    assert stranger.broken()
    house.put("one")
    assert stranger.refresh()
    assert stranger.open_named("one")


def test_what_was_never_good_shows_its_problems_without_the_folders_of_the_machine_if_it_may(house: House) -> None:
    path = house.put("one", "x = 1\n")
    author, stranger = house.open(), house.come()
    stranger.show_broken(shown=True)
    assert stranger.refresh()
    author.refresh()

    for problems in (stranger.rows(0, 9)[0].problems, stranger.open(path).problems):
        assert problems
        assert {problem.path for problem in problems} == {"one/briefing.toml"}
    assert {problem.path for problem in author.open(path).problems} == {"content/one/briefing.toml"}


def test_what_is_removed_is_gone(house: House) -> None:
    path = house.put("one", CLAIM.format("Good."))
    catalogue = house.come()
    catalogue.refresh()
    path.unlink()
    catalogue.refresh()
    house.put("one", "x = 1\n")

    assert texts(catalogue, path) == []


def test_it_opens_ahead(house: House) -> None:
    path = house.put("one", CLAIM.format("Good."))
    house.come().refresh()
    house.put("one", "x = 1\n")

    result = house.come().open_ahead(path)()
    assert result.volume
    assert result.problems


def test_what_another_process_compiled_is_news_too(house: House) -> None:
    house.put("one")
    one, other = house.come(), house.come()
    assert one.refresh()
    assert other.refresh()
    assert not other.refresh()


def test_what_was_found_by_opening_it_is_news_too(house: House) -> None:
    path = house.put("one")
    catalogue = house.come()
    catalogue.refresh()
    house.put("one", CLAIM.format("More."))
    catalogue.open(path)
    assert catalogue.refresh(lambda _done, _all: pytest.fail("it is compiled already"))
    assert not catalogue.refresh()


def test_it_is_still_found_by_its_words_and_not_by_an_authors_search(house: House) -> None:
    """Both may share an index; whoever updates it last has his own view."""
    house.put("one", CLAIM.format("A heron stands there."))
    stranger, author = house.come(), house.open()
    index = SearchIndex(house.folder / "index")

    def hits(catalogue: Catalogue) -> int:
        catalogue.refresh()
        index.update(catalogue)
        return write_answer(index, catalogue, WriteRequest("heron", "json", 9))[0].number

    assert hits(stranger) == 1
    house.put("one", "x = 1\n")
    assert hits(author) == 0
    assert hits(stranger) == 1
    assert hits(author) == 0


def test_holdings_open_it_by_its_id(house: House) -> None:
    house.put("folder", CLAIM.format("Good."), id="other")
    house.come().refresh()
    house.put("folder", "x = 1\n", id="other")

    assert SharedContent(house.come()).volume("other")
