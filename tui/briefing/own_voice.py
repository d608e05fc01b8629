"""The checks of judgments and disputes across tables."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tui.briefing.nearest import nearest
from tui.briefing.problems import Fault
from tui.briefing.traversal import Row

REQUIRED: Final[Mapping[str, str]] = {
    "text": 'add text = "…", a proposition that could turn out true or false',
    "date": 'add date = "…", the time of which it speaks',
    "likelihood": 'add likelihood = "…", a word of the scale',
    "why": 'add why = "…"',
    "for": 'add for = ["…"]; [] says that none was found',
    "against": 'add against = ["…"]; [] says that none was found',
}
"""The keys of a judgment that is no draft, each with the remedy (ICD 203, section D.6.e)."""


def own_voice_faults(rows: Sequence[Row]) -> list[Fault]:
    """Find judgments that lack something, and positions that are not there.

    Args:
        rows: the tables of a briefing's TOML.
    """
    positions = {str(row.values.get("id")): _positions(row) for row in rows if row.table == "question"}
    found = [fault for row in rows if row.table == "judgment" for fault in _of_judgment(row, positions)]
    found += [fault for row in rows if row.table == "question" for fault in _of_question(row)]
    chosen = [row for row in rows if row.table == "question" and row.values.get("key") is True]
    return found + [
        Fault(row.path("key"), "another question is the key question already", "delete it here or there")
        for row in chosen[1:]
    ]


def _of_judgment(row: Row, positions: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    if row.values.get("draft") is not True:
        for key in filter(lambda key: key not in row.values, REQUIRED):
            yield Fault(row.path(), f"the judgment has no {key!r}", REQUIRED[key], "J001")
    answers = row.values.get("answers")
    question, mark, position = answers.partition("#") if isinstance(answers, str) else ("", "", "")
    if mark and position not in (known := positions.get(question, [position])):
        yield Fault(
            row.path("answers"), f"the question {question!r} has no position {position!r}", _among(position, known)
        )


def _of_question(row: Row) -> Iterator[Fault]:
    known = _positions(row)
    for index, name in enumerate(known):
        if name in known[:index]:
            message = f"the position {name!r} stands twice"
            yield Fault(row.path("positions", index, "id"), message, "give each position its own id")
    evidence = row.values.get("evidence")
    for index, bearing in enumerate(evidence if isinstance(evidence, list) else ()):
        for key in ("for", "against"):
            named = bearing.get(key) if isinstance(bearing, Mapping) else None
            for place, name in enumerate(named if isinstance(named, list) else ()):
                if isinstance(name, str) and name not in known:
                    path = row.path("evidence", index, key, place)
                    yield Fault(path, f"there is no position {name!r}", _among(name, known))


def _positions(row: Row) -> list[str]:
    found: Any = row.values.get("positions")
    return [
        one["id"]
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, Mapping) and isinstance(one.get("id"), str)
    ]


def _among(name: str, known: Sequence[str]) -> str:
    near = nearest(name, known)
    return f"did you mean {near!r}?" if near else f"write one of: {', '.join(known)}" if known else "add positions"
