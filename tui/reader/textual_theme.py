"""A theme as Textual's own widgets know it."""

from textual.theme import BUILTIN_THEMES
from textual.theme import Theme as TextualTheme

from tui.reader.themes import Theme


def textual_theme(theme: Theme) -> TextualTheme:
    """Give the theme for Textual's own widgets."""
    css = theme.css
    mono = theme.name == "mono"
    # What a colour would show, reversal shows.
    variables = BUILTIN_THEMES["ansi-dark"].variables | {
        "block-cursor-text-style": "reverse",
        "input-cursor-text-style": "reverse",
    }
    return TextualTheme(
        name=f"briefing-{theme.name}",
        primary=css["accent"],
        secondary=css["muted"],
        accent=css["accent"],
        foreground=css["foreground"],
        background=css["background"],
        surface=css["background"],
        panel=css["panel"],
        error=css["error"],
        dark=theme.dark,
        ansi=mono,
        variables=variables if mono else {},
    )
