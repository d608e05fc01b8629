"""The themes: contrasts by WCAG, a look for every role, and no colour in monochrome."""

from typing import get_args

import pytest
from rich.color import Color

from tui.reader.themes import CHOICES, THEMES, Theme
from tui.render.page import Role

ROLES: tuple[Role, ...] = get_args(Role)
COLOURED = tuple(theme for theme in THEMES.values() if theme.name != "mono")


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    triplet = Color.parse(colour).get_truecolor()
    parts = [value / 255 for value in triplet]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def colours(theme: Theme, role: Role) -> tuple[str, str]:
    """Give ink and paper of a role, as they are painted."""
    style = theme.style(role)
    assert style.color is not None
    assert style.bgcolor is not None
    return style.color.name, style.bgcolor.name


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#777777", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert ratio == pytest.approx(contrast(one, other), abs=0.005)


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_ink_stands_out_at_12_to_1(theme: Theme) -> None:
    assert contrast(*colours(theme, "text")) >= 12


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_every_role_can_be_read(theme: Theme, role: Role) -> None:
    """At 4.5:1, and in the high-contrast theme at 7:1, each on what it is painted on."""
    assert contrast(*colours(theme, role)) >= (7 if theme.name == "contrast" else 4.5)


@pytest.mark.parametrize("part", ["current", "found", "found_here", "focused", "faint"])
@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_everything_that_is_painted_over_a_role_can_be_read(theme: Theme, part: str) -> None:
    style = theme.base + getattr(theme, part)
    assert contrast(style.color.name, style.bgcolor.name) >= (7 if theme.name == "contrast" else 4.5)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_every_role_can_be_read_in_a_match(theme: Theme, role: Role) -> None:
    """A match is painted over whatever it is found in; its own ink goes first."""
    for over in (theme.found, theme.found_here):
        style = theme.style(role) + over
        assert style.color is not None
        assert style.bgcolor is not None
        assert contrast(style.color.name, style.bgcolor.name) >= 4.5


@pytest.mark.parametrize("colour", ["foreground", "accent", "muted", "error"])
@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_textuals_own_widgets_can_be_read(theme: Theme, colour: str) -> None:
    for paper in ("background", "panel"):
        assert contrast(theme.css[colour], theme.css[paper]) >= (7 if theme.name == "contrast" else 4.5)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_every_role_is_styled(theme: Theme) -> None:
    """Plain text has the look of the page; in monochrome what is merely quiet has it too."""
    plain = {"text"} if theme.name != "mono" else {"text", "code", "number", "meta", "muted", "rule"}
    assert plain == {role for role in ROLES if theme.style(role) == theme.base}
    assert set(ROLES) >= theme.roles.keys()


def test_monochrome_has_no_colour_at_all() -> None:
    theme = THEMES["mono"]
    parts = (
        theme.base,
        theme.current,
        theme.found,
        theme.found_here,
        theme.focused,
        theme.faint,
        *theme.roles.values(),
    )
    assert [(None, None)] * len(parts) == [(style.color, style.bgcolor) for style in parts]
    assert {"ansi_default"} == set(theme.css.values())


def test_monochrome_tells_apart_what_is_pointed_at() -> None:
    theme = THEMES["mono"]
    assert theme.found not in (theme.base, theme.found_here)
    assert theme.focused != theme.style("link")
    assert theme.style("passage") != theme.style("quote")


def test_the_themes_know_their_names_and_grounds() -> None:
    assert list(THEMES) == [theme.name for theme in THEMES.values()]
    assert set(CHOICES) == {theme.name for theme in COLOURED}
    for theme in COLOURED:
        assert theme.dark == (
            contrast(theme.css["background"], "#000000") < contrast(theme.css["background"], "#ffffff")
        )
        assert THEMES["light"].css.keys() == theme.css.keys() == THEMES["mono"].css.keys()
