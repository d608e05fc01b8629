"""Pages as text, uncut and with their signs, for tests of what a page says."""

from functools import partial
from typing import Final

from tui.render.formats import text
from tui.render.page import linear

page_text: Final = partial(text.page_text, told=linear)
blocks_text: Final = partial(text.blocks_text, told=linear)
