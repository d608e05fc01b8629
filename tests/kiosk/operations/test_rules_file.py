"""The file of rules, as a process of one visit watches it."""

import os
import time
from pathlib import Path

from tui.kiosk.operations.rules_file import WatchedRules

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


def test_without_a_file_there_are_no_rules() -> None:
    assert not WatchedRules(None).look().rules
