"""The article that the briefing on missile transfers starts from: each of its sentences has its entry.

The article is not shipped. Offsets in its text, and the lock's offsets of the quotes, stand in for it.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tui.briefing import lock
from tui.briefing.loader import load_file
from tui.briefing.lock import Lock, LockedQuote, QuoteKey
from tui.briefing.model import Briefing
from tui.briefing.source import Entity
from tui.briefing.traversal import citations

SHA256: Final = "be00d63b24e8905a7757fc62fe6e88cffe731da2fda0814693cf637bcab3bd53"
"""The hash of the text in which the spans are."""


class Sentence(NamedTuple):
    """A sentence of the article: its place in the text, and the entries that represent it."""

    start: int
    """In Unicode code points."""
    end: int
    entries: tuple[str, ...]


HEADLINE_AND_SENTENCES: Final = (
    Sentence(0, 78, ("new-era", "lasting-tie")),
    Sentence(79, 245, ("balance", "hundreds", "one-kind")),
    Sentence(246, 458, ("warning-questions", "air-defence-exchanged")),
    Sentence(459, 545, ("stakes",)),
    Sentence(546, 634, ("burgeoning-alliance",)),
    Sentence(635, 769, ("cold-war",)),
    Sentence(770, 939, ("russias-need",)),
    Sentence(940, 1066, ("balance",)),
    Sentence(1067, 1264, ("thousands", "alarmed", "shipped-is-delivered", "reports-sound")),
    Sentence(1265, 1453, ("hearing", "gravity", "threat")),
    Sentence(1454, 1619, ("air-defence", "missiles-paid-for")),
    Sentence(1620, 1668, ("profound",)),
    Sentence(1669, 1797, ("emboldened", "russia-stands-behind")),
    Sentence(1798, 2039, ("air-defence-exchanged", "calculus", "arms-race", "systems-advanced")),
    Sentence(2040, 2184, ("sanctions-undermined", "sanctions-worked")),
    Sentence(2185, 2351, ("sanctions-undermined",)),
    Sentence(2352, 2532, ("rogue-imitation", "others-can-copy")),
    Sentence(2533, 2646, ("experts",)),
    Sentence(2647, 2824, ("lind-record", "axis")),
    Sentence(2825, 3030, ("lind", "which-experts")),
    Sentence(3031, 3095, ("vigilance",)),
    Sentence(3096, 3192, ("reassess",)),
    Sentence(
        3193, 3401, ("exercises", "intelligence", "isolate", "destabilizing", "exercises-calm", "isolation-can-work")
    ),
    Sentence(3402, 3575, ("us-china", "china-view")),
    Sentence(3576, 3677, ("at-stake",)),
    Sentence(3678, 3801, ("conflict-risk",)),
    Sentence(3802, 3925, ("world-watches",)),
)


@pytest.fixture(scope="module")
def briefing(content: Path) -> Briefing:
    """Load the briefing on missile transfers."""
    found = load_file(content / "dprk-missiles" / "briefing.toml").briefing
    assert found is not None
    return found


@pytest.fixture(scope="module")
def locked(content: Path) -> Lock:
    """Read where each quote stood in the article when it was last held."""
    return lock.read(content / "dprk-missiles" / "sources.lock")


@pytest.fixture(scope="module")
def quoted(briefing: Briefing, locked: Lock) -> Mapping[str, list[LockedQuote]]:
    """Return the places in the article that each entry quotes, also through what the article itself relays."""
    through = {source.id for source in briefing.source if "seed" in {source.id, source.cited_in}}
    found: dict[str, list[LockedQuote]] = defaultdict(list)
    for _, citation, holder in citations(briefing):
        if citation.source in through and citation.quote and not isinstance(holder, Entity):
            key = QuoteKey("seed", citation.quote, citation.prefix or "", citation.suffix or "")
            found[holder.id] += [locked.quotes[key]] if key in locked.quotes else []
    return found


def test_the_spans_are_of_the_text_that_is_locked(briefing: Briefing, locked: Lock) -> None:
    named = {source.id: source.sha256 for source in briefing.source}

    assert named["seed"] == SHA256
    assert locked.texts["seed"].sha256 == SHA256


def test_the_spans_are_a_headline_and_26_sentences_without_a_gap(locked: Lock) -> None:
    """One character, a space or a line break, parts each from the next, so that none is left out."""
    first, *_, last = HEADLINE_AND_SENTENCES

    assert len(HEADLINE_AND_SENTENCES) == 1 + 26
    assert (first.start, last.end) == (0, locked.texts["seed"].length)
    assert [
        (one.end, other.start) for one, other in pairwise(HEADLINE_AND_SENTENCES) if other.start != one.end + 1
    ] == []


@pytest.mark.parametrize("sentence", HEADLINE_AND_SENTENCES, ids=lambda sentence: str(sentence.start))
def test_each_sentence_is_quoted_by_its_entries(sentence: Sentence, quoted: Mapping[str, list[LockedQuote]]) -> None:
    within = {
        name
        for name, places in quoted.items()
        for place in places
        if sentence.start <= place.start and place.end <= sentence.end
    }

    assert sentence.entries
    assert set(sentence.entries) - within == set()


def test_no_quote_of_the_article_runs_over_a_sentence(locked: Lock) -> None:
    assert [
        key.quote
        for key, place in locked.quotes.items()
        if key.source == "seed"
        and not any(one.start <= place.start and place.end <= one.end for one in HEADLINE_AND_SENTENCES)
    ] == []


def test_every_entry_that_quotes_the_article_stands_at_a_sentence(quoted: Mapping[str, list[LockedQuote]]) -> None:
    listed = {name for sentence in HEADLINE_AND_SENTENCES for name in sentence.entries}

    assert {name for name, places in quoted.items() if places} == listed
