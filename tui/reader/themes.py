"""The themes: how each role of text looks.

Every fact that a colour shows stands also as a word or a glyph.
"""

from typing import Final, NamedTuple

from rich.style import Style

from tui.render.page import Role


class Theme(NamedTuple):
    """A theme, as styles of Rich."""

    name: str
    dark: bool
    base: Style
    """Plain text on the page."""
    roles: dict[Role, Style]
    """The addition for each role."""
    current: Style
    """The bar beside the current entry, and the pane that is open."""
    found: Style
    """A match."""
    found_here: Style
    """The current match."""
    focused: Style
    """The link that Enter follows."""
    faint: Style
    """Rules, the scrollbar and other quiet parts."""
    css: dict[str, str]
    """The same as colours for Textual's own widgets: background, foreground, accent, muted, panel."""

    def style(self, role: Role) -> Style:
        """Return the whole style of a role."""
        return self.base + self.roles.get(role, _NOTHING)


def with_lines(theme: Theme) -> Theme:
    """Return a theme for 16 colours, some of which look the same.

    Weight and lines mark links and keys as well.
    """
    roles = theme.roles
    told: dict[Role, Style] = {
        "link": roles["link"] + Style(underline=True),
        "note": roles["note"] + Style(bold=True),
        "conflict": roles["conflict"] + Style(bold=True),
    }
    return theme._replace(roles=roles | told)


_NOTHING: Final = Style.null()


def _theme(
    name: str,
    *,
    dark: bool,
    paper: str,
    ink: str,
    quiet: str,
    accent: str,
    second: str,
    alarm: str,
    mark: str,
    panel: str,
) -> Theme:
    """Make a theme of eight colours, two of them paper and ink."""

    def ink_of(colour: str, *, bold: bool = False, italic: bool = False) -> Style:
        return Style(color=colour, bold=bold or None, italic=italic or None)

    base = Style(color=ink, bgcolor=paper)
    return Theme(
        name=name,
        dark=dark,
        base=base,
        roles={
            "strong": Style(bold=True),
            "emphasis": Style(italic=True),
            "code": ink_of(second),
            "title": Style(bold=True),
            "heading": Style(bold=True),
            "number": ink_of(quiet),
            "meta": ink_of(quiet),
            "muted": ink_of(quiet),
            "rule": ink_of(quiet),
            "quote": ink_of(second, italic=True),
            "passage": Style(color=ink, bgcolor=mark, bold=True),
            "note": ink_of(accent),
            "link": ink_of(accent),
            "conflict": ink_of(alarm),
            "rating": ink_of(ink, bold=True),
            "warning": ink_of(alarm, bold=True),
            "new": ink_of(accent, bold=True),
            "bar": ink_of(accent),
            "remark": ink_of(quiet, italic=True),
        },
        current=ink_of(accent, bold=True),
        found=Style(color=ink, bgcolor=mark, underline=True),
        found_here=Style(color=paper, bgcolor=accent, bold=True),
        focused=Style(color=paper, bgcolor=accent),
        faint=ink_of(quiet),
        css={"background": paper, "foreground": ink, "accent": accent, "muted": quiet, "panel": panel, "error": alarm},
    )


def _monochrome() -> Theme:
    """Make a theme without any colour.

    It has the terminal's own ink and paper, weight, slant, underline and reversal.
    """
    reverse = Style(reverse=True)
    roles: dict[Role, Style] = {
        "strong": Style(bold=True),
        "emphasis": Style(italic=True),
        "title": Style(bold=True),
        "heading": Style(bold=True),
        "quote": Style(italic=True),
        "passage": Style(bold=True, underline=True),
        "note": Style(bold=True),
        "link": Style(underline=True),
        "conflict": Style(bold=True),
        "rating": Style(bold=True),
        "warning": Style(bold=True),
        "new": Style(bold=True),
        "bar": Style(bold=True),
        "remark": Style(italic=True),
    }
    css = {
        "background": "ansi_default",
        "foreground": "ansi_default",
        "accent": "ansi_default",
        "muted": "ansi_default",
    }
    return Theme(
        name="mono",
        dark=True,
        base=Style.null(),
        roles=roles,
        current=Style(bold=True),
        found=Style(underline=True, bold=True),
        found_here=reverse,
        focused=reverse,
        faint=Style(dim=True),
        css=css | {"panel": "ansi_default", "error": "ansi_default"},
    )


# Contrasts against the paper, by WCAG 2.2: ink at least 12:1, the quiet ink and the accents at least 4.5:1; in the
# high-contrast theme all at least 7:1. A test measures them.
THEMES: Final[dict[str, Theme]] = {
    theme.name: theme
    for theme in (
        _theme(
            "dark", dark=True, paper="#16181d", ink="#d9d7d0", quiet="#8f9199", accent="#7fb4e0",
            second="#c9b98a", alarm="#e58e7a", mark="#3d4426", panel="#20232a",
        ),
        _theme(
            "light", dark=False, paper="#fbfaf6", ink="#24252a", quiet="#6a6b70", accent="#1f5f99",
            second="#6b5714", alarm="#a8321c", mark="#f2e3a4", panel="#efeee8",
        ),
        _theme(
            "contrast", dark=True, paper="#000000", ink="#ffffff", quiet="#c8c8c8", accent="#6fd3ff",
            second="#ffe36e", alarm="#ff9d8a", mark="#4a3f00", panel="#1c1c1c",
        ),
        _monochrome(),
    )
}  # fmt: skip
CHOICES: Final = ("light", "dark", "contrast")
"""The themes that one key goes through; monochrome has a key of its own."""
