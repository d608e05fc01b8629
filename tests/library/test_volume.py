"""A volume: everything that is looked up in a briefing."""

from collections.abc import Callable

import pytest

from tui.briefing.kinds import ENTRY_PANES, PANE_OF
from tui.library.records import Entity, Entry, Name
from tui.library.volume import Volume, brief

Made = Callable[..., Volume]


def relations(volume: Volume, name: str) -> list[tuple[str, bool, str, str]]:
    """Give an entry's relations with the ids of the others."""
    return [(one.name, one.outgoing, one.other.id, one.why) for one in volume.links.relations(volume.entries[name])]


class TestRelations:
    def test_an_entry_has_its_own_and_those_of_others(self, sample: Volume) -> None:
        assert relations(sample, "geese") == [
            ("supports", True, "seven", "Geese are not counted."),
            ("attacks", True, "eleven", ""),
            ("undercuts", True, "swans-stay", ""),
            ("rests_on", True, "setting", ""),
        ]
        assert relations(sample, "swans-stay") == [
            ("undercuts", False, "geese", ""),
            ("supports", False, "keeper-view", ""),
        ]

    def test_every_relation_is_seen_from_both_sides(self, volume: Volume) -> None:
        seen = {
            (entry.id, relation.name, relation.outgoing, relation.other.id)
            for entry in volume.edition.entries
            for relation in volume.links.relations(entry)
        }

        for here, relation, outgoing, there in seen:
            back = outgoing if relation == "conflicts" else not outgoing
            assert (there, relation, back, here) in seen

    def test_a_conflict_that_both_declare_counts_once(self, sample: Volume) -> None:
        """And the reason of the one side serves the other."""
        assert relations(sample, "seven")[0] == ("conflicts", True, "eleven", "Eleven is not seven.")
        assert [relation[0] for relation in relations(sample, "seven")].count("conflicts") == 1
        assert relations(sample, "eleven")[0] == ("conflicts", True, "seven", "Eleven is not seven.")

    def test_a_conflict_that_one_declares_counts_for_both(self, made: Made) -> None:
        claims = '[[claim]]\nid = "{}"\nby = "x"\ntext = "t"\n'
        volume = made(claims.format("a") + claims.format("b") + 'conflicts = ["a"]\n')

        assert relations(volume, "a") == [("conflicts", True, "b", "")]
        assert [(one.id, other.id) for one, other, *_ in volume.links.conflicts] == [("a", "b")]

    def test_an_entry_without_any(self, sample: Volume) -> None:
        assert relations(sample, "other-view") == []


class TestConflicts:
    def test_each_pair_comes_once_in_reading_order(self, volume: Volume) -> None:
        order = [entry.id for entry in volume.edition.entries]
        pairs = [(order.index(one.id), order.index(other.id)) for one, other, *_ in volume.links.conflicts]

        assert pairs
        assert [pair[0] for pair in pairs] == sorted(pair[0] for pair in pairs)
        assert all(one < other for one, other in pairs)
        assert len(pairs) == len(set(pairs))

    def test_with_the_reason(self, sample: Volume) -> None:
        assert [(one.id, other.id, why) for one, other, why, _ in sample.links.conflicts] == [
            ("seven", "eleven", "Eleven is not seven."),
        ]


class TestPanes:
    def test_every_entry_stands_in_one_pane(self, volume: Volume) -> None:
        shown = [entry for pane in ENTRY_PANES for entry in volume.pane(pane)]

        assert sorted(shown) == sorted(volume.edition.entries)
        for pane in ENTRY_PANES:
            for entry in volume.pane(pane):
                assert PANE_OF[entry.table] == pane

    def test_questions_come_before_assumptions(self, sample: Volume) -> None:
        assert [entry.id for entry in sample.pane("questions")] == ["how-many", "swans-stay", "swans-swim"]


class TestEntities:
    def test_what_is_said_by_one(self, sample: Volume) -> None:
        assert [e.id for e in sample.links.said_by(sample.entities["keeper"])] == ["seven", "eleven", "keeper-view"]
        assert sample.links.said_by(sample.entities["water"]) == ()

    def test_what_is_said_about_one(self, sample: Volume) -> None:
        assert [e.id for e in sample.links.about(sample.entities["water"])] == ["setting", "seven", "how-many"]
        assert sample.links.about(sample.entities["keeper"]) == ()

    def test_what_is_asked_about_an_entry(self, sample: Volume) -> None:
        assert [e.id for e in sample.links.about(sample.entries["eleven"])] == ["seven", "how-many"]
        assert sample.links.about(sample.entries["look"]) == ()

    def test_the_words_for_a_name(self, sample: Volume) -> None:
        assert sample.name_of(Name("the keeper", "keeper")) == "Ann Keeper"
        assert sample.name_of(Name("somebody")) == "somebody"


class TestSources:
    def test_everything_that_cites_one(self, sample: Volume) -> None:
        """Entries first, then entities, each with the footnote that does."""
        uses = [(holder.id, note.quote) for holder, note in sample.links.citing(sample.sources["pond"])]

        assert uses == [
            ("setting", ""),
            ("seven", "seven swans"),
            ("seven", "The swans were white"),
            ("geese", "no such words"),
            ("geese", "swans on the"),
            ("geese", "some said"),
            ("keeper-view", ""),
            ("count-again", ""),
            ("keeper", "Nobody counted the geese"),
        ]
        assert sample.links.citing(sample.sources["idle"]) == ()

    def test_every_footnote_is_found_from_its_source(self, volume: Volume) -> None:
        holders: list[Entry | Entity] = [*volume.edition.entries, *volume.edition.entities]
        notes = sum(len(holder.notes) for holder in holders)

        assert notes == sum(len(volume.links.citing(source)) for source in volume.edition.sources)

    def test_the_chain_ends_with_what_was_read(self, sample: Volume) -> None:
        chain = [source.id for source in sample.chain(sample.sources["letter"])]

        assert chain == ["letter", "miller", "pond"]
        assert [source.id for source in sample.chain(sample.sources["pond"])] == ["pond"]

    def test_the_text_that_carries_a_sources_words(self, sample: Volume) -> None:
        assert sample.carried_by(sample.sources["letter"]).id == "pond"
        assert sample.carried_by(sample.sources["stray"]).id == "stray"

    def test_a_held_text_is_read(self, sample: Volume) -> None:
        text = sample.text_of(sample.sources["miller"])

        assert text is not None
        assert text.text.startswith("The pond book\n")
        assert sample.text_of(sample.sources["stray"]) is None


class TestWords:
    def test_what_a_link_shows(self, sample: Volume) -> None:
        assert sample.shown("seven") == "C1 The book has seven swans"
        assert sample.shown("setting") == "B1 The setting"
        assert sample.shown("pond") == "The pond book"
        assert sample.shown("miller") == "The miller"
        assert sample.shown("water") == "Quillby Pond"
        assert sample.shown("nowhere") == "nowhere"

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Short.", "Short"),
            ("*Marked* words.", "Marked words"),
            ("one two three four five six seven eight nine ten", "one two three four five six seven eight nine ten"),
            ("one two three four five six seven eight, nine ten.", "one two three four five six seven eight, nine…"),
            ("one two three four five six seven eight nine, ten.", "one two three four five six seven eight nine…"),
            ("漢" * 60, "漢" * 47 + "…"),
        ],
    )
    def test_an_entry_in_a_few_words(self, sample: Volume, text: str, words: str) -> None:
        assert brief(sample.entries["seven"]._replace(text=text)) == words
        assert len(words) <= 48

    def test_everything_that_can_be_read(self, sample: Volume) -> None:
        names = [*sample.things]

        assert len(names) == len(set(names)) == 11 + 6 + 2
        assert all(thing.digest for thing in sample.things.values())


@pytest.mark.parametrize(
    ("title", "width", "named"),
    [
        ("A German-language account", 12, "A German-la…"),
        ("A newspaper’s tally", 14, "A newspaper’s…"),
        ("有料配信イベント", 5, "有料配信…"),
    ],
)
def test_a_name_that_is_cut_keeps_half_of_its_room(sample: Volume, title: str, width: int, named: str) -> None:
    """Rather than a single article before a long word."""
    assert brief(sample.edition.entries[0]._replace(title=title), width) == named
