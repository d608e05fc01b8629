"""Saying what a key does, by the keys that the reader has."""

from tui.reader.screen import ReaderScreen


def advise(screen: ReaderScreen, template: str) -> None:
    """Say a sentence of our own, with keys in place of its `{commands}`."""
    screen.say(screen.app.keymap.words(template))


def ask_for_briefing(screen: ReaderScreen) -> None:
    """Say that a briefing has to be open first."""
    advise(screen, "Open a briefing first: {open} opens the current one.")
