"""A theme as Textual's own widgets know it."""

from textual.theme import BUILTIN_THEMES, Theme

from tui.reader.themes import Look


def textual_theme(look: Look) -> Theme:
    """Give the theme for Textual's own widgets."""
    css = look.css
    mono = look.name == "mono"
    # What a colour would show, reversal shows.
    variables = BUILTIN_THEMES["ansi-dark"].variables | {
        "block-cursor-text-style": "reverse",
        "input-cursor-text-style": "reverse",
    }
    return Theme(
        name=f"briefing-{look.name}",
        primary=css["accent"],
        secondary=css["muted"],
        accent=css["accent"],
        foreground=css["foreground"],
        background=css["background"],
        surface=css["background"],
        panel=css["panel"],
        error=css["error"],
        dark=look.dark,
        ansi=mono,
        variables=variables if mono else {},
    )
