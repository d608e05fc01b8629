"""A site of the bundled briefings and a browser, both made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site import browser as chromium
from tui.library.published_catalogue import PublishedCatalogue
from tui.site.export import export

CONTENT = Path(__file__).parents[2] / "content"


def make_site(folder: Path, content: Path) -> Path:
    """Export a content folder into a new folder beside its cache."""
    catalogue = PublishedCatalogue(None, [content], folder / "held")
    catalogue.refresh()
    export(catalogue, folder / "site", ())
    catalogue.close()
    return folder / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the bundled briefings."""
    return make_site(tmp_path_factory.mktemp("site"), CONTENT)


# Playwright runs an event loop in this thread until it stops: it must end before the tests of another module begin.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser for a module."""
    with chromium.browser() as started:
        yield started


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Path:
    """Export the made-up briefing that has every feature."""
    return make_site(tmp_path_factory.mktemp("small"), sample_folder.parent)
