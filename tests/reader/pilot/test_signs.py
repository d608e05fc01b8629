"""The help's second half: the signs on the page from which it was opened, and their explanations."""

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.state.records import Location

SIZES = [(50, 14), (80, 24), (120, 36), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_help_lists_the_signs_of_the_page_and_enter_explains_one(
    swans: Catalogue, size: tuple[int, int]
) -> None:
    async with reading(swans, Location("sample", "claims"), size=size) as reader:
        await reader.press("question_mark", "question_mark")
        assert reader.block.startswith("sign:")
        ids = list(reader.screen.view.page.ids)
        assert {"sign:•", "sign:▌", "sign:B2", "sign:hedge", "sign:¹", "sign:·"} <= set(ids)
        assert ("sign:║" in ids) == (size[1] == 14)  # where the page goes on
        assert "sign:▲" not in ids  # which is on no page of claims
        await reader.press(*["j"] * (ids.index("sign:B2") - ids.index(reader.block)), "enter")
        assert reader.page == "sign:B2"
        assert "usually reliable" in reader.words
        await reader.press("escape")
        assert (reader.page, reader.block) == ("help", "sign:B2")
        await reader.press("escape")
        assert reader.page == "claims"


async def test_beside_the_page_the_footnotes_count_too(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
        await reader.press("question_mark")
        assert {"sign:checked", "sign:read"} <= set(reader.screen.view.page.ids)


async def test_the_matrix_has_its_own_signs(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "evidence:matrix:grid")) as reader:
        await reader.press("right", "question_mark")
        ids = set(reader.screen.view.page.ids)
        assert {"sign:▲", "sign:▼", "sign:○", "sign:┈", "sign:▾", "sign:B"} <= ids


async def test_the_key_turns_from_one_half_to_the_other(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims")) as reader:
        await reader.press("question_mark")
        assert "? again: the signs" in reader.words
        await reader.press("question_mark")
        assert "Signs on this page" in reader.words
        await reader.press("question_mark")
        assert "next, previous entry" in reader.words


async def test_a_sign_is_opened_by_the_mouse(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "claims"), size=(120, 50)) as reader:
        await reader.press("question_mark")
        await reader.click("⇄")
        assert reader.page == "sign:⇄"
        assert "Two entries are at odds" in reader.words


async def test_the_help_of_a_page_without_signs_is_the_keys_alone(swans: Catalogue) -> None:
    async with reading(swans, Location("", "messages")) as reader:
        await reader.press("question_mark", "question_mark")
        assert "signs" not in reader.text.lower()
