"""Citations in the notes style of the Chicago Manual of Style."""

import re
from types import SimpleNamespace
from typing import Any, Final, cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.source import SourceType
from tui.library.records import Source
from tui.library.volume import Volume
from tui.render.citation import chain_word, citation_with_chain, text_of
from tui.render.page import Span

BARE = Source(
    id="s", number=1, label="Label", digest="", type="book", title="", author=(), publisher="", container="", issued="",
    accessed="", url="", lang="", unknown=(), sha256="", cited_in="", origin=(), seen="full", reliability="F",
    descriptor="", held="", held_sha256="", paragraphs=0,
)  # fmt: skip


def citation(source: Source, page: str = "") -> tuple[Span, ...]:
    """Cite a source that was read itself."""
    alone = cast("Volume", SimpleNamespace(chain=lambda one: (one,), entities={}))
    return citation_with_chain(alone, source, page=page)


def cited(**particulars: Any) -> str:
    """Cite a source with some particulars."""
    return text_of(citation(BARE._replace(**particulars)))


@pytest.mark.parametrize(
    ("particulars", "expected"),
    [
        ({"type": "book", "title": "Swans", "author": ("Keeper, Ann",), "publisher": "Press", "issued": "1999"},
         "Ann Keeper, Swans (Press, 1999)."),
        ({"type": "article-journal", "title": "Swans", "author": ("Ann Keeper",), "container": "Journal", "issued": "2025-04"},
         "Ann Keeper, “Swans,” Journal, April 2025."),
        ({"type": "article-newspaper", "title": "Swans", "publisher": "The Daily", "issued": "2025-04-10"},
         "“Swans,” The Daily, 10 April 2025."),
        ({"type": "article-newspaper", "title": "Swans", "publisher": "Agency", "container": "The Daily"},
         "Agency, “Swans,” The Daily."),
        ({"type": "article-newspaper", "title": "Swans", "author": ("Ann Keeper",), "publisher": "Agency",
          "container": "The Daily"}, "Ann Keeper, “Swans,” The Daily."),
        ({"type": "report", "title": "Swans", "publisher": "Office"}, "Swans (Office)."),
        ({"type": "hearing", "title": "On swans", "author": ("Ann Keeper",)}, "On swans: Hearing (testimony of Ann Keeper)."),
        ({"type": "hearing", "title": "A hearing"}, "A hearing."),
        ({"type": "interview", "author": ("Ann Keeper",)}, "Ann Keeper, untitled interview."),
        ({"type": "article-newspaper"}, "Untitled newspaper article."),
        ({"type": "article-newspaper", "publisher": "The Daily"}, "The Daily, untitled newspaper article."),
        ({"type": "legal_case"}, "Untitled legal case."),
        ({"type": "paper-conference"}, "Untitled paper conference."),
        ({"type": "webpage", "title": "Swans", "url": "https://example.org/"}, "“Swans,” https://example.org/."),
        ({"type": "webpage", "title": "Swans", "url": "https://example.org/?"}, "“Swans,” https://example.org/?."),
        ({"type": "webpage", "title": "Swans", "accessed": "2025-04-10"}, "“Swans,” accessed 10 April 2025."),
        ({"type": "webpage", "title": "Swans", "unknown": ("issued",)}, "“Swans.”"),
        ({"title": "Swans", "unknown": ("issued",)}, "Swans (n.d.)."),
        ({"title": "Swans", "unknown": ("issued",), "accessed": "2025"}, "Swans (n.d.), accessed 2025."),
        ({"title": "Swans", "unknown": ("issued",), "issued": "2025"}, "Swans (2025)."),
        ({"title": "Swans", "issued": "2024-05-01?"}, "Swans ([2024?])."),
        ({"type": "map", "title": "Swans", "issued": "2024-05-01~"}, "Swans [ca. 1 May 2024]."),
        ({"title": "Swans", "issued": "2024-05/2025-02"}, "Swans (2024–2025)."),
        ({"title": "Swans", "issued": "2024-05/2024-07"}, "Swans (2024)."),
        ({"title": "Swans", "issued": "2024-XX"}, "Swans (2024)."),
        ({"type": "map", "title": "Swans", "issued": "2024-XX"}, "Swans, 2024 (month unknown)."),
        ({"title": "Swans", "issued": "189X"}, "Swans (the 1890s)."),
        ({"title": "Why swans?"}, "Why swans?"),
        ({"type": "chapter", "title": "Why swans?"}, "“Why swans?”"),
        ({"type": "chapter", "title": "Swans"}, "“Swans.”"),
        ({"type": "chapter", "title": "Why swans?", "container": "Book"}, "“Why swans?,” in Book."),
        ({"type": "chapter", "title": "On “swans” here"}, "“On ‘swans’ here.”"),
        ({"type": "webpage", "title": "Swans", "publisher": "Swan Inc."}, "“Swans,” Swan Inc."),
        ({"title": "Swans", "author": ("Office",), "publisher": "Office"}, "Office, Swans (Office)."),
        ({"title": "Swans", "author": ("A", "B")}, "A and B, Swans."),
        ({"title": "Swans", "author": ("A", "B", "C")}, "A et al., Swans."),
        ({"title": "Swans", "author": ("{Ponds, Mills and Co.}",)}, "Ponds, Mills and Co., Swans."),
    ],
)  # fmt: skip
def test_a_citation(particulars: dict[str, object], expected: str) -> None:
    assert expected == cited(**particulars)


@pytest.mark.parametrize(
    ("title", "quoted", "italic"),
    [
        ("The pond is closed.", "“The pond is closed,” 2024.", "The pond is closed, 2024."),
        ("Where do swans go?", "“Where do swans go?,” 2024.", "Where do swans go?, 2024."),
        ("Help!", "“Help!,” 2024.", "Help!, 2024."),
        ("Swans;", "“Swans,” 2024.", "Swans, 2024."),
        ("Of swans, “and ponds:”", "“Of swans, ‘and ponds,’” 2024.", "Of swans, “and ponds,” 2024."),
        ("Swans, ponds,", "“Swans, ponds,” 2024.", "Swans, ponds, 2024."),
        ("And then…", "“And then…,” 2024.", "And then…, 2024."),
        ("Swans of the U.S.", "“Swans of the U.S.,” 2024.", "Swans of the U.S., 2024."),
        ("He said “the pond is closed”", "“He said ‘the pond is closed,’” 2024.", "He said “the pond is closed,” 2024."),
        ("He said “the pond is closed.”", "“He said ‘the pond is closed,’” 2024.", "He said “the pond is closed,” 2024."),
        ("“Is it?”", "“‘Is it?,’” 2024.", "“Is it?,” 2024."),
        ('He said "the pond" is \'closed\'', "“He said ‘the pond’ is ‘closed,’” 2024.",
         "He said “the pond” is “closed,” 2024."),
        ("I said “no ‘never’ to him”: it", "“I said ‘no “never” to him’: it,” 2024.",
         "I said “no ‘never’ to him”: it, 2024."),
        ("He asked: “Who said ‘never’?”", "“He asked: ‘Who said “never”?,’” 2024.", "He asked: “Who said ‘never’?,” 2024."),
        ("He said “I said ‘never’”", "“He said ‘I said “never,”’” 2024.", "He said “I said ‘never,’” 2024."),
        ("He said “I said ‘never.’”", "“He said ‘I said “never,”’” 2024.", "He said “I said ‘never,’” 2024."),
        ("He said “it’s the keepers’ pond”", "“He said ‘it’s the keepers’ pond,’” 2024.", "He said “it’s the keepers’ pond,” 2024."),
        ("Le « lac »", "“Le « lac »,” 2024.", "Le « lac », 2024."),
        ("Er rief „‚Halt!‘“", "“Er rief ‘“Halt!,”’” 2024.", "Er rief “‘Halt!,’” 2024."),
        ("„Der Teich“", "“‘Der Teich,’” 2024.", "“Der Teich,” 2024."),
        ("The town's swans", "“The town’s swans,” 2024.", "The town’s swans, 2024."),
        ("The keepers’", "“The keepers’,” 2024.", "The keepers’, 2024."),
        ("Swans of the '90s", "“Swans of the ’90s,” 2024.", "Swans of the ’90s, 2024."),
        ("A swan 5'10\" tall", "“A swan 5'10\" tall,” 2024.", "A swan 5'10\" tall, 2024."),
        ("« Le lac » est fermé", "“« Le lac » est fermé,” 2024.", "« Le lac » est fermé, 2024."),
    ],
)  # fmt: skip
def test_punctuation_stands_inside_quotation_marks(title: str, quoted: str, italic: str) -> None:
    """With the marks within a title nested, and ? and ! kept beside the comma."""
    assert quoted == cited(type="webpage", title=title, issued="2024")
    assert italic == cited(type="map", title=title, issued="2024")


@given(st.text("aZ .,?!…\"'“”‘’„‚«»5", min_size=1, max_size=20).filter(str.strip))
def test_a_citation_of_any_title_ends_once(title: str) -> None:
    for kind in ("map", "webpage"):
        assert cited(type=kind, title=title, issued="2024").endswith(("2024.",))
        alone = cited(type=kind, title=title)
        assert re.search(r"[.?!…][”’]*$", alone)
        assert not alone.endswith(("”.", "”,"))


PARTS: Final = st.lists(
    st.tuples(
        st.sampled_from(["swans", "geese?", "it’s", "Help!", "ponds,", "a “pond” of"]), st.sampled_from(["", "?", "!"])
    ),
    min_size=1,
    max_size=5,
)


def nested(parts: list[tuple[str, str]], depth: int = 0) -> str:
    """Write words that end in a quotation, which ends in another one, and so on."""
    (words, stop), *inner = parts
    marks = ("“”", "‘’")[depth % 2]
    if depth % 2:
        words = words.replace("“", "‘").replace("”", "’")
    return f"{words} {marks[0]}{nested(inner, depth + 1)}{stop}{marks[1]}" if inner else words


@given(PARTS)
def test_no_comma_or_stop_stands_behind_or_between_closing_marks(parts: list[tuple[str, str]]) -> None:
    """However deep the title ends in a quotation."""
    title = nested(parts)
    for kind in ("book", "map", "webpage"):
        for said in (cited(type=kind, title=title, issued="2024"), cited(type=kind, title=title)):
            assert not re.search(r"[”’][,.]", said), said


@pytest.mark.parametrize("kind", get_args(SourceType))
@pytest.mark.parametrize("title", ["", "Swans"])
def test_every_type_of_source_can_be_cited(kind: str, title: str) -> None:
    """In words that a reader knows, never in the format's own."""
    said = cited(type=kind, title=title, author=("Ann Keeper",), issued="2025")

    assert "Ann Keeper" in said or kind in {"bill", "legal_case", "legislation", "regulation"}
    assert re.search(r"2025\)?\.$|\(2025\) \(testimony of Ann Keeper\)\.$|on 2025\.$", said)
    assert "_" not in said
    assert "-" not in said
    assert "  " not in said
    assert ",," not in said


@pytest.mark.parametrize("kind", ["hearing", "interview", "speech", "manuscript", "personal_communication"])
def test_the_type_is_said_where_nothing_else_tells(kind: str) -> None:
    assert kind.replace("_", " ") in cited(type=kind, title="Swans").lower()


@pytest.mark.parametrize(
    ("kind", "role"), [("book", "emphasis"), ("report", "emphasis"), ("webpage", "text"), ("chapter", "text")]
)
def test_works_of_their_own_are_italic(kind: str, role: str) -> None:
    assert {span.text.strip("“,”."): span.role for span in citation(BARE._replace(type=kind, title="Swans"))}[
        "Swans"
    ] == role


def test_a_newspaper_is_italic() -> None:
    """Also where it is only named as the publisher."""
    roles = {s.text: s.role for s in citation(BARE._replace(type="article-newspaper", title="T", publisher="Daily"))}

    assert roles["Daily"] == "emphasis"


def test_an_address_is_a_link_and_may_be_left_out() -> None:
    source = BARE._replace(title="Swans", url="https://example.org/")

    assert citation(source)[-2].target == "https://example.org/"


class TestChains:
    def test_as_reported_in(self, sample: Volume) -> None:
        said = text_of(citation_with_chain(sample, sample.sources["miller"]))

        assert said.startswith(
            "The Miller, untitled interview, as reported in Ann Keeper, “The pond book,” in The books"
        )
        assert said.endswith("https://example.org/pond.")

    def test_quoted_in(self, sample: Volume) -> None:
        """Only where the words are direct, and only of the first link."""
        said = text_of(citation_with_chain(sample, sample.sources["letter"], direct=True))

        assert said.startswith(
            "“A letter,” personal communication, quoted in The Miller, untitled interview, as reported in Ann"
        )
        assert chain_word(direct=True) == "quoted in"

    def test_without_a_chain_it_is_the_citation(self, volume: Volume) -> None:
        for source in volume.edition.sources:
            if not source.cited_in:
                assert text_of(citation_with_chain(volume, source)) == text_of(citation(source))

    def test_a_title_alone_ends_with_its_stop(self, sample: Volume) -> None:
        source = BARE._replace(id="idle", type="chapter", title="Swans")
        volume = Volume(sample.edition._replace(sources=(source,)), sample.path)

        assert text_of(citation_with_chain(volume, source)) == "“Swans.”"

    def test_a_title_before_a_chain_has_no_stop(self, sample: Volume) -> None:
        inner = BARE._replace(id="a", type="chapter", title="Swans", cited_in="b")
        outer = BARE._replace(id="b", type="chapter", title="Geese")
        volume = Volume(sample.edition._replace(sources=(inner, outer)), sample.path)

        assert text_of(citation_with_chain(volume, inner)) == "“Swans,” as reported in “Geese.”"

    def test_every_citation_ends_once(self, volume: Volume) -> None:
        for source in volume.edition.sources:
            for direct in (True, False):
                said = text_of(citation_with_chain(volume, source, direct=direct))
                assert said.endswith((".", ".”", "?”", "!”"))
                assert not said.endswith(("..", ".”."))
                assert "., ." not in said


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("6", "Swans (2025), p. 6, accessed 2026, https://example.org/."),
        ("6-7", "Swans (2025), pp. 6-7, accessed 2026, https://example.org/."),
        ("iv", "Swans (2025), p. iv, accessed 2026, https://example.org/."),
        ("6, 9", "Swans (2025), pp. 6, 9, accessed 2026, https://example.org/."),
        ("¶3", "Swans (2025), ¶3, accessed 2026, https://example.org/."),
        ("p. 6", "Swans (2025), p. 6, accessed 2026, https://example.org/."),
        ("", "Swans (2025), accessed 2026, https://example.org/."),
    ],
)
def test_a_page_stands_behind_the_date_and_before_the_address(page: str, said: str) -> None:
    source = BARE._replace(title="Swans", issued="2025", accessed="2026", url="https://example.org/")
    assert said == text_of(citation(source, page))
