"""The checks across tables: unique ids, and no dangling reference.

They work on the parsed TOML, not on the models, so that a file whose tables are partly wrong still gets them all.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from tui.briefing import prose
from tui.briefing.entry import RELATIONS
from tui.briefing.fields import ID_PATTERN
from tui.briefing.kinds import KINDS
from tui.briefing.nearest import nearest
from tui.briefing.own_voice import own_voice_faults
from tui.briefing.problems import Fault, KeyPath
from tui.briefing.scales import LIKELIHOODS, likelihood_words
from tui.briefing.traversal import Row, unnamed_tables

_NAMING_A_SOURCE: Final = frozenset({"source", "cited_in", "via"})
_SOURCES: Final = frozenset({"source"})
_ENTRIES: Final = frozenset(KINDS)
_STATEMENTS: Final = frozenset(kind.name for kind in KINDS.values() if not kind.is_judged)
_JUDGMENTS: Final = frozenset({"judgment"})
NAMING: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(_NAMING_A_SOURCE, _SOURCES), "about": _ENTRIES | {"entity"},
    **dict.fromkeys((*RELATIONS, "for", "to", "entry", "entries"), _STATEMENTS), "answers": frozenset({"question"}),
}  # fmt: skip
"""The kinds of table that the ids of a key may name."""
_NAMING_WITHIN: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "judgment": ("rests_on", frozenset({"assumption", "judgment"})),
    "recommendation": ("rests_on", _STATEMENTS | _JUDGMENTS),
    "indicator": ("moves", _JUDGMENTS),
}
"""The same for a table and a key on the way, where it differs."""
_NAMING_ONE: Final = _NAMING_A_SOURCE | {"to", "entry", "answers"}
"""The keys of a single id; others hold arrays."""
NAMING_POSITIONS: Final = frozenset({"for", "against"})
"""The keys that name positions where they stand in a question."""
PROSE_KEYS: Final = ("text", "action", "descriptor", "bluf", "note", "why", "so_what", "settled_by")


class _Known(dict[str, str]):
    """The kind of table that each id has."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        super().__init__(kinds)
        self.now: dict[str, str] = {}
        """The id that a former one has now."""

    def remedy(self, target: str, near: str | None, mark: str, otherwise: str) -> str:
        """Return the remedy for a missing id."""
        if target in self.now:
            return f"it is called {mark.format(self.now[target])} now"
        return f"did you mean {mark.format(near)}?" if near else otherwise


def check_references(
    data: Mapping[str, Any], rows: Sequence[Row], also_known: frozenset[str], lost: Iterable[str] = ()
) -> list[Fault]:
    """Find duplicate ids, dangling references, cycles and words off the scale.

    Args:
        data: the parsed TOML.
        rows: its tables.
        also_known: ids of tables that could not be read; they are taken to exist.
        lost: the kinds of further tables whose ids could not be read; empty where the kind is not known.
    """
    kinds = _Known(dict.fromkeys(also_known, "any"))
    faults: list[Fault] = []
    unread = list(lost)
    for row in rows:
        name = row.values.get("id")
        is_taken = isinstance(name, str) and kinds.get(name, "any") != "any"
        if is_taken:
            faults.append(
                Fault(row.path("id"), f"the id {name!r} is taken by another table", "give each table its own id")
            )
        if is_taken or not isinstance(name, str) or not re.match(ID_PATTERN, name):
            unread.append(row.table)
        if isinstance(name, str):
            kinds.setdefault(name, row.table)
    faults += [fault for row in rows for fault in _former(row, kinds)]
    header = data.get("briefing")
    found = [fault for row in rows for fault in _row_faults(row, kinds)]
    found += _scale_words(rows, header)
    for path, table in unnamed_tables(data):
        found += [fault for key, value in table.items() for fault in _links(value, (*path, key), kinds)]
        found += _reasons(table, path)
    found += own_voice_faults(rows, also_known, unread)
    faults += [fault for fault in found if not fault.missing]
    faults += _once_each([fault for fault in found if fault.missing], _ids(rows), data, unread, kinds.now)
    return [*faults, *_circles(rows)]


def _counts(data: object) -> Counter[str]:
    """Count the strings of a document, without keys. Nothing names an id that occurs once."""
    counts: Counter[str] = Counter()
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            counts[value] += 1
            counts.update(_targets(value))
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return counts


def _ids(rows: Iterable[Row]) -> dict[str, KeyPath]:
    return {row.values["id"]: row.path("id") for row in rows if isinstance(row.values.get("id"), str)}


def _once_each(
    dangling: list[Fault], ids: Mapping[str, KeyPath], data: Mapping[str, Any], unread: list[str], now: Container[str]
) -> Iterator[Fault]:
    """Report each missing id once, at the first mention or misspelt id."""
    by_id: dict[str, list[Fault]] = {}
    for fault in dangling:
        by_id.setdefault(fault.missing, []).append(fault)
    explained = _explained(by_id, unread)
    by_id = {missing: faults for missing, faults in by_id.items() if missing in now or missing not in explained}
    named = _counts(data) if by_id else {}
    for missing, (first, *others) in by_id.items():
        near = (
            nearest(missing, [name for name in ids if named.get(name, 0) <= 1])
            if others and missing not in now
            else None
        )
        paths = tuple(fault.path for fault in (first, *others))
        if near:
            message = f"nothing names the id {near!r}, and {missing!r} is named {len(paths):,} times and is not there"
            yield Fault(ids[near], message, f"did you mean {missing!r}?", also=paths)
        else:
            yield first._replace(also=paths[1:])


def _explained(by_id: Mapping[str, list[Fault]], unread: list[str]) -> set[str]:
    """Return the missing ids that tables with unreadable ids may have."""
    wanted = {missing: {_kind_named(fault.path) for fault in faults} - {""} for missing, faults in by_id.items()}
    explained: set[str] = set()
    for kinds in ({"source"}, {"entry"}, set[str]()):
        alike = [missing for missing, named in wanted.items() if named == kinds]
        fitting = [kind for kind in unread if not kind or not kinds or (kinds == {"source"}) == (kind == "source")]
        if len(alike) <= len(fitting):
            explained.update(alike)
    return explained


def _kind_named(path: KeyPath) -> str:
    """Return the kind that a key names; empty for source or entry."""
    key = path[-1]
    return "" if key in PROSE_KEYS else "source" if key in _NAMING_A_SOURCE else "entry"


def _row_faults(row: Row, kinds: _Known) -> Iterator[Fault]:
    yield from _row_references(row, kinds)
    yield from _reasons(row.values, row.path())
    kind = KINDS.get(row.table)
    if kind and kind.is_attributed and "by" not in row.values and row.values.get("cite", []) == []:
        yield Fault(row.path(), f"the {kind.name} is nobody’s", 'add cite = [{ source = "…" }], or by = "…"', "C004")


def _former(row: Row, kinds: _Known) -> Iterator[Fault]:
    """Record the former ids of a table. An id with two owners is a fault."""
    name = row.values.get("id")
    for place, old in enumerate(_list(row.values.get("was"))):
        if not isinstance(old, str) or not isinstance(name, str):
            continue
        if old in kinds:
            yield Fault(row.path("was", place), f"the former id {old!r} is the id of a table", "delete it here")
        elif kinds.now.get(old, name) != name:
            said = f"the former id {old!r} is that of {kinds.now[old]!r} too"
            yield Fault(row.path("was", place), said, "leave it to the one that had it last")
        kinds.now.setdefault(old, name)


def _row_references(row: Row, kinds: _Known) -> Iterator[Fault]:
    own = row.values.get("id")
    unread = NAMING_POSITIONS if row.table == "question" else frozenset[str]()
    for path, table in row.tables:
        for key, value in table.items():
            if isinstance(value, str) and "[[" in value and path[-1] != "quantity":
                yield from _links(value, (*path, key), kinds)
            if key not in NAMING or key in unread or isinstance(value, str) != (key in _NAMING_ONE):
                continue  # of a wrong type the models tell
            wanted = _wanted(row.table, (*path, key))
            for place, target in named_ids(value, (*path, key)):
                if target == own and key not in _NAMING_A_SOURCE and key != "about":
                    yield Fault(place, f"{target!r} points at itself", "name another entry")
                if kinds.get(target) not in wanted:
                    yield from _reference(target, place, kinds, wanted)


def _wanted(table: str, path: KeyPath) -> frozenset[str]:
    """Return the kinds of table that an id may name."""
    key, kinds = _NAMING_WITHIN.get(table, ("", frozenset[str]()))
    return kinds if key in path else NAMING[str(path[-1])]


def named_ids(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Return the ids of a key with their key paths. The position of `question#position` is left out."""
    if isinstance(value, str):
        yield path, value.partition("#")[0] if path[-1] == "answers" else value
    elif isinstance(value, list):
        yield from (((*path, index), one) for index, one in enumerate(value) if isinstance(one, str))


def _reference(target: str, path: KeyPath, kinds: _Known, wanted: frozenset[str]) -> Iterator[Fault]:
    if (kind := kinds.get(target)) == "any":
        return
    what = _any_of(wanted) if kind in KINDS or len(wanted) <= 2 else "an entry"
    what = "an entry or entity" if "entity" in wanted else what
    if kind is None:
        near = nearest(target, [name for name, found in kinds.items() if found in wanted or found == "any"])
        remedy = kinds.remedy(target, near, "'{}'", f"name the id of {what} of this file")
        yield Fault(path, f"{target!r} is not there", remedy, missing=target)
    else:
        yield Fault(path, f"{target!r} is of kind {kind}", f"name the id of {what}")


def _any_of(kinds: frozenset[str]) -> str:
    """Return the names of kinds with their articles, such as `an assumption or a judgment`."""
    named = [f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in (*KINDS, *_SOURCES) if name in kinds]
    return " or ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def _links(value: object, path: KeyPath, kinds: _Known) -> Iterator[Fault]:
    """Check the links ``[[id]]`` and ``[[id|words]]`` in prose."""
    for target in _targets(value) if isinstance(value, str) and path[-1] in PROSE_KEYS else ():
        if target not in kinds:
            near = nearest(target, kinds)
            remedy = kinds.remedy(target, near, "[[{}]]", "link to an id of this file")
            yield Fault(path, f"the link [[{target}]] leads nowhere", remedy, missing=target)


def _targets(text: str) -> list[str]:
    if "[[" not in text:  # most have no link, and need no parsing
        return []
    return [run.target for passage in prose.parse(text) for run in passage.runs if run.style == "link"]


def _reasons(values: Mapping[str, Any], path: KeyPath) -> Iterator[Fault]:
    if values.get("ignore") and "ignore_why" not in values:
        yield Fault((*path, "ignore"), "rules are ignored without a reason", 'add: ignore_why = "…"')


def _scale_words(rows: Iterable[Row], header: object) -> Iterator[Fault]:
    # Where the header could not be read, the scale is not known.
    scale = header.get("scale", "icd203") if isinstance(header, Mapping) and header else None
    if not isinstance(scale, str) or scale not in LIKELIHOODS:
        return
    words = likelihood_words(scale)
    for path, table in (found for row in rows for found in row.tables if "likelihood" in found[1]):
        word = table["likelihood"]
        if isinstance(word, str) and word not in words:
            near = nearest(word, words)
            remedy = f"did you mean {near!r}?" if near else f"write one of: {', '.join(words)}"
            message = f"{word!r} is no likelihood word of the scale {scale}"
            yield Fault((*path, "likelihood"), message, remedy, "C010")


def _circles(rows: Iterable[Row]) -> Iterator[Fault]:
    """Find sources that are each known only through the other."""
    through = {
        row.values["id"]: (row.values["cited_in"], row)
        for row in rows
        if row.table == "source"
        and isinstance(row.values.get("id"), str)
        and isinstance(row.values.get("cited_in"), str)
    }
    done: set[str] = set()
    for start in through:
        trail: dict[str, None] = {}
        name = start
        while name in through and name not in trail and name not in done:
            trail[name] = None
            name = through[name][0]
        if name in trail:
            row = through[name][1]
            yield Fault(row.path("cited_in"), f"{name!r} is known only through itself", "name the source that was read")
        done.update(trail)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
