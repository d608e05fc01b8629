"""The one watcher of a library's files: briefings are reloaded when theirs change, and folders listed when it is due."""

from collections.abc import Callable, Iterable

from tui.library.catalogue import Result
from tui.library.content_folders import ScanSchedule
from tui.library.records import Edition, Entity, Entry
from tui.library.stamps import is_there, stamp, unchanged
from tui.library.volume import Volume, without_deleted
from tui.render.words import count
from tui.session.shared import SharedContent


class Watch:
    """Watches the files of open briefings and the content folders, for a reader or for all visitors of a process."""

    def __init__(self, shared: SharedContent, *, tells_breaks: bool = True) -> None:
        """Watch nothing yet.

        Args:
            shared: the open briefings.
            tells_breaks: whether readers are told of a broken edit, and so of its end.
        """
        self.is_paused = False
        """Whether nothing is to be loaded anew for now, since the reader itself writes the file."""
        self._tells_breaks = tells_breaks
        self._shared = shared
        self._schedule = ScanSchedule(shared.catalogue)
        self._loaded: dict[str, Result] = {}
        self._seen: dict[str, dict[str, str]] = {}
        self._broken: set[str] = set()

    def has_changed(self, briefing: str) -> bool:
        """Whether any file that a briefing was made of, or could be made of, is another now."""
        result = self._shared.result(briefing)
        if result is None or not is_there(stamp(result.path)):  # then the library finds out whether it is gone
            return False
        return not unchanged(self._seen.get(briefing, result.inputs))

    def is_missing(self, briefing: str) -> bool:
        """Whether the file of an open briefing is not there at present."""
        result = self._shared.result(briefing)
        return result is not None and not is_there(stamp(result.path))

    def is_due(self, briefings: Iterable[str]) -> bool:
        """Whether to list the content folders, given the briefings that are read."""
        return self._schedule.is_due() or any(map(self.is_missing, briefings))

    def refresh(self, progress: Callable[[int, int], bool] = lambda _done, _all: True) -> bool:
        """Refresh the catalogue, off the screen's thread; see `Catalogue.refresh`."""
        return self._schedule.run(lambda: self._shared.catalogue.refresh(progress))

    def reload(self, briefing: str) -> str:
        """Load a briefing anew, off the screen's thread; give what to say of it, or nothing where it is not there any more."""
        before = self._shared.result(briefing)
        if before is None:
            return ""
        result = self._shared.catalogue.open(before.path)
        if result.volume is None and not result.problems:  # what is wrong with it is not for strangers
            return ""
        if result.volume is not None and result.volume.edition.id != briefing:  # another one has come in its place
            return ""
        self._loaded[briefing] = result
        self._seen[briefing] = result.inputs
        if result.problems or result.volume is None:
            first = result.problems[0]
            return f"{first} (the last good edition stays; {count(len(result.problems), 'problem')})"
        said = differences(before.volume, result.volume)
        mended = self._tells_breaks and before.volume is not None and briefing in self._broken
        return said.replace("Reloaded: ", "Reloaded, whole again: ", 1) if mended else said

    def take(self, briefing: str) -> bool:
        """Put what was loaded in the place of the old edition; a broken edit leaves the last good edition. Tells whether it was broken."""
        result = self._loaded.pop(briefing, None)
        if result is None:
            return False
        before = self._shared.result(briefing)
        if before is None:  # it is gone meanwhile
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
    """Say what a new edition changed."""
    if before is None:
        return "Reloaded: it can be opened now."
    old, new = dict(before.everything()), dict(after.everything())
    numbers = {
        "changed": sum(name in old and old[name] != digest for name, digest in new.items()),
        "added": len(new.keys() - old.keys()),
        "removed": len(old.keys() - new.keys()),
    }
    said = ", ".join(f"{number} {word}" for word, number in numbers.items() if number)
    return f"Reloaded: {said or _lesser(before.edition, after.edition)}."


def _lesser(before: Edition, after: Edition) -> str:
    """Say what changed although every entry, source and entity has the words that it had."""
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
    return ", ".join(found) or "nothing that is shown changed"


def _header(edition: Edition) -> Edition:
    return edition._replace(digest="", entries=(), sources=(), entities=())


def _order(edition: Edition) -> list[str]:
    return [item.id for items in (edition.entries, edition.sources, edition.entities) for item in items]


def _texts(edition: Edition) -> dict[object, object]:
    return {source.id: (source.held, source.held_sha256, source.paragraphs) for source in edition.sources}


def _checks(edition: Edition) -> dict[object, object]:
    holders: tuple[Entry | Entity, ...] = (*edition.entries, *edition.entities)
    return {
        (holder.id, place): (note.state, note.paragraph, note.occurrences)
        for holder in holders
        for place, note in enumerate(holder.notes)
    }


def _different(before: dict[object, object], after: dict[object, object]) -> int:
    return sum(before[name] != after.get(name) for name in before)
