"""The checks across tables: unique ids, and no dangling reference.

They work on the parsed TOML, not on the models, so that a file whose tables are partly wrong still gets them all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from tui.briefing.fields import ID
from tui.briefing.kinds import KINDS
from tui.briefing.missing_ids import once_each
from tui.briefing.naming import (
    NAMING,
    NAMING_ITSELF,
    NAMING_ONE,
    NAMING_POSITIONS,
    NAMING_WITHIN,
    PROSE,
    PROSE_KEYS,
    SOURCES,
    link_targets,
    named_ids,
)
from tui.briefing.nearest import nearest
from tui.briefing.own_voice import own_voice_faults
from tui.briefing.problems import Fault, KeyPath
from tui.briefing.scales import ALIKE, LIKELIHOODS, likelihood_words
from tui.briefing.traversal import Row, unnamed_tables

_READ: Final = PROSE | NAMING.keys()
"""The keys whose values may name tables."""


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
        taken = kinds.get(name, "any") if isinstance(name, str) else "any"
        if taken != "any":
            faults.append(
                Fault(row.path("id"), f"the id {name!r} is taken by a [[{taken}]]", "give each table its own id")
            )
        if taken != "any" or not isinstance(name, str) or not ID.match(name):
            unread.append(row.table)
        if isinstance(name, str):
            kinds.setdefault(name, row.table)
    faults += [fault for row in rows if "was" in row.values for fault in _former(row, kinds)]
    header = data.get("briefing")
    found = [fault for row in rows for fault in _row_faults(row, kinds)]
    found += _scale_words(rows, header)
    for path, table in unnamed_tables(data):
        found += [fault for key, value in table.items() for fault in _links(value, (*path, key), kinds)]
        found += _reasons(table, path)
    found += own_voice_faults(rows, also_known, unread)
    faults += [fault for fault in found if not fault.missing]
    faults += once_each([fault for fault in found if fault.missing], rows, data, unread, kinds.now)
    return [*faults, *_circles(rows)]


def _row_faults(row: Row, kinds: _Known) -> Iterator[Fault]:
    yield from _row_references(row, kinds)
    if "ignore" in row.values:
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
    within, kinds_within = NAMING_WITHIN.get(row.table, ("", frozenset[str]()))
    for path, table in row.tables:
        is_within = within in path
        for key in filter(_READ.__contains__, table):
            value = table[key]
            if key in PROSE:
                if isinstance(value, str) and "[[" in value and path[-1] != "quantity":
                    yield from _links(value, (*path, key), kinds)
            elif key not in unread:
                wanted = kinds_within if is_within or key == within else NAMING[key]
                if key == "source" and type(value) is str and kinds.get(value) in wanted and value != own:
                    continue  # as nearly all are
                other = None if key in NAMING_ITSELF else own
                if not _is_named(key, value, kinds, wanted, other):  # key paths are made for faults alone
                    yield from _misnamed(named_ids(value, (*path, key)), kinds, wanted, other)


def _is_named(key: str, value: object, kinds: _Known, wanted: frozenset[str], own: object) -> bool:
    """Whether a key names tables of the kinds that it may name. Of a wrong type the models tell."""
    if isinstance(value, str) != (key in NAMING_ONE):
        return True
    if isinstance(value, str):
        target = value.partition("#")[0] if key == "answers" else value
        return kinds.get(target) in wanted and target != own
    ids = [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    return all(kinds.get(target) in wanted and target != own for target in ids)


def _misnamed(
    named: Iterable[tuple[KeyPath, str]], kinds: _Known, wanted: frozenset[str], own: object
) -> Iterator[Fault]:
    for place, target in named:
        if target == own:
            yield Fault(place, f"{target!r} points at itself", "name another entry")
        elif kinds.get(target) not in wanted:
            yield from _reference(target, place, kinds, wanted)


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
    named = [f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in (*KINDS, *SOURCES) if name in kinds]
    return " or ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def _links(value: object, path: KeyPath, kinds: _Known) -> Iterator[Fault]:
    """Check the links ``[[id]]`` and ``[[id|words]]`` in prose."""
    for target in link_targets(value) if isinstance(value, str) and path[-1] in PROSE_KEYS else ():
        if target not in kinds:
            near = nearest(target, kinds)
            remedy = kinds.remedy(target, near, "[[{}]]", "link to an id of this file")
            yield Fault(path, f"the link [[{target}]] leads nowhere", remedy, missing=target)


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
            near = nearest(word, words, ALIKE)
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
