"""The rules of a library, and the part that a reader sees."""

import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tui.briefing.nearest import nearest
from tui.briefing.publication import (
    PUBLIC,
    UNREADABLE,
    Instant,
    Publication,
    Reader,
    Showing,
    decide,
    publication_from_text,
    strictest,
)

if TYPE_CHECKING:
    import datetime as dt


class Rule(NamedTuple):
    """A rule about the briefings of a folder, or about some briefings."""

    folder: str = ""
    """The folder; empty for any."""
    briefings: frozenset[str] = frozenset()
    """The ids, also former ones; empty for all of the folder."""
    publication: Publication = PUBLIC
    readers: frozenset[str] | None = None
    """The groups that may read the briefings; None for everybody."""

    def is_about(self, folders: Collection[str], names: Collection[str]) -> bool:
        """Whether the rule is about a briefing of these folders and ids."""
        is_named = not self.briefings or not self.briefings.isdisjoint(names)
        return is_named and (not self.folder or any(_is_inside(folder, self.folder) for folder in folders))


def _folders_of(path: str) -> set[str]:
    """Return the folder of a file, as named and as resolved."""
    folder = os.path.dirname(path)  # noqa: PTH120 - texts, since a library has thousands of them
    return {folder, os.path.realpath(folder)}


def _is_inside(folder: str, above: str) -> bool:
    return folder == above or folder.startswith(above.rstrip(os.sep) + os.sep)


class Listed(NamedTuple):
    """A briefing of the catalogue, as rules need it."""

    path: str
    names: Collection[str]
    """The id and the former ids."""
    publication: Publication

    @classmethod
    def of_row(cls, path: str, names: Collection[str], digest: str, publication: str, header: str) -> "Listed":
        """Read a row of the cache.

        A broken file keeps its last good edition only with the same header.
        """
        if not digest:  # it never was good: nothing but its problems can be shown
            return cls(path, names, PUBLIC if header == UNREADABLE else publication_from_text(header))
        good = publication_from_text(publication)
        is_same = header == publication or (header != UNREADABLE and publication_from_text(header) == good)
        return cls(path, names, good if is_same else Publication("draft"))


class Rules(NamedTuple):
    """The rules of a library. All that are about a briefing hold together."""

    rules: tuple[Rule, ...] = ()

    def of(self, listed: Listed) -> tuple[Publication, tuple[frozenset[str], ...]]:
        """Return the publication of a briefing, and the groups of each rule."""
        if not self.rules:
            return listed.publication, ()
        folders = _folders_of(listed.path)
        rules = [rule for rule in self.rules if rule.is_about(folders, listed.names)]
        publication = strictest(listed.publication, *(rule.publication for rule in rules))
        return publication, tuple(rule.readers for rule in rules if rule.readers is not None)

    def resolved(self) -> "Rules":
        """Return the rules, with each folder also as it resolves now."""
        twins = (
            rule._replace(folder=folder)
            for rule in self.rules
            for folder in dict.fromkeys((rule.folder, os.path.realpath(rule.folder) if rule.folder else ""))
        )
        return Rules(tuple(twins))

    def unused(self, library: Collection[Listed]) -> list[str]:
        """Describe the ids and folders that no briefing has.

        A misspelt rule protects nothing.
        """
        ids = {name for listed in library for name in listed.names}
        named = sorted({name for rule in self.rules for name in rule.briefings} - ids)
        folders = {rule.folder: (rule.folder, os.path.realpath(rule.folder)) for rule in self.rules if rule.folder}
        for listed in library if folders else ():
            inside = _folders_of(listed.path)
            folders = {
                folder: forms
                for folder, forms in folders.items()
                if not any(_is_inside(one, form) for one in inside for form in forms)
            }
            if not folders:
                break
        near = {name: nearest(name, sorted(ids)) for name in named}
        hints = {name: f"did you mean {found!r}?" if found else "check its spelling" for name, found in near.items()}
        return [
            *(f"no briefing has the id {name!r}; {hints[name]}" for name in named),
            *(f"no briefing is in the folder {folder}; check its name" for folder in sorted(folders)),
        ]

    @property
    def groups(self) -> frozenset[str]:
        """The groups that any rule names."""
        return frozenset().union(*(rule.readers or () for rule in self.rules))

    def as_lists(self) -> list[list[object]]:
        """Return the rules for another process."""
        return [
            [
                rule.folder,
                sorted(rule.briefings),
                rule.publication.as_text(),
                None if rule.readers is None else sorted(rule.readers),
            ]
            for rule in self.rules
        ]

    @classmethod
    def from_lists(cls, lists: Iterable[Any]) -> "Rules":
        """Read the rules of another process."""
        return cls(
            tuple(
                Rule(
                    folder,
                    frozenset(briefings),
                    publication_from_text(publication),
                    None if readers is None else frozenset(readers),
                )
                for folder, briefings, publication, readers in lists
            )
        )


NO_RULES: Final = Rules()


class Sight(NamedTuple):
    """The briefings that a reader may not list, or not open."""

    unlisted: str = ""
    """The files that no list shows, as a JSON array; empty for none."""
    closed: frozenset[str] = frozenset()
    """The files that cannot be opened."""
    closed_list: str = ""
    """The same as a JSON array."""
    withdrawn: frozenset[str] = frozenset()
    """The files whose address has a notice."""
    changes: "dt.datetime | None" = None
    """The moment at which the clock changes anything."""
    ended: "dt.datetime | None" = None
    """The latest moment at which a briefing has ended."""

    def holds_at(self, instant: Instant) -> bool:
        """Whether nothing has begun or ended since."""
        return self.changes is None or instant.now < self.changes


def sight_of(library: Iterable[Listed], rules: Rules, reader: Reader, instant: Instant) -> Sight:
    """Decide about every briefing of a library for one reader."""
    showings: defaultdict[Showing, list[str]] = defaultdict(list)
    changes, ended = [], []
    for listed in library:
        publication, admitted = rules.of(listed)
        showing, change = decide(publication, admitted, reader, instant)
        showings[showing].append(listed.path)
        changes += [change] if change else []
        ended += [publication.until] if publication.until and publication.until <= instant.latest else []
    closed = sorted(path for showing, paths in showings.items() if not showing.opens for path in paths)
    unlisted = sorted(path for showing, paths in showings.items() if not showing.is_listed for path in paths)
    return Sight(
        json.dumps(unlisted) if unlisted else "",
        frozenset(closed),
        json.dumps(closed) if closed else "",
        frozenset(showings[Showing.NOTICE]),
        min(changes, default=None),
        max(ended, default=None),
    )
