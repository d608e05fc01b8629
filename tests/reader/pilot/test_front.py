"""The front page under a reader's hands: what is answered without a key, and how few keys lead to the rest."""

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.state.records import Location

FRONT = Location("dprk-missiles", "overview")
MOST_KEYS = 12


async def test_four_questions_are_answered_without_a_key(bundled: Catalogue) -> None:
    async with reading(bundled, FRONT, size=(120, 36)) as reader:
        said = reader.words
        answers = {
            "What is it about?": ("IN SHORT", "North Korean missiles"),
            "What is judged, and how surely?": ("WE JUDGE confidence J1 almost certain 95–99 % Russia fired", "high"),
            "What is disputed?": ("DISPUTED How many, if any? Kim Yo Jong, Kyiv’s service, Paparo +4",),
            "What should be done?": ("TO BE DONE R1 Remain vigilant", "5 of 7 disputed"),
        }
        missing = {question: words for question, words in answers.items() if not all(word in said for word in words)}
        assert not missing, reader.text


async def test_few_keys_lead_from_the_library_to_the_count_its_voices_and_what_is_against_it(
    bundled: Catalogue,
) -> None:
    async with reading(bundled, size=(120, 36)) as reader:
        pressed = 0
        while reader.block != "dprk-missiles":
            await reader.press("j")
            pressed += 1
        keys = ["enter", "C", "enter"]
        assert pressed + len(keys) <= MOST_KEYS
        await reader.press(*keys)
        for words in ("148 KN-23 and KN-", "Samuel", "Paparo", "J4 very unlikely", "▼ 4 against", "▼ 8 against"):
            assert words in reader.words, reader.text


async def test_enter_on_a_judgment_leads_to_its_reasons(bundled: Catalogue) -> None:
    async with reading(bundled, FRONT, size=(120, 36)) as reader:
        await reader.press("j", "j", "j", "j", "j", "enter")
        assert (reader.page, reader.block) == ("questions", "kj-1000")
        await reader.press("backspace")
        assert (reader.page, reader.block) == ("overview", "judged:kj-1000")


@pytest.mark.parametrize("size", [(200, 50), (120, 36), (80, 24), (50, 14)])
async def test_the_cursor_stops_at_each_line(bundled: Catalogue, size: tuple[int, int]) -> None:
    async with reading(bundled, FRONT, size=size) as reader:
        page = reader.screen.view.page
        stops = []
        for name in page.ids[: page.ids.index("coverage")]:
            stops.append(reader.block)
            assert reader.screen.view.target
            await reader.press("j")
            assert name == stops[-1]


async def test_more_leads_to_all(bundled: Catalogue) -> None:
    async with reading(bundled, FRONT, size=(80, 24)) as reader:
        await reader.click("and 6 more")
        assert reader.page.startswith("evidence:judgments")


async def test_a_page_fits_anew_and_keeps_its_line(bundled: Catalogue) -> None:
    async with reading(bundled, FRONT, size=(120, 36)) as reader:
        await reader.press("j", "j", "j", "j", "j", "j")
        assert "judged:kj-air-defence" == reader.block
        await reader.resize(80, 24)
        assert "judged:kj-air-defence" == reader.block
        assert "95–99" not in reader.words
        await reader.resize(50, 14)
        await reader.until(lambda: reader.block == "judged:kj-100-199")
        await reader.resize(120, 36)
        await reader.until(lambda: "HOW MANY" in reader.words)


async def test_what_is_folded_is_found_and_seen(bundled: Catalogue) -> None:
    async with reading(bundled, FRONT, size=(80, 24)) as reader:
        assert "Beijing saw" not in reader.words
        await reader.find_words('"Beijing saw its own influence"')
        assert "Beijing saw its own influence" in reader.words
        await reader.press("escape", "escape")
        assert "and 6 more" in " ".join(reader.text.split())


async def test_the_bottom_line_leads_to_all_that_the_briefing_says_of_itself(bundled: Catalogue) -> None:
    async with reading(bundled, FRONT, size=(50, 14)) as reader:
        assert "money" not in reader.words
        await reader.press("enter")
        assert "overview:about" == reader.page
        assert "No count of deliveries since was seen." in reader.words
