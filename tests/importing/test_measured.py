"""The import finds what it found when it was first measured, or more."""

import pytest

from tests.importing.measuring import TABLES, labelled, measure, total

SHIPPED = ("harbour", "nighttrain")
FLOORS = {"claim": (0.85, 0.75), "view": (0.7, 0.85), "recommendation": (0.9, 0.9)}
"""Precision and recall; a little below the first run over these two texts, which was 0.91 and 0.78, 0.77 and 0.91, 1 and 1."""


@pytest.mark.parametrize("table", TABLES)
def test_it_keeps_its_precision_and_recall(table: str) -> None:
    rows = [row for labels in labelled() if labels.stem in SHIPPED for row in measure(labels) or ()]
    assert {row.text for row in rows} == set(SHIPPED)
    measured = total(rows, table)
    precision, recall = FLOORS[table]
    assert measured.precision >= precision, measured.wrong
    assert measured.recall >= recall, measured.missed


def test_the_article_that_is_not_shipped() -> None:
    rows = measure(next(labels for labels in labelled() if labels.stem == "article"))
    if rows is None:
        pytest.skip("the article is not shipped, and is not in ../shared/seed beside the project")
    assert total(rows, "claim").precision >= 0.75
    assert total(rows, "claim").recall >= 0.9
    assert total(rows, "recommendation").recall >= 0.9
