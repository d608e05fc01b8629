"""The page of a web address, as text and QR code.

It serves readers whose screen cannot open a browser.
"""

from typing import Final

from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.session.keymap import Keymap

_QUIET: Final = 2
"""Light modules around the code. The standard asks for 4; phones read it with 2, which saves rows."""


def address_page(address: str, width: int, keymap: Keymap) -> Page:
    """Return an address's page, with its QR code in a wide window."""
    rows = qr_rows(address)
    paras = [line(address, "link", indent=2)]
    if rows and len(rows[0]) + 4 <= width:
        paras += [Para((Span(row, "code"),), indent=2, keep=True) for row in rows]
        closing = "A phone's camera reads this code; {close} goes back."
    else:
        closing = "The window is too narrow for its QR code; {close} goes back."
    return fixed(
        "Address",
        [Block("address", (*paras, line(keymap.words(closing), "meta", indent=2, space=1)), space=0)],
        cursor=False,
    )


def qr_rows(text: str) -> list[str]:
    """Return a text's QR code in half blocks; nothing for long texts.

    A character holds two modules, one above the other; light modules are filled.
    """
    import segno

    try:
        code = segno.make(text, error="l", micro=False)
    except segno.DataOverflowError:
        return []
    matrix = [[not dark for dark in row] for row in code.matrix_iter(border=_QUIET)]
    if len(matrix) % 2:
        matrix.append([True] * len(matrix[0]))
    return [
        "".join(_HALVES[upper, lower] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(matrix[::2], matrix[1::2], strict=True)
    ]


_HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
