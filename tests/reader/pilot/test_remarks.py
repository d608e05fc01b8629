"""A remark on a briefing is told at loading: to its author, once, and to no stranger."""

from collections.abc import Callable

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.session.permissions import LOCAL_KIOSK, OWN_MACHINE, Allowances
from tui.state.records import Location

CLAIM = '[[claim]]\nid = "a"\nby = "x"\ntext = "TEXT"\n'


@pytest.mark.parametrize("allowances", [OWN_MACHINE, LOCAL_KIOSK])
async def test_a_word_that_is_broken_over_lines_is_told_once(
    make_library: Callable[..., Catalogue], allowances: Allowances
) -> None:
    catalogue = make_library(long=CLAIM.replace("TEXT", "x" * 90), good=CLAIM.replace("TEXT", "It is so."))
    async with reading(catalogue, Location("long", "claims"), allowances=allowances) as reader:
        told = allowances.machine
        assert ("C1: a word of 90 characters is broken over lines" in reader.text) == told
        await reader.press("2")
        assert "a word of 90" not in reader.said
        reader.screen.go(Location("good", "claims"))
        await reader.press("j")
        assert "For the author" not in reader.said
        reader.screen.go(Location("long", "overview"))
        await reader.pilot.pause()
        assert "a word of 90" not in reader.said
