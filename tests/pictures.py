"""Draws the pictures that README.md shows: ``python -m tests.pictures`` writes them to ``.pictures/``.

The reader is run without a terminal, over the bundled content, with a fixed size, theme and an empty state; for the
picture of a kiosk there is a real one, and OpenSSH's client visits it. A site is shown by Chromium.
"""

import asyncio
import html
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from rich.cells import cell_len

from tests.programs import program
from tui.library.catalogue import Catalogue
from tui.library.paths import bundled_content
from tui.reader.launch import make_app
from tui.session.config import Config
from tui.state.records import Location
from tui.state.stores import open_state

FOLDER: Final = Path(__file__).parent.parent / ".pictures"
_FONT_FACE: Final = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_TEXT: Final = re.compile(
    r'<text class="(?P<style>[^"]*)" x="(?P<x>[^"]*)" y="(?P<y>[^"]*)" textLength="(?P<length>[^"]*)"(?P<rest>[^>]*)>'
    r"(?P<words>[^<]*)</text>",
)
_UNIQUE: Final = re.compile(r"terminal-\d+-")


class Picture(NamedTuple):
    """A picture: where it is taken and with which keys."""

    name: str
    size: tuple[int, int]
    theme: str
    location: Location
    keys: tuple[str, ...]


PICTURES: Final = (
    Picture("claims", (120, 36), "light", Location("dprk-missiles", "claims"), ("j", "j")),
    Picture("dispute", (120, 36), "dark", Location("dprk-missiles", "evidence:conflicts:how-many"), ()),
    Picture("footnote", (120, 36), "dark", Location("handbook", "claims"), ("j", "j", "f")),
)


SITE: Final = (("site-phone", 390, 702, "light"), ("site-desk", 1120, 702, "dark"))
"""The pictures of a site: name, width, height and scheme of colours."""
PAPER: Final = "site-paper"
"""The picture of a printed page."""
VISIT: Final = "kiosk"
"""The picture of a visit to a kiosk."""


async def draw(picture: Picture) -> str:
    """Draw one picture as SVG, without the fonts that would be fetched from elsewhere."""
    # No texts of the user's own: the pictures are the same on every machine.
    catalogue = Catalogue(None, [bundled_content()], FOLDER / "nothing-held")
    app = make_app(catalogue, open_state(None), picture.location, Config(), picture.theme)
    async with app.run_test(size=picture.size) as pilot:
        for key in picture.keys:
            await pilot.press(key)
        await pilot.pause()
        return tidied(app.export_screenshot(title="briefing"))


def draw_visit() -> str:
    """Draw the picture of a visit.

    Raises:
        FileNotFoundError: OpenSSH's client is not installed.
    """
    from tests.kiosk.real.picture import draw_visit

    return tidied(draw_visit())


def draw_site(folder: Path) -> None:
    """Take the pictures of a site by Chromium: on a phone, on a desk, and on paper."""
    from tests.site.browser import browser, opened
    from tests.site.conftest import CONTENT, make_site

    first = make_site(folder, CONTENT) / "dprk-missiles/index.html"
    with browser() as started:
        for name, width, height, scheme in SITE:
            with opened(started, first, viewport={"width": width, "height": height}, color_scheme=scheme) as page:
                page.screenshot(path=FOLDER / f"{name}.png")
        with opened(started, first) as page:
            page.pdf(path=folder / "paper.pdf", format="A4")
    command = [program("pdftoppm"), "-r", "60", "-png", "-singlefile", str(folder / "paper.pdf"), str(FOLDER / PAPER)]
    subprocess.run(command, check=True)


def tidied(svg: str) -> str:
    """Take out of a picture what would be fetched from elsewhere and what differs from one to the next for no reason."""
    svg = svg.replace("&#160;", "\u00a0")
    return _TEXT.sub(_without_outer_spaces, _UNIQUE.sub("terminal-", _FONT_FACE.sub("", svg)))


def _without_outer_spaces(text: re.Match[str]) -> str:
    """Move a text to where its first letter stands: not every viewer draws the spaces before it."""
    words = text["words"].strip("\u00a0")
    before = len(text["words"]) - len(text["words"].lstrip("\u00a0"))
    if not words:
        return ""
    cell = float(text["length"]) / _cells(text["words"])
    x, length = float(text["x"]) + before * cell, cell * _cells(words)
    return (
        f'<text class="{text["style"]}" x="{x:g}" y="{text["y"]}" textLength="{length:g}"{text["rest"]}>{words}</text>'
    )


def _cells(words: str) -> int:
    return max(1, cell_len(html.unescape(words)))


def main() -> None:
    """Write all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        (FOLDER / f"{picture.name}.svg").write_text(asyncio.run(draw(picture)), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        draw_site(Path(folder))
    (FOLDER / f"{VISIT}.svg").write_text(draw_visit(), encoding="utf-8")


if __name__ == "__main__":
    main()
