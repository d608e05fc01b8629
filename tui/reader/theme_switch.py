"""The theme of an app, and its form for Textual's own widgets."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import NoColor
from textual.theme import BUILTIN_THEMES
from textual.theme import Theme as TextualTheme

from tui.reader.textual_internals import TextualApp
from tui.reader.themes import CHOICES, THEMES, Theme, with_lines

_REVERSED: Final = Style(reverse=True)
_BLACK_ON_WHITE: Final = (0, 7)
"""Numbers of the terminal's colours into which Textual turns a reversal."""


class ThemeSwitch:
    """The theme of one app."""

    def __init__(self, app: TextualApp[Any], name: str, restyle: Callable[[Theme], None]) -> None:
        """Set the theme of an app that does not run yet.

        Args:
            app: the app.
            name: the name of the theme.
            restyle: paints the app's screen in another theme.
        """
        self._app, self._restyle = app, restyle
        self._fitted: Callable[[Theme], Theme] = lambda theme: theme
        self.current = THEMES[name]
        self.follows_terminal = False
        """Whether the theme is the one that fits the terminal's background."""
        self._coloured = name if name != "mono" else "dark"
        for each in THEMES:
            app.register_theme(_textual_theme(each))
        self._dress()

    def use_few_colours(self) -> None:
        """Mark links and keys by lines and weight too.

        On a terminal of 16 colours, some colours of a theme look the same.
        """
        self._fitted = with_lines
        self.current = with_lines(self.current)

    def wear(self, name: str) -> None:
        """Apply a theme."""
        if name == self.current.name:
            return
        if name != "mono":
            self._coloured = name
        self.current = self._fitted(THEMES[name])
        self._dress()
        self._restyle(self.current)

    def fit_background(self, *, dark: bool) -> None:
        """Fit the terminal's background, unless a theme was chosen."""
        if self.follows_terminal:
            self.wear("dark" if dark else "light")

    @property
    def next_name(self) -> str:
        """The theme after the current one in the cycle of one key."""
        return CHOICES[(CHOICES.index(self._coloured) + 1) % len(CHOICES)]

    @property
    def toggled_name(self) -> str:
        """The theme without any colour, or the last one with colours."""
        return "mono" if self.current.name != "mono" else self._coloured

    def _dress(self) -> None:
        """Apply the theme to Textual's own widgets.

        In monochrome their colours are filtered out.
        """
        app, mono, name = self._app, self.current.name == "mono", f"briefing-{self.current.name}"
        app.ansi_color = True if mono else None
        app.css_variables = _css_variables(self.current.name)
        if app.is_running:
            app.theme = name
        else:  # no widget has a style yet
            app.set_reactive(App.theme, name)
            app.stylesheet.set_variables(app.get_css_variables())
        others = [line_filter for line_filter in app.line_filters if not isinstance(line_filter, Monochrome)]
        app.line_filters = [*others, Monochrome()] if mono else others


class Monochrome(NoColor):
    """Drops colours. A reversal that Textual wrote as black on white stays one."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return segments without colours. The chosen row of a list stays reversed."""
        plain = super().apply(segments, background)
        return [
            Segment(to.text, (to.style or Style.null()) + _REVERSED, to.control) if _is_reversed(was.style) else to
            for was, to in zip(segments, plain, strict=True)
        ]


def _is_reversed(style: Style | None) -> bool:
    ink, paper = (style.color, style.bgcolor) if style else (None, None)
    return bool(ink and paper and (ink.number, paper.number) == _BLACK_ON_WHITE)


@cache
def _textual_theme(name: str) -> TextualTheme:
    """Return the theme for Textual's own widgets."""
    theme = THEMES[name]
    css, mono = theme.css, name == "mono"
    # Reversal takes the part of colour.
    variables = BUILTIN_THEMES["ansi-dark"].variables | {
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-text-style": "reverse",
        "input-cursor-text-style": "reverse",
    }
    return TextualTheme(
        name=f"briefing-{name}",
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


@cache
def _css_variables(name: str) -> Mapping[str, str]:
    """Return the variables of a theme for Textual's stylesheet."""
    theme = _textual_theme(name)
    return theme.to_color_system().generate() | theme.variables
