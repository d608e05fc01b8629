"""Footnotes beside an entry."""

from tui.briefing.anchors import Paragraph
from tui.library.records import Entity, Entry
from tui.library.volume import Volume
from tui.render.notes import passage_spans, sidenotes, uses_beside
from tui.render.page import Span


def test_a_sidenote_has_number_label_chain_and_check(sample: Volume) -> None:
    (block,) = sidenotes(sample, sample.entries["eleven"])

    assert block.paras[0].marker is not None
    assert block.paras[0].marker.text == "2"
    assert "The miller, quoted in Pond book, ¶3" in block.text
    assert "checked" in block.text
    assert "“I saw eleven swans”" in block.text


def test_what_is_wrong_with_a_quote_is_a_warning(sample: Volume) -> None:
    roles = [[span.role for span in block.paras[1].spans][-1] for block in sidenotes(sample, sample.entries["geese"])]

    assert roles == ["warning", "warning", "meta", "meta", "meta", "warning"]


def test_the_notes_of_its_author(sample: Volume) -> None:
    assert "On its first page." in sidenotes(sample, sample.entries["seven"])[0].text


def test_every_note_of_every_entry_and_entity(volume: Volume) -> None:
    holders: list[Entry | Entity] = [*volume.edition.entries, *volume.edition.entities]
    for holder in holders:
        assert [block.id for block in sidenotes(volume, holder)] == [f"note:{n + 1}" for n in range(len(holder.notes))]


def test_what_cites_a_source_stands_beside_it(volume: Volume) -> None:
    for source in volume.edition.sources:
        assert [block.target for block in uses_beside(volume, source)] == [
            f"#{holder.id}" for holder, _ in volume.links.citing(source)
        ]


class TestPassages:
    TEXT = "before\n\none two\nthree\tfour\n\nbehind"
    PART = Paragraph(2, 8, 26)

    def test_marked_stretches_are_told_from_the_rest(self) -> None:
        assert passage_spans(self.TEXT, self.PART, [(12, 15)]) == (
            Span("one "),
            Span("two", "passage"),
            Span(" three four"),
        )

    def test_a_whole_paragraph(self) -> None:
        assert passage_spans(self.TEXT, self.PART, [(8, 26)]) == (Span("one two three four", "passage"),)

    def test_stretches_that_reach_beyond_or_overlap(self) -> None:
        """Two quotes may share words, and a quote may run into the next paragraph."""
        assert passage_spans(self.TEXT, self.PART, [(0, 11), (10, 15), (22, 40), (30, 33)]) == (
            Span("one", "passage"),
            Span(" two", "passage"),
            Span(" three "),
            Span("four", "passage"),
        )

    def test_nothing_marked(self) -> None:
        assert passage_spans(self.TEXT, self.PART, []) == (Span("one two three four"),)
