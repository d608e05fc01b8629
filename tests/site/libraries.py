"""Made-up libraries, and queries for them."""

import random
from pathlib import Path
from typing import Final

from tests.bench.generate import briefing

QUERIES: Final = (
    "herring", "the harbour", "barrels weir", '"at the old quay"', '"sacks of barley" strike', "kind:claim toll",
    "reported witness by:carters", "rating:A1..C3 timber", "quote:some", 'quote:"wool bales"', "date:2024", "the of and",
    "counted", "landing", "conceded northern ledger", "kind:view", "source:gazette slate",
)  # fmt: skip


def library(folder: Path, number: int, entries: int) -> Path:
    """Write a library of briefings into a folder, and return it."""
    content = folder / "content"
    for place in range(number):
        name = f"trade-{place:05d}"
        draw = random.Random(place)  # noqa: S311 (nothing is kept secret by it)
        as_of = f"20{draw.randrange(10, 26)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"
        file = content / name / "briefing.toml"
        file.parent.mkdir(parents=True)
        file.write_text(briefing(name, f"Account {place + 1}", entries, as_of=as_of, mixed=True), encoding="utf-8")
    return content
