"""The user's folders."""

from pathlib import Path

import pytest

from tui.library.paths import as_path, bundled_content, user_folders


def test_the_defaults_of_the_specification() -> None:
    folders = user_folders({"HOME": "/home/u"})

    assert (folders.cache, folders.state, folders.data, folders.config) == (
        Path("/home/u/.cache/briefing"),
        Path("/home/u/.local/state/briefing"),
        Path("/home/u/.local/share/briefing"),
        Path("/home/u/.config/briefing"),
    )
    assert folders.held == Path("/home/u/.local/share/briefing/held")
    assert folders.own_content == Path("/home/u/.local/share/briefing/content")


@pytest.mark.parametrize("name", ["cache", "state", "data", "config"])
def test_each_has_its_variable(name: str) -> None:
    folders = user_folders({"HOME": "/home/u", f"XDG_{name.upper()}_HOME": "/elsewhere"})

    assert getattr(folders, name) == Path("/elsewhere/briefing")


@pytest.mark.parametrize("value", ["", "relative", "./relative", "~/x"])
def test_a_relative_path_is_ignored(value: str) -> None:
    """As the specification asks."""
    assert user_folders({"HOME": "/home/u", "XDG_CACHE_HOME": value}).cache == Path("/home/u/.cache/briefing")


def test_the_tests_have_a_home_of_their_own(tmp_path: Path) -> None:
    """No test touches the developer's folders."""
    folders = user_folders()

    for folder in (folders.cache, folders.state, folders.data, folders.config):
        assert folder.is_relative_to(tmp_path)


def test_without_a_home_the_system_is_asked() -> None:
    assert user_folders({}).cache.is_absolute()


def test_the_bundled_content_is_there(content: Path) -> None:
    assert bundled_content() == content
    assert (bundled_content() / "handbook" / "briefing.toml").is_file()


class TestAsPath:
    def test_a_folder_is_its_briefing(self, tmp_path: Path) -> None:
        assert as_path(str(tmp_path)) == tmp_path / "briefing.toml"

    @pytest.mark.parametrize("name", ["some/where", "some.toml", "./x"])
    def test_what_looks_like_a_path_is_one(self, name: str) -> None:
        assert as_path(name) == Path(name).absolute()

    @pytest.mark.parametrize("name", ["handbook", "a\x00b", "x" * 300, "no-such"])
    def test_what_does_not_is_an_id(self, name: str) -> None:
        assert as_path(name) is None
