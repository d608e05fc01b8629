"""From keys to commands: the table's keys, with what the reader chose in their place."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

_SHOWN: Final = {
    "space": "Space", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "enter": "Enter", "tab": "Tab",
    "escape": "Esc", "backspace": "Backspace", "up": "↑", "down": "↓", "left": "←", "right": "→", "delete": "Delete",
    "insert": "Insert",
}  # fmt: skip
_MODIFIERS: Final = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift"}
NAMED_KEYS: Final = frozenset(_SHOWN) | frozenset(f"f{number}" for number in range(1, 25))


_COMMAND: Final = re.compile(r"\{([a-z][a-z0-9-]*)\}")


class Conflict(NamedTuple):
    """Two commands that want one key."""

    key: str
    first: str
    second: str


class Keymap:
    """Which key does what."""

    def __init__(self, defaults: Iterable[tuple[str, tuple[str, ...]]], chosen: Mapping[str, tuple[str, ...]]) -> None:
        """Make the map.

        Args:
            defaults: each command's name with its keys.
            chosen: keys in place of these, by command; a chosen key is taken from the command that had it by default.
        """
        taken = {key for keys in chosen.values() for key in keys}
        self.keys: dict[str, tuple[str, ...]] = {
            name: chosen[name] if name in chosen else tuple(key for key in keys if key not in taken)
            for name, keys in defaults
        }
        self._commands = {key: name for name, keys in self.keys.items() for key in keys}

    def first(self, name: str) -> str:
        """Return a command's first key as people know it; empty where it has none."""
        return next(map(shown, self.keys.get(name, ())), "")

    def command(self, key: str, character: str | None) -> str | None:
        """Return the command of a key, by its character where it has one, else by its name."""
        if character and character.isprintable() and character in self._commands:
            return self._commands[character]
        return self._commands.get(key)

    def words(self, template: str) -> str:
        """Write a sentence with keys in place of `{commands}`; one without a key is told by its name."""
        return _COMMAND.sub(lambda found: self.first(found[1]) or f"the command “{found[1]}”", template)


NO_KEYS: Final = Keymap((), {})
"""What stands for keys where there are none, as in a text that is no screen."""


def conflicts(chosen: Mapping[str, tuple[str, ...]]) -> list[Conflict]:
    """Find keys that were chosen for two commands."""
    seen: dict[str, str] = {}
    found = []
    for name, keys in chosen.items():
        for key in keys:
            if key in seen and seen[key] != name:
                found.append(Conflict(key, seen[key], name))
            seen.setdefault(key, name)
    return found


def is_key(key: str) -> bool:
    """Whether a text names a key: a visible character, or a named key, with or without modifiers."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if any(modifier not in _MODIFIERS for modifier in modifiers) or len(set(modifiers)) != len(modifiers):
        return False
    if modifiers:
        return name in NAMED_KEYS or (len(name) == 1 and name.isascii() and name.isalnum() and name == name.lower())
    return name in NAMED_KEYS or (len(name) == 1 and name.isprintable() and name != " ")


def shown(key: str) -> str:
    """Write a key as people know it: Ctrl+d, PgDn, ↓."""
    if len(key) == 1:
        return key
    *modifiers, name = key.split("+")
    written = [_MODIFIERS[modifier] for modifier in modifiers]
    written.append(_SHOWN.get(name) or (name.upper() if name in NAMED_KEYS else name))
    return "+".join(written)
