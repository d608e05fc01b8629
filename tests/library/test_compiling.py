"""Compiling: what takes more than one table to know."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.briefing import lock
from tui.briefing.loader import load_bytes
from tui.briefing.lock import Lock, LockedQuote, LockedText, QuoteKey
from tui.library.compiling import compile_edition
from tui.library.records import Edition, Footnote, Name
from tui.library.source_texts import SourceText
from tui.library.volume import Volume

Tiny = Callable[..., str]
SHA = "a" * 64
SOURCE = f'[[source]]\nid = "s"\ntype = "book"\ntitle = "Title"\nsha256 = "{SHA}"\n'


def compiled(text: str, locked: Lock = lock.EMPTY, **texts: str) -> Edition:
    """Compile a briefing with some held texts."""
    briefing = load_bytes(text.encode(), "b.toml").briefing
    assert briefing is not None
    titles = {source.id: source.title for source in briefing.source}
    held = {name: SourceText(words, SHA, Path(name), titles[name]) for name, words in texts.items()}
    return compile_edition(briefing, locked, held)


def note(edition: Edition) -> Footnote:
    """Give the first footnote."""
    return edition.entries[0].notes[0]


def claim(cite: str, *more: str) -> str:
    """Write a claim with a footnote."""
    return "\n".join(['[[claim]]\nid = "c"\ntext = "t"', f"cite = [{cite}]", *more, ""])


def test_numbers_say_kind_and_place(sample: Volume) -> None:
    assert [entry.number for entry in sample.edition.entries] == [
        "B1", "C1", "C2", "C3", "V1", "V2", "R1", "R2", "A1", "A2", "Q1",
    ]  # fmt: skip
    assert [source.number for source in sample.edition.sources] == [1, 2, 3, 4, 5, 6]


def test_a_word_of_number_has_its_range(tiny: Tiny) -> None:
    text = claim('{ source = "s" }', 'quantity = { of = "swans", words = "hundreds" }')
    stated = compiled(tiny(SOURCE + text).replace("format = 1", "format = 2")).entries[0].quantity
    assert stated
    assert (stated.min, stated.max, stated.words) == (200, 999, "hundreds")


def test_names_of_entities_are_resolved(sample: Volume) -> None:
    """By id, by name and by another name; free words stay free."""
    assert sample.entries["eleven"].by == Name("Ann Keeper", "keeper")
    assert sample.entries["seven"].by == Name("the keeper", "keeper")
    assert sample.entries["geese"].by == Name("letter writers")
    assert sample.entries["setting"].by is None
    assert sample.entries["count-again"].actor == Name("Ann Keeper", "keeper")


def test_a_view_takes_its_holders_office_from_the_entity(sample: Volume) -> None:
    """Unless the view gives one of its own."""
    assert (sample.entries["keeper-view"].role, sample.entries["keeper-view"].affiliation) == (
        "keeper of the book",
        "the mill",
    )
    assert sample.entries["other-view"].role == "passer-by"
    assert sample.entries["eleven"].role == ""


def test_a_recommendation_says_what_to_do_and_why(sample: Volume) -> None:
    entry = sample.entries["count-again"]

    assert (entry.text, entry.reasons, entry.hedge) == (
        "Count again.",
        "Two counts are better than one.",
        "ought to",
    )
    assert entry.actor_implied


def test_origins_are_counted_not_sources(sample: Volume) -> None:
    """The twin rests on the book, so two sources are two origins: the mill and the unnamed."""
    assert sample.entries["seven"].origins == 2
    assert sample.entries["eleven"].origins == 1
    assert sample.entries["other-view"].origins == 0


def test_the_states_of_quotes(sample: Volume) -> None:
    """Exact, ambiguous, changed, moved, and two that are not held, one of them checked before."""
    states = [(note.state, note.paragraph, note.occurrences) for note in sample.entries["geese"].notes]

    assert states == [
        ("ambiguous", -1, 2),
        ("changed", -1, 0),
        ("exact", 1, 1),
        ("moved", 2, 1),
        ("not-held", 3, 0),
        ("unlisted", -1, 0),
    ]
    assert [note.checked[:4] for note in sample.entries["geese"].notes[4:]] == ["0000", ""]


def test_a_quote_is_looked_for_in_the_text_that_carries_it(sample: Volume) -> None:
    """The miller is known only through the book, and his words stand there."""
    (found,) = sample.entries["eleven"].notes

    assert (found.source, found.number, found.state, found.paragraph) == ("miller", 2, "exact", 3)


def test_a_quote_in_the_title_stands_in_paragraph_0(tiny: Tiny) -> None:
    edition = compiled(tiny(SOURCE + claim('{ source = "s", quote = "Title" }')), s="Title\n\nWords.")

    assert (note(edition).state, note(edition).paragraph) == ("exact", 0)
    assert edition.sources[0].paragraphs == 1


def test_a_missing_quote(tiny: Tiny) -> None:
    edition = compiled(tiny(SOURCE + claim('{ source = "s", quote = "Swans" }')), s="Words.")

    assert note(edition).state == "missing"
    assert note(edition).checked == SHA


def test_a_lock_of_another_text_says_nothing(tiny: Tiny) -> None:
    """Once the source names another text, what was checked was not it."""
    text = tiny(SOURCE + claim('{ source = "s", quote = "Swans", prefix = "two" }'))
    places = {QuoteKey("s", "Swans", "two"): LockedQuote(4, 1, 6)}

    same = compiled(text, Lock({"s": LockedText(SHA, 9, 7)}, places))
    other = compiled(text, Lock({"s": LockedText("b" * 64, 9, 7)}, places))
    none = compiled(text, Lock({}, places))

    assert (note(same).paragraph, note(same).checked) == (4, SHA)
    assert same.sources[0].paragraphs == 7
    assert (note(other).paragraph, note(other).checked) == (-1, "")
    assert (note(none).paragraph, note(none).checked) == (-1, "")


@pytest.mark.parametrize(
    ("particulars", "label"),
    [
        ('publisher = "Press"\ntitle = "T"', "Press"),
        ('container = "Journal"\nauthor = "Ann Keeper"', "Journal"),
        ('author = ["Ann Keeper", "Ben Two"]\ntitle = "T"', "Keeper"),
        ('title = "Swans of the world"', "Swans of the world"),
        ("", "book"),
        ('short = "Mine"\npublisher = "Press"', "Mine"),
        ('publisher = "A press with a rather long name indeed"', "A press with a rather long…"),
    ],
)
def test_the_label_of_a_source(tiny: Tiny, particulars: str, label: str) -> None:
    edition = compiled(tiny(f'[[source]]\nid = "s"\ntype = "book"\n{particulars}\n'))

    assert edition.sources[0].label == label


class TestDigests:
    BASE = SOURCE + claim('{ source = "s", quote = "Swans" }') + '[[claim]]\nid = "d"\nby = "x"\ntext = "t"\n'

    def test_changing_an_entry_changes_it_and_the_whole(self, tiny: Tiny) -> None:
        before, after = compiled(tiny(self.BASE)), compiled(tiny(self.BASE.replace('"x"', '"y"')))

        assert before.digest != after.digest
        assert before.entries[1].digest != after.entries[1].digest
        assert before.entries[0].digest == after.entries[0].digest
        assert before.sources[0].digest == after.sources[0].digest

    def test_neither_number_nor_state_change_it(self, tiny: Tiny) -> None:
        """An entry that moves up, or whose quote is found now, was not changed by its author."""
        before = compiled(tiny(self.BASE))
        after = compiled(tiny('[[claim]]\nid = "new"\nby = "x"\ntext = "t"\n' + self.BASE), s="Swans")

        assert before.entries[0].digest == after.entries[1].digest
        assert before.entries[0].number != after.entries[1].number
        assert before.entries[0].notes != after.entries[1].notes


@pytest.mark.parametrize(
    ("table", "remark"),
    [
        ('[[claim]]\nid = "a"\nby = "x"\ntext = "LONG"\n', "C1: a word of 90 characters"),
        ('[[claim]]\nid = "a"\nby = "x"\ntext = "It is so."\n', ""),
        ('[[claim]]\nid = "a"\nby = "x"\ntext = "LONG"\nignore = ["F002"]\nignore_why = "A key."\n', ""),
        ('[[entity]]\nid = "a"\nname = "A"\ntype = "person"\ntext = "LONG"\n', "a: a word of 90 characters"),
    ],
)
def test_a_word_that_is_broken_over_lines_is_remarked_on(tiny: Callable[..., str], table: str, remark: str) -> None:
    assert compiled(tiny(table.replace("LONG", "x" * 90))).remark.partition(" is broken")[0] == remark


def test_a_held_text_is_remarked_on_too(tiny: Callable[..., str]) -> None:
    cites = claim('{ source = "s" }')
    assert compiled(tiny(SOURCE + cites), s="A word: " + "x" * 99).remark.startswith(
        "the held text of s: a word of 99 "
    )
