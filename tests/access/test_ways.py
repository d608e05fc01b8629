"""Nobody sees a sign of what is for others: by no way, at no briefing, in no role."""

import asyncio
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.ways import WAYS, try_one, uncovered
from tests.access.world import HEADERS, ROLES, Visitor, theirs, worlds
from tui.kiosk.visits.exec_commands import CommandRefused, run
from tui.render.search_command import write_answer

TRIES = 300


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, ...], tuple[Visitor, Visitor]]]:
    """Give each role its visitors of the library and of the twin."""
    with worlds(tmp_path_factory.mktemp("access"), write_answer) as found:
        yield found


def test_every_way_is_tried() -> None:
    """A new command, page, field or method needs a way in `tests/access/ways.py`, or a word on why it needs none."""
    assert list(uncovered()) == []


@pytest.mark.parametrize("groups", ROLES)
def test_each_role_reads_what_is_theirs(
    groups: tuple[str, ...], visitors: dict[tuple[str, ...], tuple[Visitor, Visitor]]
) -> None:
    whole, _ = visitors[groups]
    readable = {name for name in HEADERS if whole.shared.volume(name)}
    listed = {row.id for row in whole.catalogue.rows(0, 99)}

    assert readable == set(theirs(groups)) - {"river"}
    assert listed == readable - {"marsh", "basin"}


@pytest.mark.parametrize("way", WAYS)
def test_a_way_tells_nothing(way: str, visitors: dict[tuple[str, ...], tuple[Visitor, Visitor]]) -> None:
    for groups in ROLES[:2]:
        for target in ("inlet", "creek", "ponds"):
            whole, twin = (WAYS[way](visitor, target, random.Random(1)) for visitor in visitors[groups])  # noqa: S311 - a test's
            assert repr(whole) == repr(twin)


def test_seeded_tries_find_no_leak(visitors: dict[tuple[str, ...], tuple[Visitor, Visitor]]) -> None:
    """`python -m tests.access --tries 100000` makes more of them."""
    for number in range(TRIES):
        rng = random.Random(number)  # noqa: S311 - a test's
        groups = rng.choice(ROLES)
        assert not try_one(visitors[groups], rng), f"try {number} as {groups}"


def test_the_library_does_the_same_work_for_a_forbidden_and_an_unknown_id(
    visitors: dict[tuple[str, ...], tuple[Visitor, Visitor]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = visitors[()]
    asked: list[str] = []
    ask = whole.catalogue.cache.ask

    def note(query: str, *values: Any) -> list[tuple[Any, ...]]:
        asked.append(query)
        return ask(query, *values)

    monkeypatch.setattr(whole.catalogue.cache, "ask", note)
    work = []
    for name in ("inlet", "inlex", "creek"):
        asked.clear()
        with pytest.raises(CommandRefused):
            asyncio.run(run(f"show {name}", whole.shared, 1000))
        work.append(list(asked))

    assert work[0] == work[1] == work[2]
    assert work[0]
