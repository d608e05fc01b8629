"""The help's second half: the signs on the page from which it was opened, and their explanations."""

from pathlib import Path

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.session.search.locations import location_of
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


@pytest.mark.parametrize("keys", [["question_mark"], ["slash", "f1"]], ids=["in the list", "in the box"])
async def test_the_signs_of_a_list_of_hits_are_reached_from_it(swans: Catalogue, keys: list[str]) -> None:
    """Between them stands the syntax of a query. The first shown filter that is chosen has its sign too."""
    async with reading(swans, location_of("swans kind:claim")) as reader:
        await reader.until(lambda: "hits" in reader.text)
        await reader.press(*keys)
        assert (reader.page, "? again: all keys, and the signs" in reader.text) == ("grammar", True)
        await reader.press("question_mark", "question_mark")
        assert reader.block.startswith("sign:")
        assert {"sign:✓", "sign:▌", "sign:B2"} <= set(reader.screen.view.page.ids)
        await reader.press("enter", "escape", "escape", "escape")
        assert reader.screen.searches.is_open


async def test_what_has_no_number_has_no_sign_in_its_place(swans: Catalogue) -> None:
    async with reading(swans, location_of("kind:entity")) as reader:
        await reader.until(lambda: "hit" in reader.text)
        assert "–" not in reader.words


async def test_the_frame_of_a_page_counts_too(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "source:pond")) as reader:
        await reader.press("question_mark")
        assert "sign:›" in reader.screen.view.page.ids


async def test_over_a_source_s_text_the_keys_explain_the_signs(own_copy: tuple[Catalogue, Path]) -> None:
    async with reading(own_copy[0], Location("sample", "source:pond"), size=(80, 40)) as reader:
        await reader.press("c")
        await reader.until(lambda: len(reader.app.screen_stack) > 1)
        await reader.press("question_mark")
        assert "Signs on this page" in reader.text
        assert "paragraph: The number behind it counts" in reader.text
