"""The themes: contrasts by WCAG, a look for every role, and no colour in monochrome."""

from typing import get_args

import pytest

from tui.reader.themes import CHOICES, DEFAULT, LOOKS, Look, contrast
from tui.render.page import Role

ROLES: tuple[Role, ...] = get_args(Role)
COLOURED = tuple(look for look in LOOKS.values() if look.name != "mono")


def colours(look: Look, role: Role) -> tuple[str, str]:
    """Give ink and paper of a role, as they are painted."""
    style = look.style(role)
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


@pytest.mark.parametrize("look", COLOURED, ids=lambda look: look.name)
def test_ink_stands_out_at_12_to_1(look: Look) -> None:
    assert contrast(*colours(look, "text")) >= 12


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("look", COLOURED, ids=lambda look: look.name)
def test_every_role_can_be_read(look: Look, role: Role) -> None:
    """At 4.5:1, and in the high-contrast theme at 7:1, each on what it is painted on."""
    assert contrast(*colours(look, role)) >= (7 if look.name == "contrast" else 4.5)


@pytest.mark.parametrize("part", ["current", "found", "found_here", "focused", "faint"])
@pytest.mark.parametrize("look", COLOURED, ids=lambda look: look.name)
def test_everything_that_is_painted_over_a_role_can_be_read(look: Look, part: str) -> None:
    style = look.base + getattr(look, part)
    assert contrast(style.color.name, style.bgcolor.name) >= (7 if look.name == "contrast" else 4.5)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("look", COLOURED, ids=lambda look: look.name)
def test_every_role_can_be_read_in_a_match(look: Look, role: Role) -> None:
    """A match is painted over whatever it is found in; its own ink goes first."""
    for over in (look.found, look.found_here):
        style = look.style(role) + over
        assert style.color is not None
        assert style.bgcolor is not None
        assert contrast(style.color.name, style.bgcolor.name) >= 4.5


@pytest.mark.parametrize("colour", ["foreground", "accent", "muted", "error"])
@pytest.mark.parametrize("look", COLOURED, ids=lambda look: look.name)
def test_textuals_own_widgets_can_be_read(look: Look, colour: str) -> None:
    for paper in ("background", "panel"):
        assert contrast(look.css[colour], look.css[paper]) >= (7 if look.name == "contrast" else 4.5)


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)
def test_every_role_is_styled(look: Look) -> None:
    """Plain text has the look of the page; in monochrome what is merely quiet has it too."""
    plain = {"text"} if look.name != "mono" else {"text", "code", "number", "meta", "muted", "rule"}
    assert plain == {role for role in ROLES if look.style(role) == look.base}
    assert set(ROLES) >= look.roles.keys()


def test_monochrome_has_no_colour_at_all() -> None:
    look = LOOKS["mono"]
    parts = (look.base, look.current, look.found, look.found_here, look.focused, look.faint, *look.roles.values())
    assert [(None, None)] * len(parts) == [(style.color, style.bgcolor) for style in parts]
    assert {"ansi_default"} == set(look.css.values())


def test_monochrome_tells_apart_what_is_pointed_at() -> None:
    look = LOOKS["mono"]
    assert look.found not in (look.base, look.found_here)
    assert look.focused != look.style("link")
    assert look.style("passage") != look.style("quote")


def test_the_themes_know_their_names_and_grounds() -> None:
    assert list(LOOKS) == [look.name for look in LOOKS.values()]
    assert set(CHOICES) == {look.name for look in COLOURED}
    assert DEFAULT in LOOKS
    for look in COLOURED:
        assert look.dark == (contrast(look.css["background"], "#000000") < contrast(look.css["background"], "#ffffff"))
        assert LOOKS["light"].css.keys() == look.css.keys() == LOOKS["mono"].css.keys()
