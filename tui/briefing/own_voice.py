"""The checks of judgments and disputes across tables."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from tui.briefing.fields import ID, keys_of
from tui.briefing.judgments import Question
from tui.briefing.nearest import nearest
from tui.briefing.problems import Fault, KeyPath
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
_OTHERS: Final = frozenset(keys_of(Question)) - {"positions"}
"""The keys of a question whose tables are no positions."""


def own_voice_faults(rows: Sequence[Row], also_known: Container[str] = (), lost: Iterable[str] = ()) -> list[Fault]:
    """Find judgments that lack something, and positions that are not there.

    Args:
        rows: the tables of a briefing's TOML.
        also_known: ids of tables that could not be read; they are taken to exist.
        lost: the kinds of further tables whose ids could not be read; empty where the kind is not known.
    """
    judgments = [row for row in rows if row.table == "judgment"]
    questions = [row for row in rows if row.table == "question"]
    answered = _answered(judgments)
    unread = sum(kind in {"", "question"} for kind in lost)
    found = [fault for row in judgments for fault in _lacking(row)]
    for row in questions:
        named = [*answered.get(str(row.values.get("id")), ()), *_weighed(row)]
        found += _of_positions(row, named, also_known, unread)
    found += _stated_by_sources(
        rows, {row.values.get("id") for row in judgments if isinstance(row.values.get("id"), str)}
    )
    chosen = [row for row in questions if row.values.get("key") is True]
    return found + [
        Fault(row.path("key"), "another question is the key question already", "delete it here or there")
        for row in chosen[1:]
    ]


def _lacking(row: Row) -> Iterator[Fault]:
    # Of a draft that is neither true nor false the models tell.
    missing = [key for key in REQUIRED if key not in row.values] if row.values.get("draft", False) is False else []
    if missing:
        named = " and ".join(filter(None, [", ".join(map(repr, missing[:-1])), repr(missing[-1])]))
        remedy = REQUIRED[missing[0]] if len(missing) == 1 else "add them, or draft = true while they are not written"
        yield Fault(row.path(), f"the judgment has no {named}", remedy, "J001")


def _stated_by_sources(rows: Iterable[Row], judgments: Container[object]) -> Iterator[Fault]:
    """Find recommendations that rest on a judgment as a source states it."""
    for row in rows:
        named = row.values.get("rests_on") if row.table == "recommendation" else None
        for index, one in enumerate(named if isinstance(named, list) else ()):
            target = one.get("to") if isinstance(one, Mapping) else one
            is_ours = isinstance(one, Mapping) and one.get("stated") is not True and "stated" in one
            if isinstance(target, str) and target in judgments and not is_ours:
                said = f"no source says that it rests on {target!r}, a judgment of yours"
                yield Fault(row.path("rests_on", index), said, f'write {{ to = "{target}", stated = false }}')


def _of_positions(
    row: Row, named: Iterable[tuple[KeyPath, str]], also_known: Container[str], unread: int
) -> Iterator[Fault]:
    """Find doubled positions, and missing ones. Each name is one fault."""
    known: dict[str, KeyPath] = {}
    for path, table in row.tables:
        name = table.get("id") if len(path) == len(row.path("positions", 0)) and path[2] not in _OTHERS else ""
        # A position whose table has a misspelt name is one, too.
        if isinstance(name, str) and name not in known and ID.match(name):
            known[name] = (*path, "id")
            continue
        unread += name != ""
        if isinstance(name, str) and name in known:
            yield Fault((*path, "id"), f"the position {name!r} stands twice", "give each position its own id")
    places: defaultdict[str, list[KeyPath]] = defaultdict(list)
    for path, name in named:
        places[name].append(path)
    missing = [name for name in places if name not in known and name not in also_known]
    for name in missing if len(missing) > unread else ():
        first, *others = paths = tuple(places[name])
        near = nearest(name, [one for one in known if one not in places]) if others else None
        if near:
            said = f"nothing names the position {near!r}, and {name!r} is named {len(paths):,} times and is not there"
            yield Fault(known[near], said, f"did you mean {name!r}?", also=paths)
        else:
            said = f"the question {row.values.get('id')!r} has no position {name!r}"
            yield Fault(first, said, among(name, known), also=tuple(others))


def _answered(judgments: Iterable[Row]) -> Mapping[str, list[tuple[KeyPath, str]]]:
    """Return the positions that judgments answer, by question, with key paths."""
    found: defaultdict[str, list[tuple[KeyPath, str]]] = defaultdict(list)
    for row in judgments:
        answers = row.values.get("answers")
        question, _, position = answers.partition("#") if isinstance(answers, str) else ("", "", "")
        if position:
            found[question].append((row.path("answers"), position))
    return found


def _weighed(row: Row) -> Iterator[tuple[KeyPath, str]]:
    """Return the positions that the evidence of a question names."""
    for index, bearing in enumerate(_tables(row.values.get("evidence"))):
        for key in ("for", "against"):
            named = bearing.get(key)
            for place, name in enumerate(named if isinstance(named, list) else ()):
                if isinstance(name, str):
                    yield row.path("evidence", index, key, place), name


def _tables(value: object) -> list[Mapping[str, Any]]:
    """Return the tables of an array. Another value is an empty table, so that indices stay."""
    return [one if isinstance(one, Mapping) else {} for one in value] if isinstance(value, list) else []


def among(name: str, known: Collection[str]) -> str:
    """Return the remedy for a missing position."""
    near = nearest(name, known)
    return f"did you mean {near!r}?" if near else f"write one of: {', '.join(known)}" if known else "add positions"
