"""The page of a web address, as text and QR code.

It serves readers whose screen cannot open a browser.
"""

from typing import Final

from tui.render.layout import lay_out
from tui.render.page import GAP, MEASURE, Block, Columns, Page, Para, Span, fixed, line
from tui.session.keymap import Keymap

_QUIET: Final = 2
"""Light modules around the code. The standard asks for 4; phones read it with 2, which saves rows."""
_BESIDE: Final = 20
"""The fewest cells for the address beside its code."""


def address_page(address: str, keymap: Keymap) -> Page:
    """Return an address's page, with a QR code where there is room."""
    told = Para((Span(address, "link", address),), indent=2)
    code = tuple(Para((Span(row, "code"),), indent=2, keep=True) for row in qr_rows(address))
    closing = line(keymap.words("A phone's camera reads this code; {close} goes back."), "meta", indent=2, space=1)
    why = "The window is too small for its QR code" if code else "The address is too long for a QR code"
    alone = line(keymap.words(f"{why}; {{close}} goes back."), "meta", indent=2, space=1)
    cells = len(code[0].text) + 2 if code else 0
    beside = Columns((0, len(code)), len(code) + 2, lambda width: (cells, width - cells - GAP))
    forms = (
        Block("address", (told, *code, closing), space=0),
        Block("address", (*code, told, closing), space=0, columns=beside),
    )

    def fit(width: int, rows: int) -> Page:
        """Choose the first form of which the window shows all."""
        room = (cells + 2, cells + GAP + _BESIDE)
        fitting = [
            form
            for form, least in zip(forms, room, strict=True)
            if code and least <= width and (not rows or len(lay_out(form, width)) <= rows)
        ]
        return fixed("Address", [*fitting, Block("address", (told, alone), space=0)][:1], cursor=False)

    return Page("Address", ["address"], lambda _index: fit(MEASURE, 0).block(0), cursor=False, fit=fit)


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
