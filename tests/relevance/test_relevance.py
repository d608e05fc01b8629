"""What is looked for stands first, and never lower than in a plain full-text ranking."""

import pytest

from tests.relevance.judging import judged
from tests.relevance.marks import ALL, SPELT, Compared, compared, ndcg, table
from tests.relevance.ranking import Rankings

LEAST = 0.9


@pytest.fixture(scope="module")
def rankings(tmp_path_factory: pytest.TempPathFactory) -> Rankings:
    """Give the bundled content, indexed for both."""
    return Rankings(tmp_path_factory.mktemp("relevance"))


@pytest.fixture(scope="module")
def rows(rankings: Rankings) -> tuple[Compared, ...]:
    """Give the marks of both."""
    return compared(rankings)


def test_every_judged_answer_is_there(rankings: Rankings) -> None:
    queries = judged()
    assert len(queries) >= 60
    assert len({query.text for query in queries}) == len(queries)
    assert set() == {address for query in queries for address in query.grades} - rankings.addresses


def test_what_is_looked_for_stands_first(rows: tuple[Compared, ...]) -> None:
    spelt, overall = rows[-2:]
    assert (SPELT, ALL) == (spelt.kind, overall.kind)
    assert ndcg(overall.ours) >= LEAST, table(rows)
    assert ndcg(overall.ours) >= ndcg(overall.fts5), table(rows)
    assert ndcg(spelt.ours) >= ndcg(spelt.fts5), table(rows)
