"""Settling drafts: each answer is in the file at once, in place, and never over what somebody else wrote."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SAMPLE
from tui.authoring import own_file
from tui.authoring.drafts import draft, own_words
from tui.authoring.errors import AuthoringError, ChangedOutsideError
from tui.authoring.migration import migrate
from tui.authoring.settlements import Settling
from tui.briefing.kinds import KINDS as ALL_KINDS
from tui.briefing.loader import load_bytes

KINDS = {name: kind for name, kind in ALL_KINDS.items() if not kind.is_judged}
"""The kinds that a program proposes."""
TABLES = """\
# ── Sources ──
[[source]]
id = "s"
type = "report"
title = "S"

# ── Drafts ──

# about one
[[claim]]
id    = "one"    # the first
text  = "Proposed as a claim from ¶3: “It may rain.”"
by    = "a man"
hedge = "may"
cite  = [{ source = "s", page = "¶3" }]
quantity = { of = "drops", min = 2 }
draft = true     # to be settled
# below one

[[claim]]
id = "two"
text = "Two."
by = "x"
draft = true
[claim.assess] # of two
why = "Because."

[[view]]
id = "three"
who = "She"
text = "Proposed as a view from ¶4: “I hope so”"
draft = true

# ── The rest ──

[[recommendation]]
id = "four"
action = "Go."
modal = "must"
by = "x"
text = "For this."
draft = true

[[background]]
id = "five"
text = "¶1 begins: “Long ago”"
draft = true

# of six
[[question]]
id = "six"
text = "Why?"
# the end
"""


@pytest.fixture
def path(tmp_path: Path, tiny: Callable[..., str]) -> Path:
    path = tmp_path / "briefing.toml"
    path.write_text(tiny(TABLES))
    return path


def test_the_drafts_are_those_of_the_file(path: Path) -> None:
    file = Settling(path)
    assert ["one", "two", "three", "four", "five"] == [one.id for one in file.drafts]
    assert 5 == file.left


def test_accepted_an_entry_keeps_all_but_what_made_it_a_draft(path: Path) -> None:
    before = path.read_text()
    file = Settling(path)
    file.accept(0)
    text = before.replace("Proposed as a claim from ¶3: “It may rain.”", "It may rain.")
    assert text.replace("draft = true     # to be settled\n", "") == path.read_text()
    file.accept(1)
    assert () == load_bytes(path.read_bytes(), "f").problems
    assert ["one", "two"] == [one.id for one in file.drafts if one.state == "accepted"]


def test_dropped_an_entry_goes_with_its_own_comments_alone(path: Path) -> None:
    before = path.read_text()
    file = Settling(path)
    file.drop(0)
    start, end = before.index("# about one"), before.index('[[claim]]\nid = "two"')
    assert before[:start] + before[end:] == path.read_text()
    file.drop(1)
    start, end = before.index("# about one"), before.index("[[view]]")
    assert before[:start] + before[end:] == path.read_text()


@pytest.mark.parametrize("mention", ['about = ["one"]', 'text = "See [[one|it]]."', 'rests_on = [{ to = "one" }]'])
def test_what_others_mention_is_not_dropped(path: Path, mention: str) -> None:
    """The file would not load any more."""
    key = mention.partition(" ")[0]
    path.write_text(
        path.read_text().replace('text = "Why?"', mention if key == "text" else f'text = "Why?"\n{mention}')
    )
    before = path.read_bytes()
    file = Settling(path)
    with pytest.raises(AuthoringError, match="'six' mentions it"):
        file.drop(0)
    assert before == path.read_bytes()
    file.drop(1)


def test_undo_takes_back_one_answer_after_the_other(path: Path) -> None:
    file = Settling(path)
    texts = []
    for place, answer in enumerate((file.drop, file.accept, file.accept, file.drop)):
        texts.append(path.read_text())
        answer(place)
    for place in (3, 2, 1, 0):
        assert place == file.undo()
        assert texts.pop() == path.read_text()
    assert 5 == file.left
    with pytest.raises(AuthoringError, match="nothing to undo"):
        file.undo()


@given(st.data())
@settings(max_examples=25)
def test_whatever_is_answered_the_file_loads_and_undone_it_is_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, tiny: Callable[..., str], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("drafts") / "briefing.toml"
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    mark = data.draw(st.sampled_from(["", "\ufeff"]))
    path.write_bytes((mark + tiny(TABLES, title="Ä “title” 🦢").replace("\n", newline)).encode())
    before = path.read_bytes()
    file = Settling(path)
    done = 0
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, 4))
        answer = data.draw(st.sampled_from(["accept", "drop", *KINDS]))
        held = path.read_bytes()
        try:
            file.accept(place) if answer == "accept" else file.drop(place) if answer == "drop" else file.change_kind(
                place, answer
            )
            done += 1
        except AuthoringError:
            assert held == path.read_bytes()
        read = tomli.loads(path.read_text(encoding="utf-8-sig"))
        assert () == load_bytes(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), "f").problems
        there = {row["id"]: (table, row) for table in KINDS for row in read.get(table, ())}
        for one in file.drafts:
            assert (one.id in there) == (one.state != "dropped")
            assert one.state == "dropped" or there[one.id] == (one.table, one.values)
    for _ in range(done):
        file.undo()
    assert before == path.read_bytes()


class TestKinds:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("place", range(5))
    def test_every_kind_becomes_every_other_and_loses_nothing(self, path: Path, place: int, kind: str) -> None:
        file = Settling(path)
        before = file.drafts[place]
        if before.table == kind:
            return
        lines = path.read_text()
        refused = {("five", "claim"): "it is attributed to nobody"}
        refused |= {("two", name): "a table of its own" for name, one in KINDS.items() if not one.may_say("assess")}
        if said := refused.get((before.id, kind)):
            with pytest.raises(AuthoringError, match=said):
                file.change_kind(place, kind)
            assert lines == path.read_text()
            return
        file.change_kind(place, kind)
        assert () == load_bytes(path.read_bytes(), "f").problems
        after = file.drafts[place]
        assert ("draft", kind, before.id) == (after.state, after.table, after.id)
        assert before.values[before.statement] == after.values[after.statement]
        text = path.read_text()
        for value in before.values.values():
            assert not isinstance(value, str) or value in text

    def test_keys_take_the_names_of_the_new_kind(self, path: Path) -> None:
        file = Settling(path)
        file.change_kind(0, "recommendation")
        assert {"action": "Proposed as a claim from ¶3: “It may rain.”", "by": "a man", "hedge": "may"}.items() <= dict(
            file.drafts[0].values
        ).items()
        assert "action = " in path.read_text()
        assert '# quantity = { of = "drops", min = 2 }' in path.read_text()
        file.change_kind(2, "claim")
        assert "She" == file.drafts[2].values["by"]
        file.change_kind(3, "view")
        assert {"who": "x", "text": "Go.", "hedge": "must"}.items() <= dict(file.drafts[3].values).items()
        assert '# text = "For this."' in path.read_text()


class TestOutside:
    @pytest.mark.parametrize("answer", ["accept", "drop", "undo", "kind"])
    def test_a_file_changed_outside_is_not_written_over(self, path: Path, answer: str) -> None:
        file = Settling(path)
        file.accept(1)
        with path.open("a") as other:
            other.write("# mine\n")
        theirs = path.read_bytes()
        assert file.has_changed()
        answers: dict[str, Callable[[], object]] = {
            "accept": lambda: file.accept(0),
            "drop": lambda: file.drop(0),
            "undo": file.undo,
            "kind": lambda: file.change_kind(0, "view"),
        }
        with pytest.raises(ChangedOutsideError):
            answers[answer]()
        assert theirs == path.read_bytes()
        file.read()
        assert ["one", "three", "four", "five"] == [one.id for one in file.drafts]
        file.accept(0)
        assert path.read_text().endswith("# mine\n")

    def test_one_that_is_gone_or_broken_is_said(self, path: Path) -> None:
        file = Settling(path)
        path.write_text("[[claim\n")
        with pytest.raises(AuthoringError, match="cannot be read"):
            file.read()
        path.unlink()
        with pytest.raises(AuthoringError):
            file.accept(0)
        assert not path.exists()


def test_with_3000_drafts_an_answer_reads_nothing_but_what_stands_beside_it(
    tmp_path: Path, tiny: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = "".join(f'\n[[claim]]\nid = "c{n}"\ntext = "T."\nby = "x"\ndraft = true\n' for n in range(3000))
    path = tmp_path / "briefing.toml"
    path.write_text(tiny(tables))
    file = Settling(path)
    read: list[int] = []
    loads = tomli.loads

    def noted(text: str, **options: Any) -> dict[str, Any]:
        read.append(len(text))
        return loads(text, **options)

    monkeypatch.setattr(tomli, "loads", noted)
    file.accept(1500)
    file.drop(1501)
    file.change_kind(1502, "question")
    for _ in range(3):
        file.undo()
    assert read
    assert max(read) < 400


KILLED = """
import sys
from pathlib import Path
from tui.authoring.settlements import Settling
file = Settling(Path(sys.argv[1]))
print("begun", flush=True)
for place in range(len(file.drafts)):
    (file.accept if place % 2 else file.drop)(place)
    print(place, flush=True)
"""


def test_a_kill_loses_no_answer_and_breaks_no_file(tmp_path: Path, tiny: Callable[..., str]) -> None:
    """Whatever was told as answered is in the file, and at most the one answer more that was on its way."""
    number = 400
    tables = "".join(f'\n[[claim]]\nid = "c{n}"\ntext = "T."\nby = "x"\ndraft = true\n' for n in range(number))
    path = tmp_path / "briefing.toml"
    for delay in (0.02, 0.1):
        path.write_text(tiny(tables))
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True)
        assert child.stdout
        assert "begun\n" == child.stdout.readline()
        child.stdout.readline()
        time.sleep(delay * random.random())  # noqa: S311 - any moment will do
        os.kill(child.pid, signal.SIGKILL)
        told = 1 + sum(1 for line in child.stdout if line.endswith("\n"))
        child.wait()
        child.stdout.close()
        read = tomli.loads(path.read_text())["claim"]
        answered = number - sum(row.get("draft", False) for row in read)
        assert told <= answered <= told + 1
        assert not [row for row in read if int(row["id"][1:]) < answered and int(row["id"][1:]) % 2 == 0]


def test_nothing_is_left_where_the_disk_is_full(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Settling(path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(own_file, "write_whole", full)
    with pytest.raises(AuthoringError, match="No space left"):
        file.accept(0)
    assert ("draft", before) == (file.drafts[0].state, path.read_bytes())


def test_the_text_of_every_draft_says_which_words_it_proposes() -> None:
    text = (Path(__file__).parents[1] / "importing" / "texts" / "harbour.txt").read_text()
    drafted = tomli.loads(draft(text, "0" * 64, "d", "en", date(2026, 1, 1)).toml)
    for table in KINDS:
        for row in drafted.get(table, ()):
            said = row.get("action", row.get("text", ""))
            assert own_words(said)
            assert "Proposed" not in own_words(said)
    assert "" == own_words("Somebody proposed it.")


def test_a_judgment_is_accepted_once_it_lacks_nothing_and_changes_no_kind(
    tmp_path: Path, tiny: Callable[..., str]
) -> None:
    path = tmp_path / "briefing.toml"
    judgment = '[[judgment]]\nid = "j"\ndraft = true\ntext = "It is so."\ndate = "2026"\nlikelihood = "likely"\n'
    path.write_text(tiny(judgment, format="2"))
    file = Settling(path)
    before = path.read_bytes()
    with pytest.raises(AuthoringError, match="the judgment lacks why, for, against; edit it first"):
        file.accept(0)
    with pytest.raises(AuthoringError, match="is no judgment"):
        file.change_kind(0, "claim")
    assert path.read_bytes() == before
    path.write_text(path.read_text() + 'why = "Seen."\nfor = []\nagainst = []\n')
    file.read()
    file.accept(0)
    assert load_bytes(path.read_bytes(), "b").problems == ()
    assert "draft" not in path.read_text()


def test_drafts_of_a_migration_are_settled_one_by_one_and_undone(tmp_path: Path) -> None:
    path = tmp_path / "briefing.toml"
    path.write_bytes(SAMPLE.format(sha256="0" * 64).replace('held = "pond.txt"\n', "").replace("\n", "\r\n").encode())
    assert migrate(path, path.read_bytes())
    file = Settling(path)
    assert [draft.id for draft in file.drafts] == ["kj-seven", "kj-swans-stay", "kj-swans-swim"]
    assert [draft.values["about"] for draft in file.drafts] == [["seven"], ["swans-stay"], ["swans-swim"]]
    with pytest.raises(AuthoringError, match="the judgment lacks text, date, for, against; edit it first"):
        file.accept(0)
    written = (
        path.read_bytes()
        .decode()
        .replace(
            'about      = ["seven"]\r\n',
            'about = ["seven"]\r\ntext = "There were seven."\r\ndate = "2026"\r\nfor = ["seven"]\r\nagainst = ["eleven"]\r\n',
        )
    )
    path.write_bytes(written.encode())
    file.read()
    file.accept(0)
    file.drop(1)
    assert (1, "dropped") == (file.left, file.drafts[1].state)
    loaded = load_bytes(path.read_bytes(), "b")
    assert loaded.problems == ()
    assert loaded.briefing
    assert [(one.id, one.draft) for one in loaded.briefing.judgment] == [("kj-seven", False), ("kj-swans-swim", True)]
    assert b"kj-swans-stay" not in path.read_bytes()
    assert [file.undo(), file.undo()] == [1, 0]
    assert path.read_bytes().decode() == written
