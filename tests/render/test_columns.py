"""Columns of a block: side by side where there is room, and nothing lost either way."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.render.layout import NARROWEST, lay_out
from tui.render.page import Block, Columns, Para, Span, shares

TEXTS = st.text("ab  –,漢。é", max_size=120)
PARAS = st.builds(
    lambda text, indent, keep: Para((Span(text),), indent=indent, keep=keep), TEXTS, st.integers(0, 8), st.booleans()
)


@given(st.lists(PARAS, min_size=3, max_size=8), st.data(), st.integers(NARROWEST, 120))
def test_lines_fit_and_offsets_lead_back_to_the_text(paras: list[Para], data: st.DataObject, width: int) -> None:
    *starts, end = sorted(data.draw(st.lists(st.integers(0, len(paras)), min_size=3, max_size=6)))
    least = data.draw(st.sampled_from([80, 110]))
    columns = Columns(tuple(starts), end, lambda whole: shares(whole, len(starts), least))
    block = Block("b", tuple(paras), columns=columns)
    said: dict[int, str] = dict.fromkeys(range(len(paras)), "")
    for line in lay_out(block, width):
        written = "".join(span.text for span in line.spans)
        assert cell_len(written) <= width
        for part in line.parts:
            if part.para >= 0:
                piece = paras[part.para].text[part.start : part.end]
                said[part.para] += piece
                start = next((at for at in range(len(written) + 1) if cell_len(written[:at]) >= part.offset), 0)
                assert written[start : start + len(piece)] == piece
    for place, para in enumerate(paras):
        if not para.keep:
            assert said[place].replace(" ", "") == para.text.replace(" ", "")


def test_they_stand_under_one_another_where_it_is_narrow() -> None:
    block = Block("b", (Para((Span("left"),)), Para((Span("right"),))), columns=Columns((0, 1), 2))
    assert ["left", "right"] == ["".join(span.text for span in line.spans) for line in lay_out(block, 71)]
    (line,) = lay_out(block, 72)
    assert "left" + " " * 33 + "right" == "".join(span.text for span in line.spans)


def test_an_empty_column_keeps_its_place() -> None:
    paras = tuple(Para((Span(word),)) for word in ("one", "two", "three", "four"))
    columns = Columns((0, 2, 2), 4, lambda _whole: (5, 5, 5))
    said = ["".join(span.text for span in line.spans) for line in lay_out(Block("b", paras, columns=columns), 21)]
    assert ["one" + " " * 13 + "three", "two" + " " * 13 + "four"] == said
