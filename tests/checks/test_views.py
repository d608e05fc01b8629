"""The rules on views, recommendations and the whole beyond their examples."""

from collections.abc import Callable

import pytest

from tui.checks.report import Report

Check = Callable[..., list[Report]]


def said(reports: list[Report], rule: str) -> list[str]:
    """Give the messages of a rule."""
    return [report.message for report in reports if report.rule == rule]


def view(name: str, who: str, lines: str = "") -> str:
    """Write a view."""
    return f'[[view]]\nid = "{name}"\nwho = "{who}"\ntext = "It holds."\n{lines}\n'


class TestStanding:
    @pytest.mark.parametrize(
        ("entity", "fires"),
        [
            ('type = "person"', True),
            ('type = "person"\nrole = "keeper"', False),
            ('type = "person"\naffiliation = "the mill"', False),
            ('type = "organisation"', False),
            ('type = "place"', False),
        ],
    )
    def test_what_is_known_of_the_entity_counts(self, checked: Check, entity: str, *, fires: bool) -> None:
        both = f'[[entity]]\nid = "ann"\nname = "Ann Keeper"\n{entity}\n' + view("v", "ann")

        assert said(checked(both), "V001") == ["'Ann Keeper' has neither role nor affiliation"] * fires


class TestFragments:
    @pytest.mark.parametrize(
        ("citation", "number"),
        [
            ('quote = "never", direct = true', 1),
            ('quote = "it will never do", direct = true', 1),
            ('quote = "it will never do"', 0),
            ("direct = true", 0),
            ('quote = "it will never do at all", direct = true', 0),
        ],
    )
    def test_only_direct_words_are_counted(self, checked: Check, citation: str, number: int) -> None:
        one = view("v", "A", f'role = "R"\ncite = [{{ source = "note", {citation} }}]')

        assert len(said(checked(one), "V002")) == number


class TestDissent:
    def test_one_view_alone_is_no_panel(self, checked: Check) -> None:
        assert said(checked(view("v", "A")), "V004") == []

    def test_an_entry_that_speaks_against_a_view_is_dissent(self, checked: Check) -> None:
        two = view("v", "A", 'stance = "sure"') + view("w", "B", 'stance = "sure"')
        claim = '[[claim]]\nid = "c"\ntext = "C."\nby = "D"\nundercuts = ["w"]\n'

        assert len(said(checked(two), "V004")) == 1
        assert said(checked(two + claim), "V004") == []

    @pytest.mark.parametrize(
        ("heard", "number"), [("", 1), (view("v", "hall"), 0), (view("v", "A", 'affiliation = "The Hall"'), 0)]
    )
    def test_a_party_is_to_be_heard(self, checked: Check, heard: str, number: int) -> None:
        toml = """
[[entity]]
id = "hall"
name = "The Hall"
type = "organisation"

[[claim]]
id = "closed"
text = "The hall closed the bridge."
by = "the keeper"
about = ["hall"]

[[recommendation]]
id = "ask"
action = "Ask the hall."
about = ["hall"]
by = "the keeper"
rests_on = ["closed"]
"""

        assert len([words for words in said(checked(toml + heard), "V004") if "The Hall" in words]) == number


class TestAtRisk:
    TOML = """
[[claim]]
id = "sound"
text = "It is sound."
by = "A"

[[claim]]
id = "doubt"
text = "It may not be."
by = "B"
RELATION = ["sound"]

[[recommendation]]
id = "open"
action = "Open it."
actor = "the town"
by = "A"
rests_on = ["sound"]
TEXT
"""

    @pytest.mark.parametrize(
        ("relation", "words"),
        [("attacks", "attacked by"), ("undercuts", "undercut by"), ("conflicts", "in conflict with")],
    )
    def test_every_way_of_being_contested_counts(self, checked: Check, relation: str, words: str) -> None:
        [message] = said(checked(self.TOML.replace("RELATION", relation).replace("TEXT", "")), "R004")

        assert f"{words} 'doubt'" in message

    @pytest.mark.parametrize("link", ["[[doubt]]", "[[sound|what A says]]"])
    def test_a_text_that_speaks_of_it_acknowledges_it(self, checked: Check, link: str) -> None:
        toml = self.TOML.replace("RELATION", "attacks").replace("TEXT", f'text = "In spite of {link}."')

        assert said(checked(toml), "R004") == []

    def test_support_is_no_contest(self, checked: Check) -> None:
        assert said(checked(self.TOML.replace("RELATION", "supports").replace("TEXT", "")), "R004") == []


class TestAsOf:
    @pytest.mark.parametrize(
        ("as_of", "issued", "fires"),
        [
            ("2026-11-22", "2026-11-22", False),
            ("2026-11-22", "2026-11-23", True),
            ("2026", "2026-12-31", False),
            ("2026-11", "2027", True),
            ("2026-11-22", "2026", False),
            ("2026-11-22", "2026-23", False),
            ("2026-11-22", "2026-24", True),
            ("2025/2026-11", "2026-11-30", False),
            ("2025/..", "2030", False),
            ("2026-11-22", "../2027", True),
        ],
    )
    def test_the_newest_source(self, checked: Check, as_of: str, issued: str, *, fires: bool) -> None:
        header = f'[briefing]\nid = "b"\ntitle = "B"\nbluf = "B."\nlang = "en"\nas_of = "{as_of}"\n'
        one = f'[[source]]\nid = "note"\ntype = "report"\nissued = "{issued}"\n'

        assert bool(said(checked(header + one), "B001")) == fires


def test_an_empty_briefing_needs_no_assumption(checked: Check) -> None:
    assert checked("") == []
