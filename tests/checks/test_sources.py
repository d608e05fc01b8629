"""The rules on sources beyond their examples."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, get_args

import pytest

from tests.checks import examples
from tui.briefing.loader import load_bytes
from tui.briefing.lock import EMPTY, LockedText
from tui.briefing.source import Source, SourceType
from tui.checks.briefing_file import subject_of
from tui.checks.particulars import needs
from tui.checks.report import Report
from tui.checks.run import check
from tui.evidence.origins import Origins
from tui.library.compiling import compile_edition
from tui.library.source_texts import SourceText
from tui.library.volume import Volume

Check = Callable[..., list[Report]]


def said(reports: list[Report], rule: str) -> list[str]:
    """Give the messages of a rule."""
    return [report.message for report in reports if report.rule == rule]


def source(lines: str) -> str:
    """Write a source."""
    return f'[[source]]\nid = "note"\n{lines}\n'


class TestParticulars:
    def test_all_that_is_absent_is_named_at_once(self, checked: Check) -> None:
        [report] = [one for one in checked(source('type = "report"')) if one.rule == "S001"]

        assert report.message == "'note' has no author, publisher, date or address"
        assert 'unknown = ["author", "publisher", "issued", "url"]' in report.remedy

    @pytest.mark.parametrize("kind", ["interview", "manuscript", "personal_communication"])
    def test_what_nobody_publishes_needs_no_publisher_and_no_address(self, checked: Check, kind: str) -> None:
        assert said(checked(source(f'type = "{kind}"\nauthor = "A"')), "S001") == ["'note' has no date"]

    def test_a_text_that_is_published_with_the_briefing_needs_no_address(self, checked: Check) -> None:
        lines = f'type = "report"\nunknown = ["author", "publisher", "issued"]\nheld = "a.txt"\nsha256 = "{"0" * 64}"'

        assert said(checked(source(lines)), "S001") == []

    @pytest.mark.parametrize("kind", ["bill", "legal_case", "legislation", "regulation", "treaty"])
    def test_a_law_has_neither_author_nor_publisher(self, checked: Check, kind: str) -> None:
        assert said(checked(source(f'type = "{kind}"')), "S001") == ["'note' has no date or address"]


class TestTypes:
    @pytest.mark.parametrize(
        ("kind", "missing"),
        [
            ("thesis", ["genre"]),
            ("article-journal", ["container or publisher", "volume or issue or DOI"]),
            ("manuscript", ["archive or archive location or container or url"]),
            ("bill", ["number"]),
            ("book", []),
            ("webpage", []),
        ],
    )
    def test_what_is_missing_is_named(self, checked: Check, kind: str, missing: list[str]) -> None:
        expected = [f"'note' is of type {kind} and has no {names}" for names in missing]
        assert expected == said(checked("format = 2\n" + source(f'type = "{kind}"')), "S010")

    @pytest.mark.parametrize(
        "line", ['unknown = ["publisher"]', 'container = "P"', 'publisher = "P"', 'held = "a.txt"']
    )
    def test_one_of_a_group_is_enough(self, checked: Check, line: str) -> None:
        """Also where it was looked for, or the text itself is published here."""
        assert [] == said(checked(source(f'type = "article-newspaper"\n{line}')), "S010")

    def test_every_type_has_a_row_or_the_common_one(self) -> None:
        for kind in get_args(SourceType):
            keys = {*needs(kind).published, *(key for group in needs(kind).placed for key in group)}
            assert keys <= Source.model_fields.keys()


class TestTextsAndLock:
    def reports(self, locked: str, *, text: str = "Swans.", quote: str = "Swans") -> list[Report]:
        """Check a briefing whose lock knows a text by some hash; an empty one is not locked."""
        toml = f'[[claim]]\nid = "a"\ntext = "A."\ncite = [{{ source = "note", quote = "{quote}" }}]\n'
        whole = examples.whole(toml, text)
        briefing = load_bytes(whole.encode(), "b.toml").briefing
        assert briefing is not None
        digest = hashlib.sha256(text.encode()).hexdigest()
        lock = EMPTY._replace(texts={"note": LockedText(locked, len(text), 1)}) if locked else EMPTY
        return check(subject_of(briefing, lock, {"note": SourceText(text, digest, Path("n"))}), whole, "b.toml")

    @pytest.mark.parametrize("locked", ["", "0" * 64])
    def test_a_stale_lock_is_told_once_a_source_and_can_be_mended(self, locked: str) -> None:
        [report] = [report for report in self.reports(locked) if report.rule == "S005"]

        assert "does not record the text of 'note'" in report.message
        assert report.edit is not None
        assert report.edit.action == "lock"

    def test_a_lock_that_knows_a_source_too_many(self) -> None:
        whole = examples.whole('[[background]]\nid = "a"\ntext = "A."\n')
        briefing = load_bytes(whole.encode(), "b.toml").briefing
        assert briefing is not None
        subject = subject_of(briefing, EMPTY, {})
        stale = EMPTY._replace(texts={"gone": LockedText("0", 1, 1)})

        found = check(type(subject)(briefing, lock=stale), whole, "b.toml")

        assert [(report.rule, report.key) for report in found if report.rule == "S005"] == [("S005", "briefing.id")]


_THIRD: Final = """
[[source]]
id = "three"
type = "report"
origin = "hall"
url = "https://example.org/3"
"""


class TestOrigins:
    def test_the_claims_own_sources_are_counted_as_the_reader_counts_them(self, checked: Check) -> None:
        """A supporting entry adds no source to those that stand beside the claim; one of another origin answers for it."""
        two = """
[[source]]
id = "one"
type = "report"
origin = "hall"
url = "https://example.org/1"

[[source]]
id = "two"
type = "report"
origin = "ORIGIN"
url = "https://example.org/2"

[[claim]]
id = "a"
text = "A."
cite = [CITED]

[[claim]]
id = "b"
text = "B."
cite = [{ source = "two" }]
supports = ["a"]
"""
        alone = two.replace("CITED", '{ source = "one" }')
        both = two.replace("CITED", '{ source = "one" }, { source = "three" }') + _THIRD
        (found,) = said(checked(both.replace("ORIGIN", "hall")), "S006")

        assert "the 2 sources of 'a' all go back to 'hall'" in found
        assert said(checked(both.replace("ORIGIN", "mill")), "S006") == []
        assert said(checked(alone.replace("ORIGIN", "hall")), "S006") == []

    @pytest.mark.parametrize("by", ["", 'by = "the mayor"', 'by = "Dora"', 'by = "dora"'])
    def test_screen_and_rules_count_the_same(self, by: str) -> None:
        """A speaker is one origin, named as an entity or in words."""
        toml = examples.whole(
            source('type = "report"\norigin = ["hall", "mill"]')
            + '[[entity]]\nid = "dora"\nname = "Dora"\ntype = "person"\n'
            + f'[[claim]]\nid = "a"\ntext = "A."\ncite = [{{ source = "note" }}]\n{by}\n'
        )
        briefing = load_bytes(toml.encode(), "b.toml").briefing
        assert briefing is not None
        volume = Volume(compile_edition(briefing, EMPTY, {}), Path("b.toml"))
        [claim] = volume.edition.entries

        found = subject_of(briefing, EMPTY, {}).evidence.origins_of(["a"])

        assert volume.derived(Origins).behind_all(claim.notes) == found
        assert claim.origins == len(found) == (1 if by else 2)

    def test_a_source_and_the_one_that_relates_it_are_not_two(self, checked: Check) -> None:
        """To cite both is what S003 asks for."""
        known = examples.whole(source('type = "report"\nurl = "https://example.org"'))
        letter = '[[source]]\nid = "letter"\ntype = "report"\ncited_in = "note"\n'
        claim = '[[claim]]\nid = "a"\ntext = "A."\nby = "the mayor"\ncite = [{ source = "letter" }CITED]\n'
        alone, both = (known + letter + claim.replace("CITED", more) for more in ("", ', { source = "note" }'))

        assert said(checked(alone), "S003")
        assert not said(checked(both), "S003") + said(checked(both), "S006")

    def test_one_source_alone_shows_itself_as_one(self, checked: Check) -> None:
        assert said(checked('[[claim]]\nid = "a"\ntext = "A."\ncite = [{ source = "note" }]\n'), "S006") == []


class TestCited:
    @pytest.mark.parametrize(
        "user",
        [
            '[[claim]]\nid = "a"\ntext = "A."\ncite = [{ source = "note" }]',
            '[[entity]]\nid = "a"\nname = "A"\ntype = "person"\ncite = [{ source = "note" }]',
            '[[view]]\nid = "a"\nwho = "A"\ntext = "A."\nvia = "note"',
            '[[source]]\nid = "a"\ntype = "report"\ncited_in = "note"',
            '[[source]]\nid = "a"\ntype = "report"\norigin = "note"',
        ],
    )
    def test_every_way_of_using_a_source_counts(self, checked: Check, user: str) -> None:
        used = source('type = "report"') + user

        assert "nothing cites 'note'" not in said(checked(used), "S008")
        assert "nothing cites 'note'" in said(checked(source('type = "report"')), "S008")


class TestSpeakers:
    TWO: Final = """
[[source]]
id = "one"
type = "report"
origin = ["hall"]
url = "https://example.org/1"

[[source]]
id = "two"
type = "report"
origin = ["mill"]
url = "https://example.org/2"

"""
    CLAIM: Final = (
        '[[claim]]\nid = "closed"\ntext = "A."\nby = "the mayor"\ncite = [{ source = "one" }, { source = "two" }]\n'
    )

    def test_a_speaker_who_counts_as_two_origins_is_told_once_with_the_claims(self, checked: Check) -> None:
        several = "".join(self.CLAIM.replace("closed", name) for name in "abcd")

        assert said(checked(self.TWO + several), "S011") == [
            "'the mayor' is one speaker, and counts as several origins in a, b, c, …"
        ]

    @pytest.mark.parametrize(
        ("was", "now"),
        [
            ('by = "the mayor"\n', ""),
            ('["mill"]', '["hall", "mill"]'),
            ('{ source = "two" }', '{ source = "two", origin = "hall" }'),
            ('origin = ["mill"]\n', ""),
        ],
        ids=["nobody named", "one in common", "as the footnote says", "none declared"],
    )
    def test_what_does_not_count_twice_is_not_told(self, checked: Check, was: str, now: str) -> None:
        assert said(checked((self.TWO + self.CLAIM).replace(was, now)), "S011") == []

    def test_an_origin_with_a_voice_of_its_own_is_not_the_speakers(self, checked: Check) -> None:
        voice = '[[origin]]\nid = "hall"\nname = "The hearing"\nby = "BY"\n\n'
        other, own = (
            "format = 2\n" + self.TWO + voice.replace("BY", by) + self.CLAIM for by in ("a clerk", "the mayor")
        )

        assert said(checked(other), "S011") == []
        assert said(checked(own), "S011") != []

    def test_outlets_that_rest_on_several_origins_count_as_the_speaker(self, checked: Check) -> None:
        many = self.TWO.replace('["hall"]', '["hall", "inn"]').replace('["mill"]', '["mill", "quay"]')

        assert said(checked(many + self.CLAIM), "S011") == []


class TestNamesMeantAsIds:
    """A slip in the id of a speaker leaves a name without a party."""

    VOICES = (
        'format = 2\n[[entity]]\nid = "ann-holt"\nname = "Ann Holt"\ntype = "person"\n\n'
        '[[source]]\nid = "post"\ntype = "webpage"\n\n'
        '[[claim]]\nid = "shut"\ntext = "The bridge is closed."\nby = "BY"\n\n'
        '[[view]]\nid = "holt"\nwho = "WHO"\ntext = "It is safe."\ncite = [{ source = "post" }]\n\n'
        '[[origin]]\nid = "first"\nname = "A talk"\nby = "VOICE"\n'
    )

    @pytest.mark.parametrize(
        ("place", "name", "remedy"),
        [
            ("BY", "ann-hold", "did you mean 'ann-holt'?"),
            ("WHO", "anholt", "did you mean 'ann-holt'?"),
            ("VOICE", "ann-holtt", "did you mean 'ann-holt'?"),
            ("BY", "post", "write the id of an entity, or the name in words"),
            ("BY", "holt", "write the id of an entity, or the name in words"),
        ],
    )
    def test_are_told(self, checked: Check, place: str, name: str, remedy: str) -> None:
        found = checked(self.text(**{place: name}))

        assert [report.remedy for report in found if report.rule == "S012"] == [remedy]

    @pytest.mark.parametrize("name", ["ann-holt", "Ann Hold", "residents", "the ann-holt"])
    def test_names_are_left(self, checked: Check, name: str) -> None:
        assert said(checked(self.text(BY=name)), "S012") == []

    def text(self, **names: str) -> str:
        """Write the voices, of which some are named."""
        text = self.VOICES
        for place in ("BY", "WHO", "VOICE"):
            text = text.replace(place, names.get(place, "ann-holt"))
        return text
