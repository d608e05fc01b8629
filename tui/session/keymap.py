"""The keymap: each command's default keys, or the reader's choice."""

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
    """A key that was chosen for two commands."""

    key: str
    first: str
    second: str


class Keymap:
    """The keys of each command, and the command of each key."""

    def __init__(
        self,
        defaults: Iterable[tuple[str, tuple[str, ...]]],
        chosen: Mapping[str, tuple[str, ...]],
        withheld: Iterable[tuple[str, tuple[str, ...]]] = (),
    ) -> None:
        """Create the map.

        Args:
            defaults: each command's name with its keys.
            chosen: keys that replace the default ones, by command. A chosen key is taken from its default command.
            withheld: the commands that the reader may not use. Their keys lead to a message alone.
        """
        taken = {key for keys in chosen.values() for key in keys}
        self.keys: dict[str, tuple[str, ...]] = {
            name: chosen[name] if name in chosen else tuple(key for key in keys if key not in taken)
            for name, keys in defaults
        }
        self._commands = {key: name for name, keys in (*withheld, *self.keys.items()) for key in keys}

    def first(self, name: str) -> str:
        """Return a command's first key as it is shown; empty for none."""
        return next(map(shown, self.keys.get(name, ())), "")

    def command(self, key: str, character: str | None) -> str | None:
        """Return the command of a key, withheld ones included. Its character counts before its name."""
        if character and character.isprintable() and character in self._commands:
            return self._commands[character]
        return self._commands.get(key)

    def words(self, template: str) -> str:
        """Fill a sentence's `{commands}` with their keys, or else their names."""
        return _COMMAND.sub(lambda found: self.first(found[1]) or f"the command “{found[1]}”", template)


NO_KEYS: Final = Keymap((), {})
"""The keymap of a text without a screen."""


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
    """Whether a text names a key.

    A key is a visible character or one of `NAMED_KEYS`, with or without modifiers.
    """
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if any(modifier not in _MODIFIERS for modifier in modifiers) or len(set(modifiers)) != len(modifiers):
        return False
    if modifiers:
        return name in NAMED_KEYS or (len(name) == 1 and name.isascii() and name.isalnum() and name == name.lower())
    return name in NAMED_KEYS or (len(name) == 1 and name.isprintable() and name != " ")


def shown(key: str) -> str:
    """Return a key as it is shown, such as Ctrl+d, PgDn, ↓."""
    if len(key) == 1:
        return key
    *modifiers, name = key.split("+")
    written = [_MODIFIERS[modifier] for modifier in modifiers]
    written.append(_SHOWN.get(name) or (name.upper() if name in NAMED_KEYS else name))
    return "+".join(written)
