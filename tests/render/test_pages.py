"""The pages of a briefing: every one builds, and holds what it should."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.render.shown import blocks_text, page_text
from tui.briefing.characters import FORBIDDEN
from tui.briefing.kinds import PANES
from tui.library.volume import Volume
from tui.render import words
from tui.render.page import Page
from tui.render.pages import entity_page, entry_page, page_of, pane_page, source_page, text_page
from tui.render.views import VIEWS

Made = Callable[..., Volume]


def every_page(volume: Volume) -> list[Page]:
    """Give every page that a briefing has."""
    names = [*PANES, "entities"]
    names += [f"evidence:{view.name}" for view in VIEWS]
    names += ["evidence:matrix/listed", "evidence:matrix/grouped", "evidence:timeline/listed"]
    names += [f"entry:{name}" for name in volume.entries]
    names += [f"entity:{name}" for name in volume.entities]
    names += [f"{kind}:{name}" for name in volume.sources for kind in ("source", "text")]
    pages = [page_of(volume, name) for name in names]
    assert None not in pages
    return [page for page in pages if page is not None]


def text(page: Page, width: int = 100) -> str:
    """Give a page as plain text."""
    return "\n".join(page_text(page, width))


def flat(page: Page) -> str:
    """Give a page's words with its lines joined."""
    return " ".join(text(page, 400).split())


def test_every_block_of_every_page_builds(volume: Volume) -> None:
    """With the id that the page announces, and nothing that acts on a terminal."""
    for page in every_page(volume):
        assert page.title
        for place in range(len(page)):
            block = page.block(place)
            assert block.id == page.ids[place]
            assert page.index_of(block.id) is not None
            assert FORBIDDEN.sub("", block.text.replace("\n", "")) == block.text.replace("\n", "")


def test_entries_are_counted_and_no_headings(volume: Volume) -> None:
    """Nor legends, nor what a page itself is about; from 1 to the number of all."""
    for page in every_page(volume):
        counters = [page.counter(place) for place in range(len(page))]
        numbers = [number for number, _ in counters if number]
        assert numbers == list(range(1, len(numbers) + 1))
        assert {whole for _, whole in counters} <= {len(numbers)}
        for place, (number, _) in enumerate(counters):
            roles = {span.role for para in page.block(place).paras[:1] for span in para.spans[:1]}
            assert not number or "heading" not in roles or page.block(place).target


@pytest.mark.parametrize(
    ("name", "whole"),
    [("claims", "claims"), ("sources", "sources"), ("overview", "nothing"), ("evidence:provenance", "citing")],
)
def test_what_is_counted(sample: Volume, name: str, whole: str) -> None:
    page = page_of(sample, name)
    assert page is not None
    counts = {
        "claims": len(sample.pane("claims")),
        "sources": len(sample.edition.sources),
        "nothing": 0,
        "citing": sum(bool(entry.notes) for entry in sample.edition.entries),
    }
    assert page.counter(0)[1] == counts[whole]


def test_every_link_leads_somewhere(volume: Volume) -> None:
    """To an entry, a source, an entity, a footnote, a text, a page, an address, or a command."""
    known = {*volume.entries, *volume.sources, *volume.entities}
    for page in every_page(volume):
        for place in range(len(page)):
            block = page.block(place)
            spans = [span for para in block.paras for span in (*para.spans, *([para.marker] if para.marker else []))]
            for target in [block.target, *(span.target for span in spans)]:
                kind, _, name = target.partition(":")
                if target.startswith("#"):
                    assert target[1:] in known
                elif kind == "text":
                    assert volume.sources[name.partition("/")[0]].held
                elif kind == "page":
                    assert page_of(volume, name) is not None
                else:
                    assert kind in {"", "note", "http", "https", "command"}


@pytest.mark.parametrize("width", [8, 20, 50, 80, 120, 200])
def test_no_page_is_wider_than_its_width(volume: Volume, width: int) -> None:
    for name in [*PANES, "entities"]:
        page = page_of(volume, name)
        assert page is not None
        for line in blocks_text((page.block(place) for place in range(len(page))), width):
            assert cell_len(line) <= width


@pytest.mark.parametrize(
    "name", ["nothing", "entry:nothing", "entity:nothing", "source:nothing", "text:nothing", "x:y"]
)
def test_there_is_no_page_of_what_is_not_there(sample: Volume, name: str) -> None:
    assert page_of(sample, name) is None


class TestPanes:
    def test_a_page_without_entries_says_so(self, made: Made) -> None:
        """In words that are true, on every page of a briefing that has nothing."""
        empty = made()
        for page in every_page(empty):
            assert len(page), page.title
            assert "nothing to be" not in flat(page)
        for pane in (*PANES, "entities"):
            if pane not in {"overview", "evidence"}:
                shown = page_of(empty, pane)
                assert shown is not None
                assert flat(shown) == f"{shown.title} This briefing has no {shown.title.lower()}."

    def test_a_claim_shows_kind_speaker_hedge_date_rating_and_conflict(self, sample: Volume) -> None:
        said = flat(pane_page(sample, "claims"))

        for words_of in (
            "C1 The book has seven swans. ¹ ⁵",
            "report · Ann Keeper · hedge “there were” · 8 November 2026 · B2 · 2 sources, 2 origins",
            "swans: 7 (“seven”)",
            "We assess this as likely (55–80%). Our confidence in this is low.",
            "⇄ conflicts with C2 The miller saw eleven swans",
        ):
            assert words_of in said

    def test_a_view_shows_who_holds_it(self, sample: Volume) -> None:
        said = flat(pane_page(sample, "views"))

        assert "V1 Ann Keeper, keeper of the book, the mill The swans will probably stay." in said
        assert "via Pond book" in said
        assert "V2 Somebody Else, passer-by They will go." in said

    def test_a_recommendation_shows_who_is_to_act(self, sample: Volume) -> None:
        said = flat(pane_page(sample, "recommendations"))

        assert "for Ann Keeper (implied) · the book · modal “ought to”" in said
        assert "rests on C1, C2" in said

    def test_a_question_shows_what_it_is_about(self, sample: Volume) -> None:
        assert "about C1, C2, Quillby Pond" in flat(pane_page(sample, "questions"))

    def test_more_conflicts_than_can_be_taken_in(self, made: Made) -> None:
        """The first are shown, and of the others the numbers."""
        names = [f"c{number}" for number in range(8)]
        tables = "".join(f'[[claim]]\nid = "{name}"\nby = "x"\ntext = "Text of {name}."\n' for name in names[1:])
        volume = made(
            f'[[claim]]\nid = "c0"\nby = "x"\ntext = "t"\nconflicts = {names[1:]!r}\n'.replace("'", '"') + tables
        )
        said = flat(pane_page(volume, "claims"))

        for number in range(2, 9):
            assert f"C{number}" in said.partition("C2 Text of")[0] + said.partition("conflicts with")[2]
        assert len(volume.links.relations(volume.entries["c0"])) == 7


class TestEntryPage:
    def test_it_has_every_relation_both_ways_and_its_reasons(self, sample: Volume) -> None:
        said = flat(entry_page(sample, sample.entries["seven"]))

        for words_of in (
            "conflicts with C2",
            "Eleven is not seven.",
            "supported by C3",
            "Geese are not counted.",
            "relied on by R1",
            "spoken of in Q1",
            "It was misty.",
            "3 footnotes",
        ):
            assert words_of in said

    def test_each_footnote_has_its_citation_and_its_check(self, volume: Volume) -> None:
        for entry in volume.edition.entries:
            page = entry_page(volume, entry)
            notes = [page.block(place) for place in range(len(page)) if page.ids[place].startswith("note:")]
            assert len(notes) == len(entry.notes)
            for note, block in zip(entry.notes, notes, strict=True):
                source = volume.sources[note.source]
                assert words.reliability_words(source) in block.text
                assert words.check_sentence(note, source, volume.carried_by(source)) in block.text
                if note.quote:
                    assert words.quoted(note.quote) in block.text

    def test_a_passage_is_marked_in_its_paragraph(self, sample: Volume) -> None:
        page = entry_page(sample, sample.entries["eleven"])
        passages = [
            (para.marker.text if para.marker else "", para.text, span.text)
            for place in range(len(page))
            for para in page.block(place).paras
            for span in para.spans
            if span.role == "passage"
        ]

        assert passages == [("¶3", "The miller said: “I saw eleven swans.”", "I saw eleven swans")]

    def test_every_checked_quote_of_the_handbook_has_its_passage(self, handbook: Volume) -> None:
        for entry in handbook.edition.entries:
            page = entry_page(handbook, entry)
            for place, note in enumerate(entry.notes, 1):
                block = page.block(page.index_of(f"note:{place}") or 0)
                marked = [span.text for para in block.paras for span in para.spans if span.role == "passage"]
                expected = [" ".join(note.quote.split("\n"))] if note.state == "exact" else []
                assert marked == expected

    def test_a_text_that_changed_since_it_was_checked_shows_no_passage(self, tmp_path: Path, sample: Volume) -> None:
        """The words are looked for again, and never taken from elsewhere."""
        path = tmp_path / "pond.txt"
        sources = tuple(
            source._replace(held=str(path)) if source.id == "pond" else source for source in sample.edition.sources
        )
        volume = Volume(sample.edition._replace(sources=sources), sample.path)
        for words_of in ("nothing of it", "\n\n\n\nother\n\nother\n\nother\n\nother\n\nseven swans"):
            path.write_text(words_of)
            page = entry_page(volume, volume.entries["seven"])

            roles = {s.role for place in range(len(page)) for para in page.block(place).paras for s in para.spans}
            assert "passage" not in roles

    def test_a_held_text_cannot_act_on_the_terminal(self, tmp_path: Path, sample: Volume) -> None:
        """It is somebody else's, and nobody looked through it."""
        path = tmp_path / "pond.txt"
        path.write_bytes("The pond book\r\n\r\nWe count seven swans\x1b[2J\u202e!\r\n".encode())
        sources = tuple(
            source._replace(held=str(path)) if source.id == "pond" else source for source in sample.edition.sources
        )
        volume = Volume(sample.edition._replace(sources=sources), sample.path)

        for page in (entry_page(volume, volume.entries["seven"]), text_page(volume, volume.sources["pond"])):
            said = "".join(page.block(place).text for place in range(len(page)))
            assert "seven swans[2J!" in said
            assert FORBIDDEN.search(said) is None


class TestSourcePage:
    def test_it_lists_all_that_cites_it(self, volume: Volume) -> None:
        for source in volume.edition.sources:
            page = source_page(volume, source)
            uses = [page.block(place).target for place in range(len(page)) if page.ids[place].startswith("use:")]

            assert uses == [f"#{holder.id}" for holder, _ in volume.links.citing(source)]

    def test_it_has_the_citation_and_the_particulars(self, sample: Volume) -> None:
        said = flat(source_page(sample, sample.sources["pond"]))

        for words_of in (
            "1 Ann Keeper, “The pond book,” in The books of the mill (Mill Press, 2026), accessed 20 November 2026",
            "Reliability B, usually reliable",
            "issued November 2026",
            "A book that was kept at the mill.",
            "Rests on mill",
            "The whole text, 3 paragraphs",
            "Known only through it The miller",
            "Cited by 9 entries",
            "“seven swans”",
        ):
            assert words_of in said

    def test_what_is_not_known_is_said(self, sample: Volume) -> None:
        said = flat(source_page(sample, sample.sources["miller"]))

        assert "Not known: title, issued" in said
        assert "as reported in Ann Keeper" in said

    def test_a_text_that_is_not_held_has_its_hash(self, sample: Volume) -> None:
        assert f"The text is not held here. Its sha256 is {'0' * 64}." in flat(
            source_page(sample, sample.sources["stray"])
        )

    def test_a_source_that_rests_on_another_links_to_it(self, sample: Volume) -> None:
        assert "Rests on Pond book, unnamed" in flat(source_page(sample, sample.sources["twin"]))

    def test_a_source_that_nothing_cites(self, sample: Volume) -> None:
        said = flat(source_page(sample, sample.sources["idle"]))

        assert "not cited" in said
        assert "Cited by 0 entries" in said


class TestTextPage:
    def test_it_has_every_paragraph_and_marks_every_quote(self, sample: Volume) -> None:
        page = text_page(sample, sample.sources["pond"])
        marked = [
            span.text
            for p in range(len(page))
            for para in page.block(p).paras
            for span in para.spans
            if span.role == "passage"
        ]

        assert list(page.ids) == ["0", "1", "2", "3"]
        words_of = "seven swans|on the|The swans were white|Nobody counted the geese|some said|I saw eleven swans"
        assert "".join("".join(marked).split()) == "".join(words_of.replace("|", "").split())

    def test_a_text_that_is_gone(self, sample: Volume) -> None:
        assert "The text is not held here" in text(text_page(sample, sample.sources["stray"]))


class TestEntities:
    def test_a_page_has_all_that_is_said_by_and_about_one(self, volume: Volume) -> None:
        for entity in volume.edition.entities:
            page = entity_page(volume, entity)

            assert [name.partition(":")[2] for name in page.ids if name.startswith("said:")] == [
                entry.id for entry in volume.links.said_by(entity)
            ]
            assert [name.partition(":")[2] for name in page.ids if name.startswith("about:")] == [
                entry.id for entry in volume.links.about(entity)
            ]

    def test_it_says_who_it_is(self, sample: Volume) -> None:
        said = flat(entity_page(sample, sample.entities["keeper"]))

        for words_of in (
            "Ann Keeper person · keeper of the book · the mill",
            "also the keeper",
            "She wrote it all down.",
            "Said by Ann Keeper",
            "“Nobody counted the geese”",
        ):
            assert words_of in said

    def test_the_index_is_by_name_with_counts(self, volume: Volume) -> None:
        page = page_of(volume, "entities")
        assert page is not None
        names = [volume.entities[name].name for name in page.ids]

        assert names == sorted(names, key=str.casefold)
        assert len(names) == len(volume.entities)
        for place, name in enumerate(page.ids):
            entity = volume.entities[name]
            for number, words_of in (
                (len(volume.links.said_by(entity)), "speaker of"),
                (len(volume.links.about(entity)), "subject of"),
            ):
                if number:
                    assert f"{words_of} {number} entr" in page.block(place).text


class TestOverview:
    def test_it_has_the_bottom_line_the_date_and_the_authors(self, sample: Volume) -> None:
        page = page_of(sample, "overview")
        assert page is not None
        said = flat(page)

        for words_of in (
            "Swans on a pond",
            "Two counts disagree; see C1 The book has seven swans.",
            "As of 22 November 2026, 6 sources · A. Author, B. Author",
            "Made up from end to end.",
        ):
            assert words_of in said

    def test_it_lists_conflicts_questions_and_the_ways_on(self, sample: Volume) -> None:
        page = page_of(sample, "overview")
        assert page is not None
        said = flat(page)

        assert "Disputed: 1 conflict" in said
        assert re.search(r"C1 The book has seven swans ⇄ C2 The miller saw eleven swans", said)
        assert "Not known Q1 How many?" in said
        targets = {span.target for p in range(len(page)) for para in page.block(p).paras for span in para.spans}
        assert {f"page:{pane}" for pane in PANES if pane != "overview"} <= targets
        assert "page:entities" in targets

    def test_every_conflict_can_be_reached_from_it(self, volume: Volume) -> None:
        page = page_of(volume, "evidence:conflicts")
        assert page is not None

        targets = {page.block(place).target.removeprefix("page:") for place in range(len(page))}
        pages = [page, *filter(None, (page_of(volume, target) for target in targets if ":" in target))]
        found = {name for one in pages for name in one.ids}
        assert {f"conflict:{one.id}/{other.id}" for one, other, *_ in volume.links.conflicts} <= found

    def test_it_counts_them_all(self, volume: Volume) -> None:
        page = page_of(volume, "overview")
        assert page is not None

        said = flat(page)
        assert "Disputed: " in said
        assert words.count(len(volume.links.at_odds), "conflict") in said
