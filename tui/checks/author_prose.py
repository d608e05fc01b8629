"""The author's prose for rules on wording, and the word lists."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, wraps
from typing import Final, NamedTuple, get_args

from tui.briefing.fields import Table, keys_of
from tui.briefing.judgments import Judgment
from tui.briefing.kinds import KINDS
from tui.briefing.model import Briefing
from tui.briefing.naming import PROSE_KEYS
from tui.briefing.problems import KeyPath
from tui.briefing.statements import Recommendation
from tui.briefing.traversal import Place
from tui.checks.rule import Finding, Subject
from tui.language.lexicon import Lexicon, lexicon, marks


class Prose(NamedTuple):
    """A stretch of the author's own prose."""

    path: KeyPath
    text: str
    """The prose, in which code and the ids of links are blank, so that each offset stays."""
    written: str
    """The same as it is written."""


TOLD: Final = """\
[[claim]]
id = "one"
text = "TEXT"
by = "the keeper"
"""
"""The example of rules on wording, with `TEXT` to be replaced."""
_NO_PROSE: Final = re.compile(r"`[^`\n]*`|\[\[[^\[\]|\n]+(?:\||\]\])")
_QUOTED: Final = frozenset({"cite", "quantity"})
"""Keys whose texts are the source's words, or beside them."""
ASKING: Final = frozenset(kind.name for kind in KINDS.values() if not kind.is_sourced and not kind.date_of)
"""The kinds of entry whose text restates no source."""
_TOLD_APART: Final = _QUOTED | {"text", "action"}
_INDEXED: Final = {"confidence": "confidence", "relative": "relative", "loaded": "loaded", "superlative": "loaded"}
"""The kinds of listed words by which prose is found, each under its name."""
Wording = Callable[[Subject, Lexicon], Iterable[Finding]]


def worded(look: Wording) -> Callable[[Subject], Iterable[Finding]]:
    """Return a check with the word lists of the briefing's language. Without lists the check finds nothing."""

    @wraps(look)
    def check(subject: Subject) -> Iterable[Finding]:
        lists = lexicon(subject.briefing.briefing.lang)
        return () if lists is None else look(subject, lists)

    return check


def _prose_at(path: KeyPath, text: str) -> Prose:
    prose = _NO_PROSE.sub(lambda match: " " * len(match[0]), text) if "[[" in text or "`" in text else text
    return Prose(path, prose, text)


def texts(subject: Subject) -> tuple[tuple[Place, tuple[Prose, ...]], ...]:
    """Return each entry with the text, and with a recommendation's action."""
    return subject.once(_texts)


def _texts(subject: Subject) -> tuple[tuple[Place, tuple[Prose, ...]], ...]:
    return tuple((place, tuple(_text_of(place))) for place in subject.entries)


def _text_of(place: Place) -> Iterator[Prose]:
    """Yield the text of an entry, and the action of a recommendation."""
    entry = place.entry
    if isinstance(entry, Recommendation):
        yield _prose_at((*place.path, "action"), entry.action)
    text = getattr(entry, "text", None)
    if text:
        yield _prose_at((*place.path, "text"), text)


def judgement_of(place: Place) -> Iterator[Prose]:
    """Yield the reasons of a judgment, or of an entry's assessment."""
    entry = place.entry
    if isinstance(entry, Judgment):
        yield from _told(place.path, entry, "why", "so_what")
    if (assess := getattr(entry, "assess", None)) and assess.why:
        yield _prose_at((*place.path, "assess", "why"), assess.why)


def prose(subject: Subject) -> tuple[Prose, ...]:
    """Return the author's prose: header, descriptors, entries, reasons and relations."""
    return subject.once(_prose)


def prose_with(subject: Subject, kind: str) -> Sequence[Prose]:
    """Return the prose with a listed word of a kind in `_INDEXED`."""
    return subject.once(_by_kind).get(kind, ())


def _by_kind(subject: Subject) -> dict[str, list[Prose]]:
    """Return the prose by the indexed kinds of listed words."""
    lists = lexicon(subject.briefing.briefing.lang)
    found: dict[str, list[Prose]] = {}
    for one in prose(subject) if lists else ():
        kinds: set[str] = set()
        for mark in marks(one.text, lists):
            if not _INDEXED.keys().isdisjoint(mark.groups):
                kinds.update(_INDEXED[name] for name in mark.groups if name in _INDEXED)
        for kind in kinds:
            found.setdefault(kind, []).append(one)
    return found


def _prose(subject: Subject) -> tuple[Prose, ...]:
    return tuple(_all_prose(subject.briefing, texts(subject)))


def _all_prose(briefing: Briefing, told: Iterable[tuple[Place, tuple[Prose, ...]]]) -> Iterator[Prose]:
    yield from _told(("briefing",), briefing.briefing, "title", "bluf", "note")
    for index, source in enumerate(briefing.source):
        yield from _told(("source", index), source, "descriptor")
    for index, entity in enumerate(briefing.entity):
        yield from _told(("entity", index), entity, "text")
    for index, origin in enumerate(briefing.origin):
        yield from _told(("origin", index), origin, "note")
    for index, revision in enumerate(briefing.revision):
        yield from _told(("revision", index), revision, "text")
    for place, stretches in told:
        yield from stretches
        yield from _within(place.path, place.entry, _TOLD_APART)


def _within(path: KeyPath, table: Table, apart: frozenset[str]) -> Iterator[Prose]:
    """Yield the prose of a table and of the tables within."""
    values = vars(table)
    for key, name in _holders(type(table), apart):
        if not (value := values[name]):
            continue
        if isinstance(value, str):
            if key in PROSE_KEYS:
                yield _prose_at((*path, key), value)
        elif isinstance(value, Table):
            yield from _within((*path, key), value, _QUOTED)
        elif isinstance(value, tuple) and isinstance(value[0], Table):
            for index, one in enumerate(value):
                yield from _within((*path, key, index), one, _QUOTED)


@cache
def _holders(table: type[Table], apart: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return a model's keys with prose or tables, each with its field.

    Keys apart are left out.
    """
    fields = zip(keys_of(table), table.model_fields.items(), strict=True)
    return tuple(
        (key, name)
        for key, (name, field) in fields
        if key not in apart and (key in PROSE_KEYS or _holds_tables(field.annotation))
    )


def _holds_tables(annotation: object) -> bool:
    is_table = isinstance(annotation, type) and issubclass(annotation, Table)
    return is_table or any(map(_holds_tables, get_args(annotation)))


def _told(path: KeyPath, table: object, *keys: str) -> Iterator[Prose]:
    return (_prose_at((*path, key), text) for key in keys if (text := getattr(table, key)))


def quoted_lists(subject: Subject) -> dict[str, Lexicon | None]:
    """Return the word lists for the language of each source."""
    lang = subject.briefing.briefing.lang
    return {source.id: lexicon(source.lang or lang) for source in subject.briefing.source}
