"""The keys of the box, which nobody chooses: what is typed there are words."""

from typing import Final

from tui.session.keymap import Keymap

BOX_KEYS: Final = Keymap(
    (
        ("go", ("enter",)),
        ("leave", ("escape",)),
        ("earlier", ("up",)),
        ("onward", ("down",)),
        ("complete", ("tab",)),
        ("complete-back", ("shift+tab",)),
        ("page-down", ("pagedown",)),
        ("page-up", ("pageup",)),
        ("tell-grammar", ("f1",)),
    ),
    {},
)
"""What each key of the box does there."""
