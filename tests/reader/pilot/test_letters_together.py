"""Letters that come in one packet are looked for once, in every line in which a reader types."""

from collections.abc import Callable
from typing import Any

import pytest
from textual import events

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.reader.search.find import Find
from tui.reader.search.search_requests import SearchRequests
from tui.session.everything import Everything
from tui.session.filter_goals import FilterGoals
from tui.session.narrowing import Narrowing
from tui.state.records import Location

_CLAIMS = Location("dprk-missiles", "claims")
_WORK: dict[str, tuple[type, str]] = {
    "&": (FilterGoals, "found"),
    "ctrl+p": (Everything, "found"),
    "/": (Find, "look_for"),
    "ctrl+k": (SearchRequests, "ask"),
}
"""What each key's line does for a text."""
_LETTERS = ("that of the missiles of russia " * 10)[:300]


def _packet(reader: Driver, letters: str) -> None:
    for letter in letters:
        reader.app.post_message(events.Key("space" if letter == " " else letter, letter))


def _text(reader: Driver) -> str:
    line, chooser = reader.screen.searches.typing_line, reader.screen.chooser
    return line.text if line else chooser.text if chooser else ""


@pytest.mark.parametrize("key", _WORK)
async def test_letters_of_one_packet_are_looked_for_once(
    bundled: Catalogue, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    owner, name = _WORK[key]
    work: Callable[..., Any] = getattr(owner, name)
    asked: list[Any] = []

    def counted(self: object, *arguments: Any) -> Any:
        asked.append(arguments[0])
        return work(self, *arguments)

    monkeypatch.setattr(owner, name, counted)
    async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
        await reader.press(key)
        asked.clear()
        _packet(reader, _LETTERS)
        await reader.until(lambda: _text(reader) == _LETTERS)
        await reader.pilot.pause()
        assert 1 <= len({str(one) for one in asked}) <= 2
        assert len(asked) <= 6, "an answer, or its frame, may look once more"


@pytest.mark.parametrize(("key", "page"), [("&", "claims/disputed"), ("ctrl+p", "evidence:matrix")])
async def test_enter_behind_the_letters_takes_what_they_name(bundled: Catalogue, key: str, page: str) -> None:
    async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
        await reader.press(key)
        _packet(reader, "only disputed" if key == "&" else "matrix")
        reader.app.post_message(events.Key("enter", "\r"))
        await reader.until(lambda: reader.page != "claims")
        assert reader.page == page.replace("disputed", "has:conflict")


async def test_a_letter_of_a_filter_folds_no_text_anew(bundled: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
        volume = reader.screen.volume
        assert volume is not None
        items = volume.pane("claims")
        found = Narrowing(volume, "missiles", {}).left(items)
        monkeypatch.setattr("tui.session.narrowing.entry_texts", None)
        assert found == Narrowing(volume, "missile", {}).left(items)
