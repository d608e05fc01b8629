"""Markdown as a document: nothing in a text is taken for markup, and every link and footnote leads somewhere."""

import random
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.render.formats.reading import Read, one_line, pandoc, pandoc_words, read
from tui.briefing.characters import FORBIDDEN
from tui.briefing.toml_text import basic_string
from tui.library.volume import Volume
from tui.render.exports import EXPORTS
from tui.render.formats.markdown_paragraphs import Writer
from tui.render.formats.markdown_syntax import nowhere, spans_markdown
from tui.render.page import Block, Para, Role, Span
from tui.render.selection import Selection, pane_names, view_names


def written(*spans: Span, marker: Span | None = None) -> str:
    """Write a paragraph as Markdown."""
    (line,) = Writer(nowhere, 3).blocks([Block("b", (Para(spans, marker),))])
    return line


def document(volume: Volume, pane: str | None = None, entry: str = "") -> list[str]:
    """Write a selection."""
    return list(EXPORTS["markdown"].briefing(Selection(volume, pane, entry), 80))


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain words", "plain words"),
        ("*not* emphasis", r"\*not\* emphasis"),
        ("snake_case [link](x) `code`", r"snake\_case \[link\](x) \`code\`"),
        ("<b> & &amp; # | \\ ~~x~~", r"\<b\> \& \&amp; \# \| \\ \~\~x\~\~"),
        ("- no item", r"\- no item"),
        ("+ no item", r"\+ no item"),
        ("--- no rule", r"\-\-\- no rule"),
        ("=== no heading", r"\=== no heading"),
        (": no definition", r"\: no definition"),
        ("1. no item", r"1\. no item"),
        ("12) no item", r"12\) no item"),
        ("a. no item", r"a\. no item"),
        ("(iv) no item", r"\(iv) no item"),
        ("1990 was a year", "1990 was a year"),
        ("U.S. ships", "U.S. ships"),
        ("$5 or $6, x$y$", r"$5 or $6, x\$y\$"),
        ("2^nd^ H~2~O @smith {.a}", r"2\^nd\^ H\~2\~O \@smith \{.a\}"),
        ('so... "it\'s" :smile:', r"so.\.\. \"it\'s\" \:smile:"),
        ("see https://a.org/b_c.", "see <https://a.org/b_c>."),
        ("a\u00a0b", "a b"),
        ("bell\x07 and \u202eback", "bell and back"),
    ],
)
def test_text_is_escaped(text: str, markdown: str) -> None:
    assert written(Span(text)) == markdown


@pytest.mark.parametrize(
    ("role", "markdown"),
    [
        ("strong", "**wo\\_rds**"),
        ("emphasis", "*wo\\_rds*"),
        ("quote", "wo\\_rds"),
        ("code", "`wo_rds`"),
        ("text", "wo\\_rds"),
    ],
)
def test_roles_have_their_marks(role: Role, markdown: str) -> None:
    assert written(Span("wo_rds", role)) == markdown


@pytest.mark.parametrize(
    ("spans", "markdown"),
    [
        ([Span("a"), Span(" b ", "strong"), Span("c"), Span("  ", "emphasis")], "a **b** c"),
        ([Span("a", "emphasis"), Span("b", "emphasis")], "*ab*"),
        ([Span("a", "emphasis"), Span("b", "strong")], "*a*b"),
        ([Span("a"), Span("“b”", "strong"), Span("c")], "a“b”c"),
        ([Span("`` `a", "code")], "``` `` `a ```"),
    ],
)
def test_marks_stand_where_every_reader_knows_them(spans: list[Span], markdown: str) -> None:
    """Not around blanks, beside each other, nor between a letter and a sign."""
    assert spans_markdown(spans).rstrip() == markdown


@pytest.mark.parametrize(
    ("span", "markdown"),
    [
        (Span("https://e.org/a_b?c=1&d=2", "link", "https://e.org/a_b?c=1&d=2"), "<https://e.org/a_b?c=1&d=2>"),
        (Span("https://e.org/a(b)", "link", "https://e.org/a(b)"), r"[https://e.org/a(b)](https://e.org/a%28b%29)"),
        (Span("a_b", "link", "https://e.org/ö&copy;"), r"[a\_b](https://e.org/%C3%B6&amp;copy;)"),
        (Span("C1", "link", "#seven"), "C1"),
    ],
)
def test_an_address_is_a_link(span: Span, markdown: str) -> None:
    assert written(span) == markdown


@pytest.mark.parametrize(
    ("marker", "markdown"),
    [("◦", "- words"), (" ", "- words"), ("→", "- words"), ("C1", "- **C1** words"), ("2.", "2. words")],
)
def test_markers(marker: str, markdown: str) -> None:
    assert written(Span("words"), marker=Span(marker)) == markdown


def test_a_reason_belongs_to_its_item() -> None:
    paras = [
        Para((Span("one"),), Span("→"), 7),
        Para((Span("why"),), indent=9),
        Para((Span("two"),), Span("→"), 7),
        Para((Span("apart"),), indent=5),
    ]
    assert list(Writer(nowhere, 3).paras(paras)) == ["- one", "", "  why", "", "- two", "", "apart"]


class TestBundled:
    """The documents of the bundled briefings."""

    def test_it_is_one_document(self, volume: Volume) -> None:
        found = checked(document(volume))
        assert found.headings[0] == (1, volume.edition.title)
        names = [*volume.entries, *volume.sources, *volume.entities]
        assert {name.partition(":")[2] for name in found.anchors} >= set(names)
        assert found.tables
        for entry in volume.edition.entries:
            assert any(said.startswith(entry.number) for level, said in found.headings if level == 3)

    def test_every_footnote_has_quotation_and_citation(self, volume: Volume) -> None:
        found = read(document(volume))
        noted = [*(one.notes for one in volume.edition.entries), *(one.notes for one in volume.edition.entities)]
        quotes = Counter(one_line(note.quote) for notes in noted for note in notes)
        assert sum(quotes.values()) == len(found.notes) == len(found.marks)
        for quote, number in quotes.items():
            assert sum(quote in said for said in found.notes.values()) >= number

    @pytest.mark.parametrize("name", [*pane_names(), *view_names()])
    def test_every_pane_is_one_too(self, volume: Volume, name: str) -> None:
        found = checked(document(volume, name))
        assert volume.edition.title in (found.headings[0][1] if name == "overview" else found.words)

    def test_every_entry_is_one_too(self, sample: Volume) -> None:
        for name in [*sample.entries, *sample.sources, *sample.entities]:
            checked(document(sample, entry=name))

    def test_front_page_comes_first_and_in_its_order(self, missiles: Volume) -> None:
        found = read(document(missiles))
        second = [said.partition(":")[0] for level, said in found.headings if level == 2]
        front = [
            "We judge",
            "How many, the least of each count first",
            "Disputed",
            "To be done",
            "Not known",
            "Watch",
            "Evidence",
        ]
        assert second[: len(front)] == front
        assert second[len(front) :] == [
            "How this was made", "Changes", "Background", "Claims", "Expert views", "Recommendations", "Sources", "Who stands where", "Figures",
            "Questions", "Entities",
        ]  # fmt: skip

    @pytest.mark.parametrize("form", ["markdown", "gfm"])
    def test_pandoc_reads_the_same(self, sample: Volume, handbook: Volume, form: str) -> None:
        for volume in (sample, handbook):
            lines = document(volume)
            page = pandoc("\n".join(lines), form, "--to=html", "--standalone", "--toc", "--metadata=pagetitle:x")
            ids = Counter(re.findall(r'\sid="([^"]*)"', page))
            assert [name for name, number in ids.items() if number > 1] == []
            assert [to for to in re.findall(r'\shref="#([^"]*)"', page) if to not in ids] == []
            assert 1 == page.count("<h1")
            assert page.count('class="footnote-ref"') == len(read(lines).notes)
            assert page.count("<table") == read(lines).tables


def checked(lines: list[str]) -> Read:
    """Read a document, and check what holds for every one."""
    found = read(lines)
    assert [level for level, _ in found.headings].count(1) == 1
    assert lines[0].startswith("# ")
    levels = [level for level, _ in found.headings]
    assert all(behind <= before + 1 for before, behind in pairwise(levels))
    assert sorted(found.notes) == sorted(set(found.marks)) == list(range(1, len(found.notes) + 1))
    assert len(found.anchors) == len(set(found.anchors))
    assert [to for to in found.links if to.startswith("#") and to[1:] not in found.anchors] == []
    assert all(to.startswith(("#", "http://", "https://", "ftp://")) for to in found.links)
    assert found.html == []
    for line in lines:
        assert "\n" not in line
        assert FORBIDDEN.search(line) is None
    return found


FRAGMENTS = (
    "*", "**", "_", "[x](y)", "[x]: y", "<script>alert(1)</script>", "<b>", "<!-- x -->", "|", " | ", "# ", "#", "`", "``",
    "1. ", "12) ", "- ", "+ ", "= ", ": ", "a. ", "(iv) ", "(@) ", "> ", "word", "Words", " ", "$", "$$", "$5", "^", "~", "~~",
    "@a", "{#id}", "{.c}", "\\", "\\\\", "&amp;", "&", "!", "![x](y)", "[^1]", "^[x]", "--", "---", "...", "'", '"', "“", "”", ":",
    ":smile:", "www.a_b.c", "https://e.org/a_b", "https://e.org/?a=1&b=2", "<https://e.org>", "a@b.c", "é", "한국", "%", "/", "\\begin{x}", "Table: ", "[[", "]]",
)  # fmt: skip
MOST = 46
"""Characters of a short name, the shortest of the keys."""
hostile = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=7).map(lambda parts: one_line("".join(parts)))
texts = hostile.filter(lambda text: any(sign.isalnum() for sign in text) and len(text) <= MOST)


def hostile_briefing(made: Callable[..., Volume], words: list[str]) -> Volume:
    """Make a briefing of eleven hostile texts, in keys that are no prose."""
    title, short, quote, source, name, unit, paper, hedge, holder, role, view = map(basic_string, words)
    tables = f"""
[[source]]
id = "s"
type = "webpage"
title = "A page"
url = "https://example.org/a_b"
author = [{name}]

[[entity]]
id = "e"
type = "person"
name = {name}
role = {source}
affiliation = {paper}
cite = [{{ source = "s", quote = {quote} }}]

[[claim]]
id = "c"
short = {short}
text = "A claim."
by = "e"
hedge = {hedge}
quantity = {{ of = "swans", min = 7, unit = {unit}, words = {quote} }}
cite = [{{ source = "s", quote = {quote} }}, {{ source = "s" }}]

[[view]]
id = "v"
who = {holder}
role = {role}
short = {view}
text = "A view."
rests_on = ["c"]

[[question]]
id = "q"
text = "How many?"
positions = [{{ id = "p", text = "seven", entries = ["c"] }}]
"""
    return made(f"authors = [{holder}]\n{tables}", format="2", title=title[1:-1])


@given(words=st.lists(texts, min_size=11, max_size=11))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_texts_stay_texts(made: Callable[..., Volume], words: list[str]) -> None:
    volume = hostile_briefing(made, words)
    for pane in (None, "claims", "evidence:figures"):
        found = checked(document(volume, pane))
        everything = one_line(" ".join([found.words, *found.notes.values()])).casefold()
        expected = words if pane is None else [words[2], words[5], words[4]]
        assert [text for text in expected if text.casefold() not in everything] == []


@pytest.mark.parametrize("form", ["markdown", "gfm"])
def test_pandoc_leaves_hostile_texts_alone(form: str) -> None:
    """Beside the fragments themselves, many drawn at random, in one call."""
    draw = random.Random(7)  # noqa: S311 (the same every time)
    drawn = ["".join(draw.choices(FRAGMENTS, k=draw.randint(1, 7))) for _ in range(400)]
    found = [one_line(text) for text in (*FRAGMENTS, *drawn)]
    found = [text for text in found if any(sign.isalnum() for sign in text)]
    lines = [written(Span(text)) for text in found]
    said = pandoc_words("\n\n".join(lines), form)
    assert one_line(" ".join(found)) == said
