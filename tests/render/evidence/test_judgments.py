"""The view of judgments: likelihood and confidence apart, and the grounds for and against."""

import json
from collections.abc import Callable

import pytest

from tests.render.shown import page_text
from tui.library.volume import Volume
from tui.render.evidence.bars import range_bar
from tui.render.layout import lay_out
from tui.render.page import Block
from tui.render.pages import page_of
from tui.render.views import BY_NAME, choice_of, view_of
from tui.render.words import parties_words


def blocks(volume: Volume, name: str = "evidence:judgments") -> list[Block]:
    """Give the blocks of a page."""
    page = page_of(volume, name)
    assert page is not None
    return [page.block(place) for place in range(len(page))]


def seen(volume: Volume, width: int) -> list[str]:
    """Give the lines of the page as they stand on a screen."""
    rows = (row for block in blocks(volume) for row in lay_out(block, width))
    return ["".join(span.text for span in row.spans).rstrip() for row in rows]


def said(volume: Volume) -> str:
    """Give the page as it is read aloud."""
    page = page_of(volume, "evidence:judgments/listed")
    assert page is not None
    return " ".join(" ".join(page_text(page, 300)).split())


def test_all_are_seen_at_a_glance_with_likelihood_before_the_proposition(harbour: Volume) -> None:
    first = next(row for row in seen(harbour, 80) if row.startswith("J1"))
    assert first.index("very unlikely") < first.index("1,000 casks landed in May")
    bar = "".join(span.text for span in range_bar(0.05, 0.2, 13))
    assert bar in first
    assert any(f"{bar}  5–20%" in row for row in seen(harbour, 112))
    assert "confidence moderate" not in first  # ICD 203: never in one sentence with the likelihood
    assert any("confidence moderate" in row for row in seen(harbour, 80)[:6])


def test_for_and_against_stand_side_by_side_and_weak_ones_are_not_counted(harbour: Volume) -> None:
    heads = next(row for row in seen(harbour, 80) if "For it" in row)
    assert "For it  1 weak" in heads
    assert "Against it  2" in heads
    rows = "\n".join(seen(harbour, 48))
    assert "weak: A rumour of a thousand" in rows
    assert rows.index("The clerk saw few") > rows.index("weak: A rumour")


PARTIES = """
[[judgment]]
id = "kj"
date = "2025-05"
text = "Casks came."
likelihood = "likely"
confidence = "low"
why = "They were seen."
for = ["seen", "heard", "told", "seen-again", { to = "rumour", weak = true }]
against = ["denied", "laughed"]
""" + "".join(
    f'[[claim]]\nid = "{claim}"\ntext = "It came."\nby = "{by}"\ncite = [{{ source = "paper", origin = "{by}" }}]\n'
    for claim, by in (
        ("seen", "office"), ("seen-again", "office"), ("heard", "buyer"), ("told", "seller"), ("rumour", "rival"),
        ("denied", "smuggler"), ("laughed", "gossip"),
    )
) + "".join(
    f'[[entity]]\nid = "{entity}"\nname = "The {entity}"\ntype = "organisation"\n{party}\n'
    for entity, party in (
        ("office", 'party = "neutral"'), ("buyer", 'party = "interested"'), ("seller", 'party = "interested"'),
        ("rival", 'party = "neutral"'), ("smuggler", 'party = "belligerent"'), ("gossip", ""),
    )
) + '[[source]]\nid = "paper"\ntype = "report"\n'  # fmt: skip


def test_voices_for_and_against_are_counted_by_their_part_in_the_matter(made: Callable[..., Volume]) -> None:
    volume = made(PARTIES, format="2")
    expected = "Voices for it: 1 neutral, 2 interested. Against it: 1 party to the war, 1 of unstated interest."
    assert expected in said(volume)
    own = page_of(volume, "entry:kj")
    assert own is not None
    assert expected in " ".join(" ".join(page_text(own, 300)).split())
    data = json.loads(json.dumps(BY_NAME["judgments"].load().data(volume)))
    assert data["kj"]["voices"] == {
        "for": {"neutral": 1, "interested": 2}, "against": {"belligerent": 1, "": 1},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parties", "told"),
    [
        ({}, "nobody"),
        ({"": 2}, "2 voices"),
        ({"": 1}, "1 voice"),
        ({"belligerent": 2, "neutral": 1}, "1 neutral, 2 parties to the war"),
        ({"a rival": 1, "unknown": 3}, "3 of unknown interest, 1 “a rival”"),
    ],
)
def test_words_of_parties(parties: dict[str, int], told: str) -> None:
    assert told == parties_words(parties)


def test_read_aloud_it_has_everything_and_no_bar(harbour: Volume) -> None:
    words = said(harbour)
    for part in (
        "J1 We judge this as very unlikely, 5–20%. 1,000 casks had been landed by the end of May 2025.",
        "Against it, 2 C2 148 in the ledger C3 The clerk saw few",
        "Voices for it: nobody. Against it: 1 neutral, 1 interested.",  # the rumour is weak
        "Our confidence in this is moderate. No count comes near it.",
        "It did not come true, as was known 1 July 2025. The cellar was counted.",
        "So what: Plan for hundreds.",
        "The casks were empty.",
        "January 2025: Many casks came.",
        "It rests on A1 The ledger is honest",
        "Signs that would move it I1 An auction of the casks. Likelier: More than 900 are sold. "
        "Less likely: Fewer are sold.",
        "J2 No likelihood is given. draft, to be settled The harbour was open.",
        "The scale: ICD 203",
    ):
        assert part in words
    assert "┄" not in words
    assert 1 == words.count("1,000 casks had been landed")


def test_every_name_of_an_entry_leads_to_it(harbour: Volume) -> None:
    targets = {span.target for block in blocks(harbour) for para in block.paras for span in para.spans}
    targets |= {para.marker.target for block in blocks(harbour) for para in block.paras if para.marker}
    assert {f"#{name}" for name in ("kj-many", "rumour", "ledger", "clerk", "honest", "auction")} <= targets


def test_the_same_facts_are_data(harbour: Volume) -> None:
    data = json.loads(json.dumps(BY_NAME["judgments"].load().data(harbour)))
    assert set(data) == {"kj-many", "kj-thin"}
    judgment = data["kj-many"]
    assert (judgment["likelihood"], judgment["confidence"]) == ("very unlikely", "moderate")
    assert judgment["for"] == [{"entry": "rumour", "why": "It is a name only.", "weak": True}]
    assert [reason["entry"] for reason in judgment["against"]] == ["ledger", "clerk"]
    assert {sign["way"] for sign in judgment["indicators"]} == {"up", "down"}
    assert judgment["outcome"]["came_true"] is False
    assert BY_NAME["judgments"].load().fact(harbour) == "2 judgments"


def test_a_file_of_format_1_shows_its_assessed_statements(sample: Volume) -> None:
    assert [block.id for block in blocks(sample)] == [
        "question", "judged:seven", "judged:swans-stay", "judged:swans-swim", "scale",
    ]  # fmt: skip
    assert BY_NAME["judgments"].load().fact(sample) == "3 entries"


def test_a_draft_without_anything_is_shown_as_one(made: Callable[..., Volume]) -> None:
    bare = made('[[judgment]]\nid = "j"\ndraft = true\n', format="2")
    assert "J1 No likelihood is given. draft, to be settled" in said(bare)
    assert any("no likelihood" in row for row in seen(bare, 48))


def test_a_briefing_without_any_says_so(made: Callable[..., Volume]) -> None:
    assert ["Nothing here is judged."] == [block.text for block in blocks(made())]


@pytest.mark.parametrize("name", ["evidence:assessment", "evidence:assessment/listed"])
def test_the_former_name_leads_here(name: str) -> None:
    assert view_of(name) is BY_NAME["judgments"]
    choice = choice_of(name)
    assert choice is not None
    assert choice.page == name.replace("assessment", "judgments")
