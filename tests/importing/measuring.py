"""How many of the labelled sentences the import finds, and how many of those that it proposes are labelled."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import tomli

from tui.authoring.drafts import title_of
from tui.authoring.proposals import proposals
from tui.briefing import anchors
from tui.language.lexicon import lexicon

FOLDER: Final = Path(__file__).parent
TABLES: Final = ("claim", "view", "recommendation")


class Measured(NamedTuple):
    """What came of one text and one kind of entry."""

    text: str
    table: str
    found: tuple[str, ...]
    """Labelled sentences that were proposed as what they are, by their fragments."""
    missed: tuple[str, ...]
    """Labelled ones that were not."""
    wrong: tuple[str, ...]
    """Sentences that were proposed and are labelled as something else, or as nothing."""

    @property
    def precision(self) -> float:
        """The share of what was proposed that is labelled so."""
        return len(self.found) / max(1, len(self.found) + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of what is labelled that was proposed."""
        return len(self.found) / max(1, len(self.found) + len(self.missed))


def labelled() -> list[Path]:
    """Name the files of labels."""
    return sorted(FOLDER.glob("*.toml"))


def measure(labels: Path) -> list[Measured]:
    """Measure one text."""
    known = tomli.loads(labels.read_text(encoding="utf-8"))
    text = (FOLDER / known["text"]).read_text(encoding="utf-8")
    proposed: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    lists = lexicon("en")
    for proposal in proposals(text, anchors.paragraphs(text, title_of(text)), lists):
        proposed[proposal.table].append(proposal.sentence)
    return list(_measured(labels.stem, text, known, proposed))


def _measured(
    name: str, text: str, known: dict[str, list[str]], proposed: defaultdict[str, list[tuple[int, int]]]
) -> Iterator[Measured]:
    for table in TABLES:
        places = {}
        for fragment in known[table]:
            assert text.count(fragment) == 1, f"{name}: {fragment!r} stands {text.count(fragment)} times"
            places[fragment] = text.index(fragment)
        hit = {fragment: any(start <= at < end for start, end in proposed[table]) for fragment, at in places.items()}
        wrong = [
            text[start:end] for start, end in proposed[table] if not any(start <= at < end for at in places.values())
        ]
        yield Measured(
            name,
            table,
            tuple(fragment for fragment, found in hit.items() if found),
            tuple(fragment for fragment, found in hit.items() if not found),
            tuple(wrong),
        )


def total(rows: list[Measured], table: str) -> Measured:
    """Add up what came of one kind of entry in several texts."""
    of_kind = [row for row in rows if row.table == table]
    return Measured(
        "all",
        table,
        tuple(one for row in of_kind for one in row.found),
        tuple(one for row in of_kind for one in row.missed),
        tuple(one for row in of_kind for one in row.wrong),
    )
