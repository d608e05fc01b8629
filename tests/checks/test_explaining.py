"""The rules in words, the handbook's chapter on them, and the hook for pre-commit."""

import re
from pathlib import Path

import pytest

from tests import rules_page
from tests.rules_page import page
from tui.briefing.loader import load_file
from tui.checks.explanations import explained, table
from tui.checks.rule import Rule
from tui.checks.rules import BY_ID, RULES
from tui.library.source_texts import read

TOP = Path(__file__).parents[2]


def test_the_chapter_is_what_would_be_written() -> None:
    """`python -m tests.rules_page` would change nothing."""
    assert rules_page.CHAPTER.read_text(encoding="utf-8") == page()
    toml = (rules_page.HANDBOOK / "briefing.toml").read_text(encoding="utf-8")
    assert rules_page.with_hash(toml, page()) == toml
    assert rules_page.with_hash(toml, page() + "more") != toml


def test_the_chapter_is_a_source_of_the_handbook() -> None:
    briefing = load_file(rules_page.HANDBOOK / "briefing.toml").briefing
    assert briefing is not None
    [source] = [source for source in briefing.source if source.held == rules_page.CHAPTER.name]
    held = read(rules_page.CHAPTER)
    assert held is not None

    assert held.sha256 == source.sha256
    assert page().split("\n")[0] == source.title


def test_the_chapter_has_every_rule_once() -> None:
    assert sorted(re.findall(r"^([A-Z]\d{3}), (?:error|warning|info): ", page(), re.MULTILINE)) == list(BY_ID)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("width", [40, 80])
def test_a_rule_is_explained_whole(rule: Rule, width: int) -> None:
    lines = list(explained(rule, width))
    prose = " ".join(lines)

    assert lines[0].startswith(f"{rule.id} · {rule.severity}")
    assert ("--fix" in lines[0]) == rule.fixable
    for words in (rule.title[1:], rule.why, rule.remedy):
        assert words in prose
    assert all(f"    {line}" in lines for line in rule.near_miss.strip("\n").split("\n") if line)


def test_the_list_has_every_rule_with_its_severity() -> None:
    lines = list(table(80))

    assert all(len(line) <= 80 for line in lines)
    assert [tuple(line.split()[:2]) for line in lines if not line.startswith(" ")] == [
        (rule.id, rule.severity) for rule in RULES
    ]


class TestHook:
    TEXT = (TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")

    def value(self, key: str) -> str:
        """Give a value of the one hook."""
        [found] = re.findall(rf"^(?:- |  ){key}: (.*)$", self.TEXT, re.MULTILINE)
        return str(found)

    def test_it_has_what_pre_commit_requires(self) -> None:
        assert self.value("id") == "briefing-check"
        assert self.value("name")
        assert self.value("entry") == "briefing check"
        assert self.value("language") == "python"

    @pytest.mark.parametrize(
        ("name", "taken"),
        [
            ("briefing.toml", True),
            ("content/a/briefing.toml", True),
            ("content/a/sources.lock", True),
            ("content/a/held/text.txt", True),
            ("content/a/other.toml", False),
            ("pyproject.toml", False),
            ("mybriefing.toml", False),
            ("upheld/text.txt", False),
        ],
    )
    def test_it_takes_what_a_check_depends_on(self, name: str, *, taken: bool) -> None:
        assert bool(re.search(self.value("files"), name)) == taken
