"""The signs of pages: one table, one meaning each, and no id or hash in a reader's prose."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import tui
from tui.briefing.anchors import State
from tui.briefing.kinds import ENTRY_PANES
from tui.library.origin_names import origin_name
from tui.library.records import Footnote
from tui.library.records_json import to_json
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.layout import lay_out
from tui.render.page import Page, Span
from tui.render.pages import page_of
from tui.render.parts import parts_of
from tui.render.signs import FOOTNOTE, sign_of, sign_page, signs_in
from tui.render.views import VIEWS

ROOT = Path(tui.__file__).parent
IN_SENTENCES = {signs.DOT.symbol, signs.PARAGRAPH.symbol, signs.BOOKMARK.symbol}
"""Signs that are also written in the midst of texts."""
PUNCTUATION = set("“”‘’–—…")
OTHERS = (
    "tui/reader/widgets/chooser.py",
    "tui/session/keymap.py",
    "tui/session/address_page.py",
    "tui/render/progress.py",
)
"""Modules that draw what is no sign of a page: a caret, the arrow keys, a QR code, and the parts of a cell."""


def names_of_pages(volume: Volume) -> Iterator[str]:
    """Name every page of a briefing, each view in all its forms."""
    yield from ("overview", *ENTRY_PANES, "sources", "entities", "evidence")
    yield from (f"evidence:{view.name}" for view in VIEWS)
    yield from ("evidence:matrix/listed", "evidence:matrix/grouped/listed", "evidence:timeline/listed")
    yield "evidence:timeline/as-of=2025-04-11"
    yield from (f"entry:{name}" for name in volume.entries)
    yield from (f"source:{name}" for name in volume.sources)
    yield from (f"entity:{name}" for name in volume.entities)


def drawn(page: Page, width: int) -> str:
    """Draw a page."""
    blocks = (page.block(place) for place in range(len(page)))
    lines = (line for block in blocks for part in parts_of(block) for line in part.lines(width))
    return "\n".join("".join(span.text for span in line.spans) for line in lines)


def shapes() -> list[str]:
    """List every character of every sign."""
    return [shape for sign in signs.SYMBOLS for shape in (sign.symbol, *sign.shapes)]


def pages(volume: Volume) -> Iterator[tuple[str, Page]]:
    for name in names_of_pages(volume):
        page = page_of(volume, name)
        assert page is not None, name
        yield name, page


def test_no_symbol_has_two_meanings() -> None:
    assert len(set(shapes())) == len(shapes())
    assert len({sign.symbol for sign in signs.WORDS}) == len(signs.WORDS)
    for sign in (*signs.SYMBOLS, *signs.WORDS):
        assert sign.name
        assert sign.meaning.endswith(".")


def test_the_table_has_every_sign() -> None:
    named = [value for value in vars(signs).values() if isinstance(value, signs.Sign)]
    assert sorted(named) == sorted(signs.SYMBOLS)


@pytest.mark.parametrize("folder", ["render", "reader"])
def test_symbols_are_written_in_the_table_alone(folder: str) -> None:
    symbols = set(shapes()) - IN_SENTENCES
    for path in (ROOT / folder).rglob("*.py"):
        where = str(path.relative_to(ROOT.parent))
        if path.name == "signs.py" or where in OTHERS:
            continue
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                assert symbols.isdisjoint(node.value), f"{where}:{node.lineno}: {node.value}"


@pytest.mark.parametrize("width", [50, 160])
def test_every_glyph_of_every_page_is_in_the_table(volume: Volume, width: int) -> None:
    """What the content itself has, such as a currency, is no sign."""
    content = set(to_json(volume.edition))
    known = set(shapes()) | PUNCTUATION | content
    for name, page in pages(volume):
        strange = {
            letter for letter in drawn(page, width) if not (letter.isalnum() or letter.isspace() or letter.isascii())
        }
        assert strange <= known, name


def test_no_hash_but_on_the_page_of_a_source(volume: Volume) -> None:
    hashes = {text[:4] for source in volume.edition.sources for text in (source.sha256, source.held_sha256) if text}
    for name, page in pages(volume):
        found = [word for word in re.findall(r"\b[0-9a-f]{4,64}\b", drawn(page, 400)) if word[:4] in hashes]
        assert not [word for word in found if not word.isdecimal()] or name.startswith("source:"), name


def test_the_page_of_a_source_has_the_hash_of_its_text(sample: Volume) -> None:
    page = page_of(sample, "source:pond")
    assert page is not None
    assert f"Its sha256 is {sample.sources['pond'].held_sha256}." in drawn(page, 400)


def test_no_id_of_the_file_stands_in_prose(volume: Volume) -> None:
    """An id that has a hyphen or a figure is no English word; one that the author wrote himself is his text."""
    edition = volume.edition
    things: tuple[Any, ...] = (*edition.entries, *edition.sources, *edition.entities)
    origins = {origin for source in edition.sources for origin in source.origin}
    ids = {name for name in origins | {thing.id for thing in things} if re.search(r"[-0-9_]", name)}
    bare = (
        thing._replace(id="", **({"links": (), "notes": ()} if hasattr(thing, "links") else {})) for thing in things
    )
    texts = "\n".join(str(field) for thing in bare for field in thing if isinstance(field, str))
    ids = {name for name in ids if name not in f"{texts}\n{edition.bluf}\n{edition.note}"}
    assert ids or edition.id == "sample"
    pattern = re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, sorted(ids))) or '(?!)'})(?![\w-])")
    for name, page in pages(volume):
        assert not pattern.findall(f"{page.title}\n{drawn(page, 400)}"), name


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("pond", "Pond book"),
        ("water", "Quillby Pond"),
        ("unnamed-reports", "unnamed reports"),
        ("water-2026-11-09", "Quillby Pond, 9 November 2026"),
        ("agency-2025-06", "agency, June 2025"),
        ("unsc-1718", "unsc 1718"),
        ("mill", "mill"),
        ("Choe Jung-hun", "Choe Jung-hun"),
        ("the vice-mayor", "the vice-mayor"),
    ],
)
def test_an_origin_has_a_name(sample: Volume, origin: str, name: str) -> None:
    assert origin_name(origin, sample.sources, sample.entities) == name


def test_what_a_source_rests_on_is_named_and_leads_there(missiles: Volume) -> None:
    page = page_of(missiles, "sources")
    assert page is not None
    voices = {origin.id for origin in missiles.edition.origins if origin.by and origin.by.entity == "hur"}
    source = next(source for source in missiles.edition.sources if voices.intersection(source.origin))
    paras = page.block(source.number - 1).paras
    [rests] = [para for para in paras if para.text.startswith("Rests on ")]
    assert missiles.entities["hur"].name in rests.text
    assert "#hur" in [span.target for span in rests.spans]


def test_signs_are_found_in_what_a_page_shows() -> None:
    spans = (
        Span("The claim has a ", "text"), Span("⇄", "conflict"), Span("\u00a0· B2", "rating"), Span("F", "rating"),
        Span("¹²", "note"), Span(" · read · ", "meta"), Span("stands 2 times", "warning"), Span("hedge ", "meta"),
        Span("not\u00a0checked", "meta"), Span("excerpt checked", "text"),
    )  # fmt: skip
    found = [sign.symbol for sign in signs_in(spans)]
    assert found == ["⇄", "·", "B2", "F", "stands 2 times", FOOTNOTE, "not checked", "read", "hedge"]


def test_the_signs_of_a_page_are_all_explained(volume: Volume) -> None:
    for _, page in pages(volume):
        blocks = (page.block(place) for place in range(min(30, len(page))))
        for sign in signs_in(span for block in blocks for para in block.paras for span in para.spans):
            assert drawn(sign_page(sign.symbol), 80).strip() > sign.symbol


@pytest.mark.parametrize("symbol", ["⇄", "B2", "F", FOOTNOTE, "checked", "stands 3 times"])
def test_a_sign_has_a_page(symbol: str) -> None:
    sign = sign_of(symbol)
    assert sign is not None
    said = drawn(sign_page(symbol), 80)
    assert sign.name in said
    assert len(said.split()) > len(sign.name.split()) + 4


@pytest.mark.parametrize("state", get_args(State))
@pytest.mark.parametrize("named", ["", "abcdef", "012345"])
def test_each_word_for_a_check_is_a_sign(sample: Volume, state: State, named: str) -> None:
    source = sample.sources["pond"]._replace(sha256=named)
    for checked in ("", "abcdef"):
        note = Footnote(1, "s", "swans", state=state, checked=checked, occurrences=2)
        assert sign_of(words.check_words(note, source))


def test_each_short_word_for_a_source_is_a_sign(sample: Volume) -> None:
    no_quote = words.check_words(Footnote(1, "s"), sample.sources["pond"])
    for said in (*words.SEEN_BRIEFLY.values(), words.DRAFT, no_quote):
        assert sign_of(said)


def test_a_rating_is_explained_with_its_whole_scale() -> None:
    said = drawn(sign_page("F3"), 80)
    for part in (
        "whose reliability cannot be judged, statement possibly true",
        "A  completely reliable",
        "6  truth cannot",
    ):
        assert part in said


def test_what_is_no_sign_has_no_explanation() -> None:
    for symbol in ("", "Z9", "A9", "word", "B22"):
        assert sign_of(symbol) is None
    assert "no such sign" in drawn(sign_page("word"), 80)


def test_every_explanation_says_what_the_sign_means() -> None:
    """To a newcomer, the sign's name again says nothing."""
    made = (sign_of(symbol) for symbol in (FOOTNOTE, signs.WEIGHT, "B2", "F", "stands 2 times"))
    for sign in (*signs.SYMBOLS, *signs.WORDS, *filter(None, made)):
        told = set(re.findall(r"[a-z]+", sign.meaning.casefold()))
        assert sign.name.casefold() != sign.symbol.casefold(), sign
        assert len(sign.gist.split()) >= 6, sign
        assert len(told - set(re.findall(r"[a-z]+", f"{sign.name} {sign.symbol}".casefold()))) >= 5, sign


def test_what_a_sign_says_is_true_wherever_it_stands(missiles: Volume) -> None:
    """▲, ▼ and ┈ stand beside sources, pieces of evidence, and signs to watch for."""
    page = page_of(missiles, "evidence:conflicts:how-many")
    assert page is not None
    assert set("▲▼┈") <= set(drawn(page, 120))
    for symbol in "▲▼┈":
        sign = sign_of(symbol)
        assert sign
        assert "source" not in sign.gist
        assert sign.cell in drawn(sign_page(symbol), 200)


def test_the_figures_of_the_table_of_claims_are_explained(sample: Volume, missiles: Volume) -> None:
    for volume in (sample, missiles):
        page = page_of(volume, "evidence:matrix")
        assert page is not None
        lines = (line for place in range(len(page)) for line in lay_out(page.block(place), 76))
        found = {sign.symbol for sign in signs_in(span for line in lines for span in line.spans)}
        assert {signs.WEIGHT, "–"} <= found


def test_a_dash_within_words_is_no_sign() -> None:
    assert not signs_in([Span("5–20 %", "meta"), Span("a day – no more", "text"), Span("2 Nov – 3 Nov", "meta")])


def test_the_dash_of_a_range_is_no_sign() -> None:
    assert signs_in([Span("B4"), Span("–", "meta"), Span("B14")]) == ()
    assert [sign.name for sign in signs_in([Span(" –", "meta")])] == ["no source"]


@pytest.mark.parametrize("symbol", ["A", "F", "B3"])
def test_the_gist_of_a_rating_is_whole(symbol: str) -> None:
    sign = sign_of(symbol)
    assert sign
    assert sign.gist.endswith(".")
