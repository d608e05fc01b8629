"""Parts of huge blocks: nothing is lost, offsets count as in the whole, and work grows with the text and no faster."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.briefing import prose
from tui.render import breaking, layout
from tui.render.page import Block, Columns, Para, Span
from tui.render.parts import PART, WHOLE, Parts, parts_of

WIDTH = 60
MARK = (Span("\u00a0"), Span("¹⁴", "note", "note:1"))

TEXTS = st.lists(
    st.sampled_from(
        ["wide water ", "x" * 3_000, "漢字かな。", "e\u0301" * 700, "a-b/c ", " " * 90, "🦢", "word " * 900]
    ),
    min_size=1,
    max_size=14,
).map("".join)
PARAS = st.lists(
    st.builds(
        lambda spans, marker, indent: Para(tuple(map(Span, spans)), Span(marker) if marker else None, indent),
        st.lists(TEXTS, min_size=1, max_size=4),
        st.sampled_from(["", "C1"]),
        st.integers(0, 6),
    ),
    min_size=1,
    max_size=4,
)


def bare(text: str) -> str:
    """Give a text without its blanks."""
    return "".join(text.split())


@settings(max_examples=40, deadline=None)
@given(PARAS)
def test_the_parts_have_every_word_of_the_block_in_its_order(paras: list[Para]) -> None:
    block = Block("b", tuple(paras))
    said = [
        bare("".join("".join(span.text for span in line.spans) for line in part.lines(WIDTH)))
        for part in parts_of(block)
    ]
    whole = "".join(bare((para.marker.text if para.marker else "") + para.text) for para in paras)
    assert whole == "".join(said)


@settings(max_examples=40, deadline=None)
@given(PARAS)
def test_lines_count_as_the_whole_block_does(paras: list[Para]) -> None:
    block = Block("b", tuple(paras))
    found = parts_of(block)
    for number, part in enumerate(found):
        for line in part.lines(WIDTH):
            if line.para >= 0:
                text = paras[line.para].text[line.start : line.end]
                assert text == part.words(line)
                assert bare(text) in bare("".join(span.text for span in line.spans))
                if isinstance(found, Parts) and line.end > line.start:
                    assert number == found.index_of(line.para, line.start)


@settings(max_examples=40, deadline=None)
@given(PARAS)
def test_no_part_is_huge(paras: list[Para]) -> None:
    for part in parts_of(Block("b", tuple(paras))):
        assert sum(len(para.text) for para in part.block.paras) <= WHOLE


@pytest.mark.parametrize(
    "block",
    [
        Block("b", ()),
        Block("b", (Para((Span("x" * (WHOLE - 100)),)),)),
        Block("b", (Para((Span("a"),)), Para((Span("b"),))), columns=Columns((0, 1), 2)),
    ],
)
def test_a_block_of_usual_length_is_one_part_and_the_same_block(block: Block) -> None:
    [part] = parts_of(block)
    assert block is part.block


def test_a_marker_and_the_space_before_stand_once() -> None:
    block = Block("b", (Para((Span("word " * 9_000),), Span("C1", "number"), 5, space=1),), space=2)
    found = parts_of(block)
    assert len(found) > 3
    assert [2, *[0] * (len(found) - 1)] == [part.block.space for part in found]
    assert 1 == sum(span.text == "C1" for part in found for line in part.lines(WIDTH) for span in line.spans)
    assert all(line.offset == 5 for part in found for line in part.lines(WIDTH) if line.para >= 0)


def test_a_line_that_is_cut_stays_one_line() -> None:
    paras = (Para((Span("x" * 5 * WHOLE),), keep=True), *(Para((Span("row"),), keep=True),) * 400)
    lines = [line for part in parts_of(Block("b", paras)) for line in part.lines(WIDTH)]
    assert 401 == len(lines)
    assert "…" == lines[0].spans[-1].text


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], int]:
    """Give what counts the characters that are measured while something is done."""
    cells = breaking.cells_of
    measured = 0

    def counting(text: str) -> int:
        nonlocal measured
        measured += len(text)
        return cells(text)

    monkeypatch.setattr(breaking, "cells_of", counting)

    def count(do: Callable[[], object]) -> int:
        nonlocal measured
        measured = 0
        do()
        return measured

    return count


@pytest.mark.parametrize(
    "spans",
    [
        lambda size: (Span("x" * size), *MARK),
        lambda size: (Span("wide water " * (size // 11)), *MARK),
        lambda size: (Span("e\u0301" * (size // 2)), *MARK),
        lambda size: (Span("漢" * size), *MARK),
        lambda size: (Span("\u0301" * size), *MARK),
        lambda size: tuple(Span(f"{number:06} ", "strong") for number in range(size // 7)),
    ],
    ids=["word", "words", "accents", "han", "marks", "spans"],
)
def test_work_grows_with_the_text(
    work: Callable[[Callable[[], object]], int], spans: Callable[[int], tuple[Span, ...]]
) -> None:
    """Twice the text is twice the work, whatever joins a footnote to a word; the layout itself has no parts here."""
    one, two = (work(partial(layout.lay_out, Block("b", (Para(spans(size)),)), WIDTH)) for size in (8_000, 16_000))
    assert one > 0
    assert two <= 2.1 * one + 200


def test_only_the_part_that_is_asked_for_is_laid_out(work: Callable[[Callable[[], object]], int]) -> None:
    """A hundred times the text costs one part as much."""

    def lines_of(block: Block, number: int) -> object:
        return parts_of(block)[number].lines(WIDTH)

    small, huge = (Block("b", (Para((Span("wide water " * number), *MARK)),)) for number in (10_000, 1_000_000))
    for number in (0, 3, -1):
        assert work(partial(lines_of, huge, number)) <= 3 * PART
    assert work(lambda: parts_of(small)[2].lines(WIDTH)) >= PART // 2


@pytest.mark.parametrize("mark", ["*", "**", "`", "[[", "*a ", "[[a|"])
def test_the_first_words_of_a_long_text_are_those_of_the_whole(mark: str) -> None:
    for text in ("word " * 30 + mark + "more words " * 1000 + mark, mark + "word " * 20_000, "word " * 5000):
        opening = prose.opening(text, 96)
        assert prose.plain(text)[:96] == opening[:96]
        assert len(opening) <= len(text)


def test_first_words_do_not_parse_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = 0
    plain = prose.plain

    def counting(text: str) -> str:
        nonlocal parsed
        parsed += len(text)
        return plain(text)

    monkeypatch.setattr(prose, "plain", counting)
    prose.opening("wide water " * 1_000_000, 48)
    assert parsed < 20_000
