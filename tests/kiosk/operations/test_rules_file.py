"""The file of rules: its problems and doubts, and the watch of a process of one visit."""

import os
import re
import time
from pathlib import Path

import pytest

from tui.kiosk.operations.rules_file import WatchedRules, read_rules

DRAFT = '[[rule]]\nbriefings = ["pond"]\nstatus = "draft"\n'


def test_a_file_is_read_again_once_it_is_at_rest_and_a_refused_one_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text("", encoding="utf-8")
    watched = WatchedRules(str(file))
    file.write_text(DRAFT, encoding="utf-8")
    os.utime(file, (time.time() + 0.1, time.time() - 0.1))
    assert not watched.look().rules
    os.utime(file, (time.time(), time.time() - 5))
    assert 1 == len(watched.look().rules)
    file.write_text("[[rule", encoding="utf-8")
    os.utime(file, (time.time(), time.time() - 4))
    assert 1 == len(watched.look().rules)
    file.unlink()
    assert 1 == len(watched.look().rules)
    file.write_text(DRAFT + DRAFT, encoding="utf-8")
    os.utime(file, (time.time(), time.time() - 3))
    assert 2 == len(watched.look().rules)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[rule]]\nbriefings = ["pond"]\nreader = ["a"]\n', "3:1: rule[1].reader: unknown key 'reader'; did you mean 'readers'?"),
        ('[[rule]]\nwho = ["a"]\n', "known here: folder, briefings, readers, status, from, until"),
        ('[group.a]\nkey = "a.keys"\n', "did you mean 'keys'?"),
        ("[rules]\n", "did you mean 'rule'?"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_answered_by_the_keys_of_its_table(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(said)):
        read_rules(str(file))


def test_groups_without_members_and_rules_that_rule_nothing_are_doubted(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text('[group.a]\n[[rule]]\nbriefings = ["pond"]\n[[rule]]\nreaders = ["a"]\n', encoding="utf-8")
    assert read_rules(str(file)).doubts == (
        f"{file}:1:1: group.a: has nobody in it; add keys or password_hash",
        f"{file}:2:1: rule[1]: rules nothing; add readers, status, from or until",
    )


def test_without_a_file_there_are_no_rules() -> None:
    assert not WatchedRules(None).look().rules
