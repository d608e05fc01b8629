"""The one watcher of a library's files.

A changed briefing is reloaded, and the content folders are listed at intervals.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from tui.briefing import prose
from tui.library.catalogue import Result
from tui.library.content_folders import ScanSchedule
from tui.library.records import Edition, Entity, Entry
from tui.library.stamps import is_there, stamp, unchanged
from tui.library.volume import Volume, without_deleted
from tui.render.words import count
from tui.session.edition_change import Change, Thing
from tui.session.shared import SharedContent

if TYPE_CHECKING:
    from tui.briefing.memory import Memory


class Watch:
    """Watches the files of open briefings, and the content folders.

    It serves one reader, or all visitors of a process.
    """

    def __init__(self, shared: SharedContent, *, tells_breaks: bool = True) -> None:
        """Create the watcher.

        Args:
            shared: the open briefings.
            tells_breaks: whether readers are told of a broken edit, and so of its repair.
        """
        self.is_paused = False
        """Whether reloading is paused, since the reader itself writes the file."""
        self._tells_breaks = tells_breaks
        self._shared = shared
        self._schedule = ScanSchedule(shared.catalogue)
        self._loaded: dict[str, Result] = {}
        self._seen: dict[str, dict[str, str]] = {}
        self._broken: set[str] = set()
        self._memories: dict[str, Memory] = {}
        """What was read of the briefing that changed last."""

    def has_changed(self, briefing: str) -> bool:
        """Whether any input of a briefing has changed.

        The inputs include missing files that would count.
        """
        result = self._shared.result(briefing)
        if result is None or not is_there(stamp(result.path)):  # listing the folders decides on a missing file
            return False
        return not unchanged(self._seen.get(briefing, result.inputs))

    def is_missing(self, briefing: str) -> bool:
        """Whether the file of an open briefing is missing at present."""
        result = self._shared.result(briefing)
        return result is not None and not is_there(stamp(result.path))

    def is_due(self, briefings: Iterable[str]) -> bool:
        """Whether to list the content folders, given the briefings in use."""
        return self._schedule.is_due() or any(map(self.is_missing, briefings))

    def refresh(self, progress: Callable[[int, int], bool] = lambda _done, _all: True) -> bool:
        """Refresh the catalogue, outside the screen's thread; see `Catalogue.refresh`."""
        return self._schedule.run(lambda: self._shared.catalogue.refresh(progress))

    def reload(self, briefing: str) -> str | None:
        """Load a briefing again, outside the screen's thread. `take` publishes the result.

        Returns:
            One line for the readers; empty where nothing that is shown changed. None for a briefing that is no longer
            there.
        """
        from tui.briefing.memory import Memory  # a reader whose files do not change reads none

        before = self._shared.result(briefing)
        if before is None:
            return None
        self._memories = {briefing: self._memories.get(briefing) or Memory()}
        result = self._shared.catalogue.open(before.path, self._memories[briefing])
        if result.volume is None and not result.problems:  # strangers are not told the problems
            return None
        if result.volume is not None and result.volume.edition.id != briefing:  # the file holds another briefing now
            return None
        self._loaded[briefing] = result
        self._seen[briefing] = result.inputs
        if result.problems or result.volume is None:
            first = result.problems[0]
            return f"{first} (the last good edition stays; {count(len(result.problems), 'problem')})"
        said = differences(before.volume, result.volume)
        mended = self._tells_breaks and before.volume is not None and briefing in self._broken
        if mended:
            return said.replace("Reloaded: ", "Reloaded, no longer broken: ", 1) or "Reloaded, no longer broken."
        return said

    def tell_replaced(self, replaced: Mapping[str, Result]) -> dict[str, str]:
        """Return a message for the readers of each replaced briefing, by id.

        It is empty where nothing that is shown changed. The new files are opened, outside the screen's thread.
        """
        return {name: self._told_replaced(name, before.volume) for name, before in replaced.items()}

    def _told_replaced(self, name: str, before: Volume | None) -> str:
        after = self._shared.catalogue.open_named(name)
        if after is None or after.volume is None:
            return ""
        return differences(before, after.volume)

    def take(self, briefing: str) -> bool:
        """Replace the old edition by the loaded one. Return whether that is broken.

        A broken edit leaves the last good edition.
        """
        result = self._loaded.pop(briefing, None)
        if result is None:
            return False
        before = self._shared.result(briefing)
        if before is None:  # it was closed meanwhile
            return False
        if result.problems:
            self._broken.add(briefing)
        else:
            self._broken.discard(briefing)
        if result.problems and before.volume is not None:
            kept = without_deleted(before.volume)
            if kept is not before.volume:
                self._shared.put(briefing, before._replace(volume=kept))
            return True
        self._shared.put(briefing, result)
        return bool(result.problems)


def differences(before: Volume | None, after: Volume) -> str:
    """Describe the changes of a new edition in one line.

    It is empty where nothing that is shown changed.
    """
    if before is None:
        return "Reloaded: it can be opened now."
    old, new, names = before.things, after.things, Change(before, after).names
    both = {name: names.get(name, name) for name in old if names.get(name, name) in new}
    numbers = {
        "changed": sum(_is_other(old[name], new[now], names) for name, now in both.items()),
        "renamed": len(names),
        "added": len(new.keys() - both.values()),
        "removed": len(old.keys() - both.keys()),
    }
    said = ", ".join(f"{number} {word}" for word, number in numbers.items() if number)
    said = said or _lesser(before.edition, after.edition)
    return f"Reloaded: {said}." if said else ""


def _is_other(before: Thing, after: Thing, names: Mapping[str, str]) -> bool:
    """Whether a thing says anything else than before. A new id of another thing is nothing else."""
    if before.digest == after.digest:
        return False
    unlike = {"digest": "", "number": after.number} if not isinstance(after, Entity) else {"digest": ""}
    return not names or _renamed(before._replace(id=after.id, was=(), **unlike), names) != after._replace(
        was=(), digest=""
    )


def _renamed(value: object, names: Mapping[str, str]) -> object:
    """Replace the old ids in a record by the new ones."""
    if isinstance(value, str):
        for start, end in reversed([*prose.link_targets(value)]):
            value = f"{value[:start]}{names.get(value[start:end], value[start:end])}{value[end:]}"
        return names.get(value, value)
    return tuple(_renamed(one, names) for one in value) if isinstance(value, tuple) else value


def _lesser(before: Edition, after: Edition) -> str:
    """Describe changes besides the words of entries, sources and entities."""
    found = []
    if _header(before) != _header(after):
        found.append("the header changed")
    if _order(before) != _order(after):
        found.append("the order changed")
    texts = _different(_texts(before), _texts(after))
    if texts:
        found.append(f"{count(texts, 'held text')} changed")
    quotes = _different(_checks(before), _checks(after))
    if quotes:
        found.append(f"{count(quotes, 'quote')} checked otherwise")
    return ", ".join(found)


def _header(edition: Edition) -> Edition:
    return edition._replace(digest="", entries=(), sources=(), entities=())


def _order(edition: Edition) -> list[str]:
    return [item.id for items in (edition.entries, edition.sources, edition.entities) for item in items]


def _texts(edition: Edition) -> dict[object, object]:
    return {source.id: (bool(source.held), source.held_sha256, source.paragraphs) for source in edition.sources}


def _checks(edition: Edition) -> dict[object, object]:
    holders: tuple[Entry | Entity, ...] = (*edition.entries, *edition.entities)
    return {
        (holder.id, index): (note.state, note.paragraph, note.occurrences)
        for holder in holders
        for index, note in enumerate(holder.notes)
    }


def _different(before: dict[object, object], after: dict[object, object]) -> int:
    return sum(before[name] != after.get(name) for name in before)
