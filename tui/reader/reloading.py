"""Reloading a briefing when its files change, with the reader's place kept."""

from pathlib import Path

from tui.library.catalogue import Result
from tui.library.stamps import stamp
from tui.library.volume import Volume
from tui.reader.holdings import Holdings
from tui.render.words import count


class Watch:
    """Watches the files of open briefings."""

    def __init__(self, holdings: Holdings) -> None:
        """Watch nothing yet."""
        self._holdings = holdings
        self._loaded: dict[str, Result] = {}
        self._seen: dict[str, dict[str, str]] = {}

    def has_changed(self, briefing: str) -> bool:
        """Tell whether any file that a briefing was made of, or could be made of, is another now."""
        result = self._holdings.open(briefing)
        if result is None:
            return False
        known = self._seen.get(briefing, result.inputs)
        return any(stamp(path) != before for path, before in known.items())

    def file(self, briefing: str) -> Path:
        """Give the file of an open briefing."""
        result = self._holdings.open(briefing)
        if result is None:
            raise LookupError(briefing)
        return result.volume.path if result.volume else Path(next(iter(result.inputs)))

    def reload(self, briefing: str) -> str:
        """Load a briefing anew, off the screen's thread; give what to say of it."""
        before = self._holdings.open(briefing)
        if before is None:
            return ""
        result = self._holdings.catalogue.open(self.file(briefing))
        self._loaded[briefing] = result
        self._seen[briefing] = result.inputs
        if result.problems or result.volume is None:
            first = result.problems[0]
            return f"{first} (the last good edition stays; {count(len(result.problems), 'problem')})"
        return differences(before.volume, result.volume)

    def take(self, briefing: str) -> bool:
        """Put what was loaded in the place of the old edition; a broken edit leaves the last good edition. Tells whether it was broken."""
        result = self._loaded.pop(briefing, None)
        if result is None:
            return False
        before = self._holdings.open(briefing)
        if result.problems and before is not None and before.volume is not None:
            return True
        self._holdings.put(briefing, result)
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
    if not said:
        said = "the header changed" if before.edition.digest != after.edition.digest else "only held texts changed"
    return f"Reloaded: {said}."
